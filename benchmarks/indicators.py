"""The assets that load indicators, and the same work by DuckDB alone, side by side.

    python -m benchmarks.indicators 10_000_000 [--rounds 3] [--memory 1200MB] [--folder FOLDER]

From kept observations to a published file: Dagster materialises the asset `indicators` (read,
judge, set aside, store), the publishable rows are written, and of these CSV and Parquet with
their hashes. Each side runs in a process of its own, by turns, and takes its own time, from where
its libraries are loaded. Printed are medians, and what ours needs of the other's.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.kept import house, make_kept
from benchmarks.turns import Cost, by_turns, line_of
from sources.bdl.store import folder_below

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def ours(folder: Path, out: Path) -> None:
    """As a build does it."""
    import dagster as dg

    from assets.building import referred_by
    from assets.indicators import indicators
    from exports import sql
    from exports.inspecting import inspect
    from exports.tables import write_table
    from reconcile.withholding import publishable_scan
    from schemas.tables.indicators import Indicators

    made = house(folder)
    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(
            [indicators],
            instance=instance,
            resources={"house": made},
            run_config=QUIET,
        )
    if not done.success:
        raise SystemExit(f"not accepted: {made.errors}")
    publishable = out / "publishable.parquet"
    kept = made.load(referred_by(Indicators))
    rows = publishable_scan(Indicators, made.scan(Indicators), kept)
    rows.sink_parquet(publishable, compression="snappy")
    with sql.session(out / "spill") as connection:
        found = inspect(connection, Indicators, publishable)
        write_table(connection, Indicators, publishable, "en", out, found)


def bare(folder: Path, out: Path, memory: str) -> None:
    """The same by DuckDB alone."""
    from benchmarks import bare_indicators

    data = house(folder).folder
    bare_indicators.run(folder_below(data.snapshots), data.tables, out, memory)


def timed(side: str, folder: Path, out: Path, memory: str) -> None:
    """Run a side and print what it took."""
    import dagster as dg
    import duckdb

    import assets.indicators  # noqa: F401
    import exports.tables  # noqa: F401

    # Both sides begin with all libraries loaded. Dagster loads the last of its own, for 1.2 s, in
    # the first step of a run, which is never this one.
    duckdb.execute("SELECT 1")
    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([dg.asset(name="first")(lambda: None)], instance=instance, run_config=QUIET)

    wall, cpu = time.perf_counter(), time.process_time()
    if side == "ours":
        ours(folder, out)
    else:
        bare(folder, out, memory)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.perf_counter() - wall, time.process_time() - cpu, peak]))


def measure(side: str, folder: Path, out: Path, memory: str) -> Cost:
    """Run one side in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "benchmarks.indicators", "--side", side, folder, out]
    done = subprocess.run(
        [*map(str, command), "--memory", memory],
        stdout=subprocess.PIPE,
        env={**os.environ, "DAGSTER_HOME": ""},
        check=True,
    )
    return Cost(*json.loads(done.stdout.splitlines()[-1]))


def same_rows(out: Path) -> bool:
    """Whether both sides published the same rows in the same order."""
    import duckdb

    sides = [f"'{out / side / 'indicators.parquet'}'" for side in ("ours", "bare")]
    names = "city_id, terc, variable_id, year, revision, value, unit, bdl_unit_id, source_date"
    count = " POSITIONAL JOIN ".join(
        f"(SELECT ({names}) AS row FROM {file}) AS side{number}"  # noqa: S608
        for number, file in enumerate(sides)
    )
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        found = connection.execute(
            f"SELECT count(*) FROM {count} WHERE side0.row IS DISTINCT FROM side1.row"  # noqa: S608
        )
        return found.fetchall() == [(0,)]


def compare(rows: int, rounds: int, folder: Path, memory: str) -> None:
    """Measure both sides by turns and print one line of the table."""
    panel = folder / f"kept-{rows}"
    if not panel.exists():
        make_kept(rows, panel)
    costs = by_turns(rounds, lambda side: measure(side, panel, folder / side, memory))
    if not same_rows(folder):
        raise SystemExit("not so: both publish the same rows")
    print(line_of(rows, costs))


def main() -> None:
    """Run a comparison, or one side of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="1200MB", help="for DuckDB alone")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--side", nargs=3, metavar=("SIDE", "KEPT", "OUT"))
    wanted = parser.parse_args()
    if wanted.side:
        side, kept, out = wanted.side
        timed(side, Path(kept), Path(out), wanted.memory)
    elif wanted.folder:
        compare(wanted.rows, wanted.rounds, wanted.folder, wanted.memory)
    else:
        with tempfile.TemporaryDirectory() as name:
            compare(wanted.rows, wanted.rounds, Path(name), wanted.memory)


if __name__ == "__main__":
    main()
