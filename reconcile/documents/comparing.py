"""Facts of all documents brought together, and held against the facts kept by hand."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from reconcile.documents.likeness import likeness, stems
from reconcile.documents.targets import TARGETS, Target
from reconcile.matching.folding import fold_text

Row = Mapping[str, str]
"""A row of the facts as text; a cell that is empty is not there."""

AGREES, NEW, DIFFERS, UNDECIDED = "agrees", "new", "differs", "undecided"
EACH = "each"
"""The network of a count that holds for each network of the edition."""
_SHOWN = 950


@dataclass
class Stated:
    """One fact with everything that states it."""

    table: str
    values: dict[str, str]
    state: str = NEW
    curated_key: str = ""
    curated: Row = field(default_factory=dict)
    evidence: list[dict[str, object]] = field(default_factory=list)

    @property
    def natural_key(self) -> str:
        """What tells this fact from others of its table."""
        target = TARGETS[self.table]
        parts = [f"{c}={self.values[c]}" for c in target.key if c in self.values]
        parts += [f"{c}={self.values[c]}" for c in target.compared if c in self.values]
        words = sorted(stems(_text(self.values, target.text)))
        if words:
            parts.append(" ".join(words))
        # Where nothing of the key is known, the values themselves are what there is.
        return ("; ".join(parts) or "; ".join(f"{c}={v}" for c, v in self.values.items()))[:600]

    @property
    def fact_id(self) -> str:
        """A hash of the table and of what the fact is."""
        known = self.curated_key if self.state == AGREES else ""
        text = f"{self.table}|{known or self.natural_key}"
        return f"fact-{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    @property
    def documents(self) -> list[str]:
        """Names of the documents that state it, sorted."""
        return sorted({str(piece["document"]) for piece in self.evidence})


def compared(pieces: pl.DataFrame, curated: Mapping[str, pl.DataFrame]) -> list[Stated]:
    """All facts, each once, in the order of table and key.

    `pieces` are those of `cities.with_participants`; `curated` frames by table, with the names of
    columns that `TARGETS` uses (see `assets.documents`).
    """
    rows = {table: _rows(curated[table]) for table in TARGETS if table in curated}
    merged: dict[tuple[str, str], Stated] = {}
    for fact in _facts(pieces, rows):
        _judge(fact, rows.get(fact.table, {}))
        known = merged.setdefault((fact.table, fact.fact_id), fact)
        if known is not fact:
            known.evidence += fact.evidence
            for column, value in fact.values.items():
                known.values.setdefault(column, value)
    return sorted(merged.values(), key=lambda one: (one.table, one.curated_key, one.fact_id))


def _facts(pieces: pl.DataFrame, rows: Mapping[str, dict[str, Row]]) -> Iterable[Stated]:
    for (_,), group in pieces.group_by("found", maintain_order=True):
        evidence = group.to_dicts()
        values = {str(p["column_name"]): str(p["value"]) for p in evidence}
        table = str(evidence[0]["table_name"])
        document = evidence[0]["document_id"]
        if table == "documents":
            values = {"document_id": str(document or evidence[0]["document"])} | values
        undecided = any(str(p["rule"]) == "city:undecided" for p in evidence)
        for network in _networks(values, rows.get("counts", {})):
            fact = Stated(table, values | network, evidence=list(evidence))
            fact.state = UNDECIDED if undecided else NEW
            yield fact


def _networks(values: Mapping[str, str], counts: Mapping[str, Row]) -> list[dict[str, str]]:
    """A count of each network is one of every network that the edition has counts of."""
    if values.get("network_id") != EACH:
        return [{}]
    edition = values.get("edition_id")
    found = {
        row["network_id"]
        for row in counts.values()
        if row.get("edition_id") == edition and "network_id" in row
    }
    return [{"network_id": network} for network in sorted(found)] or [{}]


def _judge(fact: Stated, rows: Mapping[str, Row]) -> None:
    """Set state and row of a fact: agrees, differs, or new."""
    if fact.state == UNDECIDED:
        return
    target = TARGETS[fact.table]
    fitting = _fitting(fact, rows, target)
    if not fitting:
        same_key = [k for k in rows if _same_key(fact.values, rows[k], target)]
        if target.single and same_key:
            fact.state, fact.curated_key = DIFFERS, same_key[0]
            fact.curated = rows[same_key[0]]
        return
    equal = [key for key in fitting if _equal(fact.values, rows[key], target)]
    chosen = equal or fitting
    fact.state = AGREES if equal else DIFFERS
    fact.curated_key = chosen[0]
    fact.curated = rows[chosen[0]]


def _fitting(fact: Stated, rows: Mapping[str, Row], target: Target) -> list[str]:
    """Keys of the rows that the fact may be, the most alike first."""
    same = [key for key, row in rows.items() if _same_key(fact.values, row, target)]
    text = _text(fact.values, target.text)
    if not text:
        return same
    columns = target.curated_text or target.text
    scored = [(likeness(text, _text(rows[key], columns)), key) for key in same]
    if target.alike >= 1:
        # Names: the very same words, else all their stems.
        exact = [key for key in same if fold_text(text) == fold_text(_text(rows[key], columns))]
        return exact or [key for key in same if stems(text) == stems(_text(rows[key], columns))]
    alike = [(-score, key) for score, key in scored if score >= target.alike]
    return [key for _, key in sorted(alike)]


def _same_key(values: Mapping[str, str], row: Row, target: Target) -> bool:
    """Whether key columns are equal where both have them, and at least one is."""
    both = [(values[c], row.get(c, "")) for c in target.key if c in values]
    optional = {"network_id"} if target.table == "counts" else set()
    missing = any(c in row and c not in values for c in optional)
    return bool(both) and not missing and all(first == second for first, second in both)


def _equal(values: Mapping[str, str], row: Row, target: Target) -> bool:
    return all(
        _same_value(values[column], row.get(column, ""))
        for column in target.compared
        if column in values
    )


def _same_value(value: str, known: str) -> bool:
    """Equal; a day without a year (`--03-28`) is equal to it in any year."""
    return value == known or (value.startswith("--") and known[4:] == value[1:])


def _text(values: Mapping[str, str], columns: Sequence[str]) -> str:
    return " ".join(values[column] for column in columns if values.get(column))


def _rows(frame: pl.DataFrame) -> dict[str, Row]:
    """Rows of a frame by their first column, as text, without empty cells."""
    texts = frame.select(pl.all().cast(pl.String)).to_dicts()
    key = frame.columns[0]
    return {str(row[key]): {c: v for c, v in row.items() if v} for row in texts}


def facts_frame(facts: Sequence[Stated]) -> pl.DataFrame:
    """The facts, as the table `document_facts`."""
    return pl.DataFrame(
        [
            {
                "fact_id": fact.fact_id,
                "table_name": fact.table,
                "state": fact.state,
                "curated_key": fact.curated_key or None,
                "natural_key": fact.natural_key,
                "shown": "; ".join(f"{c}: {v}" for c, v in fact.values.items())[:_SHOWN],
                "documents": len(fact.documents),
            }
            for fact in facts
        ],
        schema={
            "fact_id": pl.String,
            "table_name": pl.String,
            "state": pl.String,
            "curated_key": pl.String,
            "natural_key": pl.String,
            "shown": pl.String,
            "documents": pl.Int64,
        },
    ).sort("fact_id")


_PIECE = ("column_name", "written", "value", "rule", "document", "document_id")
_PLACE = ("place_pl", "place_en", "quote")


def evidence_frame(facts: Sequence[Stated]) -> pl.DataFrame:
    """Every piece of evidence, as the table `document_evidence`."""
    schema = {"fact_id": pl.String, "number": pl.Int64}
    schema |= dict.fromkeys((*_PIECE, *_PLACE), pl.String)
    rows = [
        {"fact_id": fact.fact_id, "number": number, **{c: p[c] for c in (*_PIECE, *_PLACE)}}
        for fact in facts
        for number, p in enumerate(fact.evidence, start=1)
    ]
    return pl.DataFrame(rows, schema=schema).sort("fact_id", "number")
