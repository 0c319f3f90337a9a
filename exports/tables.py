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
from exports.parts import Part, parts_of, stem, within
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
    part: str = ""
    """The year that it holds of a divided table; "" where it holds all of it."""


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
) -> tuple[Resource, ...]:
    """Write `<name>.csv` and `<name>.parquet` of a table in a language below `folder`.

    `source` is a Parquet file with exactly the columns of the class. The files have the
    columns in declared order under their published names, rows sorted by the full key, codes
    as labels. A long table has a CSV for each year, see `exports.parts`; the Parquet file comes
    last. `found` is what `exports.inspecting.inspect` says of the rows: it refuses what may not
    be published before anything is written.
    """
    heads = {column: sql.name(column.name_in(lang)) for column in table.columns}
    cells = [f"{sql.cell(column, lang)} AS {head}" for column, head in heads.items()]
    values = [f"{sql.value(column, lang)} AS {head}" for column, head in heads.items()]
    order = "" if lang in found.in_order else f"ORDER BY {sql.order(table, lang)}"

    def copy(columns: list[str], where: str, target: Path, options: str) -> None:
        query = f"SELECT {', '.join(columns)} FROM {sql.parquet(source)} {where} {order}"  # noqa: S608
        connection.execute(f"COPY ({query}) TO {sql.literal(str(target))} ({options})")

    def write_csv(part: Part, target: Path) -> None:
        options = "FORMAT csv, HEADER, DELIMITER ',', QUOTE '\"', ESCAPE '\"'"
        copy(cells, within(part), target, options)

    def csv_of(part: Part, written: Path, digest: str) -> Resource:
        name = stem(table, lang, part.name)
        size = written.stat().st_size
        path = folder / f"{name}.csv"
        return Resource(table, name, path, part.rows, part.signs, size, digest, part.name)

    *earlier, last = parts_of(connection, table, source, found)
    done: list[Resource] = []
    for part in earlier:
        with replacing(folder / f"{stem(table, lang, part.name)}.csv") as new_csv:
            write_csv(part, new_csv)
            done.append(csv_of(part, new_csv, sha256(new_csv)))
    name = stem(table, lang)
    csv, parquet = folder / f"{stem(table, lang, last.name)}.csv", folder / f"{name}.parquet"
    with replacing(csv) as new_csv, replacing(parquet) as new, ThreadPoolExecutor(1) as beside:
        write_csv(last, new_csv)
        # A long CSV reaches the disk and is hashed while the Parquet file is written.
        csv_digest = beside.submit(copy_context().run, _settled, new_csv)
        # Snappy, since readers in the browser take it without an add-on.
        copy(values, "", new, "FORMAT parquet, COMPRESSION snappy")
        digest, bytes_ = sha256(new), new.stat().st_size
        done.append(csv_of(last, new_csv, csv_digest.result()))
    return (*done, Resource(table, f"{name}-parquet", parquet, found.rows, (), bytes_, digest))
