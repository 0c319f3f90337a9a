"""One declaration, three servers: each serves the public folder as the portal and people need it.

Tests are named after the points of the portal where there is one.
"""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from exports.danegov.hosting import Served, check_hosting
from exports.serving.rules import ALWAYS, EXACT, FOREVER, FRESH
from tests.exports.offered import small_release
from tests.exports.served import (
    CADDY,
    CONTENT,
    NGINX,
    OFFERED,
    SERVERS,
    WITHDRAWN,
    XML,
    move,
    needs,
    public_folder,
)

PARAMS = [
    "pim",
    pytest.param("nginx", marks=needs(NGINX, "nginx")),
    pytest.param("caddy", marks=needs(CADDY, "caddy")),
]
FEED = "/danegov/harvester.xml"
CHECKSUM = "/danegov/harvester.md5"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return public_folder(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module", params=PARAMS)
def web(
    request: pytest.FixtureRequest, public: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    started = SERVERS[request.param](public, tmp_path_factory.mktemp("server"))
    assert isinstance(started, AbstractContextManager)
    with started as client:
        client.headers["X-Server"] = request.param
        yield client


def test_point_24_the_checksum_lies_beside_the_xml(web: httpx.Client) -> None:
    assert [web.get(path).status_code for path in (FEED, CHECKSUM)] == [200, 200]


@pytest.mark.parametrize("coding", ["identity", "gzip, br, zstd"])
def test_point_25_the_md5_is_that_of_the_bytes_as_they_travel(
    web: httpx.Client, coding: str
) -> None:
    with web.stream("GET", FEED, headers={"Accept-Encoding": coding}) as served:
        raw = b"".join(served.iter_raw())
    told = web.get(CHECKSUM).text
    assert told == f"{hashlib.md5(raw, usedforsecurity=False).hexdigest()}\n"
    assert "no-transform" in served.headers["Cache-Control"]


def test_point_26_a_moved_link_is_seen_at_once(web: httpx.Client, public: Path) -> None:
    feed = XML.replace(b"<dataset/>", b"<dataset></dataset>")
    public_folder(public.parent, "2026.12.0", feed)
    try:
        assert web.get(FEED).content == feed
        assert web.get(CHECKSUM).text.strip() == hashlib.md5(feed).hexdigest()  # noqa: S324
    finally:
        move(public.parent, "2026.11.0")
    assert web.get(FEED).content == XML


def test_point_26_who_asks_while_the_link_moves_gets_one_release_whole(
    web: httpx.Client, public: Path
) -> None:
    feed = XML.replace(b"<dataset/>", b"<dataset></dataset>")
    public_folder(public.parent, "2026.12.0", feed)
    done = threading.Event()

    def swap() -> None:
        # The link rests as long at one release as at the other.
        while not done.wait(0.0005):
            move(public.parent, "2026.12.0")
            done.wait(0.0005)
            move(public.parent, "2026.11.0")

    mover = threading.Thread(target=swap)
    mover.start()
    answers: list[tuple[int, bytes]] = []
    try:
        # On a busy machine it takes longer until both were met.
        while len(answers) < 150 or (len(set(answers)) < 2 and len(answers) < 15_000):
            served = web.get(FEED)
            answers.append((served.status_code, served.content))
    finally:
        done.set()
        mover.join()
    assert set(answers) == {(200, XML), (200, feed)}


def test_point_27_the_xml_answers_head_and_get(web: httpx.Client) -> None:
    head, got = web.head(FEED), web.get(FEED)
    for served in (head, got):
        assert served.status_code == 200
        assert served.headers["Content-Type"] == "application/xml"
    assert head.headers["Content-Length"] == str(len(XML))
    assert (head.content, got.content) == (b"", XML)


def test_point_28_the_md5_is_kept_no_longer_than_the_xml(web: httpx.Client) -> None:
    kept = [web.get(path).headers["Cache-Control"] for path in (FEED, CHECKSUM)]
    assert kept == [EXACT, EXACT]
    assert "max-age" not in EXACT


def test_point_29_every_offered_file_can_be_fetched_by_a_browser(web: httpx.Client) -> None:
    for ending, path in OFFERED.items():
        served = web.get(path, headers={"User-Agent": "Mozilla/5.0"})
        assert (served.status_code, served.content) == (200, CONTENT[ending])
        assert served.headers["Cache-Control"] == FOREVER


def test_point_30_what_was_withdrawn_says_so_and_is_not_kept(web: httpx.Client) -> None:
    for path in (WITHDRAWN, f"{WITHDRAWN}/"):
        served = web.get(path)
        assert served.status_code == 410
        assert "Wycofane" in served.text
        assert served.headers["Content-Type"] == "text/html; charset=utf-8"
        assert served.headers["Cache-Control"] == FRESH
        assert "Content-Disposition" not in served.headers
    assert web.get(f"{WITHDRAWN}/index.json").status_code == 200


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("jsonld", "application/ld+json"),
        ("ttl", "text/turtle; charset=utf-8"),
        ("json", "application/json"),
        ("xml", "application/xml"),
        ("geojson", "application/geo+json"),
        ("odt", "application/vnd.oasis.opendocument.text"),
        ("parquet", "application/vnd.apache.parquet"),
    ],
)
def test_point_31_offered_files_have_their_type_and_are_downloads(
    web: httpx.Client, ending: str, media_type: str
) -> None:
    for served in (web.head(OFFERED[ending]), web.get(OFFERED[ending])):
        assert served.headers["Content-Type"] == media_type
        name = OFFERED[ending].rpartition("/")[2]
        assert served.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("path", "media_type", "download"),
    [
        ("/catalog.ttl", "text/turtle; charset=utf-8", False),
        ("/catalog.rdf", "application/rdf+xml", False),
        ("/", "text/html; charset=utf-8", False),
        ("/proby/", "text/html; charset=utf-8", False),
        ("/changes/", "text/html; charset=utf-8", False),
        ("/changes/index.html", "text/html; charset=utf-8", False),
        ("/changes/changes.pl.xml", "application/xml", False),
        ("/proby/rzeczy.csv", "text/csv; charset=utf-8", True),
        ("/proby/datapackage.json", "application/json", False),
        ("/proby/README.md", "text/markdown; charset=utf-8", False),
        ("/CITATION.cff", "application/yaml", False),
        ("/SHA256SUMS", "text/plain; charset=utf-8", False),
        ("/pim.duckdb", "application/octet-stream", True),
        ("/manifest.json", "application/json", False),
    ],
)
def test_other_files_are_asked_for_anew(
    web: httpx.Client, path: str, media_type: str, download: bool
) -> None:
    served = web.get(path)
    assert served.status_code == 200
    assert served.headers["Content-Type"] == media_type
    assert served.headers["Cache-Control"] == FRESH
    assert served.headers.get("Content-Disposition", "").startswith("attachment") == download


def test_a_part_of_a_file_can_be_had(web: httpx.Client) -> None:
    body, path = CONTENT["parquet"], OFFERED["parquet"]
    for asked, start, end in (("0-3", 0, 4), ("-4", len(body) - 4, len(body)), ("9-", 9, None)):
        served = web.get(path, headers={"Range": f"bytes={asked}"})
        assert (served.status_code, served.content) == (206, body[start:end])
        last = (end or len(body)) - 1
        assert served.headers["Content-Range"] == f"bytes {start}-{last}/{len(body)}"
        assert served.headers["Cache-Control"] == FOREVER
    beyond = web.get(path, headers={"Range": "bytes=999999-"})
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(body)}"
    assert web.head(path).headers["Accept-Ranges"] == "bytes"


def test_an_interrupted_download_goes_on_unless_the_file_has_changed(web: httpx.Client) -> None:
    tag = web.head("/pim.duckdb").headers["ETag"]
    part = {"Range": "bytes=4000-"}
    assert web.get("/pim.duckdb", headers={**part, "If-Range": tag}).status_code == 206
    assert web.get("/pim.duckdb", headers={**part, "If-Range": '"other"'}).status_code == 200


def test_what_has_not_changed_is_not_sent_again(web: httpx.Client) -> None:
    for path in (FEED, OFFERED["csv"], "/proby/datapackage.json"):
        served = web.get(path)
        again = web.get(path, headers={"If-None-Match": served.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == served.headers["Cache-Control"]
        since = {"If-Modified-Since": served.headers["Last-Modified"]}
        assert web.get(path, headers=since).status_code == 304
        assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize(
    "path", [FEED, "/changes/", "/nie-ma", "/files/proby/nie-ma.0123456789ab.csv", WITHDRAWN]
)
def test_every_answer_is_open_to_other_pages_and_closed_to_tricks(
    web: httpx.Client, path: str
) -> None:
    for served in (web.get(path), web.head(path)):
        for name, value in ALWAYS.items():
            assert served.headers[name] == value
            assert len(served.headers.get_list(name)) == 1


def test_a_browser_may_ask_for_ranges_from_another_page(web: httpx.Client) -> None:
    asked = {"Origin": "https://a.example", "Access-Control-Request-Headers": "range"}
    served = web.options(OFFERED["parquet"], headers=asked)
    assert served.status_code == 204
    assert served.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in served.headers["Access-Control-Allow-Headers"]
    assert "GET" in served.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_but_reading_is_allowed(web: httpx.Client, method: str) -> None:
    served = web.request(method, FEED)
    assert served.status_code == 405
    assert "GET" in served.headers["Allow"]


@pytest.mark.parametrize(
    "path",
    [
        "/nie-ma",
        "/danegov/",
        "/files/",
        "/files/proby/nie-ma.0123456789ab.csv",
        "/.git/config",
        "/proby/.rzeczy.csv.17.tmp",
        "/%2egit/config",
        "/proby/%2e%2e/%2egit/config",
        "/..%2f..%2fetc/passwd",
        "/proby/rzeczy.csv/",
        f"/{'x' * 300}",
    ],
)
def test_nothing_there_and_nothing_shown_are_the_same_page_in_both_languages(
    web: httpx.Client, path: str
) -> None:
    served = web.get(path)
    if path == "/proby/rzeczy.csv/" and served.status_code in {301, 308}:
        return  # Caddy knows what was meant
    assert served.status_code in ({400, 404} if "..%2f" in path else {404})
    if served.status_code == 404:
        assert "Nie ma takiej strony" in served.text
        assert "There is no such page" in served.text
        assert served.headers["Content-Type"] == "text/html; charset=utf-8"
        assert served.headers["Cache-Control"] == FRESH
        assert "Content-Disposition" not in served.headers


def test_a_folder_is_found_without_its_last_slash(web: httpx.Client) -> None:
    served = web.get("/changes", follow_redirects=True)
    assert served.status_code == 200
    assert served.url.path == "/changes/"


def test_texts_travel_packed_and_data_files_as_they_are(web: httpx.Client) -> None:
    if web.headers["X-Server"] == "pim":
        return  # for trying out on the same machine
    packed = {"Accept-Encoding": "gzip"}
    assert web.get(OFFERED["csv"], headers=packed).headers["Content-Encoding"] == "gzip"
    assert web.get(OFFERED["csv"], headers=packed).content == CONTENT["csv"]
    assert "Content-Encoding" not in web.get(OFFERED["parquet"], headers=packed).headers


def test_a_link_inside_a_release_leads_nowhere(web: httpx.Client) -> None:
    if web.headers["X-Server"] == "caddy":
        return  # it follows links; a release holds none, and `pim release verify` finds one
    assert web.get("/proby/wyjscie.txt").status_code == 404


@pytest.mark.parametrize("server", PARAMS[1:])
def test_points_25_to_31_the_portals_own_questions_are_answered_well(
    server: str, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    listing = small_release(public)
    feed = public / "danegov" / "harvester.xml"
    feed.parent.mkdir()
    feed.write_bytes(XML)
    told = hashlib.md5(XML, usedforsecurity=False).hexdigest()
    feed.with_suffix(".md5").write_text(f"{told}\n", encoding="utf-8")
    base = listing.publication.base_url
    started = SERVERS[server](public, tmp_path)
    assert isinstance(started, AbstractContextManager)
    with started as client:

        def ask(method: str, address: str) -> Served:
            got = client.request(method, f"/{address.removeprefix(base)}")
            return Served(
                got.status_code,
                str(got.url),
                dict(got.headers),
                len(got.content),
                hashlib.md5(got.content, usedforsecurity=False).hexdigest(),
                hashlib.sha256(got.content).hexdigest(),
                got.content[:1024],
                got.elapsed.total_seconds(),
            )

        results = check_hosting(listing, ask)
    assert {result.number: result.findings for result in results} == dict.fromkeys(
        (25, 27, 28, 29, 31), ()
    )
