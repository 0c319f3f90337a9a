"""What may be the name of a city in a list, before the register is asked."""

import re

from sources.documents.outline import Outline, Span
from sources.documents.persons import persons_in
from sources.documents.words import fold

_MAX_NAME = 70
_MAX_WORDS = 7
_SMALL = {
    *("nad", "na", "w", "we", "k", "kolo", "pod", "i", "m", "st", "miasto", "miasta", "gmina"),
    *("gminy", "miejska", "woj", "o", "do", "z", "s", "urzad", "powiat"),
}
_AFTER = re.compile(r"\s+[–—-]\s+.*$|\s*\((?:miasto\s*)?lider\w*[^)]*\)\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:m\.\s*in\.|oraz|a także|takich jak|miasta)\s+", re.IGNORECASE)


def trimmed_name(outline: Outline, span: Span) -> Span:
    """A member of a list without what is said after a dash, or of its role."""
    text = span.of(outline.blocks)
    before, after = _BEFORE.match(text), _AFTER.search(text)
    start = before.end() if before else 0
    end = after.start() if after else len(text)
    while end > start and text[end - 1] in " .;,":
        end -= 1
    return Span(span.block, span.start + start, span.start + max(end, start))


def is_city_name(text: str) -> bool:
    """Whether a text is written as a name: few words, all with capitals, no person."""
    words = re.findall(r"[^\W_]+", re.sub(r"\([^)]*\)", "", text))
    if not words or len(words) > _MAX_WORDS or len(text) > _MAX_NAME:
        return False
    if text.count("(") != text.count(")"):
        return False
    named = [word for word in words if fold(word) not in _SMALL]
    capitals = all(word[0].isupper() for word in named)
    return bool(named) and capitals and not re.search(r"\d|[:!?@]", text) and not persons_in(text)
