"""The assets of the city register, built without any file and with four states of TERC."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

import assets.networks
import assets.places
import assets.register
from assets.building import facts_asset
from assets.house import House
from assets.register import given
from exports.publication import Publication
from schemas.datasets import CITY_REGISTER
from schemas.registry import tables_of
from schemas.tables.city_codes import CityCodes
from schemas.tables.city_transitions import CityTransitions
from schemas.tables.city_versions import CityVersions, UnitVersions
from schemas.tables.documents import Documents
from schemas.tables.localities import Localities
from schemas.tables.register import RegisterStates
from schemas.tables.units import Units
from sources.facts import CURATED
from sources.snapshots.store import Store
from sources.teryt.sets import SetName
from sources.teryt.tables import described
from tests.reconcile.identity_sample import DAYS, FOUR_STATES, TERYT
from tests.shared import needs_shared
from tests.sources.snapshotmaking import RETRIEVED, captured, keep
from warehouse.folder import DataFolder

ASSETS = [
    facts_asset(Documents),
    assets.networks.units,
    assets.networks.participants,
    assets.places.city_places,
    *(value for value in vars(assets.register).values() if isinstance(value, dg.AssetsDefinition)),
]


def house_at(path: Path, terc: Path | None = None) -> House:
    """A house over an empty data folder."""
    publication = Publication(version="2026.1.0", date=date(2026, 1, 1))
    return House(DataFolder(path), CURATED, publication, terc=terc)


def snapshot_of(store: Store, path: Path) -> None:
    """Keep a file of TERYT as if it had been fetched."""
    file = described(path)
    known = replace(
        captured(path, file.register.lower()),
        sha256=file.sha256,
        member=file.member,
        member_sha256=file.sha256,
        rows=file.rows,
        file_date=file.file_date,
        state_date=file.state_date,
    )
    keep(store, path, known)


def build(house: House, *more: dg.AssetsDefinition) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([*ASSETS, *more], instance=instance, resources={"house": house})
    assert result.success
    assert house.errors == {}


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Built from the facts alone."""
    house = house_at(tmp_path_factory.mktemp("bare"))
    build(house)
    return house


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Built with four states of TERC and one of SIMC and WMRODZ as snapshots."""
    folder = tmp_path_factory.mktemp("full")
    store = Store(DataFolder(folder).snapshots)
    for name in (*FOUR_STATES, "SIMC_Urzedowy_2020-09-26.zip", "WMRODZ_2020-07-29.zip"):
        snapshot_of(store, TERYT / name)
    used = store.in_use("terc")
    assert used is not None
    house = house_at(folder, store.path(used))
    build(house)
    return house


def test_the_data_set_is_never_empty(bare: House) -> None:
    assert given(bare) == ()
    published = bare.load_publishable(tables_of(CITY_REGISTER))
    assert {name: frame.height for name, frame in published.items()} == {
        "city_ids": 2491,
        "cities": 53,
        "city_places": 0,
        "register_states": 8,
        "city_codes": 215,
        "city_transitions": 123,
        "city_versions": 53,
    }
    internal = bare.load((UnitVersions, Localities))
    assert all(frame.is_empty() for frame in internal.values())


def test_cities_that_are_only_inferred_stay_inside(bare: House) -> None:
    published = bare.load_publishable(tables_of(CITY_REGISTER))
    inside = bare.load((CityVersions,))[CityVersions.name]
    hidden = inside.join(published["city_versions"], on="city_id", how="anti")
    assert sorted(hidden["gmina_name"]) == ["Krzywiń", "Stargard", "Łódź"]
    for table in ("cities", "city_codes"):
        assert published[table].join(hidden, on="city_id", how="semi").is_empty()


@needs_shared
def test_full_states_publish_the_same_as_the_facts(bare: House, full: House) -> None:
    """Only the states themselves differ: now it is known when they were retrieved."""
    without, with_states = (
        house.load_publishable(tables_of(CITY_REGISTER)) for house in (bare, full)
    )
    for name, frame in without.items():
        if name != RegisterStates.name:
            assert with_states[name].equals(frame), name
    states = with_states[RegisterStates.name]
    assert states.drop("retrieved", "notes").equals(
        without[RegisterStates.name].drop("retrieved", "notes")
    )
    fetched = states.filter(pl.col("register") != "bdl")
    assert set(fetched["retrieved"]) == {RETRIEVED.replace(tzinfo=None)}


@needs_shared
def test_european_codes_are_those_of_the_lau_table_in_use(tmp_path: Path) -> None:
    name = "PL_lau_2020_nuts_2021_concordance_combo.csv"
    store = Store(DataFolder(tmp_path).snapshots)
    path = TERYT.parent / "other" / name
    keep(store, path, captured(path, "lau"))
    house = house_at(tmp_path)
    build(house)
    frames = house.load((RegisterStates, CityCodes, CityVersions))
    codes = frames[CityCodes.name].filter(pl.col("state") == "lau-2020-12-31")
    assert dict(codes.group_by("code_system").len().rows()) == {
        "lau": 56, "nuts_3": 56, "nuts_2": 56,
    }  # fmt: skip
    pilawa = frames[CityVersions.name].filter(gmina_name="Pilawa")["city_id"][0]
    assert codes.filter(city_id=pilawa).select("code_system", "city_code").rows() == [
        ("lau", "1007142710310"),
        ("nuts_2", "PL92"),
        ("nuts_3", "PL925"),
    ]
    states = frames[RegisterStates.name].filter(register="lau")
    assert states.select("file_name", "file_rows", "terms").rows() == [(name, 2477, "eurostat")]


@needs_shared
def test_full_states_fill_the_tables_inside(full: House) -> None:
    frames = full.load((UnitVersions, Localities, Units))
    assert frames[UnitVersions.name].height == 2595
    assert frames[UnitVersions.name]["city_id"].null_count() == 0
    assert frames[Localities.name].height == 102_913, "SIMC of 2020 beside TERC of 2025"
    assert frames[Units.name].height == 4348


@needs_shared
def test_a_file_that_a_setting_names_goes_before_a_snapshot(tmp_path: Path) -> None:
    store = Store(DataFolder(tmp_path).snapshots)
    snapshot_of(store, TERYT / FOUR_STATES[1])
    house = house_at(tmp_path, TERYT / FOUR_STATES[3])
    files = given(house)
    assert [file.state_date for file in files] == [DAYS[1], DAYS[3]]
    assert {file.register for file in files} == {SetName.TERC}
    assert [file.retrieved is None for file in files] == [False, True]
    same = house_at(tmp_path, files[0].path)
    assert given(same) == files[:1], "the snapshot in use is not read twice"


@needs_shared
def test_two_states_alone_find_no_change_that_was_not_known(tmp_path: Path, bare: House) -> None:
    """States that leave some out neither lose nor invent changes."""
    store = Store(DataFolder(tmp_path).snapshots)
    for name in (FOUR_STATES[0], FOUR_STATES[3]):
        snapshot_of(store, TERYT / name)
    used = store.in_use("terc")
    assert used is not None
    house = house_at(tmp_path, store.path(used))
    build(house)
    few, none = (each.load((CityTransitions,))[CityTransitions.name] for each in (house, bare))
    assert few.equals(none)
