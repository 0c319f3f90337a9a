"""Everything undecided, as questions with identifiers that depend only on what is asked."""

import hashlib
from collections.abc import Mapping, Sequence

import polars as pl

from schemas.tables.decisions import ItemKind

ITEMS: dict[str, pl.DataType] = {
    **dict.fromkeys(
        ("item_id", "kind", "question", "context", "choices", "table_name", "row_key", "document"),
        pl.String(),
    ),
    "fingerprint": pl.String(),
    "by_register": pl.Boolean(),
}
"""One question a row; `by_register`: its answer depends on the state of the register."""

BY_DECISION = "decision"
"""The rule of a match, and the judgement of a conflict, that a decision made."""

_BETWEEN = "\x1f"
_LONGEST = {"question": 900, "context": 900, "choices": 7_900}


def item_id(kind: ItemKind, *parts: str | None) -> str:
    """The identifier of a question: a hash of what is asked, not of the answers."""
    return f"item-{_hash([kind.value, *parts])[:12]}"


def fingerprint(*choices: str | None) -> str:
    """A hash of what there is to choose from, whatever its order."""
    return _hash(sorted(choice or "" for choice in choices))[:16]


def with_item_id(frame: pl.DataFrame, kind: ItemKind, columns: Sequence[str]) -> pl.DataFrame:
    """The frame with `item_id` of the question that the columns ask."""
    keys = frame.select(pl.col(columns).cast(pl.String)).iter_rows()
    ids = pl.Series("item_id", [item_id(kind, *key) for key in keys], dtype=pl.String)
    return frame.with_columns(ids)


def all_items(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The questions of all kinds (`ITEMS`), in order of identifier.

    `frames` are accepted tables by name: `name_matches`, `mid_documents`, `document_conflicts`,
    `document_facts` and `mid_document_values`. Questions that a decision has answered are there,
    too.
    """
    found = [
        name_items(frames["name_matches"]),
        mid_city_items(frames["mid_documents"]),
        conflict_items(frames["document_conflicts"]),
        fact_items(frames["document_facts"]),
        mid_value_items(frames["mid_document_values"]),
    ]
    return pl.concat(found).sort("item_id")


def name_items(matches: pl.DataFrame) -> pl.DataFrame:
    """Names that no rule matches: `name_matches`, before or after decisions were applied."""
    asked = matches.filter((pl.col("status") != "MATCH") | (pl.col("rule") == BY_DECISION))
    return _items(
        with_item_id(asked, ItemKind.NAME, ["match_id"]),
        ItemKind.NAME,
        question=pl.col("written"),
        context=_together("network_id", "network_name", "voivodeship"),
        choices=pl.col("candidates"),
        table_name="name_matches",
        row_key=pl.col("match_id"),
        document=pl.col("document"),
        ground=pl.col("candidates").str.split("; "),
        by_register=True,
    )


def mid_city_items(documents: pl.DataFrame) -> pl.DataFrame:
    """MID documents whose city no rule matches."""
    asked = documents.filter(
        (pl.col("match_status") != "MATCH") | (pl.col("match_rule") == BY_DECISION)
    )
    return _items(
        with_item_id(asked, ItemKind.MID_CITY, ["document"]),
        ItemKind.MID_CITY,
        question=pl.col("document"),
        context=_together("network_id"),
        choices=pl.col("candidates"),
        table_name="mid_documents",
        row_key=pl.col("document"),
        document=pl.col("document"),
        # Another file under the same name is another question.
        ground=pl.concat_list(pl.col("candidates").fill_null("").str.split("; "), "sha256"),
        by_register=True,
    )


def conflict_items(conflicts: pl.DataFrame) -> pl.DataFrame:
    """Disagreements left to a person; several about one subject are one question."""
    asked = (
        conflicts.filter(pl.col("judgement").is_in(["person", BY_DECISION]))
        .sort("disagreement_id")
        .group_by("kind", "subject", maintain_order=True)
        .agg(pl.col("disagreement_id").first(), pl.col("found_values").alias("found"))
    )
    return _items(
        with_item_id(asked, ItemKind.CONFLICT, ["kind", "subject"]),
        ItemKind.CONFLICT,
        question=pl.col("subject"),
        context=pl.col("kind"),
        choices=pl.col("found").list.join("; "),
        table_name="document_conflicts",
        row_key=pl.col("disagreement_id"),
        document=pl.lit(None, pl.String),
        ground=pl.col("found"),
    )


def fact_items(facts: pl.DataFrame) -> pl.DataFrame:
    """Facts that documents state and the facts kept by hand lack."""
    return _items(
        with_item_id(facts.filter(pl.col("state") == "new"), ItemKind.FACT, ["fact_id"]),
        ItemKind.FACT,
        question=pl.col("shown"),
        context=pl.col("table_name"),
        choices=pl.lit(None, pl.String),
        table_name="document_facts",
        row_key=pl.col("fact_id"),
        document=pl.lit(None, pl.String),
        ground=pl.concat_list("shown"),
    )


def mid_value_items(values: pl.DataFrame) -> pl.DataFrame:
    """What a MID document says of itself and the facts do not, or say otherwise."""
    asked = values.filter(pl.col("comparison").is_in(["new", "differs"]))
    return _items(
        with_item_id(asked, ItemKind.MID_VALUE, ["document", "field"]),
        ItemKind.MID_VALUE,
        question=pl.format("{}: {}", "field", "value"),
        context=pl.col("curated_value"),
        choices=pl.lit(None, pl.String),
        table_name="mid_document_values",
        row_key=pl.concat_str("document", "field", separator=" | "),
        document=pl.col("document"),
        ground=pl.concat_list("value", pl.col("curated_value").fill_null("")),
    )


def _items(
    asked: pl.DataFrame,
    kind: ItemKind,
    *,
    ground: pl.Expr,
    table_name: str,
    by_register: bool = False,
    **columns: pl.Expr,
) -> pl.DataFrame:
    """Rows with an `item_id` as `ITEMS`; `ground` is the list of what there is to choose from."""
    choices = asked.select(ground.alias("ground")).get_column("ground").to_list()
    marks = [fingerprint(*(found or ())) for found in choices]
    shown = {
        name: shown.str.slice(0, _LONGEST[name]) if name in _LONGEST else shown
        for name, shown in columns.items()
    }
    return asked.select(
        "item_id",
        kind=pl.lit(kind.value),
        table_name=pl.lit(table_name),
        fingerprint=pl.Series(marks, dtype=pl.String),
        by_register=pl.lit(by_register),
        **shown,
    ).select(pl.col(name).cast(dtype) for name, dtype in ITEMS.items())


def _together(*columns: str) -> pl.Expr:
    """What is known, parted by semicolons; null where nothing is."""
    text = pl.concat_str(list(columns), separator="; ", ignore_nulls=True)
    return pl.when(text != "").then(text)


def _hash(parts: Sequence[str | None]) -> str:
    return hashlib.sha256(_BETWEEN.join(part or "" for part in parts).encode()).hexdigest()
