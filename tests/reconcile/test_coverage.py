"""Coverage by edition: what is known beside what the edition itself counted."""

from functools import cache

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.coverage import coverage
from schemas.gate import check
from schemas.registry import all_tables
from schemas.table import Table
from schemas.tables.action_plans import Mids
from schemas.tables.counts import Counts
from schemas.tables.coverage import Coverage
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.tables.improvement_plans import ImprovementPlans
from schemas.tables.participations import Participations
from schemas.tables.recommendations import Recommendations
from sources.facts import CURATED, read_facts

INPUTS = (
    Editions,
    Participations,
    Mids,
    Counts,
    Documents,
    ImprovementPlans,
    Recommendations,
)


@cache
def publishable() -> dict[str, pl.DataFrame]:
    """The facts as a publisher hands them over: confirmed rows, and plans that stand on them."""
    accepted: dict[str, pl.DataFrame] = {}
    for table in all_tables():
        path = CURATED / f"{table.name}.csv"
        if path.is_file():
            accepted[table.name] = check(table, read_facts(path), accepted).accepted
    kept: dict[str, pl.DataFrame] = {}
    for table in INPUTS:
        rows = accepted[table.name]
        if "evidence_status" in rows.columns:
            rows = rows.filter(pl.col("evidence_status") == "confirmed")
        kept[table.name] = rows
    parts = kept[Participations.name]
    kept[Mids.name] = kept[Mids.name].join(parts, on="participation_id", how="semi")
    return kept


def made(**changed: pl.DataFrame) -> pl.DataFrame:
    """Coverage of the project's own facts, some tables changed."""
    frames = [changed.get(table.name, publishable()[table.name]) for table in INPUTS]
    return coverage(*frames)


def empty(table: type[Table]) -> pl.DataFrame:
    return pl.DataFrame(schema=table.schema())


def column(frame: pl.DataFrame, name: str) -> list[object]:
    return frame.get_column(name).to_list()


def test_coverage_has_the_columns_and_types_of_its_table_and_passes_the_gate() -> None:
    frame = made()
    assert dict(frame.schema) == Coverage.schema()
    verdict = check(Coverage, frame, publishable())
    assert verdict.findings == ()
    assert verdict.accepted.height == 3


def test_official_counts_stand_beside_what_is_listed_and_known() -> None:
    frame = made()
    assert column(frame, "edition_id") == ["ed-0001", "ed-0002", "ed-0003"]
    assert column(frame, "expected_participants") == [34, 30, 30]
    assert column(frame, "listed_participants") == [12, 28, 20]
    assert column(frame, "known_participants") == [15, 28, 20]
    assert column(frame, "confirmed_participants") == [15, 28, 20]
    assert column(frame, "mids_expected") == [34, 30, 30]
    assert column(frame, "plans_expected") == [3, 3, 3]
    assert column(frame, "plans_with_recommendations") == [3, 0, 0]


def test_one_action_plan_has_a_title_and_none_a_document() -> None:
    frame = made()
    assert sum(frame["mids_with_title"]) == 1
    assert sum(frame["mids_with_document"]) == 0


def test_each_official_count_has_its_date_and_sources() -> None:
    frame = made()
    assert [str(day) for day in frame["expected_to"]] == ["2019-10-15", "2023-03-31", "2024-07-03"]
    assert column(frame, "expected_sources") == [
        "doc-0036;doc-0039",
        "doc-0002;doc-0004;doc-0016;doc-0018",
        "doc-0026",
    ]
    assert column(frame, "listed_sources") == ["doc-0030;doc-0031", "doc-0005", "doc-0023;doc-0024"]


def test_nothing_known_is_zero_and_nothing_stated_is_unknown() -> None:
    frame = coverage(publishable()[Editions.name], *(empty(table) for table in INPUTS[1:]))
    assert frame.height == 3
    for name in ("expected_participants", "listed_participants", "listed_to", "mids_expected"):
        assert column(frame, name) == [None] * 3
    for name in ("known_participants", "confirmed_participants", "mids_with_title"):
        assert column(frame, name) == [0] * 3
    assert check(Coverage, frame, publishable()).findings == ()


def test_a_participant_in_two_networks_of_an_edition_counts_once() -> None:
    parts = publishable()[Participations.name]
    again = parts.head(1).with_columns(participation_id=pl.lit("pcp-9999"))
    assert column(made(participations=pl.concat([parts, again])), "known_participants") == [
        15,
        28,
        20,
    ]


def test_a_plan_counts_as_found_only_with_a_document_that_is_listed() -> None:
    mids = publishable()[Mids.name]
    found = made(mids=mids.with_columns(document_id=pl.lit("doc-0005")))
    assert column(found, "mids_with_document") == [15, 28, 20]
    lost = made(mids=mids.with_columns(document_id=pl.lit("doc-9999")))
    assert column(lost, "mids_with_document") == [0, 0, 0]


@pytest.mark.parametrize("name", [table.name for table in INPUTS])
def test_the_order_of_rows_does_not_matter(name: str) -> None:
    assert made(**{name: publishable()[name].reverse()}).equals(made())


@given(st.sets(st.integers(min_value=0, max_value=62)))
def test_fewer_participations_never_make_more_known(left_out: set[int]) -> None:
    parts = publishable()[Participations.name].with_row_index()
    fewer = parts.filter(~pl.col("index").is_in(sorted(left_out))).drop("index")
    frame, whole = made(participations=fewer), made()
    for name in ("known_participants", "confirmed_participants", "mids_with_title"):
        assert (frame[name] <= whole[name]).all()
    assert frame["expected_participants"].equals(whole["expected_participants"])
