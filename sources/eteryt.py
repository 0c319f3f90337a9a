"""The web form of eTERYT, where GUS gives out its registers: one page, nine buttons, one day.

The page is an ASP.NET form. Its hidden fields, its cookie and the name of the pressed button
have to come back with the day in Polish words, or the site answers with the page again and
status 200; then the judge of the capture refuses the page.
"""

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum

from lxml import etree, html

from schemas.text import Text
from sources.catalogue import Errand
from sources.web.download import Arrived, Wanted, download, forget
from sources.web.refusals import net_error

_MONTHS = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)
_PREFIX = "ctl00$body$"
_REQUIRED = ("__VIEWSTATE", "__VIEWSTATEGENERATOR")
_PAGE_BYTES = 2 * 2**20


class Target(StrEnum):
    """The buttons of the page: one a set and version."""

    TERC = "BTERCUrzedowyPobierz"
    TERC_ADDRESS = "BTERCAdresowyPobierz"
    SIMC = "BSIMCUrzedowyPobierz"
    SIMC_ADDRESS = "BSIMCAdresowyPobierz"
    SIMC_STATISTICAL = "BSIMCStatystycznyPobierz"
    ULIC = "BULICUrzedowyPobierz"
    ULIC_ADDRESS = "BULICAdresowyPobierz"
    WMRODZ = "BRodzMiejPobierz"
    NTS = "BNTSPobierz"

    @property
    def field(self) -> str:
        """The button as the form names it."""
        return _PREFIX + self.value


def polish_date(day: date) -> str:
    """A day as the form wants it: `26 września 2020`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def form_fields(page: bytes, target: Target, day: date, address: str) -> dict[str, str]:
    """The fields to send back: all hidden ones of the page, the button and the day.

    Raises PimError `PIM-NET-010` where the page is not the form that it was.
    """
    hidden, _ = _inputs(page, address)
    # The page names its buttons only in the addresses of their links.
    missing = [] if target.field.encode() in page else [target.field]
    days = {_PREFIX + "TBData": polish_date(day)}
    return _filled(hidden, target.field, days, missing, address)


def change_fields(
    page: bytes, register: str, since: date, until: date, address: str
) -> dict[str, str]:
    """The fields to send back to the page of change files, from the first day to the last.

    Nobody has recorded that page. What it must have is known from its sister: one button of the
    official version of the set, and two fields for days, the first and the last one in this order.
    Raises PimError `PIM-NET-010` where it has anything else, so nothing is guessed.
    """
    hidden, days = _inputs(page, address)
    buttons = set(
        re.findall(rf"ctl00\$body\$B{register}Urzedowy\w*", page.decode("utf-8", "replace"))
    )
    button = buttons.pop() if len(buttons) == 1 else ""
    missing = [] if button else [f"{_PREFIX}B{register}Urzedowy…"]
    missing += [] if len(days) == 2 else [f"2 x {_PREFIX}TB… ({len(days)})"]
    filled = dict(zip(days, map(polish_date, (since, until)), strict=False))
    return _filled(hidden, button, filled, missing, address)


def full_file(errand: Errand, target: Target) -> Arrived:
    """Fetch one set, in its state of the errand's day, through the form.

    Of a day that nobody asked for before there is no file yet: the page comes with a button that
    makes it, and is sent back once more. Raises PimError `PIM-NET-001` to `-010`. What comes may
    still be a page: its judge will tell.
    """
    page, address = _page(errand)
    form = form_fields(page, target, errand.day, address)
    name = f"{target.name}_{errand.day}.zip"
    arrived = _posted(errand, address, form, name)
    making = target.field.replace("Pobierz", "Generuj")
    answer = _page_instead(arrived)
    if target.value.replace("Pobierz", "Generuj").encode() not in answer:
        return arrived
    hidden, _ = _inputs(answer, address)
    days = {_PREFIX + "TBData": polish_date(errand.day)}
    return _posted(errand, address, _filled(hidden, making, days, [], address), name)


def change_file(errand: Errand, register: str, since: date, until: date) -> Arrived:
    """Fetch what changed in a set between two days through the form; errors as `full_file`."""
    page, address = _page(errand)
    form = change_fields(page, register, since, until, address)
    return _posted(errand, address, form, f"{register}_Urzedowy_zmiany_{since}_{until}.zip")


def _page(errand: Errand) -> tuple[bytes, str]:
    page = errand.web.read(errand.source.address, _PAGE_BYTES)
    # The form posts to its own address; where it was redirected to, it is still at home.
    return page.content, str(page.request.url)


def _posted(errand: Errand, address: str, form: dict[str, str], name: str) -> Arrived:
    forget(errand.part)
    wanted = Wanted(address, errand.part, errand.source.max_bytes, form=form)
    arrived = download(errand.web, wanted)
    return arrived if arrived.name.lower().endswith(".zip") else replace(arrived, name=name)


def _page_instead(arrived: Arrived) -> bytes:
    """The page that came instead of a file; nothing where a file came."""
    if arrived.path is None or arrived.path.stat().st_size > _PAGE_BYTES:
        return b""
    data = arrived.path.read_bytes()
    return data if data.lstrip().startswith(b"<") else b""


def _inputs(page: bytes, address: str) -> tuple[dict[str, str], list[str]]:
    """The hidden fields of a page with their values, and the names of its fields for days."""
    try:
        tree = html.document_fromstring(page)
    except (etree.ParserError, ValueError) as error:
        raise _other_page(address, "HTML") from error
    inputs = [one for one in tree.iter("input") if one.get("name")]
    hidden = {
        str(one.get("name")): str(one.get("value") or "")
        for one in inputs
        if one.get("type") == "hidden"
    }
    names = [str(one.get("name")) for one in inputs if one.get("type") == "text"]
    return hidden, [name for name in names if name.startswith(f"{_PREFIX}TB")]


def _filled(
    hidden: dict[str, str], button: str, days: dict[str, str], missing: list[str], address: str
) -> dict[str, str]:
    missing = [name for name in _REQUIRED if not hidden.get(name)] + missing
    if missing:
        raise _other_page(address, ", ".join(missing))
    return hidden | {"__EVENTTARGET": button, "__EVENTARGUMENT": ""} | days


def _other_page(address: str, missing: str) -> Exception:
    return net_error(
        "PIM-NET-010",
        Text(
            "Strona pobierania eTERYT wygląda inaczej niż dotąd.",
            "The download page of eTERYT is not what it was.",
        ),
        where=address,
        why=Text(f"Brakuje: {missing}.", f"Missing: {missing}."),
    )
