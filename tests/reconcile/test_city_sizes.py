"""Area and population follow a city through its codes, and tell the town from the gmina."""

from datetime import date

import polars as pl

from reconcile.city_sizes import sizes_of
from reconcile.identity import code_index, code_spans
from tests.reconcile.identity_sample import anchors, change

OLD, NEW = date(2020, 1, 1), date(2025, 1, 1)
COLUMNS = {
    "terc": pl.String(),
    "area_ha": pl.Int64(),
    "area_missing": pl.String(),
    "population": pl.Int64(),
    "population_missing": pl.String(),
    "sheet_row": pl.Int64(),
}


def test_a_city_is_known_by_the_code_of_the_day_and_its_town_is_told() -> None:
    ids = {"cit-0001": ("0101011", OLD), "cit-0002": ("0102012", OLD), "cit-0003": ("0103013", OLD)}
    moved = change("kind_changed", "cit-0002", ("0102012", "0102013"), (OLD, NEW))
    index = code_index(code_spans(anchors(ids), moved))
    gminas = pl.DataFrame(
        [
            ("0101011", 10, None, 100, None, 7),
            ("0102012", 20, None, None, "no_data", 8),
            ("0103013", 30, None, 300, None, 9),
            ("0103014", 5, None, 50, None, 10),
            ("0104012", 40, None, 400, None, 11),
        ],
        schema=COLUMNS,
        orient="row",
    )
    towns = gminas.filter(pl.col("terc").is_in(["0101011", "0103014"]))
    cities = pl.DataFrame({"city_id": ["cit-0001", "cit-0002", "cit-0003"]})
    found = sizes_of(gminas, towns, cities, index, OLD)
    assert found.rows() == [
        ("cit-0001", 10, None, 100, None, 10, None, 100, None, 7),
        ("cit-0002", 20, None, None, "no_data", None, "no_data", None, "no_data", 8),
        ("cit-0003", 30, None, 300, None, 5, None, 50, None, 9),
    ]
