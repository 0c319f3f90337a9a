"""The intake workbook: made for a table, checked when it comes back, turned into facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from exports.intake.cells import CellValue
from exports.intake.checked import Summary, checked
from exports.intake.facts import changes, facts_text, replaced
from exports.intake.template import template
from pipelines.checking import check_all, ready
from pipelines.house import facts_folder, release_date
from pipelines.intake_judging import as_intake, judge, minted
from pipelines.intake_result import Facts, Intake, layout_of, stop_text
from pipelines.intake_tables import require_fillable
from pipelines.settings import Settings
from reconcile.withholding import publishable
from schemas.errors import PimError
from schemas.gate import structure_findings
from schemas.intake import sheet_name
from schemas.registry import all_tables, table_named
from schemas.table import Table
from schemas.text import Text
from sources.facts import read_facts
from sources.tabular import refusals
from sources.tabular.cells import Spoilt, Value
from sources.tabular.read import Kind, bytes_of, kind_of, read_tabular
from sources.tabular.workbook import table_of

_FACTS = "facts/"


def make_template(settings: Settings, table_name: str, *, filled: bool) -> tuple[str, bytes]:
    """The name for a workbook of a table, and its bytes; with `filled`, its rows are in it.

    Only publishable rows are shown anywhere in it. Raises PimError `PIM-CLI-002` (no such
    table) or `PIM-INT-001` (not a table for an office).
    """
    table = table_named(table_name)
    require_fillable(settings, table)
    facts = facts_folder(settings)
    _, accepted = check_all(facts, skip=None)
    shown = _publishable(table, accepted)
    rows = shown[table.name] if filled else None
    return f"{sheet_name(table)}.xlsx", template(table, shown, release_date(settings), rows)


def check_intake(settings: Settings, path: Path, table_name: str | None) -> Intake:
    """Check a workbook against the facts that it adds to or changes.

    A row whose key stands in the facts takes its place. Raises PimError `PIM-INT-001` (not a
    table for an office), `PIM-INT-002` (no workbook), `PIM-INT-005` (the facts have errors
    themselves), and those of `sources.tabular`.
    """
    data = bytes_of(path)
    if kind_of(data, path.name) is not Kind.XLSX:
        raise _not_a_workbook(path.name)
    table = table_named(table_name) if table_name else table_of(data, path.name)
    require_fillable(settings, table)
    read = read_tabular(data, path.name, table)
    if read.workbook is None:
        raise _not_a_workbook(path.name)
    facts = _facts(settings, table)
    structure = structure_findings(table, read.frame.columns)
    if structure:
        nothing = pl.DataFrame(schema={column.name: pl.String() for column in table.columns})
        return Intake(
            table,
            path.name,
            read.workbook,
            read.frame.height,
            nothing,
            (),
            structure,
            {},
            read.remarks,
            facts,
        )
    new, named = minted(table, read.frame, facts.own)
    verdict = judge(table, facts, replace(read, frame=named))
    return as_intake(table, path.name, read.workbook, read.remarks, facts, verdict, new)


def checked_workbook(settings: Settings, intake: Intake) -> bytes:
    """The workbook that goes back to the office, as XLSX."""
    found, table = intake.found, intake.table
    shown = _publishable(table, intake.facts.accepted)
    rows = {
        number: [_plain(value) for value in row]
        for number, row in zip(found.numbers, found.rows, strict=True)
    }
    summary = Summary(
        intake.file,
        intake.rows,
        intake.accepted.height,
        intake.problems,
        tuple(stop_text(finding).pl for finding in intake.findings),
        tuple(remark.pl for remark in intake.remarks),
    )
    day: date = release_date(settings)
    return checked(table, shown, day, layout_of(table, found), rows, summary)


def facts_of(intake: Intake) -> tuple[str, dict[str, list[str]]]:
    """The facts file of the table with the accepted rows in it, and the keys that it changes.

    Raises PimError `PIM-INT-003` where the table as a whole is not taken.
    """
    if intake.blocked:
        raise PimError(
            "PIM-INT-003",
            Text(
                "Skoroszytu nie można zamienić na fakty.",
                "The workbook cannot be turned into facts.",
            ),
            where=intake.file,
            why=Text(
                " ".join(stop_text(finding).pl for finding in intake.findings),
                " ".join(stop_text(finding).en for finding in intake.findings),
            ),
            fix=Text(
                "Popraw skoroszyt; powody pokaże „pim intake check”.",
                "Mend the workbook; 'pim intake check' shows the reasons.",
            ),
        )
    own = intake.facts.own
    whole = replaced(intake.table, own, intake.accepted)
    return facts_text(intake.table, whole), dict(changes(intake.table, own, intake.accepted))


def _publishable(
    table: type[Table], accepted: Mapping[str, pl.DataFrame]
) -> dict[str, pl.DataFrame]:
    """What may be shown to an office: the same as to the public."""
    there = [one for one in all_tables() if one.name in accepted]
    shown = publishable(there, accepted)
    return {**shown, table.name: shown.get(table.name, pl.DataFrame(schema=table.schema()))}


def _facts(settings: Settings, table: type[Table]) -> Facts:
    folder = facts_folder(settings)
    own = read_facts(folder / f"{table.name}.csv", shown_as=f"{_FACTS}{table.name}.csv")
    report, accepted = check_all(folder, skip=None)
    if not ready(table, accepted) or table.name not in accepted:
        raise _facts_stopped(str(folder), accepted)
    findings = [
        f for verdict in report.verdicts if verdict.table is table for f in verdict.findings
    ]
    return Facts(own, accepted, frozenset((f.rule, f.places) for f in findings))


def _plain(value: Value) -> CellValue:
    return value.shown if isinstance(value, Spoilt) else value


def _facts_stopped(folder: str, accepted: Mapping[str, pl.DataFrame]) -> PimError:
    stopped = ", ".join(one.name for one in all_tables() if one.name not in accepted)
    return PimError(
        "PIM-INT-005",
        Text(
            "Nie można sprawdzić skoroszytu, bo obecne fakty mają błędy.",
            "The workbook cannot be checked, since the present facts have errors.",
        ),
        where=folder,
        why=Text(f"Zatrzymane tabele: {stopped}.", f"Tables that were stopped: {stopped}."),
        fix=Text(
            "Popraw najpierw fakty; powody pokaże „pim check”.",
            "Mend the facts first; 'pim check' shows the reasons.",
        ),
    )


def _not_a_workbook(name: str) -> PimError:
    return PimError(
        "PIM-INT-002",
        Text("To nie jest skoroszyt (.xlsx).", "This is not a workbook (.xlsx)."),
        where=name,
        why=Text(
            "Pliki innych rodzajów sprawdza „pim check”.",
            "Files of other kinds are checked by 'pim check'.",
        ),
        fix=refusals.SAVE_AS_XLSX,
    )
