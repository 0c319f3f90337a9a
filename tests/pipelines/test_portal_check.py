"""`pim portal check` over a real release, and points 25, 27 to 29 and 31 over a real server."""

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import xmlschema
from lxml import etree

from assets.judging import withdrawn_idents
from exports.danegov.case import Case
from exports.danegov.checking import declared_points
from exports.danegov.feed import checksum
from exports.danegov.hosting import Served, check_hosting
from exports.danegov.reading import read_feed
from exports.danegov.results import PointResult
from exports.listing import Listing
from exports.release.withdrawal import Withdrawal
from pipelines.portalweb import site
from pipelines.settings import load_settings
from schemas.errors import Exit
from schemas.text import Text
from tests.commandline import pim_here
from tests.exports.breaking import XSD, good_case
from tests.servers import Exchange, Route, failing, redirecting, serving
from tests.shared import REPO, needs_shared

TYPES = {
    ".xml": "application/xml",
    ".md5": "text/plain",
    ".csv": "text/csv; charset=utf-8",
    ".jsonld": "application/ld+json",
    ".odt": "application/vnd.oasis.opendocument.text",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return good_case(tmp_path_factory.mktemp("good"))


def sending(path: Path, headers: dict[str, str]) -> Route:
    content = path.read_bytes()
    return lambda exchange: exchange.send(200, content, headers)


def served_by(case: Case) -> dict[str, Route]:
    """A good server for a release."""
    return {
        f"/{path.relative_to(case.tree).as_posix()}": sending(
            path, {"Content-Type": TYPES[path.suffix], "Cache-Control": "max-age=300"}
        )
        for path in case.tree.rglob("*")
        if path.suffix in TYPES
    }


Change = Callable[[dict[str, Route], Case], object]


def asked(case: Case, tmp_path: Path, change: Change | None = None) -> dict[int, PointResult]:
    routes = served_by(case)
    if change is not None:
        change(routes, case)
    with serving(routes) as server:
        # The server speaks plain http on the loopback; a real one has to speak https.
        publication = replace(case.listing.publication, base_url=server.address("/"))
        listing = Listing(publication, case.listing.entries)
        with site(load_settings({"data": str(tmp_path)}), listing) as ask:

            def secure(method: str, address: str) -> Served:
                found = ask(method, address)
                return replace(found, address=found.address.replace("http://", "https://"))

            return {result.number: result for result in check_hosting(listing, secure)}


def path_of(case: Case, ident: str) -> str:
    return f"/{case.offers[ident][1].path}"


def test_a_good_server_keeps_points_25_27_28_29_and_31(case: Case, tmp_path: Path) -> None:
    results = asked(case, tmp_path)
    assert [*results] == [25, 27, 28, 29, 31]
    for result in results.values():
        assert result.passed, [finding.line("en") for finding in result.findings]


XML, MD5 = "/danegov/harvester.xml", "/danegov/harvester.md5"


def typed(path: str, media_type: str) -> Change:
    def change(routes: dict[str, Route], case: Case) -> None:
        routes[path] = sending(case.tree / path[1:], {"Content-Type": media_type})

    return change


def file_typed(ident: str, media_type: str) -> Change:
    return lambda routes, case: typed(path_of(case, ident), media_type)(routes, case)


def body(path: str, content: bytes) -> Change:
    def change(routes: dict[str, Route], case: Case) -> None:
        routes[path] = lambda exchange: exchange.send(
            200, content, {"Content-Type": TYPES[Path(path).suffix]}
        )

    return change


def no_head(routes: dict[str, Route], case: Case) -> None:
    good = routes[XML]

    def route(exchange: Exchange) -> None:
        if exchange.method == "HEAD":
            exchange.send(405)
        else:
            good(exchange)

    routes[XML] = route


def kept_long(routes: dict[str, Route], case: Case) -> None:
    headers = {"Content-Type": "text/plain", "Cache-Control": "max-age=86400"}
    routes[MD5] = sending(case.md5_path, headers)


def packed(routes: dict[str, Route], case: Case) -> None:
    """A server that hands out the packed bytes without saying that they are packed."""
    content = gzip.compress(case.xml, mtime=0)
    routes[XML] = lambda exchange: exchange.send(200, content, {"Content-Type": "text/xml"})


WRONG: dict[str, tuple[int, Change]] = {
    "md5 of another file": (25, body(MD5, checksum(b"").encode())),
    "md5 is a page": (25, body(MD5, b"<html>404</html>")),
    "xml is packed": (25, packed),
    "no HEAD": (27, no_head),
    "xml as text": (27, typed(XML, "text/plain")),
    "no xml": (27, lambda routes, case: routes.pop(XML)),
    "no md5": (28, lambda routes, case: routes.pop(MD5)),
    "md5 kept longer": (28, kept_long),
    "file is gone": (29, lambda routes, case: routes.pop(path_of(case, "places.csv"))),
    "file is refused": (
        29,
        lambda routes, case: routes.update({path_of(case, "places.csv"): failing(403)}),
    ),
    "file is elsewhere": (
        29,
        lambda routes, case: routes.update(
            {path_of(case, "places.csv"): redirecting("https://example.com/x.csv")}
        ),
    ),
    "dictionary is gone": (
        29,
        lambda routes, case: routes.pop(f"/{case.listing.entries[0].supplements[0].path}"),
    ),
    "CSV without its encoding": (31, file_typed("places.csv", "text/csv")),
    "CSV as text": (31, file_typed("places.csv", "text/plain; charset=utf-8")),
    "JSON-LD as JSON": (31, file_typed("places.jsonld", "application/json")),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_server_fails_the_point(case: Case, tmp_path: Path, name: str) -> None:
    number, change = WRONG[name]
    assert not asked(case, tmp_path, change)[number].passed


def test_points_are_told_once_each_and_in_both_languages() -> None:
    seen = set()
    for point in declared_points():
        assert (point.number, point.must) not in seen
        seen.add((point.number, point.must))
        for text in (point.title, point.fix):
            assert text.pl.strip()
            assert text.en.strip()
            assert text.pl != text.en
    numbers = {number for number, _ in seen}
    elsewhere = {25, 27, 28, 29, 31} | {*range(51, 59)}
    assert {*range(1, 59), 68} <= numbers | elsewhere


def test_without_a_release_the_command_says_so(tmp_path: Path) -> None:
    done = pim_here("portal", "check", "--data", str(tmp_path), cwd=tmp_path)
    assert done.returncode == Exit.USAGE
    assert "PIM-WH-006" in done.stderr


def test_a_folder_that_is_no_release_is_refused(tmp_path: Path) -> None:
    done = pim_here("portal", "check", str(tmp_path), "--data", str(tmp_path), cwd=tmp_path)
    assert done.returncode == Exit.DATA
    assert "PIM-REL-005" in done.stderr


@pytest.fixture(scope="module")
def released(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a release of the embedded facts."""
    data = tmp_path_factory.mktemp("released") / "data"
    shutil.copytree(built / "data", data, symlinks=True)
    done = pim_here("release", "--data", str(data), cwd=data.parent)
    assert done.returncode == Exit.OK, done.stderr
    if XSD.is_file():
        added = pim_here(
            "sources", "add", str(XSD), "--source", "danegov", "--data", str(data), cwd=data.parent
        )
        assert added.returncode == Exit.OK, added.stderr
    return data


def test_points_1_to_58_and_68_of_a_release_of_the_embedded_facts(released: Path) -> None:
    env = {"PIM_PORTAL_VALIDATOR": str(REPO / ".venv-portal" / "bin" / "python")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        done = pim_here("portal", "check", "--json", "--data", str(released), cwd=released.parent)
    told = json.loads(done.stdout)
    failed = {one["point"]: one["findings"][:3] for one in told["points"] if one["passed"] is False}
    assert failed == {}
    assert done.returncode == Exit.OK
    assert told["passed"] is True
    (schema,) = [one for one in told["points"] if one["point"] == 2]
    assert schema["not_judged"] is None or not XSD.is_file()
    served = {27, 28, 29, 31}
    assert {one["point"] for one in told["points"]} == {*range(1, 59), 68} - served


@needs_shared
def test_point_02_both_validators_accept_the_real_file(released: Path) -> None:
    path = released / "public" / "danegov" / "harvester.xml"
    xmlschema.XMLSchema(str(XSD)).validate(str(path))
    etree.XMLSchema(etree.parse(XSD)).assertValid(etree.parse(path))


def test_point_07_withdrawn_files_may_vanish_and_a_set_that_lost_all(case: Case) -> None:
    def line(address: str) -> Withdrawal:
        return Withdrawal(address, date(2026, 11, 24), Text("powód", "reason"))

    csv, twin = (path_of(case, ident)[1:] for ident in ("places.csv", "places.jsonld"))
    gone = withdrawn_idents(case.listing, case.tree, [line(csv)])
    assert gone == {"places.csv"}
    gone = withdrawn_idents(case.listing, case.tree, [line(csv), line(twin)])
    assert gone == {"places.csv", "places.jsonld", "proba"}
    assert withdrawn_idents(case.listing, None, [line(csv)]) == frozenset()


def test_point_22_a_take_over_is_written_beside_the_release(released: Path, tmp_path: Path) -> None:
    numbers, out = tmp_path / "numery.toml", tmp_path / "out"
    numbers.write_text('"miasta-i-sieci" = 12\n"participants.csv" = 34\n', encoding="utf-8")
    words = ("portal", "takeover", str(numbers), "--data", str(released))
    done = pim_here(*words, "--dry-run", cwd=tmp_path)
    assert done.stdout == "miasta-i-sieci = 12\nparticipants.csv = 34\n"
    assert not out.exists()
    assert pim_here(*words, "--out", str(out), cwd=tmp_path).returncode == Exit.OK
    told = read_feed(out / "harvester.xml")
    numbered = {item.ident: item.text("intIdent") for item in told.items() if item.has("intIdent")}
    assert numbered == {"miasta-i-sieci": "12", "participants.csv": "34"}
    content = (out / "harvester.xml").read_bytes()
    assert (out / "harvester.md5").read_text("ascii").strip() == checksum(content)
    refused = pim_here(*words, cwd=tmp_path)
    assert (refused.returncode, "PIM-CLI-001" in refused.stderr) == (Exit.USAGE, True)


def test_a_release_that_was_broken_is_told_with_its_fix(released: Path, tmp_path: Path) -> None:
    tree = tmp_path / "public"
    shutil.copytree((released / "public").resolve(), tree)
    (tree / "danegov" / "harvester.md5").write_text("0" * 32, encoding="ascii")
    done = pim_here("portal", "check", str(tree), "--data", str(released), cwd=tmp_path)
    assert done.returncode == Exit.DATA
    (line,) = [n for n, text in enumerate(done.stdout.splitlines()) if text.startswith("źle")]
    shown = done.stdout.splitlines()[line : line + 3]
    assert " 25 " in shown[0]
    assert "harvester.md5" in shown[1]
    assert "> Zbuduj wydanie od nowa" in shown[2]
