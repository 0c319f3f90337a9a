"""HTML: what a reader of the page sees as text."""

import re
from collections.abc import Iterator

from lxml import etree, html

from sources.documents import refusals
from sources.documents.collecting import Blocks, split_bullet
from sources.documents.model import Kind, Place
from sources.documents.plain import decode

_SKIPPED = {
    *("script", "style", "noscript", "template", "head", "nav", "svg", "iframe", "object"),
    *("form", "button", "select", "textarea"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ENCODINGS = {
    *("utf-8", "utf8", "windows-1250", "cp1250", "iso-8859-2", "windows-1252", "iso-8859-1"),
    *("us-ascii", "utf-16"),
}
"""Encodings of web pages; Python knows others that are no encodings of text."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)


def read_html(data: bytes, blocks: Blocks) -> int:
    """Blocks with their source lines. Scripts, menus and forms are left out."""
    parser = html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = html.document_fromstring(_text_of(data, blocks.name), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise refusals.damaged(blocks.name, "HTML") from error
    _Walk(blocks).visit(root)
    return 0


def _text_of(data: bytes, name: str) -> str:
    """Decoded text; a declared code page is believed when it can decode the bytes."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode("ascii").lower() if declared else ""
    if encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data, name))


class _Walk:
    """Goes through the tree and gathers text that runs within a line into blocks."""

    def __init__(self, blocks: Blocks) -> None:
        self._blocks = blocks
        self._gathered: list[str] = []
        self._line = 0
        self._kind = Kind.PARAGRAPH
        self._level = 0

    def visit(self, element: html.HtmlElement, depth: int = 0, lists: int = 0) -> None:
        """Add the blocks of an element; `lists` counts the lists around it."""
        if depth > refusals.MAX_DEPTH:
            raise refusals.too_large(
                self._blocks.name, refusals.limit(refusals.MAX_DEPTH, "nested elements")
            )
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED or not tag:
            return
        if tag == "table" and not element.findall(".//table"):
            self._flush()
            self._table(element)
            return
        is_block = tag in _BLOCKS
        before = self._kind, self._level
        if is_block:
            self._flush()
            self._begin(tag, lists)
        if tag == "br":
            self._gathered.append(" ")
        self._gather(element.text, element)
        for child in element:
            self.visit(child, depth + 1, lists + (tag in {"ul", "ol"}))
            self._gather(child.tail, child)
        if is_block:
            self._flush()
            self._kind, self._level = before

    def _begin(self, tag: str, lists: int) -> None:
        if tag in _HEADINGS:
            self._kind, self._level = Kind.HEADING, _HEADINGS[tag]
        elif tag == "li":
            self._kind, self._level = Kind.ITEM, max(1, lists)

    def _gather(self, text: str | None, element: html.HtmlElement) -> None:
        if text and text.strip() and not any(part.strip() for part in self._gathered):
            self._line = element.sourceline or 0
        if text:
            self._gathered.append(text)

    def _flush(self) -> None:
        text = "".join(self._gathered).strip()
        self._gathered = []
        mark, rest = split_bullet(text)
        place = Place(line=self._line)
        if mark and self._kind is Kind.PARAGRAPH:
            self._blocks.add(Kind.ITEM, rest, place, 1)
        else:
            self._blocks.add(self._kind, text, place, self._level)

    def _table(self, table: html.HtmlElement) -> None:
        rows = list(table.iter("tr"))
        headers = 0
        while headers < len(rows) and all(c.tag == "th" for c in _cells(rows[headers])):
            headers += 1
        self._blocks.table(([*_row(row)] for row in rows), max(headers, 1))


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _row(row: html.HtmlElement) -> Iterator[tuple[str, Place]]:
    """The cells of a row; a wide cell fills the columns that it covers with nothing."""
    for cell in _cells(row):
        text = " ".join(str(part) for part in cell.itertext())
        yield text, Place(line=cell.sourceline or 0)
        span = cell.get("colspan", "1")
        wide = min(int(span), refusals.MAX_COLUMNS) if span.isdigit() and len(span) < 5 else 1
        for _ in range(wide - 1):
            yield "", Place()
