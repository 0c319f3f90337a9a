"""Points 17, 19 to 23 and 57: what the harvester file says of resources, and that all is ours."""

import re
from collections.abc import Iterator
from datetime import date

from exports.danegov.case import Case
from exports.danegov.feed import feed
from exports.danegov.points import point
from exports.danegov.results import Finding, Note
from exports.danegov.rules import (
    AUTO_DATES,
    DOCUMENTS,
    MAX_REGIONS,
    MAX_SUPPLEMENTS,
    VOIVODESHIPS,
)
from schemas.text import Text

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BUILD = Text("Zbuduj wydanie od nowa: pim release.", "Make the release anew: pim release.")


def _said(what: object) -> Text:
    return Text(str(what), str(what))


@point(
    17,
    Text("Daty są datami i nie z przyszłości", "Dates are dates, and not of the future"),
    fix=Text(
        "Sprawdź datę stanu danych i datę wydania.", "Look at the state of the data and the date."
    ),
)
def dates(case: Case) -> Iterator[Finding]:
    """Point 17: held against the date of the release, not against a clock."""
    for resource in case.feed.resources:
        told = resource.text("dataDate")
        day = _day(told)
        if day is None or day > case.listing.publication.date:
            yield Finding(resource.place, _said(f"dataDate {told}"))


@point(
    17,
    Text("Zmiana nie jest wcześniejsza niż dane", "A change is not before its data"),
    fix=_BUILD,
    must=False,
)
def changed_after(case: Case) -> Iterator[Finding]:
    """Point 17, the recommended part."""
    for resource in case.feed.resources:
        told, changed = resource.text("dataDate"), resource.text("lastUpdateDate")
        if changed and changed[:10] < told:
            yield Finding(resource.place, _said(f"{changed} < {told}"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


@point(
    19,
    Text("Kody TERYT obszaru są prawdziwe", "The TERYT codes of the area are real ones"),
    fix=Text(
        "Podaj 2, 4 albo 7 cyfr z rejestru TERC, najwyżej 20 kodów.",
        "Give 2, 4 or 7 digits of the TERC register, 20 codes at most.",
    ),
)
def regions(case: Case) -> Iterator[Finding]:
    """Point 19."""
    known = (case.codes or frozenset()) | VOIVODESHIPS.keys()
    for resource in case.feed.resources:
        told = resource.texts("regions/terytIdent")
        if len(told) > MAX_REGIONS or len(set(told)) != len(told):
            yield Finding(resource.place, _said(len(told)))
        for code in told:
            if not re.fullmatch(r"[0-9]{2}|[0-9]{4}|[0-9]{7}", code) or code not in known:
                yield Finding(resource.place, _said(code))


@point(
    20,
    Text("Dokumenty towarzyszące mają dobry format", "Supplements are of an accepted format"),
    fix=_BUILD,
)
def supplements(case: Case) -> Iterator[Finding]:
    """Point 20."""
    for item in case.feed.items():
        found = item.node.findall("supplements/supplement")
        if len(found) > MAX_SUPPLEMENTS:
            yield Finding(item.place, _said(len(found)))
        for node in found:
            address = node.findtext("url") or ""
            if address.rpartition(".")[2].lower() not in DOCUMENTS:
                yield Finding(item.place, _said(address))
            if node.findtext("language") not in {"pl", "en"} or not node.findtext("name/polish"):
                yield Finding(item.place, _said(f"{address}: language, name"))


@point(
    20,
    Text("Zbiór ma słownik danych", "The data set has a data dictionary"),
    fix=_BUILD,
    must=False,
)
def dictionaries(case: Case) -> Iterator[Finding]:
    """Point 20, the recommended part."""
    for dataset in case.feed.datasets:
        if "pl" not in dataset.texts("supplements/supplement/language"):
            yield Finding(dataset.place, Text("Nie ma słownika.", "There is no dictionary."))


@point(
    21,
    Text("Pliki lokalne nie mają daty automatycznej", "Local files have no automatic date"),
    fix=_BUILD,
)
def no_automatic_dates(case: Case) -> Iterator[Finding]:
    """Point 21."""
    for resource in case.feed.resources:
        told = [name for name in AUTO_DATES if resource.has(name)]
        if told and (resource.text("availability") or "local") == "local":
            yield Finding(resource.place, _said(", ".join(told)))


@point(
    22,
    Text(
        "Numery portalu są tylko przy przejęciu wpisów",
        "The portal's numbers are there only in a take-over",
    ),
    fix=Text(
        "Zbuduj wydanie od nowa; numery podaje się raz: pim portal takeover.",
        "Make the release anew; the numbers are told once: pim portal takeover.",
    ),
)
def no_numbers(case: Case) -> Iterator[Finding | Note]:
    """Point 22."""
    for item in case.feed.items():
        if not item.has("intIdent"):
            continue
        number = item.text("intIdent")
        if number == str(case.takeover.get(item.ident)):
            yield Note(Finding(item.place, _said(f"intIdent {number}")))
        else:
            yield Finding(item.place, _said(f"intIdent {number}"))


@point(
    23,
    Text("Te same dane dają te same bajty", "The same input gives the same bytes"),
    fix=_BUILD,
)
def same_bytes(case: Case) -> Iterator[Finding]:
    """Point 23: the file is made again and compared."""
    if case.xml and feed(case.listing, case.takeover) != case.xml:
        yield Finding(
            case.xml_path.name,
            Text("Plik różni się od tego, co mówi wydanie.", "It differs from the release."),
        )


@point(
    57,
    Text(
        "XML mówi to samo, co wydanie: tytuł, adres, data, plik",
        "The XML says what the release says: title, address, date, file",
    ),
    fix=_BUILD,
)
def same_facts(case: Case) -> Iterator[Finding]:
    """Point 57 as far as the XML goes; the catalogues are held against the same listing."""
    told = {item.ident: item for item in case.feed.items()}
    for ident in sorted((case.entries.keys() | case.offers.keys()) - told.keys()):
        yield Finding(ident, Text("Nie ma go w XML.", "It is not in the XML."))
    for ident, item in told.items():
        if ident in case.entries:
            titles = [(case.entries[ident].dataset.title, item.bilingual("title"))]
            titles += [(case.entries[ident].dataset.description, item.bilingual("description"))]
        elif ident in case.offers:
            _, offer = case.offers[ident]
            titles = [(offer.title, item.bilingual("title"))]
            titles += [(offer.description, item.bilingual("description"))]
            address = case.listing.address(offer)
            if item.text("url") != address:
                yield Finding(ident, _said(f"{item.text('url')} != {address}"))
        else:
            yield Finding(ident, Text("Nie ma go w wydaniu.", "It is not in the release."))
            continue
        for ours, theirs in titles:
            if tuple(" ".join(text.split()) for text in ours) != theirs:
                yield Finding(ident, _said(theirs.pl[:60]))
