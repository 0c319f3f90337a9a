"""Facts of documents against facts kept by hand, on small frames."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.documents.cities import MATCHES, match_id, with_participants
from reconcile.documents.comparing import Stated, compared, evidence_frame, facts_frame
from reconcile.documents.conflicts import Known, Source, conflicts_frame
from reconcile.documents.likeness import ALIKE, likeness

PIECE = {"written": "x", "rule": "text", "place_pl": "p", "place_en": "p", "quote": "x"}
EVENTS = pl.DataFrame(
    {
        "event_id": ["ev-0001", "ev-0002"],
        "edition_id": ["ed-0001", "ed-0001"],
        "event_type": ["call", "conference"],
        "title_pl": ["Nabór miast", "Konferencja podsumowująca"],
        "start_date": [date(2017, 6, 20), date(2019, 3, 28)],
        "end_date": [date(2017, 7, 21), date(2019, 3, 28)],
        "sources": ["doc-0002", "doc-0003"],
    }
)
COUNTS = pl.DataFrame(
    {
        "count_id": ["cnt-0001", "cnt-0002", "cnt-0003"],
        "edition_id": ["ed-0002", "ed-0002", "ed-0002"],
        "network_id": [None, "net-0004", "net-0005"],
        "measure": ["participants"] * 3,
        "counted": [28, 10, 8],
        "sources": ["doc-0005", "doc-0005", "doc-0005"],
    }
)
NO_MATCHES = pl.DataFrame(schema=MATCHES)


def pieces(*facts: tuple[str, str, dict[str, str]]) -> pl.DataFrame:
    """Pieces of facts given as table, document and values."""
    rows = [
        {"found": n, "table_name": table, "column_name": column, "value": value, **PIECE}
        | {"document": document, "document_id": document if document.startswith("doc-") else None}
        for n, (table, document, values) in enumerate(facts)
        for column, value in values.items()
    ]
    return pl.DataFrame(rows)


def call(document: str, day: str) -> tuple[str, str, dict[str, str]]:
    values = {"edition_id": "ed-0001", "event_type": "call", "start_date": day}
    return "events", document, values


def known(kind: str = "date", values: tuple[str, ...] = (), sources: str = "doc-0002") -> Known:
    return Known(
        conflicts=pl.DataFrame(
            {
                "conflict_id": ["cf-0001"],
                "kind": [kind],
                "judged_value_pl": ["rozstrzygnięte"],
                "sources": [sources],
            }
        ),
        conflict_values=pl.DataFrame(
            {"conflict_id": ["cf-0001"] * len(values), "value_pl": list(values)},
            schema={"conflict_id": pl.String, "value_pl": pl.String},
        ),
        sources={
            "doc-0002": Source(official=True, issued=date(2017, 10, 1)),
            "doc-0007": Source(official=False, issued=date(2020, 1, 1)),
            "doc-0008": Source(official=True, issued=date(2018, 1, 1)),
        },
        network_names={},
    )


def states(*facts: tuple[str, str, dict[str, str]]) -> list[tuple[str, str]]:
    found = compared(pieces(*facts), {"events": EVENTS, "counts": COUNTS})
    return [(fact.state, fact.curated_key) for fact in found]


def test_a_day_that_the_facts_have_agrees_and_another_differs() -> None:
    assert states(call("a", "2017-06-20")) == [("agrees", "ev-0001")]
    assert states(call("a", "2017-06-21")) == [("differs", "ev-0001")]


def test_a_day_without_a_year_agrees_in_any_year() -> None:
    assert states(call("a", "--06-20")) == [("agrees", "ev-0001")]
    assert states(call("a", "--06-21")) == [("differs", "ev-0001")]


def test_an_event_of_another_kind_or_edition_is_new() -> None:
    values = {"edition_id": "ed-0001", "event_type": "workshop", "start_date": "2017-06-20"}
    assert states(("events", "a", values)) == [("new", "")]
    assert states(("events", "a", values | {"edition_id": "ed-0002"})) == [("new", "")]


def test_the_title_chooses_among_events_of_one_kind() -> None:
    values = {"edition_id": "ed-0001", "event_type": "conference", "start_date": "2019-03-28"}
    title = {"title_pl": "konferencji podsumowującej"}
    assert states(("events", "a", values | title)) == [("agrees", "ev-0002")]
    assert states(("events", "a", values | {"title_pl": "zjazd"})) == [("new", "")]


def test_the_same_fact_of_two_documents_is_one_with_both_as_evidence() -> None:
    found = compared(pieces(call("a", "2017-06-20"), call("b", "2017-06-20")), {"events": EVENTS})
    assert facts_frame(found)["documents"].to_list() == [2]
    evidence = evidence_frame(found)
    assert evidence["number"].to_list() == [1, 2, 3, 4, 5, 6]
    assert evidence["fact_id"].n_unique() == 1


def test_a_count_of_each_network_is_held_against_every_network() -> None:
    values = {"edition_id": "ed-0002", "network_id": "each", "measure": "participants"}
    found = states(("counts", "a", values | {"counted": "10"}))
    assert found == [("agrees", "cnt-0002"), ("differs", "cnt-0003")]


def test_a_count_of_the_edition_is_not_one_of_a_network() -> None:
    values = {"edition_id": "ed-0002", "measure": "participants", "counted": "10"}
    assert states(("counts", "a", values)) == [("differs", "cnt-0001")]


def test_fact_ids_do_not_depend_on_order() -> None:
    one, two = call("a", "2017-06-20"), call("b", "2018-01-01")
    first = facts_frame(compared(pieces(one, two), {"events": EVENTS}))
    second = facts_frame(compared(pieces(two, one), {"events": EVENTS}))
    assert first.equals(second)


def conflicts_of(known: Known, *facts: tuple[str, str, dict[str, str]]) -> list[dict[str, object]]:
    found = compared(pieces(*facts), {"events": EVENTS, "counts": COUNTS})
    return conflicts_frame(found, NO_MATCHES, known).to_dicts()


@pytest.mark.parametrize(
    ("document", "judgement", "judged"),
    [
        ("doc-0007", "more_official", "2017-06-20"),
        ("doc-0008", "newer", "2017-06-21"),
        ("nieznany.txt", "more_official", "2017-06-20"),
    ],
)
def test_a_disagreement_is_judged_by_what_is_known_of_the_documents(
    document: str, judgement: str, judged: str
) -> None:
    rows = conflicts_of(known(), call(document, "2017-06-21"))
    assert [(row["judgement"], row["judged_value"]) for row in rows] == [(judgement, judged)]


def test_a_known_conflict_needs_its_values_and_a_shared_document() -> None:
    values = ("2017-06-20", "2017-06-21")
    named = conflicts_of(known(values=values), call("doc-0007", "2017-06-21"))
    assert (named[0]["conflict_id"], named[0]["judged_value"]) == ("cf-0001", "rozstrzygnięte")
    elsewhere = conflicts_of(known(values=values, sources="doc-0099"), call("a", "2017-06-21"))
    assert elsewhere[0]["conflict_id"] is None
    one_value = conflicts_of(known(values=values[:1]), call("doc-0007", "2017-06-21"))
    assert one_value[0]["conflict_id"] is None


def test_unknown_documents_that_disagree_are_left_to_a_person() -> None:
    values = {"edition_id": "ed-0003", "measure": "participants"}
    rows = conflicts_of(
        known(),
        ("counts", "a.txt", values | {"counted": "5"}),
        ("counts", "b.txt", values | {"counted": "6"}),
    )
    assert [(r["judgement"], r["judged_value"]) for r in rows] == [("person", None)]
    assert rows[0]["found_values"] == "5 (a.txt); 6 (b.txt)"


def test_what_agrees_is_no_conflict() -> None:
    assert conflicts_of(known(), call("a", "2017-06-20"), call("b", "2017-06-20")) == []


def test_an_undecided_name_keeps_what_is_written() -> None:
    values = {"network_id": "net-0004", "participant_id": "Piława"}
    found = with_participants(pieces(("participations", "a", values)), NO_MATCHES)
    name = found.filter(column_name="participant_id").row(0, named=True)
    assert (name["value"], name["rule"]) == ("Piława", "city:undecided")
    facts = compared(found, {})
    assert [fact.state for fact in facts] == ["undecided"]


def test_a_match_is_known_by_name_network_and_voivodeship() -> None:
    assert match_id("Brzeg", "net-0001", None) == match_id("Brzeg", "net-0001", None)
    different = {
        match_id("Brzeg", network, region)
        for network in ("net-0001", "net-0002", None)
        for region in ("opolskie", None)
    }
    assert len(different) == 6


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Rozwój pracowników JST i kapitał społeczny", "rozwoju pracowników JST oraz kapitału"),
        ("Opracowanie PU", "Opracowanie Planu Ulepszeń"),
        ("Relacje z nowymi ludźmi", "Poznanie i budowanie relacji z nowymi ludźmi"),
    ],
)
def test_texts_that_tell_the_same_are_alike(first: str, second: str) -> None:
    assert likeness(first, second) >= ALIKE


def test_texts_of_other_things_are_not_alike() -> None:
    assert likeness("budowa kompetencji cyfrowych", "ochrona drzew przy ulicach") == 0
    assert likeness("", "cokolwiek") == 0


@given(st.text(max_size=50), st.text(max_size=50))
def test_likeness_is_the_same_both_ways(first: str, second: str) -> None:
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1


def test_long_facts_are_cut_to_their_columns() -> None:
    fact = Stated("terms", {"form_pl": "x" * 5000}, evidence=[{"document": "a"}])
    row = facts_frame([fact]).row(0, named=True)
    assert len(row["natural_key"]) <= 600
    assert len(row["shown"]) <= 1000
