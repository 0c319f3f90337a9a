"""DuckDB for the exports: a session with bounded memory, and safely quoted SQL parts."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from schemas.columns import Column
from schemas.table import Table
from schemas.text import Lang

MEMORY = "1200MB"
"""Enough to sort 10 million rows without spilling, and well below 2 GiB (measured)."""


def name(identifier: str) -> str:
    """A quoted SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A quoted SQL text. COPY and EXPLAIN take no parameters for these, so they are written."""
    return "'" + text.replace("'", "''") + "'"


def one_file(path: Path) -> str:
    """A path for `read_parquet` and `read_csv`, which would take `*?[` for wildcards."""
    return literal("".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(path)))


def parquet(path: Path) -> str:
    """The SQL that reads one Parquet file, as `facts`."""
    return f"read_parquet({one_file(path)}) AS facts"


def columns(path: Path) -> dict[str, pl.DataType]:
    """The columns of a Parquet file with their types, in its order."""
    # By a handle: polars would take `*?[` in a path for wildcards.
    with path.open("rb") as handle:
        return pl.read_parquet_schema(handle)


def types(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """The names of the columns of a Parquet file with their types in SQL, in its order."""
    found = connection.execute(f"FROM {parquet(path)} LIMIT 0").description
    return [(name, str(kind)) for name, kind, *_ in found]


def stored(column: Column) -> str:
    """The stored value of a column, told apart from a published name that looks the same."""
    return f"facts.{name(column.name)}"


@contextmanager
def session(
    spill: Path,
    threads: int | None = None,
    *,
    within: duckdb.DuckDBPyConnection | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory that spills into the folder `spill` when it must.

    The folder is made only if needed and is gone afterwards. Rows keep their order, so the
    same input gives the same bytes with any number of `threads`. Another session of the same
    engine is had by giving the first one as `within`: to start an engine takes 25 ms, which is
    as long as all work on a small table; `spill` and `threads` are then those of the first.
    """
    if within is not None:
        with within.cursor() as cursor:
            yield cursor
        return
    connection = duckdb.connect()
    try:
        connection.execute(f"SET memory_limit = {literal(MEMORY)}")
        connection.execute(f"SET temp_directory = {literal(str(spill))}")
        connection.execute("SET preserve_insertion_order = true")
        if threads is not None:
            connection.execute(f"SET threads = {int(threads)}")
        yield connection
    finally:
        connection.close()


def value(column: Column, lang: Lang) -> str:
    """The published value, typed: the label of a code, everything else as it is."""
    if not column.codes:
        return stored(column)
    labels = " ".join(
        f"WHEN {literal(str(code))} THEN {literal(code.label.of(lang))}" for code in column.codes
    )
    return f"CASE {stored(column)} {labels} END"


def cell(column: Column, lang: Lang) -> str:
    """The published CSV cell: text in the portal's form, the special sign for no value."""
    raw = stored(column)
    match column.kind:
        case "boolean":
            text = f"CASE {raw} WHEN true THEN 'True' WHEN false THEN 'False' END"
        case "date":
            text = f"strftime({raw}, '%Y-%m-%d')"
        case "datetime":
            text = f"strftime({raw}, '%Y-%m-%dT%H:%M:%S')"
        case "string":
            text = value(column, lang)
        case _:
            text = f"CAST({value(column, lang)} AS VARCHAR)"
    return f"coalesce({text}, {literal(column.missing)})" if column.null else text


def order(table: type[Table], lang: Lang) -> str:
    """The sort order of a published file: its full key, as published, by bytes."""
    return ", ".join(value(column, lang) for column in table.key)
