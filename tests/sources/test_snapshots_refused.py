"""Captures that nobody should believe are refused with the reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from sources.snapshots.accepting import Capture, Outcome, take
from sources.snapshots.store import Store
from sources.snapshots.verdicts import Verdict
from tests.sources.snapshotmaking import CSV, LAU, STEM, TERC, capture


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "snapshots")


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
