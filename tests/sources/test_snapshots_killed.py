"""A process that is killed at any moment leaves the last good state, and the next one goes on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sources.snapshots.accepting import Capture, take
from sources.snapshots.store import Store, locked
from sources.snapshots.verdicts import Verdict
from tests.shared import REPO
from tests.sources.snapshotmaking import LAU

# The child kills itself before the n-th change of the file system that it makes on the way
# from a capture to the lock: Python tells of each in an audit event.
CHILD = """
import os, signal, sys
from pathlib import Path
from sources.snapshots.accepting import Capture, take
from sources.snapshots.store import Store
from tests.sources.snapshotmaking import LAU

root, file, stop = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
count = 0

def changes(event, arguments):
    global count
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & 3
    if writes or event in ("os.rename", "os.mkdir", "os.remove", "os.chmod", "shutil.copyfile"):
        count += 1
        if count == stop:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(changes)
take(Store(root), LAU, Capture(file, file.name, fetched=True))
print(count)
"""


def run(root: Path, file: Path, stop: int) -> subprocess.CompletedProcess[str]:
    """Take a capture in a process that is killed before its change number `stop`."""
    return subprocess.run(
        [sys.executable, "-c", CHILD, str(root), str(file), str(stop)],
        cwd=REPO,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_killed_before_any_change_the_last_good_state_stays(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("lau_id\n1\n", encoding="utf-8")
    new.write_text("lau_id\n1\n2\n", encoding="utf-8")
    whole = run(tmp_path / "count", new, 0)
    assert whole.returncode == 0, whole.stderr
    changes = int(whole.stdout)
    assert changes >= 10
    kills = 0
    for stop in range(1, changes + 1):
        root = tmp_path / f"kill-{stop}"
        take(Store(root), LAU, Capture(old, old.name, fetched=True))
        killed = run(root, new, stop)
        path = locked(root, "lau")
        assert path is not None
        assert path.read_bytes() in {old.read_bytes(), new.read_bytes()}
        json.loads((root / "lock.json").read_text(encoding="utf-8"))
        if killed.returncode:
            assert killed.returncode == -9
            kills += 1
        outcome = take(Store(root), LAU, Capture(new, new.name, fetched=True))
        assert outcome.verdict in {Verdict.ACCEPTED, Verdict.UNCHANGED}
        path = locked(root, "lau")
        assert path is not None
        assert path.read_bytes() == new.read_bytes()
        left = [str(one) for one in root.rglob("*.tmp")]
        assert left == [], "the next run tidies up"
    assert kills >= 8


@pytest.mark.parametrize("stop", [1, 4, 8])
def test_killed_in_the_first_capture_there_is_no_state_and_no_trouble(
    stop: int, tmp_path: Path
) -> None:
    file = tmp_path / "new.csv"
    file.write_text("lau_id\n1\n", encoding="utf-8")
    root = tmp_path / "snapshots"
    assert run(root, file, stop).returncode == -9
    assert locked(root, "lau") is None
    take(Store(root), LAU, Capture(file, file.name, fetched=True))
    assert locked(root, "lau") is not None
