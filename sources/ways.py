"""The ways to fetch a source, for its declaration. A way imports what it needs when it is used.

So that a list of all sources costs none of the HTTP and SOAP libraries.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sources.catalogue import Errand, Fetch, Judgement

if TYPE_CHECKING:
    from sources.terytws import Service
    from sources.web.download import Arrived


def by_address(errand: Errand) -> "Arrived":
    """Fetch the file at the source's address, if it is another one than the one in use.

    `{year}` and `{date}` in the address stand for the day asked for.
    """
    from sources.web.download import Validators, Wanted, download

    source = errand.source
    address = source.address.replace("{year}", str(errand.day.year))
    address = address.replace("{date}", errand.day.isoformat())
    seen = errand.seen if address == errand.seen_at else Validators()
    return download(
        errand.web, Wanted(address, errand.part, source.max_bytes, source.media_types, seen)
    )


def by_page(errand: Errand) -> "Arrived":
    """Fetch the newest file that the source's page links to, as `by_address` does.

    An address in `sources.toml` wins: then the page is not asked for.
    """
    source = errand.source
    if source.address:
        return by_address(errand)
    from sources.web.linked import newest_linked

    address = newest_linked(errand.web, source.page, source.links)
    return by_address(replace(errand, source=replace(source, address=address)))


def teryt_set(register: str) -> Fetch:
    """Fetch a set of TERYT: from the SOAP service where there is a login, else by the web form.

    The service needs its description as a snapshot (`terytws1`), too. Where its newest state is
    the one in use, the file is not asked for.
    """

    def fetch(errand: Errand) -> "Arrived":
        service = _service(errand)
        if service is None:
            from sources.eteryt import Target, full_file

            return full_file(errand, Target[register])
        return _from_service(register, service, errand)

    return fetch


def teryt_changes(register: str) -> Fetch:
    """Fetch what changed in a set of TERYT between two states of it that are kept.

    From where the changes in use end, or from the oldest state, to the newest one that is not
    later than the errand's day. Nobody is asked where that is nothing new.
    """

    def fetch(errand: Errand) -> "Arrived":
        from sources.web.download import Arrived, Validators

        states = [day for day in errand.states(register.lower()) if day <= errand.day]
        since = errand.state or min(states, default=errand.day)
        until = max(states, default=errand.day)
        if since >= until:
            return Arrived(None, "", errand.source.address, "", Validators())
        service = _service(errand)
        if service is None:
            from sources.eteryt import change_file

            return change_file(errand, register, since, until)
        return _arrived(errand, service.address, service.changes(register, since, until))

    return fetch


def service_description(errand: Errand) -> "Arrived":
    """Fetch the description of the SOAP service of TERYT."""
    from sources.terytws_description import fetch

    return fetch(errand)


def judge_service_description(path: Path, name: str) -> Judgement:
    """Judge the description of the SOAP service of TERYT."""
    from sources.terytws_description import judge

    return judge(path, name)


def _service(errand: Errand) -> "Service | None":
    """The SOAP service, where there is a login and its description is at hand."""
    login = errand.login
    description = errand.snapshot("terytws1") if login is not None else None
    if login is None or description is None:
        return None
    from sources.terytws import Service
    from sources.terytws_description import read_description

    # In base64 a file is a third longer.
    limit = errand.source.max_bytes * 4 // 3 + 2**20
    return Service(errand.web, read_description(description), login, limit)


def _from_service(register: str, service: "Service", errand: Errand) -> "Arrived":
    from sources.terytws import STATES
    from sources.web.download import Arrived, Validators

    newest_wanted = errand.state is not None and errand.state <= errand.day
    if newest_wanted and register in STATES and service.state_date(register) == errand.state:
        return Arrived(None, "", service.address, "", Validators())
    return _arrived(errand, service.address, service.catalogue(register, errand.day))


def _arrived(errand: Errand, address: str, file: tuple[str, bytes]) -> "Arrived":
    """A file that came in one answer, by its name and bytes."""
    from sources.web.download import Arrived, Validators

    name, data = file
    errand.part.write_bytes(data)
    return Arrived(errand.part, name, address, "application/zip", Validators())
