"""Attributes decide what a value is, up to the gate of the published table: point 16."""

import json
from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from schemas.errors import PimError
from schemas.gate import check
from schemas.missing import MissingReason
from schemas.tables.indicator_variables import IndicatorTheme, IndicatorVariables, Resolution
from schemas.tables.indicators import Indicators, ValueAttribute
from schemas.tables.register import Cities
from schemas.tables.units import Units
from schemas.verdict import Verdict
from sources.bdl.attributes import MISSING
from sources.bdl.kept import list_with_variables, rows_of, wanted_of
from sources.bdl.revisions import REVISED
from sources.bdl.selection import Wanted
from sources.bdl.store import VARIABLES
from tests.shared import SHARED, needs_shared

LIST = pl.DataFrame(
    {
        "indicator_id": ["ind-0001"],
        "theme": ["population"],
        "subject_id": ["P1"],
        "selection": [""],
        "_place": ["line 2"],
    }
)
CITIES = pl.DataFrame({"city_id": ["cit-0001"], "terc": ["0265011"]})
KNOWN = {
    Cities.name: CITIES,
    Units.name: pl.DataFrame({"terc": ["0265011"]}),
    IndicatorVariables.name: pl.DataFrame({"indicator_id": ["ind-0001"]}),
}


def variables(**other: object) -> pl.DataFrame:
    row: dict[str, object] = {
        "indicator_id": "ind-0001",
        "theme": "population",
        "subject_id": "P1",
        "selection": "",
        "resolution": "found",
        "variable_id": 7,
        "variable_labels": "ogółem",
        "unit": "osoba",
        "scope": "gmina",
        "candidates": [],
        "current": True,
    }
    return pl.DataFrame([{**row, **other}], schema=dict(VARIABLES))


def kept(**other: object) -> pl.DataFrame:
    row: dict[str, object] = {
        "city": "cit-0001",
        "variable_id": 7,
        "year": 2020,
        "value": "0",
        "attribute": "1",
        "unit_id": "030210365011",
        "level": 6,
        "of_today": True,
        "source_date": date(2025, 5, 14),
        "retrieved_on": date(2025, 6, 1),
        "answer": "a" * 64,
        "revision": 1,
    }
    return pl.DataFrame([{**row, **other}], schema=dict(REVISED))


def judged(**other: object) -> Verdict:
    return check(Indicators, rows_of(kept(**other), variables(), LIST, CITIES), KNOWN)


@pytest.mark.parametrize(
    ("attribute", "reason"),
    [
        ("4", MissingReason.NO_DATA),
        ("14", MissingReason.METHOD_CHANGED),
        ("15", MissingReason.NOT_PRESENTED),
        ("50", MissingReason.NOT_YET),
        ("91", MissingReason.NO_DATA),
    ],
)
def test_point_16_a_zero_that_is_no_value_becomes_null_with_its_reason(
    attribute: str, reason: MissingReason
) -> None:
    for zero in ("0", "0.0", "-0"):
        (row,) = judged(attribute=attribute, value=zero).accepted.rows(named=True)
        assert (row["value"], row["missing_reason"]) == (None, reason)
        assert row["attribute"] == attribute


@pytest.mark.parametrize("attribute", ["0", "1", "7", "17", "94", "98"])
def test_point_16_a_zero_that_is_a_zero_stays_one(attribute: str) -> None:
    (row,) = judged(attribute=attribute).accepted.rows(named=True)
    assert (row["value"], row["missing_reason"]) == (Decimal(0), None)


def test_point_16_a_missing_value_without_a_number_keeps_its_reason_too() -> None:
    (row,) = judged(attribute="15", value=None).accepted.rows(named=True)
    assert (row["value"], row["missing_reason"]) == (None, MissingReason.NOT_PRESENTED)


def test_point_16_the_value_of_powiat_and_city_together_is_shown_as_a_warning() -> None:
    verdict = judged(attribute="97", value="12")
    assert verdict.accepted["value"].to_list() == [Decimal(12)]
    assert [(f.rule, f.severity.value) for f in verdict.findings] == [("powiat_and_city", "warn")]
    assert "powiat" in ValueAttribute.A97.label.pl


@pytest.mark.parametrize("attribute", ["2", "99", "x", None])
def test_point_16_an_unknown_attribute_is_rejected_and_not_guessed(attribute: str | None) -> None:
    verdict = judged(attribute=attribute, value="12")
    assert verdict.accepted.is_empty()
    assert verdict.rejected["column_name"].unique().to_list() == ["attribute"]


def test_point_16_a_number_against_its_attribute_is_rejected() -> None:
    verdict = judged(attribute="4", value="12")
    assert verdict.rejected["rule"].to_list() == ["value_or_reason"]


def test_point_16_no_number_and_no_reason_is_rejected() -> None:
    assert judged(attribute="1", value=None).rejected["rule"].to_list() == ["value_or_reason"]


def test_a_value_with_more_digits_than_are_published_is_rejected_and_not_rounded() -> None:
    assert judged(value="0.12345").rejected["column_name"].to_list() == ["value"]
    assert judged(value="0.1234").accepted["value"].to_list() == [Decimal("0.1234")]


@needs_shared
def test_point_16_every_attribute_of_the_service_is_known() -> None:
    path = SHARED / "data" / "registries" / "bdl" / "samples" / "samples_raw_attributes.json"
    listed = json.loads(path.read_text(encoding="utf-8"))["list_attributes"]
    assert sorted(str(one["id"]) for one in listed) == sorted(code.value for code in ValueAttribute)
    missing = {str(one["id"]) for one in listed if one["name"] in {". lub 0", "- lub 0", "-"}}
    assert missing == {code.value for code in MISSING}


def test_every_attribute_has_a_label_of_its_own() -> None:
    for lang in ("pl", "en"):
        labels = [code.label.of(lang) for code in ValueAttribute]
        assert len(set(labels)) == len(labels)


def test_a_row_says_where_it_came_from() -> None:
    (row,) = judged(value="12").accepted.rows(named=True)
    assert row["_source"] == f"bdl/{'a' * 64}"
    assert row["_place"] == "unit 030210365011, variable 7, 2020"
    assert (row["city_id"], row["terc"], row["unit"]) == ("cit-0001", "0265011", "osoba")


def test_values_of_a_variable_that_an_indicator_meant_before_are_still_its_values() -> None:
    both = pl.concat([variables(), variables(variable_id=6, current=False)])
    frame = pl.concat([kept(), kept(variable_id=6), kept(variable_id=5)])
    rows = rows_of(frame, both, LIST, CITIES)
    assert rows.select("indicator_id", "variable_id").rows() == [("ind-0001", 7), ("ind-0001", 6)]


def test_values_of_a_city_or_an_indicator_that_is_gone_are_left_out() -> None:
    assert rows_of(kept(), variables(), LIST, CITIES.clear()).is_empty()
    assert rows_of(kept(), variables(), LIST.clear(), CITIES).is_empty()


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (variables(), Resolution.FOUND),
        (variables(selection="kobiety"), Resolution.NOT_FETCHED),
        (variables(subject_id="P2"), Resolution.NOT_FETCHED),
        (variables(current=False), Resolution.NOT_FETCHED),
        (variables(resolution="ambiguous", variable_id=None), Resolution.AMBIGUOUS),
    ],
)
def test_a_line_that_was_changed_since_the_fetch_counts_as_not_fetched(
    found: pl.DataFrame, expected: Resolution
) -> None:
    (row,) = list_with_variables(LIST, found).rows(named=True)
    assert row["resolution"] == expected
    assert (row["variable_id"] is None) == (expected is not Resolution.FOUND)


def test_lines_of_the_list_become_what_is_wanted() -> None:
    assert wanted_of(LIST) == [Wanted("ind-0001", IndicatorTheme.POPULATION, "P1", "")]


def test_an_unknown_theme_is_said_with_its_line() -> None:
    with pytest.raises(PimError) as caught:
        wanted_of(LIST.with_columns(theme=pl.lit("pogoda")))
    assert caught.value.code == "PIM-BDL-017"
    assert caught.value.where == "indicator_list.csv, line 2"
