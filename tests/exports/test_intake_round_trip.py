"""Template, filled, loaded, written as facts: nothing is lost on the way."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from exports.intake.facts import as_text, facts_text
from exports.intake.template import template
from pipelines.checking import check_all
from schemas.columns import Column
from schemas.gate import check
from schemas.registry import all_tables, table_named
from schemas.table import Table
from schemas.verdict import Verdict
from sources.facts import CURATED, parse_facts, read_facts
from sources.tabular.read import read_tabular
from sources.teryt.letters import MOJIBAKE
from tests.things import Things

DAY = date(2026, 11, 1)
KEPT = [
    table
    for table in all_tables()
    # The list of all gminas is longer than any workbook, and kept by a program.
    if (CURATED / f"{table.name}.csv").is_file() and table.name != "city_ids"
]


@cache
def accepted() -> dict[str, pl.DataFrame]:
    """The accepted rows of the embedded facts."""
    return check_all(CURATED, skip=None)[1]


def through_a_workbook(
    table: type[Table], rows: pl.DataFrame, frames: Mapping[str, pl.DataFrame]
) -> Verdict:
    """The gate's word on typed rows that were written into a template and read again."""
    read = read_tabular(template(table, frames, DAY, rows), "plik.xlsx", table)
    return check(table, read.frame, accepted(), unread=read.unread)


@pytest.mark.parametrize("table", KEPT, ids=lambda table: table.name)
def test_the_facts_come_back_byte_for_byte(table: type[Table]) -> None:
    path = CURATED / f"{table.name}.csv"
    rows = accepted()[table.name].drop("_source", "_place")
    verdict = through_a_workbook(table, rows, accepted())
    assert verdict.findings == ()
    assert verdict.rejected.is_empty()
    written = facts_text(table, as_text(table, verdict.accepted))
    assert written == path.read_text(encoding="utf-8")
    assert parse_facts(written.encode(), path.name).equals(read_facts(path))


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"])
    | st.sampled_from("ąęłńóśźżĄĘŁŃÓŚŹŻ„”–·;,\"'_x\n\t="),
    min_size=1,
    max_size=40,
)
TRAPS = st.sampled_from(
    [
        "_x0041_",
        "_x000D_",
        "2024",
        "007",
        "1e5",
        "TRUE",
        "PRAWDA",
        "2024-01-01",
        "a=b",
        "#REF!",
        "'tak",
        "tak",
        "x · y",
        "a" * 2000,
    ]
)


def values(column: Column) -> st.SearchStrategy[object]:
    """Values of a column, good by its declaration or nearly so."""
    some: st.SearchStrategy[object]
    if column.codes:
        some = st.sampled_from([str(code) for code in column.codes])
    elif column.references is not None and column.references.table is not Things:
        there = accepted()[column.references.table.name].get_column(column.references.name)
        one = st.sampled_from(there.to_list())
        some = one
        if column.many:
            some = st.sets(one, min_size=1, max_size=3).map(lambda found: ";".join(sorted(found)))
    elif column.kind == "date":
        some = st.dates(date(1000, 1, 1), date(2999, 12, 31))
    elif column.kind == "integer":
        some = st.integers(column.minimum or 0, column.maximum or 10**17)
    elif column.kind == "number":
        some = st.decimals(Decimal(0), Decimal(10**15), places=2)
    elif column.kind == "boolean":
        some = st.booleans()
    elif column.pattern == r"[0-9]{7}":
        some = st.from_regex(r"[0-9]{7}", fullmatch=True)
    else:
        some = TEXTS | TRAPS
    return st.none() | some if column.null else some


def frames(table: type[Table]) -> st.SearchStrategy[pl.DataFrame]:
    """Typed rows with keys as they are minted; not all of them pass the gate."""
    others = [column for column in table.columns if not column.key]
    rows = st.lists(st.tuples(*map(values, others)), min_size=1, max_size=6)

    def frame(found: list[tuple[object, ...]]) -> pl.DataFrame:
        key = table.columns[0]
        assert key.pattern is not None
        prefix = key.pattern.partition("-")[0]
        columns: dict[str, list[object]] = {
            key.name: [f"{prefix}-{number:04}" for number in range(1, len(found) + 1)]
        }
        columns |= {c.name: [row[i] for row in found] for i, c in enumerate(others)}
        return pl.DataFrame(columns, schema=table.schema())

    return rows.map(frame)


@pytest.mark.parametrize("name", ["events", "things"])
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_what_the_gate_accepts_comes_back_whole(name: str, data: st.DataObject) -> None:
    table = Things if name == "things" else table_named(name)
    drawn = data.draw(frames(table))
    rows = check(table, drawn, accepted()).accepted.drop("_source", "_place")
    texts = rows.select(pl.selectors.string())
    assume(not texts.select(pl.any_horizontal(pl.all().str.contains(MOJIBAKE)).any()).item())
    verdict = through_a_workbook(table, rows, {table.name: rows})
    assert verdict.rejected.is_empty()
    assert verdict.accepted.drop("_source", "_place").equals(rows)
