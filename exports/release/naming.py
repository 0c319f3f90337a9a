"""What a row is called by people: its own name or title, else that of what it belongs to."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from exports.release.diff import Row, english
from schemas.columns import Column
from schemas.table import Table

_HOPS = 4
"""A plan belongs to a participation, that to a participant: no chain of ours is longer."""


def row_names(table: type[Table], rows: Sequence[Row], tree: Path, hops: int = _HOPS) -> list[str]:
    """A name for each row of a table, found in the English packages below `tree`.

    That is a text column called name or title which every row has, else the name of the first
    row referred to, else a title that some rows have, else the key.
    """
    own = naming_column(table)
    if own is not None and not own.null:
        return [row.get(own.name) or _key(table, row) for row in rows]
    named = _by_reference(table, rows, tree, hops) if hops else []
    if named:
        return named
    if own is not None:
        return [row.get(own.name) or _key(table, row) for row in rows]
    return [_key(table, row) for row in rows]


def naming_column(table: type[Table]) -> Column | None:
    """The column that names a row for people; one that is never empty before one that may be."""
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


def _by_reference(table: type[Table], rows: Sequence[Row], tree: Path, hops: int) -> list[str]:
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


def _key(table: type[Table], row: Row) -> str:
    return ", ".join(row.get(column.name) or "" for column in table.key)
