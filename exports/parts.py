"""A long table as several CSV files, one a year, each no longer than a spreadsheet can show.

The Parquet file stays one: programs read the columns and rows of it that they need, and it is
what the next release is compared with. A year is part of the key of such a table, so no row
stands in two files.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.inspecting import Inspection
from schemas.columns import Column
from schemas.table import Table
from schemas.text import Lang, Text

MOST_ROWS = 1_000_000
"""Rows of one CSV: a spreadsheet shows 1,048,576 lines and drops the rest without a word."""
YEAR = "year"


@dataclass(frozen=True)
class Part:
    """What one CSV of a table holds: a year, or "" where it is the whole table."""

    name: str
    rows: int
    signs: tuple[str, ...]
    """The special signs that will stand in it, sorted."""


def stem(table: type[Table], lang: Lang, part: str = "") -> str:
    """The name of a table's file without its ending."""
    return f"{table.name_in(lang)}_{part}" if part else table.name_in(lang)


def title(table: type[Table], part: str = "") -> Text:
    """The title of a table, or of a part of it."""
    return Text(f"{table.title.pl}, {part}", f"{table.title.en}, {part}") if part else table.title


def parts_of(
    connection: duckdb.DuckDBPyConnection, table: type[Table], source: Path, found: Inspection
) -> tuple[Part, ...]:
    """The CSV files of a table: one, or one for each year where there are too many rows.

    `source` has the publishable rows. Only a table that is declared to be long (`bulk`) is
    divided: others may refer to the rest, and a reference leads to one file.
    """
    if found.rows <= MOST_ROWS or not table.bulk or _year(table) is None:
        return (Part("", found.rows, found.signs),)
    nullable = [column for column in table.columns if column.null]
    counts = [f"count({sql.stored(column)})" for column in nullable]
    asked = ", ".join([sql.name(YEAR), "count(*)", *counts])
    query = f"SELECT {asked} FROM {sql.parquet(source)} GROUP BY ALL ORDER BY ALL"  # noqa: S608
    parts = []
    for year, rows, *present in connection.execute(query).fetchall():
        pairs = zip(nullable, present, strict=True)
        signs = {column.missing for column, count in pairs if count < rows}
        parts.append(Part(str(year), rows, tuple(sorted(signs))))
    return tuple(parts)


def within(part: Part) -> str:
    """The SQL that narrows the rows of a table down to a part."""
    return f"WHERE {sql.name(YEAR)} = {int(part.name)}" if part.name else ""


def _year(table: type[Table]) -> Column | None:
    return next((column for column in table.key if column.name == YEAR), None)
