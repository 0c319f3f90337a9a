"""Columns: declared on one line, and a table knows its own."""

import polars as pl
import pytest

from schemas.columns import (
    Codes,
    Column,
    boolean,
    code,
    date,
    identifier,
    integer,
    number,
    reference,
    string,
)
from schemas.table import Table
from schemas.text import LANGS, Text

TEXTS = ("Tytuł", "Title", "Opis.", "Description.")


class Shape(Codes):
    ROUND = "round", "okrągły", "round"
    SQUARE = "square", "kwadratowy", "square"


class Shared(Table):
    """Columns that several tables have."""

    note = string("uwaga", *TEXTS, null=True)
    shape = code(Shape, "ksztalt", *TEXTS)


class HouseParts(Shared):
    """A table with columns of its own and shared ones."""

    name_pl = "czesci_domow"
    part_id = identifier("prt", "id_czesci", *TEXTS)
    floors = integer("pietra", *TEXTS)
    price = number("cena", *TEXTS, scale=2)
    done = boolean("gotowe", *TEXTS)
    since = date("od", *TEXTS)
    whole = reference(part_id, "calosc", *TEXTS, null=True)
    others = reference(part_id, "inne", *TEXTS, null=True, many=True)


@pytest.mark.parametrize(
    ("column", "dtype", "sql_type"),
    [
        (HouseParts.part_id, pl.String(), "VARCHAR"),
        (HouseParts.floors, pl.Int64(), "BIGINT"),
        (HouseParts.price, pl.Decimal(18, 2), "DECIMAL(18,2)"),
        (HouseParts.done, pl.Boolean(), "BOOLEAN"),
        (HouseParts.since, pl.Date(), "DATE"),
        (HouseParts.shape, pl.String(), "VARCHAR"),
        (HouseParts.whole, pl.String(), "VARCHAR"),
        (Column("datetime", "x", Text("a", "b"), Text("a", "b")), pl.Datetime("us"), "TIMESTAMP"),
        (Column("number", "x", Text("a", "b"), Text("a", "b")), pl.Decimal(18), "DECIMAL(18,0)"),
    ],
)
def test_a_column_has_the_same_type_in_polars_and_in_duckdb(
    column: Column, dtype: pl.DataType, sql_type: str
) -> None:
    assert column.dtype == dtype
    assert column.sql_type == sql_type


def test_a_table_takes_its_name_columns_key_and_references_from_its_class() -> None:
    assert HouseParts.name == "house_parts"
    assert [HouseParts.name_in(lang) for lang in LANGS] == ["czesci_domow", "house_parts"]
    names = ["part_id", "floors", "price", "done", "since", "whole", "others", "note", "shape"]
    assert [column.name for column in HouseParts.columns] == names
    assert list(HouseParts.schema()) == names
    assert HouseParts.key == (HouseParts.part_id,)
    assert HouseParts.references == (HouseParts.whole, HouseParts.others)


def test_a_shared_column_belongs_to_each_table_that_inherits_it() -> None:
    assert HouseParts.note is not Shared.note
    assert (HouseParts.note.table, Shared.note.table) == (HouseParts, Shared)
    assert repr(HouseParts.note) == "HouseParts.note"
    assert HouseParts.note.name_pl == Shared.note.name_pl


def test_a_misspelt_column_fails_when_it_is_read() -> None:
    with pytest.raises(AttributeError, match="flors"):
        HouseParts.flors  # type: ignore[attr-defined]  # noqa: B018


def test_a_column_of_no_table_can_be_shown() -> None:
    assert repr(string("a", *TEXTS)) == "?."


def test_a_key_is_never_empty() -> None:
    assert not string("a", *TEXTS, key=True, null=True).null
    assert string("a", *TEXTS, null=True).null


def test_a_reference_has_the_type_and_the_form_of_its_target() -> None:
    assert HouseParts.whole.references is HouseParts.part_id
    assert HouseParts.whole.pattern == HouseParts.part_id.pattern == "prt-[0-9]{4}"
    assert HouseParts.others.pattern is None, "a cell with several of them has another form"


def test_digits_are_our_own_digits() -> None:
    assert string("a", *TEXTS, pattern=r"\d{2}|\d{4}").pattern == "[0-9]{2}|[0-9]{4}"


def test_a_web_address_is_a_text_with_a_form() -> None:
    column = string("a", *TEXTS, url=True)
    assert column.url
    assert column.pattern == r"https?://\S+"


def test_codes_are_their_code_and_know_their_labels() -> None:
    assert [str(code) for code in Shape] == ["round", "square"]
    assert pl.Series([Shape.ROUND]).to_list() == ["round"]
    assert Shape.ROUND.label == Text("okrągły", "round")
    assert HouseParts.shape.values_in("pl") == ("okrągły", "kwadratowy")
    assert HouseParts.shape.values_in("en") == ("round", "square")
    assert HouseParts.note.values_in("pl") == ()


def test_a_column_reads_itself_from_a_frame() -> None:
    frame = pl.DataFrame({"floors": [1, 2]})
    assert frame.filter(HouseParts.floors.col > 1).height == 1


def test_names_go_with_the_language() -> None:
    assert [HouseParts.floors.name_in(lang) for lang in LANGS] == ["pietra", "floors"]


def test_texts_are_filled_in_both_languages() -> None:
    text = Text("{n} wierszy", "{n} rows").fill(n=3)
    assert [text.of(lang) for lang in LANGS] == ["3 wierszy", "3 rows"]
