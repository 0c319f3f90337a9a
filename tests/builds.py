"""Real builds for tests: one that all share who only read it, and the means to make others.

A full build takes some ten seconds of processor time. Tests that change something take a copy
of the shared one, or build in a small house: the same code with few tables.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest

from schemas.files import sha256
from tests.commandline import PIM, environment
from tests.shared import REPO
from warehouse.content import content_hash

PACKAGES = ("assets", "exports", "pipelines", "reconcile", "schemas", "sources", "warehouse")
SMALL_TABLES = ("documents", "editions", "networks", "rejected_counts")
SMALL = {
    "schemas/registry.py": f"""

_every_table = all_tables


@cache
def all_tables() -> tuple[type[Table], ...]:
    return tuple(table for table in _every_table() if table.name in {SMALL_TABLES})
""",
    "assets/building.py": f"""

_any_judged_asset = judged_asset


def judged_asset(table, needs, judge):
    return _any_judged_asset(table, needs, judge) if table.name in {SMALL_TABLES} else None
""",
    "assets/bulk.py": """


def bulk_table_asset(table, *, needs=()):
    return lambda make: None
""",
}
"""What is added to the code so that it finds fewer tables, and makes assets of no others."""


class Sentence(TypedDict):
    """One sentence in both languages."""

    pl: str
    en: str


class ErrorTold(TypedDict):
    """An error in the JSON of `pim build`."""

    code: str
    exit_code: int
    where: str
    what: Sentence
    why: Sentence | None
    fix: Sentence


class FindingTold(TypedDict):
    """A finding in the JSON of `pim build`."""

    table: str
    rule: str
    severity: str
    column: str
    count: int
    places: list[str]
    message: Sentence


class TableTold(TypedDict):
    """The rows of one table in the JSON of `pim build`."""

    table: str
    accepted: int
    rejected: int


class Told(TypedDict):
    """The JSON of `pim build`."""

    outcome: str
    exit_code: int
    release_id: str
    rows: int
    rejected: int
    warnings: int
    tables: list[TableTold]
    findings: list[FindingTold]
    errors: list[ErrorTold]
    failed_steps: list[str]
    skipped_steps: list[str]


@dataclass(frozen=True)
class Built:
    """A data folder, and what the build of it said."""

    data: Path
    code: int
    told: Told

    @property
    def public(self) -> Path:
        """What the public sees."""
        return self.data / "public"


def start(
    words: Sequence[str], *, house: Path = REPO, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run Python with these words to its end, with the code of `house`."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=tempfile.gettempdir(),
        env=environment(PYTHONPATH=str(house), PYTHONWARNINGS="error", **env),
        capture_output=True,
        text=True,
        check=False,
    )


def pim_of(house: Path, *words: object, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the `pim` of a house in a process of its own."""
    return start([*PIM[1:], *map(str, words)], house=house, **env)


def build(data: Path, *words: object, house: Path = REPO, **env: str) -> Built:
    """`pim build --json` in a process of its own; fails where it says nothing."""
    ended = pim_of(house, "build", "--data", data, "--json", *words, **env)
    assert ended.stdout, ended.stderr
    return Built(data, ended.returncode, json.loads(ended.stdout))


def copied(built: Built, target: Path) -> Path:
    """A copy of a data folder to change; times of files are kept, and links stay links."""
    shutil.copytree(built.data, target, symlinks=True)
    return target


def files_of(root: Path) -> dict[str, tuple[int, int, str]]:
    """Size, time and sha256 of every file, and the aim of every link, by path."""
    found: dict[str, tuple[int, int, str]] = {}
    for path in sorted(root.rglob("*")):
        stat = path.lstat()
        if path.is_symlink():
            found[str(path.relative_to(root))] = (0, stat.st_mtime_ns, str(path.readlink()))
        elif path.is_file():
            found[str(path.relative_to(root))] = (stat.st_size, stat.st_mtime_ns, sha256(path))
    return found


def published(public: Path) -> dict[str, str]:
    """What is published, by path: sha256 of the bytes, and of the content of a DuckDB file."""
    root = public.resolve(strict=True)
    return {
        path.relative_to(root).as_posix(): (
            content_hash(path) if path.suffix == ".duckdb" else sha256(path)
        )
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def copy_of_code(target: Path) -> Path:
    """A copy of the project's packages, without its tests."""
    for package in PACKAGES:
        shutil.copytree(
            REPO / package, target / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(REPO / "dagster.yaml", target)
    return target


@pytest.fixture(scope="session")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One real build of the embedded facts, in this process. Only for reading."""
    from pipelines.cli import run

    data = tmp_path_factory.mktemp("built") / "data"
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - environment().keys():
            patch.delenv(name)
        patch.setenv("DAGSTER_HOME", "")  # so that it is put back afterwards
        patch.chdir(data.parent)  # no pim.toml here
        out = io.StringIO()
        with redirect_stdout(out):
            code = run(["build", "--data", str(data), "--json"])
    return Built(data, code, json.loads(out.getvalue()))


@pytest.fixture(scope="session")
def small_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code that has four tables. Only for reading."""
    house = copy_of_code(tmp_path_factory.mktemp("small") / "house")
    for name, added in SMALL.items():
        with (house / name).open("a", encoding="utf-8") as code:
            code.write(added)
    return house


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory, small_house: Path) -> Built:
    """One real build in the small house. Only for reading."""
    return build(tmp_path_factory.mktemp("small") / "data", house=small_house)
