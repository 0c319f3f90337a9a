"""Rejected rows as a workbook: every row as it came, with rule, reason and place."""

import json
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.cells import cell_at, fixed, height_of
from exports.intake.paper import fit_to_page
from exports.intake.saving import named, to_bytes
from schemas.intake import sheet_name
from schemas.table import Table
from schemas.text import place_in

MAX_LINES = 100_000
"""Lines of one sheet; a workbook with more could not be worked with."""
_ABOUT = (
    ("Źródło", 26),
    ("Miejsce", 16),
    ("Odrzucany od", 20),
    ("Reguła", 20),
    ("Powód", 52),
    ("Kolumna", 24),
    ("Wartość", 28),
)
_CELL_WIDTH = 22
_HIGHEST = 120
_SUMMARY = "Podsumowanie"


def rejections_workbook(tables: Sequence[type[Table]], rows: pl.DataFrame, day: date) -> bytes:
    """The workbook as XLSX: a summary, then a sheet for each table that has rejected rows.

    `rows` has the columns of `REJECTED_SCHEMA` and `since`. Every cell is text, so that nothing
    in a rejected row is run or changed by a spreadsheet. At most `MAX_LINES` lines of a table.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    counts = rows.group_by("table_name", "rule", maintain_order=True).len()
    _write_summary(book, tables, counts.rows())
    for table in tables:
        lines = rows.filter(table_name=table.name)
        if lines.height:
            _write_table(book, table, lines.head(MAX_LINES))
    named(book, "Odrzucone wiersze", day)
    return to_bytes(book)


def _write_summary(
    book: Workbook, tables: Sequence[type[Table]], counts: Sequence[tuple[str, str, int]]
) -> None:
    sheet: Worksheet = book.create_sheet(_SUMMARY)
    titles = {table.name: table.title.pl for table in tables}
    title = cell_at(sheet, 1, 1)
    title.value, title.font = "Odrzucone wiersze", looks.TITLE
    for place, (text, width) in enumerate(
        (("Tabela", 34), ("Tytuł", 48), ("Reguła", 28), ("Liczba", 10)), start=1
    ):
        fixed(sheet, 3, place, text, looks.HEADER, looks.HEADER_FILL)
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, (name, rule, count) in enumerate(counts, start=4):
        for place, value in enumerate((name, titles.get(name, ""), rule, str(count)), start=1):
            fixed(sheet, row, place, value, looks.TEXT, looks.NO_FILL)
    sheet.freeze_panes = "A4"
    fit_to_page(sheet, 3)


def _write_table(book: Workbook, table: type[Table], lines: pl.DataFrame) -> None:
    """One line a broken rule; what is wrong stands left, the row as it came right of it."""
    sheet: Worksheet = book.create_sheet(sheet_name(table))
    heads = [text for text, _ in _ABOUT] + [column.title.pl for column in table.columns]
    titles = {column.name: column.title.pl for column in table.columns}
    for place, text in enumerate(heads, start=1):
        fill = looks.HEADER_FILL if place <= len(_ABOUT) else looks.OPTIONAL_FILL
        fixed(sheet, 1, place, text, looks.HEADER, fill)
        width = _ABOUT[place - 1][1] if place <= len(_ABOUT) else _CELL_WIDTH
        sheet.column_dimensions[get_column_letter(place)].width = width
    for row, line in enumerate(lines.iter_rows(named=True), start=2):
        came = _row(line["row"])
        wrong = str(line["column_name"] or "").split("+")
        about = (
            line["source"],
            place_in(line["place"] or "", "pl"),
            (line["since"] or "").replace("T", " "),
            line["rule"],
            line["reason_pl"],
            ", ".join(titles.get(name, name) for name in wrong),
            line["value"],
        )
        for place, value in enumerate(about, start=1):
            fixed(sheet, row, place, value, looks.TEXT, looks.NO_FILL)
        told = [(str(value or ""), width) for value, (_, width) in zip(about, _ABOUT, strict=True)]
        told += [(str(came.get(column.name) or ""), _CELL_WIDTH) for column in table.columns]
        sheet.row_dimensions[row].height = min(height_of(told), _HIGHEST)
        for place, column in enumerate(table.columns, start=len(_ABOUT) + 1):
            bad = column.name in wrong
            font, fill = (looks.BAD, looks.BAD_FILL) if bad else (looks.TEXT, looks.NO_FILL)
            fixed(sheet, row, place, came.get(column.name), font, fill)
    sheet.freeze_panes = f"{get_column_letter(3)}2"
    sheet.auto_filter.ref = sheet.dimensions
    fit_to_page(sheet, 1)


def _row(text: str | None) -> Mapping[str, str | None]:
    """The row that was kept as JSON, every value as text."""
    found = json.loads(text or "{}")
    return {name: None if value is None else str(value) for name, value in found.items()}
