"""What a row is called by people: its own name or title, else that of what it belongs to."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from exports.release.diff import Row, english
from schemas.columns import Column
from schemas.table import Table
from schemas.text import Text

_HOPS = 4
"""A plan belongs to a participation, that to a participant: no chain of ours is longer."""


def row_names(table: type[Table], rows: Sequence[Row], tree: Path, hops: int = _HOPS) -> list[Text]:
    """A name for each row of a table, found in the English packages below `tree`.

    That is what the table declares (`Rows.named_by`) or a text column called name or title, if
    every row has it; else the name of the first row referred to, else a title that some rows
    have, else the key.
    """
    own = naming_column(table)
    if own is not None and not own.null:
        return [_own(own, row) or _key(table, row) for row in rows]
    named = _by_reference(table, rows, tree, hops) if hops else []
    if named:
        return named
    return [(own and _own(own, row)) or _key(table, row) for row in rows]


def naming_column(table: type[Table]) -> Column | None:
    """The column that names a row for people; one that is never empty before one that may be."""
    columns = {column.name: column for column in table.columns}
    if table.rows.named_by:
        return columns[table.rows.named_by]
    found = [
        column
        for column in table.columns
        if column.kind == "string"
        and not column.codes
        and not column.references
        and not column.key
        and {"name", "title"} & set(column.name.split("_"))
    ]
    return min(found, key=lambda column: column.null, default=None)


def label(column: Column, value: str) -> Text:
    """A cell of the English package in both languages: labels of lists have a Polish twin."""
    known = (code.label for code in column.codes or () if code.label.en == value)
    return next(known, Text(value, value))


def _own(column: Column, row: Row) -> Text | None:
    """What the row is called by its own column, in English by the column's English twin."""
    value = row.get(column.name)
    if not value:
        return None
    name = label(column, value)
    twin = f"{column.name.removesuffix('_pl')}_en"
    return Text(name.pl, row.get(twin) or name.en)


def _by_reference(table: type[Table], rows: Sequence[Row], tree: Path, hops: int) -> list[Text]:
    for column in table.references:
        if column.references is None:
            continue
        target = column.references.table
        key = column.references.name
        path = english(tree, target)
        keyed = [one.name for one in target.key] == [key]
        if column.many or target is table or not keyed or not path.is_file():
            continue
        wanted = sorted({value for row in rows if (value := row.get(column.name)) is not None})
        if not wanted:
            continue
        found = (
            pl.scan_parquet(path, glob=False)
            .with_columns(pl.all().cast(pl.String))
            .filter(pl.col(key).is_in(wanted))
            .collect()
            .to_dicts()
        )
        names = dict(
            zip([row[key] for row in found], row_names(target, found, tree, hops - 1), strict=True)
        )
        return [names.get(row.get(column.name) or "") or _key(table, row) for row in rows]
    return []


def _key(table: type[Table], row: Row) -> Text:
    parts = [label(column, row.get(column.name) or "") for column in table.key]
    return Text(", ".join(part.pl for part in parts), ", ".join(part.en for part in parts))
