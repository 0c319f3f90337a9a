"""Rows of the tables in MID documents, and which tables are none of theirs."""

import pytest

from sources.mid_documents.model import MidReading
from tests.sources.midlayouts import (
    ENGLISH,
    NUMBERED,
)
from tests.sources.midmaking import H, Layout, P, Piece, T
from tests.sources.midreading import (
    document_of,
    expected,
    facts,
    read,
)


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


def with_tables(*chapters: tuple[str, T]) -> MidReading:
    """A reading of a MID with these chapters, each a heading and a table."""
    pieces: list[Piece] = [*NUMBERED.front, H("Wyzwanie"), P("W mieście brakuje zieleni i cienia.")]
    for heading, table in chapters:
        pieces += [H(heading), table]
    return read(document_of(pieces))


def test_a_table_that_goes_on_over_a_page_keeps_its_heads() -> None:
    first = T((("Działanie", "Termin", "Odpowiedzialny"), ("Aleja", "2024", "Zarząd Dróg")))
    rest = T((("Park", "maj 2025", "Zakład Zieleni"), ("Skwer", "2026", "kierownik")))
    pieces: list[Piece] = [*NUMBERED.front, H("Wyzwanie"), P("W mieście brakuje zieleni i cienia."),
                           H("Działania"), first, rest]  # fmt: skip
    actions = read(document_of(pieces)).actions
    assert [(row.name, row.second) for row in actions] == [
        ("Aleja", "Zarząd Dróg"),
        ("Park", "Zakład Zieleni"),
        ("Skwer", ""),
    ]


def test_actions_may_be_described_without_time_or_institution() -> None:
    table = T((("Nazwa działania", "Opis"), ("Aleja lipowa", "sto lip"), ("Skwer", "ławki i cień")))
    reading = with_tables(("Działania", table))
    assert [row.name for row in reading.actions] == ["Aleja lipowa", "Skwer"]
    assert reading.schedule == ()


def test_tables_of_other_chapters_are_not_taken_for_actions() -> None:
    told = T((("Działanie", "Termin", "Odpowiedzialny"), ("Ulotka", "2024", "Biuro Prasowe")))
    groups = T((("Grupa", "Sposób dotarcia"), ("Seniorzy", "ulotka")))
    reading = with_tables(("Plan komunikacji", told), ("Komunikacja", groups), ("Ryzyka", told))
    assert (reading.actions, reading.schedule, reading.stakeholders) == ((), (), ())


def test_bodies_with_a_task_are_no_stakeholders() -> None:
    table = T((("Zadanie", "Podmiot odpowiedzialny", "Rola"), ("Aleja", "Zarząd Dróg", "lider")))
    bodies = T((("Podmiot", "Rola"), ("Zarząd Dróg", "wykonawca"), ("Szkoły", "opieka")))
    reading = with_tables(("Działania", table), ("Partnerzy", bodies))
    assert [(row.name, row.second) for row in reading.actions] == [("Aleja", "Zarząd Dróg")]
    assert [row.name for row in reading.stakeholders] == ["Zarząd Dróg", "Szkoły"]


def test_a_stakeholder_that_may_be_a_person_is_left_out() -> None:
    table = T(
        (
            ("Interesariusz", "Rola"),
            ("Zdenko Hvězda", "ekspert"),
            ("Wody Polskie", "zarządca rzeki"),
            ("Bank Spółdzielczy", "Okonkwo Adaeze"),
            ("Mieszkańcy", "współpraca"),
        )
    )
    reading = with_tables(("Interesariusze", table))
    assert [(row.name, row.second) for row in reading.stakeholders] == [
        ("Wody Polskie", "zarządca rzeki"),
        ("Bank Spółdzielczy", ""),
        ("Mieszkańcy", "współpraca"),
    ]
    assert reading.left_out >= 1
