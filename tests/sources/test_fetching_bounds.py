"""Limits of fetching: size, packing, type, and where a source may go."""

import gzip
import resource
from pathlib import Path

import httpx
import pytest

from schemas.errors import PimError
from sources.web.download import download
from tests.servers import (
    Exchange,
    answer,
    bomb,
    endless,
    redirecting,
    serving,
)
from tests.sources.webtrial import failure, fetched, wanted, web

BODY = bytes(range(256)) * 400


def test_an_endless_body_is_cut_at_the_limit(tmp_path: Path) -> None:
    assert failure(endless(), tmp_path).code == "PIM-NET-005"
    assert (tmp_path / "file.part").stat().st_size <= 2**20


def test_an_announced_size_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    huge = {"Content-Length": str(10 * 2**30)}
    assert failure(lambda e: e.begin(200, huge), tmp_path).code == "PIM-NET-005"


def test_a_gzip_bomb_is_stopped_within_memory(tmp_path: Path) -> None:
    route = bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert failure(route, tmp_path).code == "PIM-NET-005"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 250 * 1024, "one piece of 64 KiB unpacks to 64 MiB at most"


@pytest.mark.parametrize("packing", ["gzip, gzip", "br", "zstd"])
def test_strange_packings_are_refused(packing: str, tmp_path: Path) -> None:
    def route(exchange: Exchange) -> None:
        exchange.send(200, b"x", {"Content-Encoding": packing})

    assert failure(route, tmp_path).code == "PIM-NET-008"


def test_gzip_of_a_good_server_is_unpacked(tmp_path: Path) -> None:
    packed = gzip.compress(BODY)
    assert fetched(lambda e: e.send(200, packed, {"Content-Encoding": "gzip"}), tmp_path) == BODY


def test_another_type_is_refused_before_its_body(tmp_path: Path) -> None:
    page = answer(b"<html>", "text/html; charset=utf-8")
    error = failure(page, tmp_path, types=("application/zip",))
    assert error.code == "PIM-NET-007"
    assert error.why is not None
    assert "text/html" in error.why.pl


@pytest.mark.parametrize(
    "target",
    [
        "https://other.example/f",
        "http://other.example/f",
        "file:///etc/hostname",
        "//other.example/f",
        "ftp://127.0.0.1/f",
        "http://user:pass@127.0.0.1/f",
    ],
)
def test_a_redirect_away_is_not_followed(target: str, tmp_path: Path) -> None:
    error = failure(redirecting(target), tmp_path)
    assert error.code == "PIM-NET-006"
    assert "pass" not in error.where


def test_a_redirect_at_home_is_followed_and_the_true_address_is_told(tmp_path: Path) -> None:
    routes = {"/a": redirecting("/b"), "/b": answer(BODY)}
    with serving(routes) as server, web(tmp_path) as client:
        arrived = download(client, wanted(server.address("/a"), tmp_path))
        assert arrived.address == server.address("/b")


def test_redirects_without_an_end_are_refused(tmp_path: Path) -> None:
    assert failure(redirecting("/f.bin"), tmp_path).code == "PIM-NET-006"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://stat.gov.pl/a", True),
        ("https://STAT.gov.pl:443/a", True),
        ("https://stat.gov.pl:8443/a", False),
        ("http://stat.gov.pl/a", False),
        ("https://evil-stat.gov.pl/a", False),
        ("https://stat.gov.pl.evil.example/a", False),
        ("https://stat.gov.pl@evil.example/a", False),
        ("https://127.0.0.1/a", False),
        ("http://localhost/a", False),
    ],
)
def test_only_allowed_hosts_over_https(address: str, allowed: bool, tmp_path: Path) -> None:
    reach = web(tmp_path, loopback=False, hosts=frozenset({"stat.gov.pl"})).reach
    if allowed:
        reach.check(httpx.URL(address))
    else:
        with pytest.raises(PimError, match="PIM-NET-006"):
            reach.check(httpx.URL(address))
