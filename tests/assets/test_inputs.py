"""What a build was made of is told by its lock, and brought back from it whatever came since."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from assets.inputs import inputs_of, lock_of, restore
from schemas.errors import Exit, PimError
from sources.bdl.revisions import REVISED
from sources.bdl.store import BdlStore, folder_below
from sources.facts import read_facts
from sources.snapshots.store import Store
from tests.sources.snapshotmaking import captured, keep


def capture(store: Store, source: str, content: str, day: date) -> None:
    """Take a snapshot of a source into use."""
    file = store.root.parent / f"{source}.csv"
    file.write_text(content, encoding="utf-8")
    when = datetime(day.year, day.month, day.day, tzinfo=UTC)
    keep(store, file, replace(captured(file, source), state_date=day, retrieved=when))


def observe(snapshots: Path, rows: int) -> None:
    """A fetch that leaves so many kept values."""
    store = BdlStore(folder_below(snapshots))
    with store.writing():
        path = store.observations("P2137")
        path.parent.mkdir(exist_ok=True)
        frame = pl.DataFrame({"year": range(rows)}, schema={"year": REVISED["year"]})
        frame.write_parquet(path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)


@pytest.fixture
def snapshots(tmp_path: Path) -> Path:
    """What was fetched by the day of a release."""
    store = Store(tmp_path / "snapshots")
    for day in (date(2025, 1, 1), date(2026, 1, 1)):
        capture(store, "terc", f"terc of {day}", day)
    capture(store, "lau", "lau", date(2025, 1, 1))
    observe(store.root, 3)
    return store.root


def test_a_lock_brings_back_what_was_read_whatever_came_since(
    snapshots: Path, tmp_path: Path
) -> None:
    lock = lock_of(snapshots)
    capture(Store(snapshots), "terc", "newer", date(2027, 1, 1))
    capture(Store(snapshots), "lau", "newer", date(2026, 1, 1))
    for rows in (4, 5):
        observe(snapshots, rows)
    assert lock_of(snapshots) != lock
    again = tmp_path / "again"
    restore(lock, snapshots, again)
    assert lock_of(again) == lock
    (used,) = [one for one in Store(again).all_in_use() if one.source == "lau"]
    assert Store(again).path(used).read_text(encoding="utf-8") == "lau"
    kept = BdlStore(folder_below(again)).read_by_builds()
    assert [pl.read_parquet(path).height for path in kept] == [3]


def test_an_empty_folder_has_an_empty_lock(tmp_path: Path) -> None:
    lock = lock_of(tmp_path / "none")
    restore(lock, tmp_path / "none", tmp_path / "again")
    assert lock_of(tmp_path / "again") == lock


def gone(snapshots: Path) -> None:
    next((snapshots / "terc").glob("2025*/*.csv")).unlink()


def other(snapshots: Path) -> None:
    path = next((snapshots / "lau").glob("*/*.csv"))
    path.chmod(0o644)
    path.write_text("other", encoding="utf-8")


def unobserved(snapshots: Path) -> None:
    BdlStore(folder_below(snapshots)).observations("P2137").write_bytes(b"other")


@pytest.mark.parametrize("damage", [gone, other, unobserved])
def test_what_is_lost_is_named(
    snapshots: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    lock = lock_of(snapshots)
    damage(snapshots)
    with pytest.raises(PimError) as caught:
        restore(lock, snapshots, tmp_path / "again")
    assert caught.value.code == "PIM-REL-017"


@pytest.mark.parametrize("way", ["../../etc", "/etc", "", "."])
def test_a_lock_never_leads_out_of_the_folder(snapshots: Path, tmp_path: Path, way: str) -> None:
    for part in ("snapshots", "kept"):
        entry: object = {way: "0"} if part == "kept" else {"snapshot": way, "sha256": "0"}
        with pytest.raises(PimError) as caught:
            restore({part: {"terc": entry}}, snapshots, tmp_path / "again")
        assert caught.value.code == "PIM-REL-017"
    with pytest.raises(PimError):
        restore({"observations": {f"{way}/x": "0"}}, snapshots, tmp_path / "again")


def test_inputs_differ_when_one_file_does_and_not_by_the_name_of_a_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text("a\n", encoding="utf-8")
    one, two = (inputs_of(tmp_path / name, None, None) for name in ("one", "two"))
    assert one == two
    assert one["documents"] is None
    (tmp_path / "two" / "a.csv").write_text("b\n", encoding="utf-8")
    assert inputs_of(tmp_path / "two", None, None)["facts"] != one["facts"]


def test_facts_behind_a_link_are_inputs_like_any_other(tmp_path: Path) -> None:
    """As a mounted configuration has them; else a build would not see that they changed."""
    facts, target = tmp_path / "facts", tmp_path / "a.csv"
    facts.mkdir()
    target.write_text("a\n", encoding="utf-8")
    (facts / "a.csv").symlink_to(target)
    before = inputs_of(facts, None, None)
    target.write_text("b\n", encoding="utf-8")
    assert inputs_of(facts, None, None) != before


UNREADABLE = Path("/proc/self/mem")
"""A file that opens and cannot be read, even by root."""


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "goals.csv").symlink_to(UNREADABLE)
    for read, where in (
        (lambda: inputs_of(tmp_path, None, None), f"{tmp_path.name}/goals.csv"),
        (lambda: read_facts(tmp_path / "goals.csv"), "goals.csv"),
    ):
        with pytest.raises(PimError) as caught:
            read()
        assert (caught.value.code, caught.value.where) == ("PIM-SRC-008", where)
        assert caught.value.exit_code is Exit.SOURCE
