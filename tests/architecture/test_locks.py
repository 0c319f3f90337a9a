"""The locks hold every version and hash, agree with each other, and name no place to fetch from."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.shared import REPO

REQUIREMENTS = REPO / "requirements"
PYPROJECT = tomllib.loads((REPO / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+?)(?: ; [^\\]+)?$")


def pins(path: Path) -> dict[str, str]:
    """Name and version of everything in a lock; fails on a line that is not a pin with hashes."""
    found = {}
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        pin, *hashes = (part.strip() for part in entry.split("--hash="))
        match = PIN.match(pin)
        assert match, f"{path.name}: {pin!r} is not a version"
        assert hashes, f"{path.name}: {pin!r} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), pin
        found[match["name"]] = match["version"]
    return found


@pytest.mark.parametrize("lock", ["bootstrap", "run", "dev"])
def test_a_lock_holds_only_versions_with_hashes(lock: str) -> None:
    assert pins(REQUIREMENTS / f"{lock}.lock")


def test_tests_run_on_the_very_versions_that_the_main_job_runs_on() -> None:
    run, dev = (pins(REQUIREMENTS / f"{lock}.lock") for lock in ("run", "dev"))
    assert run.items() <= dev.items()


@pytest.mark.parametrize(
    ("lock", "asked"),
    [
        ("run", PYPROJECT["project"]["dependencies"]),
        ("dev", PYPROJECT["project"]["dependencies"] + PYPROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_has_what_the_project_asks_for(lock: str, asked: list[str]) -> None:
    locked = pins(REQUIREMENTS / f"{lock}.lock")
    for requirement in map(Requirement, asked):
        version = locked[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, f"{requirement}: {version}"


def test_nothing_for_tests_is_installed_with_the_main_job() -> None:
    run = pins(REQUIREMENTS / "run.lock")
    assert {"pytest", "mypy", "ruff", "frictionless", "pandas"} & set(run) == set()


def test_uv_builds_the_project_by_itself() -> None:
    backend = Requirement(PYPROJECT["build-system"]["requires"][0])
    assert pins(REQUIREMENTS / "bootstrap.lock")["uv"] in backend.specifier
