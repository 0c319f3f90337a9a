import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from schemas.errors import Exit, PimError
from schemas.files import replacing
from warehouse.folder import FORMAT, DataFolder

HOLDER = """
import sys
from pathlib import Path
from schemas.files import replacing
from warehouse.folder import DataFolder
folder = DataFolder(Path(sys.argv[1]))
with folder.writing(), replacing(folder.tables / "towns.parquet") as draft:
    draft.write_text("half")
    (folder.releases / ".abc.123.tmp" / "mid").mkdir(parents=True)
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder, in the middle of its writing."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def everything(root: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_a_folder_is_made_once_and_then_left_alone(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new" / "data").prepare()
    assert json.loads(folder.format_file.read_text()) == {"format": FORMAT}
    before = everything(tmp_path)
    with folder.prepare().writing():
        assert folder.lock_file.exists()
    assert everything(tmp_path) == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (json.dumps({"format": FORMAT + 1}), "Install a newer version"),
        ("{", "write {"),
        ("[]", "write {"),
        ('{"format": "x"}', "write {"),
    ],
)
def test_a_folder_of_another_format_is_not_touched(
    tmp_path: Path, content: str, sentence: str
) -> None:
    folder = DataFolder(tmp_path)
    folder.format_file.write_text(content)
    with pytest.raises(PimError) as caught:
        folder.prepare()
    assert caught.value.code == "PIM-WH-001"
    assert caught.value.exit_code is Exit.USAGE
    assert sentence in caught.value.fix.en
    assert folder.format_file.read_text() == content


def test_a_folder_without_data_says_how_to_make_some(tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-WH-006") as caught:
        DataFolder(tmp_path).verify()
    assert "pim build" in caught.value.fix.pl


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PimError, match="PIM-WH-007"):
        DataFolder(tmp_path / "file").prepare()


def test_a_second_writer_is_told_who_writes(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(PimError) as caught, DataFolder(tmp_path).writing():
        pytest.fail("two writers at once")
    assert caught.value.code == "PIM-WH-002"
    assert caught.value.why
    assert str(holder.pid) in caught.value.why.pl
    assert "UTC" in caught.value.why.en


def test_a_killed_writer_leaves_nothing_that_stops_the_next(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    folder = DataFolder(tmp_path)
    assert list(folder.tables.iterdir())
    assert list(folder.releases.iterdir())
    with folder.writing():
        assert not list(folder.tables.iterdir())
        assert not list(folder.releases.iterdir())
    assert not folder.lock_file.exists()


def test_only_leftovers_are_cleared(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path).prepare()
    kept = [folder.releases / "abc", folder.root / ".hidden", folder.root / "notes.1.tmp"]
    for path in kept:
        path.touch()
    gone = [
        folder.root / ".public.12.tmp",
        folder.root / ".warehouse.duckdb.1.tmp.wal",
        folder.root / ".warehouse.duckdb.1.tmp.spill",
        # What is staged is published as it stands.
        folder.staging / ".pim.duckdb.1.tmp",
    ]
    gone[0].symlink_to(folder.releases, target_is_directory=True)
    gone[1].touch()
    gone[2].mkdir()
    gone[3].touch()
    with folder.writing():
        assert all(path.exists() for path in kept)
        assert not any(path.is_symlink() or path.exists() for path in gone)
        assert folder.releases.is_dir()


def test_a_lock_file_that_says_nothing_yet_is_still_a_lock(
    tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    DataFolder(tmp_path).lock_file.write_text("")
    with pytest.raises(PimError, match="PIM-WH-002"), DataFolder(tmp_path).writing():
        pytest.fail("two writers at once")


def test_a_lock_file_removed_under_the_waiting_hand_is_not_mistaken_for_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = DataFolder(tmp_path).prepare()
    lock = fcntl.flock
    asked: list[int] = []

    def late(handle: TextIO, operation: int) -> None:
        if not asked:
            folder.lock_file.unlink()  # as the last holder does when it ends just now
        asked.append(operation)
        lock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    with folder.writing():
        assert json.loads(folder.lock_file.read_text())["pid"] == os.getpid()
    assert len(asked) == 2


def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with pytest.raises(ZeroDivisionError), folder.writing():
        raise ZeroDivisionError
    with folder.writing():
        pass


def test_every_path_lies_in_the_folder(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    for path in (folder.dagster, folder.snapshots, folder.public, folder.history):
        assert path.parent == tmp_path
    with replacing(folder.warehouse) as draft:
        assert draft.parent == tmp_path
        draft.touch()
