"""The fast look at a published CSV overlooks nothing that the exact checks find."""

from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import sql
from exports.cells import cell_checks, suspicion
from exports.opening import Field, File
from exports.refusals import inspect
from schemas.errors import PimError
from tests.exports.sample import TABLES, frames

FIELDS = (
    Field("a", "string", True, 0, {}, {}),
    Field("b", "string", False, 0, {}, {"maxLength": 3}),
    Field("c", "integer", False, 0, {}, {"minimum": 1}),
)
FILE = File("t", Path("t.csv"), 0, "", FIELDS, ("", "-"), ("a",), ())
CELLS = st.text(st.sampled_from("=+-@\t\r\x1f. aX:#5＝"), max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_every_row_with_a_bad_cell_is_suspect(rows: list[tuple[str, str, str]]) -> None:
    exact = " OR ".join(f"({c.bad})" for field in FIELDS for c in cell_checks(FILE, field))
    cells = pl.DataFrame(rows, schema=["a", "b", "c"], orient="row").to_arrow()
    with duckdb.connect() as connection:
        connection.register("cells", cells)
        query = (
            f"SELECT a, b, c FROM cells WHERE ({exact}) AND NOT coalesce({suspicion(FILE)}, false)"
        )
        assert connection.execute(query).fetchall() == []


@pytest.mark.parametrize("alone", ["=", "+", "@"])
def test_a_sign_alone_is_suspect_in_every_column(alone: str) -> None:
    with duckdb.connect() as connection:
        for cells in ([alone, "x", "5"], ["x", alone, "5"]):
            query = f"SELECT {suspicion(FILE)} FROM (VALUES (?, ?, ?)) AS cells(a, b, c)"
            assert connection.execute(query, cells).fetchall() == [(True,)]


def test_one_bad_word_of_a_long_table_is_refused(tmp_path: Path) -> None:
    table = TABLES[0]
    frame = frames()[table.name]
    text = next(c.name for c in table.columns if c.kind == "string" and not c.codes and c.null)
    many = pl.concat([frame] * (100_001 // frame.height + 1))
    path = tmp_path / "many.parquet"
    with sql.session(tmp_path / "spill") as connection:
        many.write_parquet(path)
        assert inspect(connection, table, path).rows == many.height
        spoilt = pl.concat([many, frame.head(1).with_columns(pl.lit("=1+1").alias(text))])
        spoilt.write_parquet(path)
        with pytest.raises(PimError, match="PIM-EXP-001"):
            inspect(connection, table, path)
