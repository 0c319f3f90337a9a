"""The matcher: from names and what is known beside them to gminas, with the reason."""

import polars as pl

from reconcile.matching.claims import all_claims
from reconcile.matching.contexts import Networks, network_members
from reconcile.matching.decide import decided
from reconcile.matching.evidence import evidence
from reconcile.matching.keys import inflected, keyed
from reconcile.matching.queries import parsed
from reconcile.matching.reasons import explained
from reconcile.matching.register import Register

CANDIDATE = pl.Struct(
    {"terc": pl.String, "name": pl.String, "unit_type": pl.String, "voivodeship": pl.String}
)
"""One gmina that a name may stand for."""

OUTPUT: dict[str, pl.DataType] = {
    "status": pl.String(),
    "terc": pl.String(),
    "candidates": pl.List(CANDIDATE),
    "score": pl.Int64(),
    "rule": pl.String(),
    "reason_pl": pl.String(),
    "reason_en": pl.String(),
}
"""Columns that `match` adds."""

_INPUT = {
    "query": pl.String,
    "context_voivodeship": pl.String,
    "context_network": pl.String,
    "context_is_town": pl.Boolean,
}
MOST_CANDIDATES = 20
"""So many candidates are listed at most; „Dąbrowa” and the like have fewer."""


def match(
    names: pl.DataFrame,
    register: Register,
    aliases: pl.DataFrame | None = None,
    networks: Networks | None = None,
) -> pl.DataFrame:
    """One answer for each row of `names`, in its order, beside its own columns.

    `names` has `query` (the name as written) and may have `context_voivodeship`,
    `context_network` (texts) and `context_is_town` (boolean), null or empty where unknown.
    `aliases` has `alias`, `terc` and `language`: former, foreign and usual short names.
    `networks` gives for a network's name or code the TERC codes of its cities.

    Added are the columns of `OUTPUT`: `status` MATCH, AMBIGUOUS or NONE; `terc` for a match;
    `candidates` (the match, or those to choose from); `score` from 0 to 100; the `rule`; and
    the reason in Polish and English.
    """
    filled = names.with_columns(
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in _INPUT.items()
        if name not in names.columns
    )
    questions = filled.select(pl.col(name).cast(dtype) for name, dtype in _INPUT.items())
    questions = questions.with_columns(
        pl.when(pl.col(name).str.strip_chars() != "").then(name)
        for name, dtype in _INPUT.items()
        if dtype == pl.String
    )
    different = questions.unique(maintain_order=True).with_row_index("qid")
    answers = different.join(
        _answered(different, register, aliases, networks or {}), on="qid", how="left"
    )
    # Both sides hold the same rows, so equal nulls have to meet as well.
    joined = questions.join(
        answers, on=list(_INPUT), how="left", nulls_equal=True, maintain_order="left"
    )
    return names.hstack(joined.select(OUTPUT.keys()))


def _answered(
    different: pl.DataFrame,
    register: Register,
    aliases: pl.DataFrame | None,
    networks: Networks,
) -> pl.DataFrame:
    """`qid` and the columns of `OUTPUT` for different questions."""
    known = different.with_columns(pl.col("query").fill_null(""))
    readings = parsed(known.select("qid", "query")).join(
        known.drop("query"), on="qid", how="left", maintain_order="left"
    )
    readings = evidence(readings, register, networks)
    members, _ = network_members(readings["context_network"], networks)
    claims = all_claims(readings, register, _alias_keys(aliases))
    answers, candidates = decided(readings, claims, members, register)
    best = _one_reading(answers.join(readings.select("rid", "qid", "is_repaired"), on="rid"))
    listed = _listed(best, candidates, register)
    rows = (
        different.select("qid").join(best, on="qid", how="left").join(listed, on="qid", how="left")
    )
    rows = rows.with_columns(
        pl.col("rule").fill_null("no_name"),
        pl.col("is_repaired").fill_null(value=False),
        pl.col("listed").fill_null(""),
        pl.col("candidates").fill_null(pl.lit([], dtype=pl.List(CANDIDATE))),
    )
    return explained(rows).select("qid", *(pl.col(c).cast(d) for c, d in OUTPUT.items()))


def _alias_keys(aliases: pl.DataFrame | None) -> pl.DataFrame:
    """Keys of aliases and, for Polish ones, of their inflected forms: `fold`, `exact`, `terc6`."""
    keys = ["fold", "exact", "terc6"]
    if aliases is None:
        return pl.DataFrame(schema=dict.fromkeys(keys, pl.String))
    rows = aliases.with_row_index("nid").with_columns(
        text="alias", terc6=pl.col("terc").str.head(6)
    )
    named = keyed(rows)
    cases = inflected(named.filter(pl.col("language") == "pl"))
    forms = cases.select("nid", "fold", "exact").join(rows.select("nid", "terc6"), on="nid")
    return pl.concat([named.select(keys), forms.select(keys)]).unique(maintain_order=True)


def _one_reading(answers: pl.DataFrame) -> pl.DataFrame:
    """One row a question: where letters were spoilt, the reading that leads to a gmina.

    Readings that lead to different gminas leave the question open.
    """
    matched = pl.col("terc").is_not_null()
    order = pl.when(matched).then(0).when(pl.col("rule") == "nothing_found").then(2).otherwise(1)
    ranked = answers.with_columns(
        order=order, matches=pl.col("terc").drop_nulls().n_unique().over("qid")
    ).sort("qid", "order", "rid")
    first = ranked.unique("qid", keep="first", maintain_order=True)
    torn = pl.col("matches") > 1
    return first.with_columns(
        rule=pl.when(torn).then(pl.lit("several_readings")).otherwise("rule"),
        terc=pl.when(torn).then(None).otherwise("terc"),
        decided_by=pl.when(torn).then(None).otherwise("decided_by"),
    ).select("qid", "rid", "rule", "terc", "decided_by", "is_repaired")


def _listed(best: pl.DataFrame, candidates: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Candidates of each question as structs, and as text for its reason."""
    shown = (
        candidates.join(best.select("qid", "rid"), on="rid")
        .join(register.gminas, on="terc")
        .sort("qid", "terc")
    )
    place = pl.format(
        "{} ({}, {}, woj. {})",
        pl.col("name"),
        pl.col("terc"),
        pl.col("unit_type"),
        pl.col("voivodeship"),
    )
    return shown.group_by("qid", maintain_order=True).agg(
        candidates=pl.struct("terc", "name", "unit_type", "voivodeship").head(MOST_CANDIDATES),
        listed=place.head(MOST_CANDIDATES).str.join("; "),
    )


def as_table(answers: pl.DataFrame) -> pl.DataFrame:
    """The answers with candidates as one text, for CSV files and the terminal.

    A candidate is `terc name (unit type, voivodeship)`; several are parted by `; `.
    """
    element = pl.element().struct
    text = pl.format(
        "{} {} ({}, {})",
        element["terc"],
        element["name"],
        element["unit_type"],
        element["voivodeship"],
    )
    return answers.with_columns(pl.col("candidates").list.eval(text).list.join("; "))
