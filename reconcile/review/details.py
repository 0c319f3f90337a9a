"""What a person needs to see before deciding: the evidence of a question, and the candidates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from schemas.tables.decisions import ItemKind
from schemas.text import Text

Frames = Mapping[str, pl.DataFrame]
"""Accepted tables by name."""

USED = ("document_evidence", "networks", "participations", "participants")
"""Tables that details are made from, beside those that ask."""

_CANDIDATE = r"^(?<terc>\d{7}) (?<name>.+) \((?<unit_type>[^()]+), (?<voivodeship>[^()]+)\)$"


@dataclass(frozen=True)
class Piece:
    """One place in a document that a question comes from."""

    document: str
    place: Text
    quote: str
    told: str
    """The value that was read there and the rule that read it; may be empty."""


@dataclass(frozen=True)
class Candidate:
    """One gmina that a name may stand for."""

    value: str
    """What `pim review decide` takes: the participant, else the TERC code."""
    terc: str
    name: str
    unit_type: str
    voivodeship: str
    why: Text
    """What the programme knows of it."""


@dataclass(frozen=True)
class Details:
    """A question with everything that speaks for one answer or another."""

    evidence: tuple[Piece, ...]
    candidates: tuple[Candidate, ...] = ()
    values: tuple[str, ...] = ()
    """Values of a conflict, each with the documents that give it."""
    score: int | None = None
    rule: str = ""
    reason: Text = Text("", "")


def details_of(item: Mapping[str, object], frames: Frames) -> Details:
    """The details of a question (a row of `items.ITEMS`)."""
    key = str(item["row_key"])
    row = _row(frames[str(item["table_name"])], str(item["table_name"]), key)
    match str(item["kind"]):
        case ItemKind.NAME:
            return Details(
                evidence=(_piece(row),),
                candidates=tuple(_candidates(row["candidates"], frames)),
                score=int(str(row["score"])),
                rule=str(row["rule"]),
                reason=Text(str(row["reason_pl"]), str(row["reason_en"])),
            )
        case ItemKind.MID_CITY:
            return Details(
                evidence=tuple(_of_mid(key, "city", frames)),
                candidates=tuple(_candidates(row["candidates"], frames)),
                rule=str(row["match_rule"] or ""),
                reason=Text(str(row["match_reason_pl"]), str(row["match_reason_en"])),
            )
        case ItemKind.CONFLICT:
            about = frames["document_conflicts"].filter(kind=row["kind"], subject=row["subject"])
            found = about.sort("disagreement_id").get_column("found_values")
            return Details(tuple(_of_subject(str(row["subject"]), frames)), values=tuple(found))
        case ItemKind.FACT:
            return Details(tuple(_of_facts([key], frames)))
        case _:
            document, _, field = key.rpartition(" | ")
            return Details(tuple(_of_mid(document, field, frames)))


_KEYS = {
    "name_matches": ["match_id"],
    "mid_documents": ["document"],
    "document_conflicts": ["disagreement_id"],
    "document_facts": ["fact_id"],
    "mid_document_values": ["document", "field"],
}


def _row(frame: pl.DataFrame, table: str, key: str) -> dict[str, object]:
    shown = pl.concat_str(_KEYS[table], separator=" | ")
    return dict(frame.filter(shown == key).row(0, named=True))


def _piece(row: Mapping[str, object], told: str = "") -> Piece:
    place = Text(str(row["place_pl"]), str(row["place_en"]))
    return Piece(str(row["document"]), place, str(row["quote"]), told)


def _of_facts(facts: list[str], frames: Frames, column: str = "") -> Iterator[Piece]:
    pieces = frames["document_evidence"].filter(pl.col("fact_id").is_in(facts))
    if column:
        pieces = pieces.filter(column_name=column)
    for row in pieces.sort("fact_id", "number").to_dicts():
        yield _piece(row, f"{row['column_name']} = {row['value']} ({row['rule']})")


def _of_subject(subject: str, frames: Frames) -> Iterator[Piece]:
    """Evidence of the facts that a subject such as `counts cnt-0001: counted` is about."""
    about, _, column = subject.rpartition(": ")
    table, _, key = about.partition(" ")
    facts = frames["document_facts"].filter(
        pl.col("table_name") == table,
        (pl.col("curated_key") == key) | pl.col("natural_key").str.starts_with(key),
    )
    yield from _of_facts(facts.get_column("fact_id").to_list(), frames, column)


def _of_mid(document: str, field: str, frames: Frames) -> Iterator[Piece]:
    for row in frames["mid_document_values"].filter(document=document, field=field).to_dicts():
        page = row["page"]
        place = Text("", "") if page is None else Text(f"strona {page}", f"page {page}")
        told = f"{row['field']} = {row['value']} ({row['rule']})"
        yield Piece(document, place, str(row["quote"]), told)


def _candidates(listed: object, frames: Frames) -> Iterator[Candidate]:
    texts = pl.DataFrame({"text": str(listed or "").split("; ")})
    found = texts.select(pl.col("text").str.extract_groups(_CANDIDATE)).unnest("text")
    members = frames["participants"].drop_nulls("terc").select("terc", "participant_id")
    for row in found.drop_nulls("terc").join(members, on="terc", how="left").to_dicts():
        member = row.pop("participant_id")
        yield Candidate(value=member or row["terc"], why=_known_of(member, frames), **row)


def _known_of(participant: str | None, frames: Frames) -> Text:
    if participant is None:
        return Text("nie uczestniczy w programie", "takes no part in the programme")
    taken = frames["participations"].filter(participant_id=participant, evidence_status="confirmed")
    names = taken.join(frames["networks"].drop("evidence_status"), on="network_id")
    shown = "; ".join(
        names.sort("network_id").get_column("network_name_pl").unique(maintain_order=True)
    )
    return Text(
        f"uczestnik programu {participant}: {shown or 'bez potwierdzonej sieci'}",
        f"participant {participant}: {shown or 'no confirmed network'}",
    )
