"""What holds for the gate whatever comes: no row lost, none twice, the same in any order."""

import json
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from schemas.columns import string
from schemas.derive.pandera_model import pandera_model
from schemas.gate import check
from schemas.rowcheck import ROW, check_rows
from schemas.table import Table
from schemas.text import Text
from tests.schemas.gatetables import KNOWN, TEXTS, Cities, Things, text_rows, things_frames

FEW = settings(max_examples=15)
"""A frame has dozens of rows, and each row is an example of its own."""


@FEW
@given(things_frames())
def test_each_row_is_accepted_or_set_aside_and_never_both(frame: pl.DataFrame) -> None:
    verdict = check(Things, frame, KNOWN)
    accepted, rejected = verdict.accepted["_place"].to_list(), set(verdict.rejected["place"])
    assert sorted([*accepted, *rejected]) == sorted(frame["_place"].to_list())
    assert verdict.rejected_rows == len(rejected)


@FEW
@given(things_frames(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(frame: pl.DataFrame, chance: random.Random) -> None:
    verdict = check(Things, frame, KNOWN)
    order = list(range(frame.height))
    chance.shuffle(order)
    shuffled = check(Things, frame[order], KNOWN)
    assert shuffled.accepted.equals(verdict.accepted)
    by_content = ["place", "column_name", "rule"]
    assert shuffled.rejected.sort(by_content).equals(verdict.rejected.sort(by_content))
    counts = [(found.rule, found.column, found.count) for found in verdict.findings]
    assert [(found.rule, found.column, found.count) for found in shuffled.findings] == counts


@FEW
@given(things_frames())
def test_rejected_lines_follow_the_rows_as_they_came(frame: pl.DataFrame) -> None:
    first, second = check(Things, frame, KNOWN), check(Things, frame, KNOWN)
    assert first.rejected.equals(second.rejected)
    assert first.findings == second.findings
    lines = [int(place.removeprefix("line ")) for place in first.rejected["place"]]
    assert lines == sorted(lines)


@FEW
@given(things_frames())
def test_what_is_accepted_keeps_the_pandera_model_and_passes_again(frame: pl.DataFrame) -> None:
    accepted = check(Things, frame, KNOWN).accepted
    pandera_model(Things).validate(accepted.select(*Things.schema()), lazy=True)
    assert check(Things, accepted, KNOWN).accepted.equals(accepted)


@FEW
@given(things_frames())
def test_the_fast_scan_finds_what_the_model_finds(frame: pl.DataFrame) -> None:
    state = check_rows(Things, frame.with_row_index(ROW), {})
    cells = state.rejected().filter(pl.col("rule").is_in(["type", *_row_rules()]).not_())
    found = set(cells.select(ROW, "column_name", "rule").iter_rows())
    lost = set(state.rejected().filter(rule="type").select(ROW, "column_name").iter_rows())
    try:
        pandera_model(Things).validate(state.frame.select(*Things.schema()), lazy=True)
    except SchemaErrors as error:
        cases = pl.DataFrame(error.failure_cases).select("index", "column", "check").rows()
        assert {case for case in cases if case[:2] not in lost} == found
    else:
        assert found == set()


IDS = st.sampled_from([f"{number:04}" for number in range(8)])


@settings(max_examples=40)
@given(st.dictionaries(IDS, st.tuples(st.none() | IDS, st.none() | IDS)))
def test_own_references_hold_among_what_is_accepted(
    wanted: dict[str, tuple[str | None, str | None]],
) -> None:
    """As many rows are kept as can be: those that a slow search for them keeps too."""
    rows = [
        {"city_id": city, "part_of": part_of, "followed_by": followed_by}
        for city, (part_of, followed_by) in wanted.items()
    ]
    kept = set(wanted)
    while lost := {city for city in kept if not {*wanted[city]} <= {None, *kept}}:
        kept -= lost
    accepted = check(Cities, text_rows(Cities, *rows), {}).accepted
    assert set(accepted["city_id"]) == kept


def _row_rules() -> list[str]:
    return [rule.name for rule in Things.rules]


class CodesOnly(Table):
    name_pl = "kody"
    title = description = row = Text("Kody", "Codes")
    value = string("kod", *TEXTS, key=True, pattern=r"\d+")


@FEW
@given(st.sets(st.text("0123456789", min_size=1, max_size=20), min_size=1))
def test_no_zero_of_a_code_is_lost_on_any_way_out(codes: set[str]) -> None:
    frame = pl.DataFrame({"value": sorted(codes, reverse=True)})
    accepted = check(CodesOnly, frame, {}).accepted.select("value")
    with TemporaryDirectory() as folder, duckdb.connect() as connection:
        parquet, csv, js = (str(Path(folder, f"codes.{end}")) for end in ("parquet", "csv", "json"))
        accepted.write_parquet(parquet)
        connection.execute("CREATE TABLE codes AS FROM read_parquet(?)", [parquet])
        connection.execute(f"COPY (FROM codes ORDER BY value) TO '{csv}' (HEADER)")
        connection.execute(f"COPY (FROM codes ORDER BY value) TO '{js}' (ARRAY)")
        read = pl.read_csv(csv, schema=CodesOnly.schema())
        assert read["value"].to_list() == sorted(codes)
        assert [row["value"] for row in json.loads(Path(js).read_bytes())] == sorted(codes)
        assert check(CodesOnly, read, {}).accepted["value"].to_list() == sorted(codes)
