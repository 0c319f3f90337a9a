"""From text cells to typed columns, without guessing: what does not fit is reported."""

import polars as pl

from schemas.columns import Column

_FORMS: dict[str, str] = {
    "integer": r"^-?(?:0|[1-9]\d{0,17})$",
    "boolean": r"^(?:True|False)$",
    "date": r"^\d{4}-\d{2}-\d{2}$",
    "datetime": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$",
}


def cast_column(column: Column, given: pl.DataType) -> pl.Expr:
    """The column's values as its declared type; null where the text is not of its form.

    An empty text is null. A number may not have more decimals than declared: rounding would
    change a fact. Frames that are typed already are cast only where it loses nothing.
    """
    value = pl.col(column.name)
    if given == column.dtype and column.kind != "string":
        return value
    if given != pl.String:
        return value.cast(column.dtype, strict=False)
    text = pl.when(value != "").then(value)
    match column.kind:
        case "string":
            return text.alias(column.name)
        case "number":
            form = rf"^-?\d{{1,15}}(?:\.\d{{1,{column.scale}}})?$" if column.scale else r"^-?\d+$"
        case kind:
            form = _FORMS[kind]
    fitting = pl.when(text.str.contains(form)).then(text)
    match column.kind:
        case "boolean":
            typed = fitting == "True"
        case "date":
            typed = fitting.str.to_date("%Y-%m-%d", strict=False)
        case "datetime":
            typed = fitting.str.to_datetime("%Y-%m-%dT%H:%M:%S", strict=False, time_unit="us")
        case _:
            typed = fitting.cast(column.dtype, strict=False)
    return typed.alias(column.name)


def lost_in_cast(column: Column) -> pl.Expr:
    """True where a raw cell (`raw:<name>`) held something and the typed one holds nothing."""
    raw = pl.col(f"raw:{column.name}")
    return raw.is_not_null() & (raw.cast(pl.String) != "") & pl.col(column.name).is_null()
