from pathlib import Path

import pytest

from tests.shared import REPO
from warehouse.folder import DataFolder
from warehouse.opening import STORAGE

DOC = (REPO / "docs" / "data-folder.md").read_text(encoding="utf-8")
PATHS = [name for name, value in vars(DataFolder).items() if isinstance(value, property)]


def test_every_part_of_the_folder_is_described() -> None:
    folder = DataFolder(Path("data"))
    missing = [
        name
        for name in PATHS
        if isinstance(path := getattr(folder, name), Path)
        and f"`{path.relative_to('data')}" not in DOC
    ]
    assert missing == []


@pytest.mark.parametrize(
    "name", ["history.duckdb", "snapshots/", "portal-ids.json", "releases/<version>/"]
)
def test_what_is_precious_is_said_and_backed_up(name: str) -> None:
    """Run history, snapshots and revisions, numbers given by others, and what was released."""
    (line,) = (line for line in DOC.splitlines() if line.startswith(f"| `{name}` |"))
    assert "**precious**" in line
    asked = DOC.partition("Back up ")[2].partition("\n\n")[0]
    assert f"`{name.removesuffix('<version>/')}`" in asked


def test_what_is_not_precious_is_rebuilt() -> None:
    lines = DOC.partition("| path | ")[2].partition("\n\n")[0].splitlines()[2:]
    assert sum("**precious**" in line for line in lines) == 4
    assert len(lines) > 10


def test_the_storage_version_is_told() -> None:
    assert f"storage version {STORAGE.removeprefix('v').removesuffix('.0')} " in DOC
