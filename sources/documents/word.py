"""DOCX: paragraphs, headings, lists and tables in the order in which they are read."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sources.documents import refusals
from sources.documents.archive import open_office
from sources.documents.collecting import Blocks, split_bullet
from sources.documents.model import Kind, Place, cell_name

if TYPE_CHECKING:
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

    from sources.documents.word_pages import PageCounter

_HEADING = re.compile(r"(?:heading|nagłówek)\s*(\d)", re.IGNORECASE)
_TITLES = {"title", "tytuł", "subtitle", "podtytuł"}
_LIST = re.compile(r"list|lista|punktor", re.IGNORECASE)
_MAX_BOLD = 120
_BOLD_LEVEL = 6
"""A short bold line is a heading too, below all real ones."""


def read_docx(data: bytes, blocks: Blocks) -> int:
    """The body of the document; headers, footers, comments and deleted text are left out.

    Gives the pages that the program which saved it counted; 0 where it does not say.
    """
    open_office(data, blocks.name).close()
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    from sources.documents.word_pages import PageCounter

    try:
        document = docx.Document(io.BytesIO(data))
        pages = PageCounter(document)
        _take(document.iter_inner_content(), pages, blocks)
    # What python-docx and lxml raise on broken parts; there is no error class of its own.
    except (
        *(PackageNotFoundError, SyntaxError, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, OSError, zipfile.BadZipFile),
    ) as error:
        raise refusals.damaged(blocks.name, type(error).__name__) from error
    return pages.pages


def _take(body: "Iterator[Paragraph | Table]", pages: "PageCounter", blocks: Blocks) -> None:
    from docx.table import Table

    paragraphs = tables = 0
    for part in body:
        if isinstance(part, Table):
            tables += 1
            blocks.table(_rows(part, tables, pages, blocks.name))
        else:
            paragraphs += 1
            page = pages.at(part._p)  # noqa: SLF001 - its marks of pages are there only
            _paragraph(part, Place(page=page, paragraph=paragraphs), blocks)


def _paragraph(paragraph: "Paragraph", place: Place, blocks: Blocks) -> None:
    text = paragraph.text
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    level = _heading_level(paragraph, style)
    mark, rest = split_bullet(text.strip())
    listed = bool(_LIST.match(style)) or _numbered(paragraph)
    if level:
        blocks.add(Kind.HEADING, text, place, level)
    elif listed or mark:
        blocks.add(Kind.ITEM, rest, place, 1)
    else:
        blocks.add(Kind.PARAGRAPH, text, place)


def _heading_level(paragraph: "Paragraph", style: str) -> int:
    match = _HEADING.match(style)
    if match:
        return max(1, int(match[1]))
    if style.lower() in _TITLES:
        return 1
    runs = [run for run in paragraph.runs if run.text.strip()]
    short = len(paragraph.text) <= _MAX_BOLD and not paragraph.text.rstrip().endswith((".", ";"))
    return _BOLD_LEVEL if runs and short and all(run.bold for run in runs) else 0


def _numbered(paragraph: "Paragraph") -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no other way to numbering
    return properties is not None and properties.numPr is not None


def _rows(
    table: "Table", number: int, pages: "PageCounter", name: str
) -> Iterator[list[tuple[str, Place]]]:
    """The rows; a cell merged over columns or rows has its text in its first place only."""
    above: set[object] = set()
    for r, row in enumerate(table.rows, start=1):
        cells = list(_cells(row))
        elements = [cell._tc if cell else None for cell in cells]  # noqa: SLF001 - identity of a merged cell
        found = [
            "" if cell is None or element in above or element in elements[:c] else _text(cell, name)
            for c, (cell, element) in enumerate(zip(cells, elements, strict=True))
        ]
        above = set(elements)
        page = pages.at(row._tr)  # noqa: SLF001 - its marks of pages are there only
        yield [
            (text, Place(page=page, table=number, cell=cell_name(r, c)))
            for c, text in enumerate(found, 1)
        ]


def _cells(row: "_Row") -> "Iterator[_Cell | None]":
    yield from [None] * min(row.grid_cols_before, refusals.MAX_COLUMNS)
    yield from row.cells


def _text(cell: "_Cell", name: str, depth: int = 0) -> str:
    """All the text of a cell, of tables in it too."""
    from docx.table import Table

    if depth > refusals.MAX_DEPTH:
        raise refusals.too_large(name, refusals.limit(refusals.MAX_DEPTH, "nested tables"))
    parts: list[str] = []
    for part in cell.iter_inner_content():
        if isinstance(part, Table):
            parts += [_text(inner, name, depth + 1) for row in part.rows for inner in row.cells]
        else:
            parts.append(part.text)
    return " ".join(parts)
