"""When a decision holds and what it does; how questions are known again."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.review.decisions import (
    Ground,
    decided_conflicts,
    decided_names,
    held,
    in_force,
    not_needed,
)
from reconcile.review.items import (
    ITEMS,
    all_items,
    conflict_items,
    fact_items,
    fingerprint,
    item_id,
    mid_city_items,
    mid_value_items,
    name_items,
)
from schemas.gate import check
from schemas.tables.decisions import Decisions, ItemKind
from schemas.tables.document_conflicts import DocumentConflicts
from schemas.tables.document_facts import DocumentFacts
from schemas.tables.mid_documents import MidDocuments, MidDocumentValues
from schemas.tables.name_matches import NameMatches
from schemas.tables.review_items import ReviewItems

THEN = date(2026, 1, 1)
LATER = date(2027, 1, 1)
TWO = "1403103 Pilawa (gmina miejsko-wiejska, MAZOWIECKIE); 0202041 Piława Górna (gmina miejska, X)"

GROUND = Ground(
    THEN,
    pl.DataFrame(
        {
            "value": ["par-0043", "1403103", "0202041"],
            "answer": ["par-0043", "par-0043", "0202041"],
            "official_name": ["Pilawa", "Pilawa", "Piława Górna"],
        }
    ),
)


def name(number: int = 1, **changed: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(NameMatches.schema())
    return (
        row
        | {
            "match_id": f"match-{number:012}",
            "written": "Piława",
            "network_name": "Miasto Jutra",
            "status": "AMBIGUOUS",
            "candidates": TWO,
            "score": 40,
            "rule": "several",
            "reason_pl": "Dwie gminy.",
            "reason_en": "Two gminas.",
            "document": "lista.txt",
            "place_pl": "wiersz 5",
            "place_en": "line 5",
            "quote": "Piława",
        }
        | changed
    )


def names(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows) or [name()], schema=NameMatches.schema())


def decision(item: str, mark: str, **changed: object) -> dict[str, object]:
    return {
        "item_id": item,
        "kind": "name",
        "question": "Piława",
        "decided": "city",
        "value": "1403103",
        "reason": "Sieć prowadzi miasta z Mazowsza.",
        "decided_on": date(2026, 11, 20),
        "register_state": THEN,
        "fingerprint": mark,
    } | changed


def decisions(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=Decisions.schema())


def about(items: pl.DataFrame, **changed: object) -> pl.DataFrame:
    """A decision about the first of the questions."""
    first = items.row(0, named=True)
    return decisions(decision(first["item_id"], first["fingerprint"], **changed))


def applied(matches: pl.DataFrame, made: pl.DataFrame, ground: Ground = GROUND) -> pl.DataFrame:
    questions = held(name_items(matches), made, ground)
    return decided_names(matches, questions, ground, ItemKind.NAME, "match_id")


def test_a_decided_name_is_a_match_by_decision_with_its_reason() -> None:
    row = applied(names(), about(name_items(names()))).row(0, named=True)
    assert (row["status"], row["value"], row["official_name"]) == ("MATCH", "par-0043", "Pilawa")
    assert (row["rule"], row["score"], row["candidates"]) == ("decision", 100, TWO)
    assert row["reason_pl"].startswith("Decyzja z 2026-11-20: Sieć prowadzi miasta z Mazowsza.")
    assert row["reason_pl"].endswith("Dwie gminy.")


def test_a_name_that_is_no_city_stays_without_a_match() -> None:
    made = about(name_items(names()), decided="no_city", value=None)
    row = applied(names(), made).row(0, named=True)
    assert (row["status"], row["value"], row["rule"]) == ("NONE", None, "decision")


def test_applying_a_decision_again_changes_nothing() -> None:
    made = about(name_items(names()))
    once = applied(names(), made)
    assert (
        applied(once, made)
        .drop("reason_pl", "reason_en")
        .equals(once.drop("reason_pl", "reason_en"))
    )
    assert held(name_items(once), made, GROUND)["state"].to_list() == ["decided"]


@pytest.mark.parametrize(
    ("matches", "ground", "why"),
    [
        (names(), Ground(LATER, GROUND.cities), "2027-01-01"),
        (names(name(candidates="1403103 Pilawa (x, y)")), GROUND, "choose from has changed"),
        (names(), Ground(THEN, GROUND.cities.filter(value="0202041")), "1403103 is neither"),
    ],
)
def test_a_decision_expires_when_its_ground_changed(
    matches: pl.DataFrame, ground: Ground, why: str
) -> None:
    made = about(name_items(names()))
    assert applied(matches, made, ground).equals(matches)
    row = held(name_items(matches), made, ground).row(0, named=True)
    assert (row["state"], row["decided"]) == ("expired", "city")
    assert why in row["why_en"]
    assert row["why_pl"] not in ("", row["why_en"])


def test_a_deferred_question_waits_and_is_not_applied() -> None:
    made = about(name_items(names()), decided="defer", value=None)
    assert held(name_items(names()), made, GROUND)["state"].to_list() == ["deferred"]
    assert applied(names(), made).equals(names())


def test_a_decision_that_nothing_asks_for_is_told() -> None:
    made = about(name_items(names()))
    matched = names(name(status="MATCH", value="par-0043", rule="network_member"))
    assert applied(matched, made).equals(matched)
    assert name_items(matched).is_empty()
    gone = not_needed(name_items(matched), made).row(0, named=True)
    assert (gone["state"], gone["question"], gone["value"]) == ("gone", "Piława", "1403103")


def test_identifiers_depend_only_on_what_is_asked() -> None:
    many = [name(number, candidates=TWO) for number in range(1, 6)]
    there, back = name_items(names(*many)), name_items(names(*reversed(many)))
    assert there.sort("item_id").equals(back.sort("item_id"))
    other = name_items(names(*(row | {"candidates": "x", "score": 1} for row in many)))
    assert set(other["item_id"]) == set(there["item_id"])
    assert set(other["fingerprint"]).isdisjoint(there["fingerprint"])


@given(st.permutations(["b", "a", "c", ""]), st.text(), st.text())
@settings(max_examples=40)
def test_a_fingerprint_knows_the_choice_and_not_its_order(
    choices: list[str], first: str, second: str
) -> None:
    assert fingerprint(*choices) == fingerprint("", "a", "b", "c")
    assert (fingerprint(first) == fingerprint(second)) == (first == second)
    assert (item_id(ItemKind.NAME, first) == item_id(ItemKind.NAME, second)) == (first == second)
    assert item_id(ItemKind.NAME, first) != item_id(ItemKind.FACT, first)


@given(
    st.sampled_from([THEN, LATER, None]),
    st.sampled_from([THEN, LATER]),
    st.sampled_from([TWO, "1403103 Pilawa (a, b)", None]),
    st.sampled_from(["1403103", "par-0043", "9999999"]),
)
@settings(max_examples=40)
def test_what_has_expired_is_never_applied(
    now: date | None, then: date, candidates: str | None, value: str
) -> None:
    made = about(name_items(names()), register_state=then, value=value)
    matches = names(name(candidates=candidates))
    ground = Ground(now, GROUND.cities)
    holds = now == then and candidates == TWO and value != "9999999"
    questions = held(name_items(matches), made, ground)
    assert questions["state"].to_list() == ["decided" if holds else "expired"]
    assert in_force(questions).is_empty() != holds
    assert applied(matches, made, ground).equals(matches) != holds


def disagreement(number: int, **changed: object) -> dict[str, object]:
    return {
        "disagreement_id": f"dis-{number:012}",
        "kind": "count",
        "subject": "counts cnt-0001: counted",
        "found_values": "10 (a.txt); 12 (b.txt)",
        "judgement": "person",
        "judged_value": None,
        "conflict_id": None,
    } | changed


def test_a_conflict_is_one_question_and_takes_the_decided_value() -> None:
    rows = pl.DataFrame(
        [disagreement(1), disagreement(2, found_values="10 (a.txt); 13 (c.txt)"),
         disagreement(3, subject="other"), disagreement(4, judgement="newer", judged_value="1")],
        schema=DocumentConflicts.schema(),
    )  # fmt: skip
    items = conflict_items(rows)
    assert items["question"].to_list() == ["counts cnt-0001: counted", "other"]
    made = about(items, kind="conflict", decided="value", value="12", register_state=None)
    judged = decided_conflicts(rows, held(items, made, Ground(LATER, GROUND.cities)))
    assert judged["judgement"].to_list() == ["decision", "decision", "person", "newer"]
    assert judged["judged_value"].to_list() == ["12", "12", None, "1"]
    assert conflict_items(judged).equals(items)
    changed = rows.with_columns(found_values=pl.lit("11 (z.txt)"))
    assert decided_conflicts(changed, held(conflict_items(changed), made, GROUND)).equals(changed)


def test_new_facts_and_values_of_mids_are_asked_about() -> None:
    fact = {"fact_id": "fact-000000000001", "table_name": "counts", "natural_key": "k",
            "shown": "counted: 10", "documents": 1}  # fmt: skip
    states = [fact | {"fact_id": f"fact-{n:012}", "state": state}
              for n, state in enumerate(["new", "agrees", "differs", "undecided"])]  # fmt: skip
    assert fact_items(pl.DataFrame(states, schema=DocumentFacts.schema())).height == 1
    value = dict.fromkeys(MidDocumentValues.schema(), "x") | {"page": 1}
    rows = [value | {"document": f"{n}.pdf", "comparison": comparison}
            for n, comparison in enumerate(["new", "differs", "same", "not_compared"])]  # fmt: skip
    items = mid_value_items(pl.DataFrame(rows, schema=MidDocumentValues.schema()))
    assert items["row_key"].to_list() == ["0.pdf | x", "1.pdf | x"]


def test_the_city_of_a_mid_document_is_asked_for_until_it_is_another_file() -> None:
    row = dict.fromkeys(MidDocuments.schema()) | {
        "document": "mid.pdf", "sha256": "a" * 64, "match_status": "NONE",
    }  # fmt: skip
    items = mid_city_items(pl.DataFrame([row], schema=MidDocuments.schema()))
    other = mid_city_items(pl.DataFrame([row | {"sha256": "b" * 64}], schema=MidDocuments.schema()))
    assert items["item_id"].to_list() == other["item_id"].to_list()
    assert items["fingerprint"].to_list() != other["fingerprint"].to_list()
    assert items["by_register"].to_list() == [True]


def test_the_queue_passes_the_gate_and_warns_of_what_has_expired() -> None:
    tables = (NameMatches, MidDocuments, DocumentConflicts, DocumentFacts, MidDocumentValues)
    frames = {table.name: pl.DataFrame(schema=table.schema()) for table in tables}
    assert all_items(frames).schema == pl.Schema(ITEMS)
    frames[NameMatches.name] = names(*(name(number) for number in (1, 2, 3)))
    items = all_items(frames)
    old = about(items, register_state=date(2020, 1, 1))
    gone = decisions(decision("item-00000000abcd", "0" * 16))
    made = pl.concat([old, gone])
    rows = pl.concat([held(items, made, GROUND), not_needed(items, made)])
    verdict = check(ReviewItems, rows.select(*ReviewItems.schema()), {})
    assert verdict.accepted["state"].value_counts().sort("state").rows() == [
        ("expired", 1), ("gone", 1), ("open", 2),
    ]  # fmt: skip
    assert {f.rule: f.severity for f in verdict.findings} == {
        "decision_expired": "warn", "decision_not_needed": "warn",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"decided": "accept", "value": None}, "decision_fits_question"),
        ({"value": None}, "value_where_needed"),
        ({"decided": "no_city"}, "value_where_needed"),
        ({"value": "Pilawa"}, "city_is_named"),
        ({"register_state": None}, "state_of_register"),
        ({"kind": "conflict", "decided": "value"}, "state_of_register"),
        ({"reason": ""}, "not_nullable"),
        ({"item_id": "item-1"}, "pattern"),
    ],
)
def test_a_line_of_decisions_that_makes_no_sense_is_refused(
    changed: dict[str, object], rule: str
) -> None:
    row = {
        c: "" if v is None else str(v) for c, v in decision("item-00000000abcd", "0" * 16).items()
    }
    text = row | {c: "" if v is None else str(v) for c, v in changed.items()}
    verdict = check(Decisions, pl.DataFrame([text]), {})
    assert rule in {finding.rule for finding in verdict.findings}
    assert check(Decisions, pl.DataFrame([row]), {}).findings == ()
