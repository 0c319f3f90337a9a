"""The intake workbook: made for a table, checked when it comes back, turned into facts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl

from exports.intake.cells import CellValue
from exports.intake.checked import Problem, Summary, checked
from exports.intake.facts import as_text, changes, facts_text, replaced
from exports.intake.template import template
from pipelines.checking import check_all
from pipelines.house import facts_folder, release_date
from pipelines.intake_result import Facts, Intake, layout_of, stop_text
from pipelines.intake_tables import require_fillable
from pipelines.settings import Settings
from reconcile.withholding import publishable
from schemas.errors import PimError
from schemas.gate import check, structure_findings
from schemas.intake import minted_prefix, sheet_name
from schemas.registry import all_tables, table_named
from schemas.table import Severity, Table
from schemas.text import Text
from schemas.verdict import ORIGIN, Finding, Verdict
from sources.facts import read_facts
from sources.tabular import refusals
from sources.tabular.cells import Spoilt, Value
from sources.tabular.read import Kind, Tabular, bytes_of, kind_of, read_tabular
from sources.tabular.workbook import Found, table_of

_LINE = re.compile(r"line (\d+)$")
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
    table for an office), `PIM-INT-002` (no workbook), and those of `sources.tabular`.
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
    minted, named = _minted(table, read.frame, facts.own)
    verdict = _judge(table, facts, replace(read, frame=named))
    return _found(table, path.name, read.workbook, read.remarks, facts, verdict, minted)


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
    findings = [
        f for verdict in report.verdicts if verdict.table is table for f in verdict.findings
    ]
    return Facts(own, accepted, frozenset((f.rule, f.places) for f in findings))


def _minted(
    table: type[Table], frame: pl.DataFrame, own: pl.DataFrame
) -> tuple[dict[int, str], pl.DataFrame]:
    """Give the next free identifiers to rows that have none, in their order."""
    prefix = minted_prefix(table.key[0]) if table.key else ""
    if not prefix:
        return {}, frame
    name = table.key[0].name
    known = pl.concat([own.get_column(name), frame.get_column(name)])
    number = known.str.extract(rf"^{prefix}-([0-9]{{4}})$").cast(pl.Int64).max()
    last = number if isinstance(number, int) else 0
    minted: dict[int, str] = {}
    values: list[str] = []
    for value, place in frame.select(name, ORIGIN[1]).iter_rows():
        if value:
            values.append(value)
            continue
        last += 1
        values.append(f"{prefix}-{last:04}")
        minted[_row_of(place)] = values[-1]
    return minted, frame.with_columns(pl.Series(name, values, dtype=pl.String))


def _judge(table: type[Table], facts: Facts, read: Tabular) -> Verdict:
    """The gate's word on the facts with these rows put in."""
    names = [*(column.name for column in table.columns), *ORIGIN]
    keys = [column.name for column in table.key]
    kept = facts.own.join(read.frame, on=keys, how="anti", maintain_order="left").select(names)
    whole = pl.concat([kept, read.frame.select(names)])
    unread = read.unread.with_columns(pl.col("_row") + kept.height)
    return check(table, whole, facts.accepted, unread=unread)


def _found(
    table: type[Table],
    file: str,
    found: Found,
    remarks: tuple[Text, ...],
    facts: Facts,
    verdict: Verdict,
    minted: Mapping[int, str],
) -> Intake:
    """What the verdict says of the rows of the workbook."""
    accepted = verdict.accepted.filter(pl.col(ORIGIN[0]) == file)
    lines = verdict.rejected.filter(pl.col("source") == file)
    problems = [
        Problem(
            _row_of(line["place"]),
            tuple(str(line["column_name"] or "").split("+")),
            line["value"] or "",
            line["rule"],
            _reason(table, line),
        )
        for line in lines.iter_rows(named=True)
    ]
    whole = tuple(
        finding
        for finding in verdict.findings
        if finding.severity is not Severity.REJECT
        and (finding.rule, finding.places) not in facts.stops
    )
    problems += _named_by(table, accepted, whole)
    return Intake(
        table,
        file,
        found,
        len(found.rows),
        as_text(table, accepted),
        tuple(sorted(problems, key=lambda one: (one.row, one.columns, one.rule))),
        whole,
        {row: new for row, new in minted.items() if row not in {one.row for one in problems}},
        remarks,
        facts,
    )


def _reason(table: type[Table], line: Mapping[str, str]) -> Text:
    """The gate's sentence; for a code list, the labels that the workbook offers."""
    column = next((one for one in table.columns if one.name == line["column_name"]), None)
    if line["rule"] != "code" or column is None:
        return Text(line["reason_pl"], line["reason_en"])
    return Text(
        f"Wartości nie ma na liście. Wybierz: {'; '.join(column.values_in('pl'))}.",
        f"The value is not in the list. Choose: {'; '.join(column.values_in('en'))}.",
    )


def _named_by(
    table: type[Table], accepted: pl.DataFrame, findings: tuple[Finding, ...]
) -> list[Problem]:
    """Rows that a broken rule of the whole table names by their key."""
    if len(table.key) != 1:
        return []
    key = table.key[0].name
    row_of = dict(accepted.select(pl.col(key).cast(pl.String), ORIGIN[1]).iter_rows())
    return [
        Problem(_row_of(row_of[place]), (key,), place, finding.rule, finding.message)
        for finding in findings
        if finding.severity is Severity.BLOCK
        for place in finding.places
        if place in row_of
    ]


def _row_of(place: str) -> int:
    """The number of the row in a place such as `mid, line 7`."""
    match = _LINE.search(place)
    return int(match[1]) if match else 0


def _plain(value: Value) -> CellValue:
    return value.shown if isinstance(value, Spoilt) else value


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
