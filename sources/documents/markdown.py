"""Markdown, with tables. HTML in it is read as text, never as a page."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sources.documents.collecting import Blocks
from sources.documents.model import Kind, Place
from sources.documents.plain import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_TEXTS = {"inline", "code_block", "fence", "html_block"}


def read_markdown(data: bytes, blocks: Blocks) -> int:
    """Headings, paragraphs, items and tables with the lines that they begin on."""
    from markdown_it import MarkdownIt

    # The parser itself stops at 20 nested lists, so nothing can grow too deep.
    parser = MarkdownIt("commonmark").enable("table")
    _take(parser.parse(decode(data, blocks.name)), blocks)
    return 0


def _take(tokens: Iterable["Token"], blocks: Blocks) -> None:
    lists = heading = line = 0
    rows: list[list[tuple[str, Place]]] = []
    for token in tokens:
        line = token.map[0] + 1 if token.map else line
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists -= 1
        elif token.type in {"heading_open", "heading_close"}:
            heading = int(token.tag[1:]) if token.nesting == 1 else 0
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            blocks.table(rows)
            rows = []
        elif token.type in _TEXTS and rows:
            rows[-1].append((_text(token), Place(line=line)))
        elif token.type in _TEXTS:
            kind = Kind.HEADING if heading else Kind.ITEM if lists else Kind.PARAGRAPH
            blocks.add(kind, _text(token), Place(line=line), heading or lists)


def _text(token: "Token") -> str:
    """Words of a token without their marks: links give their words, emphasis goes."""
    if not token.children:
        return token.content
    return "".join(
        " " if child.type in {"softbreak", "hardbreak"} else child.content
        for child in token.children
    )
