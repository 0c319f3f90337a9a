"""A release: everything published before stays, what is new is told, and the bytes repeat."""

import json
from datetime import date
from pathlib import Path

import pytest

from exports.release.entries import read_listing
from exports.release.told import read_manifest
from schemas.errors import PimError
from tests.exports.releasing import DATASETS, DAY, Place, enough, judged, later


@pytest.fixture
def place(tmp_path: Path) -> Place:
    found = Place(tmp_path / "data")
    found.build()
    return found


def tree_bytes(tree: Path) -> dict[str, bytes]:
    """Every file, but for those whose bytes vary."""
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in tree.rglob("*")
        if path.is_file() and path.suffix != ".duckdb" and path.name != "SHA256SUMS"
    }


def test_a_release_holds_all_that_readers_look_for_and_is_good(place: Place) -> None:
    tree = place.release().tree
    verdict = judged(tree)
    assert verdict.problems == ()
    assert verdict.version == "2026.11.0"
    names = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    assert {
        "proba/datapackage.json",
        "en/proba/places.csv",
        "proba/miejsca.jsonld",
        "proba/slownik.odt",
        "pim.duckdb",
        "danegov/harvester.xml",
        "danegov/harvester.md5",
        "catalog.ttl",
        "catalog.rdf",
        "catalog.jsonld",
        "catalog-2.1.ttl",
        "index.html",
        "en/index.html",
        "proba/index.html",
        "en/proba/index.html",
        "CITATION.cff",
        "schema.org.jsonld",
        "CHANGELOG.pl.md",
        "CHANGELOG.en.md",
        "changes/changes.json",
        "changes/changes.schema.json",
        "changes/zmiany.html",
        "changes/changes.html",
        "changes/zmiany.atom",
        "changes/changes.atom",
        "versions/2026.11.0/manifest.json",
        "versions/2026.11.0/changes.json",
        "manifest.json",
        "SHA256SUMS",
    } <= names
    assert not [name for name in names if ".tmp" in name or "spill" in name]


def test_what_is_offered_has_the_hash_of_its_bytes_in_its_name(place: Place) -> None:
    composed = place.release()
    for entry in composed.listing.entries:
        offers = [*entry.files, *entry.supplements]
        assert {offer.format for offer in offers} == {"csv", "jsonld", "parquet", "odt"}
        for offer in offers:
            assert offer.sha256[:12] in offer.path
            assert (composed.tree / offer.path).stat().st_size == offer.bytes
        assert len({offer.ident for offer in offers}) == len(offers)


def test_the_listing_is_read_back_from_the_folder(place: Place) -> None:
    composed = place.release()
    assert read_listing(composed.tree, DATASETS) == composed.listing


def test_the_same_build_in_another_folder_gives_the_same_bytes(
    place: Place, tmp_path: Path
) -> None:
    twin = Place(tmp_path / "other")
    for one in (place, twin):
        one.build()
        one.release()
        one.build(later(enough()))
        one.release(date(2026, 12, 1))
    for version in ("2026.11.0", "2026.12.0"):
        assert tree_bytes(place.releases / version) == tree_bytes(twin.releases / version)


def test_a_release_restamps_what_the_build_gave_another_version(place: Place) -> None:
    place.release()
    place.build(later(enough()))  # stamped 2026.11.0
    second = place.release().tree
    fresh = json.loads((second / "proba" / "datapackage.json").read_bytes())
    assert fresh["version"] == "2026.11.1"
    assert "2026.11.1 z 2026-11-24" in (second / "proba" / "README.md").read_text()
    assert judged(second).problems == ()


def test_every_address_stays_alive(place: Place) -> None:
    first = place.release().tree
    place.build(later(enough()))
    second = place.release().tree
    assert read_manifest(first).files.keys() <= read_manifest(second).files.keys()
    kept = [path for path in first.rglob("*") if path.is_file() and "files" in path.parts]
    for path in kept:
        again = second / path.relative_to(first)
        assert again.read_bytes() == path.read_bytes()
        assert again.stat().st_ino == path.stat().st_ino, "hard links cost no room"
    assert (second / "versions" / "2026.11.0" / "manifest.json").read_bytes() == (
        first / "manifest.json"
    ).read_bytes()


def test_an_address_that_would_disappear_stops_the_release(place: Place) -> None:
    place.release()
    place.build(later(enough()))
    staging = place.root / "work" / "staging"
    gone = "proba/README.en.md"
    (staging / gone).unlink()
    told = json.loads((staging / "manifest.json").read_bytes())
    told["files"] = [one for one in told["files"] if one["path"] != gone]
    (staging / "manifest.json").write_text(json.dumps(told))
    with pytest.raises(PimError, match="PIM-REL-006"):
        place.release()
    assert [path.name for path in place.releases.iterdir()] == ["2026.11.0"]


def test_a_staged_file_that_was_touched_stops_the_release(place: Place) -> None:
    (place.root / "work" / "staging" / "proba" / "miejsca.csv").write_text("x")
    with pytest.raises(PimError, match="PIM-REL-002"):
        place.release()
    assert place.current is None


def test_days_and_versions_of_a_data_set_go_by_what_changed(place: Place) -> None:
    place.release()
    place.build(later(enough()))
    (entry,) = place.release(date(2026, 12, 1)).listing.entries
    assert (entry.issued, entry.modified, entry.version) == (DAY, date(2026, 12, 1), "1.0.0")
    place.build(later(enough()))
    (entry,) = place.release(date(2026, 12, 8)).listing.entries
    assert entry.modified == date(2026, 12, 1)


def test_changes_are_told_as_data_and_in_sentences(place: Place) -> None:
    place.release()
    place.build(later(enough()))
    changes = place.release().changes
    assert {text.pl for text in changes.summary} == {
        "Przybyło 1 miejsce: Żory.",
        'Łódź (miejsce): „Nazwa” poprawiono z „Łódź; "Nowa", #1” na „Łódź”.',
        "dwie linie 🙂 (miejsce): „Ludność” uzupełniono: 7.",
        "Ubyła 1 wizyta: wcięta, 01.",
    }
    tables = {one["table"]: one for one in changes.data["tables"]}  # type: ignore[attr-defined]
    assert tables["places"]["columns"] == {
        "place_name": {"gained": 0, "lost": 0, "corrected": 1},
        "people": {"gained": 1, "lost": 0, "corrected": 0},
    }
    assert tables["visits"]["removed_rows"][0]["row"]["number"] == "159"
    assert changes.data["severity"] == "loss"
