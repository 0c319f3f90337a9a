"""What the gate says of a frame: the findings, and the rows accepted and set aside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

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

UNREAD_SCHEMA: dict[str, pl.DataType] = {
    "_row": pl.UInt32(),
    "value": pl.String(),
    "rule": pl.String(),
    "column_name": pl.String(),
    "reason_pl": pl.String(),
    "reason_en": pl.String(),
}
"""A cell that the reader of a file could not take as it stands; `_row` counts rows from 0."""

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

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Finding":  # type: ignore[explicit-any]
        """The finding that `as_dict` described, from JSON as `json.loads` gives it."""
        return cls(
            table=data["table"],
            rule=data["rule"],
            severity=Severity(data["severity"]),
            message=Text(**data["message"]),
            count=data["count"],
            places=tuple(data["places"]),
            column=data["column"],
        )

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


def in_order(table: type[Table], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings for people: what stops first, then by column, those of one rule together.

    Findings of the same rule and column (from batches, or from a chain of references) become
    one, with the first places.
    """
    merged: dict[tuple[str, str, Severity], Finding] = {}
    for finding in findings:
        same = (finding.rule, finding.column, finding.severity)
        before = merged.get(same)
        merged[same] = finding if before is None else _together(before, finding)
    severities = (Severity.BLOCK, Severity.REJECT, Severity.WARN)
    names = [column.name for column in table.columns]

    def place(finding: Finding) -> tuple[int, int, str, str]:
        first = finding.column.split("+")[0]
        position = names.index(first) if first in names else len(names)
        return severities.index(finding.severity), position, finding.column, finding.rule

    return tuple(sorted(merged.values(), key=place))


def _together(first: Finding, second: Finding) -> Finding:
    places = (*first.places, *second.places)[:PLACES_SHOWN]
    return replace(first, count=first.count + second.count, places=places)


@dataclass(frozen=True)
class Report:
    """What the gate found, without the rows: counts and findings."""

    table: type[Table]
    findings: tuple[Finding, ...]
    rows: int
    accepted_rows: int

    @property
    def rejected_rows(self) -> int:
        """How many rows were set aside."""
        return self.rows - self.accepted_rows

    @property
    def blocked(self) -> bool:
        """The table, and everything after it, stops."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def publishable(self) -> bool:
        """Not blocked, and no more rows set aside than the table allows."""
        share = self.rejected_rows / self.rows if self.rows else 0.0
        return not self.blocked and share <= self.table.max_rejected


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
    def report(self) -> Report:
        """The same without the rows."""
        return Report(self.table, self.findings, self.rows, self.accepted.height)

    @property
    def rejected_rows(self) -> int:
        """How many rows were set aside."""
        return self.report.rejected_rows

    @property
    def blocked(self) -> bool:
        """The table, and everything after it, stops."""
        return self.report.blocked

    @property
    def publishable(self) -> bool:
        """Not blocked, and no more rows set aside than the table allows."""
        return self.report.publishable
