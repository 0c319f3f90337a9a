"""A long panel read, checked, stored and exported by us, and by DuckDB alone, side by side.

    python -m benchmarks.gate 10_000_000 [--rounds 3] [--memory 1200MB] [--folder FOLDER]

Each side runs in a process of its own, by turns, so that a busy machine is unfair to both. The
CSV that both write must have the same rows in the same order. Printed are the median wall time,
processor time and the largest resident memory of each, and what ours needs of the other's.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.panel import Panel, PanelCities, PanelVariables, make_panel
from benchmarks.turns import Cost, by_turns, line_of


def demand(holds: bool, what: str) -> None:
    """Stop the benchmark unless something holds."""
    if not holds:
        raise SystemExit(f"not so: {what}")


def ours(folder: Path, out: Path) -> None:
    """Read into typed Parquet, pass the gate, export as a data set is exported."""
    import polars as pl

    from exports import sql
    from exports.inspecting import inspect
    from exports.tables import write_table
    from schemas.bulk_gate import check_parquet

    raw, accepted = out / "raw.parquet", out / "accepted.parquet"
    pl.scan_csv(folder / "panel.csv", schema=Panel.schema()).sink_parquet(raw, compression="snappy")
    references = {t.name: folder / f"{t.name}.parquet" for t in (PanelCities, PanelVariables)}
    report = check_parquet(Panel, raw, references, accepted, out / "rejected.parquet")
    demand(report.publishable, "the panel is good")
    publishable = out / "publishable.parquet"
    # Where rows came from is not published.
    pl.scan_parquet(accepted).select(*Panel.schema()).sink_parquet(publishable)
    with sql.session(out / "spill") as connection:
        found = inspect(connection, Panel, publishable)
        write_table(connection, Panel, publishable, "en", out, found)


def bare(folder: Path, out: Path, memory: str) -> None:
    """The same by DuckDB alone."""
    from benchmarks import bare_duckdb

    bare_duckdb.run(folder, out, memory)


def measure(side: str, folder: Path, out: Path, memory: str) -> Cost:
    """Run one side in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "benchmarks.gate", "--side", side, str(folder), str(out)]
    start = time.perf_counter()
    process = subprocess.Popen([*command, "--memory", memory])
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{side} failed")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def same_rows(out: Path) -> bool:
    """Whether both sides wrote the same values in the same order, special signs apart."""
    import duckdb

    ours_csv, bare_csv = out / "ours" / "panel.csv", out / "bare" / "panel.csv"
    read = "read_csv('{}', header = true, all_varchar = true, nullstr = ['.', ''])"
    count = (
        f"SELECT count(*) FROM {read.format(ours_csv)} AS a POSITIONAL JOIN "  # noqa: S608
        f"{read.format(bare_csv)} AS b WHERE a.city_id IS DISTINCT FROM b.city_id "
        "OR a.variable_id <> b.variable_id OR a.year <> b.year OR a.revision <> b.revision "
        "OR a.value IS DISTINCT FROM b.value OR a.unit <> b.unit"
    )
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute("SET preserve_insertion_order = true")
        return connection.execute(count).fetchall() == [(0,)]


def compare(rows: int, rounds: int, folder: Path, memory: str) -> None:
    """Measure both sides by turns and print one line of the table."""
    panel = folder / f"panel-{rows}"
    if not (panel / "panel.csv").exists():
        make_panel(rows, panel)
    costs = by_turns(rounds, lambda side: measure(side, panel, folder / side, memory))
    demand(same_rows(folder), "both write the same rows")
    print(line_of(rows, costs))


def main() -> None:
    """Run a comparison, or one side of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="1200MB", help="for DuckDB alone")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--side", nargs=3, metavar=("SIDE", "PANEL", "OUT"))
    wanted = parser.parse_args()
    if wanted.side:
        side, panel, out = wanted.side
        if side == "ours":
            ours(Path(panel), Path(out))
        else:
            bare(Path(panel), Path(out), wanted.memory)
    elif wanted.folder:
        compare(wanted.rows, wanted.rounds, wanted.folder, wanted.memory)
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(wanted.rows, wanted.rounds, Path(folder), wanted.memory)


if __name__ == "__main__":
    main()
