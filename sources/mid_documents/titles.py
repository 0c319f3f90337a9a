"""Title, date and institution as a title page shows them without a label."""

import re
from collections.abc import Iterator, Sequence

from schemas.tables.mid_documents import QUOTE
from sources.documents.model import Kind
from sources.mid_documents import patterns
from sources.mid_documents.front import Rule, bare_network
from sources.mid_documents.labels import field_of
from sources.mid_documents.model import Found, Known
from sources.mid_documents.people import institutions_in, is_personal
from sources.mid_documents.periods import find_dates
from sources.mid_documents.view import Line, View
from sources.mid_documents.words import fold, unfolded

_QUOTED = re.compile(r"[„“\"»](?P<title>[^„”“\"«»]{5,200})[”\"«“]")
_AFTER_NAME = re.compile(r"^[\s:–—-]+(?P<title>\S.{4,})$")
_YEARS = re.compile(r"\d{4} ?[-–/] ?\d{4}")
"""When the programme runs, which is no date of a document."""
_DATE_LINE = 60


def title_rules(
    view: View, front: Sequence[Line], known: Known, taken: frozenset[str]
) -> Iterator[Rule]:
    """After „Miejska Inicjatywa Działań”, in quotes, or the only line that is left.

    `taken` are lines from which another value was read.
    """
    named = [line for line in front if patterns.MID.search(line.plain)]
    yield (_quoted(view, line) for line in front)
    yield (_after_name(view, line, known) for line in named)
    rest = [line for line in front if _may_be_title(line, known) and line.block.text not in taken]
    headed = [line for line in rest if line.kind is Kind.HEADING]
    yield (view.found(line, line.text, "only_heading_left") for line in headed)
    yield (view.found(line, line.text, "only_line_left") for line in rest)


def _quoted(view: View, line: Line) -> Found | None:
    match = _QUOTED.search(line.text)
    return view.found(line, match["title"], "quoted_on_title_page") if match else None


def _after_name(view: View, line: Line, known: Known) -> Found | None:
    name = patterns.MID.search(line.plain)
    if name is None:
        return None
    end = len(unfolded(line.text, 0, name.end()))
    rest = re.sub(r"^\s*\(MID\)", "", line.text[end:])
    match = _AFTER_NAME.match(rest)
    if match is None or not _is_free(fold(match["title"]), known):
        return None
    return view.found(line, match["title"], "after_name_of_mid")


def _may_be_title(line: Line, known: Known) -> bool:
    plain = line.plain
    return (
        line.kind in (Kind.HEADING, Kind.PARAGRAPH)
        and 10 <= len(plain) <= QUOTE
        and len(plain.split()) > 1
        and not plain.endswith(".")
        and not patterns.MID.search(plain)
        and field_of(line.text.partition(":")[0]) is None
        and not patterns.TOC_LINE.search(plain)
        and not next(find_dates(line.text), None)
        and not next(institutions_in(line.text), None)
        and not is_personal(line.text)
        and _is_free(plain, known)
    )


def _is_free(plain: str, known: Known) -> bool:
    """Whether a text is neither a network, a city, nor the programme."""
    names = {bare_network(name) for name in known.networks} | {fold(n) for n in known.participants}
    return (
        not patterns.PROGRAMME.search(plain)
        and not patterns.CITY_LINE.match(plain)
        and not patterns.CITY_OF_MID.match(plain)
        and bare_network(plain) not in names
    )


def date_rule(view: View, front: Sequence[Line]) -> Rule:
    """Dates in the short lines of the title page."""
    for line in front:
        about = patterns.PROGRAMME.search(line.plain) or patterns.MID.search(line.plain)
        if len(line.text) <= _DATE_LINE and not about:
            yield from dates_in(view, line, "date_on_title_page")


def dates_in(view: View, line: Line, rule: str) -> Iterator[Found]:
    """The dates of a line; a span of years is none."""
    if _YEARS.search(line.text):
        return
    for written, period in find_dates(line.text):
        found = view.found(line, written, f"{rule}_{period.rule}", period.shown())
        if found is not None:
            yield found


def institution_rule(view: View, front: Sequence[Line]) -> Rule:
    """An office or department on a line of its own."""
    for line in front:
        if patterns.OFFICE_LINE.match(line.plain):
            yield view.found(line, line.text, "institution_line")
