"""Chapters: which lines are headings of which parts, and whether anything stands below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from schemas.tables.mid_documents import MidPart
from sources.documents.model import Grid, Kind
from sources.mid_documents import patterns
from sources.mid_documents.model import PartFound
from sources.mid_documents.view import Line, View
from sources.mid_documents.words import fold, without_number

_LONGEST = {Kind.HEADING: 14, Kind.PARAGRAPH: 7, Kind.ITEM: 7, Kind.CELL: 9}
"""Words of a heading at most."""
_ENOUGH = 15
"""Letters of content below a heading at least."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that begins a chapter; `parts` is empty for chapters that are no part of a MID."""

    line: Line
    parts: tuple[MidPart, ...]
    level: int
    """As the document says; 0 where the line is an ordinary paragraph or a cell."""
    rule: str


def headings(view: View, tables: Sequence[Grid]) -> list[Heading]:
    """All headings in order. `tables` are those whose cells are rows of data, never headings."""
    data_rows = {grid.start for grid in tables}
    cells = {
        cell.index: rule
        for grid in view.tables
        if grid.start not in data_rows
        for cell, rule in _heading_cells(view, grid)
    }
    found: list[Heading] = []
    for line in view.lines:
        if line.kind is Kind.CELL:
            rule = cells.get(line.index, "")
            parts = parts_named(line.text, line.kind) if rule else ()
            # The next label of a form ends what the one before it says.
            if rule:
                found.append(Heading(line, parts, 0, rule))
        elif line.kind is Kind.HEADING:
            found.append(
                Heading(line, parts_named(line.text, line.kind), line.block.level, "heading")
            )
        elif parts := parts_named(line.text, line.kind):
            found.append(Heading(line, parts, 0, "heading_without_style"))
    return found


def parts_named(text: str, kind: Kind) -> tuple[MidPart, ...]:
    """The parts that a heading announces; none for a sentence or a line of a table of contents."""
    bare = without_number(text)
    plain = fold(bare).strip(" .:-")
    if not plain or len(plain.split()) > _LONGEST[kind] or patterns.MID.search(plain):
        return ()
    styled = kind is Kind.HEADING
    if patterns.TOC_LINE.search(plain) and not (styled and re.search(r"\s\d{1,3}$", plain)):
        return ()
    # An ordinary line that ends like a sentence, or begins in lower case, is no heading.
    if not styled and (text.rstrip().endswith((".", ";", ",")) or not bare[:1].isupper()):
        return ()
    if patterns.SENTENCE.search(plain):
        return ()
    found: dict[MidPart, None] = {}
    for chunk in _chunks(plain):
        first = [
            (match.start(), part)
            for part, pattern in patterns.HEADINGS.items()
            if (match := pattern.search(chunk)) and (styled or match.start() < 25)
        ]
        if first:
            found[min(first)[1]] = None
    return tuple(found)


def _chunks(plain: str) -> list[str]:
    """What a heading joins by „i”, unless it is one expression."""
    if patterns.HEADINGS[MidPart.COMMUNICATION].match(plain):
        return [plain]
    return [chunk for chunk in patterns.AND.split(plain) if chunk]


def _heading_cells(view: View, grid: Grid) -> Iterator[tuple[Line, str]]:
    """Cells that head something: a band over the whole width, or the left column of a form."""
    positions = {
        (line.block.row, line.block.column): line
        for line in view.lines[grid.start :]
        if line.kind is Kind.CELL and line.block.table == view.blocks[grid.start].table
    }
    for number in grid.rows:
        row = [positions[number, column] for column in sorted(grid.row(number))]
        if len(row) == 1:
            yield row[0], "band_of_table"
        elif len(grid.columns) == 2:
            yield row[0], "label_of_form"


def parts_found(view: View, found: Sequence[Heading]) -> dict[MidPart, PartFound]:
    """The parts with the heading that shows them best: one with content, else the first."""
    result: dict[MidPart, PartFound] = {}
    for at, heading in enumerate(found):
        if not heading.parts:
            continue
        has_content = _has_content(view, found, at)
        for part in heading.parts:
            known = result.get(part)
            if known is not None and (known.has_content or not has_content):
                continue
            evidence = view.evidence(heading.line, heading.line.text, heading.rule)
            if evidence is not None:
                result[part] = PartFound(has_content, evidence)
    return result


def _has_content(view: View, found: Sequence[Heading], at: int) -> bool:
    """Whether text stands below a heading, before the next one that is not below it."""
    heads = {heading.line.index: heading for heading in found}
    level, letters = found[at].level, 0
    for line in view.lines[found[at].line.index + 1 :]:
        head = heads.get(line.index)
        if head is not None:
            if not (level and head.level > level):
                break
            continue
        if patterns.PLACEHOLDER.match(line.plain):
            # „Do uzupełnienia” says that nothing follows, whatever an unstyled line below it is.
            break
        letters += len(line.text)
        if letters >= _ENOUGH:
            return True
    # The words of a form may be few: „I kw. 2024”.
    return letters > 0 and found[at].line.kind is Kind.CELL


def chapter_at(found: Sequence[Heading], index: int) -> tuple[MidPart, ...]:
    """The parts of the chapter that a line stands in."""
    current: Heading | None = None
    for heading in found:
        if heading.line.index > index:
            break
        if (
            heading.parts
            or current is None
            or not (current.level and heading.level > current.level)
        ):
            current = heading
    return current.parts if current else ()
