"""The GUS workbook of area and population, as it really looks (point 23)."""

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from schemas.errors import PimError
from sources.area_population import read_area_population
from tests.shared import SHARED, needs_shared

REAL = "powierzchnia_i_ludnosc_w_przekroju_terytorialnym_w_2024_roku_tablice.xlsx"


def _workbook(*, area: object = 2285, swap: bool = False) -> bytes:
    """A small workbook with every trap of the real one; `swap` moves population before area."""
    book = openpyxl.Workbook()
    for title, words in (("Tabl. 30", "WEDŁUG GMIN"), ("Tabl. 31", "WEDŁUG MIAST")):
        sheet = book.create_sheet(title)
        sheet.append([f"TABL. 30. POWIERZCHNIA {words}\n AREA"])
        sheet.append([None, None, None, None, None, None, "Powrót do spisu tablic"])
        groups = [["Powierzchnia\nArea", None, None], ["Ludność\n Population", None, None]]
        units = [["w ha\nin ha", "", "w km²"], ["ogółem\ntotal", "", "na 1 km²"]]
        values = [[area, "↑", 23], ["37 055", "", 1622]]
        empty = [["x", "", "x"], [".", "", "x"]]
        order = [1, 0] if swap else [0, 1]
        sheet.append(
            ["Identyfikator\nterytorialny", "Nazwa", *(c for i in order for c in groups[i])]
        )
        sheet.append([None, None, *(c for i in order for c in units[i])])
        sheet.append(["", "WOJ. DOLNOŚLĄSKIE"])
        sheet.append(
            ["020101 1", "  Bolesławiec" + "." * 250, *(c for i in order for c in values[i])]
        )
        sheet.append(["", "gminy wiejskie   rural gminas"])
        sheet.append(
            ["146501 1", "  M.st. Warszawa (a)....", *(c for i in order for c in empty[i])]
        )
    changes = book.create_sheet("Tabl. 40")
    changes.append(
        ["TABL. 40. ZMIANY PODZIAŁU TERYTORIALNEGO W OKRESIE OD 02.01.2023 R. DO 01.01.2024 R."]
    )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("swap", [False, True])
def test_point_23_headers_dots_arrows_and_signs_are_understood(swap: bool) -> None:
    gminas = read_area_population(_workbook(swap=swap), "a.xlsx").gminas
    assert gminas.select("terc", "unit_name").rows() == [
        ("0201011", "Bolesławiec"),
        ("1465011", "M.st. Warszawa"),
    ]
    first, second = gminas.rows(named=True)
    assert (first["area_ha"], first["area_change"], first["population"]) == (2285, "up", 37055)
    assert (second["area_ha"], second["area_missing"]) == (None, "not_applicable")
    assert (second["population"], second["population_missing"]) == (None, "no_data")
    assert [first["sheet_row"], second["sheet_row"]] == [6, 8]


def test_point_23_a_dash_is_zero_in_a_gus_table() -> None:
    gminas = read_area_population(_workbook(area="-"), "a.xlsx").gminas
    assert gminas.row(0, named=True)["area_ha"] == 0


def test_point_23_an_unknown_sign_stops_the_table_and_names_the_row() -> None:
    with pytest.raises(PimError, match="PIM-APO-003") as refused:
        read_area_population(_workbook(area="ok. 2000"), "a.xlsx")
    assert "6: ok. 2000" in str(refused.value.why)


def test_another_workbook_is_refused_by_what_it_lacks() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with pytest.raises(PimError, match="PIM-APO-002"):
        read_area_population(out.getvalue(), "other.xlsx")


@needs_shared
def test_point_23_the_real_workbook_of_2024_is_read_whole() -> None:
    path = SHARED / "data" / "registries" / "other" / REAL
    read = read_area_population(path.read_bytes(), path.name)
    assert (read.gminas.height, read.towns.height) == (3917, 1013)
    assert read.state_date == date(2024, 1, 1)
    kinds = read.gminas.group_by(pl.col("terc").str.slice(6)).len().sort("terc").rows()
    assert kinds == [("1", 302), ("2", 1464), ("3", 711), ("4", 711), ("5", 711), ("8", 18)]
    assert not read.gminas.get_column("unit_name").str.contains(r"\.\.|\([a-z]{1,3}\)$").any()
    changed = read.gminas.get_column("area_change").drop_nulls().len()
    changed += read.gminas.get_column("population_change").drop_nulls().len()
    assert changed == 65
    koszalin = read.towns.filter(pl.col("terc") == "3261011").row(0, named=True)
    assert (koszalin["area_ha"], koszalin["population"]) == (10557, 105540)
