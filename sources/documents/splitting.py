"""Parts within a text: what was before and is now, and who takes part."""

import re

from sources.documents.outline import Outline, Span
from sources.documents.words import fold

_SENTENCE = re.compile(r"[^.!?]+[.!?]?")
_BEFORE = re.compile(
    r"\b(?:do tej pory|dotychczas\w*|w pilotazu|wczesniej|poprzedni\w*|dawniej|uprzednio)\b"
)
_NOW = re.compile(r"\b(?:teraz|obecnie|chcemy|stawiamy|od tej edycji|w nowej edycji)\b")
_ROLES = re.compile(r"\(([^()]*)\)\s*\.?$")


def before_and_after(outline: Outline, span: Span) -> dict[str, Span]:
    """`before`: the sentence that tells the old rule; `text`: the one that tells the new.

    Where only one sentence stands, all of it is the new rule. The old one may stand in the
    second half of a sentence, after a dash.
    """
    text = span.of(outline.blocks)
    found = [(m.start(), m.end()) for m in _SENTENCE.finditer(text) if m.group().strip()]
    plain = fold(text)
    before = next((s for s in found if _BEFORE.search(plain, *s)), None)
    if before is None or (len(found) < 2):
        return {}
    others = [s for s in found if s != before]
    now = next((s for s in others if _NOW.search(plain, *s)), others[0])
    dash = plain.find(" - ", *before)
    if dash >= 0 and _BEFORE.search(plain, dash, before[1]):
        before = dash + 3, before[1]
    return {"before": _placed(text, span, before), "text": _placed(text, span, now)}


def roles_in(outline: Outline, body: Span) -> dict[str, Span]:
    """`roles`: the brackets at the end of a text; `body`: what stands before them."""
    text = body.of(outline.blocks)
    found = _ROLES.search(text)
    if not found:
        return {}
    start = body.start
    return {
        "roles": Span(body.block, start + found.start(1), start + found.end(1)),
        "body": _placed(text, body, (0, found.start())),
    }


def _placed(text: str, span: Span, part: tuple[int, int]) -> Span:
    """A part of the text as a span of its block, without space around it."""
    piece = text[part[0] : part[1]]
    start = span.start + part[0] + len(piece) - len(piece.lstrip())
    return Span(span.block, start, start + len(piece.strip()))
