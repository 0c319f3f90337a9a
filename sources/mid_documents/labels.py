"""Labels: `Miasto: Żyrardów`, a form's left cell, or a heading with the value below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.tables.mid_documents import MidField
from sources.documents.model import Kind
from sources.mid_documents import patterns
from sources.mid_documents.view import Line, View
from sources.mid_documents.words import fold, without_number

_MOST_BELOW = 6


@dataclass(frozen=True, slots=True)
class Labelled:
    """A value beside its label; `line` is where the value stands."""

    field: MidField
    text: str
    line: Line
    rule: str


def field_of(label: str) -> MidField | None:
    """The field that a label announces."""
    plain = fold(without_number(label)).strip(" .:-*")
    for field, pattern in patterns.LABELS.items():
        if pattern.fullmatch(plain):
            return field
    return None


def labelled(view: View, data_tables: set[int]) -> Iterator[Labelled]:
    """All labelled values in order; tables of data (by number) have heads, not labels."""
    lines = view.lines
    for line in lines:
        if line.kind is Kind.CELL:
            if line.block.table not in data_tables:
                yield from _in_form(lines, line)
            continue
        label, colon, value = line.text.partition(":")
        field = field_of(label)
        if field is None:
            continue
        if value.strip():
            yield Labelled(field, value.strip(), line, "label")
        elif colon or line.kind is Kind.HEADING:
            yield from _below(lines, line, field)


def _in_form(lines: Sequence[Line], line: Line) -> Iterator[Labelled]:
    """A label in a cell: its value stands after a colon, or in the next cell of the row."""
    label, _, value = line.text.partition(":")
    field = field_of(label)
    if field is None:
        return
    if value.strip():
        yield Labelled(field, value.strip(), line, "label_in_cell")
        return
    after = lines[line.index + 1] if line.index + 1 < len(lines) else None
    if after is not None and (after.block.table, after.block.row) == (
        line.block.table,
        line.block.row,
    ):
        yield Labelled(field, after.text, after, "label_of_form")


def _below(lines: Sequence[Line], line: Line, field: MidField) -> Iterator[Labelled]:
    """The lines below a label that stands alone: authors may be many, the rest is one line."""
    most = _MOST_BELOW if field is MidField.INSTITUTION else 1
    for after in lines[line.index + 1 : line.index + 1 + most]:
        if after.kind in (Kind.HEADING, Kind.CELL) or field_of(after.text.partition(":")[0]):
            return
        yield Labelled(field, after.text, after, "below_label")
