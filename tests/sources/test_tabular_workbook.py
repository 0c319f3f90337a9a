"""Workbooks from anywhere: what is read, what is set aside, what is refused, and why."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from schemas.errors import PimError
from schemas.gate import check
from schemas.verdict import Verdict
from sources.tabular import archive, workbook
from sources.tabular.read import Tabular, read_tabular
from sources.tabular.workbook import table_of
from tests.things import Things

Value = str | int | float | bool | date | datetime | None

TITLES = [column.title.pl for column in Things.columns]
ROW: list[Value] = [
    "thi-0001",
    "Łódź",
    "0201011",
    "czerwony",
    date(2024, 2, 29),
    12,
    1.5,
    "tak",
    None,
]


def book_of(*rows: Sequence[Value], change: Callable[[Worksheet], None] | None = None) -> bytes:
    """A workbook with a header of Polish titles in row 1."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "rzeczy"
    for row in ([*TITLES], *rows):
        sheet.append(list(row))
    if change:
        change(sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes) -> tuple[Tabular, Verdict]:
    found = read_tabular(data, "plik.xlsx", Things)
    return found, check(Things, found.frame, {}, unread=found.unread)


def rejected(data: bytes) -> list[tuple[str, str, str | None]]:
    """Cell, rule and value of everything that was set aside."""
    found, verdict = read(data)
    assert found.workbook is not None
    return [
        (str(found.workbook.cell(line["column_name"], line["place"])), line["rule"], line["value"])
        for line in verdict.rejected.to_dicts()
    ]


def refusal(data: bytes) -> PimError:
    with pytest.raises(PimError) as caught:
        read_tabular(data, "plik.xlsx", Things)
    return caught.value


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one member more, or another content of one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member), zipfile.ZIP_DEFLATED)
        new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def test_a_plain_sheet_is_read_with_labels_dates_and_numbers() -> None:
    found, verdict = read(book_of(ROW))
    assert verdict.findings == ()
    (row,) = verdict.accepted.to_dicts()
    assert row["colour"] == "red"
    assert row["made"] == date(2024, 2, 29)
    assert (row["pages"], str(row["price"]), row["good"]) == (12, "1.50", True)
    assert (row["terc"], row["parts"]) == ("0201011", None)
    assert (row["_source"], row["_place"]) == ("plik.xlsx", "rzeczy, line 2")
    assert found.workbook is not None
    assert found.workbook.cell("made", row["_place"]) == "E2"


def test_rows_keep_the_numbers_that_people_see() -> None:
    def gap(sheet: Worksheet) -> None:
        sheet["A9"] = "thi-0009"

    _, verdict = read(book_of(ROW, change=gap))
    assert verdict.accepted.get_column("_place").to_list() == ["rzeczy, line 2", "rzeczy, line 9"]


WRONG_CELLS: dict[str, tuple[str, Value, str, str]] = {
    "formula in a text": ("B2", "=A1&A2", "cell_formula", "=A1&A2"),
    "formula in a number": ("F2", "=1+1", "cell_formula", "=1+1"),
    "formula to another file": ("B2", "=[1]Sheet1!A1", "cell_formula", "=[1]Sheet1!A1"),
    "error of the sheet": ("F2", "#REF!", "cell_error", "#REF!"),
    "code that lost its zero": ("C2", 201011, "cell_number", "201011"),
    "number in a text": ("B2", 2024, "cell_number", "2024"),
    "date in a text": ("B2", datetime(2024, 5, 1), "cell_date", "2024-05-01"),
    "true in a text": ("B2", True, "cell_boolean", "True"),
    "letters misread": ("B2", "łódź".encode().decode("cp1250"), "cell_letters", "Ĺ‚ĂłdĹş"),
    "label of no code": ("D2", "zielony", "code", "zielony"),
    "half a page": ("F2", 1.5, "type", "1.5"),
    "number as text with a comma": ("G2", "1,5", "type", "1,5"),
    "day and time": ("E2", datetime(2024, 5, 1, 12), "type", "2024-05-01T12:00:00"),
    "day of words": ("E2", "wiosna", "type", "wiosna"),
    "outer space": ("B2", "Łódź ", "clean_text", "Łódź "),
    "reference to nothing": ("I2", "thi-0007", "reference", "thi-0007"),
    "required and empty": ("A2", None, "not_nullable", ""),
}


@pytest.mark.parametrize("case", WRONG_CELLS)
def test_a_wrong_cell_is_named_with_its_rule(case: str) -> None:
    cell, value, rule, shown = WRONG_CELLS[case]

    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    assert rejected(book_of(ROW, change=change)) == [(cell, rule, shown)]


def test_merged_cells_belong_to_no_row_for_sure() -> None:
    rows = [[f"thi-000{n}", "nazwa", *[None] * 7] for n in range(1, 4)]
    data = book_of(*rows, change=lambda sheet: sheet.merge_cells("B2:B3"))
    assert [(cell, rule) for cell, rule, _ in rejected(data)] == [
        ("B2", "cell_merged"),
        ("B3", "cell_merged"),
    ]


def test_columns_may_be_moved_and_the_header_may_stand_lower() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "rzeczy"
    sheet["A1"] = "Zestawienie"
    for place, (title, value) in enumerate(zip(TITLES[::-1], ROW[::-1], strict=True), start=3):
        sheet.cell(4, place).value = title
        sheet.cell(5, place).value = value
    buffer = io.BytesIO()
    book.save(buffer)
    found, verdict = read(buffer.getvalue())
    assert verdict.findings == ()
    assert found.workbook is not None
    assert found.workbook.cell("thi_id+thing_id", "rzeczy, line 5") == "K5"


def test_renamed_and_extra_columns_stop_the_table_with_their_names() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["D1"] = "Barwa"
        sheet["J1"], sheet["J2"] = "Uwagi", "pilne"

    _, verdict = read(book_of(ROW, change=change))
    assert {(f.rule, f.places) for f in verdict.findings} == {
        ("unknown_column", ("Barwa", "Uwagi")),
        ("missing_column", ("colour",)),
    }


def test_a_value_without_a_header_is_not_lost_silently() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["K2"] = "dopisek"

    _, verdict = read(book_of(ROW, change=change))
    assert [(f.rule, f.places) for f in verdict.findings] == [("unknown_column", ("?",))]


def test_only_the_sheet_of_the_table_is_read() -> None:
    def change(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        other = book.create_sheet("Inny", 0)
        other.append(TITLES)
        other.append(["thi-0099"])

    _, verdict = read(book_of(ROW, change=change))
    assert verdict.accepted.get_column("thing_id").to_list() == ["thi-0001"]


def test_a_sheet_of_another_table_has_no_header_of_this_one() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Miasto", "Ludność"])
    buffer = io.BytesIO()
    book.save(buffer)
    error = refusal(buffer.getvalue())
    assert error.code == "PIM-TAB-006"
    assert error.why is not None
    assert "Miasto" in error.why.pl


def test_a_workbook_that_names_no_table_asks_for_one() -> None:
    with pytest.raises(PimError) as caught:
        table_of(book_of(ROW), "plik.xlsx")
    assert caught.value.code == "PIM-TAB-008"
    assert "--table" in caught.value.fix.pl


def test_macros_are_refused() -> None:
    data = with_member(book_of(ROW), "xl/vbaProject.bin", b"\0")
    assert refusal(data).code == "PIM-TAB-005"


def test_links_to_other_files_are_told_and_never_followed() -> None:
    data = with_member(book_of(ROW), "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    found, verdict = read(data)
    assert verdict.findings == ()
    assert "łącza do innych plików" in found.remarks[0].pl


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = with_member(book_of(ROW), "xl/media/image1.xml", b"\0" * (8 * 2**20))
    error = refusal(data)
    assert error.code == "PIM-TAB-003"


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LIMITS", replace(archive.LIMITS, members=3))
    assert refusal(book_of(ROW)).code == "PIM-TAB-003"


def test_entities_are_refused() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><sst>&b;</sst>'
    for encoding in ("utf-8", "utf-16", "utf-16-be", "utf-32"):
        data = with_member(book_of(ROW), "xl/sharedStrings.xml", bomb.encode(encoding))
        error = refusal(data)
        assert error.code == "PIM-TAB-004"
        assert error.why is not None
        assert "DTD" in error.why.en


def test_a_value_in_the_last_cell_of_a_sheet_costs_nothing() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["XFD1048576"] = "x"

    _, verdict = read(book_of(ROW, change=change))
    assert {f.rule for f in verdict.findings} == {"unknown_column"}


def test_a_row_beyond_the_last_one_is_refused() -> None:
    data = book_of(ROW)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        sheet = old.read("xl/worksheets/sheet1.xml")
    far = re.sub(rb'r="A2"', b'r="A99999999"', re.sub(rb'<row r="2"', b'<row r="99999999"', sheet))
    assert refusal(with_member(data, "xl/worksheets/sheet1.xml", far)).code == "PIM-TAB-004"


def test_a_huge_sheet_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 10)
    rows = [[f"thi-{n:04}", *[None] * 8] for n in range(20)]
    assert refusal(book_of(*rows)).code == "PIM-TAB-003"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_off_file_is_refused(share: float) -> None:
    data = book_of(ROW)
    assert refusal(data[: int(len(data) * share)]).code == "PIM-TAB-004"


def test_broken_parts_are_refused() -> None:
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        assert refusal(with_member(book_of(ROW), name, b"<a><b>")).code == "PIM-TAB-004", name


def test_an_archive_that_is_no_workbook_says_what_it_is() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", "<a/>")
    error = refusal(buffer.getvalue())
    assert error.code == "PIM-TAB-002"
    assert error.why is not None
    assert "ODS" in error.why.pl


def test_signs_that_xml_cannot_hold_are_read_as_what_they_are() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B2"] = "a_x0007_b"

    assert rejected(book_of(ROW, change=change)) == [("B2", "clean_text", "a\x07b")]


def test_a_list_is_a_set_and_its_names_are_for_people() -> None:
    rows = [["thi-0001", *[None] * 7, "thi-0002 · Druga; thi-0001 · Pierwsza ; thi-0002"]]
    rows.append(["thi-0002", *[None] * 8])
    _, verdict = read(book_of(*rows))
    assert verdict.accepted.get_column("parts").to_list() == ["thi-0001;thi-0002", None]


def test_an_empty_sheet_has_no_rows() -> None:
    _, verdict = read(book_of())
    assert verdict.rows == 0
    assert verdict.accepted.equals(pl.DataFrame(schema=verdict.accepted.schema))


def spoilt(data: bytes, seed: int) -> bytes:
    """The workbook with some bytes changed, of the archive or of one of its parts."""
    chance = random.Random(seed)  # noqa: S311
    whole = seed % 3 == 0
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        name = chance.choice(found.namelist())
        content = bytearray(data if whole else found.read(name))
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(content))
        if chance.random() < 0.5:
            content[place] = chance.choice(b'0123456789<>"/=&;AZ\x00\xff')
        else:
            content[place : place + chance.randint(0, 9)] = b"99999999999"
    return bytes(content) if whole else with_member(data, name, bytes(content))


@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_workbook_is_read_or_refused(seed: int) -> None:
    """Never a crash, never a wait: rows that the gate can judge, or a refusal."""
    try:
        found = read_tabular(spoilt(book_of(ROW), seed), "plik.xlsx", Things)
    except PimError as error:
        assert error.code.startswith("PIM-TAB-")  # noqa: PT017
    else:
        assert found.frame.height <= 1
