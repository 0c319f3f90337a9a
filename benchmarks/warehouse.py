"""Two ways to fill the warehouse, measured: `python -m benchmarks.warehouse [rows]`.

`assembled` keeps each table as Parquet and builds the DuckDB file once at the end, which is
what the project does; `direct` opens one DuckDB file for every table and writes into it. Both
start from accepted frames in memory: the real facts, and a generated table of `rows` (default
one million). `again` is a second build of the same rows over the first. Every figure is the
median of three fresh processes. docs/data-folder.md draws the conclusion.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl

from schemas.arrow import register
from schemas.columns import Codes, code, integer, number, string
from schemas.derive.ddl import comments, create_table, polish_view, quoted
from schemas.gate import check
from schemas.registry import all_tables
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import REJECTED_SCHEMA
from sources.facts import CURATED, read_facts
from warehouse.database import Rows, assemble
from warehouse.folder import DataFolder
from warehouse.opening import BLOCK_SIZE, CLOSED_NETWORK, STORAGE
from warehouse.tables import store_table, table_path

REPEATS = 3
ROWS = 1_000_000

Frames = list[tuple[type[Table], pl.DataFrame]]


class Flag(Codes):
    """What stands beside a value."""

    FINAL = "f", "ostateczna", "final"
    ESTIMATED = "e", "szacunkowa", "estimated"


class Observations(Table):
    """A table of a statistical register, as long as one pleases."""

    name_pl = "obserwacje"
    title = Text("Obserwacje", "Observations")
    description = Text("Wartości zmyślone do pomiaru.", "Values made up to measure with.")
    row = Text("Jedna wartość.", "One value.")

    unit = string("jednostka", "Jednostka", "Unit", "Kod.", "Code.", key=True)
    year = integer("rok", "Rok", "Year", "Rok.", "Year.", key=True)
    value = number("wartosc", "Wartość", "Value", "Wartość.", "Value.", scale=2)
    flag = code(Flag, "znak", "Znak", "Flag", "Znak.", "Flag.")
    note = string("uwaga", "Uwaga", "Note", "Uwaga.", "Note.", null=True)


def real_tables() -> Frames:
    """The curated facts that the gate accepts."""
    accepted: dict[str, pl.DataFrame] = {}
    frames: Frames = []
    for table in all_tables():
        facts = CURATED / f"{table.name}.csv"
        if facts.is_file():
            accepted[table.name] = check(table, read_facts(facts), accepted).accepted
            frames.append((table, accepted[table.name]))
    return frames


def long_table(rows: int) -> Frames:
    """One table of this many rows, not in key order."""
    number_of = pl.int_range(rows - 1, -1, -1, dtype=pl.Int64, eager=False)
    frame = pl.select(
        (number_of % 50_000).cast(pl.String).str.zfill(7).alias("unit"),
        (1990 + number_of // 50_000).alias("year"),
        (number_of * 37 % 1_000_003).cast(pl.Decimal(18, 2)).alias("value"),
        pl.when(number_of % 7 == 0).then(pl.lit("e")).otherwise(pl.lit("f")).alias("flag"),
        pl.when(number_of % 9 == 0).then(pl.format("uwaga {}", number_of % 1000)).alias("note"),
        pl.lit("observations.csv").alias("_source"),
        pl.format("line {}", number_of + 2).alias("_place"),
    )
    return [(Observations, frame)]


def assembled(frames: Frames, folder: DataFolder) -> None:
    """Parquet for every table, then one DuckDB file from them."""
    nothing = pl.DataFrame(schema=REJECTED_SCHEMA)
    rows: dict[str, Rows] = {}
    for table, frame in frames:
        store_table(folder, table, frame, nothing)
        rows[table.name] = table_path(folder, table)
    assemble(folder.warehouse, [table for table, _ in frames], rows, meta={}, origin=True)


def direct(frames: Frames, folder: DataFolder) -> None:
    """Every table on its own into the same DuckDB file, as separate steps of a graph would."""
    settings = {
        **CLOSED_NETWORK,
        "storage_compatibility_version": STORAGE,
        "default_block_size": str(BLOCK_SIZE),
    }
    for table, frame in frames:
        with duckdb.connect(folder.warehouse, config=dict(settings)) as connection:
            register(connection, "incoming", frame)
            connection.execute("BEGIN")
            connection.execute(f"DROP VIEW IF EXISTS {quoted(table.name_pl)}")
            connection.execute(f"DROP TABLE IF EXISTS {quoted(table.name)}")
            connection.execute(create_table(table, origin=True))
            order = ", ".join(quoted(column.name) for column in table.key)
            insert = f"INSERT INTO {quoted(table.name)} FROM incoming"
            connection.execute(f"{insert} ORDER BY {order}")
            for statement in (*comments(table, origin=True), *polish_view(table)):
                connection.execute(statement)
            connection.execute("COMMIT")


WAYS: dict[str, Callable[[Frames, DataFolder], None]] = {"assembled": assembled, "direct": direct}


def measure(way: str, rows: int) -> dict[str, float]:
    """One process: wall and cpu seconds of a first build, of a second, MB in memory and on disk."""
    frames = long_table(rows) if rows else real_tables()
    figures: dict[str, float] = {"tables": len(frames)}
    with tempfile.TemporaryDirectory() as place:
        folder = DataFolder(Path(place)).prepare()
        for build in ("first", "again"):
            wall, cpu = time.perf_counter(), time.process_time()
            WAYS[way](frames, folder)
            figures[f"{build} s"] = time.perf_counter() - wall
            figures[f"{build} cpu s"] = time.process_time() - cpu
            figures[f"{build} MB"] = folder.warehouse.stat().st_size / 1e6
        figures["parquet MB"] = sum(p.stat().st_size for p in folder.tables.iterdir()) / 1e6
    figures["memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    return figures


def main(rows: int) -> None:
    """Print the medians of both ways on both inputs."""
    for title, size in (("facts", 0), (f"{rows} rows", rows)):
        for way in WAYS:
            runs = [
                json.loads(
                    subprocess.run(
                        [sys.executable, "-m", "benchmarks.warehouse", way, str(size)],
                        capture_output=True,
                        text=True,
                        check=True,
                    ).stdout
                )
                for _ in range(REPEATS)
            ]
            medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
            shown = "  ".join(f"{name} {value:.2f}" for name, value in medians.items())
            print(f"{title:>12} {way:>10}: {shown}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        print(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else ROWS)
