"""What may be published: nothing that is only inferred, and nothing that stands on it."""

from collections.abc import Mapping, Sequence

import polars as pl

from schemas.columns import LIST_SEPARATOR, Column
from schemas.table import Table

STATUS = "evidence_status"
_INFERRED = "inferred"


def publishable(
    tables: Sequence[type[Table]], frames: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """The rows of each table that may leave the house, with the declared columns only.

    `tables` are in order of reference. A row stays inside when its status is `inferred`, or
    when any of its references leads to a row that stays inside. Columns and order are kept.
    """
    kept: dict[str, pl.DataFrame] = {}
    for table in tables:
        rows = frames[table.name].select([column.name for column in table.columns])
        if STATUS in rows.columns:
            rows = rows.filter(pl.col(STATUS) != _INFERRED)
        before = -1
        while before != rows.height:
            # A row that goes may be one that others of the same table refer to.
            before = rows.height
            for column in table.references:
                rows = _without_withheld(rows, column, kept)
        kept[table.name] = rows
    return kept


def _without_withheld(
    rows: pl.DataFrame, column: Column, kept: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    target = column.references
    if target is None:
        return rows
    there = rows if target.table is column.table else kept[target.table.name]
    return _keeping(rows, column, there.get_column(target.name))


def _keeping(rows: pl.DataFrame, column: Column, known: pl.Series) -> pl.DataFrame:
    if not column.many:
        return rows.filter(column.col.is_null() | column.col.is_in(known.implode()))
    members = column.col.str.split(LIST_SEPARATOR)
    inside = members.list.eval(pl.element().is_in(known.to_list())).list.all()
    return rows.filter(column.col.is_null() | inside)
