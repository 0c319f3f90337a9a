"""What every cell of a published CSV must keep, as SQL that is true where it does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from exports import sql
from exports.opening import Field, File
from exports.refusals import FORMULA_STARTS, MAX_CELL_BYTES
from schemas.rules import SPECIAL_SIGNS
from schemas.text import Text

_FORMS = {
    "integer": r"-?(0|[1-9]\d*)",
    "boolean": "True|False",
    "date": r"\d{4}-\d{2}-\d{2}",
    "datetime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}",
}
_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}


@dataclass(frozen=True)
class CellCheck:
    """A check of one column: its name, SQL that is true for a bad cell, and the sentence."""

    rule: str
    field: Field
    bad: str
    message: Text


def among(values: tuple[str, ...]) -> str:
    """The SQL list of texts; a list that nothing is in when there are none."""
    return "(" + (", ".join(sql.literal(value) for value in values) or "NULL") + ")"


def sql_type(field: Field) -> str:
    """The type of a column in SQL; of a kind that is not known, text."""
    return (
        f"DECIMAL(18,{field.decimals})"
        if field.kind == "number"
        else _TYPES.get(field.kind, "VARCHAR")
    )


def sql_types(file: File) -> list[tuple[str, str]]:
    """The columns of the Parquet file of a table: names and types."""
    return [(field.name, sql_type(field)) for field in file.fields]


def typed(field: Field, file: File) -> str:
    """The SQL value of a cell: null for a missing one, and for one that does not fit."""
    column = sql.name(field.name)
    # TRY_CAST has no form of its own here: cells that it would read leniently fail `form`.
    fitting = f"TRY_CAST({column} AS {sql_type(field)})"
    return f"CASE WHEN {column} NOT IN {among(file.missing)} THEN {fitting} END"


def form(field: Field) -> str | None:
    """The pattern that each cell of a column with a form must match; None for free text."""
    if field.kind == "number":
        return rf"-?\d+\.\d{{{field.decimals}}}" if field.decimals else r"-?\d+"
    return _FORMS.get(field.kind)


def _limits(field: Field, column: str, value: str) -> Iterator[CellCheck]:
    limits = field.constraints
    enum, pattern, longest = limits.get("enum"), limits.get("pattern"), limits.get("maxLength")
    if isinstance(enum, list):
        labels = tuple(str(label) for label in enum)
        yield CellCheck(
            "enum",
            field,
            f"{column} NOT IN {among(labels)}",
            Text("Wartości nie ma na liście.", "The value is not in the list."),
        )
    if isinstance(pattern, str):
        yield CellCheck(
            "pattern",
            field,
            f"NOT regexp_full_match({column}, {sql.literal(pattern)})",
            Text("Wartość nie pasuje do wzoru.", "The value does not match the pattern."),
        )
    if isinstance(longest, int):
        yield CellCheck(
            "max_length",
            field,
            f"length({column}) > {longest}",
            Text("Tekst jest za długi.", "The text is too long."),
        )
    for limit, sign in (("minimum", "<"), ("maximum", ">")):
        bound = limits.get(limit)
        if isinstance(bound, int):
            yield CellCheck(
                limit,
                field,
                f"{value} {sign} {bound}",
                Text("Liczba jest poza zakresem.", "The number is out of range."),
            )


def cell_checks(file: File, field: Field) -> Iterator[CellCheck]:
    """The checks of one column, those of the portal first."""
    column, value = sql.name(field.name), typed(field, file)
    present = f"{column} NOT IN {among(file.missing)}"
    yield CellCheck(
        "empty",
        field,
        f"{column} = ''",
        Text("Komórka jest pusta.", "The cell is empty."),
    )
    yield CellCheck(
        "undeclared_sign",
        field,
        f"{column} IN {among(tuple(sign for sign in SPECIAL_SIGNS if sign not in file.missing))}",
        Text("Znak umowny nie jest zadeklarowany.", "The special sign is not declared."),
    )
    if field.required:
        yield CellCheck(
            "required",
            field,
            f"NOT ({present})",
            Text("Brakuje wymaganej wartości.", "A required value is missing."),
        )
    shape = form(field)
    if shape is not None:
        yield CellCheck(
            "form",
            field,
            f"{present} AND NOT regexp_full_match({column}, {sql.literal(shape)}) "
            f"OR {present} AND {value} IS NULL",
            Text("Zapis wartości jest niewłaściwy.", "The value is not of its form."),
        )
    else:
        starts = among(FORMULA_STARTS)
        yield CellCheck(
            "formula",
            field,
            f"{present} AND left({column}, 1) IN {starts}",
            Text("Arkusz uzna komórkę za formułę.", "A spreadsheet takes the cell for a formula."),
        )
        yield CellCheck(
            "too_long",
            field,
            f"strlen({column}) > {MAX_CELL_BYTES}",
            Text("Komórka ma ponad {n} bajtów.", "The cell has over {n} bytes.").fill(
                n=MAX_CELL_BYTES
            ),
        )
    for limit in _limits(field, column, value):
        yield CellCheck(limit.rule, field, f"{present} AND ({limit.bad})", limit.message)


def header_problem(header: list[str]) -> Text | None:
    """What is wrong with the names in a header: doubled, or not ASCII snake case."""
    odd = [name for name in header if not re.fullmatch(r"[a-z][a-z0-9_]*", name)]
    if odd or len(set(header)) != len(header):
        return Text(
            "Nazwy kolumn mają być różne i złożone z małych liter, cyfr i podkreśleń.",
            "Column names must differ and be made of small letters, digits and underscores.",
        )
    return None
