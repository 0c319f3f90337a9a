"""The period that a data set speaks of comes from its rows."""

from datetime import date
from pathlib import Path

from exports.period import covered
from tests.exports.sample import Places, Visits, frames, parquet


def test_first_and_last_day_of_the_rows(tmp_path: Path) -> None:
    assert covered([Places, Visits], parquet(tmp_path)) == (date(2017, 6, 20), date(2024, 1, 2))


def test_a_data_set_without_dates_has_no_period_of_its_own(tmp_path: Path) -> None:
    assert covered([Visits], parquet(tmp_path)) is None
    empty = {"places": frames()["places"].clear()}
    assert covered([Places], parquet(tmp_path / "empty", empty)) is None
