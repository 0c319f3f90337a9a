"""From a document to what a MID says: the one entry of this room."""

import re
from collections.abc import Sequence

from schemas.tables.mid_documents import MidField, MidPart
from sources.documents.model import Document
from sources.mid_documents import patterns
from sources.mid_documents.front import front_of
from sources.mid_documents.labels import Labelled, labelled
from sources.mid_documents.model import Found, Known, MidReading, PartFound
from sources.mid_documents.rows import KINDS, Read, Shape, kinds_of, read_rows, shapes
from sources.mid_documents.sections import Heading, chapter_at, headings, parts_found
from sources.mid_documents.values import Values, read_challenge, read_values
from sources.mid_documents.view import Line, View

_ENOUGH_PARTS = 2
_POLISH = re.compile(r"\b(?:i|w|na|z|do|się|jest|oraz|dla|nie|przez|które|będzie)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|of|and|in|to|for|is|with|will|by|that|are)\b", re.IGNORECASE)
_TELLING = 5
"""Small words that tell a language at least."""


def read_mid(document: Document, known: Known | None = None) -> MidReading | None:
    """What a MID document says; nothing where the document is no MID.

    A MID calls itself one on its title page or in its form, and has at least two of the parts
    that a MID has. `known` are names of networks and participants that may stand without label.
    """
    known = known or Known()
    view = View(document)
    tables = shapes(view)
    found = headings(view, [shape.grid for shape in tables])
    labels = list(labelled(view, {view.blocks[s.grid.start].table for s in tables}))
    front = front_of(view, found)
    if not _calls_itself_mid(front or view.lines[:3]):
        return None
    parts = parts_found(view, found)
    _parts_of_tables(view, tables, found, parts)
    if sum(part.has_content for part in parts.values()) < _ENOUGH_PARTS:
        return None
    return _reading(view, tables, found, labels, front, parts, known)


def _calls_itself_mid(front: Sequence[Line]) -> bool:
    """A short line of the title page names a MID, and none says that it is only about MIDs."""
    short = [line for line in front if len(line.text) <= 160]
    named = [
        line
        for line in short
        if patterns.MID.search(line.plain) or patterns.MID_LABEL.match(line.plain)
    ]
    return bool(named) and not any(patterns.ABOUT_MIDS.search(line.plain) for line in named)


def _reading(
    view: View,
    tables: Sequence[Shape],
    found: Sequence[Heading],
    labels: Sequence[Labelled],
    front: Sequence[Line],
    parts: dict[MidPart, PartFound],
    known: Known,
) -> MidReading:
    values = read_values(view, labels, front, known)
    _add(values, MidField.CHALLENGE, read_challenge(view, labels, found))
    _add(values, MidField.PAGES, _pages(view))
    _add(values, MidField.LANGUAGE, _language(view))
    rows = {kind: Read() for kind in KINDS}
    for shape in tables:
        for kind in kinds_of(shape, chapter_at(found, shape.grid.start)):
            read_rows(view, shape, kind, rows[kind])
    return MidReading(
        name=view.document.name,
        sha256=view.document.sha256,
        values={field: values.found[field] for field in MidField if field in values.found},
        parts={part: parts[part] for part in MidPart if part in parts},
        actions=tuple(rows[MidPart.ACTIONS].rows),
        schedule=tuple(rows[MidPart.SCHEDULE].rows),
        stakeholders=tuple(rows[MidPart.STAKEHOLDERS].rows),
        left_out=values.left_out + sum(read.left_out for read in rows.values()),
        left_open=frozenset(values.left_open),
    )


def _add(values: Values, field: MidField, found: Found | None) -> None:
    if found is not None:
        values.found[field] = found


def _parts_of_tables(
    view: View,
    tables: Sequence[Shape],
    found: Sequence[Heading],
    parts: dict[MidPart, PartFound],
) -> None:
    """A table of actions shows that there are actions, even where no heading says so."""
    for shape in tables:
        for kind in kinds_of(shape, chapter_at(found, shape.grid.start)):
            if kind in parts and parts[kind].has_content:
                continue
            line = view.lines[shape.grid.start]
            evidence = view.evidence(line, line.text, "head_of_table")
            if evidence is not None:
                parts[kind] = PartFound(True, evidence)


def _pages(view: View) -> Found | None:
    """Counted, not written: the quote is the first line of the last page, else the first line."""
    count = view.document.pages
    last = [line for line in view.lines if line.block.place.page == count]
    quoted = (
        view.found(line, line.text, "pages_counted", str(count)) for line in last or view.lines
    )
    return next((found for found in quoted if found), None) if count else None


def _language(view: View) -> Found | None:
    """The language whose small words are more frequent; the quote is the line with most of them."""
    texts = view.lines
    counts = {
        code: [len(pattern.findall(line.text)) for line in texts]
        for code, pattern in (("pl", _POLISH), ("en", _ENGLISH))
    }
    code = max(counts, key=lambda one: sum(counts[one]))
    if sum(counts[code]) < _TELLING:
        return None
    order = sorted(range(len(texts)), key=lambda at: (-counts[code][at], at))
    quotes = (view.found(texts[at], texts[at].text, "small_words", code) for at in order)
    return next((found for found in quotes if found is not None), None)
