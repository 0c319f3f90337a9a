"""Pages of Word files: told where the file accounts for all of them, and never guessed."""

import io
import zipfile

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from lxml import etree

from sources.documents.reading import parse_document

APP = "docProps/app.xml"


def word_file(*, pages: str, rendered: bool) -> bytes:
    """Three chapters on three pages, and a table on the last."""
    document = docx.Document()
    for number in range(1, 4):
        paragraph = document.add_paragraph()
        if number > 1 and rendered:
            etree.SubElement(paragraph._p.add_r(), qn("w:lastRenderedPageBreak"))
        paragraph.add_run(f"Rozdział {number}")
        if number < 3 and not rendered:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_table(1, 2).rows[0].cells[1].text = "komórka"
    kept = io.BytesIO()
    document.save(kept)
    counted = f"<Properties><Pages>{pages}</Pages><Words>7</Words></Properties>"
    return with_member(kept.getvalue(), APP, counted.encode())


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return kept.getvalue()


@pytest.mark.parametrize("rendered", [True, False], ids=["by Word", "by hand"])
def test_pages_are_told_where_the_marks_account_for_all(*, rendered: bool) -> None:
    document = parse_document(word_file(pages="3", rendered=rendered), "plan.docx")
    assert document.pages == 3
    assert [block.place.page for block in document.blocks] == [1, 2, 3, 3]
    assert document.blocks[1].place.text().pl.startswith("strona 2, akapit")


def test_without_marks_for_all_only_their_number_is_told() -> None:
    document = parse_document(word_file(pages="9", rendered=True), "plan.docx")
    assert document.pages == 9
    assert {block.place.page for block in document.blocks} == {0}


@pytest.mark.parametrize("pages", ["2", "0", "", "-3", "999999", "3 of 4"])
def test_a_number_that_contradicts_the_marks_is_none(pages: str) -> None:
    document = parse_document(word_file(pages=pages, rendered=True), "plan.docx")
    assert document.pages == 0
    assert {block.place.page for block in document.blocks} == {0}


def test_a_file_of_a_library_was_never_counted() -> None:
    document = docx.Document()
    document.add_paragraph("Jedna strona albo sto.")
    kept = io.BytesIO()
    document.save(kept)
    assert parse_document(kept.getvalue(), "plan.docx").pages == 0
