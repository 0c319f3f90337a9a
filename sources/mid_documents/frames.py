"""Readings of MID documents as frames of the tables that keep them."""

from collections.abc import Sequence

import polars as pl

from schemas.tables.mid_documents import MidField, MidPart, Presence
from schemas.tables.mid_rows import MidActions, MidSchedule, MidStakeholders
from sources.documents.model import Kind
from sources.mid_documents.model import Evidence, Known, MidReading, Row

Readings = Sequence[tuple[str, MidReading]]
"""Path of a document below its folder, and what was read from it."""

_EVIDENCE = {"quote": pl.String, "page": pl.Int64, "rule": pl.String}
DOCUMENTS = {
    "document": pl.String,
    "sha256": pl.String,
    "city": pl.String,
    "city_quote": pl.String,
    "network_id": pl.String,
    "left_out": pl.Int64,
}
"""One row a document, before its city is matched."""
VALUES = dict.fromkeys(("document", "field", "value", "written"), pl.String) | _EVIDENCE
PARTS = {
    "document": pl.String,
    "part": pl.String,
    "presence": pl.String,
    "place_pl": pl.String,
    "place_en": pl.String,
} | _EVIDENCE


def documents_frame(readings: Readings, known: Known) -> pl.DataFrame:
    """One row a document, with the columns of `DOCUMENTS`."""
    # Here and below: patterns are compiled at import, and most builds have no such documents.
    from sources.mid_documents.front import network_of

    rows = []
    for document, reading in readings:
        city, network = (reading.values.get(name) for name in (MidField.CITY, MidField.NETWORK))
        rows.append(
            {
                "document": document,
                "sha256": reading.sha256,
                "city": city.value if city else None,
                "city_quote": city.evidence.quote if city else None,
                "network_id": network_of(network.value, known) if network else None,
                "left_out": reading.left_out,
            }
        )
    return pl.DataFrame(rows, schema=DOCUMENTS)


def values_frame(readings: Readings) -> pl.DataFrame:
    """One row a value, with the columns of `VALUES`."""
    rows = [
        {
            "document": document,
            "field": str(name),
            "value": found.value,
            "written": found.evidence.written,
            **_evidence(found.evidence),
        }
        for document, reading in readings
        for name, found in reading.values.items()
    ]
    return pl.DataFrame(rows, schema=VALUES)


def parts_frame(readings: Readings) -> pl.DataFrame:
    """One row for each part and document, present or not, with the columns of `PARTS`."""
    rows = []
    for document, reading in readings:
        for part in MidPart:
            row: dict[str, object] = {"document": document, "part": str(part)}
            found = reading.parts.get(part)
            if found is None:
                row["presence"] = str(Presence.ABSENT)
            else:
                place = found.evidence.place
                row["presence"] = str(Presence.PRESENT if found.has_content else Presence.EMPTY)
                row |= {"place_pl": place.pl, "place_en": place.en, **_evidence(found.evidence)}
            rows.append(row)
    return pl.DataFrame(rows, schema=PARTS)


def actions_frame(readings: Readings) -> pl.DataFrame:
    """Rows of `MidActions`."""
    rows = [
        {"action": row.name} | _with_period(document, number, row)
        for document, reading in readings
        for number, row in enumerate(reading.actions, start=1)
    ]
    return pl.DataFrame(rows, schema=MidActions.schema())


def schedule_frame(readings: Readings) -> pl.DataFrame:
    """Rows of `MidSchedule`."""
    rows = [
        {"step": row.name} | _with_period(document, number, row)
        for document, reading in readings
        for number, row in enumerate(reading.schedule, start=1)
    ]
    return pl.DataFrame(rows, schema=MidSchedule.schema())


def stakeholders_frame(readings: Readings) -> pl.DataFrame:
    """Rows of `MidStakeholders`."""
    rows = [
        {
            "document": document,
            "row_number": number,
            "stakeholder": row.name,
            "role": row.second or None,
            **_evidence(row.evidence),
        }
        for document, reading in readings
        for number, row in enumerate(reading.stakeholders, start=1)
    ]
    return pl.DataFrame(rows, schema=MidStakeholders.schema())


def required_parts(mid_parts: pl.DataFrame) -> pl.DataFrame:
    """Which part each part of the organiser's description is: `part`, `mid_part_id`, `edition_id`.

    `mid_parts` has `mid_part_id`, `edition_id` and `part_pl`; the description is read by the
    patterns that read headings.
    """
    from sources.mid_documents.sections import parts_named

    rows = [
        (str(part), key, edition)
        for key, edition, text in mid_parts.select(
            "mid_part_id", "edition_id", "part_pl"
        ).iter_rows()
        for part in parts_named(text, Kind.HEADING)[:1]
    ]
    schema = dict.fromkeys(("part", "mid_part_id", "edition_id"), pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "quote": evidence.quote,
        "page": evidence.page or None,
        "rule": evidence.rule,
    }


def _with_period(document: str, number: int, row: Row) -> dict[str, object]:
    period = row.period
    return {
        "document": document,
        "row_number": number,
        "institution": row.second or None,
        "period_written": row.period_written or None,
        "period_start": period.start if period else None,
        "period_end": period.end if period else None,
        "date_precision": str(period.precision) if period else None,
        **_evidence(row.evidence),
    }
