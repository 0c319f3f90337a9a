"""Run as a script, with the code of a house on the path: builds that are watched or killed.

    victim.py watch DATA SNAPSHOTS [words of `pim build`]   a build that is looked at, at every
                                      moment where a kill could leave something half done
    victim.py kill DATA STEP          a build that kills itself after so many steps
    victim.py build FOLDER [words]    builds in every data folder below FOLDER, in one process

Each prints one JSON object. A build is not changed by being watched: Python itself tells of
every rename and removal before it happens (audit events), and DuckDB's connections are wrapped.
"""

import io
import json
import os
import random
import re
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import redirect_stdout, suppress
from hashlib import sha256
from pathlib import Path

import duckdb

from exports.release.manifest import content_id
from pipelines.cli import run
from warehouse.content import content_hash

SAMPLE = 5
"""Snapshots at random moments, beside those at the dangerous ones."""

EVENTS = {
    "os.rename": 1,
    "os.symlink": 1,
    "os.remove": 0,
    "os.rmdir": 0,
    "shutil.copyfile": 1,
    "shutil.rmtree": 0,
}
"""Audit events that are moments, with the position of the path that they are about."""

COMMITS = ("COMMIT", "CHECKPOINT")
DANGEROUS = re.compile(
    r"os\.rename (?:releases/[^/]+|public|warehouse\.duckdb)"
    r"|os\.remove \.warehouse\.duckdb\.PID\.tmp"
    r"|(?:before|after) COMMIT history\.duckdb"
)
"""Before and after what readers and the next build go by has changed."""


class Watcher:
    """Looks at a data folder at every moment of a build."""

    def __init__(self, data: Path, snapshots: Path) -> None:
        self.data = data
        self.snapshots = snapshots
        self.moments: list[str] = []
        self.problems: list[str] = []
        self.states: list[str] = []
        """What was published, each once, in the order of time."""
        self.sample: list[str] = []
        self._random = random.Random("pim")  # noqa: S311  # the same moments each time
        self._digests: dict[tuple[int, int, int], str] = {}
        # Two packages are written side by side: the other thread waits while we look.
        self._lock = threading.Lock()
        self._looking = 0

    @property
    def looking(self) -> bool:
        """This very thread is looking, and what it does is not the build's."""
        return self._looking == threading.get_ident()

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        """Python's own word that something is about to happen."""
        if event not in EVENTS or self.looking:
            return
        path = Path(os.path.abspath(os.fsdecode(str(arguments[EVENTS[event]]))))  # noqa: PTH100
        if path.is_relative_to(self.data) and not path.is_relative_to(self.data / "dagster"):
            name = path.relative_to(self.data).as_posix().replace(str(os.getpid()), "PID")
            self.moment(f"{event} {name}")

    def moment(self, name: str) -> None:
        """Look; and keep a snapshot where it is dangerous, or chosen by lot."""
        with self._lock:
            self._looking = threading.get_ident()
            self._look(name)
            self._looking = 0

    def _look(self, name: str) -> None:
        number = len(self.moments)
        self.moments.append(name)
        try:
            state = self._published()
        except (AssertionError, OSError, ValueError) as error:
            self.problems.append(f"{name}: {error!r}")
        else:
            if self.states[-1:] != [state]:
                self.states.append(state)
        if DANGEROUS.fullmatch(name):
            self._keep(f"{number:04}-dangerous")
        # Every moment has the same chance to be among the sample, however many there will be.
        place = self._random.randrange(number + 1)
        if place < SAMPLE:
            self._keep(f"{number:04}-sample")
            if len(self.sample) == SAMPLE:
                shutil.rmtree(self.snapshots / self.sample[place])
                self.sample[place] = f"{number:04}-sample"
            else:
                self.sample.append(f"{number:04}-sample")

    def _published(self) -> str:
        """The content id of what is published, whole; "" where nothing is yet."""
        public = self.data / "public"
        if not public.is_symlink():
            assert not public.exists()
            return ""
        root = public.resolve(strict=True)
        told = json.loads((root / "manifest.json").read_bytes())
        listed = {f["path"]: f.get("sha256") or f["content_sha256"] for f in told["files"]}
        found = {
            path.relative_to(root).as_posix(): self._digest(path)
            for path in root.rglob("*")
            if path.is_file()
        }
        del found["manifest.json"]
        assert found == listed
        assert content_id(listed) == told["content_id"]
        return str(told["content_id"])

    def _digest(self, path: Path) -> str:
        stat = path.stat()
        known = stat.st_ino, stat.st_size, stat.st_mtime_ns
        if known not in self._digests:
            self._digests[known] = (
                content_hash(path)
                if path.suffix == ".duckdb"
                else sha256(path.read_bytes()).hexdigest()
            )
        return self._digests[known]

    def _keep(self, name: str) -> None:
        """What a kill would leave on the disk now. Files that are only renamed are linked."""
        for folder, folders, files in os.walk(self.data):
            place = self.snapshots / name / Path(folder).relative_to(self.data)
            place.mkdir(parents=True)
            for file in (*folders, *files):
                path = Path(folder, file)
                if path.is_symlink():
                    (place / file).symlink_to(path.readlink())
                elif path.is_file():
                    final = path.is_relative_to(self.data / "releases") or path.is_relative_to(
                        self.data / "work"
                    )
                    copy = os.link if final and ".tmp" not in str(path) else shutil.copy2
                    with suppress(FileNotFoundError):  # DuckDB removes its own files unasked
                        copy(path, place / file)


class WatchedConnection:
    """A DuckDB connection that tells before and after what it commits, and before it closes."""

    def __init__(
        self, inner: duckdb.DuckDBPyConnection, name: str, moment: Callable[[str], None]
    ) -> None:
        self._inner = inner
        self._name = name
        self._moment = moment

    def execute(self, query: str | duckdb.Statement, *more: object) -> object:
        word = str(query).split(maxsplit=1)[0]
        if word not in COMMITS:
            return self._inner.execute(query, *more)
        self._moment(f"before {word} {self._name}")
        try:
            return self._inner.execute(query, *more)
        finally:
            self._moment(f"after {word} {self._name}")

    def close(self) -> None:
        self._moment(f"before close {self._name}")
        self._inner.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def watch(data: Path, snapshots: Path, words: list[str]) -> dict[str, object]:
    """Build under watch."""
    watcher = Watcher(data, snapshots)
    connect = duckdb.connect

    def watched_connect(*arguments: object, **options: object) -> object:
        inner = connect(*arguments, **options)  # type: ignore[arg-type]
        if watcher.looking:
            return inner
        name = Path(str(arguments[0])).name if arguments else "draft"
        return WatchedConnection(inner, name, watcher.moment)

    vars(duckdb)["connect"] = watched_connect
    sys.addaudithook(watcher.audit)
    code = run(["build", "--data", str(data), "--quiet", *words])
    watcher.moment("end")
    return {
        "code": code,
        "moments": watcher.moments,
        "problems": watcher.problems,
        "states": watcher.states,
    }


def kill(data: Path, step: int) -> None:
    """Build, and be killed when so many steps have ended."""
    from pipelines.building import build
    from pipelines.settings import load_settings

    def progress(name: str, done: int, total: int) -> None:
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)

    build(load_settings({"data": str(data)}), progress=progress)


def main() -> None:
    """Do what the words say."""
    what, first, *words = sys.argv[1:]
    out = io.StringIO()
    told: dict[str, object] = {}
    with redirect_stdout(out):
        if what == "watch":
            told = watch(Path(first), Path(words[0]), words[1:])
        elif what == "kill":
            kill(Path(first), int(words[0]))
        else:
            for data in sorted(Path(first).iterdir()):
                out.truncate(out.seek(0))
                run(["build", "--data", str(data), "--json", *words])
                told[data.name] = json.loads(out.getvalue())
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
