"""The intake workbook: what is declared of a table, as a form for an office."""

from collections.abc import Sequence
from datetime import date

import polars as pl
from openpyxl import Workbook

from exports.intake.cells import CellValue
from exports.intake.choices import Frames, choices
from exports.intake.guide import write_guide
from exports.intake.lists import write_lists
from exports.intake.saving import named, to_bytes
from exports.intake.sheet import (
    HEADER_ROW,
    Layout,
    write_example,
    write_hints,
    write_row,
    write_sheet,
)
from schemas.columns import Column
from schemas.intake import BESIDE, KEYWORD, YES_NO, sheet_name
from schemas.table import Table

FIRST_ROW = HEADER_ROW + 3
"""The first row below the example."""


def template(
    table: type[Table], frames: Frames, day: date, rows: pl.DataFrame | None = None
) -> bytes:
    """The workbook of a table as XLSX: instructions, the sheet to fill, lists.

    `frames` holds the publishable rows of the table and of all that it refers to: they fill the
    drop-down lists and give the example. `rows` (columns of the table) are written into the
    sheet. `day` is the date in its properties. The same input gives the same bytes.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    ranges = write_lists(book, table, frames)
    layout = Layout.standard(table, sheet_name(table))
    sheet = write_sheet(book, table, layout, ranges)
    write_hints(sheet, layout)
    write_example(sheet, layout, example_of(table, frames))
    for row, values in enumerate(
        shown_rows(table, rows, frames) if rows is not None else [], start=FIRST_ROW
    ):
        write_row(sheet, layout, row, values, good=None)
    write_guide(book, table)
    book.move_sheet(sheet.title, -1)
    book.active = 1
    named(book, table.title.pl, day, f"{KEYWORD}{table.name}")
    return to_bytes(book)


def example_of(table: type[Table], frames: Frames) -> dict[str, CellValue]:
    """A real row as an example, by column: the publishable one that shows most."""
    own = frames[table.name]
    shown = shown_rows(table, _best(own), frames)
    return dict(zip((c.name for c in table.columns), shown[0], strict=True)) if shown else {}


def shown_rows(table: type[Table], rows: pl.DataFrame, frames: Frames) -> list[Sequence[CellValue]]:
    """Typed rows as people see them: labels for codes, names beside references."""
    columns: list[list[CellValue]] = [_shown(column, rows, frames) for column in table.columns]
    return [tuple(values) for values in zip(*columns, strict=True)]


def _shown(column: Column, rows: pl.DataFrame, frames: Frames) -> list[CellValue]:
    values: list[CellValue] = rows.get_column(column.name).to_list()
    if column.codes:
        labels = {str(code): code.label.pl for code in column.codes}
        return [labels.get(str(value), value) for value in values]
    if column.kind == "boolean":
        return [None if value is None else YES_NO[bool(value)].pl for value in values]
    if column.kind == "datetime":
        return [None if value is None else str(value).replace(" ", "T") for value in values]
    if column.references is not None and not column.many:
        texts = {text.partition(BESIDE)[0]: text for text in choices(column, frames)}
        return [texts.get(str(value), value) for value in values]
    return values


def _best(rows: pl.DataFrame) -> pl.DataFrame:
    """The row that shows most: the one with the fewest empty cells, the first of several."""
    empty = pl.sum_horizontal(pl.all().is_null().cast(pl.Int64))
    return (
        rows.with_columns(empty.alias("_empty"))
        .sort("_empty", maintain_order=True)[:1]
        .drop("_empty")
    )
