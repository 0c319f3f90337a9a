"""Area and population of cities: of the whole gmina, and of the town in it."""

from datetime import date

import polars as pl

from reconcile.identity import with_city_id
from schemas.missing import MissingReason

_MEASURES = ("area_ha", "area_missing", "population", "population_missing")
_REASONS = {"area_ha": "area_missing", "population": "population_missing"}


def sizes_of(
    gminas: pl.DataFrame, towns: pl.DataFrame, cities: pl.DataFrame, index: pl.DataFrame, day: date
) -> pl.DataFrame:
    """`city_id`, the measures of the gmina, those of its town (`town_…`), and `sheet_row`.

    `gminas` and `towns` have terc, the measures and sheet_row, by the codes of `day`; `cities` has
    city_id; `index` is by `reconcile.identity.code_index`. A city is known by the code that it had
    on that day. In an urban-rural gmina the town is its part of kind 4, else it is the gmina. A
    town that the workbook lacks has the reason `no_data`.
    """
    ours = with_city_id(gminas, index, day=day).join(
        cities.select("city_id"), on="city_id", how="semi"
    )
    terc = pl.col("terc")
    within = pl.when(terc.str.ends_with("3")).then(terc.str.slice(0, 6) + "4").otherwise(terc)
    measured = towns.select(pl.col("terc").alias("town"), pl.col(_MEASURES).name.prefix("town_"))
    told = ours.with_columns(town=within).join(measured, on="town", how="left")
    lacking = pl.lit(MissingReason.NO_DATA.value)
    reasons = {
        f"town_{reason}": pl.when(pl.col(f"town_{value}").is_null()).then(
            pl.coalesce(f"town_{reason}", lacking)
        )
        for value, reason in _REASONS.items()
    }
    return (
        told.with_columns(**reasons)
        .select("city_id", *_MEASURES, *(f"town_{name}" for name in _MEASURES), "sheet_row")
        .sort("city_id")
    )
