"""MID documents held against the facts: which MID each of them is, and what it says otherwise."""

import polars as pl

from schemas.tables.mid_documents import Comparison, MidField, Presence
from schemas.tables.name_matches import MatchStatus

_NOTHING_NAMED = (
    "Dokument nie podaje miasta albo podaje kilka.",
    "The document names no city, or several.",
)


def placed(
    documents: pl.DataFrame,
    answers: pl.DataFrame,
    participations: pl.DataFrame,
    mids: pl.DataFrame,
) -> pl.DataFrame:
    """The documents with their city and MID, where city and network leave no doubt.

    `documents` has `document` and `network_id`; `answers` has for each document with a city
    `document`, `status`, `value` (identifier of a participant, or a code), `candidates`, `rule`,
    `reason_pl` and `reason_en`. Added are `match_status`, `match_rule`, `candidates`,
    `match_reason_pl`, `match_reason_en`, `participant_id` and `mid_id`. A participant that is in
    no network of the document has no MID, and one that is several times in it has none either.
    """
    of_network = participations.join(mids.select("participation_id", "mid_id"), "participation_id")
    certain = (
        of_network.group_by("participant_id", "network_id")
        .agg(pl.col("mid_id").unique())
        .filter(pl.col("mid_id").list.len() == 1)
        .with_columns(pl.col("mid_id").list.first())
    )
    known = pl.col("value").is_in(participations["participant_id"].unique().to_list())
    # A decision is held against the candidates in the next build, too.
    open_to_rules = (pl.col("status") != MatchStatus.MATCH.value) | (pl.col("rule") == "decision")
    told = answers.select(
        "document",
        match_status="status",
        match_rule="rule",
        candidates=pl.when(open_to_rules).then("candidates"),
        match_reason_pl="reason_pl",
        match_reason_en="reason_en",
        participant_id=pl.when((pl.col("status") == MatchStatus.MATCH.value) & known).then("value"),
    )
    return (
        documents.join(told, on="document", how="left", maintain_order="left")
        .with_columns(
            pl.col("match_status").fill_null(MatchStatus.NONE.value),
            pl.col("match_reason_pl").fill_null(_NOTHING_NAMED[0]),
            pl.col("match_reason_en").fill_null(_NOTHING_NAMED[1]),
        )
        .join(certain, on=["participant_id", "network_id"], how="left", maintain_order="left")
    )


def completed(
    parts: pl.DataFrame, documents: pl.DataFrame, required: pl.DataFrame, networks: pl.DataFrame
) -> pl.DataFrame:
    """The parts of documents with `is_required` and `mid_part_id`.

    `required` has `part`, `mid_part_id` and `edition_id`. A part is required where any edition's
    description names it; the identifier is that of the document's own edition.
    """
    editions = documents.select("document", "network_id").join(
        networks.select("network_id", "edition_id"), on="network_id", how="left"
    )
    return (
        parts.with_columns(is_required=pl.col("part").is_in(required["part"].unique().to_list()))
        .join(editions.select("document", "edition_id"), on="document", how="left")
        .join(
            required.unique(["part", "edition_id"], keep="first", maintain_order=True),
            on=["part", "edition_id"],
            how="left",
            maintain_order="left",
        )
        .drop("edition_id")
    )


def counted(parts: pl.DataFrame, required: pl.DataFrame) -> pl.DataFrame:
    """For each document `required_parts` and `present_parts`."""
    wanted = required["part"].unique().to_list()
    there = pl.col("part").is_in(wanted) & (pl.col("presence") == Presence.PRESENT.value)
    return parts.group_by("document", maintain_order=True).agg(
        required_parts=pl.lit(len(wanted)).cast(pl.Int64), present_parts=there.sum().cast(pl.Int64)
    )


def held_against_facts(
    values: pl.DataFrame, documents: pl.DataFrame, mids: pl.DataFrame
) -> pl.DataFrame:
    """The values with `curated_value` and `comparison`.

    Of a MID that is certain, title, challenge, year, pages and language are compared: what the
    facts do not know is new, and what they know otherwise differs. A challenge that the facts
    know is there in other words, so that nothing can be said of it.
    """
    english = values.filter(field=MidField.LANGUAGE.value, value="en")["document"].to_list()
    in_polish = ~pl.col("document").is_in(english)
    facts = mids.select("mid_id", "title_pl", "challenge_pl", "challenge_en", "year", "language",
                        "pages")  # fmt: skip
    field = pl.col("field")
    fact = (
        pl.when((field == MidField.TITLE.value) & in_polish)
        .then("title_pl")
        .when((field == MidField.CHALLENGE.value) & in_polish)
        .then("challenge_pl")
        .when(field == MidField.CHALLENGE.value)
        .then("challenge_en")
        .when(field == MidField.DATE.value)
        .then(pl.col("year").cast(pl.String))
        .when(field == MidField.PAGES.value)
        .then(pl.col("pages").cast(pl.String))
        .when(field == MidField.LANGUAGE.value)
        .then("language")
    )
    comparable = field.is_in([MidField.CHALLENGE, MidField.DATE, MidField.PAGES, MidField.LANGUAGE])
    comparable |= (field == MidField.TITLE.value) & in_polish
    said = (
        pl.when(field == MidField.DATE.value).then(pl.col("value").str.head(4)).otherwise("value")
    )
    joined = values.join(documents.select("document", "mid_id"), on="document", how="left").join(
        facts, on="mid_id", how="left", maintain_order="left"
    )
    joined = joined.with_columns(curated_value=fact)
    return joined.with_columns(
        comparison=pl.when(pl.col("mid_id").is_null() | ~comparable)
        .then(pl.lit(Comparison.NOT_COMPARED.value))
        .when(pl.col("curated_value").is_null())
        .then(pl.lit(Comparison.NEW.value))
        .when(_alike(said) == _alike(pl.col("curated_value")))
        .then(pl.lit(Comparison.SAME.value))
        .when(field == MidField.CHALLENGE.value)
        .then(pl.lit(Comparison.NOT_COMPARED.value))
        .otherwise(pl.lit(Comparison.DIFFERS.value))
    ).select(*values.columns, "curated_value", "comparison")


def _alike(text: pl.Expr) -> pl.Expr:
    """Letters and digits alone: case, quotes and stops make no difference."""
    return text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
