"""MID documents as cities would write them, with the facts that stand in them.

A layout is a list of pieces and becomes a DOCX, or (made with LibreOffice and kept beside) a
PDF. Cities, networks and institutions are real so that they can be found; what the plans say is
made up, and so are the persons, whom no table may ever show.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.enum.text import WD_BREAK


@dataclass(frozen=True)
class H:
    """A heading."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class P:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class B:
    """An item of a list."""

    text: str


@dataclass(frozen=True)
class T:
    """A table; its first row is its header."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Page:
    """A new page begins."""


Piece = H | P | B | T | Page


@dataclass(frozen=True)
class Layout:
    """A document and what has to be read from it."""

    name: str
    front: tuple[Piece, ...]
    chapters: tuple[tuple[Piece, ...], ...]
    values: dict[str, str]
    """Field to value as a person would write it down."""
    parts: frozenset[str]
    """Required and further parts that are there."""
    actions: tuple[tuple[str, str], ...] = ()
    """Action and institution."""
    schedule: tuple[tuple[str, str, str], ...] = ()
    """What, from, to."""
    stakeholders: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    """Names and contacts that no table may show."""
    pages: dict[str, int] = field(default_factory=dict)
    """Part to the page it begins on, in the PDF and where page breaks are written down."""

    def pieces(self) -> list[Piece]:
        """The whole document in its order."""
        return [*self.front, *(piece for chapter in self.chapters for piece in chapter)]

    def shuffled(self, seed: int) -> list[Piece]:
        """The same with its chapters in another order."""
        order = list(self.chapters)
        random.Random(seed).shuffle(order)  # noqa: S311 - the same order each time is wanted
        return [*self.front, *(piece for chapter in order for piece in chapter)]


def as_docx(pieces: Sequence[Piece], *, plain: bool = False) -> bytes:
    """A Word file; `plain` writes headings as ordinary paragraphs, as many people do."""
    document = docx.Document()
    for piece in pieces:
        match piece:
            case H(text, level):
                if plain:
                    document.add_paragraph(text)
                else:
                    document.add_heading(text, level)
            case P(text):
                document.add_paragraph(text)
            case B(text):
                document.add_paragraph(text, style="List Bullet")
            case T(rows):
                table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
                for line, cells in zip(table.rows, rows, strict=True):
                    for cell, text in zip(line.cells, cells, strict=True):
                        cell.text = text
            case Page():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()
