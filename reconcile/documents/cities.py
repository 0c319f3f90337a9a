"""Names in documents to participants: matched safely, and kept as they are where undecided."""

import hashlib
import re

import polars as pl

from reconcile.matching import CANDIDATE, Networks, Register, match
from reconcile.matching.folding import fold_text

COLUMN = "participant_id"
"""The column of a participation whose value is a name until it is matched."""
_CONTEXT = ("network_id", "network_name", "voivodeship")
_SURE = ("exact", "code", "inflected", "missing_diacritics", "alias", "abbreviated")

MATCHES: dict[str, pl.DataType] = {
    "match_id": pl.String(),
    "written": pl.String(),
    "network_id": pl.String(),
    "network_name": pl.String(),
    "voivodeship": pl.String(),
    "status": pl.String(),
    "value": pl.String(),
    "official_name": pl.String(),
    "candidates": pl.String(),
    "score": pl.Int64(),
    "rule": pl.String(),
    "reason_pl": pl.String(),
    "reason_en": pl.String(),
    "document": pl.String(),
    "document_id": pl.String(),
    "place_pl": pl.String(),
    "place_en": pl.String(),
    "quote": pl.String(),
}


def match_id(written: str, network: str | None, voivodeship: str | None) -> str:
    """The identifier of a name in its context, whatever document gives it."""
    text = "|".join((written, network or "", voivodeship or ""))
    return f"match-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def names_in(pieces: pl.DataFrame) -> pl.DataFrame:
    """Names of participants with their context, one row a name, network and voivodeship.

    Takes pieces of evidence (`sources.documents.frames.PIECES`); gives the columns of `MATCHES`
    before `status` and from `document` on.
    """
    facts = pieces.filter(pl.col("table_name") == "participations")
    names = facts.filter(pl.col("column_name") == COLUMN)
    for column in _CONTEXT:
        values = facts.filter(pl.col("column_name") == column)
        names = names.join(values.select("found", pl.col("value").alias(column)), "found", "left")
    # A known network is told by its id: its names in different documents are one context.
    known = pl.col("network_id").is_not_null()
    names = names.with_columns(context=pl.when(known).then("network_id").otherwise("network_name"))
    names = names.unique(["written", "context", "voivodeship"], keep="first", maintain_order=True)
    answered = {"status", "value", "official_name", "candidates", "score", "rule"}
    columns = [c for c in MATCHES if c in names.columns and c not in answered]
    return names.with_columns(
        pl.struct("written", "context", "voivodeship")
        .map_elements(lambda row: match_id(*row.values()), return_dtype=pl.String)
        .alias("match_id")
    ).select("match_id", *columns)


def matched(
    names: pl.DataFrame,
    register: Register,
    aliases: pl.DataFrame,
    networks: Networks,
    participants: pl.DataFrame,
    *,
    whole_register: bool,
) -> pl.DataFrame:
    """The names with their answers, as `MATCHES`.

    `participants` has `participant_id`, `official_name` and `terc`. Where only a part of the
    register is at hand, a name that is not written as there counts as a match only if the
    network is known to have that city: the city meant may be missing from the part.
    """
    asked = names.with_columns(
        query="written",
        context_network=pl.coalesce("network_id", "network_name"),
        context_voivodeship="voivodeship",
    )
    answers = match(asked, register, aliases, networks)
    answers = answers.drop("query", "context_network", "context_voivodeship")
    if not whole_register:
        answers = _only_sure(answers, networks)
    answers = answers.join(
        participants.drop_nulls("terc").select(
            "terc", pl.col("participant_id").alias("_id"), pl.col("official_name").alias("_name")
        ),
        on="terc",
        how="left",
        maintain_order="left",
    )
    listed = pl.col("candidates").list
    answers = answers.with_columns(
        value=pl.coalesce("_id", "terc"),
        official_name=pl.when(pl.col("status") == "MATCH").then(
            pl.coalesce(listed.first().struct["name"], "_name")
        ),
        candidates=listed.eval(_shown()).list.join("; ").replace("", None),
    )
    answers = _organisations(answers, participants)
    return answers.select(pl.col(c).cast(t) for c, t in MATCHES.items()).sort("match_id")


def _shown() -> pl.Expr:
    field = pl.element().struct
    parts = (field[name] for name in CANDIDATE.to_schema())
    return pl.format("{} {} ({}, {})", *parts)


def _only_sure(answers: pl.DataFrame, networks: Networks) -> pl.DataFrame:
    """Doubtful spellings are matches only among the known cities of the network."""
    members = pl.DataFrame(
        [(network, terc, True) for network, codes in networks.items() for terc in codes],
        schema={"network_id": pl.String, "terc": pl.String, "member": pl.Boolean},
        orient="row",
    ).unique()
    joined = answers.join(members, on=["network_id", "terc"], how="left", maintain_order="left")
    doubtful = (
        (pl.col("status") == "MATCH") & ~pl.col("rule").is_in(_SURE) & pl.col("member").is_null()
    )
    return joined.with_columns(
        status=pl.when(doubtful).then(pl.lit("AMBIGUOUS")).otherwise("status"),
        terc=pl.when(doubtful).then(None).otherwise("terc"),
    ).drop("member")


def _organisations(answers: pl.DataFrame, participants: pl.DataFrame) -> pl.DataFrame:
    """Participants that are no gmina, by their official name."""
    others = participants.filter(pl.col("terc").is_null())
    by_name = {
        _letters(name): (key, name)
        for key, name in others.select("participant_id", "official_name").iter_rows()
    }
    found = [
        by_name.get(_letters(written)) if status != "MATCH" else None
        for written, status in answers.select("written", "status").iter_rows()
    ]
    known = pl.Series([one is not None for one in found], dtype=pl.Boolean)
    text = (
        pl.when(known)
        .then(pl.lit("Tak nazywa się uczestnik, który nie jest gminą."))
        .otherwise("reason_pl")
    )
    return answers.with_columns(
        status=pl.when(known).then(pl.lit("MATCH")).otherwise("status"),
        value=pl.coalesce(
            pl.Series([one[0] if one else None for one in found], dtype=pl.String), "value"
        ),
        official_name=pl.coalesce(
            pl.Series([one[1] if one else None for one in found], dtype=pl.String), "official_name"
        ),
        score=pl.when(known).then(100).otherwise("score"),
        rule=pl.when(known).then(pl.lit("participant_name")).otherwise("rule"),
        reason_pl=text,
        reason_en=pl.when(known)
        .then(pl.lit("A participant that is no gmina bears this name."))
        .otherwise("reason_en"),
    )


def _letters(name: str) -> str:
    """Letters and digits alone: „Metropolia Warszawa” is written with and without quotes."""
    return re.sub(r"[\W_]+", " ", fold_text(name)).strip()


def with_participants(pieces: pl.DataFrame, matches: pl.DataFrame) -> pl.DataFrame:
    """The pieces with matched names as values, and their rule as `city:<rule>`.

    A name that is not decided keeps what is written, under the rule `city:undecided`.
    """
    context = pieces.filter(pl.col("table_name") == "participations")
    keys = names_keys(context)
    joined = pieces.join(keys, on="found", how="left", maintain_order="left").join(
        matches.select("match_id", pl.col("value").alias("_value"), pl.col("rule").alias("_rule")),
        on="match_id",
        how="left",
        maintain_order="left",
    )
    here = (pl.col("column_name") == COLUMN) & pl.col("match_id").is_not_null()
    decided = here & pl.col("_value").is_not_null()
    return joined.with_columns(
        value=pl.when(decided).then("_value").otherwise("value"),
        rule=pl.when(decided)
        .then(pl.format("city:{}", "_rule"))
        .when(here)
        .then(pl.lit("city:undecided"))
        .otherwise("rule"),
    ).select(pieces.columns)


def names_keys(participations: pl.DataFrame) -> pl.DataFrame:
    """`found` and `match_id` of every participation."""
    wide = participations.select("found").unique(maintain_order=True)
    for column in (COLUMN, *_CONTEXT):
        values = participations.filter(pl.col("column_name") == column)
        shown = pl.col("written" if column == COLUMN else "value").alias(column)
        wide = wide.join(values.select("found", shown), on="found", how="left")
    return wide.with_columns(
        pl.struct(COLUMN, pl.coalesce("network_id", "network_name").alias("context"), "voivodeship")
        .map_elements(lambda row: match_id(*row.values()), return_dtype=pl.String)
        .alias("match_id")
    ).select("found", "match_id")
