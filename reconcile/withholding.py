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


def publishable_scan(
    table: type[Table], rows: pl.LazyFrame, kept: Mapping[str, pl.DataFrame]
) -> pl.LazyFrame:
    """The same for a table that may be longer than memory; it does not refer to itself.

    `kept` holds the publishable rows of every table that it refers to.
    """
    names = [column.name for column in table.columns]
    staying = [pl.col(STATUS) != _INFERRED] if STATUS in names else []
    for column in table.references:
        if column.references is not None:
            there = kept[column.references.table.name]
            staying.append(_stays(column, there.get_column(column.references.name)))
    return rows.select(names).filter(pl.lit(value=True), *staying)


def _without_withheld(
    rows: pl.DataFrame, column: Column, kept: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    target = column.references
    if target is None:
        return rows
    there = rows if target.table is column.table else kept[target.table.name]
    return rows.filter(_stays(column, there.get_column(target.name)))


def _stays(column: Column, known: pl.Series) -> pl.Expr:
    """True where a row's reference is empty, or every member of it is known."""
    if not column.many:
        return column.col.is_null() | column.col.is_in(known.implode())
    members = column.col.str.split(LIST_SEPARATOR)
    inside = members.list.eval(pl.element().is_in(known.to_list())).list.all()
    return column.col.is_null() | inside
