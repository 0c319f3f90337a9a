"""Which blocks are titles, what lies under each, and which network and edition rule there."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sources.documents.lexicon import Lexicon
from sources.documents.model import Block, Document, Kind
from sources.documents.rules import EDITION_TERM, NEXT_EDITION, RULES, years_in
from sources.documents.words import Terms, fold

_MAX_TITLE = 150
_MAX_WORDS = 16
_MAX_DATE = 40
_NEAR = 3
"""So many blocks back may stand what a sentence leaves out."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a block: what is written, and where."""

    block: int
    start: int
    end: int

    def of(self, blocks: Sequence[Block]) -> str:
        """The text as written."""
        return blocks[self.block].text[self.start : self.end]


class Outline:
    """A document seen through what is known: titles, sections, context."""

    def __init__(self, document: Document, lexicon: Lexicon, titles: Sequence[Terms]) -> None:
        self.blocks = document.blocks
        self.lexicon = lexicon
        self._known = titles
        self.cells = {
            (block.table, block.row, block.column): position
            for position, block in enumerate(self.blocks)
            if block.kind is Kind.CELL
        }
        self.lexicon = replace(lexicon, latest=self._latest())
        self.lexicon = replace(self.lexicon, home=self._home())

    @cached_property
    def titles(self) -> list[int]:
        """Positions of the blocks that are titles."""
        return [i for i in range(len(self.blocks)) if self._is_title(i)]

    def at(self, cell: Block) -> int:
        """The position of a cell."""
        return self.cells[cell.table, cell.row, cell.column]

    @cached_property
    def flat(self) -> bool:
        """Whether headings have no levels to go by, as in plain text and slides."""
        levels = {block.level for block in self.blocks if block.kind is Kind.HEADING}
        return len(levels) < 2

    def _is_title(self, position: int) -> bool:
        block = self.blocks[position]
        if block.kind is Kind.HEADING:
            return True
        # A numbered title of a plain text looks like an item, and stands alone.
        if block.kind is Kind.CELL or not self._short(block.text):
            return False
        if block.kind is Kind.ITEM and not self._stands_alone(position):
            return False
        return self._names_network(block.text) or self.is_known(position)

    def _stands_alone(self, position: int) -> bool:
        near = self.blocks[max(0, position - 1) : position + 2]
        return sum(block.kind is Kind.ITEM for block in near) == 1

    def _short(self, text: str) -> bool:
        words = len(text.split())
        return len(text) <= _MAX_TITLE and words <= _MAX_WORDS and text[-1] not in ".;,!"

    def is_known(self, position: int) -> bool:
        """Whether a title is one that is declared."""
        text = self.blocks[position].text
        return self._short(text) and any(terms.opens(text) for terms in self._known)

    def is_network(self, position: int) -> bool:
        """Whether a title is that of a network, known or not."""
        text = self.blocks[position].text
        if position not in self._titles_set or not self._short(text):
            return False
        return self._names_network(text)

    def _names_network(self, text: str) -> bool:
        """Whether a short text is the name of a network; a new one begins with «Sieć»."""
        return bool(self.lexicon.network_of(text)) or bool(_NETWORK_TITLE.match(text))

    @cached_property
    def _titles_set(self) -> set[int]:
        return set(self.titles)

    def is_title(self, position: int) -> bool:
        """Whether a block is a title."""
        return position in self._titles_set

    def section(self, title: int, *, subs: bool) -> list[int]:
        """Positions under a title. With `subs`, unknown titles lie within it.

        A section ends at a known title of its level. Where headings have levels, those below
        its own are within it in any case.
        """
        found: list[int] = []
        for position in range(title + 1, len(self.blocks)):
            if position in self._titles_set and self._ends(title, position, subs=subs):
                break
            found.append(position)
        return found

    def _ends(self, title: int, position: int, *, subs: bool) -> bool:
        block, own = self.blocks[position], self.blocks[title]
        if not self.flat and own.kind is Kind.HEADING and block.kind is Kind.HEADING:
            return block.level <= own.level or (not subs and self.is_known(position))
        return not subs or self.is_known(position) or self.is_network(position)

    def title_over(self, position: int) -> int:
        """The nearest title at or above a position, -1 where there is none."""
        before = bisect_right(self.titles, position)
        return self.titles[before - 1] if before else -1

    def network_at(self, position: int, through: Sequence[Terms]) -> Span | None:
        """The title of the network that a position lies in: only titles of `through` between."""
        for title in reversed(self.titles[: bisect_right(self.titles, position)]):
            text = self.blocks[title].text
            if self.is_network(title):
                return Span(title, 0, len(text))
            for _, terms in self.lexicon.mentions:
                found = terms.search(text)
                if found:
                    return Span(title, *found)
            if not any(terms.opens(text) for terms in through):
                return None
        return None

    def edition_at(self, position: int, *, near: bool) -> tuple[Span, str] | None:
        """The edition that holds at a position, and the rule that says so.

        The title over it and those above that one first, then its own text; with `near`, its
        own text first and then the blocks just before. Else the edition that the document is
        mostly about, or that of its date.
        """
        places = [*self._ancestors(position), position]
        if near:
            before = [i for i in range(position - 1, position - 1 - _NEAR, -1) if i >= 0]
            places = [position, *before, *self._ancestors(position)]
        for place in places:
            for span, rule, _ in self._mentions(place):
                return span, rule
        for place in range(len(self.blocks)):
            for span, rule, edition in self._mentions(place):
                if edition == self.lexicon.home:
                    return span, rule
        return self._by_date() if not self.lexicon.home else None

    def _by_date(self) -> tuple[Span, str] | None:
        """The first date that stands alone: that of the document."""
        for position, block in enumerate(self.blocks):
            if len(block.text) < _MAX_DATE and RULES["edition_of_date"](block.text, self.lexicon):
                return Span(position, 0, len(block.text)), "edition_of_date"
        return None

    def _ancestors(self, position: int) -> Iterator[int]:
        """The title over a position, and the titles over that where headings have levels."""
        title = self.title_over(position)
        if title < 0:
            return
        yield title
        level = self.blocks[title].level
        if self.flat or not level:
            return
        for above in reversed(self.titles[: bisect_right(self.titles, title - 1)]):
            if 0 < self.blocks[above].level < level:
                level = self.blocks[above].level
                yield above

    def _mentions(self, position: int) -> Iterator[tuple[Span, str, str]]:
        """Editions named in a block: where, by which rule, which."""
        text = self.blocks[position].text
        plain = fold(text)
        spans = years_in(text)
        spans += [m.span() for m in EDITION_TERM.finditer(plain)]
        spans += [m.span() for m in NEXT_EDITION.finditer(plain)]
        for start, end in spans:
            for rule in ("edition_years", "edition_named", "edition_next"):
                edition = RULES[rule](text[start:end], self.lexicon)
                if edition:
                    yield Span(position, start, end), rule, edition
                    break

    def _latest(self) -> int:
        """Number of the latest edition named outright: what «the next edition» follows."""
        numbers = [
            self.lexicon.number_of(edition)
            for position in range(len(self.blocks))
            for _, rule, edition in self._mentions(position)
            if rule != "edition_next"
        ]
        return max(numbers, default=0)

    def _home(self) -> str:
        """The edition that most mentions name, of the edition itself or of its networks."""
        counted: Counter[str] = Counter()
        for position, block in enumerate(self.blocks):
            counted.update(edition for _, _, edition in self._mentions(position))
            network = self.lexicon.network_of(block.text) if self._short(block.text) else ""
            counted[self.lexicon.edition_of_network(network)] += 1
        counted.pop("", None)
        ranked = counted.most_common(2)
        tied = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
        return "" if not ranked or tied else ranked[0][0]


_NETWORK_TITLE = re.compile(r"(?:Sieć|SIEĆ)\s+[A-ZĄĆĘŁŃÓŚŹŻ]\w*(?:\s+\w+){0,4}$")
