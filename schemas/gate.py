"""The gate: every row of a table is accepted, or set aside with rule, reason and place.

`check` is the only way into the warehouse. It never drops a row and never stops at the
first error.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from schemas.casting import cast_column, lost_in_cast
from schemas.columns import LIST_SEPARATOR, Column
from schemas.rules import KIND_NAMES, STRUCTURE_MESSAGES, cell_rules
from schemas.table import RowRule, Severity, Table, TableRule, Tables
from schemas.text import Text
from schemas.verdict import ORIGIN, PLACES_SHOWN, REJECTED_SCHEMA, Finding, Verdict


@dataclass
class _Check:
    """The state of one check: rows still standing, and what was found."""

    table: type[Table]
    frame: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)
    bad: list[pl.DataFrame] = field(default_factory=list)

    def set_aside(self, rows: pl.DataFrame, rule: str, column: str, message: Text) -> None:
        """Note rows (`_row`, `value`, origin) that break a rule."""
        if rows.is_empty():
            return
        self.bad.append(
            rows.select(
                "_row",
                pl.lit(rule).alias("rule"),
                pl.lit(column).alias("column_name"),
                pl.col("value").cast(pl.String),
                pl.lit(message.pl).alias("reason_pl"),
                pl.lit(message.en).alias("reason_en"),
            )
        )
        self.note(rows, rule, Severity.REJECT, column, message)

    def note(
        self, rows: pl.DataFrame, rule: str, severity: Severity, column: str, message: Text
    ) -> None:
        """Add a finding for rows that break a rule."""
        places = rows.head(PLACES_SHOWN).join(self.frame, on="_row", how="left")
        shown = places.select(pl.concat_str(ORIGIN, separator=", ", ignore_nulls=True))
        self.findings.append(
            Finding(
                self.table.name,
                rule,
                severity,
                message,
                rows.height,
                tuple(place for place in shown.to_series().to_list() if place),
                column,
            )
        )

    def standing(self) -> pl.DataFrame:
        """Rows that no rule has set aside yet."""
        if not self.bad:
            return self.frame
        rows = pl.concat([bad.select("_row") for bad in self.bad]).unique()
        return self.frame.join(rows, on="_row", how="anti", maintain_order="left")


def check(
    table: type[Table],
    frame: pl.DataFrame,
    references: Tables,
    *,
    previous_rows: int | None = None,
) -> Verdict:
    """Split a frame into accepted and rejected rows.

    `frame` has the table's columns, as text or typed, in any order, and may have `_source`
    and `_place`. `references` holds the accepted frames of every table referred to (KeyError
    where one is missing). `previous_rows` is the row count of the last build, if any.
    """
    structure = _structure_findings(table, frame)
    if structure:
        empty = _finish(table, frame.clear())
        return Verdict(table, empty, pl.DataFrame(schema=REJECTED_SCHEMA), structure, frame.height)
    state = _Check(table, _typed(table, frame))
    _check_casts(state)
    _check_cells(state)
    for rule in table.rules:
        if isinstance(rule, RowRule):
            _check_row_rule(state, rule)
    _check_key(state)
    for column in table.references:
        _check_reference(state, column, references)
    accepted = _finish(table, state.standing())
    for rule in table.rules:
        if isinstance(rule, TableRule):
            _check_table_rule(state, rule, accepted, references)
    _check_loss(state, accepted, previous_rows)
    rejected = _rejected(table, state, frame)
    return Verdict(table, accepted, rejected, tuple(state.findings), frame.height)


def _structure_findings(table: type[Table], frame: pl.DataFrame) -> tuple[Finding, ...]:
    declared = {column.name for column in table.columns}
    present = set(frame.columns) - set(ORIGIN)
    found = {"unknown_column": present - declared, "missing_column": declared - present}
    return tuple(
        Finding(
            table.name,
            rule,
            Severity.BLOCK,
            STRUCTURE_MESSAGES[rule],
            len(names),
            tuple(sorted(names)),
        )
        for rule, names in found.items()
        if names
    )


def _typed(table: type[Table], frame: pl.DataFrame) -> pl.DataFrame:
    """Declared columns typed, raw ones kept as `raw:<name>`, origin and `_row` added."""
    origin = [
        pl.col(name) if name in frame.columns else pl.lit(None, pl.String).alias(name)
        for name in ORIGIN
    ]
    raw = [pl.col(column.name).alias(f"raw:{column.name}") for column in table.columns]
    typed = [cast_column(column, frame.schema[column.name]) for column in table.columns]
    return frame.select(*typed, *raw, *origin).with_row_index("_row")


def _check_casts(state: _Check) -> None:
    for column in state.table.columns:
        kind = KIND_NAMES[column.kind]
        lost = state.frame.filter(lost_in_cast(column)).select(
            "_row", pl.col(f"raw:{column.name}").alias("value")
        )
        message = STRUCTURE_MESSAGES["type"].fill(kind_pl=kind.pl, kind_en=kind.en)
        state.set_aside(lost, "type", column.name, message)


def _check_cells(state: _Check) -> None:
    """Types, nullability and cell rules, by the pandera model."""
    # Imported here: pandera takes half a second, and most commands never check a row.
    from pandera.errors import SchemaErrors

    from schemas.derive.pandera_model import pandera_model

    rows = state.standing()
    names = [column.name for column in state.table.columns]
    try:
        pandera_model(state.table).validate(rows.select(names), lazy=True)
    except SchemaErrors as error:
        cases = pl.DataFrame(error.failure_cases)
    else:
        return
    messages = {
        (column.name, rule.name): rule.message
        for column in state.table.columns
        for rule in cell_rules(column)
    }
    numbered = rows.select("_row").with_row_index("index")
    cases = cases.with_columns(pl.col("index").cast(pl.UInt32)).join(numbered, on="index")
    for (column_name, rule_name), failed in sorted(
        cases.group_by("column", "check", maintain_order=True),
        key=lambda group: (names.index(str(group[0][0])), str(group[0][1])),
    ):
        message = messages.get((str(column_name), str(rule_name)))
        rule = str(rule_name)
        failed_rows = failed.sort("_row").select("_row", pl.col("failure_case").alias("value"))
        state.set_aside(failed_rows, rule, str(column_name), message or STRUCTURE_MESSAGES[rule])


def _check_row_rule(state: _Check, rule: RowRule) -> None:
    columns = "+".join(column.name for column in rule.columns)
    shown = pl.concat_str(
        [column.col.cast(pl.String).fill_null("") for column in rule.columns], separator=" | "
    )
    broken = state.standing().filter(~rule.good).select("_row", shown.alias("value"))
    if broken.is_empty():
        return
    if rule.severity is Severity.REJECT:
        state.set_aside(broken, rule.name, columns, rule.message)
    else:
        state.note(broken, rule.name, rule.severity, columns, rule.message)


def _check_key(state: _Check) -> None:
    """Every row of a repeated key is set aside: which one is right is not for us to guess."""
    names = [column.name for column in state.table.key]
    keyed = state.frame.filter(pl.all_horizontal(pl.col(names).is_not_null()))
    repeated = keyed.filter(pl.struct(names).is_duplicated()).select(
        "_row", pl.concat_str(pl.col(names).cast(pl.String), separator=" | ").alias("value")
    )
    state.set_aside(repeated, "key", "+".join(names), STRUCTURE_MESSAGES["key"])


def _check_reference(state: _Check, column: Column, references: Tables) -> None:
    """Set aside rows whose target is missing; in its own table, until no row loses its target."""
    target = column.references
    if target is None:
        return
    if target.table is not state.table:
        _set_aside_lost(state, column, target, references[target.table.name])
        return
    while _set_aside_lost(state, column, target, state.standing()):
        pass


def _set_aside_lost(state: _Check, column: Column, target: Column, frame: pl.DataFrame) -> bool:
    known = frame.select(target.col.alias("value")).unique()
    cells = state.standing().select("_row", column.col.alias("value")).drop_nulls()
    if column.many:
        cells = cells.with_columns(pl.col("value").str.split(LIST_SEPARATOR)).explode("value")
    lost = cells.join(known, on="value", how="anti").unique("_row", keep="first").sort("_row")
    message = STRUCTURE_MESSAGES["reference"].fill(
        target=target.table.name, target_pl=target.table.name_pl
    )
    state.set_aside(lost, "reference", column.name, message)
    return not lost.is_empty()


def _check_table_rule(
    state: _Check, rule: TableRule, accepted: pl.DataFrame, references: Tables
) -> None:
    broken: Sequence[str] = rule.broken(accepted, references)
    if broken:
        state.findings.append(
            Finding(
                state.table.name,
                rule.name,
                rule.severity,
                rule.message,
                len(broken),
                tuple(broken[:PLACES_SHOWN]),
            )
        )


def _check_loss(state: _Check, accepted: pl.DataFrame, previous_rows: int | None) -> None:
    if previous_rows and accepted.height < previous_rows * (1 - state.table.max_loss):
        state.findings.append(
            Finding(
                state.table.name,
                "shrunk",
                Severity.BLOCK,
                STRUCTURE_MESSAGES["shrunk"],
                previous_rows - accepted.height,
                (f"{previous_rows} -> {accepted.height}",),
            )
        )


def _finish(table: type[Table], rows: pl.DataFrame) -> pl.DataFrame:
    """Accepted rows: declared columns in order, origin last, sorted by key."""
    present = rows.with_columns(
        pl.lit(None, pl.String).alias(name) for name in ORIGIN if name not in rows.columns
    )
    typed = present.select(
        *(pl.col(column.name).cast(column.dtype) for column in table.columns), *ORIGIN
    )
    return typed.sort([column.name for column in table.key])


def _rejected(table: type[Table], state: _Check, frame: pl.DataFrame) -> pl.DataFrame:
    """One line a broken rule, in the order of the rows as they came."""
    if not state.bad:
        return pl.DataFrame(schema=REJECTED_SCHEMA)
    names = [column.name for column in table.columns if column.name in frame.columns]
    key = [column.name for column in table.key]
    as_came = frame.with_row_index("_row").select(
        "_row",
        pl.struct(pl.col(names).cast(pl.String)).struct.json_encode().alias("row"),
        pl.concat_str(pl.col(key).cast(pl.String).fill_null("?"), separator=" | ").alias("row_key"),
    )
    origin = state.frame.select(
        "_row", pl.col("_source").alias("source"), pl.col("_place").alias("place")
    )
    lines = (
        pl.concat(state.bad)
        .with_columns(pl.lit(table.name).alias("table_name"))
        .join(as_came, on="_row")
        .join(origin, on="_row")
        .sort("_row", "column_name", "rule")
    )
    return lines.select(REJECTED_SCHEMA.keys())
