"""The shapes in which facts lie: each gives the parts of every fact that may be one."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from sources.documents.model import Block, Grid, Kind, grids
from sources.documents.outline import Outline, Span
from sources.documents.patterns import Field, Pattern, Shape
from sources.documents.words import fold

Parts = dict[str, Span]
"""The parts of one possible fact by name."""

_DASHED = re.compile(r"\s+[–—-]\s+|:\s+")
_NUMBERED = re.compile(r"^\s*(?:(?:cel|nr|pkt)\.?\s*)?\d{1,2}[.):]?\s+", re.IGNORECASE)


def whole(outline: Outline, position: int) -> Span:
    """All of a block, without the number at its beginning."""
    text = outline.blocks[position].text
    numbered = _NUMBERED.match(text)
    return Span(position, numbered.end() if numbered else 0, len(text))


def items(outline: Outline, _: Pattern, title: int, section: Sequence[int]) -> Iterator[Parts]:
    """List items, each with the last title above it as its label."""
    label = title
    for position in section:
        if outline.is_title(position):
            label = position
        elif outline.blocks[position].kind is Kind.ITEM:
            yield {"text": whole(outline, position), "label": whole(outline, label)}


def paragraphs(
    outline: Outline, pattern: Pattern, title: int, section: Sequence[int]
) -> Iterator[Parts]:
    """List items; paragraphs where there are none."""
    found = list(items(outline, pattern, title, section))
    if not found:
        found = [
            {"text": whole(outline, i), "label": whole(outline, title)}
            for i in section
            if outline.blocks[i].kind is Kind.PARAGRAPH
        ]
    yield from found


def pairs(outline: Outline, _: Pattern, title: int, section: Sequence[int]) -> Iterator[Parts]:
    """Title and text: from a table first, then from headings, then from one line."""
    found = list(_pairs_in_tables(outline, section))
    if not found:
        found = list(_pairs_of_blocks(outline, section))
    if not found:
        found = list(_pairs_in_lines(outline, section)) or list(_pairs_in_turn(outline, section))
    yield from ({**parts, "heading": whole(outline, title)} for parts in found)


def _pairs_in_tables(outline: Outline, section: Sequence[int]) -> Iterator[Parts]:
    for grid in _grids(outline, section):
        rows, columns = grid.rows, grid.columns
        down = len(rows) == 2 and len(columns) > 2
        for number in columns if down else rows:
            line = [
                cell for (r, c), cell in sorted(grid.cells.items()) if (c if down else r) == number
            ]
            if len(line) == 2:
                first, second = (outline.at(cell) for cell in line)
                yield {"label": whole(outline, first), "body": whole(outline, second)}


def _pairs_of_blocks(outline: Outline, section: Sequence[int]) -> Iterator[Parts]:
    label = -1
    for position in section:
        kind = outline.blocks[position].kind
        if outline.is_title(position):
            label = position
        elif label >= 0 and kind is not Kind.CELL:
            yield {"label": whole(outline, label), "body": whole(outline, position)}
            label = -1


def _pairs_in_lines(outline: Outline, section: Sequence[int]) -> Iterator[Parts]:
    for position in section:
        block = outline.blocks[position]
        span = whole(outline, position)
        dash = _DASHED.search(block.text, span.start)
        if block.kind is Kind.ITEM and dash:
            yield {
                "label": Span(position, span.start, dash.start()),
                "body": Span(position, dash.end(), span.end),
            }
        elif block.kind is Kind.ITEM:
            yield {"label": span, "body": span}


def _pairs_in_turn(outline: Outline, section: Sequence[int]) -> Iterator[Parts]:
    """Paragraphs that are titles and texts in turn, as in a text without headings."""
    kinds = {outline.blocks[position].kind for position in section}
    turns = list(zip(section[::2], section[1::2], strict=False))
    lengths = [[len(outline.blocks[i].text) for i in turn] for turn in turns]
    if kinds == {Kind.PARAGRAPH} and len(section) % 2 == 0 and all(a < b for a, b in lengths):
        for label, body in turns:
            yield {"label": whole(outline, label), "body": whole(outline, body)}


def value(
    outline: Outline, pattern: Pattern, title: int, section: Sequence[int]
) -> Iterator[Parts]:
    """What stands after the colon of a title, or in the block under it."""
    text = outline.blocks[title].text
    colon = text.find(":")
    if 0 <= colon < len(text) - 1 and pattern.opens is not None:
        start = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip())
        yield {"text": Span(title, start, len(text)), "label": Span(title, 0, colon)}
        return
    for position in section[:1]:
        yield {"text": whole(outline, position), "label": whole(outline, title)}


def records(outline: Outline, pattern: Pattern, _: int, section: Sequence[int]) -> Iterator[Parts]:
    """Rows of tables whose header has a column for every field that must be there."""
    wanted = [field for field in pattern.fields if field.header is not None]
    needed = {field.part for field in wanted if not field.optional}
    for grid in _grids(outline, section):
        top = _head_row(grid, lambda cells: len(_headers(outline, wanted, cells)))
        where = _headers(outline, wanted, grid.row(top))
        # A network may be told by the heading over the table instead.
        if len(where) < _FEWEST or not needed - set(where) <= _FROM_HEADING:
            continue
        for row in [number for number in grid.rows if number > top]:
            cells = grid.row(row)
            parts = {
                part: whole(outline, outline.at(cells[column]))
                for part, column in where.items()
                if column in cells
            }
            if needed - _FROM_HEADING <= set(parts):
                yield parts


_FROM_HEADING = {"network", "edition"}
_FEWEST = 2
"""One word alone may stand in any table."""
_HEAD_WITHIN = 6
"""A title or two may stand in a sheet above the header of its table."""


def _head_row(grid: Grid, score: Callable[[dict[int, Block]], int]) -> int:
    """The row among the first ones that looks most like a header."""
    return max(grid.rows[:_HEAD_WITHIN], key=lambda row: (score(grid.row(row)), -row))


def _headers(
    outline: Outline, wanted: Sequence[Field], cells: Mapping[int, Block]
) -> dict[str, int]:
    """The column of each part whose header is there; a network's name is no header."""
    where: dict[str, int] = {}
    words = {c: cell for c, cell in cells.items() if not outline.lexicon.network_of(cell.text)}
    for field in wanted:
        for column, cell in words.items():
            found = field.header is not None and field.header.opens(cell.text, 2)
            if found and column not in where.values() and field.part not in where:
                where[field.part] = column
    return where


def _networks_in(outline: Outline, cells: Mapping[int, Block]) -> int:
    return sum(bool(outline.lexicon.network_of(cell.text)) for cell in cells.values())


def matrix(outline: Outline, pattern: Pattern, _: int, section: Sequence[int]) -> Iterator[Parts]:
    """Cells between a row or column of networks and one of something else."""
    for grid in _grids(outline, section):
        for turned in (False, True):
            cells = {((c, r) if turned else (r, c)): b for (r, c), b in grid.cells.items()}
            found = list(_crossings(outline, pattern, cells))
            if found:
                yield from found
                break


def _crossings(
    outline: Outline, pattern: Pattern, cells: Mapping[tuple[int, int], Block]
) -> Iterator[Parts]:
    place = {at: outline.at(block) for at, block in cells.items()}
    text = {at: outline.blocks[i].text for at, i in place.items()}
    networks = {
        row: [c for (r, c), t in text.items() if r == row and outline.lexicon.network_of(t)]
        for row in {r for r, _ in cells}
    }
    top = max(networks, key=lambda row: (len(networks[row]), -row))
    keep = pattern.keep
    labels = {
        column: [r for (r, c), t in text.items() if c == column and keep and keep.opens(t)]
        for column in {c for _, c in cells}
    }
    side = max(labels, key=lambda column: (len(labels[column]), -column))
    # A name or label that stands there twice is one of a list, not of an axis.
    if not _is_axis([text[top, c] for c in networks[top]]):
        return
    if not _is_axis([text[r, side] for r in labels[side]]):
        return
    for row in sorted(labels[side]):
        for column in sorted(networks[top]):
            if row != top and column != side and (row, column) in place:
                yield {
                    "network": whole(outline, place[top, column]),
                    "axis": whole(outline, place[row, side]),
                    "cell": whole(outline, place[row, column]),
                }


def _is_axis(labels: Sequence[str]) -> bool:
    return len(labels) > 1 and len(set(labels)) == len(labels)


def columns(outline: Outline, _: Pattern, __: int, section: Sequence[int]) -> Iterator[Parts]:
    """Cells under the names of networks."""
    for grid in _grids(outline, section):
        top = _head_row(grid, lambda cells: _networks_in(outline, cells))
        for column, head in grid.row(top).items():
            if not outline.lexicon.network_of(head.text):
                continue
            network = whole(outline, outline.at(head))
            for row in [number for number in grid.rows if number > top]:
                cell = grid.cells.get((row, column))
                if cell is not None:
                    text = whole(outline, outline.at(cell))
                    yield {"network": network, "text": text}


def sentences(
    outline: Outline, pattern: Pattern, _: int, section: Sequence[int]
) -> Iterator[Parts]:
    """Named groups of the pattern's expression, in every text that is no cell."""
    for position in section:
        block = outline.blocks[position]
        if block.kind is Kind.CELL or pattern.sentence is None:
            continue
        for match in pattern.sentence.finditer(fold(block.text)):
            yield {
                name: Span(position, *match.span(name))
                for name, found in match.groupdict().items()
                if found
            }


def _grids(outline: Outline, section: Sequence[int]) -> Iterator[Grid]:
    numbers = {outline.blocks[i].table for i in section if outline.blocks[i].kind is Kind.CELL}
    for grid in grids(outline.blocks):
        if next(iter(grid.cells.values())).table in numbers and len(grid.cells) > 1:
            yield grid


ShapeReader = Callable[[Outline, Pattern, int, Sequence[int]], Iterator[Parts]]

READERS: Mapping[Shape, ShapeReader] = {
    Shape.ITEMS: items,
    Shape.PARAGRAPHS: paragraphs,
    Shape.PAIRS: pairs,
    Shape.VALUE: value,
    Shape.RECORDS: records,
    Shape.MATRIX: matrix,
    Shape.COLUMNS: columns,
    Shape.SENTENCES: sentences,
}
"""How each shape is read. A reader is given outline, pattern, title (-1: none) and positions."""

OF_TABLES = {Shape.RECORDS, Shape.MATRIX, Shape.COLUMNS}
"""Shapes that are looked for in all tables, whatever heading is over them."""
