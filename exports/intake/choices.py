"""What may be chosen in a column: labels of a code list, or things that other tables name."""

from collections.abc import Mapping

import polars as pl

from schemas.columns import Column
from schemas.intake import BESIDE, YES_NO
from schemas.table import Table
from schemas.text import Text

Frames = Mapping[str, pl.DataFrame]
"""Publishable rows by table name: a workbook leaves the house."""

MAX_CHOICES = 5_000
_FORMS = {
    "date": Text("Data, na przykład 2026-01-31.", "A date, such as 2026-01-31."),
    "datetime": Text("Data i czas UTC: 2026-01-31T12:00:00.", "UTC: 2026-01-31T12:00:00."),
    "integer": Text("Liczba całkowita.", "A whole number."),
    "number": Text("Liczba.", "A number."),
}
_NAME_LENGTH = 90
_DEEP = 3


def choices(column: Column, frames: Frames) -> list[str]:
    """The texts of a drop-down list; none for a column that is written freely.

    A code is shown by its Polish label, a reference as `net-0004 · Rewitalizacja`.
    """
    if column.codes:
        return [code.label.pl for code in column.codes]
    if column.kind == "boolean":
        return [text.pl for text in YES_NO.values()]
    target = column.references
    if target is None or target.table.name not in frames:
        return []
    rows = frames[target.table.name]
    names = row_names(target.table, frames) if target.table.key == (target,) else {}
    values = rows.get_column(target.name).drop_nulls().unique().sort().cast(pl.String).to_list()
    return [shown(value, names.get(value, "")) for value in values][:MAX_CHOICES]


def shown(value: str, name: str) -> str:
    """A value with the name of the thing beside it."""
    cut = name if len(name) <= _NAME_LENGTH else name[: _NAME_LENGTH - 1] + "…"
    return f"{value}{BESIDE}{cut}" if name else value


def row_names(table: type[Table], frames: Frames) -> dict[str, str]:
    """What people call each row of a table with one key, by its key.

    That is its first free text and the names of what it refers to: a participation is named
    after city, edition and network.
    """
    return {key: ", ".join(parts) for key, parts in _name_parts(table, frames, _DEEP).items()}


def _name_parts(table: type[Table], frames: Frames, deep: int) -> dict[str, list[str]]:
    """The parts of the name of each row, every one said once."""
    if table.name not in frames or len(table.key) != 1:
        return {}
    rows = frames[table.name]
    keys = rows.get_column(table.key[0].name).cast(pl.String).to_list()
    own = _naming(table)
    first = rows.get_column(own.name).to_list() if own is not None else [None] * len(keys)
    named: list[list[str]] = [[text] if text else [] for text in first]
    for column in table.references if deep else ():
        target = column.references
        if target is None or target.table is table or column.many:
            continue
        # A document is where the row comes from, not what it is.
        if target.table.name == "documents" or target.table.key != (target,):
            continue
        names = _name_parts(target.table, frames, deep - 1)
        values = rows.get_column(column.name).cast(pl.String)
        for parts, value in zip(named, values, strict=True):
            parts += [part for part in names.get(value or "", []) if part not in parts]
    return dict(zip(keys, named, strict=True))


def _naming(table: type[Table]) -> Column | None:
    for column in table.columns:
        free = column.kind == "string" and not (column.codes or column.references or column.key)
        if free and not column.url:
            return column
    return None


def form_of(column: Column) -> Text:
    """How a value is written, in one short sentence for an office."""
    if column.codes or column.kind == "boolean":
        return Text("Wybierz z listy.", "Choose from the list.")
    if column.many:
        return Text(
            "Identyfikatory z arkusza „Listy”, rozdzielone średnikiem, bez spacji.",
            "Identifiers from the sheet 'Listy', separated by semicolons, no spaces.",
        )
    if column.references is not None:
        return Text("Wybierz z listy albo wpisz kod.", "Choose from the list or write the code.")
    if column.url:
        return Text("Pełny adres: https://…", "A full address: https://…")
    if column.kind == "string":
        longest = column.max_length or 2000
        return Text(f"Tekst do {longest} znaków.", f"A text of up to {longest} characters.")
    return _FORMS[column.kind]
