"""Holding facts against their tables in memory: no Dagster, nothing stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from assets.deciding import corrected_rows
from pipelines.house import facts_folder
from pipelines.settings import Settings
from pipelines.wording import finding_lines
from reconcile.review.decisions import of_another_state
from schemas.errors import Exit, PimError
from schemas.gate import check
from schemas.registry import all_tables, table_named
from schemas.table import Severity, Table
from schemas.tables.decisions import Decisions
from schemas.tables.review_items import ReviewItems
from schemas.tables.units import Units
from schemas.text import Lang, Text, place_in
from schemas.verdict import PLACES_SHOWN, UNREAD_SCHEMA, Finding, Verdict
from sources.facts import read_facts
from sources.snapshots.store import locked
from sources.tabular.official import source_of
from sources.tabular.read import Kind, Tabular, bytes_of, kind_of, read_tabular
from sources.tabular.refusals import register_file
from sources.teryt.units import read_register
from warehouse.folder import DataFolder


@dataclass(frozen=True)
class Report:
    """What a check found: verdicts of tables, and errors of files that could not be read."""

    verdicts: tuple[Verdict, ...]
    errors: tuple[PimError, ...]
    waiting: tuple[str, ...] = ()
    """Tables that were not held against the gate, since one that they refer to was stopped."""
    read: Tabular | None = None
    """The one file that was checked, where it was one."""

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
                    "rejected_rows": [
                        row | {"cell": self._cell(row)} for row in verdict.rejected.to_dicts()
                    ],
                }
                for verdict in self.verdicts
            ],
            "errors": [error.as_dict() for error in self.errors],
            "not_checked": list(self.waiting),
            "kind": None if self.read is None else str(self.read.kind),
            "remarks": [remark._asdict() for remark in self._remarks],
        }

    def lines(self, lang: Lang) -> list[str]:
        """Every finding and error as lines for a person."""
        findings = [finding for verdict in self.verdicts for finding in verdict.findings]
        lines = finding_lines(findings, lang) + [
            f"{error.code}: {place_in(error.where, lang)}: "
            + " ".join(text.of(lang) for text in (error.what, error.why, error.fix) if text)
            for error in self.errors
        ]
        lines += [remark.of(lang) for remark in self._remarks]
        if self.waiting:
            names = ", ".join(self.waiting)
            told = Text(
                f"Nie sprawdzono, bo odwołują się do zatrzymanych tabel: {names}",
                f"Not checked, since they refer to tables that were stopped: {names}",
            )
            lines.append(told.of(lang))
        return lines

    @property
    def _remarks(self) -> tuple[Text, ...]:
        return self.read.remarks if self.read is not None else ()

    def _cell(self, row: Mapping[str, str]) -> str | None:
        """The cell of a workbook that a rejected row means, such as `C7`."""
        found = self.read.workbook if self.read is not None else None
        return None if found is None else found.cell(row["column_name"], row["place"])


def check_facts(settings: Settings) -> Report:
    """Check every facts file of the folder, each against the accepted rows of the others."""
    report, accepted = check_all(facts_folder(settings), skip=None)
    given = settings.terc or locked(DataFolder(settings.data).snapshots, "terc")
    # With a register of its own, a build knows the state, and what follows from it.
    return report if given else _with_expired(report, accepted)


def check_file(settings: Settings, file: Path, table_name: str | None) -> Report:
    """Check one file of any kind as a table, against the facts of all others.

    Raises PimError `PIM-CLI-002` for an unknown table, and what reading the file raises.
    """
    table, read = _read(file, table_name)
    others, accepted = check_all(facts_folder(settings), skip=table)
    if not ready(table, accepted):
        stopped = tuple(verdict for verdict in others.verdicts if verdict.blocked)
        return Report(stopped, others.errors, (table.name,), read)
    verdict = check(table, read.frame, accepted, unread=read.unread)
    return Report((verdict,), others.errors, read=read)


def _read(file: Path, table_name: str | None) -> tuple[type[Table], Tabular]:
    """The table of a file, by option, by its name or by what the workbook says, and its rows."""
    data = bytes_of(file)
    named = table_named(table_name) if table_name else None
    source = source_of(data, file.name)
    if source == "terc" and named is Units:
        # Not a file of facts, and yet exactly this table.
        frame = read_register(file).with_columns(pl.lit(None, pl.String).alias("_place"))
        return Units, Tabular(Kind.CSV, frame, pl.DataFrame(schema=UNREAD_SCHEMA))
    if source:
        raise register_file(file.name, source)
    if named is None and file.stem not in _table_names() and kind_of(data, file.name) is Kind.XLSX:
        from sources.tabular.workbook import table_of  # openpyxl takes a quarter of a second

        named = table_of(data, file.name)
    if named is None and file.stem not in _table_names():
        raise PimError(
            "PIM-CLI-002",
            Text("Nazwa pliku nie jest nazwą tabeli.", "The file is not named like a table."),
            where=str(file),
            fix=Text(
                "Podaj tabelę po --table; nazwy są w docs/tables.md.",
                "Give the table after --table; names are in docs/tables.md.",
            ),
            exit_code=Exit.USAGE,
        )
    table = named or table_named(file.stem)
    return table, read_tabular(data, file.name, table)


def _table_names() -> set[str]:
    return {name for table in all_tables() for name in (table.name, table.name_pl)}


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
        if not ready(table, accepted):
            waiting.append(table.name)
            continue
        frame, told = corrected_rows(folder, table, frame)
        verdict = check(table, frame, accepted)
        verdict = replace(verdict, findings=(*verdict.findings, *told))
        verdicts.append(verdict)
        if not verdict.blocked:
            accepted[table.name] = verdict.accepted
    return Report(tuple(verdicts), tuple(errors), tuple(waiting)), accepted


def _with_expired(report: Report, accepted: Mapping[str, pl.DataFrame]) -> Report:
    """The report with a warning of decisions made on another state of the facts' register."""
    decisions, units = accepted.get(Decisions.name), accepted.get(Units.name)
    if decisions is None or decisions.is_empty() or units is None or units.is_empty():
        return report
    states = units.get_column("state_date").drop_nulls().sort(descending=True).to_list()
    expired = of_another_state(decisions, states[0] if states else None)
    if expired.is_empty():
        return report
    rule = next(rule for rule in ReviewItems.rules if rule.name == "decision_expired")
    places = tuple(expired.get_column("item_id").head(PLACES_SHOWN))
    told = Finding(Decisions.name, rule.name, Severity.WARN, rule.message, expired.height, places)
    verdicts = tuple(
        replace(v, findings=(*v.findings, told)) if v.table is Decisions else v
        for v in report.verdicts
    )
    return replace(report, verdicts=verdicts)


def ready(table: type[Table], accepted: Mapping[str, pl.DataFrame]) -> bool:
    """All tables that this one refers to can be used.

    Without them every reference would be broken: a thousand findings that are not its own.
    """
    return all(
        c.references.table is table or c.references.table.name in accepted
        for c in table.references
        if c.references is not None
    )
