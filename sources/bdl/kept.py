"""From what is kept to the rows of tables: the list with its variables, and judged values."""

import polars as pl

from schemas.tables.indicator_variables import IndicatorTheme, Resolution
from sources.bdl.attributes import judged
from sources.bdl.file_refusals import bad_list
from sources.bdl.selection import Wanted
from sources.bdl.units import GMINA_LEVEL, POWIAT_LEVEL, CityUnit
from sources.codes import bdl_terc

_FOUND = ("resolution", "variable_id", "variable_labels", "unit", "scope")


def wanted_of(listed: pl.DataFrame) -> list[Wanted]:
    """The lines of `indicator_list.csv`, for a fetch.

    Raises PimError `PIM-BDL-017` where a line names an unknown theme.
    """
    known = {theme.value: theme for theme in IndicatorTheme}
    names = ["indicator_id", "theme", "subject_id", "selection", "_place"]
    lines: list[Wanted] = []
    for indicator_id, theme, subject_id, selection, place in listed.select(names).rows():
        if theme not in known:
            raise bad_list(place, theme, ", ".join(known))
        lines.append(Wanted(indicator_id, known[theme], subject_id, selection or ""))
    return lines


def list_with_variables(listed: pl.DataFrame, variables: pl.DataFrame) -> pl.DataFrame:
    """The list as rows of `IndicatorVariables`: what the last fetch found stands beside a line.

    A line whose subject or selection was changed since then has not been fetched.
    """
    key = ["indicator_id", "subject_id", "selection"]
    current = variables.filter("current").select(*key, *_FOUND)
    joined = listed.with_columns(pl.col("selection").fill_null("")).join(
        current, on=key, how="left", maintain_order="left"
    )
    return joined.with_columns(pl.col("resolution").fill_null(Resolution.NOT_FETCHED.value))


def rows_of(
    kept: pl.DataFrame, variables: pl.DataFrame, listed: pl.DataFrame, cities: pl.DataFrame
) -> pl.DataFrame:
    """Kept observations as rows of `Indicators` or `IndicatorRevisions`.

    Values are judged by their attributes. `cities` has `city_id` and `terc`. Observations of a
    city that is not among them are left out, and those of a variable that no line of the list
    means or has ever meant.
    """
    meanings = (
        variables.filter(pl.col("variable_id").is_not_null())
        .join(listed.select("indicator_id"), on="indicator_id", how="semi")
        .sort("variable_id", pl.col("current").not_(), "indicator_id")
        .unique("variable_id", keep="first", maintain_order=True)
        .select("variable_id", "indicator_id", "unit")
    )
    value, reason = judged(pl.col("value"), pl.col("attribute"))
    joined = kept.join(meanings, on="variable_id", maintain_order="left").join(
        cities.select("city_id", "terc"),
        left_on="city",
        right_on="city_id",
        maintain_order="left",
    )
    return joined.select(
        pl.col("city").alias("city_id"),
        "terc",
        "variable_id",
        "year",
        "revision",
        "indicator_id",
        value.alias("value"),
        "unit",
        "attribute",
        reason.alias("missing_reason"),
        pl.col("unit_id").alias("bdl_unit_id"),
        "source_date",
        "retrieved_on",
        _source=pl.lit("bdl/") + pl.col("answer"),
        _place=pl.format("unit {}, variable {}, {}", "unit_id", "variable_id", "year"),
    )


def known_units(
    gminas: pl.DataFrame, powiats: pl.DataFrame, cities: pl.DataFrame
) -> list[CityUnit]:
    """Units of cities that are facts already, so that nobody has to look them up.

    The first two have `city_id` and `city_code` (a BDL unit id), `cities` has `city_id` and
    `terc`, the code of today.
    """
    both = pl.concat(
        frame.select("city_id", "city_code", level=pl.lit(level, pl.Int64))
        for frame, level in ((gminas, GMINA_LEVEL), (powiats, POWIAT_LEVEL))
    )
    code = bdl_terc(pl.col("city_code"))
    joined = both.join(cities.select("city_id", "terc"), on="city_id").select(
        "city_id", "city_code", "level", pl.col("terc").str.starts_with(code).fill_null(value=False)
    )
    return [CityUnit(*row) for row in joined.sort("city_id", "level", "city_code").rows()]
