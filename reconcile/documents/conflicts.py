"""Disagreements of documents judged: by what was judged before, by rule, or left to a person."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from reconcile.documents.comparing import Stated
from reconcile.documents.disagreements import Disagreement, disagreements
from reconcile.matching.folding import fold_text

_JUDGED_BY_RULE = {"count", "date"}
_MOST = 1_900


@dataclass(frozen=True, slots=True)
class Source:
    """What decides between documents: how official one is, and how new."""

    official: bool
    issued: date | None


@dataclass(frozen=True)
class Known:
    """What was judged before, and what is known of documents and networks."""

    conflicts: pl.DataFrame
    """`conflict_id`, `kind`, `judged_value_pl`, `sources`."""
    conflict_values: pl.DataFrame
    """`conflict_id`, `value_pl`."""
    sources: Mapping[str, Source]
    """By document id."""
    network_names: Mapping[str, str]
    """Official name by network id."""


def conflicts_frame(facts: Sequence[Stated], matches: pl.DataFrame, known: Known) -> pl.DataFrame:
    """The disagreements, as the table `document_conflicts`.

    `matches` are the names of `cities.matched`. A disagreement that was judged before carries
    its conflict; others are judged by the register, by how official and how new the documents
    are, or left to a person.
    """
    found = disagreements(facts, matches, known.network_names)
    rows = [_judged(one, known) for one in found]
    columns = ("disagreement_id", "kind", "subject", "found_values", "judgement", "judged_value")
    schema = dict.fromkeys((*columns, "conflict_id"), pl.String())
    frame = pl.DataFrame(rows, schema=schema)
    return frame.unique("disagreement_id", keep="first").sort("disagreement_id")


def _judged(one: Disagreement, known: Known) -> dict[str, str | None]:
    """The row of a disagreement with its judgement."""
    conflict = _known_conflict(one, known)
    if conflict is not None:
        judgement, judged = "named", conflict[1]
    elif one.judgement:
        judgement, judged = one.judgement, one.judged
    else:
        judgement, judged = _by_source(one, known)
    values = "; ".join(f"{said.value} ({', '.join(said.by)})" for said in one.said)[:_MOST]
    text = f"{one.kind}|{one.subject}|{values}"
    return {
        "disagreement_id": f"dis-{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        "kind": one.kind,
        "subject": one.subject[:600],
        "found_values": values,
        "judgement": judgement,
        "judged_value": judged[:300] or None,
        "conflict_id": conflict[0] if conflict else None,
    }


def _known_conflict(one: Disagreement, known: Known) -> tuple[str, str] | None:
    """The conflict judged before that has these values: two of them, or the misspelt one.

    Numbers and days are the same in many places, so the conflict must share a document, too.
    """
    needed = 1 if one.kind == "spelling" else 2
    said = [_plain(said.value) for said in one.said]
    said = said[:1] if one.kind == "spelling" else said
    kinds = known.conflicts.filter(pl.col("kind") == one.kind)
    behind = sorted({document for said in one.said for document in said.behind})
    if one.kind in {"count", "date", "membership"}:
        shared = pl.col("sources").str.split(";").list.set_intersection(behind).list.len() > 0
        kinds = kinds.filter(shared)
    values = known.conflict_values.join(kinds, on="conflict_id", how="inner")
    hits: dict[str, int] = {}
    for conflict, value in values.select("conflict_id", "value_pl").iter_rows():
        plain = _plain(value)
        if any(_holds(plain, text) for text in said):
            hits[conflict] = hits.get(conflict, 0) + 1
    fitting = sorted((-count, conflict) for conflict, count in hits.items() if count >= needed)
    if not fitting:
        return None
    judged = kinds.filter(pl.col("conflict_id") == fitting[0][1])["judged_value_pl"][0]
    return fitting[0][1], str(judged)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold_text(text)))


def _holds(value: str, text: str) -> bool:
    """Whether a value of a known conflict is this text, or begins with it."""
    return value == text or value.startswith(f"{text} ")


def _by_source(one: Disagreement, known: Known) -> tuple[str, str]:
    """The value of the more official documents, else of the newer ones; else a person decides."""
    if one.kind not in _JUDGED_BY_RULE:
        return "person", ""
    ranked = []
    for said in one.said:
        sources = [known.sources[i] for i in said.ids if i in known.sources]
        official = any(source.official for source in sources)
        issued = max((s.issued for s in sources if s.issued), default=date.min)
        ranked.append((official, issued, said.value))
    ranked.sort(reverse=True)
    (official, issued, value), (other_official, other_issued, _) = ranked[0], ranked[1]
    if official != other_official:
        return "more_official", value
    if issued > other_issued > date.min:
        return "newer", value
    return "person", ""
