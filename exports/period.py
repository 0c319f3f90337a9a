"""The period that data speak of: from the first to the last day or year in their rows."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from exports import sql
from schemas.columns import Column
from schemas.table import Table

Period = tuple[date, date]
"""First and last day."""

LEARNT = frozenset({"retrieved", "retrieved_on", "file_date", "source_date"})
"""Columns that say when a value was learnt and not when it was true."""
YEARS = frozenset({"year", "period_start", "period_end"})
"""Columns that hold a calendar year."""


def _days(column: Column) -> str | None:
    """SQL for the first and the last day that a column speaks of, or None."""
    stored = sql.stored(column)
    if column.name in LEARNT:
        return None
    if column.kind in {"date", "datetime"}:
        return f"CAST(min({stored}) AS DATE), CAST(max({stored}) AS DATE)"
    if column.kind == "integer" and column.name in YEARS:
        return f"make_date(min({stored}), 1, 1), make_date(max({stored}), 12, 31)"
    return None


def _of_table(connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path) -> list[date]:
    asked = [days for column in table.columns if (days := _days(column)) is not None]
    if not asked:
        return []
    query = f"SELECT {', '.join(asked)} FROM {sql.parquet(path)}"  # noqa: S608
    return [day for day in connection.execute(query).fetchall()[0] if isinstance(day, date)]


def covered(tables: Sequence[type[Table]], parquet: Mapping[str, Path]) -> Period | None:
    """The first and the last day that the published rows of `tables` speak of.

    `parquet` gives the publishable rows by table name. Days are taken from columns of dates and
    of calendar years, but for those that say when something was learnt. None where no row has
    any: `exports.listing.Listing.period_of` then says which period such a data set has.
    """
    connection = duckdb.connect()
    try:
        days = [
            day for table in tables for day in _of_table(connection, table, parquet[table.name])
        ]
    finally:
        connection.close()
    return (min(days), max(days)) if days else None
