"""The day of a release is that of the newest thing that its data come from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from pipelines.house import release_date
from pipelines.settings import load_settings
from sources.snapshots.store import Store
from tests.sources.snapshotmaking import captured, keep


def test_a_newer_snapshot_gives_the_day_unless_it_only_checks(tmp_path: Path) -> None:
    settings = load_settings({"data": str(tmp_path)})
    facts = release_date(settings)
    store = Store(tmp_path / "snapshots")
    file = tmp_path / "file.csv"
    file.write_bytes(b"x")
    later = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    keep(store, file, replace(captured(file, "jst"), retrieved=later, publishable=False))
    assert release_date(settings, store.all_in_use()) == facts
    keep(store, file, replace(captured(file, "terc"), retrieved=later))
    assert release_date(settings, store.all_in_use()) == date(2031, 5, 6)
    named = load_settings({"data": str(tmp_path), "date": "2026-12-24"})
    assert release_date(named, store.all_in_use()) == date(2026, 12, 24)
