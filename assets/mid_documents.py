"""Documents of municipal action plans: read, matched to their city, held against the facts."""

from functools import lru_cache

import polars as pl

from assets.building import table_asset
from assets.deciding import with_decided_mids
from assets.documents import LEXICON, documents_of
from assets.house import House
from reconcile.documents.cities import matched
from reconcile.matching import Register, known_networks
from reconcile.mid_documents import completed, counted, held_against_facts, placed
from schemas.table import Table
from schemas.tables.action_plans import MidParts, Mids
from schemas.tables.decisions import Decisions
from schemas.tables.documents import Documents
from schemas.tables.mid_documents import MidDocumentParts, MidDocuments, MidDocumentValues
from schemas.tables.mid_rows import MidActions, MidSchedule, MidStakeholders
from schemas.tables.name_matches import NameMatches
from schemas.tables.network_names import NetworkNames
from schemas.tables.networks import Networks
from schemas.tables.participants import Participants
from schemas.tables.participations import Participations
from schemas.tables.shared import EvidenceStatus
from schemas.tables.units import Units
from sources.documents.model import Document
from sources.mid_documents.frames import (
    Readings,
    actions_frame,
    documents_frame,
    parts_frame,
    required_parts,
    schedule_frame,
    stakeholders_frame,
    values_frame,
)
from sources.mid_documents.model import Known, MidReading
from sources.names import read_names

_KNOWN = (*LEXICON, Documents, Participants)


def known_of(house: House) -> Known:
    """Names of networks and participants that a title page may show without a label."""
    frames = house.load((Networks, NetworkNames, Participants))
    networks = frames[Networks.name]
    names = [
        *frames[NetworkNames.name]
        .select(NetworkNames.name_as_written.col, NetworkNames.network_id.col)
        .iter_rows(),
        *networks.select(Networks.network_name_pl.col, Networks.network_id.col).iter_rows(),
        *networks.select(Networks.network_name_en.col, Networks.network_id.col)
        .drop_nulls()
        .iter_rows(),
    ]
    return Known(
        tuple(sorted(set(names))),
        tuple(frames[Participants.name].get_column(Participants.official_name.name).sort()),
    )


def _readings(house: House) -> Readings:
    """The MIDs among the documents of the folder; none where there is no folder."""
    if house.documents is None:
        return []
    known = known_of(house)
    return [
        (file.name, reading)
        for file in documents_of(house.documents, house.load((*LEXICON, Documents)))
        if file.extraction and (reading := _read(file.extraction.document, known))
    ]


@lru_cache(maxsize=2_000)
def _read(document: Document, known: Known) -> MidReading | None:
    """Kept, since several tables are made of it in one run."""
    # Its patterns are compiled at import, which a build without documents need not wait for.
    from sources.mid_documents.reading import read_mid

    return read_mid(document, known)


@table_asset(MidDocuments, needs=(*_KNOWN, Participations, Units, MidParts, Mids, Decisions))
def mid_documents(house: House) -> pl.DataFrame:
    """Which MID each document is, and how many of the required parts it has."""
    if house.documents is None:
        return _empty(MidDocuments)
    known, readings = known_of(house), _readings(house)
    frames = house.load((Participations, Mids, MidParts))
    documents = documents_frame(readings, known)
    answers = with_decided_mids(house, documents, _answers(house, documents))
    rows = placed(documents, answers, frames[Participations.name], frames[Mids.name])
    counts = counted(parts_frame(readings), required_parts(frames[MidParts.name]))
    return rows.join(counts, on=MidDocuments.document.name).select(MidDocuments.schema().keys())


def _answers(house: House, documents: pl.DataFrame) -> pl.DataFrame:
    """What the register answers to the cities as they are written."""
    frames = house.load((Participations, Participants, NetworkNames, Units))
    names = read_names()
    confirmed = {
        table.name: frames[table.name].filter(
            table.evidence_status.col == EvidenceStatus.CONFIRMED.value
        )
        for table in (Participations, Participants, NetworkNames)
    }
    nothing = pl.lit(None, dtype=pl.String)
    asked = documents.drop_nulls("city").select(
        MidDocuments.document.col,
        MidDocuments.network_id.col,
        MidDocuments.document.col.alias(NameMatches.match_id.name),
        pl.col("city").alias(NameMatches.written.name),
        nothing.alias(NameMatches.network_name.name),
        nothing.alias(NameMatches.voivodeship.name),
        nothing.alias(NameMatches.document_id.name),
        pl.lit("").alias(NameMatches.place_pl.name),
        pl.lit("").alias(NameMatches.place_en.name),
        pl.col("city_quote").alias(NameMatches.quote.name),
    )
    return matched(
        asked,
        Register.from_units(frames[Units.name], names.lookalikes),
        names.aliases,
        known_networks(*confirmed.values()),
        frames[Participants.name],
        whole_register=house.terc is not None,
    )


@table_asset(MidDocumentValues, needs=(*_KNOWN, Mids))
def mid_document_values(house: House) -> pl.DataFrame:
    """Metadata with evidence, and how it stands to the facts."""
    if house.documents is None:
        return _empty(MidDocumentValues)
    frames = house.load((MidDocuments, Mids))
    values = values_frame(_readings(house))
    return held_against_facts(values, frames[MidDocuments.name], frames[Mids.name])


@table_asset(MidDocumentParts, needs=_KNOWN)
def mid_document_parts(house: House) -> pl.DataFrame:
    """Completeness, part by part."""
    if house.documents is None:
        return _empty(MidDocumentParts)
    frames = house.load((MidDocuments, MidParts, Networks))
    parts = parts_frame(_readings(house))
    required = required_parts(frames[MidParts.name])
    return completed(parts, frames[MidDocuments.name], required, frames[Networks.name])


@table_asset(MidActions, needs=_KNOWN)
def mid_actions(house: House) -> pl.DataFrame:
    """Rows of the tables of actions."""
    return actions_frame(_readings(house))


@table_asset(MidSchedule, needs=_KNOWN)
def mid_schedule(house: House) -> pl.DataFrame:
    """Rows of the schedules."""
    return schedule_frame(_readings(house))


@table_asset(MidStakeholders, needs=_KNOWN)
def mid_stakeholders(house: House) -> pl.DataFrame:
    """Rows of the tables of stakeholders."""
    return stakeholders_frame(_readings(house))


def _empty(table: type[Table]) -> pl.DataFrame:
    return pl.DataFrame(schema=table.schema())
