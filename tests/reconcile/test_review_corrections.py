"""Corrections: what they change, that they change it once, and what they tell."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.review.corrections import CorrectedPieces, corrected
from schemas.gate import check
from schemas.tables.city_codes import KnownCodes
from schemas.tables.corrections import Corrections
from schemas.tables.mid_documents import MidDocumentParts
from schemas.tables.units import Units

SOURCE = pl.DataFrame(
    {
        "terc": ["1403103", "0202041", "0202042"],
        "unit_name": ["Pilawa", "Pilawa Górna", None],
        "state_date": [date(2026, 1, 1)] * 3,
    }
)
AS_TEXT = SOURCE.with_columns(pl.all().cast(pl.String).fill_null(""))


def correction(**changed: str | None) -> pl.DataFrame:
    row: dict[str, object] = {
        "table_name": "units",
        "row_key": "0202041",
        "column_name": "unit_name",
        "value_seen": "Pilawa Górna",
        "right_value": "Piława Górna",
        "reason": "Tak w statucie gminy.",
        "reported_to": "GUS",
        "corrected_on": date(2026, 11, 20),
    }
    return pl.DataFrame([row | changed], schema=Corrections.schema())


def rules(frame: pl.DataFrame, corrections: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    return {f.rule: f.places for f in corrected(Units, frame, corrections).findings}


@pytest.mark.parametrize("source", [SOURCE, AS_TEXT])
def test_the_wrong_value_becomes_the_right_one(source: pl.DataFrame) -> None:
    frame, findings = corrected(Units, source, correction())
    assert findings == ()
    assert frame["unit_name"].fill_null("").to_list() == ["Pilawa", "Piława Górna", ""]
    assert frame.drop("unit_name").equals(source.drop("unit_name"))


@pytest.mark.parametrize("length", [1, 2, 3])
def test_rows_in_pieces_are_corrected_as_all_together(length: int) -> None:
    several = pl.concat(
        [
            correction(),
            correction(row_key="0202042", value_seen="Stara", right_value="Nowa"),
            correction(row_key="1403103", value_seen="Piława", right_value="Pilawa"),
            correction(row_key="9999999"),
            correction(table_name="networks"),
        ]
    )
    whole = corrected(Units, AS_TEXT, several)
    pieces = CorrectedPieces(Units, lambda: AS_TEXT.iter_slices(length), several)
    for _ in range(2):
        # An empty text and no value are the same to the gate.
        assert pl.concat(pieces()).fill_null("").equals(whole.frame.fill_null(""))
        assert {(f.rule, f.places) for f in pieces.findings()} == {
            (f.rule, f.places) for f in whole.findings
        }
    assert len(whole.findings) == 3
    nothing = CorrectedPieces(Units, lambda: iter([AS_TEXT.clear()]), several)
    assert pl.concat(nothing()).is_empty()
    assert nothing.findings() == ()


def test_a_day_a_missing_value_and_a_value_to_take_away_are_corrected() -> None:
    day = correction(column_name="state_date", value_seen="2026-01-01", right_value="2025-01-01")
    frame, _ = corrected(Units, SOURCE, day)
    assert frame["state_date"].to_list() == ["2026-01-01", "2025-01-01", "2026-01-01"]
    missing = correction(row_key="0202042", value_seen=None, right_value="Nowa")
    assert corrected(Units, SOURCE, missing).frame["unit_name"].to_list()[2] == "Nowa"
    away = correction(right_value=None)
    assert corrected(Units, AS_TEXT, away).frame["unit_name"].to_list()[1] is None


def test_a_source_that_is_right_by_now_says_that_the_correction_can_go() -> None:
    mended, _ = corrected(Units, SOURCE, correction())
    frame, findings = corrected(Units, mended, correction())
    assert frame.equals(mended)
    assert [(f.rule, f.places, f.severity) for f in findings] == [
        ("correction_done", ("0202041: unit_name",), "warn")
    ]
    assert "PIM-REV-003" in findings[0].message.pl


def test_another_value_or_a_lost_row_is_told_and_nothing_is_changed() -> None:
    other = correction(value_seen="Coś innego")
    assert rules(SOURCE, other) == {"correction_other_value": ("0202041: unit_name",)}
    lost = correction(row_key="9999999")
    assert rules(SOURCE, lost) == {"correction_row_missing": ("9999999: unit_name",)}
    for unfit in (other, lost):
        assert corrected(Units, SOURCE, unfit).frame.equals(SOURCE)


def test_other_tables_and_tables_without_rows_are_left_alone() -> None:
    assert corrected(KnownCodes, SOURCE, correction()) == (SOURCE, ())
    assert corrected(Units, SOURCE.clear(), correction()).findings == ()
    broken = SOURCE.drop("terc")
    assert corrected(Units, broken, correction()).frame.equals(broken)


def test_a_key_of_several_parts_and_a_yes_or_no_are_found() -> None:
    parts = pl.DataFrame(
        {"document": ["a.pdf", "a.pdf"], "part": ["goals", "risks"], "is_required": [True, True]}
    )
    fix = correction(
        table_name="mid_document_parts", row_key="a.pdf | risks", column_name="is_required",
        value_seen="True", right_value="False",
    )  # fmt: skip
    frame, findings = corrected(MidDocumentParts, parts, fix)
    assert (frame["is_required"].to_list(), findings) == (["True", "False"], ())


CELL = st.sampled_from(["Pilawa", "Piława", "", "Żory"])


@given(st.lists(CELL, min_size=1, max_size=4), CELL, CELL)
@settings(max_examples=60)
def test_a_correction_applied_again_changes_nothing_and_touches_only_its_value(
    cells: list[str], wrong: str, right: str
) -> None:
    source = pl.DataFrame({"terc": ["0202041"] * len(cells), "unit_name": cells})
    fix = correction(value_seen=wrong or None, right_value=right or None)
    once = corrected(Units, source, fix).frame
    shown = once["unit_name"].fill_null("").to_list()
    assert shown == [right if cell == wrong else cell for cell in cells]
    again = corrected(Units, once, fix).frame["unit_name"].fill_null("").to_list()
    assert wrong == right or again == shown


def told_of(**changed: str) -> set[str]:
    row = {c: str(v) for c, v in correction().row(0, named=True).items()} | changed
    return {finding.rule for finding in check(Corrections, pl.DataFrame([row]), {}).findings}


def test_a_line_of_corrections_that_makes_no_sense_is_refused() -> None:
    assert told_of() == set()
    assert told_of(right_value="Pilawa Górna") == {"value_changes"}
    assert told_of(table_name="unitz") == {"known_column"}
    assert told_of(column_name="name") == {"known_column"}
    assert told_of(column_name="terc", value_seen="0202041") == {"known_column"}
    assert told_of(reason="") == {"not_nullable"}
