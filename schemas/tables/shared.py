"""Columns that many tables share: where a row comes from and how sure it is."""

from schemas.columns import Codes, code, reference
from schemas.table import Table
from schemas.tables.documents import Documents


class EvidenceStatus(Codes):
    """How sure a fact is. Only confirmed facts, and what stands on them, are published."""

    CONFIRMED = "confirmed", "potwierdzone", "confirmed"
    INFERRED = "inferred", "wywnioskowane", "inferred"


class Evidence(Table):
    """Mixin for tables of facts: the documents behind a row, and its status."""

    sources = reference(
        Documents.document_id,
        "zrodla",
        "Źródła",
        "Sources",
        "Identyfikatory dokumentów, z których pochodzi wiersz, rozdzielone średnikiem.",
        "Identifiers of the documents that the row comes from, separated by semicolons.",
        many=True,
    )
    evidence_status = code(
        EvidenceStatus,
        "status_dowodu",
        "Status dowodu",
        "Evidence status",
        "Czy źródła mówią to wprost, czy jest to tylko wniosek z nich.",
        "Whether the sources say so, or it is only inferred from them.",
    )
