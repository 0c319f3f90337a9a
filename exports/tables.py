"""One table to CSV and Parquet, straight from the accepted Parquet file, by DuckDB.

DuckDB's COPY in the order of the full key gives the same bytes with any number of threads, and
never holds the table in memory. CSV lines end with LF: that is what DuckDB and git write,
the portal reads both, and RFC 4180 readers accept it; the dialect in `datapackage.json` and
the CSVW file say so.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.refusals import Inspection
from schemas.files import replacing, sha256
from schemas.table import Table
from schemas.text import Lang


@dataclass(frozen=True)
class Resource:
    """One published data file: where it is, what it weighs, and what stands in it."""

    table: type[Table]
    name: str
    """Name of the resource in `datapackage.json`."""
    path: Path
    rows: int
    signs: tuple[str, ...]
    """Special signs that really stand in the CSV (none in Parquet, which has real nulls)."""
    bytes: int
    sha256: str


def _written(
    table: type[Table], resource: str, path: Path, rows: int, signs: tuple[str, ...], digest: str
) -> Resource:
    return Resource(table, resource, path, rows, signs, path.stat().st_size, digest)


def _copy(
    connection: duckdb.DuckDBPyConnection,
    columns: list[str],
    source: Path,
    order: str,
    target: Path,
    options: str,
) -> None:
    query = f"SELECT {', '.join(columns)} FROM {sql.parquet(source)} {order}"  # noqa: S608
    with replacing(target) as temporary:
        connection.execute(f"COPY ({query}) TO {sql.literal(str(temporary))} ({options})")


_FEW_ROWS = 100_000
"""So many rows are sorted faster than it is asked whether they are."""


def _ordering(
    connection: duckdb.DuckDBPyConnection,
    table: type[Table],
    lang: Lang,
    source: Path,
    rows: int,
) -> str:
    """ORDER BY the key as published, or nothing where many rows stand in that order already.

    Accepted rows do, unless a code is part of the key. To look takes 0.5 s of 10 million rows,
    to sort them twice 16 s and 1.4 GiB.
    """
    key = sql.order(table, lang)
    if rows <= _FEW_ROWS:
        return f"ORDER BY {key}"
    # DuckDB keeps the order of the file, so `lag` without an order is the row above.
    pairs = f"SELECT ({key}) AS key, lag(({key})) OVER () AS above FROM {sql.parquet(source)}"  # noqa: S608
    query = f"SELECT count(*) FROM ({pairs}) WHERE above > key"  # noqa: S608
    in_order = connection.execute(query).fetchall() == [(0,)]
    return "" if in_order else f"ORDER BY {key}"


def write_table(
    connection: duckdb.DuckDBPyConnection,
    table: type[Table],
    source: Path,
    lang: Lang,
    folder: Path,
    found: Inspection,
) -> tuple[Resource, Resource]:
    """Write `<name>.csv` and `<name>.parquet` of a table in a language below `folder`.

    `source` is a Parquet file with exactly the columns of the class. The files have the
    columns in declared order under their published names, rows sorted by the full key, codes
    as labels. `found` is what `exports.refusals.inspect` says of the rows: it refuses what may
    not be published before anything is written.
    """
    name, order = table.name_in(lang), _ordering(connection, table, lang, source, found.rows)
    csv, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
    heads = {column: sql.name(column.name_in(lang)) for column in table.columns}
    cells = [f"{sql.cell(column, lang)} AS {head}" for column, head in heads.items()]
    values = [f"{sql.value(column, lang)} AS {head}" for column, head in heads.items()]
    csv_options = "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"'"
    # Snappy, since readers in the browser take it without an add-on.
    parquet_options = "FORMAT parquet, COMPRESSION snappy"

    _copy(connection, cells, source, order, csv, csv_options)
    # A long CSV is hashed while the Parquet file is written.
    with ThreadPoolExecutor(1) as pool:
        csv_digest = pool.submit(sha256, csv)
        _copy(connection, values, source, order, parquet, parquet_options)
    return (
        _written(table, name, csv, found.rows, found.signs, csv_digest.result()),
        _written(table, f"{name}-parquet", parquet, found.rows, (), sha256(parquet)),
    )
