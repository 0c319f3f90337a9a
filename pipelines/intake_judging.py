"""Rows of a workbook held against the gate together with the facts that they add to."""

import re
from collections.abc import Mapping

import polars as pl

from exports.intake.checked import Problem
from exports.intake.facts import as_text
from pipelines.intake_result import Facts, Intake
from schemas.gate import check
from schemas.intake import minted_prefix
from schemas.table import Severity, Table
from schemas.text import Text
from schemas.verdict import ORIGIN, Finding, Verdict
from sources.tabular.read import Tabular
from sources.tabular.workbook import Found

_LINE = re.compile(r"line (\d+)$")


def minted(
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


def judge(table: type[Table], facts: Facts, read: Tabular) -> Verdict:
    """The gate's word on the facts with these rows put in."""
    names = [*(column.name for column in table.columns), *ORIGIN]
    keys = [column.name for column in table.key]
    kept = facts.own.join(read.frame, on=keys, how="anti", maintain_order="left").select(names)
    whole = pl.concat([kept, read.frame.select(names)])
    unread = read.unread.with_columns(pl.col("_row") + kept.height)
    return check(table, whole, facts.accepted, unread=unread)


def as_intake(
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
