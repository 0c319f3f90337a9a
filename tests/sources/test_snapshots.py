"""Captures become snapshots, or are refused; the last good state stays in use whatever comes."""

import json
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import PimError
from sources.catalogue import all_sources
from sources.snapshots.accepting import Capture, take
from sources.snapshots.provenance import FILE, read_provenance
from sources.snapshots.store import Store, locked, safe_name
from sources.snapshots.verdicts import Verdict
from tests.sources.snapshotmaking import CSV, LAU, PAGE, ROWS, STEM, capture, on_day, tree
from tests.sources.terytbytes import TERC_ROWS, csv_bytes, xml_bytes, zipped


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


def test_a_capture_is_kept_as_it_came_and_named_in_the_lock(store: Store) -> None:
    archive = zipped({f"{STEM}.csv": CSV, f"{STEM}.xml": xml_bytes(ROWS)})
    outcome = capture(store, archive)
    assert (outcome.verdict, outcome.locked) == (Verdict.ACCEPTED, True)
    path = locked(store.root, "terc")
    assert path is not None
    assert path.name == f"{STEM}.zip"
    assert path.read_bytes() == archive
    assert path.stat().st_mode & 0o222 == 0, "nobody writes into a snapshot"


def test_point_28_a_snapshot_carries_all_that_a_published_table_must_say(store: Store) -> None:
    archive = zipped({f"{STEM}.csv": CSV}) + PAGE
    capture(store, archive, requested=date(2025, 2, 4), address="https://eteryt.example/form")
    path = locked(store.root, "terc")
    assert path is not None
    told = json.loads((path.parent / FILE).read_text(encoding="utf-8"))
    assert told["source"] == "terc"
    assert told["address"] == "https://eteryt.example/form"
    assert told["publisher"]["pl"] == "Główny Urząd Statystyczny"
    assert told["state_date"] == "2025-01-01"
    assert told["retrieved"].endswith("+00:00")
    assert told["media_type"] == "application/zip"
    assert told["member"] == f"{STEM}.csv"
    assert {len(told["sha256"]), len(told["member_sha256"])} == {64}
    assert told["sha256"] != told["member_sha256"]
    assert told["licence"]["pl"]
    assert told["licence"]["en"]
    assert told["attribution"]["pl"].startswith("Źródło: Główny Urząd Statystyczny")
    assert told["rows"] == len(ROWS)


def test_point_28_the_attribution_lines_of_the_keepers_differ() -> None:
    lines = {name: source.attribution for name, source in all_sources().items()}
    assert "Główny Urząd Statystyczny" in lines["terc"].pl
    assert "Bank Danych Lokalnych" in lines["bdl"].pl
    assert "Geodezji i Kartografii" in lines["boundaries"].pl
    assert "EuroGeographics" in lines["lau"].en
    assert len({lines[name] for name in ("terc", "bdl", "population", "boundaries", "lau")}) == 5
    assert not all_sources()["jst"].licence.publishable


def test_point_01_another_tail_or_order_is_no_change(store: Store) -> None:
    members = {f"{STEM}.csv": CSV, f"{STEM}.xml": xml_bytes(ROWS)}
    capture(store, zipped(members) + PAGE)
    before = tree(store.root)
    for archive in (
        zipped(members),
        zipped(members) + PAGE * 2,
        zipped(dict(reversed(members.items()))),
        CSV,
    ):
        outcome = capture(store, archive, name=f"{STEM}.csv" if archive == CSV else f"{STEM}.zip")
        assert outcome.verdict is Verdict.UNCHANGED
    assert tree(store.root) == before


def test_point_02_a_page_with_status_200_is_refused_and_the_last_good_stays(store: Store) -> None:
    capture(store, CSV, f"{STEM}.csv")
    lock = store.lock_file.read_bytes()
    outcome = capture(store, PAGE, f"{STEM}.zip", fetched=True, media_type="application/zip")
    assert outcome.verdict is Verdict.REFUSED
    assert outcome.error is not None
    assert outcome.error.code == "PIM-TRY-001"
    assert store.lock_file.read_bytes() == lock
    assert locked(store.root, "terc") is not None
    drafts = list((store.root / "terc" / "refused").iterdir())
    assert len(drafts) == 1
    assert (drafts[0] / f"{STEM}.zip").read_bytes() == PAGE
    verdict = json.loads((drafts[0] / "verdict.json").read_text(encoding="utf-8"))
    assert verdict["error"]["code"] == "PIM-TRY-001"


def test_point_02_a_page_is_refused_for_every_source(store: Store) -> None:
    for source in all_sources().values():
        outcome = capture(store, PAGE, "file.csv", source)
        assert outcome.verdict is Verdict.REFUSED, source.name
        assert outcome.error is not None
        assert outcome.error.code in {"PIM-TRY-001", "PIM-SNP-012", "PIM-SNP-013"}


def test_point_05_three_days_are_three_facts(store: Store) -> None:
    outcome = capture(store, CSV, "TERC_Urzedowy_2025-02-03.csv", requested=date(2025, 2, 4))
    kept = outcome.provenance
    assert kept is not None
    assert (kept.requested, kept.file_date, kept.state_date) == (
        date(2025, 2, 4),
        date(2025, 2, 3),
        date(2025, 1, 1),
    )
    assert read_provenance(store.path(kept).parent) == kept


def test_point_05_more_than_one_state_date_is_refused(store: Store) -> None:
    rows = [*ROWS[:-1], (*ROWS[-1][:-1], "2024-01-01")]
    outcome = capture(store, csv_bytes(rows), f"{STEM}.csv")
    assert outcome.error is not None
    assert outcome.error.code == "PIM-TRY-017"
    assert locked(store.root, "terc") is None


def test_point_11_the_address_version_is_refused(store: Store) -> None:
    rows = [row for row in ROWS if row[3] != "3"]
    outcome = capture(store, csv_bytes(rows), "TERC_Adresowy_2025-02-03.csv")
    assert outcome.error is not None
    assert outcome.error.code == "PIM-TRY-020"


def test_a_part_is_kept_and_never_used(store: Store) -> None:
    part = csv_bytes(TERC_ROWS)
    outcome = capture(store, part, "TERC(02)_16-03-2022.csv")
    assert (outcome.verdict, outcome.locked) == (Verdict.PART, False)
    assert locked(store.root, "terc") is None
    assert outcome.provenance is not None
    assert store.path(outcome.provenance).read_bytes() == part
    assert capture(store, part, "TERC(02)_16-03-2022.csv").verdict is Verdict.PART
    assert len(store.kept("terc")) == 1


def test_a_newer_state_takes_over_and_an_older_one_is_history(store: Store) -> None:
    capture(store, CSV, "a.csv")
    assert capture(store, on_day("2026-01-01"), "b.csv").verdict is Verdict.ACCEPTED
    older = capture(store, on_day("2020-01-01"), "c.csv")
    assert (older.verdict, older.locked) == (Verdict.HISTORY, False)
    again = capture(store, CSV, "a.csv")
    assert again.verdict is Verdict.HISTORY
    used = store.in_use("terc")
    assert used is not None
    assert used.state_date == date(2026, 1, 1)
    states = [str(one.state_date) for one in store.kept("terc")]
    assert states == ["2020-01-01", "2025-01-01", "2026-01-01"]


def test_a_correction_within_the_same_state_takes_over(store: Store) -> None:
    capture(store, CSV, "a.csv")
    corrected = [(*row[:4], row[4].replace("Gmina 0201", "Gmina: 0201"), *row[5:]) for row in ROWS]
    assert capture(store, csv_bytes(corrected), "b.csv").verdict is Verdict.ACCEPTED
    assert len(store.kept("terc")) == 2


@pytest.mark.parametrize(
    "damage",
    ["{", "[]", '{"format": 2, "snapshots": {}}', '{"format": 1, "snapshots": {"terc": {}}}'],
)
def test_a_damaged_lock_is_told_and_never_replaced_silently(damage: str, store: Store) -> None:
    capture(store, CSV, "a.csv")
    store.lock_file.write_text(damage, encoding="utf-8")
    with pytest.raises(PimError, match="PIM-SNP-003"):
        locked(store.root, "terc")
    with pytest.raises(PimError, match="PIM-SNP-003"):
        capture(store, on_day("2026-01-01"), "b.csv")
    assert store.lock_file.read_text(encoding="utf-8") == damage


def test_changed_or_missing_bytes_are_told(store: Store) -> None:
    capture(store, CSV, "a.csv")
    path = locked(store.root, "terc")
    assert path is not None
    path.chmod(0o644)
    path.write_bytes(CSV + b"x")
    with pytest.raises(PimError, match="PIM-SNP-003") as caught:
        locked(store.root, "terc")
    assert "pim sources refresh" in caught.value.fix.pl
    path.unlink()
    with pytest.raises(PimError, match="PIM-SNP-003"):
        locked(store.root, "terc")


@pytest.mark.parametrize("damage", ["{", "{}", "[1]", '{"source": 5}'])
def test_a_damaged_provenance_is_told(damage: str, store: Store) -> None:
    capture(store, CSV, "a.csv")
    path = locked(store.root, "terc")
    assert path is not None
    (path.parent / FILE).write_text(damage, encoding="utf-8")
    with pytest.raises(PimError, match="PIM-SNP-003"):
        store.in_use("terc")


def test_many_at_once_lose_nothing_of_the_lock(store: Store) -> None:
    names = ["lau", "lau-b", "lau-c", "lau-d"]

    def one(name: str) -> None:
        path = store.root.parent / f"{name}.csv"
        path.write_text(f"lau_id\n{name}\n", encoding="utf-8")
        take(store, replace(LAU, name=name), Capture(path, path.name, fetched=True))

    threads = [threading.Thread(target=one, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(json.loads(store.lock_file.read_text(encoding="utf-8"))["snapshots"]) == names


@given(st.text(max_size=300))
def test_a_name_from_outside_becomes_a_plain_file_name(name: str) -> None:
    plain = safe_name(name)
    assert plain
    assert len(plain) <= 125
    assert not plain.startswith(".")
    assert "/" not in plain
    assert "\0" not in plain
    assert plain not in {FILE, "verdict.json"}
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("TERC(02)_16-03-2022.csv") == "TERC(02)_16-03-2022.csv"
