"""Cells: how a value is written so that no spreadsheet runs or changes it, and how it looks."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from openpyxl.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.saving import cell_text
from schemas.columns import Column

CellValue = str | int | float | Decimal | date | datetime | time | timedelta | None
"""What is written into a cell."""

_DAY = "yyyy-mm-dd"
_EXCEL_DAYS = date(1900, 3, 1)
"""Earlier days stand as text: a spreadsheet counts them wrongly or not at all."""

_EXCEL_DIGITS = 15
"""A longer number stands as text: a spreadsheet would round it."""


def cell_at(sheet: Worksheet, row: int, place: int) -> Cell:
    """A cell by row and column, from 1. Our sheets have no merged cells."""
    cell = sheet.cell(row, place)
    if not isinstance(cell, Cell):
        raise TypeError(cell.coordinate)
    return cell


def put(cell: Cell, value: CellValue) -> None:
    """Write a value so that no spreadsheet runs it or changes it."""
    if isinstance(value, str):
        cell.value = cell_text(value)
        # openpyxl takes what begins with `=` for a formula.
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
        return
    if isinstance(value, date) and not isinstance(value, datetime) and value < _EXCEL_DAYS:
        cell.value, cell.data_type = value.isoformat(), "s"
        return
    if isinstance(value, float) and not isfinite(value):
        cell.value, cell.data_type = str(value), "s"
        return
    if isinstance(value, int | Decimal) and len(str(value).strip("-0.")) > _EXCEL_DIGITS:
        cell.value, cell.data_type = str(value), "s"
        return
    if isinstance(value, date):
        cell.number_format = _DAY if type(value) is date else f"{_DAY} hh:mm:ss"
    cell.value = value


def fixed(
    sheet: Worksheet, row: int, place: int, value: CellValue, font: Font, fill: PatternFill
) -> None:
    """A cell that stays locked."""
    cell = cell_at(sheet, row, place)
    cell.number_format = "@"
    cell.font, cell.fill, cell.alignment, cell.border = font, fill, looks.WRAPPED, looks.GRID
    cell.protection = looks.LOCKED
    put(cell, value)


def open_cell(sheet: Worksheet, row: int, place: int, column: Column | None) -> Cell:
    """A cell that may be filled, with the look of its column."""
    cell = cell_at(sheet, row, place)
    cell.font, cell.alignment = looks.TEXT, looks.WRAPPED
    cell.protection, cell.border = looks.OPEN, looks.GRID
    cell.number_format = number_format(column)
    return cell


def number_format(column: Column | None) -> str:
    """The format of a column's cells: codes and texts are text, whatever they look like."""
    match column.kind if column is not None else "string":
        case "date":
            return _DAY
        case "integer":
            return "0"
        case "number":
            return "0." + "0" * (column.scale or 0) if column is not None and column.scale else "0"
        case _:
            return "@"


def width_of(column: Column | None) -> float:
    """The width of a column in letters."""
    if column is None:
        return 24
    if column.references is not None and not column.many:
        return 28
    if column.many or column.codes:
        return 21
    if column.kind != "string":
        return 12
    if column.pattern is not None and not column.url:
        return 16
    return 40 if (column.max_length or 0) > 250 else 30


def height_of(texts: Iterable[tuple[str, float]], line: float = 15) -> float:
    """The height of a row for texts that are wrapped in columns of these widths.

    Programs fit a row to its text only when somebody types into it.
    """
    return line * max((-(-len(text) // (width * 1.1)) for text, width in texts), default=1) + 2
