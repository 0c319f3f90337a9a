"""The links between a row and the world: file, quotes, conflicts, corrections, decisions."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb
import polars as pl

from reconcile.review.corrections import (
    CORRECTION_DONE,
    CORRECTION_LOST,
    CORRECTION_OTHER,
    place_of,
)
from schemas.table import Table
from schemas.tables.action_plans import Mids
from schemas.tables.corrections import Corrections
from schemas.tables.decisions import Decisions
from schemas.tables.document_conflicts import DocumentConflicts
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.document_facts import DocumentEvidence, DocumentFacts
from schemas.tables.mid_documents import MidDocuments, MidDocumentValues
from schemas.tables.register import RegisterStates
from schemas.tables.review_items import ReviewItems
from sources.snapshots.store import Store
from warehouse.folder import DataFolder
from warehouse.reports import load_report

Frames = Mapping[str, pl.DataFrame]
"""Accepted tables by name."""
Key = tuple[str, ...]

_RULES = (CORRECTION_DONE, CORRECTION_OTHER, CORRECTION_LOST)


def snapshot_of(folder: DataFolder, source: str, frames: Frames) -> dict[str, str]:
    """What is known of a file that rows came from; empty where they are of no file.

    A file of the last build by name, a snapshot in use or the file inside it, or a register that
    was given.
    """
    told = {"file": source, **_of_build(folder, source)} if source else {}
    for used in Store(folder.snapshots).all_in_use() if source else ():
        if source in (used.name, used.file, used.member):
            told |= {
                "sha256": used.member_sha256 if source == used.member else used.sha256,
                "bytes": str(used.bytes),
                "address": used.address,
                "retrieved": used.retrieved.isoformat(),
                "state_date": used.state_date.isoformat() if used.state_date else "",
                "licence": used.licence.en,
            }
    if "sha256" not in told:
        for given in _texts(frames[RegisterStates.name].filter(file_name=source)):
            told |= {"sha256": given["sha256"], "state_date": given["state_date"]}
    return {name: value for name, value in told.items() if value} if "sha256" in told else {}


def _of_build(folder: DataFolder, source: str) -> dict[str, str]:
    if not folder.warehouse.is_file():
        return {}
    with duckdb.connect(str(folder.warehouse), read_only=True) as connection:
        found = connection.execute(
            "SELECT sha256, bytes FROM _sources WHERE source = ?", [source]
        ).fetchone()
    return {} if found is None else {"sha256": str(found[0]), "bytes": str(found[1])}


def evidence_of(table: type[Table], key: Key, frames: Frames) -> Iterator[dict[str, str]]:
    """What documents say of a row: of facts that agree with it or differ from it, and of MIDs."""
    facts = frames[DocumentFacts.name].filter(
        DocumentFacts.table_name.col == table.name, DocumentFacts.curated_key.col == " ".join(key)
    )
    # A fact itself is explained by its own evidence.
    own = key if table is DocumentFacts else ()
    wanted = [*facts[DocumentFacts.fact_id.name], *own]
    found = (
        frames[DocumentEvidence.name]
        .filter(DocumentEvidence.fact_id.col.is_in(wanted))
        .join(frames[DocumentFacts.name].select("fact_id", "state"), on="fact_id")
        .sort("fact_id", "number")
    )
    columns = [*(column.name for column in DocumentEvidence.columns), "state"]
    digests = frames[DocumentCoverage.name].select("document", "sha256")
    yield from _texts(found.select(columns).join(digests, on="document", how="left"))
    yield from _texts(_of_mid(table, key, frames).join(digests, on="document", how="left"))


def _of_mid(table: type[Table], key: Key, frames: Frames) -> pl.DataFrame:
    """The values of the MID documents of a MID, in the columns of evidence."""
    documents = frames[MidDocuments.name]
    if table is Mids:
        documents = documents.filter(pl.col("mid_id") == key[0])
    else:
        documents = documents.filter((pl.col("document") == key[0]) & (table is MidDocuments))
    page = pl.col("page").cast(pl.String)
    return (
        frames[MidDocumentValues.name]
        .join(documents.select("document"), on="document", how="semi")
        .select(
            "document",
            "quote",
            "value",
            "written",
            "rule",
            column_name="field",
            state="comparison",
            place_pl="strona " + page,
            place_en="page " + page,
        )
    )


def corrections_of(
    folder: DataFolder, table: type[Table], key: Key, frames: Frames
) -> Iterator[dict[str, str]]:
    """The corrections of a row, with their `state`: applied, or the rule that says why not."""
    row_key = " | ".join(key)
    own = frames[Corrections.name].filter(table_name=table.name, row_key=row_key)
    if own.is_empty():
        return
    findings = load_report(folder, table).findings
    told = {(f.rule, place) for f in findings for place in f.places}
    for one in _texts(own):
        place = place_of(row_key, one["column_name"])
        state = next((rule for rule in _RULES if (rule, place) in told), "applied")
        yield one | {"state": state}


def conflicts_of(table: type[Table], key: Key, frames: Frames) -> Iterator[dict[str, str]]:
    """Where documents disagree about a row, with rule and judgement."""
    about = pl.col("subject").str.starts_with(f"{table.name} {' '.join(key)}: ")
    yield from _texts(frames[DocumentConflicts.name].filter(about))


def decisions_of(
    table: type[Table], key: Key, evidence: Iterable[Mapping[str, str]], frames: Frames
) -> Iterator[dict[str, str]]:
    """What people decided about a row, or about a name or fact that it stands on."""
    items = frames[ReviewItems.name].drop_nulls("decided")
    pieces = list(evidence)
    facts = sorted({piece["fact_id"] for piece in pieces if piece.get("fact_id")})
    documents = sorted({piece["document"] for piece in pieces if not piece.get("fact_id")})
    named = pl.lit(value=False)
    for piece in pieces:
        if piece["rule"] == "city:decision":
            named |= (pl.col("kind") == "name") & (pl.col("question") == piece["written"])
    if table in (ReviewItems, Decisions):
        here = pl.col("item_id") == key[0]
    else:
        here = (pl.col("table_name") == table.name) & (pl.col("row_key") == " | ".join(key))
    about = f"{table.name} {' '.join(key)}: "
    found = items.filter(
        here
        | (named & (pl.col("state") == "decided"))
        | ((pl.col("kind") == "fact") & pl.col("row_key").is_in(facts))
        | ((pl.col("kind") == "conflict") & pl.col("question").str.starts_with(about))
        | (pl.col("kind").is_in(["mid_city", "mid_value"]) & pl.col("document").is_in(documents))
    )
    yield from _texts(found.sort("item_id"))


def _texts(frame: pl.DataFrame) -> Iterator[dict[str, str]]:
    texts = frame.select(pl.all().cast(pl.String).fill_null(""))
    for row in texts.to_dicts():
        yield {name: str(value) for name, value in row.items()}
