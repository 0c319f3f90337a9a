"""Points 16, 24 to 26, 30, 32 and 33 of dane.gov.pl: addresses, md5, and the files behind them."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exports.danegov.case import Case
from exports.danegov.choosing import choose
from exports.danegov.feed import checksum, feed, write_feed
from exports.danegov.reading import parse_feed
from exports.danegov.rules import MAX_BYTES
from exports.danegov.sniffing import looks_like
from exports.publication import Publication
from exports.release.pointer import publish
from tests.exports.breaking import copied, good_case, keeps, results, rewritten, swapped
from tests.exports.offered import PUBLICATION, rows, small_release


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return good_case(tmp_path_factory.mktemp("good"))


@pytest.fixture
def case(good: Case, tmp_path: Path) -> Case:
    """A copy that a test may break."""
    return copied(good, tmp_path / "public")


def offered(case: Case, ident: str) -> Path:
    return case.tree / case.offers[ident][1].path


def test_point_16_same_data_keep_address_and_identifier(good: Case, tmp_path: Path) -> None:
    again = small_release(tmp_path / "public")
    assert feed(again) == feed(good.listing)


def test_point_16_new_bytes_get_a_new_address_and_keep_the_identifier(
    good: Case, tmp_path: Path
) -> None:
    again = small_release(tmp_path / "public", rows(edition=1))
    write_feed(again, tmp_path / "public" / "danegov")
    before, after = parse_feed(feed(good.listing)), parse_feed(feed(again))
    assert before.addresses.keys() == after.addresses.keys()
    assert all(before.addresses[ident] != after.addresses[ident] for ident in before.addresses)
    assert keeps(Case(tmp_path / "public", again, previous=good.tree), 16)


def test_point_16_other_bytes_behind_the_same_address(case: Case) -> None:
    path = offered(case, "places.csv")
    path.write_bytes(path.read_bytes().replace(b"Miejsce 100", b"Miejsce 999"))
    assert not keeps(case, 16)


def test_point_16_a_new_address_of_the_same_bytes(good: Case, case: Case) -> None:
    entry = case.listing.entries[0]
    old = case.offers["places.csv"][1]
    renamed = replace(old, path=old.path.replace("places-csv", "miejsca"))
    shutil.move(case.tree / old.path, case.tree / renamed.path)
    files = tuple(renamed if offer is old else offer for offer in entry.files)
    listing = replace(case.listing, entries=(replace(entry, files=files),))
    write_feed(listing, case.tree / "danegov")
    moved = replace(case, listing=listing)
    assert keeps(moved, 16)
    assert not keeps(replace(moved, previous=good.tree), 16)


def test_point_16_an_address_without_the_hash_of_its_bytes(case: Case) -> None:
    old = offered(case, "places.csv")
    new = old.with_name("places-csv-0123456789abcdef.csv")
    shutil.copyfile(old, new)
    assert not keeps(rewritten(case, swapped(old.name, new.name)), 16)


@pytest.mark.parametrize("way", ["../x", "/etc/hostname", "", "danegov/../../x"])
def test_an_address_never_leads_out_of_the_tree(good: Case, way: str) -> None:
    assert good.file_of(f"{PUBLICATION.base_url}{way}") is None


def test_point_24_the_md5_is_missing(case: Case) -> None:
    case.md5_path.unlink()
    assert not keeps(case, 24)
    assert not keeps(case, 25)


def test_point_24_a_long_address_of_the_feed(good: Case) -> None:
    publication = replace(PUBLICATION, base_url=f"https://pim.example.org/{'a' * 180}/")
    assert not keeps(replace(good, listing=replace(good.listing, publication=publication)), 24)


BODIES: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "33 digits": lambda told: f"0{told}",
    "31 digits": lambda told: told[1:],
    "a name beside it": lambda told: f"{told.strip()}  harvester.xml\n",
    "of another file": lambda told: f"{checksum(b'')}\n",
    "empty": lambda told: "",
    "a line more": lambda told: f"{told}\n",
}


@pytest.mark.parametrize("name", BODIES)
def test_point_25_a_wrong_md5_is_found(case: Case, name: str) -> None:
    case.md5_path.write_text(BODIES[name](case.md5_path.read_text("ascii")), encoding="ascii")
    assert not keeps(case, 25)


def test_point_25_one_byte_of_the_xml_changed(case: Case) -> None:
    assert not keeps(rewritten(case, swapped("Zbiór", "Zbior"), seal=False), 25)


def test_point_26_a_link_is_no_part_of_one_release(case: Case, tmp_path: Path) -> None:
    elsewhere = tmp_path / "harvester.md5"
    case.md5_path.rename(elsewhere)
    case.md5_path.symlink_to(elsewhere)
    assert not keeps(case, 26)


def test_point_26_a_reader_that_polls_never_sees_a_mixed_pair(tmp_path: Path) -> None:
    drafts = []
    for edition in range(2):
        listing = small_release(tmp_path / f"packages-{edition}", rows(edition=edition))
        # Only the two files: what else a release has is flushed to the disk each time.
        drafts.append(tmp_path / f"draft-{edition}")
        write_feed(listing, drafts[-1] / "danegov")
    public, done = tmp_path / "public", threading.Event()
    pairs: list[tuple[bytes, bytes]] = []
    publish(drafts[0], tmp_path / "releases", public, "0")

    def poll() -> None:
        while not done.wait(0.0005):
            # As a web server does: the link is followed once for a request's folder.
            folder = public.resolve() / "danegov"
            pairs.append(
                ((folder / "harvester.md5").read_bytes(), (folder / "harvester.xml").read_bytes())
            )

    reader = threading.Thread(target=poll)
    reader.start()
    for turn in range(1, 16):
        publish(drafts[turn % 2], tmp_path / "releases", public, str(turn % 2))
    done.set()
    reader.join()
    assert len(pairs) > 10
    assert all(told.decode().strip() == checksum(content) for told, content in pairs)


def test_point_30_a_file_of_the_last_release_is_gone(good: Case, tmp_path: Path) -> None:
    public = tmp_path / "public"
    again = small_release(public, rows(edition=1))
    write_feed(again, public / "danegov")
    case = Case(public, again, previous=good.tree)
    assert not keeps(case, 30)
    for old in (good.tree / "pliki").iterdir():
        if not (public / "pliki" / old.name).exists():
            shutil.copyfile(old, public / "pliki" / old.name)
    assert keeps(case, 30)


CONTENTS: dict[str, tuple[str, bytes]] = {
    "JSON as CSV": ("places.csv", b'[\n{"a": 1}\n]\n'),
    "web page as CSV": ("places.csv", b"<html>\n</html>\n"),
    "archive as CSV": ("places.csv", b"PK\x03\x04\x00\x00"),
    "CSV as JSON-LD": ("places.jsonld", b"a,b\n1,2\n"),
    "JSON without a context": ("places.jsonld", b'{"a": 1}'),
    "JSON-LD cut off": ("places.jsonld", b'{"@context": {'),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_point_32_content_is_not_what_the_ending_says(case: Case, name: str) -> None:
    ident, content = CONTENTS[name]
    offered(case, ident).write_bytes(content)
    assert not keeps(case, 32)


def test_point_32_a_broken_dictionary(case: Case) -> None:
    supplement = case.listing.entries[0].supplements[0]
    (case.tree / supplement.path).write_bytes(b"x" * 2000)
    assert not keeps(case, 32)


def test_point_32_a_format_that_the_portal_does_not_know(case: Case) -> None:
    old = offered(case, "places.csv")
    shutil.copyfile(old, old.with_suffix(".parquet"))
    changed = rewritten(case, swapped(old.name, old.with_suffix(".parquet").name))
    assert not keeps(changed, 32)


@pytest.mark.parametrize(
    ("content", "ending", "good"),
    [
        (b"@prefix a: <https://x/> .\n", "ttl", True),
        (b"a,b\n", "ttl", False),
        (b'{"type": "FeatureCollection", "features": []}', "geojson", True),
        (b'{"type": "Feature"}', "geojson", False),
        (b"a,b\n1,2\n", "csv", True),
        (b"a,b\n1,\x00\n", "csv", False),
    ],
)
def test_point_32_formats_by_their_bytes(
    tmp_path: Path, content: bytes, ending: str, good: bool
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert looks_like(path, ending) is good


def test_point_33_a_small_table_stays_on_our_own_site_and_is_named(good: Case) -> None:
    assert b"visits" not in good.xml_path.read_bytes()
    (result,) = results(good, 33)
    assert result.passed
    assert [note.place for note in result.notes] == ["visits.csv", "visits.jsonld"]
    assert "1024" in result.notes[0].what.pl


def test_point_33_empty_and_huge_tables_stay_too(good: Case) -> None:
    entry = good.listing.entries[0]
    files = tuple(
        replace(offer, rows=0)
        if offer.ident == "visits.csv"
        else replace(offer, bytes=MAX_BYTES + 1)
        if offer.ident == "places.jsonld"
        else offer
        for offer in entry.files
    )
    choice = choose(replace(good.listing, entries=(replace(entry, files=files),)))
    assert [offer.ident for offer in choice.offers] == ["places.csv"]
    assert {left.offer.ident for left in choice.left_out} == {
        "visits.csv",
        "visits.jsonld",
        "places.jsonld",
    }


def test_point_33_a_listed_file_below_the_limit(case: Case) -> None:
    old = offered(case, "places.csv")
    path = old.with_name("places-csv-0123456789abcdef.csv")
    path.write_bytes(b"a\n1\n")
    assert not keeps(rewritten(case, swapped(old.name, path.name)), 33)


def test_a_base_address_without_https_is_found(good: Case, case: Case) -> None:
    publication = Publication("2026.11.0", PUBLICATION.date, base_url="http://pim.example.org/")
    listing = replace(case.listing, publication=publication)
    write_feed(listing, case.tree / "danegov")
    assert not keeps(replace(case, listing=listing), 15)
