"""Area, population and boundaries: empty at first, published once their files are there."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from assets.places import area_population, files_of
from schemas.datasets import CITY_REGISTER, INDICATORS
from schemas.files import sha256
from schemas.tables.area_population import AreaPopulation
from schemas.tables.city_places import CityPlaces
from schemas.tables.register import Cities, RegisterStates
from sources.snapshots.store import Store
from tests.assets.test_register_assets import build, house_at
from tests.shared import SHARED, needs_shared
from tests.sources.snapshotmaking import RETRIEVED, captured, keep
from tests.sources.test_prg import WARSAW, gml, square
from warehouse.folder import DataFolder

WORKBOOK = "powierzchnia_i_ludnosc_w_przekroju_terytorialnym_w_2024_roku_tablice.xlsx"


def test_without_files_the_tables_are_empty_and_nothing_stops(tmp_path: Path) -> None:
    house = house_at(tmp_path)
    build(house, area_population)
    assert all(frame.is_empty() for frame in house.load((AreaPopulation, CityPlaces)).values())
    assert files_of(house, CITY_REGISTER) == ()


@needs_shared
def test_point_27_boundaries_of_our_cities_become_points_and_geojson(tmp_path: Path) -> None:
    layer = tmp_path / "granice.gml"
    north, east = WARSAW
    layer.write_bytes(
        gml(
            ("143402_1", "Marki", square(north, east)),
            ("143403_1", "Ząbki", square(north, east + 1000)),
        )
    )
    store = Store(DataFolder(tmp_path / "data").snapshots)
    keep(store, layer, captured(layer, "boundaries"))
    workbook = SHARED / "data" / "registries" / "other" / WORKBOOK
    of_2024 = replace(
        captured(workbook, "population"),
        state_date=date(2024, 1, 1),
        rows=4930,
        member_sha256="0" * 64,
    )
    keep(store, workbook, of_2024)
    house = house_at(tmp_path / "data")
    build(house, area_population)

    frames = house.load((AreaPopulation, CityPlaces, Cities))
    places = frames[CityPlaces.name].select("place_name", "longitude", "latitude").rows()
    assert [name for name, _, _ in places] == ["Marki"]
    assert str(places[0][1]).startswith("21.0")

    people = frames[AreaPopulation.name]
    assert people.height == frames[Cities.name].height == 56
    koszalin = frames[Cities.name].filter(terc="3261011").get_column("city_id")[0]
    row = people.filter(city_id=koszalin).row(0, named=True)
    assert (row["area_ha"], row["population"], str(row["state_date"])) == (
        10557,
        105540,
        "2024-01-01",
    )
    assert row["_place"].startswith("row ")
    assert (row["town_area_ha"], row["town_population"]) == (10557, 105540)
    parts = people.filter(pl.col("town_population") < pl.col("population")).join(
        frames[Cities.name], on="city_id"
    )
    assert "Pilawa" in parts["city_name"].to_list(), "of an urban-rural gmina the town is a part"
    assert set(parts["terc"].str.slice(6)) == {"3"}

    states = house.load((RegisterStates,))[RegisterStates.name]
    told = states.filter(pl.col("register").is_in(["boundaries", "population"]))
    assert told.select("state_id", "sha256", "terms").rows() == [
        ("boundaries-2026-03-04", sha256(layer), "gugik"),
        ("population-2024-01-01", sha256(workbook), "gus"),
    ], "point 28: state, checksum and terms of what published tables are made of"
    assert told["retrieved"].to_list() == [RETRIEVED.replace(tzinfo=None)] * 2

    assert files_of(house, INDICATORS) == ()
    (file,) = files_of(house, CITY_REGISTER)
    file.write(tmp_path / "map.geojson", "pl")
    written = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert [one["properties"]["nazwa"] for one in written["features"]] == ["Marki"]
    assert written["attribution"] == "GUS"
