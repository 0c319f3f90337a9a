"""Fifty ways to break a good release: `verify` or the points of dane.gov.pl find every one.

The first half are accidents, found by the manifest alone. The second half is what a forger does
who mends manifest and checksums afterwards, and has no key: found by what the parts of a release
say of each other.
"""

import gzip
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from exports.danegov.checking import check_points
from exports.dcat.rules import catalogue_problems
from exports.landing.reading import page_problems
from exports.release.entries import read_listing
from exports.validate import check_package
from schemas.errors import PimError
from tests.exports.releasing import DATASETS, Place, judged, reseal

Break = Callable[[Path], None]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("good") / "data")
    place.build()
    return place.release().tree


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "2026.11.0"))


def replaced(path: str, old: str, new: str) -> Break:
    """Put another text in place of the first one that fits."""

    def change(tree: Path) -> None:
        text = (tree / path).read_text(encoding="utf-8")
        assert re.search(old, text), f"{old} is not in {path}"
        (tree / path).write_text(re.sub(old, new, text, count=1), encoding="utf-8")

    return change


def appended(path: str, data: bytes) -> Break:
    def change(tree: Path) -> None:
        (tree / path).write_bytes((tree / path).read_bytes() + data)

    return change


def written(path: str, text: str) -> Break:
    def change(tree: Path) -> None:
        (tree / path).write_text(text)

    return change


def flipped(path: str) -> Break:
    def change(tree: Path) -> None:
        data = bytearray((tree / path).read_bytes())
        data[len(data) // 2] ^= 1
        (tree / path).write_bytes(bytes(data))

    return change


def removed(path: str) -> Break:
    return lambda tree: (tree / path).unlink()


def one(tree: Path, pattern: str) -> Path:
    """The one file that fits a pattern."""
    return min(tree.glob(pattern))


def swapped(tree: Path) -> None:
    csv, odt = one(tree, "files/proba/miejsca.*.csv"), one(tree, "files/proba/slownik.*.odt")
    data = csv.read_bytes()
    csv.write_bytes(odt.read_bytes())
    odt.write_bytes(data)


def linked(tree: Path) -> None:
    (tree / "proba" / "miejsca.csv").unlink()
    (tree / "proba" / "miejsca.csv").symlink_to("miejsca.parquet")


def other_database(tree: Path) -> None:
    shutil.copyfile(tree / "catalog.ttl", tree / "pim.duckdb")


def packed(tree: Path) -> None:
    path = tree / "danegov" / "harvester.xml"
    path.write_bytes(gzip.compress(path.read_bytes()))


ACCIDENTS: dict[str, Break] = {
    "a byte of a CSV": flipped("proba/miejsca.csv"),
    "a byte of a Parquet": flipped("en/proba/visits.parquet"),
    "a byte of the XML": flipped("danegov/harvester.xml"),
    "a byte of a document": flipped("proba/slownik.odt"),
    "a byte of a catalogue": flipped("catalog.rdf"),
    "a byte of the linked data": flipped("proba/miejsca.jsonld"),
    "a CSV with a line more": appended("proba/wizyty.csv", b"plc-0001,x,1,.,-\n"),
    "a CSV cut off": lambda tree: os.truncate(tree / "proba/wizyty.csv", 40),
    "an empty feed": written("danegov/harvester.xml", ""),
    "a missing CSV": removed("en/proba/places.csv"),
    "a missing md5": removed("danegov/harvester.md5"),
    "a missing catalogue": removed("catalog-2.1.ttl"),
    "a missing manifest": removed("manifest.json"),
    "a missing list of sums": removed("SHA256SUMS"),
    "a missing kept manifest": removed("versions/2026.11.0/manifest.json"),
    "a missing database": removed("pim.duckdb"),
    "a file that nobody knows": written("proba/new.csv", "a\n"),
    "a signature that nobody knows": written("x.minisig", "a"),
    "a link instead of a file": linked,
    "two files changed places": swapped,
    "a compressed feed": packed,
    "a broken database": flipped("pim.duckdb"),
    "another database": other_database,
    "a hash in the manifest": replaced(
        "manifest.json", '"sha256": "[0-9a-f]{4}', '"sha256": "0000'
    ),
    "a size in the manifest": replaced("manifest.json", '"bytes": ', '"bytes": 1'),
    "a path out of the manifest": replaced("manifest.json", '"path": "', '"path": "../'),
    "a manifest of the future": replaced("manifest.json", '"format": 1', '"format": 2'),
    "a manifest that is no JSON": appended("manifest.json", b"}"),
    "another content id": replaced("manifest.json", '"content_id": ".', '"content_id": "0'),
    "another version": replaced("manifest.json", '"version": "2026', '"version": "2027'),
    "a line in the sums": replaced("SHA256SUMS", "^.{4}", "0000"),
    "a line out of the sums": replaced("SHA256SUMS", "^.*\n", ""),
    "the changelog": appended("CHANGELOG.pl.md", b"\n- nic\n"),
}


@pytest.mark.parametrize("name", ACCIDENTS)
def test_an_accident_is_found(copy: Path, name: str) -> None:
    ACCIDENTS[name](copy)
    assert judged(copy).problems


def sealed_feed(tree: Path) -> None:
    """The md5 follows the XML, as a forger would have it."""
    xml = (tree / "danegov" / "harvester.xml").read_bytes()
    (tree / "danegov" / "harvester.md5").write_text(hashlib.md5(xml).hexdigest() + "\n")  # noqa: S324


def in_feed(old: str, new: str) -> Break:
    def change(tree: Path) -> None:
        replaced("danegov/harvester.xml", old, new)(tree)
        sealed_feed(tree)

    return change


def in_catalogues(old: str, new: str) -> Break:
    return replaced("catalog.ttl", old, new)


PACKAGE = "proba/datapackage.json"
FORGERIES: dict[str, Break] = {
    "the XML without its md5": replaced("danegov/harvester.xml", "Zbiór próbny", "Inny zbiór"),
    "an md5 of nothing": written("danegov/harvester.md5", "0" * 32),
    "an identifier in the feed": in_feed(">visits.csv<", ">visits2.csv<"),
    "an identifier with spaces": in_feed(">visits.csv<", "> visits.csv <"),
    "an address of another host": in_feed("https://pim.example.org/files", "https://x.org/files"),
    "an address without encryption": in_feed("<url>https:", "<url>http:"),
    "a date in the future": in_feed(r"<dataDate>\d{4}", "<dataDate>2999"),
    "a title gone": in_feed("<polish>Zbiór próbny</polish>", "<polish> </polish>"),
    "a frequency": in_feed(">irregular<", ">sometimes<"),
    "a sign that is not used": in_feed(
        "<specialSigns>", "<specialSigns><specialSign>#</specialSign>"
    ),
    "no feed at all": in_feed(r"(?s)<dataset .*</dataset>", ""),
    "XML that is none": appended("danegov/harvester.xml", b"<"),
    "a media type in a package": replaced(PACKAGE, '"text/csv"', '"text/plain"'),
    "a hash in a package": replaced(PACKAGE, "sha256:....", "sha256:0000"),
    "a file that a package does not have": replaced(PACKAGE, "miejsca.csv", "inne.csv"),
    "a package that is no JSON": appended(PACKAGE, b"}"),
    "a media type in the catalogue": in_catalogues("media-types/text/csv", "media-types/text/html"),
    "an address in the catalogue": in_catalogues("pim.example.org/files", "pim.example.org/file"),
    "a checksum in the catalogue": in_catalogues(
        'checksumValue "[0-9a-f]{4}', 'checksumValue "0000'
    ),
    "a catalogue that is none": appended("catalog.rdf", b"<"),
    "a licence in the catalogue": in_catalogues("CC_BY_4_0", "CC0"),
    "an address on a page": replaced("en/proba/index.html", 'href="../../files', 'href="//x.org'),
    "a script on a page": replaced("index.html", "</main>", '<script src="//x.org"></script>'),
    "no page": removed("proba/index.html"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_without_a_key_is_found(copy: Path, name: str) -> None:
    FORGERIES[name](copy)
    reseal(copy)
    assert "sha256" not in {p.rule for p in judged(copy).problems}, "the manifest fits"
    assert found_by(copy)


def found_by(tree: Path) -> set[str]:
    """Who finds something: verify, the catalogues, the packages, the points of the portal."""
    finders = {"verify"} if judged(tree).problems else set()
    try:
        listing = read_listing(tree, DATASETS)
    except (ValueError, KeyError, OSError, PimError):
        return finders
    if any(True for _ in catalogue_problems(tree, listing)):
        finders.add("catalogues")
    if any(True for _ in page_problems(tree, listing)):
        finders.add("pages")
    if check_package(tree / "proba"):
        finders.add("package")
    if any(not point.passed and point.must for point in check_points(tree, listing)):
        finders.add("points")
    return finders


def test_a_good_release_is_found_by_nobody(copy: Path) -> None:
    assert found_by(copy) == set()


def test_there_are_fifty() -> None:
    assert len(ACCIDENTS) + len(FORGERIES) >= 50
