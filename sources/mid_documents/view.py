"""A document as the rules of this room see it: its lines, letters mended, running titles gone."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from schemas.tables.mid_documents import QUOTE
from schemas.text import Text
from sources.documents.model import Block, Document, Grid, Kind, grids
from sources.mid_documents.model import Evidence, Found
from sources.mid_documents.people import is_personal
from sources.mid_documents.words import Letters, cut, fold

_RUNNING = 3
"""A text on so many pages is a running title."""
_EDGE = 2
"""Lines at the top and at the bottom of a page that may be one."""
_LONGEST = 4_000
"""Letters of a block that are looked at: patterns take time, and what is looked for is short."""
BAR = " | "
"""Between the cells of a row that is quoted."""


@dataclass(frozen=True, slots=True)
class Line:
    """A block with its letters mended; `index` is its position among the lines."""

    index: int
    block: Block
    text: str

    @property
    def kind(self) -> Kind:
        """What the block is."""
        return self.block.kind

    @property
    def plain(self) -> str:
        """The text as patterns see it."""
        return fold(self.text)


class View:
    """The lines of a document, and evidence made of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.letters = Letters.of(block.text for block in document.blocks)
        running = _running(document.blocks)
        kept = [block for i, block in enumerate(document.blocks) if i not in running]
        self.blocks: Sequence[Block] = kept
        self.lines = [
            Line(i, block, self.letters.read(block.text[:_LONGEST])) for i, block in enumerate(kept)
        ]

    @cached_property
    def tables(self) -> list[Grid]:
        """The tables, in order; `start` is a position among the lines."""
        return list(grids(self.blocks))

    def found(self, line: Line, written: str, rule: str, value: str = "") -> Found | None:
        """A value that stands in a line; nothing where it names a person.

        `written` is cut to the length of a quote, and a value that is not given is that text.
        """
        taken = cut(written.strip(), QUOTE)
        evidence = self.evidence(line, taken, rule)
        return Found(value or taken, evidence) if evidence else None

    def evidence(self, line: Line, written: str, rule: str) -> Evidence | None:
        """The place of a stretch of a line, quoted with what stands around it if that may be."""
        if not written or is_personal(written):
            return None
        raw, whole = self.letters.back(written), line.block.text
        if raw not in whole or len(raw) > QUOTE:
            raw = whole = cut(whole, QUOTE)
        quote = whole if len(whole) <= QUOTE and not is_personal(line.text) else raw
        return self._made(line, raw, quote, rule)

    def row_evidence(self, line: Line, cells: Sequence[str], written: str, rule: str) -> Evidence:
        """The place of a row, its cells as one quote."""
        raw = [self.letters.back(cell) for cell in cells]
        return self._made(line, self.letters.back(written), BAR.join(raw), rule)

    def _made(self, line: Line, written: str, quote: str, rule: str) -> Evidence:
        place = line.block.place
        mended = f"{rule}+letters_mended" if self.letters.read(written) != written else rule
        where = place.text() if place.text().pl else Text("dokument", "the document")
        return Evidence(written, quote, place.page, where, mended)


def _running(blocks: Sequence[Block]) -> set[int]:
    """Positions of running titles: at the edges of pages the same text but for its numbers."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.kind is not Kind.CELL and block.place.page:
            by_page[block.place.page].append(at)
    edges: dict[str, list[int]] = defaultdict(list)
    for positions in by_page.values():
        for at in {*positions[:_EDGE], *positions[-_EDGE:]}:
            edges[re.sub(r"\d+", "", blocks[at].text).strip()].append(at)
    return {
        at
        for text, positions in edges.items()
        for at in positions
        if not any(letter.isalpha() for letter in text)
        or len({blocks[at].place.page for at in positions}) >= _RUNNING
    }
