"""A value that changed is a new revision beside the old one, never in its place: point 20."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.bdl.merging import merge_into
from sources.bdl.observations import KEY, OBSERVED, plain_digits
from sources.bdl.revisions import (
    ORDER,
    REVISED,
    Counts,
    latest,
    merge,
    nothing_kept,
    with_newest,
)

DAY = date(2025, 5, 1)


def capture(*rows: dict[str, object], day: date = DAY) -> pl.DataFrame:
    base: dict[str, object] = {
        "city": "cit-0001",
        "variable_id": 7,
        "year": 2020,
        "value": "1",
        "attribute": "1",
        "unit_id": "030210365011",
        "level": 6,
        "of_today": True,
        "source_date": day,
        "retrieved_on": day,
        "answer": "a" * 64,
    }
    return pl.DataFrame([{**base, **row} for row in rows], schema=dict(OBSERVED))


def shown(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    return frame.select("year", "revision", "value", "attribute", "source_date").rows()


def test_point_20_a_changed_value_is_a_new_revision_with_its_date() -> None:
    later = DAY + timedelta(days=40)
    first = merge(nothing_kept(), capture({}))
    second = merge(first.kept, capture({"value": "2"}, day=later))
    assert shown(second.kept) == [(2020, 1, "1", "1", DAY), (2020, 2, "2", "1", later)]
    assert second.counts == Counts(revised=1)
    assert shown(latest(second.kept)) == [(2020, 2, "2", "1", later)]


@pytest.mark.parametrize("length", [1, 2, 3, 100])
def test_point_20_the_newest_revision_is_found_wherever_pieces_are_cut(length: int) -> None:
    rows: list[dict[str, object]] = [
        {"city": city, "year": year} for city in ("cit-1", "cit-2") for year in (2020, 2021)
    ]
    kept = merge(nothing_kept(), capture(*rows)).kept
    for day, cities in ((1, ("cit-1", "cit-2")), (2, ("cit-2",))):
        later = [capture({"city": city, "year": 2021, "value": f"{day}0"}) for city in cities]
        dated = pl.concat(later).with_columns(retrieved_on=DAY + timedelta(days=day))
        kept = merge(kept, dated).kept
    found = pl.concat(with_newest(kept.iter_slices(length)))
    assert found.drop("newest").equals(kept)
    assert found.filter("newest").drop("newest").equals(latest(kept))
    assert found.filter(~pl.col("newest")).select("city", "revision").rows() == [
        ("cit-1", 1),
        ("cit-2", 1),
        ("cit-2", 2),
    ]
    assert pl.concat(with_newest([])).is_empty()


def test_point_20_a_changed_attribute_is_a_revision_too() -> None:
    kept = merge(nothing_kept(), capture({"attribute": "9"})).kept
    assert merge(kept, capture({"attribute": "1"})).counts == Counts(revised=1)


def test_point_20_a_new_date_alone_is_none() -> None:
    kept = merge(nothing_kept(), capture({})).kept
    again = merge(kept, capture({}, day=DAY + timedelta(days=400)))
    assert again.kept.equals(kept)
    assert again.counts == Counts(unchanged=1)


def test_point_20_a_value_that_came_back_is_a_third_revision() -> None:
    kept = nothing_kept()
    for days, value in enumerate(["1", "2", "1"]):
        kept = merge(kept, capture({"value": value}, day=DAY + timedelta(days=days))).kept
    assert kept["value"].to_list() == ["1", "2", "1"]
    assert kept["revision"].to_list() == [1, 2, 3]


@pytest.mark.parametrize("column", ["source_date", "retrieved_on"])
def test_point_20_an_old_answer_never_becomes_a_new_revision(column: str) -> None:
    kept = merge(nothing_kept(), capture({"value": "2"})).kept
    old = merge(kept, capture({"value": "1", column: DAY - timedelta(days=1)}))
    assert old.kept.equals(kept)
    assert old.counts == Counts(stale=1)


def test_point_20_a_value_that_is_no_longer_given_stays_and_is_counted() -> None:
    kept = merge(nothing_kept(), capture({}, {"year": 2021})).kept
    after = merge(kept, capture({"year": 2021}))
    assert after.kept.equals(kept)
    assert after.counts == Counts(unchanged=1, absent=1)


def test_point_20_a_city_that_was_not_asked_is_not_called_absent() -> None:
    kept = merge(nothing_kept(), capture({}, {"city": "cit-0002"})).kept
    assert merge(kept, capture({})).counts == Counts(unchanged=1)


def test_point_20_a_value_that_appears_where_there_was_none_is_a_revision() -> None:
    kept = merge(nothing_kept(), capture({"value": "0", "attribute": "50"})).kept
    after = merge(kept, capture({"value": "12"}, day=DAY + timedelta(days=9)))
    assert after.counts == Counts(revised=1)


def test_two_rows_for_one_value_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="one row"):
        merge(nothing_kept(), capture({}, {"value": "2"}))


@pytest.mark.parametrize(
    ("first", "second"), [("12.50", "12.5"), ("12.0", "12"), ("-0", "0"), ("0.00", "0")]
)
def test_zeros_that_say_nothing_are_no_difference(first: str, second: str) -> None:
    digits = pl.DataFrame({"v": [first, second]}).select(plain_digits(pl.col("v"))).to_series()
    assert digits[0] == digits[1]


@pytest.mark.parametrize("text", ["100", "1200", "0", "0.05", "-3.1"])
def test_zeros_that_say_something_stay(text: str) -> None:
    assert pl.select(plain_digits(pl.lit(text))).item() == text


cells = st.fixed_dictionaries(
    {
        "variable_id": st.integers(1, 3),
        "year": st.integers(2018, 2021),
        "value": st.sampled_from(["0", "1", "2.5", None]),
        "attribute": st.sampled_from(["1", "4", "9"]),
    }
)
captures = st.lists(
    st.lists(cells, max_size=8, unique_by=lambda cell: (cell["variable_id"], cell["year"])),
    max_size=5,
)


@given(captures)
def test_point_20_no_capture_ever_changes_or_drops_what_was_kept(
    given_captures: list[list[dict[str, object]]],
) -> None:
    kept = nothing_kept()
    for days, rows in enumerate(given_captures):
        fresh = capture(*rows, day=DAY + timedelta(days=days))
        after = merge(kept, fresh).kept
        assert after.join(kept, on=[*KEY, "revision"], how="semi").equals(kept)
        assert after.equals(after.sort(ORDER))
        assert (
            after["revision"].to_list()
            == after.select(pl.int_range(1, pl.len() + 1).over(KEY)).to_series().to_list()
        ), "revisions are counted without gaps"
        now = latest(after).join(fresh, on=list(KEY), how="semi").select(OBSERVED.keys())
        columns = [*KEY, "value", "attribute"]
        assert now.select(columns).sort(KEY).equals(fresh.select(columns).sort(KEY))
        again = merge(after, fresh)
        assert again.kept.equals(after), "the same capture again changes nothing"
        assert again.counts == Counts(unchanged=fresh.height, absent=again.counts.absent)
        kept = after


@given(given_captures=captures, batch_rows=st.integers(1, 30))
@settings(max_examples=20)
def test_merging_files_in_pieces_gives_what_merging_frames_gives(
    tmp_path_factory: pytest.TempPathFactory,
    given_captures: list[list[dict[str, object]]],
    batch_rows: int,
) -> None:
    folder = tmp_path_factory.mktemp("merging")
    kept, counts = nothing_kept(), Counts()
    file_counts = Counts()
    for days, rows in enumerate(given_captures):
        fresh = capture(*rows, day=DAY + timedelta(days=days))
        merged = merge(kept, fresh)
        kept, counts = merged.kept, counts + merged.counts
        parts = [folder / f"part-{half}.parquet" for half in range(2)]
        fresh.head(3).write_parquet(parts[0])
        fresh.slice(3).write_parquet(parts[1])
        file_counts += merge_into(folder / "P1.parquet", parts, batch_rows=batch_rows)
    assert file_counts == counts
    if kept.height:
        assert pl.read_parquet(folder / "P1.parquet").equals(kept)
        assert dict(pl.read_parquet_schema(folder / "P1.parquet")) == dict(REVISED)


def test_a_capture_without_news_leaves_the_bytes_alone(tmp_path: Path) -> None:
    target, part = tmp_path / "P1.parquet", tmp_path / "part.parquet"
    capture({}).write_parquet(part)
    merge_into(target, [part])
    before = target.stat().st_mtime_ns, target.read_bytes()
    capture({}, day=DAY + timedelta(days=30)).write_parquet(part)
    merge_into(target, [part])
    assert (target.stat().st_mtime_ns, target.read_bytes()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["P1.parquet", "part.parquet"]
