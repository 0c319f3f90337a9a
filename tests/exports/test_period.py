"""The period that a data set speaks of comes from its rows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from exports.period import covered
from tests.exports.catalogued import whole_listing
from tests.exports.sample import Places, Visits, frames, parquet


def test_first_and_last_day_of_the_rows(tmp_path: Path) -> None:
    assert covered([Places, Visits], parquet(tmp_path)) == (date(2017, 6, 20), date(2024, 1, 2))


def test_a_data_set_without_dates_has_no_period_of_its_own(tmp_path: Path) -> None:
    assert covered([Visits], parquet(tmp_path)) is None
    empty = {"places": frames()["places"].clear()}
    assert covered([Places], parquet(tmp_path / "empty", empty)) is None


def test_a_data_set_without_a_period_has_that_of_all_others() -> None:
    listing = whole_listing()
    first, second, *others = listing.entries
    early = replace(first, period=(date(2010, 1, 1), date(2012, 12, 31)))
    bare = replace(second, period=None)
    mixed = replace(listing, entries=(early, bare, *others))
    assert mixed.period_of(early) == (date(2010, 1, 1), date(2012, 12, 31))
    assert mixed.period_of(bare) == (date(2010, 1, 1), date(2026, 12, 31))
    assert replace(listing, entries=(bare,)).period_of(bare) is None
