"""Fetching from servers that behave well, and from servers that do not."""

import threading
import time
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.web.download import Validators, download
from sources.web.trying import Patience
from sources.web.turns import Turns
from tests.servers import (
    Exchange,
    answer,
    cut,
    dripping,
    failing,
    in_turn,
    serving,
    silent,
)
from tests.sources.webtrial import HURRY, failure, fetched, wanted, web

BODY = bytes(range(256)) * 400


def test_a_good_file_arrives_with_its_name_type_and_version(tmp_path: Path) -> None:
    def named(exchange: Exchange) -> None:
        headers = {
            "Content-Type": "application/zip; charset=x",
            "ETag": '"v1"',
            "Last-Modified": "Tue, 24 Nov 2026 05:00:00 GMT",
            "Content-Disposition": 'attachment; filename="TERC_Urzedowy_2026-11-24.zip"',
        }
        exchange.send(200, BODY, headers)

    with serving({"/f": named}) as server, web(tmp_path) as client:
        arrived = download(client, wanted(server.address("/f"), tmp_path))
        request = server.asked("/f")[0]
    assert arrived.path is not None
    assert arrived.path.read_bytes() == BODY
    assert arrived.name == "TERC_Urzedowy_2026-11-24.zip"
    assert arrived.media_type == "application/zip"
    assert arrived.validators == Validators('"v1"', "Tue, 24 Nov 2026 05:00:00 GMT")
    assert request.headers["User-Agent"] == "pim-otwarte-dane"


def test_304_means_nothing_changed_and_nothing_is_written(tmp_path: Path) -> None:
    with serving({"/f": answer(BODY, etag='"v1"')}) as server, web(tmp_path) as client:
        want = wanted(server.address("/f"), tmp_path, seen=Validators('"v1"', ""))
        arrived = download(client, want)
    assert arrived.path is None
    assert not want.part.exists()


def test_another_version_is_fetched(tmp_path: Path) -> None:
    with serving({"/f": answer(BODY, etag='"v2"')}) as server, web(tmp_path) as client:
        arrived = download(
            client, wanted(server.address("/f"), tmp_path, seen=Validators('"v1"', ""))
        )
    assert arrived.path is not None
    assert arrived.validators.etag == '"v2"'


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_passing_failure_is_tried_again(status: int, tmp_path: Path) -> None:
    assert fetched(in_turn(failing(status), answer(BODY)), tmp_path) == BODY


def test_a_server_that_stays_down_is_given_up_after_some_tries(tmp_path: Path) -> None:
    with serving({"/f": failing(503)}) as server, web(tmp_path) as client:
        with pytest.raises(PimError, match="PIM-NET-003") as caught:
            download(client, wanted(server.address("/f"), tmp_path))
        assert len(server.asked("/f")) == HURRY.attempts
    assert caught.value.why is not None
    assert "503" in caught.value.why.pl


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_lasting_failure_is_not_tried_again(status: int, tmp_path: Path) -> None:
    with serving({"/f": failing(status)}) as server, web(tmp_path) as client:
        with pytest.raises(PimError, match="PIM-NET-003"):
            download(client, wanted(server.address("/f"), tmp_path))
        assert len(server.asked("/f")) == 1


def test_the_wait_that_a_server_asks_for_is_kept(tmp_path: Path) -> None:
    patience = Patience(first_wait=0.01, longest_wait=5, attempts=2)
    busy = failing(503, {"Retry-After": "1"})
    routes = {"/f": in_turn(busy, answer(BODY))}
    with serving(routes) as server, web(tmp_path, patience=patience) as client:
        began = time.monotonic()
        download(client, wanted(server.address("/f"), tmp_path))
    assert time.monotonic() - began >= 1


def test_a_wait_longer_than_a_run_has_is_told_and_kept_for_other_runs(tmp_path: Path) -> None:
    error = failure(failing(429, {"Retry-After": "600"}), tmp_path)
    assert error.code == "PIM-NET-009"
    assert Turns(tmp_path / "turns").waiting("127.0.0.1") > 500
    with web(tmp_path) as later, pytest.raises(PimError, match="PIM-NET-009"):
        download(later, wanted("http://127.0.0.1:9/f", tmp_path))


def test_a_file_that_is_cut_off_is_continued_where_it_broke(tmp_path: Path) -> None:
    route = in_turn(cut(BODY, 70_000, etag='"v1"'), answer(BODY, etag='"v1"'))
    with serving({"/f": route}) as server, web(tmp_path) as client:
        arrived = download(client, wanted(server.address("/f"), tmp_path))
        second = server.asked("/f")[1].headers
    assert arrived.path is not None
    assert arrived.path.read_bytes() == BODY
    assert second["Range"] == "bytes=70000-"
    assert second["If-Range"] == '"v1"'


def test_a_later_run_continues_what_an_earlier_one_left(tmp_path: Path) -> None:
    with serving({"/f": in_turn(cut(BODY, 50_000, etag='"v1"'), failing(404))}) as server:
        address = server.address("/f")
        with web(tmp_path) as client, pytest.raises(PimError):
            download(client, wanted(address, tmp_path))
        port = server.port
    assert (tmp_path / "file.part").stat().st_size == 50_000
    about = (tmp_path / "file.part.json").read_text()
    with serving({"/f": answer(BODY, etag='"v1"')}) as server, web(tmp_path) as client:
        (tmp_path / "file.part.json").write_text(about.replace(str(port), str(server.port)))
        arrived = download(client, wanted(server.address("/f"), tmp_path))
        assert server.asked("/f")[0].headers["Range"] == "bytes=50000-"
    assert arrived.path is not None
    assert arrived.path.read_bytes() == BODY


def test_two_halves_of_different_versions_are_never_joined(tmp_path: Path) -> None:
    other = bytes(reversed(BODY))
    route = in_turn(cut(BODY, 70_000, etag='"v1"'), answer(other, etag='"v2"'))
    assert fetched(route, tmp_path) == other


def test_a_file_without_a_version_begins_anew(tmp_path: Path) -> None:
    routes = {"/f": in_turn(cut(BODY, 70_000), answer(BODY))}
    with serving(routes) as server, web(tmp_path) as client:
        arrived = download(client, wanted(server.address("/f"), tmp_path))
        assert "Range" not in server.asked("/f")[1].headers
    assert arrived.path is not None
    assert arrived.path.read_bytes() == BODY


def test_a_file_that_is_always_cut_off_is_refused(tmp_path: Path) -> None:
    assert failure(cut(BODY, 10), tmp_path).code == "PIM-NET-004"


def test_a_silent_server_is_left(tmp_path: Path) -> None:
    began = time.monotonic()
    assert failure(silent(b"abc"), tmp_path).code == "PIM-NET-002"
    assert time.monotonic() - began < 10


def test_a_dripping_server_is_left_when_the_time_is_over(tmp_path: Path) -> None:
    patience = Patience(silence=0.3, whole=0.5, attempts=3, first_wait=0.01, longest_wait=0.1)
    assert failure(dripping(), tmp_path, patience=patience).code == "PIM-NET-002"


def test_no_server_means_no_connection(tmp_path: Path) -> None:
    with serving({}) as server:
        address = server.address("/f")
    with web(tmp_path) as client, pytest.raises(PimError, match="PIM-NET-001"):
        download(client, wanted(address, tmp_path))


def test_requests_take_turns_over_threads_and_runs(tmp_path: Path) -> None:
    def once() -> None:
        for _ in range(2):
            with web(tmp_path, pause=0.1, patience=Patience()) as client:
                client.read(server.address("/f"), 100)

    with serving({"/f": answer(b"x")}) as server:
        began = time.monotonic()
        threads = [threading.Thread(target=once) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.asked("/f")) == 6
    assert time.monotonic() - began >= 0.5


def test_a_damaged_or_impossible_turn_is_no_obstacle(tmp_path: Path) -> None:
    turns = Turns(tmp_path)
    (tmp_path / "a.turn").write_text("nonsense")
    assert turns.take("a", 1) == 0
    (tmp_path / "b.turn").write_text(f"{time.time() + 10**8:020.6f}")
    assert turns.take("b", 1) == 0
    assert 0 < turns.take("b", 1) <= 1
