"""A good release, ways to break it, and what the checks of dane.gov.pl say then."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from exports.danegov.case import Case
from exports.danegov.checking import declared_points
from exports.danegov.feed import checksum, write_feed
from exports.danegov.results import PointResult
from exports.listing import Listing
from schemas.files import sha256, write_json
from tests.exports.offered import small_release
from tests.shared import SHARED

XSD = SHARED / "dane-gov-pl" / "xsd" / "otwarte_dane_1_13.xsd"


def good_case(folder: Path) -> Case:
    """A small release that keeps every point."""
    listing = small_release(folder / "public")
    write_feed(listing, folder / "public" / "danegov")
    return Case(folder / "public", listing)


def copied(case: Case, folder: Path) -> Case:
    """The same release elsewhere, free to be broken."""
    shutil.copytree(case.tree, folder)
    return fresh(replace(case, tree=folder))


def fresh(case: Case) -> Case:
    """The same case, with nothing remembered of what it looked at."""
    return replace(case)


def rewritten(case: Case, change: Callable[[str], str], *, seal: bool = True) -> Case:
    """The release with another harvester file, and with the md5 of it unless not sealed."""
    before = case.xml_path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, "the breakage breaks nothing"
    # Bytes, so that line ends and lone surrogates come through as they are.
    case.xml_path.write_bytes(after.encode("utf-8", errors="surrogatepass"))
    if seal:
        case.md5_path.write_text(f"{checksum(case.xml_path.read_bytes())}\n", encoding="utf-8")
    return fresh(case)


def swapped(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    """A change of the first places where a text stands."""
    return lambda text: text.replace(old, new, count)


def results(case: Case, number: int) -> list[PointResult]:
    """What the checks of one point say."""
    found = [point.judge(case) for point in declared_points() if point.number == number]
    assert found, f"nobody judges point {number}"
    return found


def keeps(case: Case, number: int) -> bool:
    """Whether a release keeps a point, required and recommended parts."""
    return all(result.passed for result in results(case, number))


def edited(case: Case, change: Callable[[bytes], bytes], name: str = "miejsca") -> Case:
    """The release with another CSV of a table, described, offered and sent as if it were good."""
    csv = case.tree / "proba" / f"{name}.csv"
    before = csv.read_bytes()
    after = change(before)
    assert after != before, "the breakage breaks nothing"
    csv.write_bytes(after)
    described = json.loads((csv.parent / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        if resource["path"] == csv.name:
            resource |= {"bytes": len(after), "hash": f"sha256:{sha256(csv)}"}
    write_json(csv.parent / "datapackage.json", described)
    entry = case.listing.entries[0]
    files = []
    for offer in entry.files:
        if (
            offer.table
            and offer.table.name_pl == name
            and (offer.format, offer.lang) == ("csv", "pl")
        ):
            path = f"pliki/{name}-{sha256(csv)[:16]}.csv"
            shutil.copyfile(csv, case.tree / path)
            files.append(replace(offer, path=path, bytes=len(after), sha256=sha256(csv)))
        else:
            files.append(offer)
    listing = Listing(case.listing.publication, (replace(entry, files=tuple(files)),))
    write_feed(listing, case.tree / "danegov")
    return replace(case, listing=listing)
