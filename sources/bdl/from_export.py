"""Rows of a web export in the shape of observations, so that they go the same way.

The export shows no attributes. Its footnote for the dash is the text of attribute 15, and a
plain number is what attribute 1 means; finer marks (preliminary, low precision) are lost in it.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from schemas.missing import MissingReason
from schemas.tables.indicators import ValueAttribute
from sources.bdl.observations import OBSERVED, plain_digits
from sources.bdl.units import CityUnit
from sources.bdl.workbook import Export
from sources.codes import bdl_terc

_ATTRIBUTES = {
    MissingReason.NOT_PRESENTED.value: ValueAttribute.A15.value,
    MissingReason.NO_DATA.value: ValueAttribute.A4.value,
    MissingReason.SECRET.value: ValueAttribute.A4.value,
}


def observations_of_export(
    export: Export,
    variable_ids: Mapping[str, int],
    cities: Sequence[CityUnit],
    *,
    retrieved_on: date,
    sha256: str,
) -> pl.DataFrame:
    """The rows of cities, as `OBSERVED`.

    `variable_ids` says which variable the labels of a column are (`ogółem + mieszkania`): the
    workbook has no numbers. Other columns and all units that are no city are left out.
    """
    units = pl.DataFrame(
        [(one.city, one.unit_id, one.level, one.of_today) for one in cities],
        schema={
            "city": pl.String,
            "unit_id": pl.String,
            "level": pl.Int64,
            "of_today": pl.Boolean,
        },
        orient="row",
    ).with_columns(code=bdl_terc(pl.col("unit_id")).str.pad_end(7, "0"))
    numbers = pl.DataFrame(
        {"labels": list(variable_ids), "variable_id": list(variable_ids.values())},
        schema={"labels": pl.String, "variable_id": pl.Int64},
    )
    rows = export.rows.join(units, on="code").join(numbers, on="labels")
    return rows.select(
        "city",
        "variable_id",
        "year",
        plain_digits(pl.col("value")).alias("value"),
        pl.col("missing")
        .replace_strict(_ATTRIBUTES, default=ValueAttribute.A1.value, return_dtype=pl.String)
        .alias("attribute"),
        "unit_id",
        "level",
        "of_today",
        pl.lit(export.updated, pl.Date).alias("source_date"),
        pl.lit(retrieved_on, pl.Date).alias("retrieved_on"),
        pl.lit(sha256).alias("answer"),
    ).select(OBSERVED.keys())
