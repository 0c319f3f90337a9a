import pytest

from sources.documents.reading import parse_document
from tests.sources.docmaking import MAKERS
from tests.sources.programmesample import (
    ABOUT,
    CITIES,
    as_report,
    as_slides,
    as_workbook,
    expected,
    told,
)

LEVELS = ("docx", "html", "md", "pdf")
"""Kinds whose headings have levels; in the others a title under a title is not to be told."""


@pytest.mark.parametrize("ending", MAKERS)
def test_slides_give_the_same_facts_from_every_kind_of_document(ending: str) -> None:
    found = told(parse_document(MAKERS[ending](as_slides()), f"prezentacja.{ending}"))
    assert found == expected()


@pytest.mark.parametrize("ending", LEVELS)
def test_a_report_with_other_headings_tables_and_order_gives_the_same(ending: str) -> None:
    found = told(parse_document(MAKERS[ending](as_report()), f"sprawozdanie.{ending}"))
    assert found == expected()


def test_a_workbook_gives_its_tables() -> None:
    found = told(parse_document(as_workbook(), "zestawienie.xlsx"))
    tables = {table for table, _ in expected()}
    only = {"participations", "recommendations", "network_issues"}
    assert found == expected(*tables - only)


SENTENCES = {
    "W sieci Miasto Zielone uczestniczą: Toruń, Nowy Targ i Bielsko-Biała.": 3,
    "Sieć Miasto Zielone (3 miasta): Toruń, Nowy Targ oraz Bielsko-Biała": 3,
    "Sieć Miasto Zielone: Toruń (woj. kujawsko-pomorskie), Nowy Targ; Bielsko-Biała": 3,
    "Sieć Miasto Zielone: prace idą dobrze, a miasta są zadowolone.": 0,
    "Sieć Miasto Zielone: Jan Kowalski, Anna Nowak": 0,
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_cities_in_a_sentence_are_found(sentence: str) -> None:
    text = f"Partnerska Inicjatywa Miast\n\n{sentence}\n"
    found = told(parse_document(text.encode(), "a.txt"))
    assert len(found) == SENTENCES[sentence]
    assert {dict(row)["network_id"] for _, row in found} <= {"net-0004"}


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize("ending", LEVELS)
def test_a_table_with_a_list_of_cities_in_each_cell_is_understood(
    ending: str,
    swapped: bool,
) -> None:
    rows = [["Sieć", "Miasta"], *([network, ", ".join(c)] for network, c in CITIES.items())]
    table = [row[::-1] for row in rows] if swapped else rows
    document = parse_document(MAKERS[ending]([("p", ABOUT), ("table", table)]), f"a.{ending}")
    others = {table for table, _ in expected()} - {"participations"}
    assert told(document) == expected(*others)


@pytest.mark.parametrize("member", ["Toruń – lider", "Toruń (lider)", "Toruń (miasto lider)"])
def test_a_role_beside_a_name_is_not_part_of_it(member: str) -> None:
    text = f"Partnerska Inicjatywa Miast\n\nSieć Miasto Zielone\n\n- {member}\n- Ełk\n"
    found = told(parse_document(text.encode(), "a.txt"))
    assert {dict(row)["participant_id"] for _, row in found} == {"Toruń", "Ełk"}
