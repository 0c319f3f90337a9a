"""A release that is killed or finds no room leaves what is current whole, and readers see that."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.exports.releasing import Place, enough, judged, later
from tests.shared import REPO

VICTIM = """
import os, signal, sys
from pathlib import Path
from tests.exports.releasing import Place

# A moment is a rename, a link or a removal, which Python tells of before it happens.
root, wanted, seen = Path(sys.argv[1]), int(sys.argv[2]), 0
WATCHED = {"os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir", "os.mkdir"}


def look(event, arguments):
    global seen
    if event in WATCHED and str(root) in str(arguments):
        seen += 1
        if seen == wanted:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(look)
Place(root).release()
print(seen)
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """One release, and a build that waits for the next. Only for copying."""
    found = Place(tmp_path_factory.mktemp("prepared") / "data")
    found.build()
    found.release()
    found.build(later(enough()))
    return found


def copied(prepared: Place, root: Path) -> Place:
    """A folder of one's own."""
    shutil.copytree(prepared.root, root, symlinks=True)
    return Place(root)


@pytest.fixture
def place(prepared: Place, tmp_path: Path) -> Place:
    return copied(prepared, tmp_path / "data")


def victim(place: Place, moment: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", VICTIM, str(place.root), str(moment)],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_killed_at_any_moment_the_current_release_stays_whole(place: Place) -> None:
    before = place.public.readlink()
    killed = 0
    # Spread over the whole run, and close together at its end, where the pointer moves.
    for moment in (1, 40, 120, 190):
        ended = victim(place, moment)
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        killed += 1
        assert place.public.readlink() == before
        assert judged(place.public.resolve()).problems == ()
    assert killed >= 3
    composed = place.release()
    assert place.public.resolve() == composed.tree.resolve()
    assert judged(composed.tree).problems == ()


def test_killed_beside_the_rename_it_is_the_old_or_the_new(prepared: Place, tmp_path: Path) -> None:
    place = copied(prepared, tmp_path / "trial")
    moments = int(victim(place, 0).stdout)
    for from_end in range(3):
        place = copied(prepared, tmp_path / f"data{from_end}")
        ended = victim(place, moments - from_end)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        current = place.public.resolve()
        assert current.name in ("2026.11.0", "2026.11.1")
        for tree in place.releases.glob("2*"):
            assert judged(tree).problems == (), "what has the name of a release is whole"
    assert judged(place.release().tree).problems == ()


def test_without_room_nothing_changes(place: Place) -> None:
    """The disk takes no file of more than a few KiB: what a full one does, without a full one."""
    before = place.public.readlink()
    program = (
        "import sys\nfrom pathlib import Path\nfrom tests.exports.releasing import Place\n"
        "Place(Path(sys.argv[1])).release()"
    )
    ended = subprocess.run(
        [sys.executable, "-B", "-c", program, str(place.root)],
        cwd=REPO,
        env={**os.environ, "PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )
    assert ended.returncode != 0
    assert place.public.readlink() == before
    assert judged(place.public.resolve()).problems == ()
    assert [path.name for path in place.releases.iterdir()] == ["2026.11.0"]
    assert judged(place.release().tree).problems == ()


READER = """
import json, sys
from pathlib import Path
from schemas.files import sha256

public, stop, wrong, versions = Path(sys.argv[1]), Path(sys.argv[2]), [], []
done = False
while not done:
    done = stop.exists()
    root = public.resolve(strict=True)
    told = json.loads((root / "manifest.json").read_bytes())
    versions += [told["version"]] if told["version"] not in versions[-1:] else []
    wrong += [
        one["path"]
        for one in told["files"]
        if "sha256" in one and sha256(root / one["path"]) != one["sha256"]
    ]
    # The pair that the portal reads, each through the link.
    pair = [(root / "danegov" / name).read_bytes() for name in ("harvester.xml", "harvester.md5")]
    import hashlib
    wrong += ["pair"] if hashlib.md5(pair[0]).hexdigest().encode() != pair[1].strip() else []
print(json.dumps({"versions": versions, "wrong": wrong[:9]}))
"""


def test_a_reader_that_polls_sees_one_release_after_the_other(place: Place) -> None:
    stop = place.root / "stop"
    words = [sys.executable, "-c", READER, str(place.public), str(stop)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=REPO) as reader:
        for frames in (later(enough()), enough(), later(enough())):
            place.build(frames)
            place.release()
        stop.touch()
        out, _ = reader.communicate()
    told = json.loads(out)
    assert told["wrong"] == []
    assert told["versions"] == sorted(told["versions"])
    assert told["versions"][-1] == "2026.11.3"
