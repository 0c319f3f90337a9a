"""The period that a data set speaks of comes from its rows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from exports.listing import Entry, Listing
from exports.period import covered
from tests.exports.catalogued import whole_listing
from tests.exports.sample import Places, Visits, frames, parquet


def test_first_and_last_day_of_the_rows(tmp_path: Path) -> None:
    assert covered([Places, Visits], parquet(tmp_path)) == (date(2017, 6, 20), date(2024, 1, 2))


def test_a_data_set_without_dates_has_no_period_of_its_own(tmp_path: Path) -> None:
    assert covered([Visits], parquet(tmp_path)) is None
    empty = {"places": frames()["places"].clear()}
    assert covered([Places], parquet(tmp_path / "empty", empty)) is None


def _without_period(slug: str) -> tuple[Listing, Entry]:
    """A listing in which one data set has no period and each other has a year of its own."""
    entries = [
        replace(entry, period=(date(2001 + n, 1, 1), date(2001 + n, 12, 31)))
        for n, entry in enumerate(whole_listing().entries)
    ]
    bare = next(entry for entry in entries if entry.dataset.slug == slug)
    bare = replace(bare, period=None)
    kept = tuple(bare if entry.dataset is bare.dataset else entry for entry in entries)
    return replace(whole_listing(), entries=kept), bare


def test_a_data_set_without_a_period_has_that_of_those_it_refers_to() -> None:
    listing, plans = _without_period("mid")
    periods = {entry.dataset.slug: entry.period for entry in listing.entries}
    # Its rows refer to documents, participations and editions alone.
    near = [periods["kronika"], periods["miasta-i-sieci"]]
    assert listing.period_of(plans) == (
        min(period[0] for period in near if period),
        max(period[1] for period in near if period),
    )
    other = next(entry for entry in listing.entries if entry is not plans)
    assert listing.period_of(other) == other.period


def test_a_data_set_that_refers_to_none_has_the_period_of_all() -> None:
    listing, plans = _without_period("mid")
    alone = replace(plans, files=())
    assert listing.period_of(alone) == (date(2001, 1, 1), date(2007, 12, 31))
    assert replace(listing, entries=(alone,)).period_of(alone) is None
