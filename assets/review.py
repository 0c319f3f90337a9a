"""What waits for people: their decisions and corrections, and the queue of review."""

import polars as pl

from assets.building import table_asset
from assets.deciding import ASKING, GROUND, ground_of, rows_of
from assets.house import House
from reconcile.review.decisions import queue
from schemas.tables.corrections import Corrections
from schemas.tables.decisions import Decisions
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.review_items import ReviewItems


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
