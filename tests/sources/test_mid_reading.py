"""MID documents in every layout give the facts that stand in them, and nothing else."""

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import PimError
from schemas.tables.mid_documents import QUOTE, MidField, MidPart
from sources.documents.model import Document
from sources.documents.reading import parse_document, read_document
from sources.mid_documents.model import Evidence, Known, MidReading, Row
from sources.mid_documents.reading import read_mid
from tests.shared import SHARED, needs_shared
from tests.sources.midlayouts import (
    ENGLISH,
    FILES,
    FORM,
    INCOMPLETE,
    KNOWN_NETWORKS,
    KNOWN_PARTICIPANTS,
    LAYOUTS,
    NUMBERED,
    SPOILT,
    TITLE_PAGE,
)
from tests.sources.midmaking import B, H, Layout, P, Piece, T, as_docx

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


@by_name
def test_a_word_file_gives_its_facts(layout: Layout) -> None:
    assert facts(read(document_of(layout.pieces()))) == expected(layout)


@by_name
def test_headings_without_a_style_give_the_same_facts(layout: Layout) -> None:
    got = facts(read(document_of(layout.pieces(), plain=True)))
    assert got == expected(layout)


@by_name
def test_a_pdf_gives_its_facts_with_pages(layout: Layout) -> None:
    reading = read(pdf_of(layout.name))
    assert facts(reading) == expected(layout)
    assert int(reading.values[MidField.PAGES].value) >= 1
    assert all(evidence.page >= 1 for _, evidence in all_evidence(reading))
    pages = {str(part): found.evidence.page for part, found in reading.parts.items()}
    assert pages | layout.pages == pages


@by_name
def test_a_word_file_of_an_office_program_gives_its_facts_and_pages(layout: Layout) -> None:
    reading = read(read_document(FILES / f"{layout.name}.docx"))
    assert facts(reading) == expected(layout)
    pages = {str(part): found.evidence.page for part, found in reading.parts.items()}
    assert pages | layout.pages == pages
    in_pdf = read(pdf_of(layout.name)).values[MidField.PAGES]
    assert reading.values[MidField.PAGES].value == in_pdf.value


@by_name
@pytest.mark.parametrize("seed", [1, 2])
def test_chapters_in_another_order_give_the_same_facts(layout: Layout, seed: int) -> None:
    assert facts(read(document_of(layout.shuffled(seed)))) == expected(layout)


@pytest.mark.parametrize("layout", [NUMBERED, ENGLISH], ids=lambda layout: layout.name)
def test_columns_in_another_order_give_the_same_facts(layout: Layout) -> None:
    def turned(piece: Piece) -> Piece:
        if not isinstance(piece, T):
            return piece
        # The last column first: a start still stands before its end.
        return T(tuple((row[-1], *row[:-1]) for row in piece.rows))

    # Columns „Początek | Koniec” that are torn apart are a start and an end no more.
    kept = [
        piece if isinstance(piece, T) and {"Koniec", "To"} & set(piece.rows[0]) else turned(piece)
        for piece in layout.pieces()
    ]
    assert facts(read(document_of(kept))) == expected(layout)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("5. Harmonogram", "V. Kalendarz realizacji"),
        ("4. Proponowane działania", "Część 4 – Zadania do wykonania"),
        ("6. Interesariusze", "6) Mapa interesariuszy projektu"),
        ("7. Plan komunikacji", "Komunikacja i promocja"),
        ("3. Wyzwanie", "3. Opis wyzwania i sposób jego rozwiązania"),
    ],
)
def test_a_heading_may_be_worded_otherwise(old: str, new: str) -> None:
    pieces = [
        replace(piece, text=new) if isinstance(piece, H) and piece.text == old else piece
        for piece in NUMBERED.pieces()
    ]
    assert pieces != NUMBERED.pieces()
    assert facts(read(document_of(pieces))) == expected(NUMBERED)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("utf-8", "cp1250"), ("utf-8", "cp1252"), ("cp1250", "cp1252"), ("iso8859-2", "latin-1")],
)
def test_spoilt_letters_are_mended_and_quoted_as_they_stand(kept: str, shown: str) -> None:
    def spoilt(text: str) -> str:
        return text.encode(kept, errors="replace").decode(shown, errors="replace")

    pieces: list[Piece] = [
        replace(piece, text=spoilt(piece.text)) if isinstance(piece, H | P | B) else piece
        for piece in SPOILT.pieces()
    ]
    document = document_of(pieces)
    reading = read(document)
    if shown != "cp1252" or kept != "utf-8":
        assert facts(reading) == expected(SPOILT)
    city = reading.values[MidField.CITY]
    assert city.value == "Gmina Piława"
    assert city.evidence.written == spoilt("Gmina Piława")
    assert city.evidence.rule == "city_line+letters_mended"


def test_a_running_title_is_no_chapter() -> None:
    reading = read(pdf_of("title_page"))
    assert {str(part) for part in reading.parts} == set(TITLE_PAGE.parts)


def test_an_empty_chapter_is_told_apart_from_a_missing_one() -> None:
    parts = read(document_of(INCOMPLETE.pieces())).parts
    assert not parts[MidPart.SCHEDULE].has_content
    assert parts[MidPart.SCHEDULE].evidence.quote == "Harmonogram"
    assert MidPart.COMMUNICATION not in parts
    assert MidPart.STAKEHOLDERS not in parts


def test_two_cities_on_a_title_page_leave_the_city_open() -> None:
    pieces = [*NUMBERED.front, P("Miasto: Sopot"), *NUMBERED.pieces()[len(NUMBERED.front) :]]
    reading = read(document_of(pieces))
    assert reading.left_open == {MidField.CITY}
    assert MidField.CITY not in reading.values


def test_a_general_word_is_not_taken_for_a_network() -> None:
    pieces = [
        H("Miejska Inicjatywa Działania: rewitalizacja podwórek"),
        *(
            piece
            for piece in NUMBERED.pieces()
            if not (isinstance(piece, P) and "Sieć" in piece.text)
        ),
    ]
    assert MidField.NETWORK not in read(document_of(pieces)).values


@by_name
def test_no_person_or_contact_is_kept(layout: Layout) -> None:
    for document in (document_of(layout.pieces()), pdf_of(layout.name)):
        kept = "\n".join(strings(read(document)))
        assert not [word for word in layout.forbidden if word in kept]


@by_name
def test_what_is_written_stands_in_the_quote_and_the_quote_in_the_document(layout: Layout) -> None:
    document = pdf_of(layout.name)
    texts = [block.text for block in document.blocks]
    for written, evidence in all_evidence(read(document)):
        assert written in evidence.quote
        assert 0 < len(evidence.quote) <= QUOTE
        assert evidence.rule
        for piece in evidence.quote.split(" | "):
            assert any(piece in text for text in texts)


FIRST = st.sampled_from(
    ["Anna", "Krzysztof", "Małgorzata", "Wojciech", "Żaneta", "JAN", "Ewy", "A."]
)
LAST = st.sampled_from(["Zmyślna", "Wymyślony-Nowak", "Kowalskiego", "NIEISTNIEJĄCA", "Urojony"])


@settings(max_examples=25)
@given(first=FIRST, last=LAST, title=st.sampled_from(["", "dr ", "mgr inż. ", "Pani "]))
def test_whoever_is_named_anywhere_reaches_no_reading(first: str, last: str, title: str) -> None:
    person = f"{title}{first} {last}"
    if first == "A." and not last.endswith("skiego"):
        person = f"{person}, tel. 600 700 800"
        last = "600 700 800"
    table = T((("Działanie", "Odpowiedzialny", "Termin"), (f"Spotkanie: {person}", person, "2024")))
    groups = T((("Interesariusz", "Rola"), (person, "lider"), ("Szkoły", person)))
    pieces: list[Piece] = [
        H("Miejska Inicjatywa Działania"),
        P(f"Miasto: {person}"),
        P(f"Tytuł: {person}"),
        P(f"Opracowanie: {person}, Wydział Rozwoju"),
        H("Wyzwanie"),
        P(f"{person} uważa, że w mieście brakuje zieleni."),
        H(f"Działania: {person}"),
        table,
        H("Interesariusze"),
        groups,
    ]
    reading = read_mid(document_of(pieces), KNOWN)
    assert reading is not None
    assert reading.values[MidField.INSTITUTION].value == "Wydział Rozwoju"
    assert not [text for text in strings(reading) if last in text]


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


@pytest.mark.parametrize("name", NOISE)
def test_a_document_about_something_else_is_no_mid(name: str) -> None:
    assert read_mid(document_of(NOISE[name]), KNOWN) is None


@needs_shared
def test_the_documents_of_the_programme_are_no_mids() -> None:
    paths = sorted((SHARED / "data" / "documents").glob("*.txt"))
    assert len(paths) == 5
    assert [path.name for path in paths if read_mid(read_document(path), KNOWN)] == []


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_damaged_file_is_refused(form: str) -> None:
    whole = as_docx(FORM.pieces()) if form == "docx" else (FILES / "form.pdf").read_bytes()
    for data in (whole[: len(whole) // 2], whole[:40], whole[:200] + bytes(5000)):
        with pytest.raises(PimError) as refused:
            parse_document(data, f"plan.{form}")
        assert refused.value.code.startswith("PIM-DOC-")


@pytest.mark.parametrize(
    "text",
    [
        "a " * 40_000,
        "Miasto: " * 9_000,
        "1." * 40_000,
        "„" * 40_000,
        "dr " * 25_000,
        "1 maja " * 9_000,
    ],
)
def test_a_hostile_line_takes_no_time(text: str) -> None:
    pieces = [
        *FORM.pieces(),
        P(text),
        H(text[:60]),
        T((("Działanie", "Termin"), (text, text[:300]))),
    ]
    assert facts(read(document_of(pieces)))["values"] == FORM.values


def test_a_reading_is_the_one_that_was_checked_by_hand() -> None:
    reading = read(pdf_of("numbered"))
    told = json.dumps(as_data(reading), ensure_ascii=False, indent=1) + "\n"
    assert told == GOLDEN.read_text(encoding="utf-8")


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
