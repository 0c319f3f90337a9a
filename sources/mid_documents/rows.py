"""Rows of the tables of actions, of schedules and of stakeholders."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from schemas.tables.documents import DatePrecision
from schemas.tables.mid_documents import QUOTE, MidPart
from sources.documents.model import Grid
from sources.mid_documents import patterns
from sources.mid_documents.model import Row
from sources.mid_documents.patterns import Heads
from sources.mid_documents.people import institutions_in, is_personal, may_be_a_person
from sources.mid_documents.periods import Period, read_period
from sources.mid_documents.view import BAR, Line, View
from sources.mid_documents.words import cut, fold, without_number

KINDS = (MidPart.ACTIONS, MidPart.SCHEDULE, MidPart.STAKEHOLDERS)
_CELL_LIMIT = 60
_TERM_LIMIT = 40
_TERMS = 2


@dataclass(frozen=True)
class Shape:
    """A table of data: what its head says of its columns."""

    grid: Grid
    header_row: int
    name: int
    second: int = 0
    when: tuple[int, ...] = ()
    marks: dict[int, Period] = field(default_factory=dict)
    """Columns that stand for a quarter, month or year and are marked."""
    kind: MidPart = MidPart.ACTIONS
    """By its head alone."""


@dataclass
class Read:
    """Rows of one kind as they are collected."""

    rows: list[Row] = field(default_factory=list)
    left_out: int = 0


def shapes(view: View) -> list[Shape]:
    """The tables of data, in order. A table that goes on over a page has the head of the first."""
    found: list[Shape] = []
    last_of: dict[int, int] = {}
    for grid in view.tables:
        shape = _by_head(view, grid)
        if shape is None and found and last_of[len(found) - 1] + 1 >= grid.start:
            shape = _continued(found[-1], grid)
        if shape is not None:
            found.append(shape)
            last_of[len(found) - 1] = grid.start + len(grid.cells) - 1
    return found


def _continued(before: Shape, grid: Grid) -> Shape | None:
    """The same columns in a table that follows at once."""
    if max(grid.columns) != max(before.grid.columns):
        return None
    return Shape(grid, 0, before.name, before.second, before.when, before.marks, before.kind)


def _by_head(view: View, grid: Grid) -> Shape | None:
    """The shape that one of the first two rows gives, as a band may stand over the head."""
    for number in grid.rows[:2]:
        heads = {
            column: without_number(view.letters.read(block.text))
            for column, block in grid.row(number).items()
        }
        shape = _shape(grid, number, heads)
        if shape is not None:
            return shape
    return None


def _shape(grid: Grid, number: int, heads: dict[int, str]) -> Shape | None:
    plain = {column: fold(text).strip(" .:") for column, text in heads.items()}
    if len(plain) < 2 or any(len(text.split()) > 8 for text in plain.values()):
        return None
    marks = {c: period for c, text in plain.items() if (period := read_period(text))}
    when = tuple(c for c, text in plain.items() if c not in marks and patterns.WHEN.search(text))
    is_wide = any(patterns.ABOUT.search(text) for text in plain.values())
    names_action = any(patterns.TABLES[-1].name.search(text) for text in plain.values())
    for kind in patterns.TABLES:
        taken = {*marks, *when}
        name = _column(plain, kind.name, taken)
        if not name and kind.weak_name is not None and not names_action:
            name = _column(plain, kind.weak_name, taken)
        second = _column(plain, kind.second, {*taken, name})
        if kind.part is MidPart.STAKEHOLDERS:
            fits = bool(second) and not when and not marks
        else:
            # „Działania | Opis” is a table, „Działania | Cele” may be two labels of a form.
            fits = bool(second or when or is_wide) or len(marks) > 1
        if name and fits:
            kept = _kind(kind, second, when, marks)
            return Shape(grid, number, name, second, when, marks, kept)
    return None


def _kind(heads: Heads, second: int, when: tuple[int, ...], marks: dict[int, Period]) -> MidPart:
    """An action with nothing but its time is a row of a schedule."""
    if heads.part is MidPart.ACTIONS and (len(marks) > 1 or (when and not second)):
        return MidPart.SCHEDULE
    return heads.part


def _column(plain: dict[int, str], pattern: re.Pattern[str], taken: set[int]) -> int:
    return next((c for c, text in plain.items() if c not in taken and pattern.search(text)), 0)


def kinds_of(shape: Shape, chapter: Sequence[MidPart]) -> tuple[MidPart, ...]:
    """As what a table is read, in the chapter that it stands in; none for other chapters' tables.

    The chapter decides between actions and schedule, and one of both gives both. What is done for
    communication, or against a risk, is no action of the plan.
    """
    if shape.kind is MidPart.STAKEHOLDERS:
        fits = not chapter or MidPart.STAKEHOLDERS in chapter
        return (MidPart.STAKEHOLDERS,) if fits else ()
    both = tuple(part for part in (MidPart.ACTIONS, MidPart.SCHEDULE) if part in chapter)
    if MidPart.SCHEDULE in both and not (shape.when or shape.marks):
        return (MidPart.ACTIONS,) if MidPart.ACTIONS in both else ()
    return both if chapter else (shape.kind,)


def read_rows(view: View, shape: Shape, part: MidPart, read: Read) -> None:
    """Add the rows of a table, read as those of `part`."""
    table = view.blocks[shape.grid.start].table
    lines = {
        (line.block.row, line.block.column): line
        for line in view.lines[shape.grid.start :]
        if line.block.table == table
    }
    for number in shape.grid.rows:
        if number <= shape.header_row:
            continue
        cells = {c: lines[number, c] for c in shape.grid.row(number)}
        if shape.name not in cells or len(cells) < 2:
            continue
        row = _row(view, shape, part, cells)
        if row is None:
            read.left_out += 1
        elif row.name:
            read.rows.append(row)
            who = cells.get(shape.second)
            read.left_out += who is not None and not row.second and is_personal(who.text)


def _row(view: View, shape: Shape, part: MidPart, cells: dict[int, Line]) -> Row | None:
    """One row; nothing where its name is that of a person."""
    line = cells[shape.name]
    second = _second(part, cells[shape.second].text) if shape.second in cells else ""
    written = {c: cut(cells[c].text, _TERM_LIMIT) for c in shape.when if c in cells}
    if len(written) > _TERMS or is_personal(" ".join(written.values())):
        written = {}
    period = _of_columns(list(written.values())) if written else None
    rule = "row_of_table"
    if shape.marks and not written:
        marked = [c for c in shape.marks if c in cells and patterns.MARK.match(cells[c].plain)]
        period = _span([shape.marks[c] for c in marked])
        rule = "row_with_marks"
    # All stands in one quote, so the name has what the rest leaves.
    rest = sum(len(text) + len(BAR) for text in (second, *written.values()) if text)
    name = cut(without_number(line.text), QUOTE - rest)
    # The whole cell is looked at: „A. Kowalska” without its number would be a bare surname.
    if is_personal(line.text) or (part is MidPart.STAKEHOLDERS and may_be_a_person(name)):
        return None
    quoted = {shape.name: name, shape.second: second}
    term = BAR.join(written.values())
    shown = [text for _, text in sorted((quoted | written).items()) if text]
    if term not in BAR.join(shown):
        # Columns of time that do not stand side by side are quoted at the end.
        shown = [text for _, text in sorted(quoted.items()) if text] + list(written.values())
    evidence = view.row_evidence(line, shown, name, f"{rule}_{period.rule}" if period else rule)
    return Row(name, second, term, period, evidence)


def _second(part: MidPart, text: str) -> str:
    if part is MidPart.STAKEHOLDERS:
        return "" if is_personal(text) or may_be_a_person(text) else cut(text, _CELL_LIMIT)
    fitting = (name for name in institutions_in(text) if len(name) <= _CELL_LIMIT)
    return next(fitting, "")


def _of_columns(written: Sequence[str]) -> Period | None:
    """The period of one column, or of a start and an end."""
    if len(written) == 1:
        return read_period(written[0])
    periods = [read_period(text) for text in written]
    if len(periods) > 2 or None in periods:
        return None
    return _span([period for period in periods if period])


def _span(periods: Sequence[Period]) -> Period | None:
    """From the first to the last."""
    if not periods or periods[0].start is None or periods[-1].end is None:
        return None
    if periods[0].start > periods[-1].end:
        return None
    precision = max((period.precision for period in periods), key=list(DatePrecision).index)
    rule = periods[0].rule if len(periods) == 1 else f"range_{periods[0].rule}"
    return Period(periods[0].start, periods[-1].end, precision, rule)
