"""The locks hold every version and hash, agree with each other, and name no place to fetch from."""

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.sourcetree import FLOORS, imports, python_files
from tests.shared import REPO

REQUIREMENTS = REPO / "requirements"
PYPROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
RUN: list[str] = PYPROJECT["project"]["dependencies"]
DEV: list[str] = PYPROJECT["dependency-groups"]["dev"]
PORTAL = [
    line
    for line in (REQUIREMENTS / "portal.in").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
PIN = re.compile(
    r"^(?P<name>[a-z0-9-]+)(?:\[(?P<extras>[a-z0-9,-]+)\])?==(?P<version>[^ ]+?)(?: ; [^\\]+)?$"
)


def pins(path: Path) -> dict[str, str]:
    """Name and version of everything in a lock; fails on a line that is not a pin with hashes."""
    return {pin["name"]: pin["version"] for pin in entries(path)}


def entries(path: Path) -> list[re.Match[str]]:
    """Every line of a lock, taken apart."""
    found = []
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        pin, *hashes = (part.strip() for part in entry.split("--hash="))
        match = PIN.match(pin)
        assert match, f"{path.name}: {pin!r} is not a version"
        assert hashes, f"{path.name}: {pin!r} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), pin
        found.append(match)
    return found


def names(asked: list[str]) -> set[str]:
    """The packages that a list of requirements names."""
    return {canonicalize_name(Requirement(line).name) for line in asked}


def imported(*tops: str) -> set[str]:
    """The packages, by their name in the index, that Python files below some folders import."""
    shipped_by = packages_distributions()
    modules = {name.split(".")[0] for path in python_files(*tops) for _, name in imports(path)}
    foreign = modules - sys.stdlib_module_names - set(FLOORS) - {"tests", "benchmarks"}
    return {canonicalize_name(shipped_by.get(module, [module])[0]) for module in foreign}


@pytest.mark.parametrize("lock", ["bootstrap", "run", "dev", "portal"])
def test_a_lock_holds_only_versions_with_hashes(lock: str) -> None:
    assert pins(REQUIREMENTS / f"{lock}.lock")


def test_tests_run_on_the_very_versions_that_the_main_job_runs_on() -> None:
    run, dev = (pins(REQUIREMENTS / f"{lock}.lock") for lock in ("run", "dev"))
    assert run.items() <= dev.items()


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("run", RUN),
        ("dev", RUN + DEV),
        ("portal", PORTAL),
    ],
)
def test_a_lock_has_what_the_project_asks_for(lock: str, asked: list[str]) -> None:
    locked = pins(REQUIREMENTS / f"{lock}.lock")
    for requirement in map(Requirement, asked):
        version = locked[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement}: {version}"


def test_pip_can_take_a_lock_where_uv_fails() -> None:
    """With hashes, pip takes `gql[requests]` for unpinned where the lock says only `gql`."""
    locked = {pin["name"]: pin["extras"] or "" for pin in entries(REQUIREMENTS / "dev.lock")}
    missing = [
        f"{name}: {text}"
        for name in locked
        for text in installed_requirements(name)
        for asked in [Requirement(text)]
        if asked.extras
        and (asked.marker is None or asked.marker.evaluate({"extra": ""}))
        and not asked.extras <= set(locked.get(canonicalize_name(asked.name), "").split(","))
    ]
    assert missing == []


def installed_requirements(name: str) -> list[str]:
    """What an installed package asks for; a package for another system is not installed."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def test_whatever_the_code_imports_is_asked_for_by_name() -> None:
    # The portal's validator is imported by a script that runs in .venv-portal alone.
    assert imported(*FLOORS) - names(RUN) - names(PORTAL) == set()
    assert imported("tests", "benchmarks") - names(RUN + DEV) == set()


def test_nothing_is_asked_for_that_the_code_does_not_use() -> None:
    assert names(RUN) - imported(*FLOORS) == set()


def test_nothing_for_tests_is_installed_with_the_main_job() -> None:
    run = pins(REQUIREMENTS / "run.lock")
    assert {"pytest", "mypy", "ruff", "frictionless", "pandas"} & set(run) == set()


def test_uv_builds_the_project_by_itself() -> None:
    backend = Requirement(PYPROJECT["build-system"]["requires"][0])
    assert pins(REQUIREMENTS / "bootstrap.lock")["uv"] in backend.specifier
