"""What waits for people: their decisions and corrections, and the queue of review."""

import polars as pl

from assets.building import table_asset
from assets.deciding import GROUND, ground_of, rows_of
from assets.house import House
from reconcile.review.decisions import queue
from schemas.tables.corrections import Corrections
from schemas.tables.decisions import Decisions
from schemas.tables.document_conflicts import DocumentConflicts
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.document_facts import DocumentFacts
from schemas.tables.mid_documents import MidDocuments, MidDocumentValues
from schemas.tables.name_matches import NameMatches
from schemas.tables.review_items import ReviewItems

ASKING = (
    *(DocumentCoverage, NameMatches, DocumentFacts, DocumentConflicts),
    *(MidDocuments, MidDocumentValues),
)
"""Tables whose rows may ask for a person, and the documents that were given."""


@table_asset(Decisions)
def decisions(house: House) -> pl.DataFrame:
    """What people decided; no file, no decisions."""
    return rows_of(house.facts, Decisions)


@table_asset(Corrections)
def corrections(house: House) -> pl.DataFrame:
    """What people corrected; no file, no corrections."""
    return rows_of(house.facts, Corrections)


@table_asset(ReviewItems, needs=(*ASKING, *GROUND, Decisions))
def review_items(house: House) -> pl.DataFrame:
    """Every question with how it stands. Without documents nothing is asked."""
    frames = house.load((*ASKING, Decisions))
    if frames[DocumentCoverage.name].is_empty():
        return pl.DataFrame(schema=ReviewItems.schema())
    return queue(frames, frames[Decisions.name], ground_of(house)).select(*ReviewItems.schema())
