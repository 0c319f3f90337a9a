"""MID documents held against the facts: which MID each is, and what differs."""

import polars as pl
import pytest

from reconcile.mid_documents import completed, counted, held_against_facts, placed

PARTICIPATIONS = pl.DataFrame(
    {
        "participation_id": ["pcp-0001", "pcp-0002", "pcp-0003"],
        "participant_id": ["par-0001", "par-0001", "par-0002"],
        "network_id": ["net-0001", "net-0002", "net-0001"],
    }
)
MIDS = pl.DataFrame(
    {
        "mid_id": ["mid-0001", "mid-0002", "mid-0003"],
        "participation_id": ["pcp-0001", "pcp-0002", "pcp-0003"],
        "title_pl": ["Zielone podwórka", None, None],
        "challenge_pl": ["upały", None, None],
        "challenge_en": pl.Series([None, None, None], dtype=pl.String),
        "year": [2023, None, None],
        "language": ["pl", None, None],
        "pages": [12, None, None],
    }
)


def documents(network: str | None = "net-0001") -> pl.DataFrame:
    return pl.DataFrame(
        {"document": ["a.pdf"], "network_id": [network]},
        schema={"document": pl.String, "network_id": pl.String},
    )


def answer(status: str, value: str | None) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document": ["a.pdf"],
            "status": [status],
            "value": [value],
            "candidates": ["1403103 Pilawa; 0202041 Piława Górna"],
            "rule": ["exact"],
            "reason_pl": ["powód"],
            "reason_en": ["reason"],
        },
        schema_overrides={"value": pl.String},
    )


@pytest.mark.parametrize(
    ("network", "status", "value", "mid"),
    [
        ("net-0001", "MATCH", "par-0001", "mid-0001"),
        ("net-0002", "MATCH", "par-0001", "mid-0002"),
        (None, "MATCH", "par-0001", None),
        ("net-0002", "MATCH", "par-0002", None),
        ("net-0001", "MATCH", "1403103", None),
        ("net-0001", "AMBIGUOUS", None, None),
        ("net-0001", "NONE", None, None),
    ],
)
def test_only_city_and_network_together_lead_to_a_mid(
    network: str | None, status: str, value: str | None, mid: str | None
) -> None:
    row = placed(documents(network), answer(status, value), PARTICIPATIONS, MIDS).row(0, named=True)
    assert (row["mid_id"], row["match_status"]) == (mid, status)
    assert (row["candidates"] is None) == (status == "MATCH")


def test_a_network_in_which_a_participant_is_twice_leads_to_no_mid() -> None:
    twice = PARTICIPATIONS.with_columns(network_id=pl.lit("net-0001"))
    row = placed(documents(), answer("MATCH", "par-0001"), twice, MIDS).row(0, named=True)
    assert row["mid_id"] is None


def test_a_document_without_a_city_has_no_match() -> None:
    nothing = answer("NONE", None).clear()
    row = placed(documents(), nothing, PARTICIPATIONS, MIDS).row(0, named=True)
    assert (row["match_status"], row["participant_id"]) == ("NONE", None)
    assert row["match_reason_pl"]


@pytest.mark.parametrize(
    ("mid", "field", "value", "comparison"),
    [
        ("mid-0001", "title", "„ZIELONE podwórka”.", "same"),
        ("mid-0001", "title", "Szare podwórka", "differs"),
        ("mid-0002", "title", "Szare podwórka", "new"),
        ("mid-0001", "date", "2023-03", "same"),
        ("mid-0001", "date", "2022-12-31", "differs"),
        ("mid-0001", "pages", "12", "same"),
        ("mid-0001", "challenge", "za gorąco na podwórkach", "not_compared"),
        ("mid-0002", "challenge", "za gorąco na podwórkach", "new"),
        ("mid-0001", "institution", "Urząd Miasta", "not_compared"),
        (None, "title", "Zielone podwórka", "not_compared"),
    ],
)
def test_a_value_is_held_against_the_facts(
    mid: str | None, field: str, value: str, comparison: str
) -> None:
    values = pl.DataFrame({"document": ["a.pdf"], "field": [field], "value": [value]})
    of_document = pl.DataFrame(
        {"document": ["a.pdf"], "mid_id": [mid]}, schema_overrides={"mid_id": pl.String}
    )
    assert held_against_facts(values, of_document, MIDS)["comparison"].to_list() == [comparison]


def test_an_english_title_is_not_held_against_the_polish_one() -> None:
    values = pl.DataFrame(
        {"document": ["a.pdf"] * 2, "field": ["title", "language"], "value": ["Courtyards", "en"]}
    )
    of_document = pl.DataFrame({"document": ["a.pdf"], "mid_id": ["mid-0001"]})
    told = held_against_facts(values, of_document, MIDS)
    assert told["comparison"].to_list() == ["not_compared", "differs"]


def test_required_parts_are_those_of_the_description_and_of_the_edition() -> None:
    parts = pl.DataFrame(
        {
            "document": ["a.pdf"] * 3,
            "part": ["actions", "schedule", "risks"],
            "presence": ["present", "empty", "present"],
        }
    )
    required = pl.DataFrame(
        {
            "part": ["actions", "schedule"],
            "mid_part_id": ["mp-0001", "mp-0002"],
            "edition_id": ["ed-0002", "ed-0002"],
        }
    )
    networks = pl.DataFrame(
        {"network_id": ["net-0001", "net-0009"], "edition_id": ["ed-0002", "ed-0003"]}
    )
    assert counted(parts, required).row(0) == ("a.pdf", 2, 1)
    told = completed(parts, documents(), required, networks)
    assert told["is_required"].to_list() == [True, True, False]
    assert told["mid_part_id"].to_list() == ["mp-0001", "mp-0002", None]
    later = completed(parts, documents("net-0009"), required, networks)
    assert later["is_required"].to_list() == [True, True, False]
    assert later["mid_part_id"].to_list() == [None, None, None]
