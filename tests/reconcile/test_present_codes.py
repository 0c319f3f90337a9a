"""A participant stays the same city when the register changes its code (point 12)."""

import polars as pl

from reconcile.cities import with_present_codes
from reconcile.identity import code_index, code_spans
from schemas.gate import check
from schemas.registry import all_tables
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.register import CityIds
from sources.facts import CURATED, read_facts


def _index() -> pl.DataFrame:
    frames: dict[str, pl.DataFrame] = {}
    for table in all_tables():
        path = CURATED / f"{table.name}.csv"
        raw = read_facts(path) if path.exists() else pl.DataFrame(schema=table.schema())
        frames[table.name] = check(table, raw, frames).accepted
        if table is KnownTransitions:
            break
    return code_index(code_spans(frames[CityIds.name], frames[KnownTransitions.name]))


def test_point_12_a_city_that_became_urban_rural_keeps_its_participant() -> None:
    facts = pl.DataFrame({"participant_id": ["par-0001"], "terc": ["1434021"]})
    today = pl.DataFrame({"terc": ["1434023", "0201011"]})
    found = with_present_codes(facts, today, _index())
    assert found.rows() == [("par-0001", "1434023")]


def test_point_12_a_code_of_today_stays_and_one_that_leads_nowhere_too() -> None:
    facts = pl.DataFrame({"participant_id": ["a", "b", "c"], "terc": ["0201011", "9999991", None]})
    today = pl.DataFrame({"terc": ["1434023", "0201011"]})
    assert with_present_codes(facts, today, _index()).equals(facts)
