"""From TERC to units of the Local Data Bank and back, each city once: points 14 and 15."""

import polars as pl
import pytest

from sources.bdl.kept import known_units
from sources.bdl.observations import OBSERVED, one_city_once
from sources.bdl.shapes import Unit
from sources.bdl.units import CityUnit, is_city_county, units_of_cities
from sources.codes import bdl_terc
from tests.shared import SHARED, needs_shared

ALL_UNITS = SHARED / "data" / "registries" / "bdl" / "BDL_gmina_unit_codes.txt"
WALBRZYCH = ["0265011", "0221091", "0263011"]
"""Its codes: since 2013, 2003 to 2012, until 2002."""


def gmina(unit_id: str) -> Unit:
    return Unit(unit_id, "Miasto", 6, unit_id[-1], f"{unit_id[:9]}000")


def row(unit_id: str, level: object = 6, **other: object) -> dict[str, object]:
    empty: dict[str, object] = dict.fromkeys(OBSERVED)
    key = {"city": "cit-0001", "variable_id": 7, "year": 2010, "attribute": "1", "value": "1"}
    return {**empty, **key, "unit_id": unit_id, "level": level, "of_today": True, **other}


def once(*rows: dict[str, object]) -> list[tuple[str, str | None]]:
    frame = one_city_once(pl.DataFrame(list(rows), schema=dict(OBSERVED)))
    return frame.select("unit_id", "value").rows()


def test_point_14_a_city_with_powiat_rights_has_two_units_and_is_one_city() -> None:
    units, missing = units_of_cities([gmina("030210365011")], {"cit-0001": ["0265011"]})
    assert units == [
        CityUnit("cit-0001", "030210365011", 6),
        CityUnit("cit-0001", "030210365000", 5),
    ]
    assert missing == []


def test_point_14_a_powiat_that_is_more_than_its_town_is_not_the_town() -> None:
    units, _ = units_of_cities([gmina("030210101011")], {"cit-0001": ["0201011"]})
    assert [unit.level for unit in units] == [6]


@pytest.mark.parametrize(
    ("code", "expected"), [("0265", True), ("1465011", True), ("0221", False), ("1431001", False)]
)
def test_point_14_powiats_from_61_on_are_cities(code: str, expected: bool) -> None:
    assert is_city_county(code) is expected


def test_point_14_the_same_value_on_both_levels_is_published_once() -> None:
    both = row("030210365000", 5), row("030210365011")
    assert once(*both) == once(*reversed(both)) == [("030210365011", "1")]


def test_point_14_the_powiat_stands_in_where_the_gmina_has_no_value() -> None:
    for nothing in (
        row("030210365011", value="0", attribute="15"),
        row("030210365011", value=None),
    ):
        assert once(row("030210365000", 5, value="12"), nothing) == [("030210365000", "12")]


def test_point_14_of_a_city_through_time_each_year_has_the_unit_of_its_time() -> None:
    """Of the units of other times the service gives a dash: attribute 15."""
    dash: dict[str, object] = {"value": "0", "attribute": "15", "of_today": False}
    found = once(
        row("030210365011", year=2002, value="0", attribute="15"),
        row("030210363011", year=2002, value="81", of_today=False),
        row("030210365011", year=2014, value="90"),
        row("030210363011", 6, year=2014, **dash),
        row("030210321091", 6, year=2014, **dash),
    )
    assert found == [("030210363011", "81"), ("030210365011", "90")]


def test_point_14_where_two_units_have_a_value_that_of_today_counts() -> None:
    old = row("030210321091", value="5", of_today=False)
    assert once(old, row("030210365011", value="6")) == [("030210365011", "6")]


def test_point_14_all_codes_that_a_city_has_had_lead_to_it() -> None:
    listed = [gmina(f"0302103{terc[2:]}") for terc in ("0265011", "0263011", "0221091")]
    units, missing = units_of_cities(listed, {"cit-0001": WALBRZYCH, "cit-0002": ["0201011"]})
    gminas = {unit.unit_id: unit.of_today for unit in units if unit.level == 6}
    assert gminas == {"030210365011": True, "030210363011": False, "030210321091": False}
    assert {unit.unit_id for unit in units if unit.level == 5} == {"030210365000", "030210363000"}
    assert missing == ["cit-0002"]


def test_point_15_parts_of_gminas_and_the_unit_that_is_none_are_no_cities() -> None:
    parts = ["030210104034", "030210104035", "071412865028", "071412865998", "000000000000"]
    cities = {f"cit-{n}": [part[2:4] + part[7:]] for n, part in enumerate(parts)}
    units, missing = units_of_cities([gmina(part) for part in parts], cities)
    assert units == []
    assert missing == sorted(cities)


def test_point_15_an_urban_rural_gmina_is_taken_whole_and_its_parts_not_added() -> None:
    three = [gmina(f"03021010403{kind}") for kind in "345"]
    units, _ = units_of_cities(three, {"cit-0001": ["0204033", "0204034", "0204035"]})
    assert [unit.unit_id for unit in units] == ["030210104033"]


@needs_shared
def test_point_15_all_units_of_the_service_have_a_code_but_the_one_that_is_none() -> None:
    ids = [line.strip() for line in ALL_UNITS.read_text(encoding="utf-8").splitlines()]
    frame = pl.DataFrame({"unit_id": ids}).with_columns(terc=bdl_terc(pl.col("unit_id")))
    assert frame.height == 4_180
    assert frame.filter(pl.col("terc").is_null())["unit_id"].to_list() == ["071412865998"]
    assert frame["terc"].drop_nulls().is_unique().all()
    kinds = dict(frame["terc"].str.slice(6).value_counts().drop_nulls().rows())
    assert kinds == {"1": 330, "2": 1_638, "3": 731, "4": 731, "5": 731, "8": 18}
    assert "9" not in kinds, "no delegatury"


@needs_shared
def test_point_15_every_participating_city_has_its_unit_in_the_list() -> None:
    lines = ALL_UNITS.read_text(encoding="utf-8").splitlines()
    units = [gmina(line.strip()) for line in lines]
    found, missing = units_of_cities(units, {"cit-0001": WALBRZYCH, "cit-0002": ["1465011"]})
    assert missing == []
    assert [unit.unit_id for unit in found if unit.city == "cit-0002"] == [
        "071412865011",
        "071412865000",
    ]
    walbrzych = [unit.unit_id for unit in found if unit.city == "cit-0001" and unit.level == 6]
    assert walbrzych == ["030210321091", "030210363011", "030210365011"]


def test_units_that_are_facts_need_not_be_looked_up() -> None:
    codes = {"city_id": ["cit-0001", "cit-0001"], "city_code": ["030210365011", "030210363011"]}
    powiats = {"city_id": ["cit-0001"], "city_code": ["030210365000"]}
    cities = pl.DataFrame({"city_id": ["cit-0001"], "terc": ["0265011"]})
    assert known_units(pl.DataFrame(codes), pl.DataFrame(powiats), cities) == [
        CityUnit("cit-0001", "030210365000", 5, of_today=True),
        CityUnit("cit-0001", "030210363011", 6, of_today=False),
        CityUnit("cit-0001", "030210365011", 6, of_today=True),
    ]
