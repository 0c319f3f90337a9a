"""What a MID says of itself: by labels first, then by its title page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schemas.tables.mid_documents import QUOTE, MidField, MidPart
from sources.documents.model import Kind
from sources.mid_documents import patterns
from sources.mid_documents.front import Rule, city_rules, network_of, network_rules
from sources.mid_documents.labels import Labelled
from sources.mid_documents.model import Found, Known
from sources.mid_documents.people import institutions_in, is_personal
from sources.mid_documents.periods import read_period
from sources.mid_documents.sections import Heading
from sources.mid_documents.titles import date_rule, dates_in, institution_rule, title_rules
from sources.mid_documents.view import Line, View
from sources.mid_documents.words import cut, fold

_SENTENCE_END = re.compile(
    r"(?<!\b[a-z]{2})(?<!\b[a-z]{3})(?<!\b[a-z])[.!?](?=\s+[A-ZĄĆĘŁŃÓŚŹŻ]|$)"
)
"""An abbreviation of up to three letters (`ul.`, `tys.`, `r.`) ends no sentence."""
_SHORTEST = 20
_BELOW = 8


@dataclass
class Values:
    """Values as they are found: the first rule that finds a field decides it."""

    found: dict[MidField, Found] = field(default_factory=dict)
    left_open: set[MidField] = field(default_factory=set)
    left_out: int = 0

    def decide(self, name: MidField, candidates: Rule, same: Callable[[str], str] = fold) -> None:
        """Take the value on which all candidates agree; leave the field open where they differ.

        `same` tells values apart: those that it gives the same text for are one.
        """
        if name in self.found or name in self.left_open:
            return
        given = [one for one in candidates if one is not None]
        if len({same(one.value) for one in given}) > 1:
            self.left_open.add(name)
        elif given:
            self.found[name] = given[0]


def read_values(
    view: View, labels: Sequence[Labelled], front: Sequence[Line], known: Known
) -> Values:
    """City, network, title, institution and date."""
    values = Values()
    _by_label(view, labels, front, values)
    for rule in network_rules(view, front, known):
        values.decide(MidField.NETWORK, rule, lambda name: network_of(name, known) or fold(name))
    for rule in city_rules(view, front, known):
        values.decide(MidField.CITY, rule)
    values.decide(MidField.DATE, date_rule(view, front))
    taken = frozenset(one.evidence.quote for one in values.found.values())
    for rule in title_rules(view, front, known, taken):
        values.decide(MidField.TITLE, rule)
    values.decide(MidField.INSTITUTION, institution_rule(view, front))
    return values


def _by_label(
    view: View, labels: Sequence[Labelled], front: Sequence[Line], values: Values
) -> None:
    """Labels of the title page before those of the rest."""
    end = len(front)
    for at_front in (True, False):
        for name in (MidField.CITY, MidField.NETWORK, MidField.TITLE, MidField.DATE):
            given = [
                one for one in labels if one.field is name and (one.line.index < end) == at_front
            ]
            read = _READ.get(name, _as_is)
            values.decide(name, (read(view, one) for one in given))
    groups = [one for one in labels if one.field is MidField.INSTITUTION]
    for one in groups:
        named = [name for name in institutions_in(one.text) if len(name) <= QUOTE]
        values.left_out += is_personal(one.text) and not named
        if named and MidField.INSTITUTION not in values.found:
            values.decide(MidField.INSTITUTION, [view.found(one.line, named[0], one.rule)])


def _as_is(view: View, one: Labelled) -> Found | None:
    text = one.text.strip(' „”"“»«.;')
    if patterns.PLACEHOLDER.match(fold(text)) or is_personal(text):
        return None
    return view.found(one.line, text, one.rule)


def _date(view: View, one: Labelled) -> Found | None:
    period = read_period(one.text)
    if period is not None:
        return view.found(one.line, one.text, f"{one.rule}_{period.rule}", period.shown())
    return next(dates_in(view, one.line, one.rule), None)


_READ: dict[MidField, Callable[[View, Labelled], Found | None]] = {MidField.DATE: _date}


def read_challenge(
    view: View, labels: Sequence[Labelled], found: Sequence[Heading]
) -> Found | None:
    """The challenge: its label on the title page, else the first sentences of its chapter."""
    for one in labels:
        if one.field is MidField.CHALLENGE and one.rule != "below_label":
            read = _as_is(view, one)
            if read is not None:
                return read
    for heading in found:
        if MidPart.CHALLENGE not in heading.parts:
            continue
        for line in view.lines[heading.line.index + 1 : heading.line.index + _BELOW]:
            if any(other.line.index == line.index and other.parts for other in found):
                break
            if line.kind is Kind.HEADING or len(line.text) < _SHORTEST or is_personal(line.text):
                continue
            return view.found(line, sentences(line.text), "first_sentences_of_chapter")
    return None


def sentences(text: str) -> str:
    """As many whole sentences as a quote holds, from the first; at least a part of that."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if match.end() <= QUOTE]
    return text[: ends[-1]] if ends else cut(text, QUOTE)
