"""A whole fetch against a server on this machine: what is asked, kept, resumed and refused."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from schemas.errors import Exit, PimError
from schemas.tables.indicator_variables import IndicatorTheme, Resolution
from schemas.text import Text
from sources.bdl.answers import AnswerStore
from sources.bdl.asking import Asker
from sources.bdl.client import BdlClient
from sources.bdl.fetching import fetch
from sources.bdl.limits import Limiter
from sources.bdl.refresh import Fetched, fetch_indicators
from sources.bdl.revisions import Counts, latest
from sources.bdl.selection import Wanted
from sources.bdl.store import BdlStore
from sources.bdl.transport import opened
from sources.bdl.units import CityUnit
from tests.bdl_server import Bdl, Reply, serving, subject, unit, value, variable
from tests.shared import REPO
from tests.sources.bdl_clock import Clock

ROCK, LAKE = "030210101011", "030210365011"
"""A town, and a city with powiat rights."""
CITIES = {"cit-0001": ["0201011"], "cit-0002": ["0265011"]}
PEOPLE = Wanted("ind-0001", IndicatorTheme.POPULATION, "P1", "")
WOMEN = Wanted("ind-0002", IndicatorTheme.POPULATION, "P1", "kobiety")
DUST = Wanted("ind-0003", IndicatorTheme.AIR, "P2", "")
WANTED = (PEOPLE, WOMEN, DUST)
OLD, NEW = "2025-05-14T15:05:15.743", "2025-11-01T08:00:00.000"


@pytest.fixture
def bdl() -> Iterator[Bdl]:
    known = Bdl(
        units=[unit(ROCK), unit(LAKE), unit("071412865998", kind="8")],
        subjects=[subject("P1"), subject("P2")],
        variables=[
            variable(11, "P1", "ogółem"),
            variable(12, "P1", "kobiety"),
            variable(21, "P2", "ogółem", level=5),
        ],
        values={
            (ROCK, 11): [value(2023, 100), value(2024, 101)],
            (LAKE, 11): [value(2023, 900), value(2024, 0, 50)],
            (ROCK, 12): [value(2023, 52)],
            (LAKE, 12): [value(2023, 470)],
            ("030210365000", 21): [value(2023, 12.5)],
        },
        updated={11: OLD, 12: OLD, 21: OLD},
    )
    with serving(known) as server:
        yield server


class World:
    """A folder, a clock, and fetches into one by the other."""

    def __init__(self, bdl: Bdl, folder: Path) -> None:
        self.bdl = bdl
        self.clock = Clock()
        self.store = BdlStore(folder)
        self.said: list[Text] = []
        self.calls_when_told: list[int] = []

    def hear(self, text: Text) -> None:
        """What a fetch says, and how many calls it had made by then."""
        self.said.append(text)
        self.calls_when_told.append(len(self.bdl.asked))

    def fetch(
        self,
        wanted: tuple[Wanted, ...] = WANTED,
        known: tuple[CityUnit, ...] = (),
        max_wait: float = 3_600.0,
    ) -> Fetched:
        limiter = Limiter(
            self.store.limits,
            keyed=False,
            max_wait=max_wait,
            clock=self.clock,
            sleep=self.clock.sleep,
        )
        with opened(self.store.folder / "turns", loopback=True) as transport:
            answers = AnswerStore(self.store.answers)
            asker = Asker(transport, limiter, answers, jitter=0.0)
            client = BdlClient(asker, base=self.bdl.address)
            return fetch_indicators(
                client, limiter, self.store, wanted, CITIES, known=known, say=self.hear
            )

    def values(self) -> dict[tuple[str, int, int], tuple[str | None, int]]:
        rows = latest(self.store.scan().collect())
        columns = ["city", "variable_id", "year", "value", "revision"]
        return {(c, v, y): (value, r) for c, v, y, value, r in rows.select(columns).rows()}


@pytest.fixture
def world(bdl: Bdl, tmp_path: Path) -> World:
    return World(bdl, tmp_path / "bdl-api" / "v1")


def test_values_of_all_cities_come_each_once_at_the_level_that_has_them(world: World) -> None:
    fetched = world.fetch()
    assert world.values() == {
        ("cit-0001", 11, 2023): ("100", 1),
        ("cit-0001", 11, 2024): ("101", 1),
        ("cit-0001", 12, 2023): ("52", 1),
        ("cit-0002", 11, 2023): ("900", 1),
        ("cit-0002", 11, 2024): ("0", 1),
        ("cit-0002", 12, 2023): ("470", 1),
        ("cit-0002", 21, 2023): ("12.5", 1),
    }
    assert fetched.counts == Counts(new=7)
    assert fetched.missing_cities == ()
    assert [row["resolution"] for row in world.store.variables().rows(named=True)] == ["found"] * 3
    assert world.store.variables()["scope"].to_list() == ["gmina", "gmina", "powiat"]
    asked = [path for path in world.bdl.paths() if path.startswith("data/")]
    assert "data/by-unit/071412865998" not in asked


def test_point_19_the_budget_is_announced_before_the_first_call(world: World) -> None:
    fetched = world.fetch()
    assert world.calls_when_told == [0, 5], "and again when it is known what is due"
    most = int(world.said[0].en.split("at most ")[1].split()[0])
    assert 3 < fetched.calls <= most


def test_point_19_a_fetch_that_does_not_fit_makes_no_call(world: World) -> None:
    limiter = Limiter(world.store.limits, keyed=False, clock=world.clock, sleep=world.clock.sleep)
    for _ in range(95):
        limiter.take()
    with pytest.raises(PimError) as caught:
        world.fetch(max_wait=60)
    assert (caught.value.code, caught.value.exit_code) == ("PIM-BDL-009", Exit.SOURCE)
    assert world.bdl.asked == []


def test_point_19_a_hundred_variables_go_into_one_request(bdl: Bdl, world: World) -> None:
    bdl.variables = [variable(n, "P1", f"etykieta {n}") for n in range(1, 201)]
    bdl.values = {(ROCK, n): [value(2023, n)] for n in range(1, 201)}
    wanted = tuple(
        Wanted(f"ind-{n:04}", IndicatorTheme.POPULATION, "P1", f"etykieta {n}")
        for n in range(1, 201)
    )
    world.fetch(wanted)
    asked = [one for one in bdl.asked if one.path == f"data/by-unit/{ROCK}"]
    assert [len(one.query["var-id"]) for one in asked] == [100, 100], "the probe is not repeated"
    assert {one.query["page-size"][0] for one in asked} == {"100"}
    assert len(world.values()) == 200


def test_point_20_only_what_was_updated_is_asked_again(bdl: Bdl, world: World) -> None:
    world.fetch()
    first = len(bdl.asked)
    world.clock.now += 86_400
    assert world.fetch().counts == Counts()
    quiet = bdl.paths()[first:]
    assert sorted(quiet) == [f"data/by-unit/{ROCK}", "data/by-unit/030210365000"], "probes alone"

    bdl.updated[12] = NEW
    bdl.values[LAKE, 12] = [value(2023, 471), value(2024, 480)]
    world.clock.now += 86_400
    fetched = world.fetch()
    assert fetched.counts == Counts(new=1, revised=1, unchanged=1)
    variables = [one.query["var-id"] for one in bdl.asked[-2:]]
    assert variables == [["12"], ["12"]]
    assert world.values()["cit-0002", 12, 2023] == ("471", 2)
    revisions = world.store.scan().filter(city="cit-0002", variable_id=12, year=2023).collect()
    assert revisions["value"].to_list() == ["470", "471"]
    assert [str(day) for day in revisions["source_date"]] == ["2025-05-14", "2025-11-01"]


def test_point_20_a_new_city_is_asked_for_all_and_the_others_for_nothing(world: World) -> None:
    world.fetch((PEOPLE,))
    world.clock.now += 86_400
    before = len(world.bdl.asked)
    world.fetch((PEOPLE, WOMEN))
    asked = world.bdl.asked[before:]
    by_unit = {one.path: one.query["var-id"] for one in asked if one.path.startswith("data/")}
    assert by_unit == {f"data/by-unit/{ROCK}": ["12"], f"data/by-unit/{LAKE}": ["12"]}


def test_point_17_a_unit_without_values_is_asked_again_after_a_week(bdl: Bdl, world: World) -> None:
    del bdl.values[LAKE, 12]
    world.fetch()
    bdl.values[LAKE, 12] = [value(2023, 470)]
    world.clock.now += 86_400
    world.fetch()
    assert ("cit-0002", 12, 2023) not in world.values()
    world.clock.now += 7 * 86_400
    world.fetch()
    assert world.values()["cit-0002", 12, 2023] == ("470", 1)


def test_a_fetch_that_breaks_off_keeps_what_was_good_and_goes_on_where_it_was(
    bdl: Bdl, world: World
) -> None:
    world.fetch((PEOPLE,))
    good = world.values()
    bdl.updated[11] = NEW
    bdl.values[ROCK, 11] = [value(2023, 99)]
    world.clock.now += 86_400
    bdl.replies[f"by-unit/{LAKE}"] = [Reply(500), Reply(500), Reply(500)]
    with pytest.raises(PimError, match="PIM-BDL-006"):
        world.fetch((PEOPLE,))
    assert world.values() == good
    before = len(bdl.asked)
    world.clock.now += 600
    world.fetch((PEOPLE,))
    again = bdl.paths()[before:]
    assert again.count(f"data/by-unit/{ROCK}") == 1, "the probe; its values were there already"
    assert world.values()["cit-0001", 11, 2023] == ("99", 2)


def test_units_that_are_known_need_no_look_up(world: World) -> None:
    known = (
        CityUnit("cit-0001", ROCK, 6),
        CityUnit("cit-0002", LAKE, 6),
        CityUnit("cit-0002", "030210365000", 5),
    )
    world.fetch(known=known)
    assert "units" not in world.bdl.paths()
    assert len(world.values()) == 7


def test_a_city_that_has_no_unit_is_named_and_the_others_come(bdl: Bdl, world: World) -> None:
    bdl.units = [unit(ROCK)]
    fetched = world.fetch()
    assert fetched.missing_cities == ("cit-0002",)
    assert {city for city, _, _ in world.values()} == {"cit-0001"}


def test_a_unit_that_the_service_does_not_know_is_named_and_the_others_come(world: World) -> None:
    gone = CityUnit("cit-0002", "019999999011", 6)
    fetched = world.fetch(known=(CityUnit("cit-0001", ROCK, 6), gone))
    assert fetched.refused_units == ("019999999011",)
    assert {city for city, _, _ in world.values()} == {"cit-0001"}


def test_a_subject_that_changed_is_reported_and_its_values_stay(bdl: Bdl, world: World) -> None:
    world.fetch()
    bdl.subjects = [subject("P2")]
    bdl.variables = [
        one if one["id"] != 21 else {**one, "id": 22, "n1": "pyły ogółem"} for one in bdl.variables
    ]
    world.clock.now += 31 * 86_400
    fetched = world.fetch()
    assert {one.wanted.indicator_id: one.resolution for one in fetched.unresolved} == {
        "ind-0001": Resolution.NOT_FOUND,
        "ind-0002": Resolution.NOT_FOUND,
    }
    assert len(world.values()) == 7, "what was kept stays"
    meant = world.store.variables().select("indicator_id", "variable_id", "current").rows()
    assert ("ind-0001", 11, False) in meant
    assert ("ind-0003", 22, True) in meant, "the one variable of the subject is the total"
    assert ("ind-0003", 21, False) in meant
    told = fetched.as_dict()["unresolved"]
    assert isinstance(told, list)
    assert told[0]["state"] == "not_found"


def test_every_answer_is_kept_as_it_came_and_named_by_its_rows(bdl: Bdl, world: World) -> None:
    world.fetch()
    named = set(world.store.scan().collect()["answer"])
    kept = {path.stem for path in (world.store.answers / "bodies").rglob("*.json")}
    assert named <= kept
    assert all(len(name) == 64 for name in named)


def test_a_second_fetch_at_the_same_time_is_refused(world: World) -> None:
    with world.store.writing(), pytest.raises(PimError) as caught:
        world.fetch()
    assert caught.value.code == "PIM-BDL-013"
    assert world.bdl.asked == []


KILLED = """
import os, sys
from pathlib import Path
from sources.bdl.store import BdlStore

folder = Path(sys.argv[1])
with BdlStore(folder).writing():
    (folder / ".capture.parts.1.tmp").mkdir()
    os._exit(9)
"""


def test_a_killed_fetch_leaves_no_lock_and_nothing_half(world: World) -> None:
    folder = world.store.folder
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=REPO, check=False)
    assert (folder / ".capture.parts.1.tmp").is_dir()
    world.fetch()
    assert list(folder.rglob(".*.tmp")) == []


def test_a_damaged_file_of_values_is_said_and_not_overwritten(world: World) -> None:
    world.fetch()
    path = world.store.observations("P1")
    path.write_bytes(b"PAR1 uszkodzony")
    with pytest.raises(PimError) as caught:
        world.store.scan()
    assert caught.value.code == "PIM-BDL-012"
    world.bdl.updated[11] = NEW
    world.clock.now += 86_400
    with pytest.raises(PimError, match="PIM-BDL-012"):
        world.fetch()
    assert path.read_bytes() == b"PAR1 uszkodzony"


def test_the_whole_fetch_is_one_call(bdl: Bdl, tmp_path: Path) -> None:
    fetched = fetch(tmp_path / "v1", WANTED[:1], CITIES, base=bdl.address)
    assert fetched.counts == Counts(new=4)
    assert isinstance(fetched.as_dict()["calls"], int)
    assert BdlStore(tmp_path / "v1").scan().select(pl.len()).collect().item() == 4
