"""What the gate last said of each table: kept as JSON, so that later steps can act on it."""

import json
from dataclasses import dataclass
from pathlib import Path

from schemas.files import write_json
from schemas.table import Severity, Table
from schemas.verdict import Finding
from schemas.verdict import Report as Said
from warehouse.folder import DataFolder, nothing_built


@dataclass(frozen=True)
class Report:
    """The gate's verdict on a table without its rows."""

    table: str
    rows: int
    accepted: int
    rejected: int
    publishable: bool
    findings: tuple[Finding, ...]

    @property
    def warnings(self) -> int:
        """How many findings only warn."""
        return sum(finding.severity is Severity.WARN for finding in self.findings)


def store_report(folder: DataFolder, said: Said) -> None:
    """Keep what the gate said of a table, instead of the last time."""
    write_json(
        _path(folder, said.table),
        {
            "table": said.table.name,
            "rows": said.rows,
            "accepted": said.accepted_rows,
            "rejected": said.rejected_rows,
            "publishable": said.publishable,
            "findings": [finding.as_dict() for finding in said.findings],
        },
    )


def load_report(folder: DataFolder, table: type[Table]) -> Report:
    """The last verdict on a table. Raises PimError `PIM-WH-006` where there is none."""
    path = _path(folder, table)
    if not path.is_file():
        raise nothing_built(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    findings = tuple(Finding.from_dict(finding) for finding in data.pop("findings"))
    return Report(**data, findings=findings)


def _path(folder: DataFolder, table: type[Table]) -> Path:
    return folder.reports / f"{table.name}.json"
