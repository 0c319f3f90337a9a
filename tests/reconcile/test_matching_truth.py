"""The full register: no wrong match, and as good as all names matched that a person would."""

import json
import time
from functools import cache

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.matching import (
    answers,
    as_markdown,
    figures,
    networks,
    read_zip,
    register,
    sample_names,
    units,
)
from reconcile.matching import Register, lookalikes, match
from reconcile.matching.folding import cleaned
from reconcile.matching.rules import RULES
from sources.names import read_names
from tests.reconcile.matchsample import ALIASES, NETWORKS
from tests.reconcile.matchsample import register as small_register
from tests.reconcile.truth.desk import Registers
from tests.reconcile.truth.make_truth import SETS, Maker, Row, handwritten
from tests.shared import REPO, SHARED, needs_shared

TRUTH = REPO / "tests" / "reconcile" / "truth"
SIMC = SHARED / "data" / "registries" / "teryt" / "SIMC_Urzedowy_2020-09-26.zip"


@cache
def measured(side: str) -> pl.DataFrame:
    return answers(side)


@needs_shared
@pytest.mark.parametrize("side", ["held_aside", "tuning"])
def test_no_name_of_the_truth_set_is_matched_wrongly(side: str) -> None:
    wrong = measured(side).filter("is_wrong")
    assert wrong.select("query", "expected", "terc", "rule").rows() == []


@needs_shared
@pytest.mark.parametrize("side", ["held_aside", "tuning"])
def test_names_are_matched_that_a_careful_person_would_match(side: str) -> None:
    total = figures(measured(side)).row(-1, named=True)
    assert total["right"] >= 0.95 * total["to_match"], total


@needs_shared
def test_the_published_figures_are_the_measured_ones() -> None:
    published = (REPO / "docs" / "matching.md").read_text(encoding="utf-8")
    assert as_markdown(figures(measured("held_aside"))) in published


@needs_shared
def test_without_localities_less_is_matched_and_next_to_nothing_wrongly() -> None:
    rows = answers("held_aside", with_localities=False)
    total = figures(rows).row(-1, named=True)
    # What is then wrong are villages called like a gmina without its diacritics: „Sosno”.
    assert set(rows.filter("is_wrong")["rule"]) <= {"exact", "missing_diacritics"}
    assert total["right"] >= 0.65 * total["to_match"], total


@needs_shared
def test_the_held_aside_set_has_no_row_of_the_other_and_many_kinds() -> None:
    key = ["query", "context_voivodeship", "context_network"]
    held, tuning = (
        pl.read_csv(TRUTH / f"{name}.csv", infer_schema=False) for name, _, _ in SETS[::-1]
    )
    assert held.join(tuning, on=key, how="semi", nulls_equal=True).is_empty()
    assert held.height > 600
    assert held["kind"].n_unique() >= 25


@needs_shared
def test_the_systematic_part_of_the_truth_set_is_what_its_seed_makes() -> None:
    name, seeds, by_hand = SETS[1]
    rows = pl.read_csv(TRUTH / f"{name}.csv", infer_schema=False).fill_null("")
    made = {row for seed in seeds for row in Maker(Registers(), seed).rows()}
    assert {Row(*row) for row in rows.iter_rows()} <= made | set(handwritten(by_hand))


@needs_shared
def test_no_locality_that_is_no_gmina_is_taken_for_one() -> None:
    names = register().names["clean"].implode()
    phrase = r"^(?:[WZ]e?|[DO][od]) "
    villages = (
        read_zip(SIMC)
        .select(query="NAZWA")
        .unique()
        .filter(~cleaned(pl.col("query")).is_in(names), ~pl.col("query").str.contains(phrase))
    )
    assert villages.height > 50_000
    found = match(villages, register(), read_names().aliases, networks())
    assert found.filter(pl.col("terc").is_not_null())["query"].to_list() == []


@needs_shared
def test_a_hundred_thousand_names_do_not_take_long() -> None:
    names = sample_names(20_000)
    plain = register()
    match(names.head(100), plain)
    start = time.process_time()
    match(names, plain, read_names().aliases, networks())
    # Seconds of processor, since others may use the machine: 0.4 were measured. A hundred
    # thousand names may take 5 s.
    assert time.process_time() - start < 3


@needs_shared
def test_aliases_are_of_gminas_that_exist() -> None:
    aliases = read_names().aliases
    codes = set(register().gminas["terc"].str.head(6))
    assert set(aliases["terc"].str.head(6)) <= codes
    assert aliases["terc"].str.contains(r"^\d{7}$").all()
    assert aliases.select((pl.col("source") != "").all()).item()
    # None is the name of a gmina today, or the name would have two meanings.
    assert not aliases.filter(
        cleaned(pl.col("alias")).is_in(register().names["clean"].implode())
    ).height


@needs_shared
def test_the_list_of_like_named_places_is_what_the_registers_make() -> None:
    plain = Register.from_units(units())
    made = lookalikes(read_zip(SIMC).select(name="NAZWA"), plain)["name"].to_list()
    assert set(made) <= set(read_names().lookalikes)
    assert not set(read_names().lookalikes) & set(plain.gminas["name"])


@needs_shared
def test_the_trap_of_the_digital_network() -> None:
    rows = pl.DataFrame(
        {"query": ["Piława", "Piława"], "context_network": ["Sieć Miasto Cyfrowe", None]}
    )
    found = match(rows, register(), read_names().aliases, networks())
    assert found["terc"].to_list() == ["1403103", None]
    assert {c["terc"] for c in found["candidates"][1]} == {"1403103", "0202041"}


WORDS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "Urząd Miasta",
            "w",
            "gmina",
            "(woj.",
            "Żorach",
            "Dębica",
            "k.",
            "Łódź",
            "1403103",
            "-",
            "m.",
        ]
    ),
)


@settings(max_examples=25)
@given(st.lists(st.tuples(st.lists(WORDS, max_size=5), WORDS, WORDS), max_size=8))
def test_any_text_gets_an_answer_that_holds_together(
    questions: list[tuple[list[str], str, str]],
) -> None:
    rows = pl.DataFrame(
        [(" ".join(name), place, network) for name, place, network in questions],
        schema=dict.fromkeys(["query", "context_voivodeship", "context_network"], pl.String),
        orient="row",
    )
    found = match(rows, small_register(), ALIASES, NETWORKS)
    assert found.height == rows.height
    for row in found.iter_rows(named=True):
        assert row["status"] == RULES[row["rule"]].status
        codes = [candidate["terc"] for candidate in row["candidates"]]
        assert (row["terc"] is not None) == (row["status"] == "MATCH")
        assert (codes == [row["terc"]]) == (row["status"] == "MATCH") or len(codes) == 1
        assert row["status"] != "AMBIGUOUS" or codes
        assert "{}" not in row["reason_pl"] + row["reason_en"]
    # The same question gets the same answer, whatever stands beside it.
    last = match(rows.tail(1), small_register(), ALIASES, NETWORKS)
    assert json.dumps(last.rows()) == json.dumps(found.tail(1).rows())
