"""What all readers share: cleaning of text, and a list of blocks that knows its limits."""

import re
from collections.abc import Iterable

from sources.documents import refusals
from sources.documents.model import Block, Kind, Place

_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff\u00ad]+")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.{1,300}?)(?<=\S)\1")
_TAGS = re.compile(r"</?(?:p|br|b|i|u|em|strong|span|div|sup|sub)\b[^<>]{0,200}>", re.IGNORECASE)
_BULLET = re.compile(r"^(?P<mark>[-–—•●○▪■◦‣·*+➢➤✓]|\uf0b7|\(?\d{1,2}[.)]|[a-z]\))\s+(?=\S)")


def clean(text: str) -> str:
    """One line of text: white space single, stray emphasis and inline tags gone."""
    text = _TAGS.sub(" ", text)
    return _EMPHASIS.sub(r"\2", _SPACES.sub(" ", text)).strip()


def split_bullet(text: str) -> tuple[str, str]:
    """The bullet or number at the beginning of a line, or nothing, and the rest."""
    match = _BULLET.match(text)
    return (match["mark"], text[match.end() :]) if match else ("", text)


class Blocks:
    """Blocks as a reader finds them, within the limits. `name` is for messages."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Block] = []
        self._tables = 0

    def add(self, kind: Kind, text: str, place: Place, level: int = 0) -> None:
        """Take a block that is no cell; text of white space alone is left out."""
        self._take(Block(kind, clean(text), place, level))

    def table(self, rows: Iterable[Iterable[tuple[str, Place]]], headers: int = 1) -> None:
        """Take a table row by row; its first `headers` rows are its header."""
        self._tables += 1
        for r, row in enumerate(rows, start=1):
            for c, (text, place) in enumerate(row, start=1):
                if c > refusals.MAX_COLUMNS:
                    raise refusals.too_large(
                        self.name, refusals.limit(refusals.MAX_COLUMNS, "columns")
                    )
                cell = Block(Kind.CELL, clean(text), place, 0, self._tables, r, c, r <= headers)
                self._take(cell)

    def _take(self, block: Block) -> None:
        if not block.text:
            return
        if len(block.text) > refusals.MAX_BLOCK:
            raise refusals.too_large(
                self.name, refusals.limit(refusals.MAX_BLOCK, "characters of a block")
            )
        if len(self.found) >= refusals.MAX_BLOCKS:
            raise refusals.too_large(self.name, refusals.limit(refusals.MAX_BLOCKS, "blocks"))
        self.found.append(block)
