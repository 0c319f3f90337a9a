"""Every table that is declared sets aside a row of each kind that its columns do not allow.

pandera has been seen to check nothing at all without a word (on a LazyFrame), so this is
tried for every table and every column, not believed.
"""

from collections.abc import Iterator, Mapping
from functools import cache

import polars as pl
import pytest
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from schemas.columns import Column
from schemas.gate import check
from schemas.registry import all_tables
from schemas.table import RowRule, Table, Tables
from tests.schemas.gatetables import text_rows

Row = Mapping[str, str | None]


@cache
def like(pattern: str) -> str:
    """The simplest text that matches a pattern."""
    matching = st.from_regex(pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
    # What hypothesis makes first is the simplest already; it would go on looking for half a second.
    first = settings(database=None, phases=[Phase.generate])
    return find(matching, lambda _: True, settings=first)


def good_cell(column: Column) -> str:
    """A value that the column allows, as text."""
    if column.codes:
        return str(next(iter(column.codes)))
    pattern = column.pattern
    if column.many and column.references:
        return good_cell(column.references)
    if column.kind == "string":
        return like(pattern) if pattern else "tekst"
    if column.kind in {"integer", "number"}:
        return str(column.minimum if column.minimum is not None else min(column.maximum or 1, 1))
    return {"boolean": "True", "date": "2024-02-29"}.get(column.kind, "2024-02-29T12:00:00")


def bad_cells(column: Column) -> Iterator[tuple[str, str | None]]:
    """Each rule that the column has, with a cell that breaks it."""
    if not column.null:
        yield "not_nullable", None
        yield "not_nullable", ""
    if column.kind != "string":
        yield "type", "x"
    if column.kind == "number":
        yield "type", "0." + "1" * ((column.scale or 0) + 1)
    if column.minimum is not None:
        yield "minimum", str(column.minimum - 1)
    if column.maximum is not None:
        yield "maximum", str(column.maximum + 1)
    if column.kind == "string":
        yield from bad_texts(column)
    # Own references are held to the rows that are good otherwise, and here none is.
    if column.references and column.references.table is not column.table:
        yield "reference", missing(column)


def bad_texts(column: Column) -> Iterator[tuple[str, str]]:
    """The rules of a text column, with cells that break them."""
    if column.codes:
        yield "code", "no-such-code"
        return
    if column.pattern:
        yield "pattern", "?"
    if column.max_length:
        yield "max_length", "x" * (column.max_length + 1)
    if column.many:
        yield "list", "b;a"
    yield "clean_text", " x"
    yield "clean_text", "x\u200b"
    yield "formula", "=1"
    yield "special_sign", column.missing


def missing(column: Column) -> str:
    """A value of the right form that the table referred to does not have."""
    good = good_cell(column)
    if column.kind != "string":
        return str(int(good) + 1)
    other = "".join("1" if sign == "0" else sign for sign in good)
    return other if other != good else f"{good}x"


def known(table: type[Table]) -> Tables:
    """For each table referred to, a frame with the one value that good rows have."""
    values: dict[type[Table], dict[str, str]] = {}
    for column in table.references:
        if column.references:
            values.setdefault(column.references.table, {})[column.references.name] = good_cell(
                column
            )
    return {
        target.name: text_rows(target, row).select(
            pl.col(column.name).cast(column.dtype) for column in target.columns
        )
        for target, row in values.items()
    }


def good_row(table: type[Table]) -> Row:
    """A row of required cells only."""
    return {column.name: good_cell(column) for column in table.columns if not column.null}


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_a_bad_row_of_each_kind_fails(table: type[Table]) -> None:
    """One frame: a good row on lines 2 and 3, then rows with one bad cell each."""
    good = good_row(table)
    bad = [
        (column.name, rule, {**good, column.name: cell})
        for column in table.columns
        for rule, cell in bad_cells(column)
    ]
    verdict = check(table, text_rows(table, good, good, *(row for _, _, row in bad)), known(table))
    found = set(verdict.rejected.select("place", "column_name", "rule").iter_rows())
    key = "+".join(column.name for column in table.key)
    expected = {
        (f"line {number}", name, rule) for number, (name, rule, _) in enumerate(bad, start=4)
    }
    assert expected - found == set()
    row_rules = {rule.name for rule in table.rules if isinstance(rule, RowRule)}
    of_good = {rule for place, _, rule in found if place == "line 2"}
    assert of_good - row_rules == {"key"}, "the good row is good"
    assert {(f"line {number}", key, "key") for number in (2, 3)} <= found, "and stands twice"
    assert verdict.accepted.is_empty()


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_an_unknown_column_stops_the_table(table: type[Table]) -> None:
    frame = text_rows(table, good_row(table)).with_columns(pl.lit("x").alias("no_such_column"))
    assert check(table, frame, {}).blocked
