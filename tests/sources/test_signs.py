"""The same sign means opposite things in two sources; a missing value keeps its reason."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.missing import MissingReason
from sources.signs import SIGNS, SignSource, read_signs


def read(cell: str | None, source: SignSource) -> dict[str, object]:
    return read_signs(pl.Series([cell], dtype=pl.String), source).row(0, named=True)


def test_a_dash_is_zero_in_gus_tables_and_no_information_in_the_local_data_bank() -> None:
    gus = read("-", SignSource.GUS_TABLES)
    bdl = read("-", SignSource.BDL_EXPORT)
    assert (gus["value"], gus["missing"]) == ("0", None)
    assert (bdl["value"], bdl["missing"]) == (None, MissingReason.NOT_PRESENTED)


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        (".", MissingReason.NO_DATA),
        ("x", MissingReason.NOT_APPLICABLE),
        ("X", MissingReason.NOT_APPLICABLE),
        ("#", MissingReason.SECRET),
    ],
)
def test_signs_of_gus_tables_leave_no_value_and_say_why(sign: str, reason: MissingReason) -> None:
    row = read(f" {sign}\u00a0", SignSource.GUS_TABLES)
    assert (row["value"], row["missing"], row["unread"]) == (None, reason, None)


def test_zero_in_gus_tables_is_a_small_value_and_a_star_marks_a_corrected_one() -> None:
    assert read("0", SignSource.GUS_TABLES)["below_precision"] is True
    assert read("0", SignSource.BDL_EXPORT)["below_precision"] is False
    corrected = read("1 234,5*", SignSource.GUS_TABLES)
    assert (corrected["value"], corrected["revised"]) == ("1234.5", True)


@pytest.mark.parametrize("cell", ["abc", "*", "12.3.4", "1 23", "--", "1e5", "٣", "n/d"])
def test_what_is_neither_a_number_nor_a_sign_is_handed_back_and_not_guessed(cell: str) -> None:
    row = read(cell, SignSource.GUS_TABLES)
    assert (row["value"], row["missing"], row["unread"]) == (None, None, cell)


def test_a_star_is_no_sign_of_the_local_data_bank() -> None:
    assert read("12*", SignSource.BDL_EXPORT)["unread"] == "12*"


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0"])
def test_an_empty_cell_says_nothing(cell: str | None) -> None:
    row = read(cell, SignSource.GUS_TABLES)
    assert set(row.values()) == {None, False}


@given(
    st.lists(st.text(max_size=8) | st.none(), max_size=30),
    st.sampled_from(list(SignSource)),
)
def test_every_cell_is_a_number_or_a_reason_or_unread_and_never_two_of_them(
    cells: list[str | None], source: SignSource
) -> None:
    frame = read_signs(pl.Series(cells, dtype=pl.String), source)
    assert frame.height == len(cells)
    filled = frame.select(
        pl.sum_horizontal(pl.col("value", "missing", "unread").is_not_null())
    ).to_series()
    assert filled.is_between(0, 1).all()


def test_every_sign_of_every_source_has_a_number_or_a_reason() -> None:
    for signs in SIGNS.values():
        assert set(signs) == {"-", "0", ".", "x", "#"}
        assert all((s.value is None) != (s.missing is None) for s in signs.values())
