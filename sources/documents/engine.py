"""The one engine: patterns held against a document, giving facts whose every value has a quote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from sources.documents.lexicon import Lexicon
from sources.documents.model import Document, Kind, Place
from sources.documents.names import is_city_name, trimmed_name
from sources.documents.outline import Outline, Span
from sources.documents.patterns import Field, Pattern, Shape
from sources.documents.programme import NETWORK_ISSUES, OTHER_TITLES, PARTICIPATIONS, PATTERNS
from sources.documents.quoting import quote_around, shortened
from sources.documents.rules import RULES
from sources.documents.shapes import OF_TABLES, READERS, Parts, whole
from sources.documents.splitting import before_and_after, roles_in
from sources.documents.words import Terms, fold

TITLES = (*(p.opens for p in PATTERNS if p.opens is not None), *OTHER_TITLES)
_THROUGH = tuple(p.opens for p in (PARTICIPATIONS, NETWORK_ISSUES) if p.opens is not None)
_MID = Terms("miejsk* inicjatyw* dzialan*")
_FIRST_TITLES = 5
_LONG = 150
_NEAR_BEGIN = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """One value of a fact, and what proves it."""

    column: str
    written: str
    value: str
    rule: str
    place: Place
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a document states, with a piece for each of its columns."""

    table: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Extraction:
    """What was found in a document, and what of it was understood."""

    document: Document
    facts: tuple[Fact, ...]
    understood: frozenset[int]
    """Positions of the blocks that facts, titles and context come from."""
    lexicon: Lexicon
    """What was known while reading: rules derive the same values with it again."""


def extract(document: Document, lexicon: Lexicon) -> Extraction:
    """All facts of a document. One that is not about the programme, or is a MID, gives none."""
    outline = Outline(document, lexicon, TITLES)
    if _is_mid(outline) or not lexicon.is_about_programme([b.text for b in document.blocks]):
        return Extraction(document, (), frozenset(), outline.lexicon)
    reading = _Reading(outline)
    facts = tuple(chain.from_iterable(reading.facts(pattern) for pattern in PATTERNS))
    facts += tuple(reading.mentions())
    known = {title for title in outline.titles if _is_understood(outline, title)}
    return Extraction(document, facts, frozenset(reading.used | known), outline.lexicon)


def _is_understood(outline: Outline, title: int) -> bool:
    return outline.is_known(title) or outline.is_network(title)


def _is_mid(outline: Outline) -> bool:
    """Whether this is a city's own MID, which tells of the city and not of the programme."""
    first = {*outline.titles[:_FIRST_TITLES], *range(min(_FIRST_TITLES, len(outline.blocks)))}
    texts = (outline.blocks[position].text for position in first)
    return any(len(text) <= _LONG and _MID.opens(text, 2) for text in texts)


class _Reading:
    """One document being read: which blocks were used, and which facts are there already."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.used: set[int] = set()
        self._seen: set[tuple[str, tuple[tuple[str, str], ...]]] = set()

    def facts(self, pattern: Pattern) -> Iterator[Fact]:
        """The facts of one pattern, each once."""
        for title, section in self._sections(pattern):
            for shape in pattern.shapes:
                if (shape in OF_TABLES or shape is Shape.SENTENCES) != (title < 0):
                    continue
                found = [
                    fact
                    for parts in READERS[shape](self.outline, pattern, title, section)
                    for each in self._each(pattern, parts)
                    if (fact := self._fact(pattern, shape, each)) is not None
                ]
                yield from filter(self._is_new, found)
                if found and title >= 0:
                    break

    def _sections(self, pattern: Pattern) -> Iterator[tuple[int, Sequence[int]]]:
        """The whole document as -1, then what lies under each title of the pattern."""
        outline = self.outline
        yield -1, range(len(outline.blocks))
        for title in outline.titles:
            text = outline.blocks[title].text
            opened = pattern.opens is not None and pattern.opens.opens(text)
            if opened or (pattern.in_network and outline.is_network(title)):
                yield title, outline.section(title, subs=pattern.subs)

    def _each(self, pattern: Pattern, parts: Parts) -> Iterator[Parts]:
        """The possible facts in one: its rule before and after, its roles, its members."""
        outline = self.outline
        if pattern.table == "rule_changes" and "before" not in parts:
            parts |= before_and_after(outline, parts["text"])
        if "body" in parts:
            parts |= roles_in(outline, parts["body"])
        if pattern.each is None:
            yield parts
            return
        part, expression = pattern.each
        span = parts.get(part)
        if span is None:
            return
        for match in expression.finditer(fold(span.of(outline.blocks))):
            start, end = match.span("member" if "member" in expression.groupindex else 0)
            yield {**parts, part: Span(span.block, span.start + start, span.start + end)}

    def _fact(self, pattern: Pattern, shape: Shape, parts: Parts) -> Fact | None:
        outline = self.outline
        if not _is_kept(outline, pattern, shape, parts):
            return None
        if pattern.names:
            parts = {**parts, "text": trimmed_name(outline, parts["text"])}
            text = parts["text"].of(outline.blocks)
            if not is_city_name(text) or outline.lexicon.network_of(text):
                return None
        pieces: list[Piece] = []
        used: set[int] = set()
        for field in pattern.fields:
            piece = self._piece(shape, field, parts, used)
            if piece is not None:
                pieces.append(piece)
            elif not field.optional:
                return None
        self.used |= used
        return Fact(pattern.table, tuple(pieces))

    def _piece(self, shape: Shape, field: Field, parts: Parts, used: set[int]) -> Piece | None:
        outline = self.outline
        span, rules = parts.get(field.part), field.rules
        main = next(iter(parts.values())).block
        if span is None and field.part == "network":
            span = outline.network_at(main, _THROUGH)
        elif span is None and field.part == "edition":
            found = outline.edition_at(main, near=shape is Shape.SENTENCES)
            span = found[0] if found else None
        if span is None:
            return None
        span = shortened(outline.blocks, span)
        written = span.of(outline.blocks)
        for rule in rules:
            value = RULES[rule](written, outline.lexicon)
            quote = quote_around(outline.blocks[span.block].text, span) if value else ""
            if value and quote:
                used.add(span.block)
                return Piece(
                    field.column, written, value, rule, outline.blocks[span.block].place, quote
                )
        return None

    def mentions(self) -> Iterator[Fact]:
        """Every network that a text names, the first time in each form."""
        outline = self.outline
        for position, block in enumerate(outline.blocks):
            taken = [False] * len(block.text)
            if outline.lexicon.network_of(block.text) and block.kind is not Kind.PARAGRAPH:
                yield from self._mention(whole(outline, position), "network")
                continue
            for _, terms in outline.lexicon.mentions:
                found = terms.search(block.text)
                if found and not any(taken[found[0] : found[1]]):
                    taken[found[0] : found[1]] = [True] * (found[1] - found[0])
                    yield from self._mention(Span(position, *found), "network_mention")

    def _mention(self, span: Span, rule: str) -> Iterator[Fact]:
        outline = self.outline
        written = span.of(outline.blocks)
        network = RULES[rule](written, outline.lexicon)
        quote = quote_around(outline.blocks[span.block].text, span)
        if not network or not quote:
            return
        place = outline.blocks[span.block].place
        fact = Fact(
            "network_names",
            (
                Piece("network_id", written, network, rule, place, quote),
                Piece(
                    "name_as_written",
                    written,
                    RULES["text"](written, outline.lexicon),
                    "text",
                    place,
                    quote,
                ),
            ),
        )
        if self._is_new(fact):
            self.used.add(span.block)
            yield fact

    def _is_new(self, fact: Fact) -> bool:
        key = fact.table, tuple((piece.column, fold(piece.value)) for piece in fact.pieces)
        fresh = key not in self._seen
        self._seen.add(key)
        return fresh


def _is_kept(outline: Outline, pattern: Pattern, shape: Shape, parts: Parts) -> bool:
    """Whether the words are there without which the text is something else."""
    if pattern.keep is None or shape is Shape.MATRIX:
        return True
    if shape is Shape.RECORDS and "axis" in parts:
        return pattern.keep.opens(parts["axis"].of(outline.blocks))
    if "text" in parts:
        return pattern.keep.opens(parts["text"].of(outline.blocks), _NEAR_BEGIN)
    part = parts.get("roles") or parts.get("body")
    return part is not None and pattern.keep.search(part.of(outline.blocks)) is not None
