"""Cells that a reader could not take: their rows are set aside for the reader's reason."""

import polars as pl

from schemas.gate import check
from schemas.verdict import UNREAD_SCHEMA
from tests.things import Things

NAMES = [column.name for column in Things.columns]


def rows(*found: dict[str, str]) -> pl.DataFrame:
    blank = dict.fromkeys(NAMES, "")
    schema = dict.fromkeys(NAMES, pl.String())
    return pl.DataFrame([blank | row for row in found], schema=schema)


def unread(*found: tuple[int, str, str, str]) -> pl.DataFrame:
    """Cells by row, value, rule and column."""
    lines = [(*cell, "Tak się nie da.", "That cannot be.") for cell in found]
    return pl.DataFrame(lines, schema=UNREAD_SCHEMA, orient="row")


def test_a_row_with_an_unread_cell_is_set_aside_and_the_others_stay() -> None:
    frame = rows({"thing_id": "thi-0001", "label": "7"}, {"thing_id": "thi-0002", "label": "b"})
    verdict = check(Things, frame, {}, unread=unread((0, "7", "cell_number", "label")))
    assert verdict.accepted.get_column("thing_id").to_list() == ["thi-0002"]
    (line,) = verdict.rejected.to_dicts()
    assert (line["rule"], line["column_name"], line["value"]) == ("cell_number", "label", "7")
    assert line["reason_pl"] == "Tak się nie da."
    assert [(f.rule, f.count) for f in verdict.findings] == [("cell_number", 1)]


def test_nothing_else_is_said_of_an_unread_cell() -> None:
    """A formula in a number is no number either, and one reason is enough."""
    frame = rows({"thing_id": "thi-0001", "pages": "=1+1", "terc": "=2", "made": "=3"})
    cells = [(0, "=1+1", "cell_formula", "pages"), (0, "=2", "cell_formula", "terc"),
             (0, "=3", "cell_formula", "made")]  # fmt: skip
    verdict = check(Things, frame, {}, unread=unread(*cells))
    assert set(verdict.rejected.get_column("rule")) == {"cell_formula"}
    assert verdict.rejected.height == 3


def test_other_cells_of_the_row_are_judged_as_ever() -> None:
    frame = rows({"thing_id": "thi-0001", "label": "7", "pages": "x"})
    verdict = check(Things, frame, {}, unread=unread((0, "7", "cell_number", "label")))
    assert set(verdict.rejected.get_column("rule")) == {"cell_number", "type"}


def test_no_unread_cells_change_nothing() -> None:
    frame = rows({"thing_id": "thi-0001", "label": "a"})
    assert check(Things, frame, {}, unread=unread()).accepted.equals(
        check(Things, frame, {}).accepted
    )
