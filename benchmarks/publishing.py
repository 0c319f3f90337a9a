"""A long table published by us, and written by DuckDB alone, side by side.

    python -m benchmarks.publishing 10_000_000 [--rounds 3]

Ours looks through all rows for what may not be published, writes CSV and Parquet, takes their
hashes and writes the manifest, as a release does; DuckDB alone writes the two files. Each side
runs in a process of its own, by turns; printed are medians and what ours needs of the other's.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.panel import Panel, make_panel

ROWS = "rows.parquet"


def prepare(rows: int, folder: Path) -> None:
    """Publishable rows as they lie at rest: typed, and in the order of the key."""
    import polars as pl

    make_panel(rows, folder)
    key = [column.name for column in Panel.key]
    read = pl.scan_csv(folder / "panel.csv", schema=Panel.schema())
    read.sort(key).sink_parquet(folder / ROWS, compression="snappy")
    (folder / "panel.csv").unlink()


def ours(source: Path, out: Path) -> None:
    """As a package and a release write it."""
    from exports import sql
    from exports.inspecting import inspect
    from exports.release.manifest import MANIFEST, manifest
    from exports.tables import write_table
    from schemas.files import write_json

    with sql.session(out / "spill") as connection:
        found = inspect(connection, Panel, source)
        written = write_table(connection, Panel, source, "en", out, found)
    known = {file.path.name: file.sha256 for file in written}
    write_json(out / MANIFEST, manifest(out, facts={"version": "0"}, known=known))


def bare(source: Path, out: Path) -> None:
    """The very same two files by DuckDB alone."""
    from exports import sql

    cells = ", ".join(f"{sql.cell(c, 'en')} AS {sql.name(c.name)}" for c in Panel.columns)
    values = ", ".join(f"{sql.value(c, 'en')} AS {sql.name(c.name)}" for c in Panel.columns)
    with sql.session(out / "spill") as connection:
        for columns, name, options in (
            (cells, "panel.csv", "FORMAT csv, HEADER"),
            (values, "panel.parquet", "FORMAT parquet, COMPRESSION snappy"),
        ):
            query = f"SELECT {columns} FROM {sql.parquet(source)}"  # noqa: S608  # of our own names
            connection.execute(f"COPY ({query}) TO '{out / name}' ({options})")


def measure(side: str, source: Path, out: Path) -> tuple[float, float]:
    """Wall seconds, and MiB of the largest resident memory, of one side."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "benchmarks.publishing", "--side", side, str(source), str(out)]
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{side} failed")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def main() -> None:
    """Run the comparison, or one side of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", nargs=3, metavar=("SIDE", "SOURCE", "OUT"))
    wanted = parser.parse_args()
    if wanted.side:
        side, source, out = wanted.side
        (ours if side == "ours" else bare)(Path(source), Path(out))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(wanted.rows, folder)
        costs: dict[str, list[tuple[float, float]]] = {"ours": [], "bare": []}
        for number in range(wanted.rounds):
            for side in sorted(costs, reverse=bool(number % 2)):
                costs[side].append(measure(side, folder / ROWS, folder / side))
                print(f"{number + 1} {side}: {costs[side][-1]}", file=sys.stderr, flush=True)
        wall = {side: median(seconds for seconds, _ in found) for side, found in costs.items()}
        memory = {side: median(used for _, used in found) for side, found in costs.items()}
        print(
            f"| {wanted.rows:,} | {wall['bare']:.1f} | {memory['bare']:.0f} | {wall['ours']:.1f} "
            f"| {memory['ours']:.0f} | {wall['ours'] / wall['bare']:.2f} |"
        )


if __name__ == "__main__":
    main()
