from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import PimError
from schemas.verdict import REJECTED_SCHEMA
from tests.warehouse.warehouse_sample import NASTY, NO_REJECTED, Towns, towns, with_origin
from warehouse.content import content_hash
from warehouse.database import assemble
from warehouse.folder import DataFolder
from warehouse.opening import opened
from warehouse.tables import (
    load_rejected,
    load_table,
    rejected_path,
    store_table,
    table_path,
)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "da[t]a* ';--").prepare()


def test_rows_come_back_typed_and_in_key_order(folder: DataFolder) -> None:
    assert store_table(folder, Towns, towns(), NO_REJECTED)
    loaded = load_table(folder, Towns)
    assert loaded.equals(towns().sort("terc"))
    assert loaded["terc"].to_list() == ["0201011", "0264011", "1061011"]
    assert loaded["area"].to_list() == [None, Decimal("292.82"), Decimal("0.10")]
    assert load_rejected(folder, Towns).schema == REJECTED_SCHEMA


def test_the_same_rows_leave_the_files_untouched(folder: DataFolder) -> None:
    rejected = pl.DataFrame([["x"] * len(REJECTED_SCHEMA)], schema=REJECTED_SCHEMA, orient="row")
    store_table(folder, Towns, towns(), rejected)
    paths = (table_path(folder, Towns), rejected_path(folder, Towns))
    before = [path.stat() for path in paths]
    assert not store_table(folder, Towns, towns().reverse(), rejected)
    assert [path.stat() for path in paths] == before
    assert store_table(folder, Towns, towns().head(1), rejected)


def test_a_frame_of_another_shape_is_refused_and_changes_nothing(folder: DataFolder) -> None:
    store_table(folder, Towns, towns(), NO_REJECTED)
    for wrong in (
        towns().drop("_place"),
        towns().with_columns(pl.col("people").cast(pl.String)),
        towns().with_columns(pl.lit(1).alias("more")),
    ):
        with pytest.raises(PimError, match="PIM-WH-008") as caught:
            store_table(folder, Towns, wrong, NO_REJECTED)
        assert caught.value.where == "towns"
    assert load_table(folder, Towns).height == 3


def test_rows_kept_under_an_older_declaration_are_not_used(folder: DataFolder) -> None:
    with table_path(folder, Towns).open("wb") as handle:
        towns().drop("kind").write_parquet(handle)
    with pytest.raises(PimError, match="PIM-WH-008") as caught:
        load_table(folder, Towns)
    assert caught.value.why
    assert "kind" in caught.value.why.en


def test_a_table_that_was_never_built_says_what_to_run(folder: DataFolder) -> None:
    with pytest.raises(PimError, match="PIM-WH-006"):
        load_table(folder, Towns)


def test_a_path_with_brackets_and_stars_is_only_a_path(folder: DataFolder) -> None:
    store_table(folder, Towns, towns(), NO_REJECTED)
    path = table_path(folder, Towns)
    assemble(folder.warehouse, (Towns,), {Towns.name: path}, meta={})
    assert content_hash(folder.warehouse)


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
codes = st.text("0123456789", min_size=1, max_size=12)


@settings(max_examples=15)  # each one writes and reads two files
@given(st.dictionaries(codes, st.one_of(cells, codes, st.just(NASTY)), max_size=20))
def test_no_leading_zero_and_no_letter_is_lost_on_the_way(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, str]
) -> None:
    folder = DataFolder(tmp_path_factory.mktemp("data")).prepare()
    empty = pl.DataFrame(schema=Towns.schema())
    given_rows = pl.DataFrame(
        {"terc": list(rows), "town_name": list(rows.values())},
        schema={"terc": pl.String, "town_name": pl.String},
    )
    frame = pl.concat([empty, given_rows], how="diagonal")
    store_table(folder, Towns, with_origin(frame), NO_REJECTED)
    assemble(folder.warehouse, (Towns,), {Towns.name: table_path(folder, Towns)}, meta={})
    with opened(folder.warehouse, read_only=True) as connection:
        out = connection.execute("SELECT terc, nazwa FROM miasteczka").fetchall()
    assert out == sorted(rows.items())
