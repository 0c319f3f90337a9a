import pytest

from sources.documents.reading import parse_document
from tests.sources.docmaking import MAKERS
from tests.sources.programmesample import as_report, as_slides, as_workbook, expected, told

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
