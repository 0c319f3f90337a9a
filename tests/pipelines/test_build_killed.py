"""Killed at any moment: what is published is whole, and the next build works.

A build of the small house passes some two hundred moments at which a file, a link or a
transaction becomes final. One build is watched at all of them: at each, what a reader would
find is read whole. From those that readers and the next build go by, and from five more, a
snapshot is kept of what a kill would have left, and the next build is run on it. Then five
builds are really killed.
"""

import json
import random
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest

from tests.builds import Built, Told, build, copied, published, start

VICTIM = Path(__file__).with_name("victim.py")
DAY = "2031-05-06"
"""Release date of the watched build: another one than that of the release before."""


UNLOGGED = "before COMMIT history.duckdb"
"""The moment when the new release is public, and the log does not know it yet."""


class Watched(TypedDict):
    """What `victim.py watch` tells."""

    code: int
    moments: list[str]
    problems: list[str]
    states: list[str]


@dataclass(frozen=True)
class Scene:
    """A build that was watched while it put a new release over an old one."""

    house: Path
    facts: Path
    old: dict[str, str]
    """What was published before."""
    data: Path
    snapshots: Path
    unlogged: Path
    """A copy of the snapshot at the moment `UNLOGGED`."""
    told: Watched

    @property
    def words(self) -> list[str]:
        return ["--facts", str(self.facts), "--date", DAY]


def rebuilt(house: Path, folder: Path, *words: str) -> dict[str, Told]:
    """What the next build says in every data folder below `folder`."""
    ended = start([str(VICTIM), "build", str(folder), *words], house=house)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Told] = json.loads(ended.stdout)
    return found


def leftovers(data: Path) -> list[str]:
    """Files and folders that a build must not leave."""
    names = (path.relative_to(data).as_posix() for path in data.rglob("*"))
    return sorted(name for name in names if ".tmp" in name or name == "build.lock")


@pytest.fixture(scope="module")
def scene(small_house: Path, small_build: Built, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    folder = tmp_path_factory.mktemp("watched")
    data, snapshots, facts = copied(small_build, folder / "data"), folder / "s", folder / "curated"
    shutil.copytree(small_house / "sources" / "curated", facts)
    networks = facts / "networks.csv"
    networks.write_text(networks.read_text("utf-8").replace("mobilność miejska", "mobilność"))
    words = ["watch", str(data), str(snapshots), "--facts", str(facts), "--date", DAY]
    ended = start([str(VICTIM), *words], house=small_house)
    assert ended.returncode == 0, ended.stderr
    told: Watched = json.loads(ended.stdout)
    unlogged = snapshots / f"{told['moments'].index(UNLOGGED):04}-dangerous"
    shutil.copytree(unlogged, folder / "unlogged", symlinks=True)
    old = published(small_build.public)
    return Scene(small_house, facts, old, data, snapshots, folder / "unlogged", told)


def test_the_watched_build_passed_every_kind_of_moment(scene: Scene) -> None:
    """Else nothing would be proved below."""
    assert scene.told["code"] == 0
    said = " ".join(scene.told["moments"])
    for moment in (
        "os.rename work/tables/networks.parquet",
        "os.rename work/publishable/networks.parquet",
        "os.rename work/staging/miasta-i-sieci/datapackage.json",
        "os.rename work/staging/manifest.json",
        "os.rename warehouse.duckdb",
        "shutil.copyfile releases/",
        "os.rename releases/",
        "os.symlink .public.PID.tmp",
        "os.rename public",
        UNLOGGED,
        "after COMMIT history.duckdb",
        "os.remove build.lock",
    ):
        assert moment in said
    assert len(scene.told["moments"]) > 150


def test_at_every_moment_the_old_or_the_new_release_is_whole(scene: Scene) -> None:
    assert scene.told["problems"] == []
    assert len(scene.told["states"]) == 2, "first the old one, then the new one, nothing between"
    assert published(scene.data / "public") != scene.old


def test_the_next_build_works_after_a_kill_at_the_worst_moments(scene: Scene) -> None:
    kinds = [path.name.split("-")[1] for path in scene.snapshots.iterdir()]
    assert (kinds.count("dangerous"), kinds.count("sample")) == (6, 5)
    lost = {path.name: leftovers(path) for path in scene.snapshots.iterdir()}
    assert any(".tmp" in name for names in lost.values() for name in names)
    for name, told in rebuilt(scene.house, scene.snapshots, *scene.words).items():
        assert told["exit_code"] == 0, (name, told)
        assert published(scene.snapshots / name / "public") == published(scene.data / "public")
        assert leftovers(scene.snapshots / name) == [], name


def test_a_release_that_the_log_does_not_know_is_not_taken_for_the_one_before(
    scene: Scene,
) -> None:
    """Killed between pointer and log; then the old facts are built again, which the log knows."""
    assert published(scene.unlogged / "public") == published(scene.data / "public")
    told = build(scene.unlogged, house=scene.house).told
    assert (told["exit_code"], told["outcome"]) == (0, "success")
    assert published(scene.unlogged / "public") == scene.old


def test_five_builds_that_were_killed(
    small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    steps = len(small_build.told["tables"]) + 6  # rows, two packages, file, release, warehouse
    for step in random.Random("killed").sample(range(1, steps + 1), 5):  # noqa: S311
        data = tmp_path / "folders" / f"after-{step}"
        ended = start([str(VICTIM), "kill", str(data), str(step)], house=small_house)
        assert ended.returncode == -signal.SIGKILL, ended.stderr
        assert (data / "build.lock").exists(), "nobody could tidy up"
        public = data / "public"
        assert not public.is_symlink() or published(public) == published(small_build.public)
    for name, told in rebuilt(small_house, tmp_path / "folders").items():
        assert (told["exit_code"], told["outcome"]) == (0, "success"), (name, told)
        folder = tmp_path / "folders" / name
        assert published(folder / "public") == published(small_build.public)
        assert leftovers(folder) == []
