"""Accepted rows in the form of a facts file, as it lies in the repository."""

from collections.abc import Mapping

import polars as pl

from schemas.columns import Column
from schemas.table import Table


def as_text(table: type[Table], rows: pl.DataFrame) -> pl.DataFrame:
    """Typed rows as the text that a facts file holds; missing values are empty."""
    return rows.select(_text(column) for column in table.columns)


def facts_text(table: type[Table], rows: pl.DataFrame) -> str:
    """Rows of text as a facts file: English names, commas, sorted by key, LF at each end."""
    ordered = rows.select([column.name for column in table.columns]).sort(
        [column.name for column in table.key]
    )
    cells = ordered.select(
        pl.when(pl.all() != "").then(pl.all())  # a missing value is an empty cell without quotes
    )
    return cells.write_csv(quote_style="necessary", line_terminator="\n")


def replaced(table: type[Table], facts: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The facts (text) without those whose key stands in `rows` (text), and then these."""
    names = [column.name for column in table.columns]
    kept = facts.join(rows, on=[column.name for column in table.key], how="anti")
    return pl.concat([kept.select(names), rows.select(names)])


def changes(table: type[Table], facts: pl.DataFrame, rows: pl.DataFrame) -> Mapping[str, list[str]]:
    """The keys of `rows` by what they do to the facts: `new`, `changed`, `same`."""
    names = [column.name for column in table.columns]
    key = [column.name for column in table.key]
    same = rows.join(facts.select(names), on=names, how="semi")
    known = rows.join(facts.select(key), on=key, how="semi")
    shown = pl.concat_str(key, separator=" | ").alias("key")
    return {
        "new": rows.join(known, on=key, how="anti").select(shown)["key"].to_list(),
        "changed": known.join(same, on=key, how="anti").select(shown)["key"].to_list(),
        "same": same.select(shown)["key"].to_list(),
    }


def _text(column: Column) -> pl.Expr:
    match column.kind:
        case "boolean":
            return (
                (pl.when(column.col).then(pl.lit("True")).when(~column.col).then(pl.lit("False")))
                .fill_null("")
                .alias(column.name)
            )
        case "datetime":
            text = column.col.dt.strftime("%Y-%m-%dT%H:%M:%S")
        case "date":
            text = column.col.dt.strftime("%Y-%m-%d")
        case _:
            text = column.col.cast(pl.String)
    return text.fill_null("")
