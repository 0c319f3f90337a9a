"""The counts gate of the city register, the address version, and the table of units."""

from datetime import date

import polars as pl
import pytest

from schemas.errors import PimError
from schemas.gate import check
from schemas.tables.units import Units
from sources.teryt.read import TerytFile, read_teryt
from sources.teryt.register import broken_counts, orphans, require_city_register
from sources.teryt.sets import Scope, Version
from sources.teryt.units import to_units
from tests.shared import SHARED, needs_shared
from tests.sources.terytbytes import DAY, TERC, TERC_ROWS, Row, csv_bytes, whole_terc

BIG_CITIES = ("146501", "126101", "106101", "306401", "026401")


def read(rows: list[Row], name: str = "") -> TerytFile:
    return read_teryt(csv_bytes(rows), name)


def broken(rows: list[Row]) -> list[str]:
    frame = read(rows).frame
    return [text.en for text in broken_counts(frame, date(2025, 1, 1))]


def test_point_10_a_register_whose_counts_hold_is_accepted() -> None:
    file = read(whole_terc())
    require_city_register(file)
    assert (file.scope, file.version) == (Scope.COMPLETE, Version.OFFICIAL)
    assert broken(whole_terc()) == []


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        (("02", "", "", ""), "15 voivodeships instead of 16"),
        (("02", "01", "", ""), "379 powiats instead of 380"),
        (("02", "01", "02", "4"), "Towns (4) and rural areas (5)"),
        (("02", "01", "02", "3"), "No parent unit: 0201024, 0201025"),
    ],
)
def test_point_10_a_missing_unit_is_noticed(without: tuple[str, ...], sentence: str) -> None:
    rows = [row for row in whole_terc() if tuple(row[:4]) != without]
    assert any(sentence in text for text in broken(rows))


def test_point_10_too_few_gminas_twice_the_same_code_and_unknown_kinds() -> None:
    rows = [row for row in whole_terc() if row[2:4] != ("03", "2")]
    assert any("gminas; there should be 2470 to 2490" in text for text in broken(rows))
    assert "Code is there twice: 02." in broken([*whole_terc(), whole_terc()[0]])
    strange = ("02", "01", "09", "7", "X", "gmina", DAY)
    assert "Unknown kind: 7." in broken([*whole_terc(), strange])


def test_point_10_districts_stand_under_the_city_of_their_powiat() -> None:
    assert orphans(read(TERC_ROWS).frame) == []
    no_city = [row for row in TERC_ROWS if row[:4] != ("02", "64", "01", "1")]
    assert orphans(read(no_city).frame) == ["0264069"]


def test_point_10_broken_counts_refuse_the_register_in_both_languages() -> None:
    rows = [row for row in whole_terc() if row[:2] != ("02", "01") or row[2]]
    with pytest.raises(PimError, match="PIM-TRY-022") as caught:
        require_city_register(read(rows))
    assert caught.value.why is not None
    assert "379 powiatów" in caught.value.why.pl
    assert "379 powiats" in caught.value.why.en


def test_point_10_before_2013_there_were_fewer_powiats() -> None:
    rows = [row for row in whole_terc() if row[:2] != ("32", "23")]
    frame = read(rows).frame
    assert [text.en for text in broken_counts(frame, date(2012, 1, 1))] == []
    assert any("379" in text.en for text in broken_counts(frame, date(2013, 1, 1)))


def test_point_11_the_address_version_is_known_by_its_rows_not_its_name() -> None:
    rows = [row for row in whole_terc() if row[3] != "3"]
    file = read(rows, "TERC_Urzedowy_2025-02-01.csv")
    assert file.version is Version.ADDRESS
    with pytest.raises(PimError, match="PIM-TRY-020"):
        require_city_register(file)


def test_a_part_is_read_but_is_not_the_register() -> None:
    file = read(TERC_ROWS)
    assert (file.scope, file.rows) == (Scope.PART, len(TERC_ROWS))
    with pytest.raises(PimError, match="PIM-TRY-021"):
        require_city_register(file)


def test_units_have_the_shape_that_the_gate_wants() -> None:
    units = to_units(read(TERC_ROWS).frame)
    assert dict(units.schema) == Units.schema()
    verdict = check(Units, units, {})
    assert verdict.accepted.select(units.columns).equals(units)
    first, *_ = units.filter(pl.col("terc") == "0201045").rows()
    assert first == ("0201045", "Nowogrodziec", "obszar wiejski", "5", "0201", date(2025, 1, 1))
    powiat = units.filter(pl.col("terc") == "0264").row(0)
    assert powiat[:5] == ("0264", "Wrocław", "miasto na prawach powiatu", None, "02")
    assert units.filter(pl.col("terc") == "02").row(0)[3:5] == (None, None)
    assert units.get_column("terc").is_sorted()


def test_point_13_one_name_two_gminas_in_one_powiat() -> None:
    units = to_units(read(TERC_ROWS).frame)
    same = units.filter((pl.col("unit_name") == "Bolesławiec") & (pl.col("parent") == "0201"))
    assert same.get_column("terc").to_list() == ["0201011", "0201022"]


@needs_shared
def test_point_11_the_five_largest_cities_are_what_the_address_version_loses() -> None:
    folder = SHARED / "data" / "registries" / "teryt"
    official = to_units(read_teryt(folder / "TERC_Urzedowy_2023-01-01.zip").frame)
    address = to_units(read_teryt(folder / "TERC_Adresowy_2022-03-16.csv").frame)
    lost = official.filter(pl.col("kind") == "1").join(address, on="terc", how="anti")
    assert sorted(lost.get_column("terc")) == sorted(city + "1" for city in BIG_CITIES)


@needs_shared
def test_the_whole_register_passes_the_gate() -> None:
    folder = SHARED / "data" / "registries" / "teryt"
    units = to_units(read_teryt(folder / "terc_urzedowy_2025-12.xlsx").frame)
    verdict = check(Units, units, {})
    assert (verdict.accepted.height, verdict.rejected.height) == (4348, 0)
    assert list(units.columns) == [column.name for column in Units.columns]
    assert tuple(TERC[:4]) == ("WOJ", "POW", "GMI", "RODZ")
