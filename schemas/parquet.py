"""Parquet files longer than memory, by DuckDB: read as they are, sorted, and written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from schemas.derive.ddl import literal
from schemas.files import replacing


@contextmanager
def session(spill: Path, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory that spills into the folder `spill` what goes beyond `memory`.

    Rows keep their order, so the row above is what `lag(…) OVER ()` gives.
    """
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(memory)}")
        connection.execute(f"SET temp_directory = {literal(str(spill))}")
        connection.execute("SET preserve_insertion_order = true")
        yield connection


def reading(folder: Path, name: str, *, numbered: bool = False) -> str:
    """The SQL that reads the files `name` (may have wildcards) of a folder.

    `numbered` adds the number of each row as `file_row_number`.
    """
    # DuckDB would take *, ? and [ in the folder's name for wildcards too.
    plain = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(folder))
    options = ", file_row_number = true" if numbered else ""
    return f"read_parquet({literal(f'{plain}/{name}')}{options})"


def write_query(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write what a query gives to a Parquet file."""
    target = literal(str(path))
    connection.execute(f"COPY ({query}) TO {target} (FORMAT parquet, COMPRESSION snappy)")


def write_empty(path: Path, schema: Mapping[str, pl.DataType]) -> None:
    """Write a Parquet file without rows, whole or not at all."""
    with replacing(path) as temporary:
        pl.DataFrame(schema=schema).write_parquet(temporary)


def row_count(path: Path) -> int:
    """How many rows a Parquet file has."""
    count: int = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    return count
