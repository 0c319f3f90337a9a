"""Where documents disagree with each other, or with the facts: found here, judged elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from reconcile.documents.comparing import DIFFERS, Stated
from reconcile.documents.likeness import stems
from reconcile.documents.targets import TARGETS

_KINDS = {
    "counts": "count",
    "events": "date",
    "documents": "date",
    "editions": "date",
    "participations": "membership",
}


@dataclass(frozen=True)
class Said:
    """A value, and who gives it."""

    value: str
    by: tuple[str, ...]
    """Names of documents, and ids of those behind the facts."""
    ids: tuple[str, ...]
    """Documents that give the value."""
    behind: frozenset[str] = frozenset()
    """Documents behind the rows of the facts that agree with it, too."""


@dataclass(frozen=True)
class Disagreement:
    """Values that cannot all be right, or all be used; with a judgement where the kind has one."""

    kind: str
    subject: str
    said: tuple[Said, ...]
    judgement: str = ""
    judged: str = ""


def disagreements(
    facts: Sequence[Stated], matches: pl.DataFrame, official_names: Mapping[str, str]
) -> list[Disagreement]:
    """All of them: with the facts, among documents, of spelling, of names and of terms.

    `matches` are the names of `cities.matched`; `official_names` is by network id.
    """
    found = [*_with_facts(facts), *_among_documents(facts), *_lists_and_counts(facts)]
    return [*found, *_spellings(matches), *_names(facts, official_names), *_terms(facts)]


def _with_facts(facts: Iterable[Stated]) -> Iterable[Disagreement]:
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
            yield Disagreement(
                _KINDS.get(fact.table, "text"),
                f"{fact.table} {fact.curated_key}: {column}",
                (_said(fact, value), Said(curated or "-", sources, sources, behind)),
            )


def _among_documents(facts: Iterable[Stated]) -> Iterable[Disagreement]:
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
            yield Disagreement(_KINDS.get(table, "text"), f"{table} {key}: {column}", said)


def _lists_and_counts(facts: Sequence[Stated]) -> Iterable[Disagreement]:
    """A document lists more or fewer participants of a network than another one counts."""
    listed: dict[tuple[str, str], list[Stated]] = {}
    for fact in facts:
        network = fact.values.get("network_id", "")
        if fact.table == "participations" and network:
            for document in fact.documents:
                listed.setdefault((network, document), []).append(fact)
    for fact in facts:
        if fact.table != "counts" or fact.values.get("measure") != "participants":
            continue
        for (network, document), members in sorted(listed.items()):
            number = str(len(members))
            if network == fact.values.get("network_id") and number != fact.values["counted"]:
                ids = {
                    str(piece["document_id"])
                    for member in members
                    for piece in member.evidence
                    if piece["document"] == document and piece["document_id"]
                }
                counted = _said(fact, fact.values["counted"])
                said = Said(number, (document,), tuple(sorted(ids)), frozenset(ids))
                subject = f"counts network_id={network}: {document}"
                yield Disagreement("count", subject, (said, counted))


def _spellings(matches: pl.DataFrame) -> Iterable[Disagreement]:
    """A name is written otherwise than in the register, and not only in another case."""
    plain = pl.col("rule").is_in(["exact", "inflected", "code", "alias", "participant_name"])
    # A person may have decided about a name that is written as in the register.
    plain |= pl.col("written") == pl.col("official_name")
    for row in matches.filter((pl.col("status") == "MATCH") & ~plain).to_dicts():
        official = str(row["official_name"])
        by = (str(row["document"]),)
        ids = (str(row["document_id"]),) if row["document_id"] else ()
        yield Disagreement(
            "spelling",
            f"name_matches {row['match_id']}: {row['written']}",
            (Said(str(row["written"]), by, ids), Said(official, ("TERC",), ())),
            "register",
            official,
        )


def _names(facts: Iterable[Stated], official_names: Mapping[str, str]) -> Iterable[Disagreement]:
    """A network has several names: those with other telling words, not only another case."""
    groups: dict[str, dict[frozenset[str], list[Stated]]] = {}
    for fact in facts:
        if fact.table == "network_names":
            words = stems(fact.values["name_as_written"])
            group = groups.setdefault(fact.values["network_id"], {})
            group.setdefault(words, []).append(fact)
    for network, names in sorted(groups.items()):
        official = official_names.get(network, "")
        if len(names) > 1 and official:
            said = (_merged(_shortest(stating), stating) for stating in names.values())
            ordered = tuple(sorted(said, key=lambda one: one.value))
            subject = f"network_names network_id={network}"
            yield Disagreement("name", subject, ordered, "official_name", official)


def _terms(facts: Iterable[Stated]) -> Iterable[Disagreement]:
    """A term of the programme is written out in several forms."""
    groups: dict[str, list[Stated]] = {}
    for fact in facts:
        if fact.table == "terms":
            groups.setdefault(fact.values["term"], []).append(fact)
    for term, stating in sorted(groups.items()):
        if len(stating) > 1:
            said = (_said(fact, fact.values["form_pl"]) for fact in stating)
            ordered = tuple(sorted(said, key=lambda one: one.value))
            yield Disagreement("term", f"terms {term}", ordered)


def _shortest(stating: Sequence[Stated]) -> str:
    return min((fact.values["name_as_written"] for fact in stating), key=lambda t: (len(t), t))


def _said(fact: Stated, value: str) -> Said:
    return _merged(value, [fact])


def _merged(value: str, stating: Sequence[Stated]) -> Said:
    pieces = [piece for fact in stating for piece in fact.evidence]
    names = sorted({str(piece["document"]) for piece in pieces})
    ids = sorted({str(piece["document_id"]) for piece in pieces if piece["document_id"]})
    rows = (str(fact.curated.get("sources", "")).split(";") for fact in stating)
    return Said(value, tuple(names), tuple(ids), frozenset([*ids, *(i for r in rows for i in r)]))
