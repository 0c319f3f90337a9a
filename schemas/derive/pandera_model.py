"""The pandera (polars) model of a table."""

from typing import cast

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData

from schemas.rules import CellRule, cell_rules
from schemas.table import Table


def _check(rule: CellRule) -> pa.Check:
    def keeps(data: PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(rule.good)

    return pa.Check(keeps, name=rule.name)


def pandera_model(table: type[Table]) -> pa.DataFrameSchema:
    """Columns, types, nullability and cell rules of an accepted frame.

    Keys and references are left out: the gate holds them in bulk, since pandera keeps every
    key in memory (about 225 MiB a million rows).
    """
    columns = {
        column.name: pa.Column(
            cast("type", column.dtype),
            [_check(rule) for rule in cell_rules(column)],
            nullable=column.null,
            title=column.title.en,
            description=column.description.en,
        )
        for column in table.columns
    }
    return pa.DataFrameSchema(columns, strict=True, ordered=True, name=table.name)
