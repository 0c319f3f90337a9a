"""Holding facts against their tables in memory: no Dagster, nothing stored."""

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
from schemas.text import Lang
from schemas.verdict import Verdict
from sources.facts import read_facts


@dataclass(frozen=True)
class Report:
    """What a check found: verdicts of tables, and errors of files that could not be read."""

    verdicts: tuple[Verdict, ...]
    errors: tuple[PimError, ...]

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
        }

    def lines(self, lang: Lang) -> list[str]:
        """Every finding and error as lines for a person."""
        findings = [finding for verdict in self.verdicts for finding in verdict.findings]
        return finding_lines(findings, lang) + [
            f"{error.code}: {error.where}: {error.what.of(lang)} {error.fix.of(lang)}"
            for error in self.errors
        ]


def check_facts(settings: Settings) -> Report:
    """Check every facts file of the folder, each against the accepted rows of the others."""
    verdicts, errors, _ = _check_all(facts_folder(settings), skip=None)
    return Report(tuple(verdicts), tuple(errors))


def check_file(settings: Settings, file: Path, table_name: str | None) -> Report:
    """Check one file as a table, against the facts of all others.

    Raises PimError `PIM-CLI-002` for an unknown table, and what reading the file raises.
    """
    table = table_named(table_name or file.stem)
    _, errors, accepted = _check_all(facts_folder(settings), skip=table)
    verdict = check(table, read_facts(file), accepted)
    return Report((verdict,), tuple(errors))


def _check_all(
    folder: Path, skip: type[Table] | None
) -> tuple[list[Verdict], list[PimError], dict[str, pl.DataFrame]]:
    verdicts: list[Verdict] = []
    errors: list[PimError] = []
    accepted: dict[str, pl.DataFrame] = {}
    for table in all_tables():
        path = folder / f"{table.name}.csv"
        accepted[table.name] = pl.DataFrame(schema=table.schema())
        if table is skip or not path.exists():
            continue
        try:
            frame = read_facts(path)
        except PimError as error:
            errors.append(error)
            continue
        verdict = check(table, frame, accepted)
        accepted[table.name] = verdict.accepted
        verdicts.append(verdict)
    return verdicts, errors, accepted
