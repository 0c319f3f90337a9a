"""`pim release` from the first version to the last, in a house with few tables."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from exports.danegov.reading import parse_feed
from schemas.files import sha256
from sources.facts import CURATED
from sources.snapshots.store import Store
from tests.builds import files_of
from tests.commandline import PROGRAM, environment
from tests.sources.snapshotmaking import captured, keep
from warehouse.folder import DataFolder

Json = dict[str, object]


SERVER = """
import io, json, os, sys
from contextlib import redirect_stderr, redirect_stdout
from pipelines.cli import run

for line in sys.stdin:
    words, env = json.loads(line)
    os.environ.update(env)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words)
    for name in env:
        del os.environ[name]
    print(json.dumps([code, out.getvalue(), err.getvalue()]), flush=True)
"""
"""`pim` in the small house, one command after the other: a process each takes thrice as long."""


@dataclass(frozen=True)
class Folder:
    """A data folder, the facts that it is built of, and `pim` for it."""

    server: subprocess.Popen[str]
    data: Path
    facts: Path

    def pim(self, *words: str, code: int = 0, **env: str) -> Json:
        """Run a command with --json; its result, or its error where it fails."""
        asked = [[*words, "--data", str(self.data), "--json"], env]
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(asked) + "\n")
        self.server.stdin.flush()
        got, out, err = json.loads(self.server.stdout.readline())
        assert got == code, out + err
        found = json.loads(out or err)
        assert found.pop("schema_version", 1) == 1
        return cast(Json, found.get("error", found))

    def build(self, *words: str, code: int = 0) -> Json:
        """Build what the facts say now."""
        return self.pim("build", "--facts", str(self.facts), *words, code=code)

    def edit(self, table: str, change: Callable[[str], str]) -> None:
        """Change the text of a facts file."""
        path = self.facts / f"{table}.csv"
        text = path.read_text(encoding="utf-8")
        assert change(text) != text
        path.write_text(change(text), encoding="utf-8")

    def capture(self, content: str, *, day: int) -> None:
        """Take a snapshot of a source into use."""
        file = self.data / "lau.csv"
        file.write_text(content, encoding="utf-8")
        retrieved = datetime(2026, 11, day, tzinfo=UTC)
        keep(Store(self.snapshots), file, replace(captured(file, "lau"), retrieved=retrieved))

    @property
    def snapshots(self) -> Path:
        """What was fetched."""
        return self.data / "snapshots"

    @property
    def facts_then(self) -> Path:
        """The facts that the second release was made of."""
        return self.data.parent / "facts-then"

    @property
    def public(self) -> str:
        """What the public sees."""
        return (self.data / "public").readlink().name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small_house: Path) -> Iterator[Folder]:
    root = tmp_path_factory.mktemp("released")
    facts = Path(shutil.copytree(CURATED, root / "facts"))
    with subprocess.Popen(
        [*PROGRAM, SERVER],
        cwd=root,
        env=environment(PYTHONPATH=str(small_house), PYTHONWARNINGS="error"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as server:
        found = Folder(server, root / "data", facts)
        found.build()
        yield found
        assert server.stdin is not None
        server.stdin.close()


def test_01_until_a_version_exists_builds_are_published(folder: Folder) -> None:
    assert len(folder.public) == 16
    told = folder.pim("release", "list")
    assert (told["releases"], told["awaiting_approval"]) == ([], [])
    assert folder.pim("release", "show", code=2)["code"] == "PIM-REL-004"
    assert folder.pim("release", "verify", code=2)["code"] == "PIM-REL-004"


def test_02_a_dry_run_leaves_nothing(folder: Folder) -> None:
    before = sorted(path.name for path in (folder.data / "releases").iterdir())
    told = folder.pim("release", "--dry-run")
    assert (told["outcome"], told["previous"]) == ("dry_run", None)
    assert sorted(path.name for path in (folder.data / "releases").iterdir()) == before


def test_03_the_first_release_becomes_current(folder: Folder) -> None:
    told = folder.pim("release", "--date", "2026-11-24")
    assert (told["outcome"], told["version"], told["signed"]) == ("released", "2026.11.0", False)
    assert folder.public == "2026.11.0"
    (listed,) = cast(list[Json], folder.pim("release", "list")["releases"])
    assert (listed["version"], listed["current"]) == ("2026.11.0", True)
    shown = folder.pim("release", "show")
    assert (shown["version"], shown["previous"]) == ("2026.11.0", None)
    full = folder.pim("release", "verify", "--full")
    assert full["good"] is True
    # The official schemas were not fetched here; the portal's validator is where it is installed.
    assert {2, 51} <= set(cast(list[int], full["not_judged"])) <= {2, 43, 44, 51}


def test_04_nothing_new_no_release_and_no_build(folder: Folder) -> None:
    assert folder.pim("release")["outcome"] == "unchanged"
    told = folder.build()
    assert (told["outcome"], told["version"]) == ("unchanged", "2026.11.0")
    assert told["waits_for_release"] is False


def test_05_news_of_a_build_wait(folder: Folder) -> None:
    folder.edit("networks", lambda text: text.replace("net-0004", "net-0904"))
    folder.edit("networks", lambda text: "".join(sorted(text.splitlines(keepends=True), key=_last)))
    folder.capture("first", day=24)
    told = folder.build()
    assert (told["outcome"], told["waits_for_release"]) == ("success", True)
    assert folder.public == "2026.11.0", "a build does not move what the public sees"
    status = folder.pim("status")
    assert (status["release_id"], status["waits_for_release"]) == ("2026.11.0", True)
    again = folder.build()
    assert (again["outcome"], again["waits_for_release"]) == ("unchanged", True)


def _last(line: str) -> str:
    """The header first, rows by their key."""
    return line if line.startswith("net-") else ""


def test_06_a_release_of_an_earlier_month_is_refused(folder: Folder) -> None:
    error = folder.pim("release", "--date", "2026-10-31", code=2)
    assert error["code"] == "PIM-REL-003"


def test_07_the_second_release_says_what_changed(folder: Folder) -> None:
    told = folder.pim("release", SOURCE_DATE_EPOCH="1795478400")
    assert (told["outcome"], told["version"], told["previous"]) == (
        "released",
        "2026.11.1",
        "2026.11.0",
    )
    polish = cast(dict[str, list[str]], told["summary"])["pl"]
    assert [line.split(":")[0] for line in polish] == ["Przybyła 1 sieć", "Ubyła 1 sieć"]
    diff = folder.pim("release", "diff", "2026.11.0")
    assert diff["previous"] == "2026.11.0"
    assert {t["table"] for t in cast(list[Json], diff["tables"]) if t["added"]} == {"networks"}
    assert folder.pim("release", "verify")["good"] is True
    shutil.copytree(folder.facts, folder.facts_then)


def test_08_a_table_that_lost_too_much_stops_the_release(folder: Folder) -> None:
    folder.edit("networks", lambda text: "".join(text.splitlines(keepends=True)[:6]))
    folder.capture("second", day=25)
    folder.build("--allow-loss", "networks")
    error = folder.pim("release", "--dry-run", code=3)
    assert error["code"] == "PIM-REL-008"
    assert "--allow-loss networks" in cast(dict[str, str], error["fix"])["pl"]
    told = folder.pim("release", "--dry-run", "--allow-loss", "networks")
    assert told["severity"] == "loss"
    assert folder.public == "2026.11.1"


def test_09_approval_is_waited_for(folder: Folder) -> None:
    words = ("release", "--allow-loss", "sieci")
    told = folder.pim(*words, PIM_RELEASE_APPROVAL="required")
    assert (told["outcome"], told["version"]) == ("awaiting", "2026.11.2")
    assert folder.public == "2026.11.1"
    assert folder.pim("release", "list")["awaiting_approval"] == ["2026.11.2"]
    assert folder.pim("release", "show", "2026.11.2")["version"] == "2026.11.2"
    assert folder.pim("release", "approve", "2026.11.9", code=2)["code"] == "PIM-REL-012"
    before = files_of(folder.data)
    told = folder.pim("release", "approve", "2026.11.2", "--dry-run")
    assert (told["outcome"], told["version"]) == ("dry_run", "2026.11.2")
    assert files_of(folder.data) == before
    assert folder.pim("release", "approve", "2026.11.2")["outcome"] == "released"
    assert folder.public == "2026.11.2"
    assert folder.pim("release", "approve", "2026.11.2", code=2)["code"] == "PIM-REL-012"


def test_09_identifiers_last_and_an_address_changes_exactly_when_the_bytes_do(
    folder: Folder,
) -> None:
    before: dict[str, tuple[str, str]] = {}
    changed: set[str] = set()
    for version in ("2026.11.0", "2026.11.1", "2026.11.2"):
        tree = folder.data / "releases" / version
        addresses = parse_feed((tree / "danegov" / "harvester.xml").read_bytes()).addresses
        now = {
            ident: (address, sha256(tree / address.removeprefix("https://pim.example.org/")))
            for ident, address in addresses.items()
        }
        assert set(before) <= set(now), "nothing that was listed is gone"
        for ident, (address, digest) in before.items():
            assert (now[ident][0] == address) == (now[ident][1] == digest), ident
            changed |= {ident} if now[ident][1] != digest else set()
        before = now
    assert changed, "some bytes changed"


def test_10_back_to_an_older_release_with_every_address_alive(folder: Folder) -> None:
    newest = folder.data / "releases" / "2026.11.2"
    before = files_of(folder.data)
    told = folder.pim("release", "rollback", "2026.11.0", "--dry-run")
    assert (told["outcome"], told["previous"]) == ("dry_run", "2026.11.2")
    assert folder.pim("release", "rollback", "2026.10.0", "--dry-run", code=2)
    assert files_of(folder.data) == before
    told = folder.pim("release", "rollback", "2026.11.0")
    assert (told["version"], told["previous"]) == ("2026.11.0", "2026.11.2")
    assert folder.public == "2026.11.0"
    for path in (newest / "files").rglob("*.*"):
        assert (folder.data / "public" / path.relative_to(newest)).read_bytes() == path.read_bytes()
    assert folder.pim("release", "verify")["good"] is True
    assert folder.pim("release")["outcome"] == "rolled_back", "it must not come back by itself"
    assert folder.pim("release", "rollback", "2026.10.0", code=2)["code"] == "PIM-REL-004"
    folder.pim("release", "rollback", "2026.11.2")
    assert folder.public == "2026.11.2"


def test_11_a_file_that_nobody_knows_is_found(folder: Folder) -> None:
    stray = folder.data / "releases" / "2026.11.2" / "files" / "stray.csv"
    stray.write_text("a\n")
    told = folder.pim("release", "verify", code=3)
    assert [(p["rule"], p["place"]) for p in cast(list[Json], told["problems"])] == [
        ("extra", "files/stray.csv")
    ]
    assert folder.pim("release", "rollback", "2026.11.2", code=3)["code"] == "PIM-REL-015"
    stray.unlink()


def test_12_tidying_up_touches_no_release(folder: Folder) -> None:
    releases = folder.data / "releases"
    (releases / ".2026.11.9.123456.tmp").mkdir()
    (releases / "0123456789abcdef").mkdir()
    planned = folder.pim("release", "gc", "--dry-run")
    assert (releases / "0123456789abcdef").is_dir()
    told = folder.pim("release", "gc")
    assert told["removed"] == planned["removed"]
    assert "releases/0123456789abcdef" in cast(list[str], told["removed"])
    left = sorted(path.name for path in releases.iterdir())
    assert left == ["2026.11.0", "2026.11.1", "2026.11.2"]
    assert all(
        not str(name).startswith("releases/2026") for name in cast(list[str], told["removed"])
    )
    assert folder.pim("release", "gc")["removed"] == []


def test_13_a_withdrawal_is_a_line_to_review(folder: Folder) -> None:
    words = ("--reason", "Błąd, i to duży", "--reason-en", "Error", "--date", "2026-11-25")
    told = folder.pim("release", "withdraw", "kronika/README.md", *words)
    assert told["line"] == 'kronika/README.md,2026-11-25,"Błąd, i to duży",Error'
    assert told["addresses"] == ["kronika/README.md"]
    error = folder.pim("release", "withdraw", "nie/ma.csv", *words, code=2)
    assert error["code"] == "PIM-REL-014"


def test_14_a_failed_build_leaves_the_last_good_one_to_release(folder: Folder) -> None:
    folder.edit("networks", lambda text: text.replace("net-0001", "net-1", 1))
    folder.build(code=3)
    assert folder.pim("release")["outcome"] == "unchanged"
    assert folder.public == "2026.11.2"


def test_15_what_was_built_with_other_settings_is_not_released(folder: Folder) -> None:
    error = folder.pim("release", code=3, PIM_CONTACT="inny@example.org")
    assert error["code"] == "PIM-REL-001"
    assert "contact" in cast(dict[str, str], error["why"])["pl"]
    (folder.data / "work" / "staging" / "manifest.json").unlink()
    assert folder.pim("release", code=3)["code"] == "PIM-REL-001"


def test_16_two_at_once_are_one_after_the_other(folder: Folder) -> None:
    with DataFolder(folder.data).writing():
        for words in (["release"], ["release", "rollback", "2026.11.0"], ["release", "gc"]):
            assert folder.pim(*words, code=2)["code"] == "PIM-WH-002"
    assert folder.public == "2026.11.2"
    assert folder.pim("release", "verify", str(folder.data / "releases" / "2026.11.1"))["good"]


def test_17_a_release_is_made_again_from_its_lock_whatever_came_since(folder: Folder) -> None:
    again, first = folder.data.parent / "again", folder.data / "releases" / "2026.11.1"
    words = ("release", "rebuild", "2026.11.1", "--facts", str(folder.facts_then))
    told = folder.pim(*words, "--output", str(again))
    assert (told["same"], told["different"], told["changed_inputs"]) == (True, [], [])
    made = {path.relative_to(again) for path in again.rglob("*") if path.is_file()}
    assert made == {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
    for path in made - {Path("pim.duckdb"), Path("SHA256SUMS")}:
        assert (again / path).read_bytes() == (first / path).read_bytes(), path
    assert folder.pim("release", "verify", str(again))["good"] is True
    assert folder.pim(*words, "--output", str(again), code=2)["code"] == "PIM-REL-019"


def test_18_what_cannot_be_made_again_says_why(folder: Folder) -> None:
    words = ("release", "rebuild", "2026.11.1", "--facts", str(folder.facts_then))
    folder.edit("networks", lambda text: text.replace("net-1", "net-0001", 1))
    other = folder.pim("release", "rebuild", "2026.11.1", "--facts", str(folder.facts), code=3)
    assert (other["same"], other["changed_inputs"]) == (False, ["facts"])
    assert "en/miasta-i-sieci/networks.csv" in cast(list[str], other["different"])
    kept = next((folder.snapshots / "lau").glob("*/lau.csv")).parent
    kept.rename(folder.data / "away")
    error = folder.pim(*words, code=3)
    assert (error["code"], error["where"]) == ("PIM-REL-017", f"lau/{kept.name}")
    (folder.data / "away").rename(kept)
    assert folder.pim("release", "rebuild", "2026.11.7", code=2)["code"] == "PIM-REL-004"
    assert sorted(path.name for path in folder.data.glob(".*")) == []
