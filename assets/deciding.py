"""What people decided and corrected, as the steps of a build use it."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import polars as pl

from assets.house import House
from reconcile.review.corrections import Corrected, CorrectedPieces, corrected
from reconcile.review.decisions import Ground, decided_conflicts, decided_names, held
from reconcile.review.items import conflict_items, mid_city_items, name_items
from schemas.errors import PimError
from schemas.gate import check
from schemas.table import Table
from schemas.tables.corrections import Corrections
from schemas.tables.decisions import Decisions, ItemKind
from schemas.tables.document_conflicts import DocumentConflicts
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.document_facts import DocumentFacts
from schemas.tables.mid_documents import MidDocuments, MidDocumentValues
from schemas.tables.name_matches import MatchStatus, NameMatches
from schemas.tables.participants import Participants
from schemas.tables.review_items import ReviewItems
from schemas.tables.units import Units
from sources.facts import read_facts

GROUND = (Units, Participants)
"""Tables that decisions about cities stand on."""
ASKING = (
    *(DocumentCoverage, NameMatches, DocumentFacts, DocumentConflicts),
    *(MidDocuments, MidDocumentValues),
)
"""Tables whose rows may ask for a person, and the documents that were given."""
_OWN = {Decisions.name, Corrections.name, ReviewItems.name}


def rows_of(facts: Path, table: type[Table]) -> pl.DataFrame:
    """A reviewed file as text; a folder of facts need not have one.

    Raises the errors of `sources.facts.read_facts`.
    """
    path = facts / f"{table.name}.csv"
    if not path.is_file():
        return pl.DataFrame(schema=dict.fromkeys(table.schema(), pl.String()))
    return read_facts(path, shown_as=f"{facts.name}/{path.name}")


def with_corrections(house: House, table: type[Table], frame: pl.DataFrame) -> Corrected:
    """The rows of a table in a build; see `corrected_rows`."""
    return corrected_rows(house.facts, table, frame)


def corrected_rows(facts: Path, table: type[Table], frame: pl.DataFrame) -> Corrected:
    """The rows of a table as they go to the gate, with what corrections have to tell.

    A file of corrections that cannot be read corrects nothing: whoever checks or builds it is
    told why, and nothing is published.
    """
    if table.name in _OWN:
        return Corrected(frame, ())
    return corrected(table, frame, _corrections(facts))


def corrected_pieces(
    facts: Path, table: type[Table], pieces: Callable[[], Iterator[pl.DataFrame]]
) -> CorrectedPieces:
    """The same for a table whose rows come in pieces."""
    return CorrectedPieces(table, pieces, _corrections(facts))


def _corrections(facts: Path) -> pl.DataFrame:
    path = facts / f"{Corrections.name}.csv"
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    try:
        return _accepted(facts, changed)
    except PimError:
        return pl.DataFrame(schema=Corrections.schema())


@lru_cache(maxsize=4)
def _accepted(facts: Path, changed: int) -> pl.DataFrame:  # noqa: ARG001 - part of the key
    """Read once, and again when the file changes: every step asks for it."""
    return check(Corrections, rows_of(facts, Corrections), {}).accepted


def ground_of(house: House) -> Ground:
    """What decisions about cities stand on now."""
    frames = house.load(GROUND)
    return Ground.of(frames[Units.name], frames[Participants.name])


def with_decided_names(house: House, matches: pl.DataFrame) -> pl.DataFrame:
    """`name_matches` with the decisions that hold."""
    decisions = house.load((Decisions,))[Decisions.name]
    if decisions.is_empty() or matches.is_empty():
        return matches
    ground = ground_of(house)
    questions = held(name_items(matches), decisions, ground)
    return decided_names(matches, questions, ground, ItemKind.NAME, NameMatches.match_id.name)


def with_decided_mids(house: House, documents: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """Answers about the cities of MID `documents` with the decisions that hold.

    With decisions there is an answer for each document, also for one that names no city.
    """
    decisions = house.load((Decisions,))[Decisions.name]
    if decisions.is_empty() or documents.is_empty():
        return answers
    document, network = MidDocuments.document, MidDocuments.network_id
    asked = documents.select(document.col).join(answers, on=document.name, how="left")
    asked = asked.with_columns(NameMatches.status.col.fill_null(MatchStatus.NONE.value))
    ground = ground_of(house)
    about = asked.drop(network.name, strict=False).join(
        documents.select(document.col, MidDocuments.sha256.col, network.col), on=document.name
    )
    items = mid_city_items(
        about.with_columns(
            NameMatches.status.col.alias(MidDocuments.match_status.name),
            NameMatches.rule.col.alias(MidDocuments.match_rule.name),
        )
    )
    questions = held(items, decisions, ground)
    return decided_names(asked, questions, ground, ItemKind.MID_CITY, document.name)


def with_decided_conflicts(house: House, conflicts: pl.DataFrame) -> pl.DataFrame:
    """`document_conflicts` with the decisions that hold."""
    decisions = house.load((Decisions,))[Decisions.name]
    if decisions.is_empty() or conflicts.is_empty():
        return conflicts
    questions = held(conflict_items(conflicts), decisions, ground_of(house))
    return decided_conflicts(conflicts, questions)
