"""The facts kept by hand as accepted frames, without a build."""

from collections.abc import Iterable
from functools import cache

import polars as pl

from schemas.gate import check
from schemas.registry import table_named
from schemas.table import Table
from sources.facts import CURATED, read_facts


def accepted(table: type[Table]) -> pl.DataFrame:
    """The accepted rows of a table of facts."""
    return _accepted(table.name)


@cache
def _accepted(name: str) -> pl.DataFrame:
    table = table_named(name)
    references = {c.references.table for c in table.references if c.references is not None}
    frame = read_facts(CURATED / f"{table.name}.csv")
    return check(table, frame, curated_frames(references - {table})).accepted


def curated_frames(tables: Iterable[type[Table]]) -> dict[str, pl.DataFrame]:
    """Accepted frames by name."""
    return {table.name: accepted(table) for table in tables}
