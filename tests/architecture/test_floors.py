"""The house stands: imports only go down, and Dagster stays on the top two floors."""

from pathlib import Path

import pytest

from tests.architecture.sourcetree import FLOORS, imports, parsed, python_files
from tests.shared import REPO

ABOVE_DAGSTER = {"pipelines", "assets"}


def breaches(path: Path) -> list[str]:
    """What a file imports against the rule of the floors, as `file:line: reason`."""
    room = path.parts[0]
    found = []
    for line, name in imports(path):
        top = name.split(".")[0]
        if top.startswith("dagster") and room not in ABOVE_DAGSTER:
            found.append(f"{path}:{line}: only pipelines/ and assets/ import {top}")
        if top in FLOORS and top != room and FLOORS[top] >= FLOORS[room]:
            found.append(f"{path}:{line}: {room} (floor {FLOORS[room]}) imports {name}")
        if top in {"tests", "benchmarks"}:
            found.append(f"{path}:{line}: {room} imports {name}, which is not shipped")
    return found


def test_imports_only_go_down_and_rooms_of_one_floor_never_meet() -> None:
    files = python_files(*FLOORS)
    assert {path.parts[0] for path in files} == set(FLOORS), "a floor is empty"
    assert [breach for path in files for breach in breaches(path)] == []


def test_every_top_folder_with_code_is_a_floor_or_stands_outside_the_house() -> None:
    outside = {"tests", "benchmarks", "docs"}
    tops = {path.parts[0] for path in python_files() if len(path.parts) > 1}
    assert tops - set(FLOORS) - outside == set()


def test_pipelines_package_imports_nothing() -> None:
    path = Path("pipelines/__init__.py")
    assert list(imports(path)) == [], "`pim --help` would pay for it"
    assert len(parsed(path).body) <= 1, "a docstring at most"


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("sources", "from reconcile import names"),
        ("sources", "from warehouse.writer import open_file as _open"),
        ("exports", "import assets.programme"),
        ("assets", "import pipelines.cli"),
        ("schemas", "import exports.package"),
        ("warehouse", "import dagster as dg"),
        ("exports", "from dagster_pipes import open_dagster_pipes"),
        ("sources", "def later() -> None:\n    import reconcile.names"),
        ("sources", "import importlib\nimportlib.import_module('reconcile.names')"),
        ("assets", "from tests.shared import SHARED"),
    ],
)
def test_a_breach_is_found(
    room: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / room).mkdir()
    (tmp_path / room / "breach.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr("tests.architecture.sourcetree.REPO", tmp_path)
    parsed.cache_clear()
    assert len(breaches(Path(room) / "breach.py")) == 1
    parsed.cache_clear()


def test_floors_of_this_test_are_the_packages_that_are_shipped() -> None:
    build = (REPO / "pyproject.toml").read_text(encoding="utf-8")
    assert f"module-name = {sorted(FLOORS)}".replace("'", '"') in build
