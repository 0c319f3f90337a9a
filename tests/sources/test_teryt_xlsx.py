"""A set that somebody saved as a workbook, and workbooks made to do harm."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime

import openpyxl
import pytest

from schemas.errors import PimError
from sources.teryt.load import FileForm
from sources.teryt.read import read_teryt
from tests.sources.terytbytes import TERC, TERC_ROWS, csv_bytes

Cell = str | int | float | datetime | None


def workbook(
    rows: Sequence[Sequence[Cell]], *, first_sheet: Sequence[Sequence[Cell]] = ()
) -> bytes:
    book = openpyxl.Workbook()
    if first_sheet:
        sheet = book.create_sheet("Opis", 0)
        for row in first_sheet:
            sheet.append(list(row))
    for row in rows:
        book["Sheet"].append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_saved(row: Sequence[str]) -> list[Cell]:
    """RODZ as a number and STAN_NA as a day, as Excel leaves them."""
    kind = int(row[3]) if row[3] else None
    return [*(cell or None for cell in row[:3]), kind, *row[4:6], datetime(2025, 1, 1)]


GOOD: list[Sequence[Cell]] = [list(TERC), *map(as_saved, TERC_ROWS)]


def refusal(data: bytes) -> PimError:
    with pytest.raises(PimError) as caught:
        read_teryt(data, "terc.xlsx")
    return caught.value


def test_numbers_and_days_of_a_workbook_become_the_texts_of_the_csv() -> None:
    file = read_teryt(workbook(GOOD), "terc_urzedowy_2025-12.xlsx")
    assert file.frame.equals(read_teryt(csv_bytes(TERC_ROWS)).frame)
    assert (file.origin.form, file.origin.file_date) == (FileForm.XLSX, None)


def test_a_whole_number_written_as_a_fraction_is_the_number() -> None:
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as archive:
        content = archive.read(sheet).replace(b"<v>9</v>", b"<v>9.0</v>")
    assert b"<v>9.0</v>" in content
    assert read_teryt(rebuilt({sheet: content}), "terc.xlsx").frame.row(-1)[3] == "9"


def test_the_sheet_with_the_header_is_found_and_lines_above_it_are_skipped() -> None:
    data = workbook([["Rejestr TERC"], [], *GOOD], first_sheet=[["Opis"], ["WOJ", "inne"]])
    file = read_teryt(data, "terc.xlsx")
    assert (file.rows, file.origin.preamble) == (len(TERC_ROWS), ("Rejestr TERC",))


def test_point_22_newlines_spaces_and_empty_rows_of_cells() -> None:
    dirty = [list(row) for row in GOOD]
    dirty[1][4] = " DOLNO\nŚLĄSKIE\u00a0"
    dirty.insert(3, [None] * 7)
    file = read_teryt(workbook([[*dirty[0], None, None], *dirty[1:]]), "terc.xlsx")
    assert file.frame.row(0)[4] == "DOLNO ŚLĄSKIE"
    counts = {"blank rows": 1, "edge spaces": 1, "nbsp": 1, "newlines": 1}
    assert counts.items() <= dict(file.origin.cleaned).items()


def test_numbers_that_lost_their_zeros_are_refused() -> None:
    lost = [GOOD[0], *([int(str(row[0])), *row[1:]] for row in GOOD[1:])]
    assert refusal(workbook(lost)).code == "PIM-TRY-015"
    halves = [GOOD[0], [*GOOD[1][:3], 1.5, *GOOD[1][4:]]]
    assert refusal(workbook(halves)).code == "PIM-TRY-015"


def test_workbooks_of_another_shape_are_refused() -> None:
    assert refusal(workbook([["a", "b"], ["1", "2"]])).code == "PIM-TRY-009"
    assert refusal(workbook([GOOD[0]])).code == "PIM-TRY-002"
    assert refusal(workbook([*GOOD, [*GOOD[1], "uwaga"]])).code == "PIM-TRY-010"


def rebuilt(replace: dict[str, bytes]) -> bytes:
    """A good workbook with some of its parts replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, replace.get(name, old.read(name)))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
@pytest.mark.parametrize("content", [b"", b"<broken", b"<?xml version='1.0'?><x/>"])
def test_broken_parts_are_refused_and_never_crash(part: str, content: bytes) -> None:
    assert refusal(rebuilt({part: content})).code in {"PIM-TRY-009", "PIM-TRY-014"}


def test_one_value_in_the_last_cell_costs_no_memory() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert refusal(rebuilt({"xl/worksheets/sheet1.xml": sheet})).code == "PIM-TRY-009"


def test_a_bomb_is_not_given_to_the_library() -> None:
    bomb = b"<worksheet>" + b" " * (8 * 2**20)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", bomb)
    assert refusal(buffer.getvalue()).code == "PIM-TRY-005"
