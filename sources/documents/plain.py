"""Plain text, as it comes out of web pages and slide decks."""

import codecs
import re

from sources.documents import refusals
from sources.documents.collecting import Blocks, split_bullet
from sources.documents.model import Kind, Place

_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ–„”…")
_MAX_TITLE = 150
_MAX_SHORT_FORM = 4
_UNDERLINE = re.compile(r"[=\-_*~]{3,}")


def decode(data: bytes, name: str) -> str:
    """Text of the bytes: UTF-8, UTF-16 with its mark, or the old Polish code page that fits.

    Raises PimError `PIM-DOC-006` for what is no text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tried = ["utf-16"]
    else:
        tried = ["utf-8-sig", "cp1250", "iso8859-2"]
    texts: list[str] = []
    for encoding in tried:
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf"):
            break
    readable = [text for text in texts if not _has_controls(text)]
    if not readable:
        raise refusals.damaged(name, "not text")
    return max(readable, key=lambda text: sum(letter in _POLISH for letter in text))


def _has_controls(text: str) -> bool:
    return any(
        (ord(c) < 32 and c not in "\t\n\r\f\v") or 127 <= ord(c) < 160 for c in text[:20_000]
    )


def read_plain(data: bytes, blocks: Blocks) -> int:
    """Lines become blocks: capitals a heading, a bullet an item, tabs a table.

    Other lines that follow each other are one paragraph, as in a slide that was broken up.
    """
    text = decode(data, blocks.name).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        number = _take(lines, number, blocks)
    return 0


def _take(lines: list[str], number: int, blocks: Blocks) -> int:
    """Add the block that begins at a line; gives the position after it."""
    line = lines[number].replace("\f", " ")
    if not line.strip() or _UNDERLINE.fullmatch(line.strip()):
        return number + 1
    if "\t" in line.strip():
        return _take_table(lines, number, blocks)
    mark, rest = split_bullet(line.strip())
    place = Place(line=number + 1)
    end = number + 1
    if mark:
        level = 1 + (len(line) - len(line.lstrip())) // 2
        blocks.add(Kind.ITEM, rest, place, level)
        return end
    while end < len(lines) and _continues(line, lines[end]):
        end += 1
    paragraph = " ".join(part.strip() for part in lines[number:end])
    is_title = len(paragraph) <= _MAX_TITLE and line.isupper()
    blocks.add(Kind.HEADING if is_title else Kind.PARAGRAPH, paragraph, place, int(is_title))
    return end


def _continues(first: str, line: str) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    text = line.strip()
    return (
        bool(text)
        and "\t" not in text
        and not split_bullet(text)[0]
        and not _UNDERLINE.fullmatch(text)
        and (first.isupper() == line.isupper() or (_is_short_form(text) and not first.isupper()))
    )


def _is_short_form(text: str) -> bool:
    """An abbreviation alone on a line, such as PPP: the end of a name that was broken up."""
    return text.isupper() and text.isalpha() and len(text) <= _MAX_SHORT_FORM


def _take_table(lines: list[str], number: int, blocks: Blocks) -> int:
    end = number
    while end < len(lines) and "\t" in lines[end]:
        end += 1
    rows = [
        [(cell, Place(line=i + 1)) for cell in lines[i].split("\t")]
        for i in range(number, end)
        if lines[i].strip()
    ]
    blocks.table(rows)
    return end
