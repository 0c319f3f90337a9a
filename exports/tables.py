"""One table to CSV and Parquet, straight from the accepted Parquet file, by DuckDB.

DuckDB's COPY in the order of the full key gives the same bytes with any number of threads, and
never holds the table in memory. CSV lines end with LF: that is what DuckDB and git write,
the portal reads both, and RFC 4180 readers accept it; the dialect in `datapackage.json` and
the CSVW file say so.
"""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.inspecting import Inspection
from schemas.files import replacing, settle, sha256
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


def _settled(path: Path) -> str:
    """The sha256 of a file whose bytes have reached the disk."""
    settle(path)
    return sha256(path)


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
    as labels. `found` is what `exports.inspecting.inspect` says of the rows: it refuses what may
    not be published before anything is written.
    """
    name, rows = table.name_in(lang), found.rows
    csv, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
    heads = {column: sql.name(column.name_in(lang)) for column in table.columns}
    cells = [f"{sql.cell(column, lang)} AS {head}" for column, head in heads.items()]
    values = [f"{sql.value(column, lang)} AS {head}" for column, head in heads.items()]
    order = "" if lang in found.in_order else f"ORDER BY {sql.order(table, lang)}"

    def copy(columns: list[str], target: Path, options: str) -> None:
        query = f"SELECT {', '.join(columns)} FROM {sql.parquet(source)} {order}"  # noqa: S608
        connection.execute(f"COPY ({query}) TO {sql.literal(str(target))} ({options})")

    with replacing(csv) as new_csv, replacing(parquet) as new, ThreadPoolExecutor(1) as beside:
        copy(cells, new_csv, "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"'")
        # A long CSV reaches the disk and is hashed while the Parquet file is written.
        csv_digest = beside.submit(copy_context().run, _settled, new_csv)
        # Snappy, since readers in the browser take it without an add-on.
        copy(values, new, "FORMAT parquet, COMPRESSION snappy")
        digest, bytes_ = sha256(new), new.stat().st_size
        written = Resource(
            table, name, csv, rows, found.signs, new_csv.stat().st_size, csv_digest.result()
        )
    return written, Resource(table, f"{name}-parquet", parquet, rows, (), bytes_, digest)
