"""The day of a release is that of the newest thing that its data come from."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.house import release_date
from pipelines.settings import load_settings
from schemas.errors import PimError
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


@pytest.mark.parametrize(
    "said", [b"# zebra\xb3y\ncollected = 2026-11-24\n", b"collected = 'x'\n", b"collected =\n", b""]
)
def test_facts_that_do_not_say_their_day_are_refused(tmp_path: Path, said: bytes) -> None:
    (tmp_path / "facts.toml").write_bytes(said)
    with pytest.raises(PimError) as caught:
        release_date(load_settings({"facts": str(tmp_path)}))
    assert caught.value.code == "PIM-SRC-007"
    assert caught.value.where == str(tmp_path / "facts.toml")
