"""The measures that the project holds itself to, on this machine.

    python -m benchmarks.measures            start-up, a first and a second build
    python -m benchmarks.measures --setup    and `make run` from nothing, in a copy of the project

Prints one line a measure (seconds of wall and processor time, memory) with its limit, and exits
with 1 when a limit is not kept. Times are of one machine on one day: compare them on the same.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
PIM = Path(sys.executable).with_name("pim")
MIB = 1024
"""KiB in a MiB: the kernel gives memory in KiB."""


@dataclass(frozen=True)
class Cost:
    """What one run of a command took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of processor time, children included."""
    memory: float
    """Peak memory of its largest process, in MiB."""


@dataclass(frozen=True)
class Measure:
    """One line of the report; a limit of 0 is none."""

    name: str
    cost: Cost
    seconds: float
    memory: float = 0

    @property
    def kept(self) -> bool:
        """Whether the limits hold."""
        return self.cost.wall < self.seconds and not 0 < self.memory < self.cost.memory

    def line(self) -> str:
        """The measure for the terminal."""
        limit = f"{self.seconds:g} s" + (f", {self.memory:g} MiB" if self.memory else "")
        return (
            f"{'ok  ' if self.kept else 'OVER'} {self.name:<34} {self.cost.wall:7.2f} s "
            f"(cpu {self.cost.cpu:6.2f} s) {self.cost.memory:6.0f} MiB   limit {limit}"
        )


def cost_of(*words: str | Path, folder: Path = REPO) -> Cost:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, [str(word) for word in words])
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB)


def middle_of(costs: list[Cost]) -> Cost:
    """The run with the median wall time."""
    middle = statistics.median_low([cost.wall for cost in costs])
    return next(cost for cost in costs if cost.wall == middle)


def command_measures(data: Path) -> list[Measure]:
    """Start-up and builds of the installed `pim` into an empty folder."""
    cost_of(PIM, "--help")
    return [
        Measure(
            "pim --help, median of 5", middle_of([cost_of(PIM, "--help") for _ in range(5)]), 0.3
        ),
        Measure("pim build, first", cost_of(PIM, "build", "--data", data), 10, 500),
        Measure("pim build, nothing changed", cost_of(PIM, "build", "--data", data), 4),
        Measure("pim status", cost_of(PIM, "status", "--data", data), 2),
    ]


def setup_measure(folder: Path) -> Measure:
    """`make run` in a copy of the project without .venv and data, on a warm package cache."""
    left_out = shutil.ignore_patterns(".venv", ".git", "data", "__pycache__", ".*_cache")
    copy = shutil.copytree(REPO, folder / "copy", ignore=left_out)
    return Measure("make run, from nothing", cost_of("make", "run", folder=copy), 60)


def main() -> int:
    """Measure, print, and say by the exit code whether every limit is kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--setup", action="store_true", help="measure `make run` from nothing too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        measures = command_measures(Path(scratch) / "data")
        if asked.setup:
            measures.append(setup_measure(Path(scratch)))
    for measure in measures:
        print(measure.line())
    return 0 if all(measure.kept for measure in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
