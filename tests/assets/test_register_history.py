"""States and change files given by hand, as `pim sources add` takes them, become a history."""

from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

import assets.networks
import assets.register
import assets.register_checks
from assets.house import House
from pipelines.house import house_of
from pipelines.refreshing import add_file
from pipelines.settings import load_settings
from reconcile.versions import as_of
from schemas.tables.city_transitions import CityTransitions
from schemas.tables.city_versions import UnitVersions
from schemas.tables.register import RegisterStates
from schemas.tables.register_differences import RegisterDifferences
from sources.teryt.tables import read_file
from tests.reconcile.identity_sample import DAYS, FOUR_STATES, TERYT, real_files
from tests.shared import needs_shared
from tests.sources.terytchanges import between, changes

pytestmark = needs_shared

ASSETS = [
    assets.networks.units,
    assets.register.city_ids,
    assets.register.known_transitions,
    assets.register.register_states,
    assets.register.unit_versions,
    assets.register.city_transitions,
    assets.register_checks.register_differences,
]
JST = TERYT.parent / "other" / "Baza_teleadresowa_jst_stan_na_19_05_2021.csv"
LOST = "Wąbrzeźno"
"""Renamed between 2016 and 2020; the change file that is given leaves it out."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[tuple[str, str]], House]:
    """The verdict on each file that was given, and the house built of them."""
    folder = tmp_path_factory.mktemp("history")
    files = [read_file(file).frame for file in real_files()]
    given: list[tuple[Path, str]] = [(TERYT / FOUR_STATES[at], "terc") for at in (0, 3, 1, 2)]
    for first, last in ((0, 1), (2, 3)):
        parts = between(files[first], files[last], str(DAYS[last]))
        path = folder / f"TERC_Urzedowy_zmiany_{DAYS[first]}_{DAYS[last]}.xml"
        path.write_bytes(changes(*(part for part in parts if LOST not in part)))
        given.append((path, "terc_changes"))
    settings = load_settings({"data": str(folder / "data")})
    verdicts = [
        (source, str(add_file(settings, path, source, day=None, allow_loss=False).verdict))
        for path, source in [*given, (JST, "jst")]
    ]
    house = house_of(settings)
    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(ASSETS, instance=instance, resources={"house": house})
    assert done.success
    assert house.errors == {}
    return verdicts, house


def test_states_may_be_given_in_any_order_and_the_newest_is_used(
    told: tuple[list[tuple[str, str]], House],
) -> None:
    assert told[0] == [
        ("terc", "accepted"),
        ("terc", "accepted"),
        ("terc", "history"),
        ("terc", "history"),
        ("terc_changes", "accepted"),
        ("terc_changes", "accepted"),
        ("jst", "accepted"),
    ]


def test_the_published_history_explains_every_code_that_vanished(
    told: tuple[list[tuple[str, str]], House],
) -> None:
    frames = told[1].load_publishable((CityTransitions, RegisterStates))
    since = frames[CityTransitions.name].filter(pl.col("changed_by") > DAYS[0])
    assert dict(since.group_by("change").len().rows()) == {
        "kind_changed": 102,
        "abolished": 1,
        "created": 2,
        "renamed": 4,
    }
    by_file = since.filter(pl.col("states").str.contains("terc_changes-2023-01-01-2025-01-01"))
    assert dict(by_file.group_by("change").len().rows()) == {
        "kind_changed": 41,
        "created": 2,
        "renamed": 1,
    }
    files = frames[RegisterStates.name].filter(register="terc_changes")
    assert files["state_id"].to_list() == [
        "terc_changes-2016-01-01-2020-01-01",
        "terc_changes-2023-01-01-2025-01-01",
    ]
    assert files["retrieved"].null_count() == 0


@pytest.mark.parametrize(
    ("day", "state", "gminas", "name"),
    [
        (date(2019, 12, 31), DAYS[0], 2478, "Słupsk"),
        (date(2024, 6, 1), DAYS[2], 2477, "Słupsk"),
        (date(2025, 1, 1), DAYS[3], 2479, "Redzikowo"),
    ],
)
def test_the_register_of_a_day(
    told: tuple[list[tuple[str, str]], House], day: date, state: date, gminas: int, name: str
) -> None:
    frames = told[1].load((UnitVersions, RegisterStates))
    days = frames[RegisterStates.name].filter(register="terc")["state_date"]
    found = as_of(frames[UnitVersions.name], days, day)
    assert (found.state_date, found.gminas.height) == (state, gminas)
    assert found.gminas.filter(terc="2212082")["gmina_name"].to_list() == [name]


def test_a_change_that_no_file_tells_is_found_and_so_are_strange_names(
    told: tuple[list[tuple[str, str]], House],
) -> None:
    rows = told[1].load((RegisterDifferences,))[RegisterDifferences.name]
    by_changes = rows.filter(against="changes")
    assert by_changes.select("state_id", "unit", "expected", "found").rows() == [
        (
            "terc-2020-01-01",
            "0417052",
            "04;17;05;2;Wąbrzeźno;gmina wiejska",
            "04;17;05;2;Ryńsk;gmina wiejska",
        )
    ]
    listed = rows.filter(against="address_list")
    assert listed.height == 11
    assert listed["state_id"].unique().to_list() == ["terc-2025-01-01"]
