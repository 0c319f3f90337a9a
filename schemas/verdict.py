"""What the gate says of a frame: the findings, and the rows accepted and set aside."""

from dataclasses import dataclass

import polars as pl

from schemas.table import Severity, Table
from schemas.text import Text

ORIGIN = ("_source", "_place")
"""Columns that say where a row came from: a file, and a line or cell in it."""

REJECTED_SCHEMA: dict[str, pl.DataType] = {
    "table_name": pl.String(),
    "rule": pl.String(),
    "column_name": pl.String(),
    "value": pl.String(),
    "reason_pl": pl.String(),
    "reason_en": pl.String(),
    "source": pl.String(),
    "place": pl.String(),
    "row_key": pl.String(),
    "row": pl.String(),
}
"""A rejected row: one line a broken rule, with the whole row as it came, as JSON."""

PLACES_SHOWN = 10


@dataclass(frozen=True)
class Finding:
    """One rule of one table that some rows, or the table, did not keep."""

    table: str
    rule: str
    severity: Severity
    message: Text
    count: int
    places: tuple[str, ...] = ()
    column: str = ""

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON data."""
        return {
            "table": self.table,
            "rule": self.rule,
            "severity": str(self.severity),
            "column": self.column,
            "count": self.count,
            "places": list(self.places),
            "message": self.message._asdict(),
        }


@dataclass(frozen=True)
class Verdict:
    """What the gate made of a frame.

    `accepted` has the table's columns in order, typed, sorted by key, then `_source` and
    `_place`; `rejected` has the shape of `REJECTED_SCHEMA`.
    """

    table: type[Table]
    accepted: pl.DataFrame
    rejected: pl.DataFrame
    findings: tuple[Finding, ...]
    rows: int

    @property
    def rejected_rows(self) -> int:
        """How many rows were set aside."""
        return self.rows - self.accepted.height

    @property
    def blocked(self) -> bool:
        """The table, and everything after it, stops."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def publishable(self) -> bool:
        """Not blocked, and no more rows set aside than the table allows."""
        share = self.rejected_rows / self.rows if self.rows else 0.0
        return not self.blocked and share <= self.table.max_rejected
