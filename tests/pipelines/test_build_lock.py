"""One writer: a second build says who builds, and readers do not notice either of them."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.builds import Built, copied, files_of, pim_of
from tests.commandline import environment
from tests.shared import REPO

READER = """
import sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True):
    print("held", flush=True)
    sys.stdin.read()
"""
HOLDER = """
import sys
from pathlib import Path
from warehouse.folder import DataFolder
with DataFolder(Path(sys.argv[1])).writing():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another(script: str, path: Path) -> Iterator[int]:
    """Another process that holds something at `path` for the block; its number."""
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        cwd=tempfile.gettempdir(),
        env=environment(PYTHONPATH=str(REPO)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process.pid
        process.communicate("")


@pytest.fixture
def held(first_build: Built, tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A data folder that another process builds in, and the number of that process."""
    data = copied(first_build, tmp_path / "data")
    with another(HOLDER, data) as pid:
        yield data, pid


def test_a_second_build_says_who_builds_and_touches_nothing(held: tuple[Path, int]) -> None:
    data, pid = held
    before = files_of(data)
    ended = pim_of(REPO, "build", "--data", data, "--json")
    assert (ended.returncode, ended.stdout) == (2, "")
    error = json.loads(ended.stderr)["error"]
    assert error["code"] == "PIM-WH-002"
    assert f"Proces {pid}," in error["why"]["pl"]
    assert f"Process {pid}," in error["why"]["en"]
    assert files_of(data) == before


def test_a_run_log_that_is_open_elsewhere_stops_a_build_before_it_publishes(
    first_build: Built, tmp_path: Path
) -> None:
    """Else it would publish, end with an error, and know nothing of it the next time."""
    data = copied(first_build, tmp_path / "data")
    with another(READER, data / "history.duckdb"):
        before = files_of(data)
        ended = pim_of(REPO, "build", "--data", data, "--date", "2031-05-06", "--json")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert json.loads(ended.stderr)["error"]["code"] == "PIM-WH-003"
    assert files_of(data) == before


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["query", "FROM sieci LIMIT 1"],
        ["query", "--inside", "FROM _runs"],
        ["rejected"],
        ["explain", "mids", "mid-0001"],
        ["doctor"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_whoever_reads_can_go_on(held: tuple[Path, int], words: list[str]) -> None:
    data, _ = held
    before = files_of(data)
    ended = pim_of(REPO, *words, "--data", data)
    assert ended.returncode == 0, ended.stderr
    assert "PIM-" not in ended.stderr, "no error; that there is no rejected row may be said"
    assert ended.stdout
    assert files_of(data) == before
