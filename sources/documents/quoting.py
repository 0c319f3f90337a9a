"""Quotes: short, around what is written, and never with a person in them."""

import re
from collections.abc import Sequence

from sources.documents.model import Block
from sources.documents.outline import Span
from sources.documents.persons import persons_in

MAX_QUOTE = 200
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZĄĆĘŁŃÓŚŹŻ„–])")


def shortened(blocks: Sequence[Block], span: Span) -> Span:
    """The span, or as many whole words of its beginning as a quote may have."""
    text = span.of(blocks)
    if len(text) <= MAX_QUOTE:
        return span
    cut = text.rfind(" ", 0, MAX_QUOTE)
    return Span(span.block, span.start, span.start + (cut if cut > 0 else MAX_QUOTE))


def quote_around(text: str, span: Span) -> str:
    """At most `MAX_QUOTE` letters of a text that hold the span: its sentence where it fits.

    Nothing where the span itself names a person.
    """
    persons = persons_in(text)
    if any(start < span.end and span.start < end for start, end in persons):
        return ""
    left = max([0, *(end for _, end in persons if end <= span.start)])
    right = min([len(text), *(start for start, _ in persons if start >= span.end)])
    cuts = [m.end() for m in _SENTENCE_END.finditer(text)]
    if right - left > MAX_QUOTE:
        left = max([left, *(c for c in cuts if c <= span.start)])
        right = min([right, *(c for c in cuts if c >= span.end)])
    if right - left > MAX_QUOTE:
        left, right = _words_around(text, span, left, right)
    return text[left:right].strip()


def _words_around(text: str, span: Span, left: int, right: int) -> tuple[int, int]:
    """As much on either side as fits, cut between words."""
    spare = MAX_QUOTE - (span.end - span.start)
    begin = max(left, span.start - spare // 2)
    if begin > left:
        space = text.find(" ", begin, span.start)
        begin = space + 1 if space >= 0 else span.start
    end = min(right, begin + MAX_QUOTE)
    if end < right:
        space = text.rfind(" ", span.end, end + 1)
        end = space if space >= 0 else span.end
    return begin, end
