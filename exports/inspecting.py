"""Looking through the publishable rows once, before anything is written.

A short table is looked through in memory, word by word: to plan one query takes DuckDB longer.
Of a long one, DuckDB looks through the words of columns that say few words again and again, and
through the rows of the others. Either way `exports.refusals` has the last word on what is found.
"""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from exports import sql
from exports.refusals import bad_cell, check_columns, harmless, raise_first
from exports.unfit import impersonal
from schemas.columns import Column
from schemas.table import Table
from schemas.text import LANGS, Lang

FEW_ROWS = 100_000
"""So many rows are read into memory, and sorted rather than asked whether they are in order."""
_WORD_BYTES = 4
"""A column with no more bytes a value, unpacked, stands in its file as a list of words."""


@dataclass(frozen=True)
class Inspection:
    """What one look found out about publishable rows."""

    rows: int
    signs: tuple[str, ...]
    """The special signs that will stand in the CSV, sorted."""
    in_order: frozenset[Lang] = frozenset()
    """Languages in which the rows of a long table stand in the order of the published key."""


def inspect(connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path) -> Inspection:
    """Look through all publishable rows of `path` once.

    Raises PimError for the first kind of cell that may not be published (`PIM-EXP-001` to
    `-011`), with the column and the key of a row that has it.
    """
    check_columns(table, path)
    with path.open("rb") as handle:
        frame = pl.read_parquet(handle, n_rows=FEW_ROWS + 1)
    long = frame.height > FEW_ROWS
    if long:
        rows, without, suspect = _looked_through(connection, table, path)
    else:
        rows = frame.height
        without = {name for name, count in frame.null_count().row(0, named=True).items() if count}
        suspect = not all(_fine(column, frame.get_column(column.name)) for column in table.columns)
    if suspect or any(not column.null and column.name in without for column in table.columns):
        raise_first(connection, table, path)
    signs = {column.missing for column in table.columns if column.null and column.name in without}
    in_order = _in_order(connection, table, path) if long else frozenset[Lang]()
    return Inspection(rows, tuple(sorted(signs)), in_order)


def _fine(column: Column, values: pl.Series) -> bool:
    """Whether each value of a short column may certainly be published."""
    if values.dtype != column.dtype:
        return False
    if column.kind == "datetime":
        return bool((values.dt.truncate("1s") == values).all())
    if column.kind != "string":
        return True
    words = set(values.to_list()) - {None}
    if column.codes:
        return words <= {str(code) for code in column.codes}
    return all(map(harmless, words)) and (column.table.institutional or all(map(impersonal, words)))


def _looked_through(
    connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path
) -> tuple[int, set[str], bool]:
    """Of a long table: its rows, the columns that lack a value, whether a cell is bad."""
    wordy = _wordy(connection, path)
    rowwise = [column for column in table.columns if column.name not in wordy]
    rows, suspect, *present = _counted(connection, rowwise, sql.parquet(path))
    without = {c.name for c, count in zip(rowwise, present, strict=True) if count < rows}
    for column in table.columns:
        if column.name in wordy:
            words = f"(SELECT DISTINCT {sql.name(column.name)} FROM {sql.parquet(path)}) AS facts"  # noqa: S608
            count, bad, named = _counted(connection, [column], words)
            suspect += bad
            without |= {column.name} if named < count else set()
    return rows, without, suspect > 0


def _counted(
    connection: duckdb.DuckDBPyConnection, columns: Collection[Column], facts: str
) -> tuple[int, ...]:
    """How many rows there are and have a bad cell, and how many a value in each column."""
    # As filters of the counts: a WHERE would be moved in front of a DISTINCT.
    bad = " OR ".join(f"({bad})" for column in columns for bad in bad_cell(column)) or "false"
    counts = [
        "count(*)",
        f"count(*) FILTER (WHERE {bad})",
        *(f"count({sql.stored(column)})" for column in columns),
    ]
    query = f"SELECT {', '.join(counts)} FROM {facts}"  # noqa: S608  # quoted names of the class
    return tuple(connection.execute(query).fetchall()[0])


def _wordy(connection: duckdb.DuckDBPyConnection, path: Path) -> set[str]:
    """The text columns with few words: to find these in 10 million rows takes 0.04 s.

    All others are read value by value, since to find the words of such a column takes longer.
    """
    query = (
        f"SELECT path_in_schema FROM parquet_metadata({sql.one_file(path)}) "  # noqa: S608
        "WHERE type = 'BYTE_ARRAY' GROUP BY ALL "
        f"HAVING sum(total_uncompressed_size) <= {_WORD_BYTES} * sum(num_values)"
    )
    return {name for (name,) in connection.execute(query).fetchall()}


def _in_order(
    connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path
) -> frozenset[Lang]:
    """The languages in which the rows of a file stand in the order of the key as published.

    Accepted rows do, unless a code is part of the key. To look takes half a second of 10 million
    rows and a few MiB, to sort them twice 16 s and 1.4 GiB.
    """
    if any(column.codes for column in table.key):
        return frozenset(lang for lang in LANGS if _rises(connection, table, path, lang))
    return frozenset(LANGS if _rises(connection, table, path, LANGS[0]) else ())


def _rises(
    connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path, lang: Lang
) -> bool:
    """Whether no row's key is below that of the row above it."""
    key = f"row({sql.order(table, lang)})"
    # DuckDB keeps the order of the file, so `lag` without an order is the row above. Polars'
    # `shift` would keep all rows of the key in memory.
    pairs = f"SELECT {key} AS here__, lag(here__) OVER () AS above__ FROM {sql.parquet(path)}"  # noqa: S608
    query = f"SELECT count(*) FROM ({pairs}) WHERE above__ > here__"  # noqa: S608
    return connection.execute(query).fetchall() == [(0,)]
