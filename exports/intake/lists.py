"""The sheet with the values of drop-down lists, and with what may be looked up."""

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.cells import cell_at, fixed
from exports.intake.choices import Frames, choices
from exports.intake.paper import fit_to_page
from schemas.table import Table

NAME = "Listy"
_HEADER_ROW = 3
_WIDEST = 100


def write_lists(book: Workbook, table: type[Table], frames: Frames) -> dict[str, str]:
    """Write a list for each column that has one; its range, by the name of the column.

    Columns that choose among the same things share a list.
    """
    sheet: Worksheet = book.create_sheet(NAME)
    title = cell_at(sheet, 1, 1)
    title.value, title.font = "Wartości do wyboru · Values to choose from", looks.TITLE
    ranges: dict[str, str] = {}
    written: dict[tuple[str, ...], str] = {}
    for column in table.columns:
        texts = choices(column, frames)
        if not texts:
            continue
        if tuple(texts) not in written:
            place = len(written) + 1
            fixed(sheet, _HEADER_ROW, place, column.title.pl, looks.HEADER, looks.HEADER_FILL)
            for row, text in enumerate(texts, start=_HEADER_ROW + 1):
                fixed(sheet, row, place, text, looks.TEXT, looks.NO_FILL)
                cell_at(sheet, row, place).alignment = looks.PLAIN
            letter = get_column_letter(place)
            width = max(map(len, texts)) + 2
            sheet.column_dimensions[letter].width = max(18, min(width, _WIDEST))
            last = _HEADER_ROW + len(texts)
            written[tuple(texts)] = f"'{NAME}'!${letter}${_HEADER_ROW + 1}:${letter}${last}"
        ranges[column.name] = written[tuple(texts)]
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.protection.sheet = True
    fit_to_page(sheet, _HEADER_ROW)
    return ranges
