"""Holding facts against their tables in memory: no Dagster, nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.house import facts_folder
from pipelines.settings import Settings
from pipelines.wording import finding_lines
from schemas.errors import PimError
from schemas.gate import check
from schemas.registry import all_tables, table_named
from schemas.table import Severity, Table
from schemas.text import Lang, Text
from schemas.verdict import Verdict
from sources.facts import read_facts


@dataclass(frozen=True)
class Report:
    """What a check found: verdicts of tables, and errors of files that could not be read."""

    verdicts: tuple[Verdict, ...]
    errors: tuple[PimError, ...]
    waiting: tuple[str, ...] = ()
    """Tables that were not held against the gate, since one that they refer to was stopped."""

    @property
    def refused(self) -> bool:
        """A file was refused, a table blocked or a row set aside."""
        return bool(self.errors) or any(v.blocked or v.rejected_rows for v in self.verdicts)

    @property
    def warned(self) -> bool:
        """A rule of severity `warn` was broken."""
        return any(f.severity is Severity.WARN for v in self.verdicts for f in v.findings)

    def as_dict(self) -> dict[str, object]:
        """The report as JSON data."""
        return {
            "tables": [
                {
                    "table": verdict.table.name,
                    "rows": verdict.rows,
                    "accepted": verdict.accepted.height,
                    "rejected": verdict.rejected_rows,
                    "refused": verdict.blocked,
                    "findings": [finding.as_dict() for finding in verdict.findings],
                    "rejected_rows": verdict.rejected.to_dicts(),
                }
                for verdict in self.verdicts
            ],
            "errors": [error.as_dict() for error in self.errors],
            "not_checked": list(self.waiting),
        }

    def lines(self, lang: Lang) -> list[str]:
        """Every finding and error as lines for a person."""
        findings = [finding for verdict in self.verdicts for finding in verdict.findings]
        lines = finding_lines(findings, lang) + [
            f"{error.code}: {error.where}: {error.what.of(lang)} {error.fix.of(lang)}"
            for error in self.errors
        ]
        if self.waiting:
            names = ", ".join(self.waiting)
            told = Text(
                f"Nie sprawdzono, bo odwołują się do zatrzymanych tabel: {names}",
                f"Not checked, since they refer to tables that were stopped: {names}",
            )
            lines.append(told.of(lang))
        return lines


def check_facts(settings: Settings) -> Report:
    """Check every facts file of the folder, each against the accepted rows of the others."""
    report, _ = check_all(facts_folder(settings), skip=None)
    return report


def check_file(settings: Settings, file: Path, table_name: str | None) -> Report:
    """Check one file as a table, against the facts of all others.

    Raises PimError `PIM-CLI-002` for an unknown table, and what reading the file raises.
    """
    table = table_named(table_name or file.stem)
    frame = read_facts(file)
    others, accepted = check_all(facts_folder(settings), skip=table)
    if not _ready(table, accepted):
        stopped = tuple(verdict for verdict in others.verdicts if verdict.blocked)
        return Report(stopped, others.errors, (table.name,))
    return Report((check(table, frame, accepted),), others.errors)


def check_all(folder: Path, skip: type[Table] | None) -> tuple[Report, dict[str, pl.DataFrame]]:
    """Check all files but that of `skip`; the accepted rows of every table that may be used."""
    verdicts: list[Verdict] = []
    errors: list[PimError] = []
    waiting: list[str] = []
    accepted: dict[str, pl.DataFrame] = {}
    for table in all_tables():
        path = folder / f"{table.name}.csv"
        if table is skip:
            continue
        if not path.exists():
            accepted[table.name] = pl.DataFrame(schema=table.schema())
            continue
        try:
            frame = read_facts(path)
        except PimError as error:
            errors.append(error)
            continue
        if not _ready(table, accepted):
            waiting.append(table.name)
            continue
        verdict = check(table, frame, accepted)
        verdicts.append(verdict)
        if not verdict.blocked:
            accepted[table.name] = verdict.accepted
    return Report(tuple(verdicts), tuple(errors), tuple(waiting)), accepted


def _ready(table: type[Table], accepted: Mapping[str, pl.DataFrame]) -> bool:
    """All tables that this one refers to can be used.

    Without them every reference would be broken: a thousand findings that are not its own.
    """
    return all(
        c.references.table is table or c.references.table.name in accepted
        for c in table.references
        if c.references is not None
    )
