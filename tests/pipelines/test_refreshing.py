"""When a source is due or stale, and what happens when two want to fetch it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.refreshing import add_file, exit_code, plan_refresh, refresh
from pipelines.settings import Settings, load_settings
from pipelines.sourcestate import State, list_sources
from schemas.errors import Exit, PimError
from sources.catalogue import all_sources
from sources.snapshots.provenance import Provenance
from sources.snapshots.store import Store
from sources.snapshots.verdicts import Verdict
from sources.web.trying import Patience
from tests.servers import Exchange, answer, in_turn, serving
from tests.sources.snapshotmaking import lau_bytes

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
HURRY = Patience(first_wait=0.01, longest_wait=0.1, silence=1)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a folder of its own, with the LAU table given by hand."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    (tmp_path / "lau.csv").write_bytes(lau_bytes())
    found = load_settings({"data": str(tmp_path / "data")})
    add_file(found, tmp_path / "lau.csv", "lau", day=None, allow_loss=False)
    return found


def state(settings: Settings, **changes: object) -> State:
    """The state of LAU as of NOW, with some facts changed."""
    found = next(one for one in list_sources(settings) if one.source.name == "lau")
    return replace(found, now=NOW, confirmed=NOW - timedelta(days=10), **changes)  # type: ignore[arg-type]


def in_use(settings: Settings, **changes: object) -> Provenance:
    """The snapshot of LAU with some facts changed."""
    found = Store(settings.data / "snapshots").in_use("lau")
    assert found is not None
    return replace(found, **changes)  # type: ignore[arg-type]


def test_a_confirmed_state_is_good_until_it_is_due(settings: Settings) -> None:
    found = state(settings)
    assert found.next_due == NOW.date() + timedelta(days=356)
    assert (found.stale, found.due) == (False, False)
    today = replace(found, confirmed=NOW - timedelta(days=366))
    assert (today.stale, today.due) == (False, True)
    late = replace(found, confirmed=NOW - timedelta(days=367))
    assert (late.stale, late.due) == (True, True)


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.FAILED])
def test_after_a_failure_the_last_good_state_is_stale(verdict: Verdict, settings: Settings) -> None:
    assert state(settings, verdict=str(verdict)).stale
    assert not state(settings, verdict=str(Verdict.PART)).stale


def test_a_state_of_long_ago_is_stale_where_a_newer_one_must_exist(settings: Settings) -> None:
    terc = all_sources()["terc"]
    old = in_use(settings, state_date=date(2025, 1, 1))
    assert state(settings, source=terc, in_use=old).stale
    new = in_use(settings, state_date=date(2026, 1, 1))
    assert not state(settings, source=terc, in_use=new).stale
    wmrodz = all_sources()["wmrodz"]
    assert not state(settings, source=wmrodz, in_use=old).stale


def test_what_was_never_had_is_due_and_not_stale(settings: Settings) -> None:
    plans = {plan.source.name: plan.action for plan in plan_refresh(settings, [], None)}
    assert (plans["terc"], plans["jst"], plans["bdl"]) == ("fetch", "find", "by_hand")
    terc = next(one for one in list_sources(settings) if one.source.name == "terc")
    assert (terc.due, terc.stale, terc.age_days, terc.next_due) == (True, False, None, None)


def test_a_named_source_is_fetched_though_it_is_not_due(settings: Settings) -> None:
    table = lau_bytes(2_480)
    with serving({"/lau.csv": lambda e: e.send(200, table, {"Content-Type": "text/csv"})}) as it:
        _send_to(settings, it.address("/lau.csv"))
        plans = {plan.source.name: plan.action for plan in plan_refresh(settings, [], None)}
        assert plans["lau"] == "not_due"
        outcomes = refresh(settings, ["lau"], patience=HURRY)
    assert [one.verdict for one in outcomes] == [Verdict.ACCEPTED]
    assert exit_code(outcomes) is Exit.OK


def test_what_one_address_said_is_not_asked_of_another(settings: Settings) -> None:
    routes = {
        "/2026.csv": answer(lau_bytes(2_478), "text/csv", '"1"'),
        "/2027.csv": answer(lau_bytes(2_480), "text/csv", '"1"'),
    }
    with serving(routes) as server:
        for path in ("/2026.csv", "/2026.csv", "/2027.csv"):
            _send_to(settings, server.address(path))
            refresh(settings, ["lau"], patience=HURRY)
        asked = [exchange.headers.get("If-None-Match") for exchange in server.seen]
    used = Store(settings.data / "snapshots").in_use("lau")
    assert used is not None
    assert used.rows == 2_480
    assert asked == [None, '"1"', None]


def test_two_never_fetch_the_same_source_at_once(settings: Settings) -> None:
    second: list[Verdict] = []

    def meanwhile(exchange: Exchange) -> None:
        if not second:
            second.append(refresh(settings, ["lau"], patience=HURRY)[0].verdict)
        exchange.send(200, lau_bytes(2_479), {"Content-Type": "text/csv"})

    with serving({"/lau.csv": meanwhile}) as server:
        _send_to(settings, server.address("/lau.csv"))
        first = refresh(settings, ["lau"], patience=HURRY)
    assert first[0].verdict is Verdict.ACCEPTED
    assert second == [Verdict.FAILED]


def test_a_failed_refresh_is_remembered_until_a_good_one(settings: Settings) -> None:
    with serving({}) as server:
        _send_to(settings, server.address("/nothing"))
        outcomes = refresh(settings, ["lau"], patience=HURRY)
        assert exit_code(outcomes) is Exit.SOURCE
    found = next(one for one in list_sources(settings) if one.source.name == "lau")
    assert (found.verdict, found.stale) == ("failed", True)
    assert found.error is not None
    assert found.error["code"] == "PIM-NET-003"
    assert found.as_dict()["rows"] == 2_477
    with serving({"/f": lambda e: e.send(200, lau_bytes())}) as server:
        _send_to(settings, server.address("/f"))
        assert refresh(settings, ["lau"], patience=HURRY)[0].verdict is Verdict.UNCHANGED
    found = next(one for one in list_sources(settings) if one.source.name == "lau")
    assert (found.verdict, found.stale, found.error) == ("unchanged", False, None)


def test_a_damaged_note_is_no_obstacle(settings: Settings) -> None:
    for text in ("{", "[]", '{"verdict": "x", "checked": "y", "confirmed": 5, "error": 1}'):
        (settings.data / "snapshots" / "lau" / "status.json").write_text(text, encoding="utf-8")
        found = next(one for one in list_sources(settings) if one.source.name == "lau")
        assert (found.verdict, found.error) == ("none", None)
        assert found.confirmed == found.in_use.retrieved  # type: ignore[union-attr]


def test_a_source_that_cannot_be_fetched_says_how_to_give_it(settings: Settings) -> None:
    with pytest.raises(PimError, match="PIM-SNP-005") as caught:
        refresh(settings, ["lau"], patience=HURRY)
    assert "pim sources add" in caught.value.fix.pl
    assert "sources.toml" in caught.value.fix.pl


def test_point_26_a_file_is_found_on_a_page_and_kept_as_any_other(settings: Settings) -> None:
    links = b'<a href="2026.csv">2026</a> <a href="2027.csv">2027</a>'
    routes = {
        "/lau/": in_turn(answer(links), answer(links), answer(b"Nowa strona")),
        "/lau/2027.csv": answer(lau_bytes(2_480), "text/csv", '"1"'),
        "/lau/2026.csv": answer(lau_bytes(2_479), "text/csv", '"0"'),
    }
    with serving(routes) as server:
        page = server.address("/lau/")
        _send_to(settings, page, "page")
        plan = plan_refresh(settings, ["lau"], None)[0]
        assert (plan.action, plan.address, server.seen) == ("find", page, [])
        outcomes = [refresh(settings, ["lau"], patience=HURRY)[0] for _ in range(3)]
        asked = server.asked("/lau/2027.csv")
        _send_to(settings, server.address("/lau/2026.csv"))
        assert plan_refresh(settings, ["lau"], None)[0].action == "fetch"
        assert refresh(settings, ["lau"], patience=HURRY)[0].verdict is Verdict.ACCEPTED
        assert len(server.asked("/lau/")) == 3
    verdicts = [Verdict.ACCEPTED, Verdict.UNCHANGED, Verdict.FAILED]
    assert [one.verdict for one in outcomes] == verdicts
    assert exit_code(outcomes) is Exit.SOURCE
    assert [one.headers.get("If-None-Match") for one in asked] == [None, '"1"']
    error = outcomes[2].error
    assert error is not None
    assert (error.code, error.where) == ("PIM-NET-013", page)


def _send_to(settings: Settings, address: str, key: str = "address") -> None:
    text = f'[lau]\n{key} = "{address}"\nloopback = true\npause = 0\n'
    text += r"links = ['/lau/(?P<year>\d+)\.csv']" if key == "page" else ""
    settings.sources.write_text(text, encoding="utf-8")
