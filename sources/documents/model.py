"""The one neutral form of a document: blocks, each with its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.text import Text


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"


_PARTS = {
    "page": Text("strona {n}", "page {n}"),
    "slide": Text("slajd {n}", "slide {n}"),
    "sheet": Text("arkusz „{n}”", "sheet '{n}'"),
    "table": Text("tabela {n}", "table {n}"),
    "cell": Text("komórka {n}", "cell {n}"),
    "line": Text("wiersz {n}", "line {n}"),
    "paragraph": Text("akapit {n}", "paragraph {n}"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands: only the parts that its kind of document has. Numbers from 1."""

    page: int = 0
    slide: int = 0
    sheet: str = ""
    table: int = 0
    cell: str = ""
    """As in a spreadsheet: `B3` is row 3 of column 2."""
    line: int = 0
    paragraph: int = 0

    def text(self) -> Text:
        """The place for people, such as "strona 3, wiersz 5"."""
        parts = [
            text.fill(n=value) for name, text in _PARTS.items() if (value := getattr(self, name))
        ]
        return Text(", ".join(part.pl for part in parts), ", ".join(part.en for part in parts))


def cell_name(row: int, column: int) -> str:
    """`B3` for row 3 and column 2."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item or table cell that has text.

    `text` has its white space and Markdown emphasis cleaned; `level` counts from 1 for headings
    and items; `table`, `row` and `column` count from 1 for cells.
    """

    kind: Kind
    text: str
    place: Place
    level: int = 0
    table: int = 0
    row: int = 0
    column: int = 0
    header: bool = False
    """A cell of the first row of its table, or one that the document calls a header."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader gave it."""

    name: str
    """File name, without folders."""
    sha256: str
    media_type: str
    blocks: tuple[Block, ...]
    pages: int = 0
    """Pages, slides or sheets; 0 where the format has none."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table, and where in the blocks of the document it begins."""

    start: int
    cells: dict[tuple[int, int], Block] = field(default_factory=dict)
    """By (row, column), both from 1; an empty cell is not there."""

    @property
    def rows(self) -> list[int]:
        """Numbers of the rows that have text, in order."""
        return sorted({row for row, _ in self.cells})

    @property
    def columns(self) -> list[int]:
        """Numbers of the columns that have text, in order."""
        return sorted({column for _, column in self.cells})

    def row(self, number: int) -> dict[int, Block]:
        """The cells of a row by column."""
        return {c: block for (r, c), block in sorted(self.cells.items()) if r == number}


def grids(blocks: Sequence[Block]) -> Iterator[Grid]:
    """The tables among the blocks, in order. `start` is a position in `blocks`."""
    found: dict[int, Grid] = {}
    for position, block in enumerate(blocks):
        if block.kind is Kind.CELL:
            grid = found.setdefault(block.table, Grid(position))
            grid.cells.setdefault((block.row, block.column), block)
    yield from found.values()
