"""Measures which statements and branches the tests run: `PYTEST_PLUGINS=tests.measuring pytest …`.

slipcover marks the code of our own modules as they are imported, and takes a mark away once it is
passed. coverage.py saw the very same lines, but by a tracer (on Python below 3.14), which is called
for every line of every library as well: the tests took twice as long. The plugin is named in the
environment because a worker of xdist, too, must have it before it imports anything of ours.

What `pim` does in a process of its own does not count.
"""

import ast
import io
import json
import os
from collections.abc import Generator
from typing import Protocol, TypedDict

import pytest
import slipcover
from slipcover.slipcover import add_summaries

from tests.shared import REPO

FLOOR = 95
"""Percent of statements and branches that the tests must run."""
SOURCES = [
    str(REPO / package)
    for package in (
        *("assets", "exports", "pipelines", "reconcile", "schemas", "sources", "warehouse"),
    )
]
_WORKER = "PYTEST_XDIST_WORKER" in os.environ

# A file that no test imports counts as not run; to find those is work for one process.
_marks = slipcover.Slipcover(branch=True, source=None if _WORKER else SOURCES)
slipcover.ImportManager(_marks, slipcover.FileMatcher(sources=SOURCES)).__enter__()
_of_workers: list[str] = []


class Measured(TypedDict):
    """What slipcover says of one file."""

    executed_lines: list[int]
    missing_lines: list[int]


class Summary(TypedDict):
    """What slipcover says of all."""

    percent_covered: float


class Found(TypedDict):
    """The result of a measurement, as far as it is read here."""

    files: dict[str, Measured]
    summary: Summary


_FOUND = pytest.StashKey[Found]()


class Worker(Protocol):
    """What xdist knows of a worker that has ended, or a worker of itself."""

    workeroutput: dict[str, str]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Worker) -> None:
    """Take what a worker has measured; one that was killed has nothing."""
    if "coverage" in getattr(node, "workeroutput", {}):
        _of_workers.append(node.workeroutput["coverage"])


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """Add up when all tests have run, and fail below the floor."""
    result = yield
    found: Found = _marks.get_coverage()
    if _WORKER:
        output: dict[str, str] = session.config.workeroutput  # type: ignore[attr-defined]  # of xdist
        output["coverage"] = json.dumps(found)
        return result
    for worker in _of_workers:
        slipcover.merge_coverage(found, json.loads(worker))
    _count_statements(found)
    if found["summary"]["percent_covered"] < FLOOR:
        session.testsfailed += 1  # so that pytest ends as it does when a test fails
    session.config.stash[_FOUND] = found
    return result


def _count_statements(found: Found) -> None:
    """Count a statement once, by its first line, however many lines it is written on."""
    for name, file in found["files"].items():
        nodes = ast.walk(ast.parse((REPO / name).read_bytes()))
        firsts = {node.lineno for node in nodes if isinstance(node, ast.stmt)}
        file["executed_lines"] = [line for line in file["executed_lines"] if line in firsts]
        file["missing_lines"] = [line for line in file["missing_lines"] if line in firsts]
    add_summaries(found)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show what no test runs, and the sum."""
    if _FOUND not in config.stash:
        return
    found = config.stash[_FOUND]
    table = io.StringIO()
    slipcover.print_coverage(found, outfile=table, skip_covered=True)
    terminalreporter.section("coverage")
    terminalreporter.write_line(table.getvalue())
    percent = found["summary"]["percent_covered"]
    terminalreporter.write_line(
        f"{percent:.2f} % of statements and branches; the floor is {FLOOR} %.",
        red=percent < FLOOR,
        green=percent >= FLOOR,
    )
