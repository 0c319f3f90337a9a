from pathlib import Path

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


def test_the_storage_version_is_told() -> None:
    assert f"storage version {STORAGE.removeprefix('v').removesuffix('.0')} " in DOC
