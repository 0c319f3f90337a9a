"""The gate: every row of a table is accepted, or set aside with rule, reason and place.

`check` is the only way into the warehouse. It never drops a row and never stops at the
first error. Tables too long for memory go through `schemas.bulk_gate.check_parquet`, which
says the same.
"""

import polars as pl

from schemas.columns import Column
from schemas.rowcheck import (
    ROW,
    RowCheck,
    check_rows,
    links,
    lost_references,
    reference_message,
    references_of,
    set_aside_repeated,
)
from schemas.rules import STRUCTURE_MESSAGES
from schemas.table import ScanRule, Severity, Table, TableRule, Tables
from schemas.verdict import (
    ORIGIN,
    PLACES_SHOWN,
    REJECTED_SCHEMA,
    Finding,
    Verdict,
    in_order,
)


def check(
    table: type[Table],
    frame: pl.DataFrame,
    references: Tables,
    *,
    previous_rows: int | None = None,
    unread: pl.DataFrame | None = None,
) -> Verdict:
    """Split a frame into accepted and rejected rows.

    `frame` has the table's columns, as text or typed, in any order, and may have `_source`
    and `_place`. `references` holds the accepted frames of every table referred to (KeyError
    where one is missing). `previous_rows` is the row count of the last build, if any. `unread`
    (`UNREAD_SCHEMA`) names cells that the reader of the file could not take as they stand, such
    as a formula: their rows are set aside for the reader's reason.

    Each row is in `accepted` or has its lines in `rejected`, never both. Only a frame without
    the declared columns is set aside as a whole, with a finding and no lines.
    """
    structure = structure_findings(table, frame.columns)
    if structure:
        nothing = pl.DataFrame(schema=accepted_schema(table))
        return Verdict(
            table, nothing, pl.DataFrame(schema=REJECTED_SCHEMA), structure, frame.height
        )
    known = {
        column.name: references[target.table.name][target.name]
        for column, target in references_of(table)
        if target.table is not table
    }
    state = check_rows(table, frame.with_row_index(ROW), known, unread)
    _check_key(state)
    _check_own_references(state)
    accepted = state.standing().select(*accepted_schema(table))
    accepted = accepted.sort([column.name for column in table.key])
    for rule in table.rules:
        if isinstance(rule, TableRule):
            _check_table_rule(state, rule, accepted, references)
    if any(isinstance(rule, ScanRule) for rule in table.rules):
        state.findings.extend(_scanned(table, accepted))
    state.findings.extend(loss_findings(table, accepted.height, previous_rows))
    rejected = state.rejected().drop(ROW)
    return Verdict(table, accepted, rejected, in_order(table, state.findings), frame.height)


def accepted_schema(table: type[Table]) -> dict[str, pl.DataType]:
    """Columns of an accepted frame: the declared ones typed, then `_source` and `_place`."""
    return {**table.schema(), **dict.fromkeys(ORIGIN, pl.String())}


def structure_findings(table: type[Table], names: list[str]) -> tuple[Finding, ...]:
    """Columns that are unknown or missing: they stop the table."""
    declared = {column.name for column in table.columns}
    present = set(names) - set(ORIGIN)
    found = {"unknown_column": present - declared, "missing_column": declared - present}
    return tuple(
        Finding(
            table.name,
            rule,
            Severity.BLOCK,
            STRUCTURE_MESSAGES[rule],
            len(columns),
            tuple(sorted(columns)),
        )
        for rule, columns in found.items()
        if columns
    )


def loss_findings(
    table: type[Table], accepted_rows: int, previous_rows: int | None
) -> tuple[Finding, ...]:
    """A finding that stops the table where too many rows are gone since the last build."""
    if not previous_rows or accepted_rows >= previous_rows * (1 - table.max_loss):
        return ()
    return (
        Finding(
            table.name,
            "shrunk",
            Severity.BLOCK,
            STRUCTURE_MESSAGES["shrunk"].fill(
                before=previous_rows, after=accepted_rows, table=table.name
            ),
            previous_rows - accepted_rows,
        ),
    )


def _check_key(state: RowCheck) -> None:
    """Keys are compared among all rows: a copy that is bad itself makes the good one doubtful."""
    names = [column.name for column in state.table.key]
    keyed = state.frame.filter(pl.all_horizontal(pl.col(names).is_not_null()))
    set_aside_repeated(state, keyed.filter(pl.struct(names).is_duplicated()))


def _check_own_references(state: RowCheck) -> None:
    """Set aside rows that refer to a row of this table that is not accepted.

    A row set aside is no target any more, so those that refer to it fall with it.
    """
    inward = [pair for pair in references_of(state.table) if pair[1].table is state.table]
    standing = state.standing()
    if all(
        lost_references(standing, column, standing[target.name]).is_empty()
        for column, target in inward
    ):
        return
    left = standing.filter(pl.col(ROW).is_in(_fallen(standing, inward)).not_())
    for column, target in inward:
        lost = lost_references(standing, column, left[target.name])
        state.set_aside(lost, "reference", column.name, reference_message(target))


def _fallen(standing: pl.DataFrame, inward: list[tuple[Column, Column]]) -> list[int]:
    """Numbers of the rows that lose their target, at first or in turn.

    One walk along all references: joining again for each link of a chain would take hours
    for a long one, and a source may hold anything.
    """
    referring: dict[int, list[int]] = {}
    lost: list[int] = []
    for column, target in inward:
        row_of = dict(zip(standing[target.name], standing[ROW], strict=True))
        for row, value in links(standing, column).iter_rows():
            if value in row_of:
                referring.setdefault(row_of[value], []).append(row)
            else:
                lost.append(row)
    fallen: set[int] = set()
    while lost:
        row = lost.pop()
        if row not in fallen:
            fallen.add(row)
            lost.extend(referring.get(row, ()))
    return sorted(fallen)


def _check_table_rule(
    state: RowCheck, rule: TableRule, accepted: pl.DataFrame, references: Tables
) -> None:
    broken = rule.broken(accepted, references)
    if broken:
        places = tuple(broken[:PLACES_SHOWN])
        state.findings.append(
            Finding(state.table.name, rule.name, rule.severity, rule.message, len(broken), places)
        )


def _scanned(table: type[Table], accepted: pl.DataFrame) -> tuple[Finding, ...]:
    # Imported here: DuckDB takes a fifth of a second, and `pim check` has no need of it.
    import duckdb

    from schemas.arrow import register
    from schemas.scan import ACCEPTED, scan_findings

    with duckdb.connect() as connection:
        register(connection, ACCEPTED, accepted)
        return scan_findings(connection, table)
