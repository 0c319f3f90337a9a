"""A workbook (XLSX) as rows of values. Read cell by cell as a stream, within limits.

Formulas are not trusted, not even for the value that was kept beside them: the file may come
from anywhere, and the two need not agree.
"""

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.escape import unescape

from schemas.intake import EXAMPLE, HINT, KEYWORD, sheet_name
from schemas.registry import all_tables
from schemas.table import Table
from schemas.text import Text
from sources.tabular import refusals
from sources.tabular.archive import merged_ranges, require_safe
from sources.tabular.cells import ERROR, FORMULA, MERGED, Spoilt, Value
from sources.tabular.headers import Header, enough, is_state, matches, read_header
from sources.zips import BROKEN

MAX_ROWS = 50_000
"""Rows that hold something."""
MAX_CELLS = 2_000_000
"""Cells up to the last one of each row."""
_NUMBER = re.compile(r"line (\d+)$")
_LAST_ROW = 1_048_576
_HEADER_WITHIN = 30
_SHEETS = 50


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet that hold something, with their numbers as people see them."""

    name: str
    numbers: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    """Cells from column A on; a row ends with its last cell."""


@dataclass(frozen=True)
class Found:
    """The rows of a table in a workbook."""

    sheet: str
    header_row: int
    header: Header
    places: tuple[int, ...]
    """The number of the column of each header, from 1 for column A."""
    numbers: tuple[int, ...]
    rows: tuple[tuple[Value, ...], ...]
    """As long as the header."""
    state: int | None = None
    """The column that says how each row is, where there is one."""
    remarks: tuple[Text, ...] = field(default=())

    def cell(self, columns: str, place: str) -> str | None:
        """The cell, such as `C7`, of the first of some columns (`a+b`) in a row's place."""
        number = _NUMBER.search(place)
        meant = columns.split("+")
        for at, column in zip(self.places, self.header.columns, strict=True):
            if number is not None and column is not None and column.name in meant:
                return f"{get_column_letter(at)}{number[1]}"
        return None


def table_of(data: bytes, name: str) -> type[Table]:
    """The table that a workbook is about, by its sheets or the property that names it.

    Raises PimError `PIM-TAB-008` where nothing says so, and what opening it raises.
    """
    require_safe(data, name)
    with _opened(data, name) as book:
        sheets = set(book.sheetnames)
        keywords = str(book.properties.keywords or "")
    for table in all_tables():
        if keywords == f"{KEYWORD}{table.name}":
            return table
    named = [t for t in all_tables() if sheets & {sheet_name(t), t.name}]
    if len(named) == 1:
        return named[0]
    raise refusals.no_sheet(name, sorted(sheets))


def read_workbook(data: bytes, name: str, table: type[Table]) -> Found:
    """The rows of a table: those below the row that has most of its column names.

    The sheet is the one named after the table, else the one whose header fits best. Raises
    PimError `PIM-TAB-003` to `-007`.
    """
    remarks = require_safe(data, name)
    with _opened(data, name) as book:
        sheets = list(_sheets(book, table, name))
        best = max(sheets, key=lambda sheet: _header_place(table, sheet)[1], default=None)
        if best is None or not enough(table, _header_place(table, best)[1]):
            seen = [str(value) for sheet in sheets for value in (sheet.rows or ((),))[0]]
            raise refusals.no_header(
                f"{name}, {', '.join(book.sheetnames)[:200]}", table.name, seen
            )
        # The member's name is known only to openpyxl, and it has no other way to ask.
        member = vars(book[best.name])["_worksheet_path"]
        merged = merged_ranges(data, str(member).lstrip("/"))
    found = _below(table, best, name)
    return replace(_with_merged(found, merged), remarks=tuple(remarks))


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[openpyxl.Workbook]:
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it does not know; values are unharmed.
            warnings.simplefilter("ignore", UserWarning)
            yield openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    # What openpyxl and the XML parsers below it (a ParseError is a SyntaxError) raise on broken
    # parts of a workbook; there is no error class of its own.
    except (
        *(SyntaxError, KeyError, TypeError, AttributeError),
        *(IndexError, OverflowError, RecursionError, *BROKEN),
    ) as error:
        raise refusals.damaged(name, type(error).__name__) from error


def _sheets(book: openpyxl.Workbook, table: type[Table], name: str) -> Iterator[SheetRows]:
    """The sheet of the table, or all of them where none has its name."""
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "reset_dimensions")]
    own = [s for s in sheets if s.title in {sheet_name(table), table.name, table.name_pl}]
    for sheet in (own or sheets)[:_SHEETS]:
        # A sheet may say that it is smaller, or larger, than it is.
        sheet.reset_dimensions()
        numbers, rows, cells = [], [], 0
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > _LAST_ROW:
                raise refusals.damaged(f"{name}, {sheet.title}", f"row > {_LAST_ROW}")
            cells += len(row)
            values = tuple(_value(cell.value, cell.data_type) for cell in row)
            if any(value is not None for value in values):
                numbers.append(number)
                rows.append(values)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                raise refusals.too_large(
                    f"{name}, {sheet.title}",
                    Text(
                        f"Arkusz ma ponad {MAX_ROWS} wierszy albo {MAX_CELLS} komórek.",
                        f"The sheet has over {MAX_ROWS} rows or {MAX_CELLS} cells.",
                    ),
                )
        yield SheetRows(sheet.title, tuple(numbers), tuple(rows))


def _value(value: object, kind: str) -> Value:
    if kind == "f":
        text = getattr(value, "text", value)
        return Spoilt(str(text or "="), FORMULA)
    if kind == "e":
        return Spoilt(str(value), ERROR)
    if isinstance(value, str):
        # A spreadsheet writes `_x000D_` for a sign that XML cannot hold.
        return unescape(value) or None if "_x" in value else value or None
    return value  # type: ignore[return-value]


def _header_place(table: type[Table], sheet: SheetRows) -> tuple[int, int]:
    """The place of the row with most column names, and how many it has."""
    found = [matches(table, _texts(row)) for row in sheet.rows[:_HEADER_WITHIN]]
    most = max(found, default=0)
    return (found.index(most) if found else 0), most


def _below(table: type[Table], sheet: SheetRows, name: str) -> Found:
    """The rows below the header, without those that only explain."""
    top, _ = _header_place(table, sheet)
    texts = _texts(sheet.rows[top])
    body = list(zip(sheet.numbers[top + 1 :], sheet.rows[top + 1 :], strict=True))
    states = {place for place, text in enumerate(texts) if is_state(text)}
    width = max([len(texts), *(len(row) for _, row in body)])
    texts += [""] * (width - len(texts))
    filled = [(number, row + (None,) * (width - len(row))) for number, row in body]
    filled = [
        (number, row)
        for number, row in filled
        if not any(row[place] in {HINT, EXAMPLE} for place in states)
    ]
    # Columns with neither header nor value are paper, not data.
    places = [
        place
        for place, text in enumerate(texts)
        if place not in states and (text or any(row[place] is not None for _, row in filled))
    ]
    rows = [(number, tuple(row[place] for place in places)) for number, row in filled]
    rows = [(number, row) for number, row in rows if any(value is not None for value in row)]
    return Found(
        sheet.name,
        sheet.numbers[top],
        read_header(table, [texts[place] for place in places], f"{name}, {sheet.name}"),
        tuple(place + 1 for place in places),
        tuple(number for number, _ in rows),
        tuple(row for _, row in rows),
        min(states) + 1 if states else None,
    )


def _with_merged(found: Found, ranges: Sequence[str]) -> Found:
    """Mark the cells of rows that are merged with others."""
    rows = [list(row) for row in found.rows]
    for text in ranges:
        bounds = [bound for bound in range_boundaries(text) if bound is not None]
        if len(bounds) < 4:
            continue
        left, top, right, bottom = bounds
        inside = [i for i, place in enumerate(found.places) if left <= place <= right]
        for number, row in zip(found.numbers, rows, strict=True):
            for i in inside if top <= number <= bottom else ():
                value = row[i]
                row[i] = Spoilt(
                    value.shown if isinstance(value, Spoilt) else str(value or ""), MERGED
                )
    return replace(found, rows=tuple(map(tuple, rows)))


def _texts(row: Sequence[Value]) -> list[str]:
    return [value.strip() if isinstance(value, str) else "" for value in row]
