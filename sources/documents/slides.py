"""PPTX: the shapes of each slide from top to bottom."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sources.documents import refusals
from sources.documents.archive import open_office
from sources.documents.collecting import Blocks, split_bullet
from sources.documents.model import Kind, Place, cell_name

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.base import BaseShape
    from pptx.table import Table
    from pptx.text.text import TextFrame

_BAND = 100_000
"""Shapes whose tops differ by less (a quarter of a centimetre) stand side by side."""


def read_pptx(data: bytes, blocks: Blocks) -> int:
    """Titles are headings; notes, charts and pictures are left out. Gives the slides."""
    open_office(data, blocks.name).close()
    import pptx
    from pptx.exc import PackageNotFoundError

    try:
        return _take(pptx.Presentation(io.BytesIO(data)), blocks)
    # What python-pptx and lxml raise on broken parts; there is no error class of its own.
    except (
        *(PackageNotFoundError, SyntaxError, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, OSError, zipfile.BadZipFile),
    ) as error:
        raise refusals.damaged(blocks.name, type(error).__name__) from error


def _take(presentation: "Presentation", blocks: Blocks) -> int:
    number = tables = 0
    for number, slide in enumerate(presentation.slides, start=1):
        if number > refusals.MAX_PAGES:
            raise refusals.too_large(blocks.name, refusals.limit(refusals.MAX_PAGES, "slides"))
        title = slide.shapes.title
        title_id = title.shape_id if title is not None else -1
        paragraphs = 0
        for shape in _in_order(_flat(slide.shapes, blocks.name), title_id):
            table = getattr(shape, "table", None) if getattr(shape, "has_table", False) else None
            if table is not None:
                tables += 1
                blocks.table(_rows(table, number, tables))
            elif shape.has_text_frame:
                frame = shape.text_frame  # type: ignore[attr-defined]  # has_text_frame says so
                is_title = shape.shape_id == title_id
                paragraphs = _text(frame, blocks, number, paragraphs, is_title=is_title)
    return number


def _flat(shapes: "Iterable[BaseShape]", name: str, depth: int = 0) -> "Iterator[BaseShape]":
    """All shapes, those in groups too."""
    if depth > refusals.MAX_DEPTH:
        raise refusals.too_large(name, refusals.limit(refusals.MAX_DEPTH, "nested groups"))
    for shape in shapes:
        inner = getattr(shape, "shapes", None)
        if inner is None:
            yield shape
        else:
            yield from _flat(inner, name, depth + 1)


def _in_order(shapes: "Iterable[BaseShape]", title: int) -> "list[BaseShape]":
    """Title first, then as people read: from above, and from the left."""
    return sorted(
        shapes, key=lambda s: (s.shape_id != title, (s.top or 0) // _BAND, s.left or 0, s.shape_id)
    )


def _text(
    frame: "TextFrame", blocks: Blocks, slide: int, paragraphs: int, *, is_title: bool
) -> int:
    """Add the paragraphs of a shape; gives the number of the last one on the slide."""
    if is_title:
        blocks.add(Kind.HEADING, frame.text, Place(slide=slide, paragraph=paragraphs + 1), 1)
        return paragraphs + 1
    several = len([p for p in frame.paragraphs if p.text.strip()]) > 1
    for paragraph in frame.paragraphs:
        paragraphs += 1
        place = Place(slide=slide, paragraph=paragraphs)
        mark, rest = split_bullet(paragraph.text.strip())
        listed = bool(mark) or paragraph.level > 0 or (several and len(rest) < _SHORT)
        blocks.add(
            Kind.ITEM if listed else Kind.PARAGRAPH,
            rest,
            place,
            paragraph.level + 1 if listed else 0,
        )
    return paragraphs


_SHORT = 120
"""Short paragraphs of one shape are a list; its bullets come from the layout, unseen here."""


def _rows(table: "Table", slide: int, number: int) -> Iterator[list[tuple[str, Place]]]:
    for r, row in enumerate(table.rows, start=1):
        yield [
            (
                "" if cell.is_spanned else cell.text,
                Place(slide=slide, table=number, cell=cell_name(r, c)),
            )
            for c, cell in enumerate(row.cells, start=1)
        ]
