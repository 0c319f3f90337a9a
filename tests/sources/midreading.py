"""Reading of MID documents for tests: documents made of pieces, and what is read as plain data."""

from collections.abc import Iterator
from functools import cache

import pytest

from schemas.tables.mid_documents import MidField
from sources.documents.model import Document
from sources.documents.reading import parse_document, read_document
from sources.mid_documents.model import Evidence, Known, MidReading, Row
from sources.mid_documents.reading import read_mid
from tests.sources.midlayouts import (
    FILES,
    KNOWN_NETWORKS,
    KNOWN_PARTICIPANTS,
    LAYOUTS,
)
from tests.sources.midmaking import H, Layout, P, Piece, as_docx

KNOWN = Known(tuple(KNOWN_NETWORKS.items()), KNOWN_PARTICIPANTS)
GOLDEN = FILES / "numbered.json"
by_name = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def document_of(pieces: list[Piece], *, plain: bool = False) -> Document:
    return parse_document(as_docx(pieces, plain=plain), "plan.docx")


@cache
def pdf_of(name: str) -> Document:
    return read_document(FILES / f"{name}.pdf")


def read(document: Document) -> MidReading:
    reading = read_mid(document, KNOWN)
    assert reading is not None
    return reading


def facts(reading: MidReading) -> dict[str, object]:
    """A reading without its evidence and its number of pages."""
    return {
        "values": {
            str(name): found.value
            for name, found in reading.values.items()
            if name is not MidField.PAGES
        },
        "parts": {str(part) for part, found in reading.parts.items() if found.has_content},
        "actions": [(row.name, row.second) for row in reading.actions],
        "schedule": [(row.name, *days(row)) for row in reading.schedule],
        "stakeholders": [row.name for row in reading.stakeholders],
    }


def days(row: Row) -> tuple[str, str]:
    return (str(row.period.start), str(row.period.end)) if row.period else ("", "")


def expected(layout: Layout) -> dict[str, object]:
    return {
        "values": layout.values,
        "parts": set(layout.parts),
        "actions": list(layout.actions),
        "schedule": list(layout.schedule),
        "stakeholders": list(layout.stakeholders),
    }


def all_evidence(reading: MidReading) -> Iterator[tuple[str, Evidence]]:
    """What is taken, as it is written, beside its evidence."""
    for found in reading.values.values():
        yield found.evidence.written, found.evidence
    for part in reading.parts.values():
        yield part.evidence.written, part.evidence
    for row in (*reading.actions, *reading.schedule, *reading.stakeholders):
        yield row.name, row.evidence
        yield row.second, row.evidence
        yield row.period_written, row.evidence


def strings(value: object) -> Iterator[str]:
    """Every text anywhere in a reading."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, (tuple, list, frozenset)):
        for inner in value:
            yield from strings(inner)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from strings(getattr(value, name))


def as_data(value: object) -> object:
    """A reading as JSON data."""
    if isinstance(value, dict):
        return {str(key): as_data(inner) for key, inner in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple):
        return [as_data(inner) for inner in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: as_data(getattr(value, name)) for name in value.__dataclass_fields__}
    return value if isinstance(value, (int, str, type(None))) else str(value)


NOISE: dict[str, list[Piece]] = {
    "guide": [
        H("Przewodnik dot. tworzenia Miejskiej Inicjatywy Działania"),
        H("Działania"), P("Opisz działania, które miasto chce podjąć wspólnie z partnerami."),
        H("Harmonogram"), P("Harmonogram powinien obejmować co najmniej trzy lata."),
    ],
    "template": [
        H("Szablon: Miejska Inicjatywa Działania"),
        H("Wyzwanie"), P("Tu opisz wyzwanie miasta w kilku zdaniach."),
        H("Działania"), P("Tu opisz działania miasta w kilku zdaniach."),
    ],
    "strategy": [
        H("Strategia rozwoju miasta Płocka do 2030 roku"),
        H("Diagnoza"), P("Miasto liczy 110 tysięcy mieszkańców i ma port rzeczny."),
        H("Działania"), P("Miasto uczestniczy w programie, w którym powstaje MID."),
        H("Harmonogram"), P("Strategia będzie wdrażana od 2024 do 2030 roku."),
        H("Interesariusze"), P("Mieszkańcy i przedsiębiorcy wzięli udział w konsultacjach."),
    ],
    "news": [
        H("Miasta kończą prace nad MID"),
        P("Miejska Inicjatywa Działania to dokument, który zawiera działania, harmonogram, opis "
          "interesariuszy i plan komunikacji. W naszym mieście powstała w marcu."),
    ],
    "cover": [H("Miejska Inicjatywa Działania"), P("Miasto: Żyrardów"), P("Sieć: Miasto Zielone")],
}  # fmt: skip
