"""MID documents in every layout give the facts that stand in them, and nothing else."""

from dataclasses import replace

import pytest

from schemas.tables.mid_documents import MidField, MidPart
from sources.documents.model import Block, Kind, Place
from sources.documents.reading import read_document
from tests.sources.midlayouts import (
    FILES,
    INCOMPLETE,
    NUMBERED,
    SPOILT,
    TITLE_PAGE,
)
from tests.sources.midmaking import B, H, Layout, P, Piece
from tests.sources.midreading import (
    all_evidence,
    by_name,
    document_of,
    expected,
    facts,
    pdf_of,
    read,
)


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
    document = pdf_of("title_page")
    blocks = [
        Block(Kind.PARAGRAPH, f"Finansowanie {page}", Place(page=page, line=99))
        for page in range(1, document.pages + 1)
    ]
    by_page = sorted((*document.blocks, *blocks), key=lambda block: block.place.page)
    reading = read(replace(document, blocks=tuple(by_page)))
    assert facts(reading) == expected(TITLE_PAGE)


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
