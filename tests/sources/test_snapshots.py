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
from sources.catalogue import Source, all_sources
from sources.snapshots.accepting import Capture, Outcome, Verdict, take
from sources.snapshots.provenance import FILE, read_provenance
from sources.snapshots.store import Store, locked, safe_name
from tests.sources.terytbytes import TERC_ROWS, Row, csv_bytes, whole_terc, xml_bytes, zipped

STEM = "TERC_Urzedowy_2025-02-03"
PAGE = b"<!DOCTYPE html><html><body>" + b"eTERYT " * 9_000 + b"</body></html>"
ROWS = whole_terc()
CSV = csv_bytes(ROWS)
TERC = all_sources()["terc"]
LAU = all_sources()["lau"]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


def on_day(day: str, rows: list[Row] = ROWS) -> bytes:
    """The register in its state of another day."""
    return csv_bytes([(*row[:-1], day) for row in rows])


def capture(
    store: Store, data: bytes, name: str = f"{STEM}.zip", source: Source = TERC, **facts: object
) -> Outcome:
    """Hand bytes to the store as a file given by hand."""
    path = store.root.parent / "given"
    path.write_bytes(data)
    given = replace(Capture(path, name, fetched=False), **facts)  # type: ignore[arg-type]
    return take(store, source, given)


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder but the notes on how tries went."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name != "status.json"
    }


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


LINES = [f"PL_{number},{number:07}\n" for number in range(1_000)]


def lau(store: Store, lines: int, *, allow_loss: bool = False) -> Outcome:
    """A table of LAU codes with so many rows."""
    path = store.root.parent / "lau.csv"
    path.write_text("gisco_id,lau_id\n" + "".join(LINES[:lines]), encoding="utf-8")
    return take(store, LAU, Capture(path, "lau.csv", fetched=True), allow_loss=allow_loss)


def test_a_capture_that_shrank_is_refused_unless_the_loss_is_said_to_be_real(store: Store) -> None:
    assert lau(store, 1_000).verdict is Verdict.ACCEPTED
    assert lau(store, 960).verdict is Verdict.ACCEPTED, "some loss is natural"
    refused = lau(store, 900)
    assert refused.error is not None
    assert refused.error.code == "PIM-SNP-015"
    assert refused.error.why is not None
    assert "900" in refused.error.why.pl
    assert "--allow-loss" in refused.error.fix.pl
    used = store.in_use("lau")
    assert used is not None
    assert used.rows == 960
    assert lau(store, 900, allow_loss=True).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n", b"gisco_id,lau_id\n"])
def test_an_empty_capture_is_refused(data: bytes, store: Store) -> None:
    outcome = capture(store, data, "lau.csv", LAU)
    assert outcome.error is not None
    assert outcome.error.code == "PIM-SNP-010"


@pytest.mark.parametrize("lines", [65_536, 1_048_576])
@pytest.mark.parametrize("header_counts", [True, False])
def test_point_25_a_file_that_ends_where_sheets_end_is_refused(
    lines: int, header_counts: bool, store: Store
) -> None:
    rows = lines - 1 if header_counts else lines
    outcome = capture(store, b"lau_id\n" + b"1\n" * rows, "lau.csv", LAU)
    assert outcome.error is not None
    assert outcome.error.code == "PIM-SNP-014"
    one_less = capture(store, b"lau_id\n" + b"1\n" * (lines - 2), "lau.csv", LAU)
    assert one_less.verdict is Verdict.ACCEPTED


def test_a_capture_over_the_limit_of_its_source_is_refused(store: Store) -> None:
    outcome = capture(store, CSV, f"{STEM}.csv", replace(TERC, max_bytes=1_000))
    assert outcome.error is not None
    assert outcome.error.code == "PIM-SNP-011"


def test_refused_captures_are_few_and_small(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        capture(store, b"nonsense %d" % number, "x.csv")
    drafts = store.root / "terc" / "refused"
    assert len(list(drafts.iterdir())) == 3
    monkeypatch.setattr("sources.snapshots.store._DRAFT_BYTES", 10)
    capture(store, b"nonsense that is longer", "x.csv")
    newest = max(drafts.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert [path.name for path in newest.iterdir()] == ["verdict.json"]


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
