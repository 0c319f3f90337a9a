"""What the gate can say of rows one by one: types, cell rules, row rules, references outward.

It needs no other row of the table, so a long table is judged batch by batch
(`schemas.bulk_gate`) just as a short one is at once (`schemas.gate`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from schemas.casting import cast_column, lost_in_cast
from schemas.columns import LIST_SEPARATOR, Column
from schemas.rules import KIND_NAMES, STRUCTURE_MESSAGES, cell_rules
from schemas.table import RowRule, Severity, Table
from schemas.text import Text
from schemas.verdict import ORIGIN, PLACES_SHOWN, REJECTED_SCHEMA, UNREAD_SCHEMA, Finding

ROW = "_row"
"""The number of a row in the frame as it came, from 0."""
_NO_LINES = pl.DataFrame(schema={ROW: pl.get_index_type(), **REJECTED_SCHEMA})
_FEW_ROWS = 20_000
"""Up to here one expression over all cells is faster than the distinct values of each column."""

Known = Mapping[str, pl.Series]
"""By column name: the values that a reference to another table may have."""


@dataclass
class RowCheck:
    """Rows under judgement, and what was found so far.

    `given` is the frame as it came with `_row`; `frame` has the declared columns typed, the
    raw ones as `raw:<name>`, `_source`, `_place` and `_row`.
    """

    table: type[Table]
    given: pl.DataFrame
    frame: pl.DataFrame
    findings: list[Finding] = field(default_factory=list)
    bad: list[pl.DataFrame] = field(default_factory=list)

    def set_aside(self, rows: pl.DataFrame, rule: str, column: str, message: Text) -> None:
        """Note rows (`_row`, `value`) that break a rule, with a finding."""
        if rows.is_empty():
            return
        self.bad.append(
            rows.select(
                ROW,
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
        """Add a finding for rows that break a rule; its places are where the first ones stand."""
        if rows.is_empty():
            return
        first = rows.select(pl.col(ROW).sort().head(PLACES_SHOWN))
        shown = first.join(self.frame, on=ROW, how="left", maintain_order="left").select(
            pl.concat_str(ORIGIN, separator=", ", ignore_nulls=True).replace("", None),
            key_text(self.table).alias("key"),
        )
        places = shown.select(pl.coalesce(pl.all())).to_series().to_list()
        self.findings.append(
            Finding(self.table.name, rule, severity, message, rows.height, tuple(places), column)
        )

    def standing(self) -> pl.DataFrame:
        """Rows that no rule has set aside yet, in their order."""
        if not self.bad:
            return self.frame
        rows = pl.concat([bad.select(ROW) for bad in self.bad]).unique()
        return self.frame.join(rows, on=ROW, how="anti", maintain_order="left")

    def rejected(self) -> pl.DataFrame:
        """One line a broken rule, with `_row`, in the order of the rows as they came."""
        if not self.bad:
            return _NO_LINES
        names = [column.name for column in self.table.columns]
        lines = pl.concat(self.bad)
        rows = lines.select(ROW).unique()
        as_came = self.given.join(rows, on=ROW).select(
            ROW,
            pl.struct(pl.col(names).cast(pl.String)).struct.json_encode().alias("row"),
            key_text(self.table).alias("row_key"),
        )
        origin = self.frame.join(rows, on=ROW).select(
            ROW, pl.col(ORIGIN[0]).alias("source"), pl.col(ORIGIN[1]).alias("place")
        )
        return (
            lines.with_columns(pl.lit(self.table.name).alias("table_name"))
            .join(as_came, on=ROW)
            .join(origin, on=ROW)
            .sort(ROW, "column_name", "rule")
            .select(ROW, *REJECTED_SCHEMA)
        )


def check_rows(
    table: type[Table], given: pl.DataFrame, known: Known, unread: pl.DataFrame | None = None
) -> RowCheck:
    """Judge rows (raw columns and `_row`) by all rules that look at one row alone.

    `known` holds the values of every reference to another table, `unread` the cells that the
    reader has already refused. Cells are judged all, then references where the cell was sound,
    and row rules where all cells were.
    """
    state = RowCheck(table, given, typed_frame(table, given))
    if given.is_empty():
        return state
    if unread is not None:
        _take_unread(state, unread)
    _check_casts(state)
    _check_cells(state)
    sound = state.standing()
    for column, target in references_of(table):
        if column.name in known:
            _check_outward(state, column, target, known[column.name])
    for rule in table.rules:
        if isinstance(rule, RowRule):
            _check_row_rule(state, sound, rule)
    return state


def references_of(table: type[Table]) -> list[tuple[Column, Column]]:
    """The referring columns, each with its target."""
    return [(column, column.references) for column in table.references if column.references]


def typed_frame(table: type[Table], given: pl.DataFrame) -> pl.DataFrame:
    """Declared columns typed, raw ones kept as `raw:<name>`, `_source`, `_place`, `_row`."""
    origin = [
        pl.col(name).cast(pl.String) if name in given.columns else pl.lit(None, pl.String)
        for name in ORIGIN
    ]
    return given.select(
        *(cast_column(column, given.schema[column.name]) for column in table.columns),
        *(pl.col(column.name).alias(f"raw:{column.name}") for column in table.columns),
        *(expression.alias(name) for expression, name in zip(origin, ORIGIN, strict=True)),
        ROW,
    )


def lost_references(cells: pl.DataFrame, column: Column, known: pl.Series) -> pl.DataFrame:
    """Rows (`_row`, `value`) whose reference is not among the known values.

    `cells` has `_row` and the column; of several missing members all are named.
    """
    # Distinct values first: a million rows refer to a few thousand things.
    found = cells[column.name].unique()
    if column.many:
        found = found.str.split(LIST_SEPARATOR).explode().unique()
    missing = found.filter(~found.is_in(known.implode())).drop_nulls().to_frame("value")
    if missing.is_empty():
        return pl.DataFrame(schema={ROW: cells.schema[ROW], "value": pl.String()})
    members = pl.col("value").cast(pl.String).sort().str.join(LIST_SEPARATOR)
    lost = links(cells, column).join(missing, on="value", how="semi")
    return lost.group_by(ROW).agg(members).sort(ROW)


def links(cells: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Each reference of a column as `_row` and `value`; a row with several has several."""
    values = cells.select(ROW, column.col.alias("value")).drop_nulls("value")
    if not column.many:
        return values
    return values.with_columns(pl.col("value").str.split(LIST_SEPARATOR)).explode("value")


def set_aside_repeated(state: RowCheck, rows: pl.DataFrame) -> None:
    """Set aside every row of a repeated key: which one is right is not for us to guess."""
    if rows.is_empty():
        return
    names = [column.name for column in state.table.key]
    keys = rows.select(ROW, key_text(state.table).alias("value"))
    state.set_aside(keys, "key", "+".join(names), STRUCTURE_MESSAGES["key"])


def reference_message(target: Column) -> Text:
    """The sentence for a reference that is not found."""
    return STRUCTURE_MESSAGES["reference"].fill(
        target=target.table.name, target_pl=target.table.name_pl
    )


def key_text(table: type[Table]) -> pl.Expr:
    """The key of a row as rejected rows and findings show it."""
    return pl.concat_str(
        [column.col.cast(pl.String).fill_null("?") for column in table.key], separator=" | "
    )


def _take_unread(state: RowCheck, unread: pl.DataFrame) -> None:
    """Set aside what the reader refused, each reason of a column at once."""
    names = [name for name in UNREAD_SCHEMA if name not in {ROW, "value"}]
    for key, rows in unread.group_by(names, maintain_order=True):
        rule, column, reason_pl, reason_en = map(str, key)
        numbered = rows.select(pl.col(ROW).cast(state.frame.schema[ROW]), "value")
        state.set_aside(numbered, rule, column, Text(reason_pl, reason_en))


def _check_casts(state: RowCheck) -> None:
    for column in _lossy(state):
        given, kind = state.given.schema[column.name], KIND_NAMES[column.kind]
        lost = state.frame.filter(lost_in_cast(column, given)).select(
            ROW, pl.col(f"raw:{column.name}").alias("value")
        )
        lost = _not_yet(state, lost, column)
        message = STRUCTURE_MESSAGES["type"].fill(kind_pl=kind.pl, kind_en=kind.en)
        state.set_aside(lost, "type", column.name, message)


def _lossy(state: RowCheck) -> list[Column]:
    """The columns that lost a cell in the cast, found in one scan."""
    lost: dict[str, pl.Expr] = {}
    for column in state.table.columns:
        given = state.given.schema[column.name]
        if given != column.dtype or isinstance(given, pl.Date | pl.Datetime):
            lost[column.name] = lost_in_cast(column, given).any()
    found = state.frame.select(**lost).row(0, named=True) if lost else {}
    return [column for column in state.table.columns if found.get(column.name)]


def _not_yet(state: RowCheck, rows: pl.DataFrame, column: Column) -> pl.DataFrame:
    """The rows whose cell of this column nothing is said against yet."""
    if not state.bad:
        return rows
    broken = pl.concat(state.bad).filter(column_name=column.name)
    return rows.join(broken, on=ROW, how="anti", maintain_order="left")


def _suspects(state: RowCheck) -> pl.DataFrame:
    """Rows with a cell that breaks a rule of its column, found fast; the model says which rule.

    One scan by the model's own expressions, of many rows over the distinct values of a text
    column: the pandera model takes 0.05 s for a handful of rows, and for millions 3 times as long.
    """
    if state.frame.height <= _FEW_ROWS:
        judged = [~rule.good for column in state.table.columns for rule in cell_rules(column)] + [
            column.col.is_null() for column in state.table.columns if not column.null
        ]
        return state.frame.filter(pl.any_horizontal(pl.lit(value=False), *judged))
    suspects = pl.lit(value=False)
    for column in state.table.columns:
        values = state.frame.select(column.col.unique() if column.kind == "string" else column.col)
        bad = [~rule.good for rule in cell_rules(column)]
        broken = values.filter(pl.any_horizontal(pl.lit(value=False), *bad))
        if not broken.is_empty():
            suspects |= column.col.is_in(broken.to_series().unique().implode())
        if not column.null:
            suspects |= column.col.is_null()
    return state.frame.filter(suspects)


def _check_cells(state: RowCheck) -> None:
    """Nullability and cell rules, by the pandera model; cells lost in the cast are left out."""
    rows = _suspects(state)
    if rows.is_empty():
        return
    # Imported here: pandera takes half a second, and most builds have nothing to complain of.
    from pandera.errors import SchemaErrors

    from schemas.derive.pandera_model import pandera_model

    try:
        pandera_model(state.table).validate(rows.select(*state.table.schema()), lazy=True)
    except SchemaErrors as error:
        failed = pl.DataFrame(error.failure_cases)
    else:
        return
    numbers = rows.select(ROW).with_row_index("index")
    cases = failed.select(
        pl.col("column").alias("column_name"),
        pl.col("check").alias("rule"),
        pl.col("index").cast(numbers.schema["index"]),
    ).join(numbers, on="index")
    if state.bad:
        lost = pl.concat(state.bad).select(ROW, "column_name")
        cases = cases.join(lost, on=[ROW, "column_name"], how="anti")
    for column in state.table.columns:
        _set_aside_cells(state, column, cases.filter(column_name=column.name))


def _set_aside_cells(state: RowCheck, column: Column, cases: pl.DataFrame) -> None:
    messages = {rule.name: rule.message for rule in cell_rules(column)}
    messages["not_nullable"] = STRUCTURE_MESSAGES["not_nullable"]
    raw = pl.col(f"raw:{column.name}").alias("value")
    for rule, message in messages.items():
        rows = cases.filter(rule=rule).select(ROW)
        if not rows.is_empty():
            values = rows.join(state.frame.select(ROW, raw), on=ROW).sort(ROW)
            state.set_aside(values, rule, column.name, message)


def _check_outward(state: RowCheck, column: Column, target: Column, known: pl.Series) -> None:
    lost = lost_references(_not_yet(state, state.frame, column), column, known)
    state.set_aside(lost, "reference", column.name, reference_message(target))


def _check_row_rule(state: RowCheck, sound: pl.DataFrame, rule: RowRule) -> None:
    shown = pl.concat_str(
        [column.col.cast(pl.String).fill_null("") for column in rule.columns], separator=" | "
    )
    broken = sound.filter(~rule.good).select(ROW, shown.alias("value"))
    columns = "+".join(column.name for column in rule.columns)
    if rule.severity is Severity.REJECT:
        state.set_aside(broken, rule.name, columns, rule.message)
    else:
        state.note(broken, rule.name, rule.severity, columns, rule.message)
