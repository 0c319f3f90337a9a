"""The whole TERC and SIMC, from file to warehouse: `python -m benchmarks.register [folder]`.

Reads the ZIP files of GUS, checks them (counts of the register, every cell, keys, references) and
stores them, in three fresh processes; prints the median of each step and the largest memory, and
exits with 1 beyond the limit of 3 s and 400 MiB. `folder` holds `TERC_Urzedowy_*.zip` and
`SIMC_Urzedowy_*.zip` of one year; by default it is that of the shared material (`PIM_SHARED`).
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from reconcile.history import gminas_of, identify
from reconcile.identity import code_index, code_spans, gmina_code, with_city_id
from reconcile.versions import versions_of
from schemas.gate import check
from schemas.table import Table, Tables
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.localities import Localities, LocalityKinds
from schemas.tables.register import CityIds, RegisterStates
from schemas.tables.units import Units
from sources.facts import CURATED, read_facts
from sources.teryt.read import read_teryt
from sources.teryt.register import require_city_register
from sources.teryt.tables import to_localities
from sources.teryt.units import to_units
from warehouse.folder import DataFolder
from warehouse.tables import store_table

REPO = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PIM_SHARED") or REPO.parent / "shared")
REPEATS = 3
SECONDS, MEMORY = 3.0, 400
TERC, SIMC = "TERC_Urzedowy_2020*.zip", "SIMC_Urzedowy_2020*.zip"


class Steps:
    """Seconds of wall and processor time of each step, since the one before."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[float, float]] = {}
        self._last = time.perf_counter(), time.process_time()

    def done(self, step: str) -> None:
        """A step ends here."""
        now = time.perf_counter(), time.process_time()
        self.taken[step] = now[0] - self._last[0], now[1] - self._last[1]
        self._last = now


def keep(folder: DataFolder, table: type[Table], frame: pl.DataFrame, known: Tables) -> int:
    """Check and store a table; gives the rows accepted, and fails where one is not."""
    verdict = check(table, frame, known)
    if verdict.findings:
        raise SystemExit(f"{table.name}: {verdict.findings}")
    store_table(folder, table, verdict.accepted, verdict.rejected)
    return verdict.accepted.height


def accepted(table: type[Table], known: Tables) -> pl.DataFrame:
    """The facts of a table."""
    return check(table, read_facts(CURATED / f"{table.name}.csv"), known).accepted


def run(source: Path, target: Path) -> dict[str, tuple[float, float]]:
    """One run in this process."""
    steps = Steps()
    ids = accepted(CityIds, {})
    known = {CityIds.name: ids, RegisterStates.name: accepted(RegisterStates, {})}
    transitions = accepted(KnownTransitions, known)
    known[LocalityKinds.name] = accepted(LocalityKinds, {})
    folder = DataFolder(target)
    steps.done("facts")
    terc = read_teryt(next(source.glob(TERC)))
    require_city_register(terc)
    steps.done("TERC read")
    units = to_units(terc.frame)
    rows = keep(folder, Units, units, {})
    steps.done("TERC checked, stored")
    gminas = versions_of(identify(gminas_of(units), ids, transitions))
    steps.done("gminas followed")
    simc = read_teryt(next(source.glob(SIMC)))
    steps.done("SIMC read")
    localities = to_localities(simc.frame).with_columns(gmina=gmina_code(pl.col("terc")))
    index = code_index(code_spans(ids, transitions))
    placed = with_city_id(localities, index, code="gmina", day=pl.col("state_date")).drop("gmina")
    steps.done("SIMC placed in gminas")
    rows += keep(folder, Localities, placed, known)
    steps.done("SIMC checked, stored")
    if rows < 100_000 or gminas.height < 2_000:
        raise SystemExit(f"only {rows} rows: not the whole register")
    return steps.taken


def main() -> int:
    """Three fresh processes, and the table."""
    if sys.argv[1:2] == ["--once"]:
        with tempfile.TemporaryDirectory() as target:
            taken = run(Path(sys.argv[2]), Path(target))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"steps": taken, "memory": memory}))
        return 0
    source = sys.argv[1] if sys.argv[1:] else str(SHARED / "data" / "registries" / "teryt")
    command = [sys.executable, "-m", "benchmarks.register", "--once", source]
    runs = [
        json.loads(subprocess.run(command, cwd=REPO, check=True, capture_output=True).stdout)
        for _ in range(REPEATS)
    ]
    print(f"{'step':<24} {'wall s':>7} {'cpu s':>7}")
    total = [0.0, 0.0]
    for step in runs[0]["steps"]:
        both = [statistics.median(one["steps"][step][of] for one in runs) for of in (0, 1)]
        total = [total[0] + both[0], total[1] + both[1]]
        print(f"{step:<24} {both[0]:7.2f} {both[1]:7.2f}")
    memory = max(one["memory"] for one in runs)
    kept = total[0] < SECONDS and memory < MEMORY
    print(f"{'all':<24} {total[0]:7.2f} {total[1]:7.2f}   limit {SECONDS:g} s")
    print(f"{'largest memory':<24} {memory:7.0f} MiB       limit {MEMORY} MiB")
    print("ok" if kept else "OVER")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
