"""The pointer to the current release: moved whole, never missing, never half."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.release.manifest import MANIFEST, manifest
from exports.release.pointer import publish
from schemas.errors import Exit, PimError
from schemas.files import write_json
from tests.shared import REPO

ROUNDS = 150
"""How often the reader reads everything while the pointer moves."""


def tree(folder: Path, word: str) -> Path:
    """A release tree whose every file says the same word, so that a mixture shows."""
    for name in ("mid/mid.csv", "en/mid/mids.csv", "kronika/datapackage.json"):
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_text(word * 5000)
    write_json(folder / MANIFEST, manifest(folder, facts={"word": word}))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str, str], bool]:
    """Publishes a tree, given what it says and its release id; True on a change."""
    releases = tmp_path / "releases"
    releases.mkdir()

    def put(word: str, release_id: str) -> bool:
        staging = tree(tmp_path / f"staging-{word}", word)
        try:
            return publish(staging, releases, tmp_path / "public", release_id)
        finally:
            shutil.rmtree(staging)

    return put


Place = Callable[[str, str], bool]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_tree_is_frozen_under_its_id_and_found_through_the_link(
    tmp_path: Path, place: Place
) -> None:
    assert place("one", "id1")
    assert (tmp_path / "public").readlink() == Path("releases/id1")
    assert (tmp_path / "public" / "mid" / "mid.csv").read_text().startswith("one")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["public", "releases"]


def test_the_link_survives_a_move_of_the_data_folder(tmp_path: Path, place: Place) -> None:
    place("one", "id1")
    (tmp_path / "moved").mkdir()
    for name in ("public", "releases"):
        (tmp_path / name).rename(tmp_path / "moved" / name)
    assert (tmp_path / "moved" / "public" / "mid" / "mid.csv").is_file()


def test_the_same_release_again_changes_nothing(tmp_path: Path, place: Place) -> None:
    place("one", "id1")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    link = (tmp_path / "public").lstat()
    assert not place("one", "id1")
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert (tmp_path / "public").lstat() == link


def test_the_release_before_stays_for_those_who_read_it_and_older_ones_go(
    tmp_path: Path, place: Place
) -> None:
    for number in range(1, 5):
        place(f"n{number}", f"id{number}")
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["id3", "id4"]


def test_going_back_to_the_release_before_is_one_move(tmp_path: Path, place: Place) -> None:
    place("one", "id1")
    place("two", "id2")
    assert place("one", "id1")
    assert (tmp_path / "public" / "mid" / "mid.csv").read_text().startswith("one")
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["id1", "id2"]


def test_a_damaged_release_is_mended(tmp_path: Path, place: Place) -> None:
    place("one", "id1")
    public = tmp_path / "public"
    good = contents(public)
    (public / "mid" / "mid.csv").write_text("damaged")
    (public / "kronika" / "datapackage.json").unlink()
    (public / "en" / "added.csv").write_text("not ours")
    untouched = (public / "en" / "mid" / "mids.csv").stat()
    place("one", "id1")
    assert contents(public) == good
    assert (public / "en" / "mid" / "mids.csv").stat() == untouched


def test_what_is_no_link_of_ours_is_left_alone(tmp_path: Path, place: Place) -> None:
    public = tmp_path / "public"
    public.mkdir()
    (public / "mine.txt").write_text("precious")
    with pytest.raises(PimError) as caught:
        place("one", "id1")
    assert (caught.value.code, caught.value.exit_code) == ("PIM-PUB-003", Exit.PUBLISH)
    assert (public / "mine.txt").read_text() == "precious"
    shutil.rmtree(public)
    assert place("one", "id1")


def test_a_link_that_leads_nowhere_is_replaced(tmp_path: Path, place: Place) -> None:
    (tmp_path / "public").symlink_to("releases/gone")
    assert place("one", "id1")
    assert (tmp_path / "public" / MANIFEST).is_file()


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path, place: Place) -> None:
    place("one", "id1")
    staging = tree(tmp_path / "broken", "two")
    os.mkfifo(staging / "pipe")  # cannot be copied as a file
    with pytest.raises(shutil.Error):
        publish(staging, tmp_path / "releases", tmp_path / "public", "id2")
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["id1"]
    assert (tmp_path / "public" / "mid" / "mid.csv").read_text().startswith("one")


READER = """
import json, sys
from pathlib import Path
from schemas.files import sha256

public, changes, before, wrong = Path(sys.argv[1]), 0, "", []
rounds = int(sys.argv[2])
for round in range(100 * rounds):
    # On a busy machine the pointer may rest for long: then it is waited for.
    if round >= rounds and changes > 3:
        break
    # Any file through the link is whole, and of one release or the other.
    word = (public / "mid" / "mid.csv").read_text()
    if word not in ("one" * 5000, "two" * 5000):
        wrong.append(word[:20])
    # A reader of many files follows the link once.
    root = public.resolve(strict=True)
    told = json.loads((root / "manifest.json").read_text())
    wrong += [
        f"{told['word']}: {file['path']}"
        for file in told["files"]
        if sha256(root / file["path"]) != file["sha256"]
    ]
    changes += told["word"] != before
    before = told["word"]
print(json.dumps({"changes": changes, "wrong": wrong[:9]}))
"""


def test_a_reader_never_sees_a_mixture(tmp_path: Path) -> None:
    """Another process reads all the time while the pointer moves to and fro."""
    one, two = tree(tmp_path / "one", "one"), tree(tmp_path / "two", "two")
    releases, public = tmp_path / "releases", tmp_path / "public"
    releases.mkdir()
    publish(one, releases, public, "id1")
    words = [sys.executable, "-c", READER, str(public), str(ROUNDS)]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=REPO
    ) as reader:
        while reader.poll() is None:
            assert publish(two, releases, public, "id2")
            assert publish(one, releases, public, "id1")
        out, err = reader.communicate()
    assert reader.returncode == 0, err
    told = json.loads(out)
    assert told["wrong"] == []
    assert told["changes"] > 2, "the pointer moved while it was read"
