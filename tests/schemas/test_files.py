"""Files are written whole or not at all."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.files import drafting, replacing, sha256, write_json, write_text
from tests.shared import REPO


def test_a_written_file_is_there_alone_and_its_folders_are_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.txt"
    write_text(path, "zażółć\r\n2\n")
    assert path.read_bytes() == "zażółć\r\n2\n".encode()
    assert list(path.parent.iterdir()) == [path]


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    write_text(path, "old")

    def write_half() -> None:
        with replacing(path) as temporary:
            temporary.write_text("half")
            assert path.read_text() == "old", "nobody sees the new one before it is whole"
            raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        write_half()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_on_the_disk_before_it_has_its_name_unless_it_is_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    flush = os.fsync

    def counted(handle: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{handle}").resolve().name)
        flush(handle)

    monkeypatch.setattr(os, "fsync", counted)
    path = tmp_path / "a.txt"
    write_text(path, "kept")
    assert flushed == [f".a.txt.{os.getpid()}.tmp"]
    with drafting():
        write_text(path, "draft")
    assert path.read_text() == "draft"
    assert len(flushed) == 1
    write_text(path, "kept again")
    assert len(flushed) == 2


def test_an_open_reader_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    write_text(path, "old")
    with path.open() as reader:
        write_text(path, "new")
        assert reader.read() == "old"
    assert path.read_text() == "new"


def test_a_block_that_writes_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "a.txt"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_killed_writer_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "kept.txt"
    write_text(path, "old")
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from schemas.files import replacing\n"
        "with replacing(Path(sys.argv[1])) as temporary:\n"
        "    temporary.write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    killed = subprocess.run([sys.executable, "-c", script, str(path)], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_text() == "old"


def test_json_is_for_people_too(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, {"miasto": "Łódź", "rows": [1]})
    assert path.read_text(encoding="utf-8").startswith('{\n  "miasto": "Łódź",\n')
    assert path.read_bytes().endswith(b"}\n")
    assert json.loads(path.read_bytes()) == {"miasto": "Łódź", "rows": [1]}


def test_sha256_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 3_000_000)
    assert sha256(path) == hashlib.sha256(b"x" * 3_000_000).hexdigest()
