"""To typed columns, without guessing: what would lose something is reported, never rounded."""

from datetime import date

import polars as pl

from schemas.columns import Column

_FORMS: dict[str, str] = {
    "integer": r"^-?(?:0|[1-9][0-9]{0,17})$",
    "boolean": r"^(?:True|False)$",
    "date": r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$",
    "datetime": r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-5][0-9]:[0-5][0-9]$",
}
_DAYS = date(1000, 1, 1), date(2999, 12, 31)
"""What can be written as YYYY-MM-DD: a day outside came from a broken serial number."""


def cast_column(column: Column, given: pl.DataType) -> pl.Expr:
    """The column's values as its declared type; null where the given value does not fit it.

    An empty text is null. A text must have the declared form: no leading zeros in numbers, no
    more decimals than declared. A typed column must be of the same family (a number never
    becomes a code: its leading zeros are gone) and come back unchanged from the cast.
    """
    value = pl.col(column.name)
    if given == pl.String:
        return _from_text(column, pl.when(value != "").then(value)).alias(column.name)
    if not _same_family(column, given):
        return pl.lit(None, column.dtype).alias(column.name)
    if isinstance(given, pl.Date | pl.Datetime):
        value = pl.when(value.is_between(*_DAYS)).then(value)
    if isinstance(given, pl.Datetime):
        # No form that we publish has fractions of a second.
        value = pl.when(value == value.dt.truncate("1s")).then(value)
    if given == column.dtype:
        return value.alias(column.name)
    typed = value.cast(column.dtype, strict=False)
    return pl.when(typed.cast(given, strict=False) == value).then(typed).alias(column.name)


def _same_family(column: Column, given: pl.DataType) -> bool:
    match column.kind:
        case "string":
            return isinstance(given, pl.Categorical | pl.Enum)
        case "integer" | "number":
            return given.is_numeric()
        case "boolean":
            return given == pl.Boolean
        case "date" | "datetime":
            return given == pl.Date or (isinstance(given, pl.Datetime) and given.time_zone is None)


def _from_text(column: Column, text: pl.Expr) -> pl.Expr:
    match column.kind:
        case "string":
            return text
        case "number":
            whole, scale = 17 - (column.scale or 0), column.scale
            form = rf"^-?(?:0|[1-9][0-9]{{0,{whole}}})"
            form += rf"(?:\.[0-9]{{1,{scale}}})?$" if scale else "$"
        case kind:
            form = _FORMS[kind]
    fitting = pl.when(text.str.contains(form)).then(text)
    match column.kind:
        case "boolean":
            return fitting == "True"
        case "date":
            return fitting.str.to_date("%Y-%m-%d", strict=False)
        case "datetime":
            return fitting.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, time_unit="us")
        case _:
            return fitting.cast(column.dtype, strict=False)


def lost_in_cast(column: Column, given: pl.DataType) -> pl.Expr:
    """True where a raw cell (`raw:<name>`) held something and the typed one holds nothing."""
    raw = pl.col(f"raw:{column.name}")
    held = raw != "" if given == pl.String else raw.is_not_null()
    return held & pl.col(column.name).is_null()
