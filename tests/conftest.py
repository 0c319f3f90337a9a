"""What holds for all tests: in CI nothing is skipped, and no test depends on the machine's speed.

A part of the system that may be missing on a developer's machine (shared documents, a browser,
a database server) skips its tests by name. With `CI` set everything has to be there, so a skip
is a failure: a green CI has run every test.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.builds import Built, first_build, small_build, small_house

__all__ = ["first_build", "small_build", "small_house"]  # fixtures for all tests

IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

settings.register_profile("unhurried", deadline=None)
if not IN_CI:
    # With CI set hypothesis loads its own profile: no deadline, and the same examples each time.
    settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def built(first_build: Built) -> Path:
    """A folder in which `pim build` has filled `data/` from the embedded facts. Only to read."""
    assert first_build.code == 0, first_build.told
    return first_build.data.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow tests first, so that no processor waits for them at the end."""
    items.sort(key=lambda item: item.path.parent.name != "pipelines")


def _fail_if_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    # What is expected to fail (xfail) is reported as skipped too, and may be.
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped when CI is set, and this was: {why}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one when CI is set."""
    report = yield
    _fail_if_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that skips itself into a failure when CI is set."""
    report = yield
    _fail_if_skipped(report)
    return report
