"""Point 7: a code stays text through every tool and file form that the project uses."""

import io
import json
import tempfile
from pathlib import Path

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.arrow import register
from schemas.derive.pandera_model import pandera_model
from schemas.gate import check
from schemas.tables.units import Units
from sources.teryt.read import read_teryt
from sources.teryt.units import to_units
from tests.sources.terytbytes import DAY, SIMC, Row, csv_bytes

TWO = st.from_regex(r"[0-9]{2}", fullmatch=True)
SEVEN = st.one_of(st.just("0000017"), st.from_regex(r"[0-9]{7}", fullmatch=True))


@st.composite
def localities(draw: st.DrawFn) -> Row:
    """A SIMC row with any codes, most of them with zeros that must not get lost."""
    area = [draw(TWO), draw(TWO), draw(TWO), draw(st.sampled_from("1234589"))]
    return (*area, draw(TWO), "1", "Wieś", draw(SEVEN), draw(SEVEN), DAY)


def through_files(frame: pl.DataFrame, folder: Path) -> dict[str, list[tuple[str, ...]]]:
    """The rows after each way out and in again."""
    frame.write_parquet(folder / "x.parquet")
    frame.write_csv(folder / "x.csv")
    frame.write_ndjson(folder / "x.json")
    strings = dict.fromkeys(frame.columns, pl.String)
    con = duckdb.connect()
    register(con, "frame", frame)
    con.execute("CREATE TABLE stored AS SELECT * FROM frame")
    queries = {
        "duckdb": "SELECT * FROM stored",
        "duckdb parquet": f"SELECT * FROM '{folder / 'x.parquet'}'",
        "duckdb csv": f"SELECT * FROM read_csv('{folder / 'x.csv'}', all_varchar=true)",
    }
    found = {name: con.execute(query).fetchall() for name, query in queries.items()}
    con.close()
    found["polars parquet"] = pl.read_parquet(folder / "x.parquet").rows()
    found["polars csv"] = pl.read_csv(folder / "x.csv", schema=strings).rows()
    found["polars json"] = pl.read_ndjson(folder / "x.json", schema=strings).rows()
    lines = (folder / "x.json").read_text(encoding="utf-8").splitlines()
    found["json"] = [tuple(json.loads(line).values()) for line in lines]
    return found


@settings(max_examples=15)
@given(st.lists(localities(), min_size=1, max_size=20))
def test_point_07_codes_of_localities_stay_text(rows: list[Row]) -> None:
    frame = read_teryt(csv_bytes(rows, SIMC)).frame
    with tempfile.TemporaryDirectory() as folder:
        for way, found in through_files(frame, Path(folder)).items():
            assert found == rows, way


@settings(max_examples=15)
@given(st.sets(TWO, min_size=1, max_size=10))
def test_point_07_units_stay_text_through_the_gate(codes: set[str]) -> None:
    rows: list[Row] = [(code, "", "", "", "Nazwa", "województwo", DAY) for code in sorted(codes)]
    units = to_units(read_teryt(csv_bytes(rows)).frame)
    accepted = check(Units, units, {}).accepted
    assert accepted.get_column("terc").to_list() == sorted(codes)
    checked = pandera_model(Units).validate(accepted.select(*Units.schema()))
    assert checked.get_column("terc").to_list() == sorted(codes)
    out = io.BytesIO()
    accepted.write_csv(out)
    again = pl.read_csv(out.getvalue(), infer_schema=False).get_column("terc")
    assert again.to_list() == sorted(codes)


def test_point_07_two_is_not_zero_two() -> None:
    rows: list[Row] = [("02", "01", "01", "1", "01", "1", "Wieś", "0000017", "0000017", DAY)]
    frame = read_teryt(csv_bytes(rows, SIMC)).frame
    assert frame.filter(pl.col("WOJ") == "02").height == 1
    assert frame.filter(pl.col("WOJ") == "2").height == 0
    assert frame.filter(pl.col("SYM") == "17").height == 0
