"""The gate over a whole table: its columns, key, references, rules of its own, and counts."""

import polars as pl
import pytest

from schemas.gate import check
from schemas.table import Severity
from schemas.verdict import PLACES_SHOWN
from tests.schemas.gatetables import KNOWN, Cities, Things, Visits, broken, text_rows


def thing(number: int, **cells: str) -> dict[str, str]:
    """A row of `Things`."""
    return {"thing_id": f"tng-{number:04}", **cells}


VISIT = {"city_id": "0001", "year": "2024", "day": "2024-05-06", "colour": "red"}


# ---- columns


def test_an_unknown_column_stops_the_table() -> None:
    frame = text_rows(Things, thing(1)).with_columns(pl.lit("x").alias("colr"))
    verdict = check(Things, frame, KNOWN)
    (finding,) = verdict.findings
    assert (finding.rule, finding.severity) == ("unknown_column", Severity.BLOCK)
    assert finding.places == ("colr",)
    assert verdict.blocked
    assert not verdict.publishable
    assert (verdict.rows, verdict.rejected_rows) == (1, 1)


def test_a_missing_column_stops_the_table() -> None:
    frame = text_rows(Things, thing(1)).drop("count", "open")
    verdict = check(Things, frame, KNOWN)
    (finding,) = verdict.findings
    assert (finding.rule, finding.count, finding.places) == ("missing_column", 2, ("count", "open"))
    assert verdict.blocked
    assert list(verdict.accepted.columns) == [*Things.schema(), "_source", "_place"]


def test_both_are_said_at_once() -> None:
    frame = text_rows(Things, thing(1)).rename({"count": "cuont"})
    rules = [finding.rule for finding in check(Things, frame, KNOWN).findings]
    assert rules == ["unknown_column", "missing_column"]


def test_columns_may_come_in_any_order_and_without_an_origin() -> None:
    frame = text_rows(Things, thing(1, count="1")).drop("_source", "_place")
    verdict = check(Things, frame.select(reversed(frame.columns)), KNOWN)
    assert verdict.accepted.columns == [*Things.schema(), "_source", "_place"]
    assert verdict.accepted["count"].to_list() == [1]


def test_an_empty_frame_is_a_table_without_rows() -> None:
    verdict = check(Things, text_rows(Things), KNOWN)
    assert (verdict.rows, verdict.findings, verdict.publishable) == (0, (), True)
    assert (
        verdict.accepted.schema == check(Things, text_rows(Things, thing(1)), KNOWN).accepted.schema
    )


def test_a_place_without_an_origin_is_the_key() -> None:
    frame = text_rows(Things, thing(1, count="-1")).drop("_source", "_place")
    assert check(Things, frame, KNOWN).findings[0].places == ("tng-0001",)


def test_only_the_first_places_are_shown_and_all_are_counted() -> None:
    rows = [thing(number, count="-1") for number in range(30)]
    (finding,) = check(Things, text_rows(Things, *rows), KNOWN).findings
    assert finding.count == 30
    assert finding.places == tuple(f"rows.csv, line {n}" for n in range(2, 2 + PLACES_SHOWN))


def test_an_unknown_reference_table_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        check(Things, text_rows(Things, thing(1)), {})


# ---- keys


def test_all_copies_of_a_key_are_set_aside() -> None:
    rows = [thing(1), thing(2), thing(1, note="x"), thing(1)]
    verdict = check(Things, text_rows(Things, *rows), KNOWN)
    assert verdict.accepted["thing_id"].to_list() == ["tng-0002"]
    assert broken(verdict) == [(f"line {n}", "thing_id", "key") for n in (2, 4, 5)]


def test_a_copy_that_is_bad_itself_still_makes_the_key_doubtful() -> None:
    verdict = check(Things, text_rows(Things, thing(1), thing(1, count="x")), KNOWN)
    assert verdict.accepted.is_empty()
    assert broken(verdict) == [
        ("line 2", "thing_id", "key"),
        ("line 3", "count", "type"),
        ("line 3", "thing_id", "key"),
    ]


def test_a_key_of_several_columns_is_compared_as_one() -> None:
    other_day, other_year = {**VISIT, "day": "2024-05-07"}, {**VISIT, "year": "2023"}
    verdict = check(Visits, text_rows(Visits, VISIT, other_day, other_year, VISIT), KNOWN)
    assert verdict.accepted.height == 2
    assert set(broken(verdict)) == {(f"line {n}", "city_id+year+day", "key") for n in (2, 5)}
    assert verdict.rejected["value"].unique().to_list() == ["0001 | 2024 | 2024-05-06"]


def test_rows_without_a_key_are_not_copies_of_each_other() -> None:
    rows: list[dict[str, str | None]] = [
        {**VISIT, "year": None},
        {**VISIT, "year": None},
        {**VISIT},
    ]
    verdict = check(Visits, text_rows(Visits, *rows), KNOWN)
    assert verdict.accepted.height == 1
    assert [line[1:] for line in broken(verdict)] == [("year", "not_nullable")] * 2
    assert verdict.rejected["row_key"].to_list() == ["0001 | ? | 2024-05-06"] * 2


# ---- references


def test_a_missing_member_of_a_list_is_named() -> None:
    verdict = check(Things, text_rows(Things, thing(1, cities="0001;0003;0004")), KNOWN)
    assert verdict.rejected.select("rule", "value").rows() == [("reference", "0003;0004")]


def test_a_broken_cell_is_not_looked_up() -> None:
    verdict = check(Things, text_rows(Things, thing(1, city_id="x")), KNOWN)
    assert verdict.rejected["rule"].to_list() == ["pattern"]


def test_a_table_may_refer_to_itself() -> None:
    rows = [{"city_id": "0001", "part_of": "0002"}, {"city_id": "0002", "part_of": "0002"}]
    verdict = check(Cities, text_rows(Cities, *rows), {})
    assert verdict.accepted.height == 2


def test_a_chain_falls_with_its_last_link() -> None:
    rows = [
        {"city_id": "0001", "part_of": "0002"},
        {"city_id": "0002", "part_of": "0003"},
        {"city_id": "0003", "part_of": "0009"},
        {"city_id": "0004", "part_of": "0005"},
        {"city_id": "0005"},
    ]
    verdict = check(Cities, text_rows(Cities, *rows), {})
    assert verdict.accepted["city_id"].to_list() == ["0004", "0005"]
    assert broken(verdict) == [(f"line {n}", "part_of", "reference") for n in (2, 3, 4)]
    (finding,) = verdict.findings
    assert finding.count == 3


def test_a_long_chain_falls_in_one_go() -> None:
    """A source may hold anything; link by link this took minutes."""
    names = [f"{number:04}" for number in range(10_000)]
    ring = pl.DataFrame({"city_id": names, "part_of": [*names[1:], names[0]]}).with_columns(
        followed_by=pl.lit(None, pl.String)
    )
    assert check(Cities, ring, {}).rejected.is_empty()
    verdict = check(Cities, ring[1:], {})
    assert verdict.accepted.is_empty()
    assert verdict.findings[0].count == 9_999


def test_a_ring_falls_with_one_of_its_rows() -> None:
    rows = [
        {"city_id": "0001", "part_of": "0002"},
        {"city_id": "0002", "part_of": "0001", "followed_by": "0009"},
        {"city_id": "0003", "part_of": "0003"},
    ]
    verdict = check(Cities, text_rows(Cities, *rows), {})
    assert verdict.accepted["city_id"].to_list() == ["0003"]
    assert {line[1] for line in broken(verdict)} == {"part_of", "followed_by"}


def test_a_chain_falls_across_two_columns() -> None:
    rows = [
        {"city_id": "0001", "part_of": "0002"},
        {"city_id": "0002", "followed_by": "0003"},
        {"city_id": "0003", "part_of": "0009"},
    ]
    verdict = check(Cities, text_rows(Cities, *rows), {})
    assert verdict.accepted.is_empty()
    assert {line[1] for line in broken(verdict)} == {"part_of", "followed_by"}


def test_a_row_that_is_set_aside_is_no_target() -> None:
    rows = [
        {"city_id": "0001", "part_of": "0002"},
        {"city_id": "0002", "part_of": "x"},
        {"city_id": "0003", "part_of": "0004"},
        {"city_id": "0004"},
        {"city_id": "0004"},
    ]
    verdict = check(Cities, text_rows(Cities, *rows), {})
    assert verdict.accepted.is_empty()
    assert ("line 2", "part_of", "reference") in broken(verdict)
    assert ("line 4", "part_of", "reference") in broken(verdict)


# ---- rules of rows and of the table


def test_a_row_rule_sets_aside_and_names_its_columns() -> None:
    days = thing(1, first_day="2024-02-02", last_day="2024-02-01")
    open_end = thing(2, first_day="2024-02-02")
    verdict = check(Things, text_rows(Things, days, open_end), KNOWN)
    assert broken(verdict) == [("line 2", "first_day+last_day", "days_in_order")]
    assert verdict.rejected["value"].to_list() == ["2024-02-02 | 2024-02-01"]
    assert verdict.rejected["reason_pl"].to_list() == ["Koniec przed początkiem."]


def test_a_warning_lets_the_row_pass_and_is_shown() -> None:
    verdict = check(Things, text_rows(Things, thing(1, count="2")), KNOWN)
    (finding,) = verdict.findings
    assert (finding.severity, finding.places) == (Severity.WARN, ("rows.csv, line 2",))
    assert verdict.accepted.height == 1
    assert verdict.publishable


def test_a_blocking_row_rule_stops_the_table() -> None:
    verdict = check(Things, text_rows(Things, thing(1, amount="666"), thing(2)), KNOWN)
    assert verdict.blocked
    assert not verdict.publishable
    assert verdict.rejected.is_empty()


def test_row_rules_are_not_asked_about_rows_with_broken_cells() -> None:
    bad = thing(1, count="x", first_day="2024-02-02", last_day="2024-02-01")
    assert check(Things, text_rows(Things, bad), KNOWN).rejected["rule"].to_list() == ["type"]


def test_a_rule_of_the_table_sees_the_accepted_rows_only() -> None:
    red = [thing(number, colour="red") for number in range(3)]
    verdict = check(Things, text_rows(Things, *red), KNOWN)
    (finding,) = verdict.findings
    assert (finding.rule, finding.severity, finding.count) == ("few_red", Severity.BLOCK, 3)
    assert finding.places == ("tng-0000", "tng-0001", "tng-0002")
    red[0]["count"] = "x"
    assert not check(Things, text_rows(Things, *red), KNOWN).blocked


def test_what_stops_comes_first_then_what_is_set_aside_then_warnings() -> None:
    rows = [thing(1, count="2"), thing(2, amount="666"), thing(3, open="x"), thing(4, short="x")]
    findings = check(Things, text_rows(Things, *rows), KNOWN).findings
    assert [finding.rule for finding in findings] == [
        "amount_not_666",
        "pattern",
        "type",
        "count_is_odd",
    ]


# ---- counts


@pytest.mark.parametrize(
    ("rows", "previous", "blocked"),
    [(8, 10, False), (7, 10, True), (8, None, False), (8, 0, False), (0, 1, True)],
)
def test_a_table_that_lost_too_many_rows_is_stopped(
    rows: int, previous: int | None, blocked: bool
) -> None:
    frame = text_rows(Things, *(thing(number) for number in range(rows)))
    verdict = check(Things, frame, KNOWN, previous_rows=previous)
    assert verdict.blocked is blocked
    told = [finding.message.en for finding in verdict.findings]
    assert len(told) == blocked
    assert all(f"{previous} then, {rows} now" in text for text in told)
    assert all("--allow-loss things" in text for text in told)


def test_too_many_rows_set_aside_stop_the_publishing() -> None:
    half = text_rows(Things, thing(1), thing(2, count="x"))
    more = text_rows(Things, thing(1), thing(2, count="x"), thing(3, count="x"))
    assert check(Things, half, KNOWN).publishable
    assert not check(Things, more, KNOWN).publishable
    one = text_rows(Visits, VISIT, {**VISIT, "day": "x"})
    assert not check(Visits, one, KNOWN).publishable, "curated facts allow none"


def test_findings_are_data() -> None:
    verdict = check(Things, text_rows(Things, thing(1, count="-1")), KNOWN)
    assert verdict.findings[0].as_dict() == {
        "table": "things",
        "rule": "minimum",
        "severity": "reject",
        "column": "count",
        "count": 1,
        "places": ["rows.csv, line 2"],
        "message": {
            "pl": "Wartość jest mniejsza niż 0.",
            "en": "The value is below 0.",
        },
    }
