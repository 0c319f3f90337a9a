"""The gate for long tables says of every frame what the gate for short ones says."""

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from schemas.bulk_gate import check_parquet, check_pieces
from schemas.columns import reference
from schemas.gate import check
from schemas.table import RowRule, ScanRule, Severity, Table
from schemas.text import Text
from schemas.verdict import Report
from tests.schemas.gatetables import KNOWN, TEXTS, Cities, Things, Visits, text_rows, things_frames


class LongThings(Things):
    """The same columns and row rules, and no rule that needs all rows at once."""

    name_pl = "dlugie"
    rules = tuple(rule for rule in Things.rules if isinstance(rule, RowRule))


class ScannedVisits(Visits):
    """Visits that a rule looks through as a whole, longer than memory."""

    name_pl = "przejrzane"
    bulk = True
    rules = (
        ScanRule(
            "no_gap",
            """SELECT concat_ws(' | ', city_id, year) FROM (
            SELECT *, lag(city_id) OVER () AS city, lag(year) OVER () AS before FROM accepted
            ) WHERE city = city_id AND year > before + 1""",
            Text("Brakuje lat.", "Years are missing."),
        ),
    )


VISIT = {"city_id": "0001", "year": "2024", "day": "2024-05-06", "colour": "red"}


def judged(
    table: type[Things] | type[Visits],
    frame: pl.DataFrame,
    *,
    batch_rows: int = 10,
    previous_rows: int | None = None,
) -> tuple[Report, pl.DataFrame, pl.DataFrame]:
    """Report, accepted and rejected rows, by way of files."""
    with TemporaryDirectory(suffix="a [b]*'c") as name:
        folder = Path(name)
        frame.write_parquet(folder / "source.parquet")
        KNOWN["cities"].write_parquet(folder / "cities.parquet")
        report = check_parquet(
            table,
            folder / "source.parquet",
            {"cities": folder / "cities.parquet"},
            folder / "accepted.parquet",
            folder / "rejected.parquet",
            previous_rows=previous_rows,
            batch_rows=batch_rows,
        )
        accepted = pl.read_parquet((folder / "accepted.parquet").read_bytes())
        rejected = pl.read_parquet((folder / "rejected.parquet").read_bytes())
        names = {"source", "cities", "accepted", "rejected"}
        assert {path.stem for path in folder.iterdir()} == names, "no part is left behind"
    return report, accepted, rejected


def judged_pieces(table: type[Table], pieces: list[pl.DataFrame]) -> Report:
    """The report of rows that come in pieces, which is that of all of them together."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        KNOWN["cities"].write_parquet(folder / "cities.parquet")
        kept, set_aside = folder / "accepted.parquet", folder / "rejected.parquet"
        report = check_pieces(
            table, lambda: iter(pieces), {"cities": folder / "cities.parquet"}, kept, set_aside
        )
        verdict = check(table, pl.concat(pieces), KNOWN)
        assert_frame_equal(pl.read_parquet(kept), verdict.accepted)
        assert_frame_equal(pl.read_parquet(set_aside), verdict.rejected)
        assert report == verdict.report
    return report


def assert_same(
    table: type[Things] | type[Visits],
    frame: pl.DataFrame,
    *,
    batch_rows: int = 10,
    previous_rows: int | None = None,
) -> Report:
    """Both gates give the same rows, in the same order and types, and the same findings."""
    verdict = check(table, frame, KNOWN, previous_rows=previous_rows)
    report, accepted, rejected = judged(
        table, frame, batch_rows=batch_rows, previous_rows=previous_rows
    )
    assert_frame_equal(accepted, verdict.accepted)
    assert_frame_equal(rejected, verdict.rejected)
    assert report == verdict.report
    return report


@settings(max_examples=15)
@given(things_frames())
def test_any_frame_of_text_is_judged_as_by_the_short_gate(frame: pl.DataFrame) -> None:
    assert_same(LongThings, frame)


@settings(max_examples=8)
@given(things_frames())
def test_any_typed_frame_is_judged_as_by_the_short_gate(frame: pl.DataFrame) -> None:
    """Typed files are not written again: DuckDB sorts what is there."""
    sound = check(LongThings, frame, KNOWN).accepted
    bad = sound.with_columns(
        count=pl.when(pl.int_range(pl.len()) % 3 == 1).then(-1).otherwise("count"),
        note=pl.when(pl.int_range(pl.len()) % 4 == 2).then(pl.lit("")).otherwise("note"),
        city_id=pl.when(pl.int_range(pl.len()) % 5 == 3).then(pl.lit("0003")).otherwise("city_id"),
    )
    assert_same(LongThings, pl.concat([bad, sound.head(2), bad.tail(3)]))
    assert_same(LongThings, bad.drop("_source"))


def test_good_rows_only() -> None:
    rows = [{"thing_id": f"tng-{number:04}"} for number in reversed(range(20))]
    report = assert_same(LongThings, text_rows(LongThings, *rows))
    assert (report.rows, report.accepted_rows, report.findings) == (20, 20, ())
    assert report.publishable


def test_bad_rows_only() -> None:
    rows = [{"thing_id": f"tng-{number:04}", "count": "x"} for number in range(20)]
    report = assert_same(LongThings, text_rows(LongThings, *rows))
    assert (report.accepted_rows, report.rejected_rows) == (0, 20)


def test_no_rows() -> None:
    report = assert_same(LongThings, text_rows(LongThings))
    assert (report.rows, report.findings) == (0, ())


@pytest.mark.parametrize("batch_rows", [1, 2, 3, 1000])
def test_copies_of_a_key_find_each_other_across_batches(batch_rows: int) -> None:
    rows = [
        VISIT,
        {**VISIT, "day": "2024-05-07"},
        {**VISIT, "colour": "green"},
        {**VISIT, "day": "2024-05-08", "colour": "green"},
        {**VISIT, "day": "2024-05-08", "colour": "green"},
        {**VISIT, "year": "2023"},
        {**VISIT, "day": ""},
        {**VISIT, "day": ""},
        {**VISIT, "year": "2023"},
        {**VISIT, "year": "2023"},
    ]
    report = assert_same(Visits, text_rows(Visits, *rows), batch_rows=batch_rows)
    assert report.accepted_rows == 1


def test_warnings_and_stops_are_counted_over_all_batches() -> None:
    rows = [{"thing_id": f"tng-{n:04}", "count": "2", "amount": "666"} for n in range(30)]
    report = assert_same(LongThings, text_rows(LongThings, *rows))
    assert [(found.severity, found.count) for found in report.findings] == [
        (Severity.BLOCK, 30),
        (Severity.WARN, 30),
    ]
    assert report.blocked


def test_a_file_with_the_wrong_columns_is_set_aside_as_a_whole() -> None:
    frame = text_rows(LongThings, {"thing_id": "tng-0001"}).rename({"count": "cuont"})
    report = assert_same(LongThings, frame)
    assert report.blocked
    assert report.rejected_rows == 1


def test_a_table_that_lost_rows_is_stopped() -> None:
    frame = text_rows(LongThings, {"thing_id": "tng-0001"})
    assert assert_same(LongThings, frame, previous_rows=10).blocked


@pytest.mark.parametrize("table", [Things, Cities])
def test_a_table_that_needs_all_rows_at_once_is_refused(
    table: type[Things] | type[Cities], tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="as a whole"):
        check_parquet(table, tmp_path / "s", {}, tmp_path / "a", tmp_path / "r")


def test_what_was_accepted_before_stays_when_a_check_fails(tmp_path: Path) -> None:
    source, kept = tmp_path / "source.parquet", tmp_path / "accepted.parquet"
    text_rows(Visits, VISIT).write_parquet(source)
    kept.write_bytes(b"what was accepted before")
    with pytest.raises(KeyError):
        check_parquet(Visits, source, {}, kept, tmp_path / "rejected.parquet")
    assert kept.read_bytes() == b"what was accepted before"
    assert sorted(path.name for path in tmp_path.iterdir()) == [kept.name, source.name]


@settings(max_examples=10)
@given(things_frames(), st.integers(1, 30))
def test_rows_in_pieces_are_judged_as_all_together(frame: pl.DataFrame, length: int) -> None:
    judged_pieces(LongThings, [frame.clear(), *frame.iter_slices(length)])


def test_one_piece_without_a_column_stops_the_table() -> None:
    good = text_rows(Visits, VISIT)
    pieces = [good, good.drop("day")]
    with TemporaryDirectory() as name:
        kept, set_aside = Path(name) / "accepted.parquet", Path(name) / "rejected.parquet"
        known = Path(name) / "cities.parquet"
        KNOWN["cities"].write_parquet(known)
        report = check_pieces(Visits, lambda: iter(pieces), {"cities": known}, kept, set_aside)
        assert pl.read_parquet(kept).is_empty()
    assert [finding.rule for finding in report.findings] == ["missing_column"]
    assert (report.blocked, report.rows, report.accepted_rows) == (True, 2, 0)


def test_a_rule_over_the_whole_table_is_asked_of_the_accepted_rows_at_rest() -> None:
    years = [("0001", 2000), ("0001", 2002), ("0001", 2003), ("0002", 1995), ("0002", 2010)]
    bad = {**VISIT, "year": "2001", "colour": "green"}
    rows = [bad, *({**VISIT, "city_id": city, "year": str(year)} for city, year in years)]
    frame = text_rows(ScannedVisits, *rows)
    for length in (1, 4, 100):
        report = judged_pieces(ScannedVisits, list(frame.iter_slices(length)))
        assert report.blocked
        gap = next(finding for finding in report.findings if finding.rule == "no_gap")
        assert (gap.count, gap.places) == (2, ("0001 | 2002", "0002 | 2010"))


def test_no_table_refers_to_one_that_may_be_longer_than_memory() -> None:
    with pytest.raises(ValueError, match="longer than memory"):
        type("Leaning", (Table,), {"year": reference(ScannedVisits.year, "rok", *TEXTS)})
