"""The gate, cell by cell: what each kind of column lets in, and what it says of the rest."""

from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest

from schemas.columns import Column
from schemas.gate import check
from schemas.rules import cell_rules
from schemas.verdict import REJECTED_SCHEMA
from tests.schemas.gatetables import KNOWN, Things, broken, text_rows

GOOD = {
    "thing_id": "tng-0001",
    "short": "007",
    "note": "Zażółć – „gęś”;\n2",
    "address": "https://example.org/ą?b=c",
    "colour": "red",
    "count": "99",
    "amount": "-1.5",
    "whole": "12",
    "open": "True",
    "first_day": "2024-02-29",
    "last_day": "2024-03-01",
    "seen": "2024-02-29T23:59:59",
    "city_id": "0001",
    "cities": "0001;0002",
}
TYPED = {
    "count": 99,
    "amount": Decimal("-1.50"),
    "whole": Decimal(12),
    "open": True,
    "first_day": date(2024, 2, 29),
    "last_day": date(2024, 3, 1),
    "seen": datetime(2024, 2, 29, 23, 59, 59),
}

BAD = [
    ("thing_id", None, "not_nullable"),
    ("thing_id", "", "not_nullable"),
    ("thing_id", "tng-1", "pattern"),
    ("thing_id", "tng-00011", "pattern"),
    ("thing_id", "tng-٠٠٠١", "pattern"),
    ("short", "7", "pattern"),
    ("short", "٠٠٧", "pattern"),
    ("note", "x" * 21, "max_length"),
    ("note", " x", "clean_text"),
    ("note", "x\u00a0", "clean_text"),
    ("note", "x\u200by", "clean_text"),
    ("note", "x\u202ey", "clean_text"),
    ("note", "\u0085ródło", "clean_text"),
    ("note", "źr\ufffddło", "clean_text"),
    ("note", "x\x00y", "clean_text"),
    ("note", "=1+1", "formula"),
    ("note", "+48", "formula"),
    ("note", "@x", "formula"),
    ("note", "-1+2", "formula"),
    ("note", "＝1", "formula"),
    ("note", "a\rb", "clean_text"),
    *(("note", sign, "special_sign") for sign in ("-", ".", "X", ":", "#")),
    ("address", "ftp://example.org", "pattern"),
    ("address", "https://example.org/a b", "pattern"),
    ("colour", "Red", "code"),
    ("colour", "czerwony", "code"),
    ("count", "101", "maximum"),
    ("count", "-1", "minimum"),
    ("count", "007", "type"),
    ("count", "7.0", "type"),
    ("count", "1e3", "type"),
    ("count", " 7", "type"),
    ("count", "٧", "type"),
    ("count", "9223372036854775808", "type"),
    ("count", "9" * 40, "type"),
    ("amount", "1.234", "type"),
    ("amount", "1,5", "type"),
    ("amount", "1 000", "type"),
    ("amount", "01.5", "type"),
    ("amount", ".5", "type"),
    ("amount", "NaN", "type"),
    ("amount", "1e2", "type"),
    ("amount", "9" * 17, "type"),
    ("amount", "-5.01", "minimum"),
    ("amount", "1000.01", "maximum"),
    ("whole", "1.0", "type"),
    ("whole", "9" * 19, "type"),
    ("open", "true", "type"),
    ("open", "1", "type"),
    ("open", "tak", "type"),
    ("first_day", "2023-02-29", "type"),
    ("first_day", "29.02.2024", "type"),
    ("first_day", "2024-2-9", "type"),
    ("first_day", "0000-01-01", "type"),
    ("first_day", "2024-02-29T00:00:00", "type"),
    ("seen", "2024-02-29", "type"),
    ("seen", "2024-02-29T24:00:00", "type"),
    ("seen", "2024-02-29T23:59:60", "type"),
    ("city_id", "1", "pattern"),
    ("city_id", "0003", "reference"),
    ("cities", "0001;0003", "reference"),
    ("cities", "0002;0001", "list"),
    ("cities", "0001;0001", "list"),
    ("cities", "0001;", "list"),
    ("cities", "0001,0002", "reference"),
]


def test_a_row_of_good_cells_comes_in_typed() -> None:
    verdict = check(Things, text_rows(Things, GOOD), KNOWN)
    assert verdict.rejected.is_empty()
    assert verdict.findings == ()
    row = verdict.accepted.row(0, named=True)
    assert row == {**GOOD, **TYPED, "_source": "rows.csv", "_place": "line 2"}
    assert verdict.accepted.schema == {
        **Things.schema(),
        "_source": pl.String(),
        "_place": pl.String(),
    }


@pytest.mark.parametrize(("column", "cell", "rule"), BAD)
def test_a_bad_cell_sets_its_row_aside_and_no_other(
    column: str, cell: str | None, rule: str
) -> None:
    good = {**GOOD, "thing_id": "tng-0009"}
    verdict = check(Things, text_rows(Things, good, {**GOOD, column: cell}), KNOWN)
    assert verdict.accepted["thing_id"].to_list() == ["tng-0009"]
    assert broken(verdict) == [("line 3", column, rule)]
    line = verdict.rejected.row(0, named=True)
    assert line["value"] == (cell if rule != "reference" else line["value"])
    assert line["source"] == "rows.csv"
    assert line["reason_pl"].endswith(".")
    assert line["reason_en"].endswith(".")
    assert line["reason_pl"] != line["reason_en"]
    assert verdict.rejected.schema == REJECTED_SCHEMA
    (finding,) = verdict.findings
    assert (finding.rule, finding.column, finding.count) == (rule, column, 1)
    assert finding.places == ("rows.csv, line 3",)


def test_every_rule_that_a_column_can_have_is_tried() -> None:
    rules = {rule.name for column in Things.columns for rule in cell_rules(column)}
    assert rules | {"type", "not_nullable", "reference"} == {rule for _, _, rule in BAD}


def test_the_whole_row_is_kept_as_it_came() -> None:
    bad = {**GOOD, "count": "007", "note": "„a”\n", "open": None}
    (line,) = check(Things, text_rows(Things, bad), KNOWN).rejected.filter(rule="type").to_dicts()
    assert pl.Series([line["row"]]).str.json_decode(
        pl.Struct(dict.fromkeys(GOOD, pl.String))
    ).to_list() == [bad]


def test_a_line_end_after_a_code_is_seen() -> None:
    verdict = check(Things, text_rows(Things, {"thing_id": "tng-0002\n"}), KNOWN)
    assert set(verdict.rejected["rule"]) == {"pattern", "clean_text"}


def test_all_that_is_wrong_with_a_row_is_said_at_once() -> None:
    bad = {"thing_id": "x", "count": "1.5", "amount": "-9", "colour": "green", "cities": "0003"}
    verdict = check(Things, text_rows(Things, bad), KNOWN)
    assert [line[1:] for line in broken(verdict)] == [
        ("amount", "minimum"),
        ("cities", "reference"),
        ("colour", "code"),
        ("count", "type"),
        ("thing_id", "pattern"),
    ]
    assert verdict.rejected_rows == 1


def test_a_lost_required_cell_is_of_the_wrong_type_and_not_missing() -> None:
    frame = pl.DataFrame({"thing_id": [7]}).with_columns(
        pl.lit(None).alias(column.name) for column in Things.columns[1:]
    )
    verdict = check(Things, frame, KNOWN)
    assert [line[1:] for line in broken(verdict)] == [("thing_id", "type")]
    assert verdict.rejected["value"].to_list() == ["7"]


TYPED_IN: list[tuple[str, pl.Series, list[object]]] = [
    ("count", pl.Series([1.0, 1.5, float("nan"), None]), [1, None]),
    ("count", pl.Series([1, 2**63], dtype=pl.UInt64), [1]),
    ("count", pl.Series([True, None]), [None]),
    ("amount", pl.Series([0.1, 0.125, float("inf")]), [Decimal("0.10")]),
    ("amount", pl.Series([Decimal("1.10"), Decimal("1.005")]), [Decimal("1.10")]),
    ("amount", pl.Series([1, 2]), [Decimal("1.00"), Decimal("2.00")]),
    ("short", pl.Series([100, None]), [None]),
    ("colour", pl.Series(["red", "blue"], dtype=pl.Categorical), ["red", "blue"]),
    ("colour", pl.Series(["red", None], dtype=pl.Enum(["red"])), ["red", None]),
    ("open", pl.Series([True, False, None]), [True, False, None]),
    ("open", pl.Series([1, 0]), []),
    ("first_day", pl.Series([date(2024, 1, 2), date(4024, 1, 2)]), [date(2024, 1, 2)]),
    (
        "first_day",
        pl.Series([datetime(2024, 1, 2), datetime(2024, 1, 2, 3)]),
        [date(2024, 1, 2)],
    ),
    ("seen", pl.Series([date(2024, 1, 2)]), [datetime(2024, 1, 2)]),
    ("seen", pl.Series([datetime(2024, 1, 2, microsecond=1)]), []),
    (
        "seen",
        pl.Series([datetime(2024, 1, 2)]).dt.replace_time_zone("Europe/Warsaw"),
        [],
    ),
]


@pytest.mark.parametrize(("column", "cells", "accepted"), TYPED_IN)
def test_a_typed_frame_comes_in_only_where_it_loses_nothing(
    column: str, cells: pl.Series, accepted: list[object]
) -> None:
    frame = pl.DataFrame(
        {"thing_id": [f"tng-{number:04}" for number in range(len(cells))], column: cells}
    ).with_columns(
        pl.lit(None, other.dtype).alias(other.name)
        for other in Things.columns[1:]
        if other.name != column
    )
    verdict = check(Things, frame, KNOWN)
    assert verdict.accepted[column].to_list() == accepted
    assert verdict.rejected["rule"].to_list() == ["type"] * (len(cells) - len(accepted))


def test_text_and_typed_frames_give_the_same() -> None:
    text = text_rows(Things, GOOD, {"thing_id": "tng-0002"})
    accepted = check(Things, text, KNOWN).accepted
    again = check(Things, accepted, KNOWN)
    assert again.accepted.equals(accepted)
    assert again.accepted.schema == accepted.schema


def test_a_person_reads_a_form_and_not_a_pattern() -> None:
    def message(column: Column) -> str:
        return next(rule.message.pl for rule in cell_rules(column) if rule.name == "pattern")

    assert message(Things.thing_id) == "Zapis ma mieć postać tng-0000, gdzie 0 to dowolna cyfra."
    assert "https://" in message(Things.address)
