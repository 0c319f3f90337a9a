"""The client of the Local Data Bank against a real server on this machine: points 16 to 19."""

import json
import logging
import pickle
import traceback
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import pytest

from schemas.errors import Exit, PimError
from sources.bdl.answers import AnswerStore
from sources.bdl.asking import Asker
from sources.bdl.client import BdlClient
from sources.bdl.limits import ANONYMOUS, Limiter
from sources.bdl.secret import Secret
from sources.bdl.transport import opened
from tests.bdl_server import Bdl, Reply, serving, subject, unit, value, variable
from tests.sources.bdl_clock import Clock

KEY = "7c1f7a52-0d2b-4a4e-9c55-tajny-klucz"
CITY = "030210101011"


@pytest.fixture
def bdl() -> Iterator[Bdl]:
    with serving(Bdl(units=[unit(CITY)], subjects=[subject("P1")])) as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock()


class Maker(Protocol):
    """Makes clients that share a folder, a clock and connections."""

    def __call__(self, key: str = "", base: str = "") -> BdlClient: ...


@pytest.fixture
def client_of(bdl: Bdl, tmp_path: Path, clock: Clock) -> Iterator[Maker]:
    with opened(tmp_path / "turns", loopback=True, max_bytes=200_000) as transport:

        def make(key: str = "", base: str = "") -> BdlClient:
            path = tmp_path / "limits.sqlite"
            limiter = Limiter(path, keyed=bool(key), clock=clock, sleep=clock.sleep)
            answers = AnswerStore(tmp_path / "answers")
            asker = Asker(transport, limiter, answers, key=Secret(key), jitter=0.0)
            return BdlClient(asker, base=base or bdl.address)

        yield make


def codes_of(caught: pytest.ExceptionInfo[PimError]) -> tuple[str, Exit]:
    return caught.value.code, caught.value.exit_code


@pytest.mark.parametrize("documented", [False, True], ids=["val", "value"])
def test_point_16_both_dialects_give_the_same_values(
    bdl: Bdl, client_of: Maker, documented: bool
) -> None:
    bdl.documented = documented
    bdl.values[CITY, 7] = [value(1995, 168), value(1996, 12.5), value(1997, 0, 4)]
    client = client_of()
    (series,) = client.data_by_unit(CITY, [7]).series
    found = [(one.year, one.value, one.attribute) for one in series.values]
    assert found == [(1995, Decimal(168), 1), (1996, Decimal("12.5"), 1), (1997, Decimal(0), 4)]
    assert [one.display for one in client.attributes()] == ["wartość", ". lub 0"]


def test_point_16_decimals_keep_their_digits(bdl: Bdl, client_of: Maker) -> None:
    body = (
        '{"totalRecords":1,"results":[{"id":7,"lastUpdate":"2025-05-14T15:05:15.743",'
        '"values":[{"year":"2020","val":0.1000000000000000055,"attrId":1}]}]}'
    )
    bdl.replies["data"] = [Reply(200, raw=body.encode())]
    (series,) = client_of().data_by_unit(CITY, [7]).series
    assert series.values[0].value == Decimal("0.1000000000000000055")


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 200, 201])
def test_point_17_a_list_comes_whole_with_no_page_too_many(
    bdl: Bdl, client_of: Maker, count: int
) -> None:
    bdl.variables = [variable(n, "P1", f"etykieta {n}") for n in range(1, count + 1)]
    found = client_of().variables("P1")
    assert [one.id for one in found] == list(range(1, count + 1))
    assert len(bdl.asked) == max(1, -(-count // 100))


def test_point_17_a_list_that_changes_between_pages_is_read_anew(
    bdl: Bdl, client_of: Maker
) -> None:
    bdl.variables = [variable(n, "P1", "x") for n in range(1, 151)]
    bdl.totals = [149, 150]
    found = client_of().variables("P1")
    assert len(found) == 150
    assert len(bdl.asked) == 4, "two pages that do not fit, then both again"


def test_point_17_a_list_that_never_stands_still_is_refused(bdl: Bdl, client_of: Maker) -> None:
    bdl.variables = [variable(n, "P1", "x") for n in range(1, 151)]
    bdl.totals = [150, 149, 150, 149, 150, 149]
    with pytest.raises(PimError) as caught:
        client_of().variables("P1")
    assert codes_of(caught) == ("PIM-BDL-010", Exit.SOURCE)


def test_point_17_a_claimed_total_that_no_page_bears_out_is_refused(
    bdl: Bdl, client_of: Maker
) -> None:
    bdl.variables = [variable(1, "P1", "x")]
    bdl.totals = [3, 3, 3, 3, 3, 3]
    with pytest.raises(PimError, match="PIM-BDL-010"):
        client_of().variables("P1")


def test_point_17_a_claimed_total_without_end_is_refused(bdl: Bdl, client_of: Maker) -> None:
    bdl.totals = [10**9]
    with pytest.raises(PimError, match="PIM-BDL-002"):
        client_of().variables("P1")


def test_point_17_an_empty_answer_is_not_kept_as_the_final_one(bdl: Bdl, client_of: Maker) -> None:
    client = client_of()
    assert client.data_by_unit(CITY, [7], fresh=3_600).series == ()
    bdl.values[CITY, 7] = [value(2024, 1)]
    assert len(client.data_by_unit(CITY, [7], fresh=3_600).series) == 1
    client.data_by_unit(CITY, [7], fresh=3_600)
    assert len(bdl.asked) == 2, "what was there is used unasked"


def test_point_18_an_unchanged_answer_is_confirmed_and_not_sent_again(
    bdl: Bdl, client_of: Maker, clock: Clock
) -> None:
    bdl.values[CITY, 7] = [value(2024, 1)]
    first = client_of().data_by_unit(CITY, [7])
    clock.now += 86_400
    again = client_of().data_by_unit(CITY, [7])
    assert bdl.asked[-1].headers["if-none-match"].startswith('"')
    assert again.series == first.series
    assert again.sha256 == first.sha256
    assert again.retrieved > first.retrieved, "confirmed a day later"


def test_point_18_a_damaged_kept_answer_is_fetched_anew(
    bdl: Bdl, client_of: Maker, tmp_path: Path
) -> None:
    bdl.values[CITY, 7] = [value(2024, 1)]
    client = client_of()
    client.data_by_unit(CITY, [7])
    for body in (tmp_path / "answers" / "bodies").rglob("*.json"):
        body.write_bytes(body.read_bytes().replace(b'"val": 1', b'"val": 9'))
    (series,) = client.data_by_unit(CITY, [7], fresh=3_600).series
    assert series.values[0].value == 1
    assert "if-none-match" not in bdl.asked[-1].headers


ERROR = {"errors": [{"result": "Błąd", "reason": "Szczegół", "solution": "Rada", "code": 1}]}


@pytest.mark.parametrize(
    ("status", "body", "code", "said"),
    [
        (403, ERROR, "PIM-BDL-003", "Błąd; Szczegół; Rada"),
        (404, ERROR, "PIM-BDL-004", "Błąd; Szczegół; Rada"),
        (412, ERROR, "PIM-BDL-005", "Błąd; Szczegół; Rada"),
        (500, ERROR, "PIM-BDL-006", "Błąd; Szczegół; Rada"),
        (503, None, "PIM-BDL-006", ""),
        (418, {"errorResult": "quota"}, "PIM-BDL-007", "quota"),
        (302, None, "PIM-NET-006", ""),
        (304, None, "PIM-BDL-007", ""),
    ],
)
def test_point_18_each_status_has_its_error_with_what_the_service_says(
    bdl: Bdl, client_of: Maker, status: int, body: object, code: str, said: str
) -> None:
    bdl.replies["variables"] = [Reply(status, body, {"Location": "https://example.org/"})] * 3
    with pytest.raises(PimError) as caught:
        client_of().variables("P1")
    assert codes_of(caught) == (code, Exit.SOURCE)
    assert said in (caught.value.why.en if caught.value.why else "")
    assert len(bdl.asked) == (3 if status >= 500 else 1), "only the service's own errors pass"


def test_point_18_an_error_of_the_service_that_passes_is_waited_out(
    bdl: Bdl, client_of: Maker, clock: Clock
) -> None:
    bdl.variables = [variable(1, "P1", "x")]
    bdl.replies["variables"] = [Reply(500, ERROR), Reply(503)]
    assert len(client_of().variables("P1")) == 1
    assert [seconds for seconds in clock.slept if seconds >= 2] == [2.0, 4.0]


def test_point_18_a_429_with_headers_is_waited_for_until_the_named_time(
    bdl: Bdl, client_of: Maker, clock: Clock
) -> None:
    bdl.variables = [variable(1, "P1", "x")]
    reset = "2025-11-01T12:40:00Z"
    headers = {"X-Rate-Limit-Limit": "15m", "X-Rate-Limit-Remaining": "0"}
    bdl.replies["variables"] = [Reply(429, None, {**headers, "X-Rate-Limit-Reset": reset})]
    clock.now = 1_762_000_000.0  # 12:26:40 of that day
    client_of().variables("P1")
    assert clock.now >= 1_762_000_800.0


def test_point_18_a_429_without_headers_is_waited_for_a_quarter_of_an_hour(
    bdl: Bdl, client_of: Maker, clock: Clock
) -> None:
    bdl.variables = [variable(1, "P1", "x")]
    bdl.replies["variables"] = [Reply(429, {"result": "Limit", "reason": "Za dużo zapytań"})]
    start = clock.now
    client_of().variables("P1")
    assert clock.now - start >= 900


def test_point_18_a_429_for_days_ends_the_run_and_says_until_when(
    bdl: Bdl, client_of: Maker
) -> None:
    headers = {"X-Rate-Limit-Limit": "7d", "X-Rate-Limit-Reset": "2025-11-05T00:00:00Z"}
    bdl.replies["variables"] = [Reply(429, {"result": "Limit"}, headers)]
    with pytest.raises(PimError) as caught:
        client_of().variables("P1")
    assert codes_of(caught) == ("PIM-BDL-008", Exit.SOURCE)
    assert "2025-11-05 00:00 UTC" in caught.value.fix.en
    with pytest.raises(PimError, match="PIM-BDL-008"):
        client_of().variables("P1")
    assert len(bdl.asked) == 1, "the next run knows it from the disk and does not even ask"


def test_point_18_a_remaining_count_of_zero_is_heeded_before_the_429(
    bdl: Bdl, client_of: Maker, clock: Clock
) -> None:
    bdl.variables = [variable(1, "P1", "x")]
    bdl.always = {"X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": "2025-11-01T12:30:00Z"}
    client = client_of()
    client.variables("P1")
    client.variables("P1", fresh=0)
    assert clock.now >= 1_762_000_200.0


def test_point_18_the_key_is_sent_and_is_found_nowhere_else(
    bdl: Bdl, client_of: Maker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bdl.key = KEY
    # A service that says the key back, in an answer and in an error.
    bdl.variables = [variable(1, "P1", f"etykieta {KEY}")]
    bdl.always = {"X-Echo": KEY}
    client = client_of(key=KEY)
    client.variables("P1")
    assert bdl.asked[0].headers["x-clientid"] == KEY
    bdl.key = "inny"
    bdl.replies["subjects"] = [Reply(403, {"errors": [{"result": f"Klucz {KEY} jest zły"}]})]
    with pytest.raises(PimError) as caught:
        client.subject("P1")
    error = caught.value
    shown = [
        json.dumps(error.as_dict()),
        repr(error),
        "".join(traceback.format_exception(error)),
        caplog.text,
        repr(vars(client)),
        f"{Secret(KEY)} {Secret(KEY)!r}",
    ]
    assert "bdl_key" in error.fix.en
    assert [text for text in shown if KEY in text] == []
    named = [path for path in tmp_path.rglob("*") if KEY in str(path)]
    held = [p for p in tmp_path.rglob("*") if p.is_file() and KEY.encode() in p.read_bytes()]
    assert (named, held) == ([], [])


def test_point_18_a_secret_is_not_pickled_hashed_or_compared_by_text() -> None:
    secret = Secret(KEY)
    assert secret == Secret(f" {KEY} ")
    assert secret != KEY
    assert bool(secret)
    assert not Secret()
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        hash(secret)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>Przerwa techniczna</html>",
        b"",
        b'{"totalRecords": NaN, "results": []}',
        b"[" * 100_000,
        b'{"totalRecords": 1, "results": [',
    ],
)
def test_what_is_no_json_is_refused(bdl: Bdl, client_of: Maker, body: bytes) -> None:
    bdl.replies["variables"] = [Reply(200, raw=body)]
    with pytest.raises(PimError) as caught:
        client_of().variables("P1")
    assert codes_of(caught) == ("PIM-BDL-001", Exit.SOURCE)


SERIES = '{"totalRecords":1,"results":[{"id":7,"values":[%s]}]}'


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        '{"results":[]}',
        '{"totalRecords":1,"results":{}}',
        '{"totalRecords":1,"results":[1]}',
        '{"totalRecords":true,"results":[{"id":7,"values":[]}]}',
        '{"totalRecords":1,"results":[{"id":"7","values":[]}]}',
        '{"totalRecords":1,"results":[{"id":8,"values":[]}]}',
        SERIES % '{"year":"20","val":1}',
        SERIES % '{"year":"2020","val":"1"}',
        SERIES % '{"year":"2020","val":1,"value":2}',
        SERIES % '{"year":"2020","val":1,"attrId":"x"}',
        SERIES % '{"year":"2020","val":1e999999}',
        SERIES % '{"year":"2020","val":1e-999999}',
        SERIES % ('{"year":"2020","val":0.' + "1" * 5_000 + "}"),
    ],
)
def test_json_of_another_shape_is_refused(bdl: Bdl, client_of: Maker, body: str) -> None:
    bdl.replies["data"] = [Reply(200, raw=body.encode())]
    with pytest.raises(PimError) as caught:
        client_of().data_by_unit(CITY, [7])
    assert codes_of(caught) == ("PIM-BDL-002", Exit.SOURCE)


def test_a_unit_id_that_lost_its_zeros_as_a_number_is_refused(bdl: Bdl, client_of: Maker) -> None:
    bdl.units[0]["id"] = 30210101011
    with pytest.raises(PimError, match="PIM-BDL-002"):
        client_of().units(level=6)


def test_an_answer_without_end_is_cut_off(
    bdl: Bdl, client_of: Maker, tmp_path: Path, clock: Clock
) -> None:
    bdl.replies["variables"] = [Reply(200, raw=b" " * 300_000)]
    with pytest.raises(PimError) as caught:
        client_of().variables("P1")
    assert codes_of(caught) == ("PIM-NET-005", Exit.SOURCE)


def test_no_server_at_all_is_tried_three_times_and_said(
    client_of: Maker, tmp_path: Path, clock: Clock
) -> None:
    with serving(Bdl()) as gone:
        pass
    with pytest.raises(PimError) as caught:
        client_of(base=gone.address).variables("P1")
    assert codes_of(caught) == ("PIM-NET-001", Exit.SOURCE)
    limiter = Limiter(tmp_path / "limits.sqlite", keyed=False, clock=clock)
    assert limiter.left()[ANONYMOUS[1].name] == 97, "each try counts"


@pytest.mark.parametrize(
    "base",
    [
        "http://bdl.stat.gov.pl/api/v1/",
        "https://example.org/api/v1/",
        "file:///etc/passwd",
        "bdl.stat.gov.pl",
        "https://user:password@bdl.stat.gov.pl/",
    ],
)
def test_the_key_never_travels_in_the_clear_or_elsewhere(client_of: Maker, base: str) -> None:
    with pytest.raises(PimError) as caught:
        client_of(key=KEY, base=base).variables("P1")
    assert codes_of(caught) == ("PIM-NET-006", Exit.SOURCE)
