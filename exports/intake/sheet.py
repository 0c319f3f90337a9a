"""The sheet that people fill: header, hints, one example, and cells that help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.cells import (
    CellValue,
    cell_at,
    fixed,
    height_of,
    number_format,
    open_cell,
    put,
    width_of,
)
from exports.intake.helping import add_choices, hint, show_missing
from exports.intake.paper import fit_to_page
from exports.intake.saving import cell_text
from schemas.columns import Column
from schemas.intake import EXAMPLE, GOOD, HINT, STATE, WRONG, header, may_be_empty
from schemas.table import Table

HEADER_ROW = 3
_STATE_WIDTH = 13
_COMMENT_LINE = 42
_HINT_LINE = 12.5
_HIGHEST = 150


@dataclass(frozen=True)
class Layout:
    """Where everything stands in a sheet; rows and columns are counted from 1."""

    name: str
    header_row: int
    places: tuple[int, ...]
    """The column of the sheet for each of `headers`."""
    headers: tuple[tuple[str, Column | None], ...]
    state: int | None = 1
    """The column that says how each row is; None where the sheet has none."""

    @classmethod
    def standard(cls, table: type[Table], name: str) -> "Layout":
        """The layout of a template: the state first, then the columns as declared."""
        headers = tuple((header(column), column) for column in table.columns)
        return cls(name, HEADER_ROW, tuple(range(2, len(headers) + 2)), headers)


@dataclass(frozen=True)
class Mark:
    """What is wrong with a cell, in Polish sentences."""

    row: int
    place: int
    reasons: tuple[str, ...]


def write_sheet(
    book: Workbook, table: type[Table], layout: Layout, lists: Mapping[str, str]
) -> Worksheet:
    """Make the sheet with header, hints and help; rows are added by `write_row`.

    `lists` gives the range of the drop-down list of a column, by its name.
    """
    sheet: Worksheet = book.create_sheet(layout.name)
    if layout.header_row >= HEADER_ROW:
        told = f"Jeden wiersz to {table.row.pl}. Kolumny z gwiazdką (*) są wymagane."
        _line(sheet, layout, layout.header_row - 2, table.title.pl, looks.TITLE)
        _line(sheet, layout, layout.header_row - 1, told, looks.QUIET)
    sheet.row_dimensions[layout.header_row].height = 32
    if layout.state is not None:
        _column_look(sheet, layout.state, None)
        _header_cell(sheet, layout, layout.state, STATE.pl, None)
    for place, (text, column) in zip(layout.places, layout.headers, strict=True):
        _column_look(sheet, place, column)
        _header_cell(sheet, layout, place, text, column)
        if column is not None:
            first = layout.header_row + 3
            add_choices(sheet, place, first, column, lists.get(column.name))
            if not may_be_empty(column):
                show_missing(sheet, place, first, min(layout.places), max(layout.places))
    _protect(sheet)
    fit_to_page(sheet, layout.header_row)
    first = min((layout.state or 99, *layout.places))
    sheet.freeze_panes = f"{get_column_letter(first + 2)}{layout.header_row + 1}"
    return sheet


def write_hints(sheet: Worksheet, layout: Layout) -> None:
    """The row of hints below the header."""
    row = layout.header_row + 1
    texts = []
    for place, (_, column) in zip(layout.places, layout.headers, strict=True):
        text = hint(column) if column is not None else ""
        fixed(sheet, row, place, text, looks.HINT, looks.HINT_FILL)
        texts.append((text, width_of(column)))
    if layout.state is not None:
        fixed(sheet, row, layout.state, HINT, looks.HINT, looks.HINT_FILL)
    sheet.row_dimensions[row].height = height_of(texts, _HINT_LINE)


def write_example(sheet: Worksheet, layout: Layout, values: Mapping[str, CellValue]) -> None:
    """The example row below the hints, marked so that it is never read as data."""
    row = layout.header_row + 2
    for place, (_, column) in zip(layout.places, layout.headers, strict=True):
        value = values.get(column.name) if column is not None else None
        fixed(sheet, row, place, value, looks.SHOWN, looks.SHOWN_FILL)
    if layout.state is not None:
        fixed(sheet, row, layout.state, EXAMPLE, looks.SHOWN, looks.SHOWN_FILL)
    told = [(str(values.get(c.name) or ""), width_of(c)) for _, c in layout.headers if c]
    sheet.row_dimensions[row].height = height_of(told)


def write_row(
    sheet: Worksheet, layout: Layout, row: int, values: Sequence[CellValue], good: bool | None
) -> None:
    """One row as it came; `good` fills the state, and None leaves it to be judged."""
    for place, (_, column), value in zip(layout.places, layout.headers, values, strict=True):
        if value is not None and value != "":
            put(open_cell(sheet, row, place, column), value)
    told = [
        (str(value or ""), width_of(column))
        for (_, column), value in zip(layout.headers, values, strict=True)
    ]
    sheet.row_dimensions[row].height = min(height_of(told), _HIGHEST)
    if layout.state is not None and good is not None:
        cell = open_cell(sheet, row, layout.state, None)
        cell.value = GOOD if good else WRONG
        cell.font = looks.FINE if good else looks.BAD
        cell.fill = looks.FINE_FILL if good else looks.BAD_FILL


def mark(sheet: Worksheet, layout: Layout, wrong: Mark) -> None:
    """Colour a cell and say in a comment what is wrong with it."""
    columns = dict(zip(layout.places, (column for _, column in layout.headers), strict=True))
    cell = open_cell(sheet, wrong.row, wrong.place, columns.get(wrong.place))
    cell.fill, cell.font = looks.BAD_FILL, looks.BAD
    text = cell_text("\n".join(wrong.reasons))
    lines = sum(1 + len(reason) // _COMMENT_LINE for reason in wrong.reasons)
    comment = Comment(text, "pim", width=330, height=24 + 19 * lines)
    cell.comment = comment


def _column_look(sheet: Worksheet, place: int, column: Column | None) -> None:
    """The look of every cell of a column, also of those that are still empty."""
    dimension = sheet.column_dimensions[get_column_letter(place)]
    dimension.width = _STATE_WIDTH if column is None and place == 1 else width_of(column)
    dimension.font = looks.TEXT
    dimension.alignment = looks.WRAPPED
    dimension.protection = looks.OPEN
    dimension.number_format = number_format(column)
    dimension.border = looks.GRID


def _header_cell(
    sheet: Worksheet, layout: Layout, place: int, text: str, column: Column | None
) -> None:
    required = column is not None and not may_be_empty(column)
    fill = looks.HEADER_FILL if required else looks.OPTIONAL_FILL
    fixed(sheet, layout.header_row, place, text, looks.HEADER, fill)
    sheet.cell(layout.header_row, place).alignment = looks.MIDDLE


def _line(sheet: Worksheet, layout: Layout, row: int, text: str, font: Font) -> None:
    """A line above the table, without the grid that columns have."""
    for place in (layout.state or 1, *layout.places):
        cell = cell_at(sheet, row, place)
        cell.border, cell.alignment = looks.NO_GRID, looks.PLAIN
        cell.protection = looks.LOCKED
    first = cell_at(sheet, row, layout.state or 1)
    first.value, first.font = cell_text(text), font
    sheet.row_dimensions[row].height = 24 if font is looks.TITLE else 18


def _protect(sheet: Worksheet) -> None:
    """Lock what is not to be filled, without a password: it is a help, not a wall."""
    protection = sheet.protection
    protection.sheet = True
    # Here False means that it stays allowed.
    protection.formatColumns = False
    protection.formatRows = False
    protection.formatCells = False
    protection.insertRows = False
    protection.deleteRows = False
    protection.sort = False
    protection.autoFilter = False
