"""Facts from documents: read, matched, held against the facts kept by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from assets.building import table_asset
from assets.deciding import with_decided_conflicts, with_decided_names
from assets.house import House
from reconcile.documents.cities import matched, names_in, with_participants
from reconcile.documents.comparing import Stated, compared, evidence_frame, facts_frame
from reconcile.documents.conflicts import Known, Source, conflicts_frame
from reconcile.matching import Register, known_networks
from schemas.columns import LIST_SEPARATOR
from schemas.table import Table
from schemas.tables.conflicts import ConflictKind, Conflicts, ConflictValues
from schemas.tables.counts import Counts
from schemas.tables.decisions import Decisions
from schemas.tables.document_conflicts import DocumentConflicts
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.document_facts import DocumentEvidence, DocumentFacts
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.tables.events import Events
from schemas.tables.goals import Goals, NetworkIssues
from schemas.tables.improvement_plans import PlanComponents
from schemas.tables.name_matches import NameMatches
from schemas.tables.network_names import NetworkNames, PlannedNetworks
from schemas.tables.networks import Networks
from schemas.tables.participants import Participants
from schemas.tables.participations import Participations
from schemas.tables.recommendations import Recommendations
from schemas.tables.shared import EvidenceStatus
from schemas.tables.survey import SurveyItems
from schemas.tables.units import Units
from schemas.tables.work import RuleChanges, WorkFormParticipants, WorkForms, WorkshopComponents
from sources.documents.folder import KnownFile, ReadFile, read_folder
from sources.documents.frames import coverage, pieces
from sources.documents.known import lexicon_of
from sources.facts import CURATED, read_facts
from sources.names import read_names

LEXICON = (Editions, Networks, NetworkNames)
NAMED = (Participations, Participants, Units)
HELD_AGAINST: tuple[type[Table], ...] = (
    *(Participations, Recommendations, NetworkIssues, Goals, SurveyItems, RuleChanges, WorkForms),
    *(WorkFormParticipants, PlanComponents, WorkshopComponents, Editions, PlannedNetworks),
    *(Counts, Events, Documents, NetworkNames, Conflicts, ConflictValues),
)
_OFFICIAL = r"(?i)minister|bank światowy"


def documents_of(folder: Path | None, frames: Mapping[str, pl.DataFrame]) -> tuple[ReadFile, ...]:
    """All documents of a folder, read and searched; none where there is no folder."""
    if folder is None:
        return ()
    issued = {
        key: (begin, end)
        for key, begin, end in frames[Documents.name]
        .select(Documents.document_id.col, Documents.issued_from.col, Documents.issued_to.col)
        .iter_rows()
    }
    known = {
        digest: KnownFile(key, *issued[key])
        for digest, key in read_facts(CURATED / "names" / "document_files.csv")
        .select("sha256", Documents.document_id.col)
        .iter_rows()
        if key in issued
    }
    return read_folder(folder, lexicon_of(*(frames[table.name] for table in LEXICON)), known)


def names_matched(
    files: Sequence[ReadFile], frames: Mapping[str, pl.DataFrame], *, whole_register: bool
) -> pl.DataFrame:
    """Names of cities held against the register, as `NameMatches`."""
    names = names_in(pieces(files))
    if names.is_empty():
        return pl.DataFrame(schema=NameMatches.schema())
    known = read_names()
    confirmed = (
        frames[table.name].filter(table.evidence_status.col == EvidenceStatus.CONFIRMED.value)
        for table in (Participations, Participants, NetworkNames)
    )
    return matched(
        names,
        Register.from_units(frames[Units.name], known.lookalikes),
        known.aliases,
        known_networks(*confirmed),
        frames[Participants.name],
        whole_register=whole_register,
    )


def facts_stated(
    files: Sequence[ReadFile], frames: Mapping[str, pl.DataFrame], matches: pl.DataFrame
) -> list[Stated]:
    """The facts of all documents, each once, held against the facts kept by hand."""
    if not files:
        return []
    return compared(with_participants(pieces(files), matches), curated_rows(frames))


def disagreements(
    facts: Sequence[Stated], frames: Mapping[str, pl.DataFrame], matches: pl.DataFrame
) -> pl.DataFrame:
    """Where documents disagree, as `DocumentConflicts`."""
    official = Documents.publisher.col.str.contains(_OFFICIAL).fill_null(value=False)
    sources = frames[Documents.name].select(
        Documents.document_id.col, official, Documents.issued_to.col
    )
    names = frames[Networks.name].select(Networks.network_id.col, Networks.network_name_pl.col)
    known = Known(
        conflicts=frames[Conflicts.name],
        conflict_values=frames[ConflictValues.name],
        sources={
            key: Source(is_official, issued) for key, is_official, issued in sources.iter_rows()
        },
        network_names=dict(names.iter_rows()),
    )
    return conflicts_frame(facts, matches, known)


@table_asset(DocumentCoverage, needs=LEXICON)
def document_coverage(house: House) -> pl.DataFrame:
    """What was understood of each document."""
    return coverage(_files(house))


@table_asset(NameMatches, needs=(*LEXICON, *NAMED, Decisions))
def name_matches(house: House) -> pl.DataFrame:
    """Names of cities held against the register, and decided by people where it is silent."""
    files = _files(house)
    frames = house.load((*NAMED, NetworkNames)) if files else {}
    matches = names_matched(files, frames, whole_register=house.terc is not None)
    return with_decided_names(house, matches)


@table_asset(DocumentFacts, needs=(NameMatches, *HELD_AGAINST))
def document_facts(house: House) -> pl.DataFrame:
    """Facts of all documents, each once."""
    return facts_frame(_stated(house))


@table_asset(DocumentEvidence, needs=(NameMatches, *HELD_AGAINST))
def document_evidence(house: House) -> pl.DataFrame:
    """What proves each value of the facts."""
    return evidence_frame(_stated(house))


@table_asset(DocumentConflicts, needs=(NameMatches, *HELD_AGAINST, Decisions))
def document_conflicts(house: House) -> pl.DataFrame:
    """Where documents disagree."""
    facts = _stated(house)
    if not facts:
        return pl.DataFrame(schema=DocumentConflicts.schema())
    frames = house.load((*HELD_AGAINST, Networks, NameMatches))
    found = disagreements(facts, frames, frames[NameMatches.name])
    return with_decided_conflicts(house, found)


def _files(house: House) -> tuple[ReadFile, ...]:
    if house.documents is None:
        return ()
    return documents_of(house.documents, house.load((*LEXICON, Documents)))


def _stated(house: House) -> list[Stated]:
    files = _files(house)
    frames = house.load((NameMatches, *HELD_AGAINST)) if files else {}
    return facts_stated(files, frames, frames[NameMatches.name]) if files else []


def curated_rows(frames: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The facts kept by hand with the columns that documents are held against."""
    rows = dict(frames)
    form = WorkForms.work_form_id
    forms = frames[WorkForms.name].select(form.col, WorkForms.edition_id.col, WorkForms.form_pl.col)
    with_form = frames[WorkFormParticipants.name].join(forms, on=form.name)
    rows[WorkFormParticipants.name] = with_form.select(
        pl.format("{} {}", form.col, WorkFormParticipants.party.col).alias("key"), pl.all()
    )
    for editions in (Counts.edition_ids, Events.edition_ids):
        first = editions.col.str.split(LIST_SEPARATOR).list.first()
        table = editions.table.name
        rows[table] = frames[table].with_columns(first.alias(Editions.edition_id.name))
    conflict = Conflicts.conflict_id
    terms = frames[Conflicts.name].filter(Conflicts.kind.col == ConflictKind.TERM.value)
    rows["terms"] = (
        frames[ConflictValues.name]
        .drop(ConflictValues.sources.name)
        .join(terms.select(conflict.col, Conflicts.sources.col), on=conflict.name)
        .select(
            pl.format("{} {}", conflict.col, ConflictValues.number.col).alias("key"),
            ConflictValues.value_pl.col.alias(WorkForms.form_pl.name),
            Conflicts.sources.col,
        )
    )
    return rows
