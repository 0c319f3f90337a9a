"""Assets name columns by their declarations, so that the type checker finds a misspelt one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sourcetree import parsed, python_files

METHODS = {
    *("agg", "alias", "col", "drop", "drop_nulls", "exclude", "filter", "get_column", "group_by"),
    *("join", "rename", "select", "sort", "unique", "with_columns"),
}
"""What polars takes columns by."""
NO_COLUMNS = {"how", "maintain_order", "strict"}
"""Arguments of these methods that are no columns."""
WORKING = {
    *("_place", "_source", "city", "city_quote", "gmina", "key", "newest", "sha256"),
    "STAN_NA",
}
"""Columns of frames in the making, of no table."""


def columns_as_text(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of each column that is given as a text, or as the name of an argument."""
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        if call.func.attr not in METHODS:
            continue
        named = [one for one in call.keywords if one.arg not in NO_COLUMNS]
        yield from ((call.lineno, one.arg) for one in named if one.arg and one.arg != "on")
        for given in (*call.args, *(one.value for one in named)):
            listed = isinstance(given, ast.List | ast.Tuple | ast.Set | ast.Dict)
            for part in ast.iter_child_nodes(given) if listed else (given,):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.lineno, part.value


@pytest.mark.parametrize("path", python_files("assets"), ids=str)
def test_an_asset_names_columns_of_tables_by_the_tables(path: Path) -> None:
    found = [(line, name) for line, name in columns_as_text(parsed(path)) if name not in WORKING]
    assert found == [], "write Networks.network_id.col, or .name where polars wants a text"


def test_a_column_given_as_text_is_seen_in_every_form() -> None:
    source = 'f.filter(pl.col("a") == 1, b=2).join(g, on=["c"], how="left").rename({"d": x.name})'
    seen = {name for _, name in columns_as_text(ast.parse(source))}
    assert seen == {"a", "b", "c", "d"}
