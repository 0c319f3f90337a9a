"""Where documents disagree with each other, or with the facts; judged by rule or left open."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from reconcile.documents.comparing import DIFFERS, Stated
from reconcile.documents.likeness import stems
from reconcile.documents.targets import TARGETS
from reconcile.matching.folding import fold_text

_KINDS = {
    "counts": "count",
    "events": "date",
    "documents": "date",
    "editions": "date",
    "participations": "membership",
}
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


@dataclass(frozen=True)
class _Said:
    value: str
    by: tuple[str, ...]
    """Names of documents, and ids of those behind the facts."""
    ids: tuple[str, ...]
    """Documents that give the value."""
    behind: frozenset[str] = frozenset()
    """Documents behind the rows of the facts that agree with it, too."""


@dataclass(frozen=True)
class _Disagreement:
    kind: str
    subject: str
    said: tuple[_Said, ...]
    judgement: str = ""
    judged: str = ""


def conflicts_frame(facts: Sequence[Stated], matches: pl.DataFrame, known: Known) -> pl.DataFrame:
    """The disagreements, as the table `document_conflicts`.

    `matches` are the names of `cities.matched`. A disagreement that was judged before carries
    its conflict; others are judged by the register, by how official and how new the documents
    are, or left to a person.
    """
    found = [*_with_facts(facts), *_among_documents(facts), *_spellings(matches)]
    found += [*_names(facts, known), *_terms(facts)]
    rows = [_judged(one, known) for one in found]
    columns = ("disagreement_id", "kind", "subject", "found_values", "judgement", "judged_value")
    schema = dict.fromkeys((*columns, "conflict_id"), pl.String())
    frame = pl.DataFrame(rows, schema=schema)
    return frame.unique("disagreement_id", keep="first").sort("disagreement_id")


def _with_facts(facts: Iterable[Stated]) -> Iterable[_Disagreement]:
    """A document says something else than the facts."""
    for fact in facts:
        if fact.state != DIFFERS:
            continue
        target = TARGETS[fact.table]
        columns = [c for c in target.compared if c in fact.values] or list(target.text)
        for column in columns:
            value, curated = fact.values.get(column, ""), fact.curated.get(column, "")
            if not value or value == curated:
                continue
            sources = tuple(fact.curated.get("sources", "").split(";"))
            behind = frozenset(sources)
            yield _Disagreement(
                _KINDS.get(fact.table, "text"),
                f"{fact.table} {fact.curated_key}: {column}",
                (_said(fact, value), _Said(curated or "-", sources, sources, behind)),
            )


def _among_documents(facts: Iterable[Stated]) -> Iterable[_Disagreement]:
    """Documents give different values for one key of a table, whatever the facts say."""
    groups: dict[tuple[str, str, str], dict[str, list[Stated]]] = {}
    for fact in facts:
        target = TARGETS[fact.table]
        if fact.table == "documents" or target.text:
            continue
        key = "; ".join(f"{c}={fact.values[c]}" for c in target.key if c in fact.values)
        for column in target.compared:
            if column in fact.values:
                group = groups.setdefault((fact.table, key, column), {})
                group.setdefault(fact.values[column], []).append(fact)
    for (table, key, column), values in sorted(groups.items()):
        if len(values) > 1:
            said = tuple(_merged(value, stating) for value, stating in sorted(values.items()))
            yield _Disagreement(_KINDS.get(table, "text"), f"{table} {key}: {column}", said)


def _spellings(matches: pl.DataFrame) -> Iterable[_Disagreement]:
    """A name is written otherwise than in the register, and not only in another case."""
    plain = pl.col("rule").is_in(["exact", "inflected", "code", "alias", "participant_name"])
    for row in matches.filter((pl.col("status") == "MATCH") & ~plain).to_dicts():
        official = str(row["official_name"])
        by = (str(row["document"]),)
        ids = (str(row["document_id"]),) if row["document_id"] else ()
        yield _Disagreement(
            "spelling",
            f"name_matches {row['match_id']}: {row['written']}",
            (_Said(str(row["written"]), by, ids), _Said(official, ("TERC",), ())),
            "register",
            official,
        )


def _names(facts: Iterable[Stated], known: Known) -> Iterable[_Disagreement]:
    """A network has several names: those with other telling words, not only another case."""
    groups: dict[str, dict[frozenset[str], list[Stated]]] = {}
    for fact in facts:
        if fact.table == "network_names":
            words = stems(fact.values["name_as_written"])
            group = groups.setdefault(fact.values["network_id"], {})
            group.setdefault(words, []).append(fact)
    for network, names in sorted(groups.items()):
        official = known.network_names.get(network, "")
        if len(names) > 1 and official:
            said = (_merged(_shortest(stating), stating) for stating in names.values())
            ordered = tuple(sorted(said, key=lambda one: one.value))
            subject = f"network_names network_id={network}"
            yield _Disagreement("name", subject, ordered, "official_name", official)


def _terms(facts: Iterable[Stated]) -> Iterable[_Disagreement]:
    """A term of the programme is written out in several forms."""
    groups: dict[str, list[Stated]] = {}
    for fact in facts:
        if fact.table == "terms":
            groups.setdefault(fact.values["term"], []).append(fact)
    for term, stating in sorted(groups.items()):
        if len(stating) > 1:
            said = (_said(fact, fact.values["form_pl"]) for fact in stating)
            ordered = tuple(sorted(said, key=lambda one: one.value))
            yield _Disagreement("term", f"terms {term}", ordered)


def _shortest(stating: Sequence[Stated]) -> str:
    return min((fact.values["name_as_written"] for fact in stating), key=lambda t: (len(t), t))


def _said(fact: Stated, value: str) -> _Said:
    return _merged(value, [fact])


def _merged(value: str, stating: Sequence[Stated]) -> _Said:
    pieces = [piece for fact in stating for piece in fact.evidence]
    names = sorted({str(piece["document"]) for piece in pieces})
    ids = sorted({str(piece["document_id"]) for piece in pieces if piece["document_id"]})
    rows = (str(fact.curated.get("sources", "")).split(";") for fact in stating)
    return _Said(value, tuple(names), tuple(ids), frozenset([*ids, *(i for r in rows for i in r)]))


def _judged(one: _Disagreement, known: Known) -> dict[str, str | None]:
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


def _known_conflict(one: _Disagreement, known: Known) -> tuple[str, str] | None:
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


def _by_source(one: _Disagreement, known: Known) -> tuple[str, str]:
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
