import base64
import io
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import PimError
from schemas.text import Text
from sources.documents import refusals
from sources.documents.model import Block, Document, Kind, Place, grids
from sources.documents.persons import persons_in
from sources.documents.reading import parse_document, read_document
from tests.shared import SHARED, needs_shared
from tests.sources.docmaking import (
    MAKERS,
    Part,
    make_docx,
    make_ods,
    make_pdf,
    make_xlsx,
    pdf_of,
    zipped,
)

ROWS = (("Działanie", "Termin"), ("Zielone dachy", "2024"), ("Łąki kwietne w Żorach", "2025"))
CONTENT: tuple[Part, ...] = (
    ("h1", "Miejska Inicjatywa Działań"),
    ("p", "Gmina przygotowała dokument, który „zmienia” źródła ciepła – wszędzie."),
    ("h2", "Harmonogram prac"),
    ("li", "Zażółć gęślą jaźń"),
    ("li", "Drugi punkt"),
    ("table", ROWS),
)


def cells(document: Document) -> list[tuple[tuple[str, ...], ...]]:
    return [
        tuple(tuple(block.text for block in grid.row(r).values()) for r in grid.rows)
        for grid in grids(document.blocks)
    ]


def read_or_refused(data: bytes, name: str) -> tuple[Block, ...]:
    try:
        return parse_document(data, name).blocks
    except PimError as error:
        return () if error.code.startswith("PIM-DOC-") else pytest.fail(error.code)


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(PimError) as caught:
        parse_document(data, name)
    error = caught.value
    assert error.where.startswith(name)
    assert error.fix.pl
    assert error.fix.en
    return error.code


@pytest.mark.parametrize("ending", MAKERS)
def test_one_content_is_read_alike_from_every_kind(ending: str) -> None:
    document = parse_document(MAKERS[ending](CONTENT), f"mid.{ending}")
    texts = [block for block in document.blocks if block.kind is not Kind.CELL]
    assert [block.text.lower() for block in texts] == [
        str(text).lower() for kind, text in CONTENT if kind != "table"
    ]
    assert texts[0].kind is Kind.HEADING
    assert [block.kind for block in texts[3:]] == [Kind.ITEM, Kind.ITEM]
    assert cells(document) == [ROWS]
    assert all(block.place.text().pl for block in document.blocks)


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf"])
def test_headings_have_levels(ending: str) -> None:
    document = parse_document(MAKERS[ending](CONTENT), f"mid.{ending}")
    levels = [block.level for block in document.blocks if block.kind is Kind.HEADING]
    assert levels == [1, 2]


def test_a_workbook_has_a_table_for_each_sheet_and_says_the_cell() -> None:
    book = make_xlsx({"Miasta": [[], ["Lp.", "Miasto"], [1, "Żory"], [2.5, None]], "Inny": [["a"]]})
    document = parse_document(book, "miasta.xlsx")
    assert cells(document) == [(("Lp.", "Miasto"), ("1", "Żory"), ("2.5",)), (("a",),)]
    city = next(block for block in document.blocks if block.text == "Żory")
    assert city.place.text() == ("arkusz „Miasta”, komórka B3", "sheet 'Miasta', cell B3")
    assert document.pages == 2


def test_an_ods_is_read_like_a_workbook_with_its_folded_rows() -> None:
    document = parse_document(make_ods({"Miasta": ROWS}), "miasta.ods")
    assert cells(document) == [ROWS]
    assert document.blocks[-1].place == Place(sheet="Miasta", cell="B3")


def test_a_merged_cell_of_word_is_read_once() -> None:
    import docx

    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            cell.text = f"{r}{c}"
    merged = table.cell(0, 0).merge(table.cell(0, 1))
    merged.text = "scalone"
    memory = io.BytesIO()
    document.save(memory)
    blocks = parse_document(memory.getvalue(), "t.docx").blocks
    assert [(b.text, b.row, b.column) for b in blocks] == [
        ("scalone", 1, 1), ("02", 1, 3), ("10", 2, 1), ("11", 2, 2), ("12", 2, 3),
    ]  # fmt: skip


def test_pages_of_a_pdf_are_counted_and_named() -> None:
    parts: list[Part] = [("p", f"Akapit numer {i} z kilkoma słowami.") for i in range(90)]
    document = parse_document(make_pdf(parts), "dlugi.pdf")
    assert len(document.blocks) == 90
    assert document.blocks[-1].place.page == document.pages > 1


def test_scripts_and_menus_of_a_page_are_left_out() -> None:
    document = parse_document(MAKERS["html"](CONTENT), "strona.html")
    assert not [b for b in document.blocks if "ukryte" in b.text or "Menu" in b.text]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2"])
def test_polish_letters_survive_every_old_encoding(encoding: str) -> None:
    text = "Żółw z Łodzi śpi; ość, źrebię, ąę"
    assert parse_document(text.encode(encoding), "a.txt").blocks[0].text == text


@needs_shared
@pytest.mark.parametrize("number", range(5))
def test_every_line_of_the_real_documents_is_in_a_block(number: int) -> None:
    path = next((SHARED / "data" / "documents").glob(f"00{number}_*.txt"))
    document = read_document(path)
    read = "".join("".join(b.text for b in document.blocks).split())
    for line in path.read_text(encoding="utf-8").splitlines():
        for part in line.replace("**", "").replace("<p>", "").replace("</p>", "").split("\t"):
            words = "".join(part.lstrip(" -–•●0123456789.\ufeff\u200b").split())
            assert words.replace("\u200b", "") in read, line


def test_a_document_in_capitals_with_a_tab_and_a_table_of_empty_rows() -> None:
    document = parse_document(b"A\tB\n\t\t\n1\t2\n", "t.txt")
    assert cells(document) == [(("A", "B"), ("1", "2"))]


def test_a_missing_file_and_an_unknown_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-DOC-001"):
        read_document(tmp_path / "nie-ma.pdf")
    assert refusal(b"x", "obraz.png") == "PIM-DOC-002"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (make_docx(CONTENT), "a.pdf"),
        (make_pdf(CONTENT), "a.txt"),
        (make_xlsx({"A": [["b"]]}), "a.docx"),
        (make_docx(CONTENT), "a.html"),
        (b"<html><body><p>x</p></body></html>", "a.docx"),
        (b"\x00\x01\x02\x03" * 300, "a.txt"),
    ],
)
def test_a_wrong_ending_is_told(data: bytes, name: str) -> None:
    assert refusal(data, name) == "PIM-DOC-003"


@pytest.mark.parametrize("ending", ["docx", "pptx", "pdf"])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_cut_off_document_is_refused(ending: str, part: float) -> None:
    data = MAKERS[ending](CONTENT)
    code = refusal(data[: int(len(data) * part)], f"a.{ending}")
    assert code in {"PIM-DOC-006", "PIM-DOC-008"}


@pytest.mark.parametrize("ending", ["docx", "pptx", "xlsx", "ods", "pdf"])
def test_noise_under_an_office_name_is_refused(ending: str) -> None:
    assert refusal(b"To jest zwykly tekst.", f"a.{ending}") == "PIM-DOC-006"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"<a>" + b" " * 20 * 2**20 + b"</a>"})
    assert len(bomb) < 2**16
    assert refusal(bomb, "a.docx") == "PIM-DOC-004"


def test_a_document_with_entities_is_refused() -> None:
    evil = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
    for name, part in [("a.docx", "word/document.xml"), ("a.xlsx", "xl/workbook.xml")]:
        assert refusal(zipped({part: evil}), name) == "PIM-DOC-007"
    assert refusal(zipped({"mimetype": "x", "content.xml": evil}), "a.ods") == "PIM-DOC-007"
    assert refusal(zipped({"word/document.xml": evil.encode("utf-16")}), "a.docx") == "PIM-DOC-007"


def test_entities_of_a_page_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "tajne.txt"
    secret.write_text("TAJNE")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><p>ok &x;</p></html>'
    assert "TAJNE" not in "".join(b.text for b in parse_document(page.encode(), "a.html").blocks)


def test_a_page_nested_too_deep_is_refused() -> None:
    page = b"<html><body>" + b"<div>" * 5000 + b"x"
    assert refusal(page, "a.html") in {"PIM-DOC-004", "PIM-DOC-006"}


def test_a_locked_office_document_is_told_apart() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx") == "PIM-DOC-005"
    memory = io.BytesIO(zipped({"content.xml": "<a/>", "mimetype": "x"}))
    with zipfile.ZipFile(memory, "a") as archive:
        archive.writestr("META-INF/manifest.xml", "<m><encryption-data/></m>")
    assert refusal(memory.getvalue(), "a.ods") == "PIM-DOC-005"


def test_a_locked_pdf_is_told_apart() -> None:
    junk = "00" * 32
    about = f"/Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{junk}> /U <{junk}>"
    encrypt = f"/Encrypt << {about} >> /ID [<00><00>]"
    assert refusal(make_pdf(CONTENT, encrypt=encrypt), "a.pdf") == "PIM-DOC-005"


@pytest.mark.parametrize("ascii85", [False, True])
def test_a_pdf_that_unpacks_without_end_is_refused(ascii85: bool) -> None:
    packed = zlib.compress(b"0" * 200 * 2**20, 9)
    filters = "[/ASCII85Decode /FlateDecode]" if ascii85 else "/FlateDecode"
    packed = base64.a85encode(packed) + b"~>" if ascii85 else packed
    stream = f"<< /Length {len(packed)} /Filter {filters} >>\nstream\n".encode() + packed
    pages = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        stream + b"\nendstream",
    ]
    assert refusal(pdf_of(pages), "a.pdf") == "PIM-DOC-004"


def test_a_pdf_packed_twice_is_refused() -> None:
    twice = zlib.compress(zlib.compress(b"0" * 2**20))
    about = f"<< /Length {len(twice)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode()
    assert refusal(pdf_of([about + twice + b"\nendstream"]), "a.pdf") == "PIM-DOC-004"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n" + b"<" * 4 * 2**20, "a.pdf"),
        (b"%PDF-1.7\n" + b"stream\n" * 300_000, "a.pdf"),
        (b"a" * 90_000 + b" " + b"jan." * 20_000, "a.txt"),
        (b"<p>" + b"**a __b" * 10_000 + b"</p>", "a.html"),
        (b"- " * 40_000, "a.md"),
        (b"|" * 50_000 + b"\n" + b"|-" * 25_000 + b"\n", "a.md"),
    ],
)
def test_hostile_runs_of_letters_take_no_time(data: bytes, name: str) -> None:
    begun = time.process_time()
    texts = [block.text for block in read_or_refused(data, name)]
    found = [persons_in(text) for text in texts]
    assert time.process_time() - begun < 10
    assert len(found) == len(texts)


def test_a_scan_and_an_empty_file_have_no_text() -> None:
    assert refusal(make_pdf([]), "skan.pdf") == "PIM-DOC-008"
    assert refusal(b" \n", "a.txt") == "PIM-DOC-008"


def test_a_block_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(PimError, match="PIM-DOC-004") as caught:
        parse_document(b"a " * refusals.MAX_BLOCK, "a.txt")
    assert caught.value.why == Text(
        "Granica: liczba znaków bloku 100000.", "The limit: 100000 characters of a block."
    )


def test_a_far_cell_costs_nothing() -> None:
    book = zipped(
        {
            "mimetype": "x",
            "content.xml": make_far_cell(),
        }
    )
    assert refusal(book, "a.ods") == "PIM-DOC-004"


def make_far_cell() -> str:
    data = make_ods({"A": [["x"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = archive.read("content.xml").decode()
    far = '<table:table-cell table:number-columns-repeated="16000"/><table:table-cell><text:p>x'
    return content.replace("<table:table-cell><text:p>x", far, 1)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=600), st.sampled_from(refusals.ENDINGS))
def test_any_bytes_are_read_or_refused_with_a_way_to_mend_it(data: bytes, ending: str) -> None:
    assert all(block.text.strip() for block in read_or_refused(data, f"a{ending}"))


@settings(max_examples=25, deadline=None)
@given(st.data(), st.sampled_from(["docx", "pptx", "pdf"]))
def test_a_document_with_changed_bytes_never_fails_otherwise(
    data: st.DataObject, ending: str
) -> None:
    good = bytearray(BASES[ending])
    for _ in range(4):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(good), f"a.{ending}")


BASES = {ending: MAKERS[ending](CONTENT) for ending in ("docx", "pptx", "pdf")}
