"""The web form of eTERYT, where GUS gives out its registers: one page, nine buttons, one day.

The page is an ASP.NET form. Its hidden fields, its cookie and the name of the pressed button
have to come back with the day in Polish words, or the site answers with the page again and
status 200; then the judge of the capture refuses the page.
"""

from dataclasses import replace
from datetime import date
from enum import StrEnum

from lxml import etree, html

from schemas.text import Text
from sources.catalogue import Errand
from sources.web.download import Arrived, Wanted, download, forget
from sources.web.refusals import net_error

FIRST_DAY = date(1999, 1, 1)
"""GUS has no states before it."""

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
    fields: dict[str, str] = {}
    try:
        tree = html.document_fromstring(page)
    except (etree.ParserError, ValueError) as error:
        raise _other_page(address, "HTML") from error
    for element in tree.iter("input"):
        if element.get("type") == "hidden" and element.get("name"):
            fields[str(element.get("name"))] = str(element.get("value") or "")
    missing = [name for name in _REQUIRED if not fields.get(name)]
    # The page names its buttons only in the addresses of their links.
    if target.field.encode() not in page:
        missing.append(target.field)
    if missing:
        raise _other_page(address, ", ".join(missing))
    return fields | {
        "__EVENTTARGET": target.field,
        "__EVENTARGUMENT": "",
        _PREFIX + "TBData": polish_date(day),
    }


def full_file(errand: Errand, target: Target) -> Arrived:
    """Fetch one set, in its state of the errand's day, through the form.

    Raises PimError `PIM-NET-001` to `-010`. What comes may still be a page: its judge will tell.
    """
    page = errand.web.read(errand.source.address, _PAGE_BYTES)
    address = str(page.request.url)
    form = form_fields(page.content, target, errand.day, address)
    forget(errand.part)
    # The form posts to its own address; where it was redirected to, it is still at home.
    wanted = Wanted(address, errand.part, errand.source.max_bytes, form=form)
    arrived = download(errand.web, wanted)
    if arrived.name.lower().endswith(".zip"):
        return arrived
    return replace(arrived, name=f"{target.name}_{errand.day}.zip")


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
