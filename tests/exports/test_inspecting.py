"""The look through publishable rows overlooks nothing that must be refused."""

from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import sql
from exports.inspecting import FEW_ROWS, inspect
from exports.refusals import bad_cell, harmless
from exports.unfit import impersonal
from schemas.errors import PimError
from tests.exports.sample import TABLES, frames

SIGNS = [*"=+-@\t\r\n\0\x1f\x7f\x85 .aX:#5＝ł[", "P1Y", "tel.", "+48", "44051401359", "https://a"]


@pytest.mark.parametrize("words", ["few", "many"])
@pytest.mark.parametrize(
    ("spoilt", "code"), [("=1+1", "PIM-EXP-001"), ("a@b.pl", "PIM-EXP-011"), (None, "PIM-EXP-006")]
)
def test_one_bad_text_of_a_long_table_is_refused(
    words: str, spoilt: str | None, code: str, tmp_path: Path
) -> None:
    table = TABLES[0]
    frame = frames()[table.name]
    text = next(
        c.name for c in table.columns if c.kind == "string" and not (c.codes or c.key or c.null)
    )
    many = pl.concat([frame] * (FEW_ROWS // frame.height + 1))
    if words == "many":
        many = many.with_columns(pl.format("nr {}", pl.int_range(pl.len())).alias(text))
    path = tmp_path / "many.parquet"
    with sql.session(tmp_path / "spill") as connection:
        many.write_parquet(path)
        assert inspect(connection, table, path).rows == many.height
        bad = frame.head(1).with_columns(pl.lit(spoilt, dtype=pl.String).alias(text))
        pl.concat([many, bad]).write_parquet(path)
        with pytest.raises(PimError, match=code):
            inspect(connection, table, path)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.sampled_from(SIGNS), max_size=4).map("".join), min_size=40))
def test_no_text_is_harmless_that_is_refused(words: list[str]) -> None:
    column = next(c for c in TABLES[0].columns if c.kind == "string" and not c.codes)
    bad = " OR ".join(f"({bad})" for bad in bad_cell(column))
    facts = f"(SELECT unnest(?) AS {column.name}) AS facts"
    with duckdb.connect() as connection:
        query = f"SELECT {column.name} FROM {facts} WHERE {bad}"
        refused = {word for (word,) in connection.execute(query, [words]).fetchall()}
    assert not refused & {word for word in words if harmless(word) and impersonal(word)}
