"""Observations: the values of units as rows, the same from the API and from the web export."""

from collections.abc import Iterable, Mapping
from datetime import date

import polars as pl

from sources.bdl.attributes import MISSING
from sources.bdl.shapes import UnitData
from sources.bdl.units import CityUnit

OBSERVED: Mapping[str, pl.DataType] = {
    "city": pl.String(),
    "variable_id": pl.Int64(),
    "year": pl.Int64(),
    "value": pl.String(),
    "attribute": pl.String(),
    "unit_id": pl.String(),
    "level": pl.Int64(),
    "of_today": pl.Boolean(),
    "source_date": pl.Date(),
    "retrieved_on": pl.Date(),
    "answer": pl.String(),
}
"""One value of one unit. `value` has exactly the digits that came, as a plain decimal; `answer`
is the sha256 of what it was read from; what the attribute makes of it is decided on loading."""

KEY = ("city", "variable_id", "year")


def observations_of(city: CityUnit, data: UnitData) -> pl.DataFrame:
    """The rows of one answer, in the shape of `OBSERVED`."""
    columns: dict[str, list[object]] = {name: [] for name in OBSERVED}
    sources = zip(data.series, data.sha256, data.retrieved, strict=True)
    for series, answer, retrieved in sources:
        day = day_of(series.last_update)
        for value in series.values:
            columns["variable_id"].append(series.variable_id)
            columns["year"].append(value.year)
            columns["value"].append(None if value.value is None else f"{value.value:f}")
            columns["attribute"].append(None if value.attribute is None else str(value.attribute))
            columns["source_date"].append(day)
            columns["retrieved_on"].append(day_of(retrieved))
            columns["answer"].append(answer)
    count = len(columns["year"])
    columns["city"] = [city.city] * count
    columns["unit_id"] = [city.unit_id] * count
    columns["level"] = [city.level] * count
    columns["of_today"] = [city.of_today] * count
    frame = pl.DataFrame(columns, schema=dict(OBSERVED))
    return frame.with_columns(value=plain_digits(pl.col("value")))


def plain_digits(value: pl.Expr) -> pl.Expr:
    """Decimals without the zeros that say nothing, so that `12.50` and `12.5` are equal."""
    bare = value.str.replace(r"(\.[0-9]*?)0+$", "${1}").str.strip_suffix(".")
    return bare.str.replace("^-0$", "0")


def joined(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Frames of observations under each other; none give an empty one."""
    return pl.concat([pl.DataFrame(schema=dict(OBSERVED)), *frames])


def one_city_once(rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each city, variable and year, where several units are the city.

    A row with a value goes before one without, the gmina before the powiat, the unit that has
    the code of today before one of the past, then the smaller id.
    """
    ordered = rows.with_columns(
        _none=says_missing(pl.col("attribute")) | pl.col("value").is_null(),
        _higher=-pl.col("level"),
        _past=pl.col("of_today").not_(),
    ).sort([*KEY, "_none", "_higher", "_past", "unit_id"])
    return ordered.unique(KEY, keep="first", maintain_order=True).select(OBSERVED.keys())


def says_missing(attribute: pl.Expr) -> pl.Expr:
    """Whether an attribute says that there is no value."""
    return attribute.is_in([code.value for code in MISSING]).fill_null(value=False)


def day_of(text: str) -> date | None:
    """The day of a time such as `2025-05-14T15:05:15.743`; None where it is none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
