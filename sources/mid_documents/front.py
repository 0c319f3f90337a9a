"""The title page: where it ends, and which network and city it names."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sources.documents.model import Kind
from sources.mid_documents import patterns
from sources.mid_documents.model import Found, Known
from sources.mid_documents.sections import Heading
from sources.mid_documents.view import Line, View
from sources.mid_documents.words import fold, unfolded, without_number

_LONGEST = 40
"""Lines of a title page at most."""
_SENTENCE_WORDS = 8
_WORD_NETWORK = r"\bsiec\w*(?: tematyczn\w+)?(?: pim\w*)?[ :-]+"
_TELLING = re.compile(r"^miast\w* |\b(?:city|network)\b")
"""Names that are those of a network wherever they stand; „rewitalizacja” is not."""

Rule = Iterable[Found | None]
"""What one rule finds; see `values.Values.decide`."""


def front_of(view: View, found: Sequence[Heading]) -> list[Line]:
    """The lines of the title page: up to the first chapter."""
    heads = (
        h.line.index for h in found if h.parts or _opens(h.line) or _has_sentence(view, h.line)
    )
    opening = (line.index for line in view.lines[:_LONGEST] if _opens(line))
    return view.lines[: min([*heads, *opening, _LONGEST])]


def _has_sentence(view: View, line: Line) -> bool:
    """Whether a heading below the first line is one of running text, not one of a title page."""
    below = view.lines[line.index + 1 : line.index + 2]
    return (
        line.index > 0
        and line.kind is Kind.HEADING
        and not patterns.MID.search(line.plain)
        and any(_is_sentence(one) for one in below)
    )


def _is_sentence(line: Line) -> bool:
    words = line.text.split()
    return line.kind is Kind.PARAGRAPH and len(words) >= _SENTENCE_WORDS and words[-1][-1] == "."


def _opens(line: Line) -> bool:
    plain = fold(without_number(line.text)).strip(" .:")
    return bool(patterns.OPENING.fullmatch(plain))


def network_rules(view: View, front: Sequence[Line], known: Known) -> Iterator[Rule]:
    """Known names on the title page, else after the word „sieć” anywhere."""
    names = {
        name: bare_network(name) for name in sorted(known.networks, key=lambda n: (-len(n), n))
    }
    yield (_whole_network(view, line, names) for line in front)
    telling = {name: bare for name, bare in names.items() if _TELLING.search(bare)}
    yield (
        _network_in(view, line, telling, "network_on_title_page")
        for line in front
        if line.kind is Kind.HEADING or patterns.MID.search(line.plain)
    )
    yield (_network_in(view, line, names, "network_in_sentence") for line in view.lines)


def bare_network(name: str) -> str:
    """A network's name without the word for network, folded."""
    return re.sub(r"^(?:siec|sieci) (?:tematyczn\w+ )?|^network ", "", fold(name)).strip(" .:-")


def network_of(written: str, known: Known) -> str | None:
    """The one network that a text names by any of its names, whole or among other words."""
    plain = bare_network(written)
    exact = {key for name, key in known.network_names if bare_network(name) == plain}
    within = {
        key
        for name, key in known.network_names
        if _TELLING.search(bare_network(name))
        and re.search(rf"\b{re.escape(bare_network(name))}\b", plain)
    }
    found = exact or within
    return next(iter(found)) if len(found) == 1 else None


def _whole_network(view: View, line: Line, names: dict[str, str]) -> Found | None:
    plain = line.plain.strip(" .:-")
    for bare in names.values():
        if bare == bare_network(plain) and (_TELLING.search(bare) or plain.startswith("siec")):
            return view.found(line, line.text, "network_line")
    return None


def _network_in(view: View, line: Line, names: dict[str, str], rule: str) -> Found | None:
    """The longest known name in a line; in a sentence it needs the word „sieć” before it."""
    before = _WORD_NETWORK if rule == "network_in_sentence" else r"\b"
    for bare in names.values():
        match = re.search(before + rf"({re.escape(bare)})\b", line.plain)
        if match:
            written = unfolded(line.text, match.start(1), match.end(1))
            return view.found(line, written, rule)
    return None


def city_rules(view: View, front: Sequence[Line], known: Known) -> Iterator[Rule]:
    """A line that is a city: known names first; else the MID „miasta Płocka”."""
    networks = {fold(name) for name in known.networks} | {bare_network(n) for n in known.networks}
    participants = {fold(name) for name in known.participants}

    def lines(*, known_only: bool) -> Rule:
        for line in front:
            plain = line.plain.strip(" .,")
            # „Żyrardów, marzec 2023 r.” is place and date.
            place = re.sub(r",? [^,]*\d{4}(?: r\.?| roku)?$", "", plain).strip(" ,")
            is_city = place in participants if known_only else patterns.CITY_LINE.match(plain)
            if is_city and plain not in networks and not patterns.MID.search(plain):
                yield view.found(line, line.text[: len(place)].strip(" ,"), "city_line")

    yield lines(known_only=True)
    yield lines(known_only=False)
    yield (_city_of_mid(view, line, networks) for line in front)


def _city_of_mid(view: View, line: Line, networks: set[str]) -> Found | None:
    name = patterns.MID.search(line.plain)
    if name is None:
        return None
    rest = line.plain[name.end() :].strip(" -:,()")
    rest = re.sub(r"^\(?mid\)?[ -]*", "", rest)
    match = patterns.CITY_OF_MID.match(rest)
    if match is None or rest in networks or len(rest.split()) > 6:
        return None
    start = line.plain.rindex(rest)
    return view.found(line, unfolded(line.text, start, start + len(rest)), "city_of_mid")
