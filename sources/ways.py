"""The ways to fetch a source, for its declaration. A way imports what it needs when it is used.

So that a list of all sources costs none of the HTTP and SOAP libraries.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sources.catalogue import Errand, Fetch, Judgement

if TYPE_CHECKING:
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


def teryt_set(register: str) -> Fetch:
    """Fetch a set of TERYT: from the SOAP service where there is a login, else by the web form.

    The service needs its description as a snapshot (`terytws1`), too. Where its newest state is
    the one in use, the file is not asked for.
    """

    def fetch(errand: Errand) -> "Arrived":
        description = errand.snapshot("terytws1") if errand.login is not None else None
        if description is not None:
            return _from_service(register, description, errand)
        from sources.eteryt import Target, full_file

        return full_file(errand, Target[register])

    return fetch


def service_description(errand: Errand) -> "Arrived":
    """Fetch the description of the SOAP service of TERYT."""
    from sources.terytws_description import fetch

    return fetch(errand)


def judge_service_description(path: Path, name: str) -> Judgement:
    """Judge the description of the SOAP service of TERYT."""
    from sources.terytws_description import judge

    return judge(path, name)


def _from_service(register: str, description: Path, errand: Errand) -> "Arrived":
    from sources.terytws import STATES, Service
    from sources.terytws_description import read_description
    from sources.web.download import Arrived, Validators

    if errand.login is None:
        raise ValueError("the service is never asked without a login")
    # In base64 a file is a third longer.
    limit = errand.source.max_bytes * 4 // 3 + 2**20
    service = Service(errand.web, read_description(description), errand.login, limit)
    newest_wanted = errand.state is not None and errand.state <= errand.day
    if newest_wanted and register in STATES and service.state_date(register) == errand.state:
        return Arrived(None, "", service.address, "", Validators())
    name, data = service.catalogue(register, errand.day)
    errand.part.write_bytes(data)
    return Arrived(errand.part, name, service.address, "application/zip", Validators())
