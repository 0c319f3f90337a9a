"""Taking back: a tombstone where the file was, and no way back for it."""

import json
from datetime import date
from pathlib import Path

import pytest

from exports.release.withdrawal import Withdrawal
from schemas.errors import PimError
from schemas.text import Text
from tests.exports.releasing import Place, enough, judged, later

REASON = Text("Dane <osobowe>", "Personal data")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two releases: the second no longer offers a file of the first."""
    found = Place(tmp_path_factory.mktemp("withdrawn") / "data")
    found.build()
    found.release()
    found.build(later(enough()))
    found.release()
    return found


def old_file(place: Place) -> str:
    """A file that only the first release offers."""
    first, second = (place.releases / name for name in ("2026.11.0", "2026.11.1"))
    told = [json.loads((tree / "manifest.json").read_bytes()) for tree in (first, second)]
    offered = [set(one["datasets"][0]["files"].values()) for one in told]
    return str(min(offered[0] - offered[1]))


def test_a_tombstone_says_when_and_why_and_the_file_is_gone(place: Place) -> None:
    address = old_file(place)
    place.withdrawals = (Withdrawal(address, date(2026, 11, 25), REASON),)
    place.build(later(enough()))
    composed = place.release()
    grave = composed.tree / address
    assert grave.is_dir()
    page = (grave / "index.html").read_text()
    assert "2026-11-25" in page
    assert "Dane &lt;osobowe&gt;" in page
    assert json.loads((grave / "index.json").read_bytes())["withdrawn"]["address"] == address
    assert json.loads((composed.tree / "withdrawn.json").read_bytes())["withdrawn"]
    assert judged(composed.tree).problems == ()
    assert [text.pl for text in composed.changes.summary] == [f"Wycofano {address}: Dane <osobowe>"]


def test_the_next_release_does_not_bring_it_back(place: Place) -> None:
    frames = later(enough())
    place.build(frames | {"visits": frames["visits"].head(60)})
    composed = place.release()
    assert (composed.tree / old_file(place)).is_dir()
    assert judged(composed.tree).problems == ()
    assert not [text for text in composed.changes.summary if "Wycofano" in text.pl]


def test_the_same_bytes_cannot_come_back_by_being_built_again(place: Place) -> None:
    place.build()
    with pytest.raises(PimError, match="PIM-REL-007"):
        place.release()


def test_a_line_that_is_deleted_brings_nothing_back(place: Place) -> None:
    lines, place.withdrawals = place.withdrawals, ()
    place.build(later(enough()))
    try:
        with pytest.raises(PimError, match="PIM-REL-006"):
            place.release()
    finally:
        place.withdrawals = lines


def test_what_is_still_built_cannot_be_withdrawn(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.build()
    for address in ("proba/", "proba/miejsca.csv", "pim.duckdb"):
        place.withdrawals = (Withdrawal(address, date(2026, 11, 25), REASON),)
        with pytest.raises(PimError, match="PIM-REL-007"):
            place.release()


@pytest.mark.parametrize(
    ("address", "path", "covered"),
    [
        ("files/a.csv", "files/a.csv", True),
        ("files/a.csv", "files/a.csv.x", False),
        ("files/", "files/a.csv", True),
        ("files", "files/a.csv", False),
        ("files/a/", "files/ab/c", False),
    ],
)
def test_an_address_covers_itself_or_what_is_below(address: str, path: str, covered: bool) -> None:
    assert Withdrawal(address, date(2026, 1, 1), REASON).covers(path) is covered
