"""PDF: lines of text with their sizes become headings, paragraphs and items; ruled tables stay."""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sources.documents import refusals
from sources.documents.collecting import Blocks, split_bullet
from sources.documents.model import Kind, Place, cell_name
from sources.documents.pdf_streams import check_streams

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF
    from pdfplumber.table import Table

_LARGER = 1.12
"""A line this much larger than most of the text is a heading."""
_GAP = 0.75
"""Lines with less than this part of their height between them are one paragraph."""
_MAX_BOLD = 120
_MAX_CHARS = 20_000_000


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int
    number: int
    top: float
    bottom: float
    left: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _Ruled:
    page: int
    top: float
    rows: list[tuple[int, list[str]]]
    """Page and cells of each row."""

    @property
    def width(self) -> int:
        return max((len(cells) for _, cells in self.rows), default=0)


def read_pdf(data: bytes, blocks: Blocks) -> int:
    """Blocks with page and line of the page. Gives the pages."""
    check_streams(data, blocks.name)
    import pdfplumber
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data), unicode_norm="NFC") as pdf:
            return _take(pdf, blocks)
    # What pdfminer raises on broken objects, beside its own classes.
    except (
        *(PdfminerException, MalformedPDFException, PSException, PDFSyntaxError, RecursionError),
        *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, AssertionError),
        *(NotImplementedError, ArithmeticError),
    ) as error:
        raise _refusal(error, blocks.name) from error


def _refusal(error: Exception, name: str) -> Exception:
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    inner = error.args[0] if error.args else None
    if isinstance(inner, PDFPasswordIncorrect | PDFEncryptionError):
        return refusals.encrypted(name)
    if isinstance(error, PDFPasswordIncorrect | PDFEncryptionError):
        return refusals.encrypted(name)
    return refusals.damaged(name, type(inner or error).__name__)


def _take(pdf: "PDF", blocks: Blocks) -> int:
    pages = pdf.pages
    if len(pages) > refusals.MAX_PAGES:
        raise refusals.too_large(blocks.name, refusals.limit(refusals.MAX_PAGES, "pages"))
    found: list[_Line | _Ruled] = []
    chars = 0
    for number, page in enumerate(pages, start=1):
        chars += len(page.chars)
        if chars > _MAX_CHARS:
            raise refusals.too_large(blocks.name, refusals.limit(_MAX_CHARS, "letters"))
        found += sorted(_parts(page, number), key=lambda part: part.top)
        page.close()
    lines = [part for part in found if isinstance(part, _Line)]
    _emit(found, _body_size(lines), _levels(lines), blocks)
    return len(pages)


def _parts(page: "Page", number: int) -> Iterator[_Line | _Ruled]:
    tables = [table for table in page.find_tables() if _is_table(table)]
    boxes = [table.bbox for table in tables]
    rest = page.filter(lambda item: not any(_inside(item, box) for box in boxes)) if boxes else page
    for count, line in enumerate(rest.extract_text_lines(return_chars=True), start=1):
        chars = line["chars"]
        sizes = Counter(round(float(char["size"]), 1) for char in chars)
        yield _Line(
            text=str(line["text"]),
            page=number,
            number=count,
            top=float(line["top"]),
            bottom=float(line["bottom"]),
            left=float(line["x0"]),
            size=sizes.most_common(1)[0][0],
            bold=all("bold" in str(char["fontname"]).lower() for char in chars),
        )
    for table in tables:
        rows = [
            (number, [_joined((cell or "").split("\n")) for cell in row]) for row in table.extract()
        ]
        yield _Ruled(number, float(table.bbox[1]), rows)


def _is_table(table: "Table") -> bool:
    """A frame around text is no table: it takes two columns."""
    return max((len(row.cells) for row in table.rows), default=0) > 1


def _inside(item: dict[str, object], box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = (float(str(item.get(k, 0))) for k in ("x0", "top", "x1", "bottom"))
    middle, centre = (left + right) / 2, (top + bottom) / 2
    return box[0] <= middle <= box[2] and box[1] <= centre <= box[3]


def _body_size(lines: Sequence[_Line]) -> float:
    """The size of most of the letters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _levels(lines: Sequence[_Line]) -> dict[float, int]:
    """Level of each size that headings have: the largest is 1."""
    body = _body_size(lines)
    larger = sorted({line.size for line in lines if line.size > _LARGER * body}, reverse=True)
    return {size: min(level, 5) for level, size in enumerate(larger, start=1)}


def _emit(
    parts: Sequence[_Line | _Ruled], body: float, levels: dict[float, int], blocks: Blocks
) -> None:
    tables = 0
    run: list[_Line] = []
    for part in _across_pages(parts):
        if isinstance(part, _Line) and run and _goes_on(run[-1], part, body):
            run.append(part)
            continue
        _flush(run, body, levels, blocks)
        run = []
        if isinstance(part, _Line):
            run = [part]
        else:
            tables += 1
            blocks.table(_placed(part, tables))
    _flush(run, body, levels, blocks)


def _across_pages(parts: Sequence[_Line | _Ruled]) -> Iterator[_Line | _Ruled]:
    """The parts, where a table that goes on at the top of the next page is one."""
    open_table: _Ruled | None = None
    for part in parts:
        if not isinstance(part, _Ruled):
            if open_table is not None:
                yield open_table
            open_table = None
            yield part
        elif open_table is not None and _goes_on_over(open_table, part):
            repeated = part.rows[0][1] == open_table.rows[0][1]
            open_table.rows.extend(part.rows[1:] if repeated else part.rows)
        else:
            if open_table is not None:
                yield open_table
            open_table = part
    if open_table is not None:
        yield open_table


def _goes_on_over(table: _Ruled, part: _Ruled) -> bool:
    return part.page == table.rows[-1][0] + 1 and part.width == table.width


def _placed(table: _Ruled, number: int) -> Iterator[list[tuple[str, Place]]]:
    for r, (page, row) in enumerate(table.rows, start=1):
        yield [
            (text, Place(page=page, table=number, cell=cell_name(r, c)))
            for c, text in enumerate(row, start=1)
        ]


def _heads(line: _Line, body: float) -> bool:
    """Whether the line looks like a heading."""
    bold = line.bold and len(line.text) <= _MAX_BOLD and not line.text.endswith((".", ";", ","))
    return line.size > _LARGER * body or bold


def _goes_on(before: _Line, line: _Line, body: float) -> bool:
    """Whether a line goes on with the paragraph, item or heading of the line above it."""
    height = before.bottom - before.top
    return (
        before.page == line.page
        and line.top - before.bottom < _GAP * height
        and _heads(before, body) == _heads(line, body)
        and abs(before.size - line.size) < 0.5
        and not split_bullet(line.text)[0]
    )


def _flush(run: Sequence[_Line], body: float, levels: dict[float, int], blocks: Blocks) -> None:
    if not run:
        return
    first = run[0]
    place = Place(page=first.page, line=first.number)
    text = _joined([line.text for line in run])
    mark, rest = split_bullet(text)
    if _heads(first, body):
        blocks.add(Kind.HEADING, text, place, levels.get(first.size, 6))
    elif mark:
        blocks.add(Kind.ITEM, rest, place, 1)
    else:
        blocks.add(Kind.PARAGRAPH, text, place)


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text; a word that was divided at the end of a line is put together.

    After an «o» the hyphen belongs to the word, as in formalno-prawny.
    """
    text = ""
    for line in lines:
        divided = text[-1:] in {"-", "\u00ad"} and text[-2:-1].isalpha() and line[:1].islower()
        if divided:
            text = (text if text.endswith("o-") else text[:-1]) + line
        else:
            text = f"{text} {line}" if text else line
    return text
