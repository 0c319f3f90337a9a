"""The named rules that derive a value from what is written: the same everywhere, and testable."""

import re
from collections.abc import Callable, Mapping

from sources.documents.dates import DATE_RULES, find_date
from sources.documents.lexicon import Lexicon
from sources.documents.words import Terms, fold

Rule = Callable[[str, Lexicon], str]
"""From what is written, and what is known, to the value; nothing where the rule does not hold."""

_NUMBERS = {
    **dict.fromkeys(("jeden", "jedna", "jedno", "jednej", "jednego"), 1),
    **dict.fromkeys(("dwa", "dwie", "dwoch", "dwu"), 2),
    **dict.fromkeys(("trzy", "trzech", "trzem", "trzema"), 3),
    **dict.fromkeys(("cztery", "czterech", "czterem"), 4),
    **dict.fromkeys(("piec", "pieciu"), 5),
    **dict.fromkeys(("szesc", "szesciu"), 6),
    **dict.fromkeys(("siedem", "siedmiu"), 7),
    **dict.fromkeys(("osiem", "osmiu"), 8),
    **dict.fromkeys(("dziewiec", "dziewieciu"), 9),
    **dict.fromkeys(("dziesiec", "dziesieciu"), 10),
    **dict.fromkeys(("jedenascie", "jedenastu"), 11),
    **dict.fromkeys(("dwanascie", "dwunastu"), 12),
    **dict.fromkeys(("trzydziesci", "trzydziestu"), 30),
}
NUMBER = r"(?:\d{1,4}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + r")"
"""A whole number in digits or words, in folded text."""

_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*(?:r\.?\s*)?[-–—/]\s*((?:19|20)\d\d)\b")
_ORDINALS = (
    (r"pierwsz\w*|pilota\w*|\bpim ?1\b", 1),
    (r"drug\w*|\bpim ?2\b", 2),
    (r"trzeci\w*|\bpim ?3\b", 3),
    (r"czwart\w*|\bpim ?4\b", 4),
)
EDITION_TERM = re.compile(
    r"\b(?:(?:pierwsz|drug|trzeci|czwart)\w*\s+edycj\w*|pilota[zz]\w*|pim ?[1-4]\b)"
)
NEXT_EDITION = re.compile(r"\b(?:(?:kolejn|now)\w*\s+(?:edycj|etap)\w*)")
_SCOPES = (
    ("law", Terms("praw*", "legislac*", "ustaw*")),
    ("finance", Terms("finans*", "fundusz*")),
    ("knowledge", Terms("wiedz*", "edukac*", "kompetenc*")),
)
_PARTIES = (
    ("cities", Terms("miast*")),
    ("world_bank", Terms("bs", "bank* swiat*", "world bank")),
    ("ministries", Terms("minister*", "mfipr", "resort*")),
)
_MEASURES = (
    ("mids", Terms("miejsk* inicjatyw* dzialan*", "mid")),
    ("improvement_plans", Terms("plan* ulepsze*", "pu")),
    ("participants", Terms("miast*", "uczestni*")),
)
_EVENTS = (
    ("conference", Terms("konferencj*")),
    ("consultation", Terms("formularz*", "konsultacj*", "ankie*")),
    ("call", Terms("nabor*")),
)


def _text(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    return " ".join(written.split()).strip(" .;,:–-")


def _title(written: str, lexicon: Lexicon) -> str:
    """A heading in capitals as a sentence: known abbreviations stay, proper names are not known."""
    text = _text(written, lexicon)
    if not text.isupper():
        return text[:1].upper() + text[1:]
    words = [
        word if word in {"PU", "MID", "PPP", "JST", "PIM"} else word.lower()
        for word in text.split()
    ]
    return " ".join([words[0][:1].upper() + words[0][1:], *words[1:]])


def _number(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    plain = fold(written).strip()
    value = int(plain) if plain.isdecimal() else _NUMBERS.get(plain, 0)
    return str(value) if value else ""


def _network(written: str, lexicon: Lexicon) -> str:
    return lexicon.network_of(written)


def _network_mention(written: str, lexicon: Lexicon) -> str:
    for name, terms in lexicon.mentions:
        if terms.search(written) == (0, len(written)):
            return name.network_id
    return ""


def _network_topic(written: str, lexicon: Lexicon) -> str:
    return lexicon.network_on(written)


def _edition_of_date(written: str, lexicon: Lexicon) -> str:
    found = find_date(written, 0)
    if not found or found[1].startswith("-"):
        return ""
    year = int(found[1][:4])
    fitting = [e.edition_id for e in lexicon.editions if e.start <= year <= e.end]
    return fitting[0] if len(fitting) == 1 else ""


def _edition_years(written: str, lexicon: Lexicon) -> str:
    years = _YEARS.search(written)
    if not years:
        return ""
    span = int(years[1]), int(years[2])
    return next((e.edition_id for e in lexicon.editions if (e.start, e.end) == span), "")


def _edition_named(written: str, lexicon: Lexicon) -> str:
    plain = fold(written)
    for pattern, number in _ORDINALS:
        if re.search(pattern, plain):
            return lexicon.edition_numbered(number)
    return ""


def _edition_next(written: str, lexicon: Lexicon) -> str:
    if not NEXT_EDITION.search(fold(written)) or not lexicon.latest:
        return ""
    return lexicon.edition_numbered(lexicon.latest + 1)


def _edition_before(written: str, lexicon: Lexicon) -> str:
    later = _edition_years(written, lexicon) or _edition_named(written, lexicon)
    return lexicon.edition_numbered(lexicon.number_of(later) - 1) if later else ""


def _edition_of_network(written: str, lexicon: Lexicon) -> str:
    return lexicon.edition_of_network(lexicon.network_of(written))


def _coded(codes: tuple[tuple[str, Terms], ...]) -> Rule:
    def rule(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
        return next((code for code, terms in codes if terms.search(written)), "")

    return rule


def _dated(name: str) -> Rule:
    def rule(written: str, lexicon: Lexicon) -> str:
        found = find_date(written, lexicon.year)
        return found[1] if found and found[0] == name else ""

    return rule


def _today(written: str, lexicon: Lexicon) -> str:
    told = fold(written).strip() in {"dzisiaj", "dzis"}
    return lexicon.day.isoformat() if told and lexicon.day else ""


def _first_year(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    years = _YEARS.search(written)
    return years[1] if years else ""


def _last_year(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    years = _YEARS.search(written)
    return years[2] if years else ""


def _goal_level(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    plain = fold(written)
    if "strategiczn" in plain or "glown" in plain:
        return "strategic"
    return "specific" if re.search(r"szczegolow|operacyjn", plain) else ""


def _each_network(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    return "each" if re.search(r"\bkazd\w+\b", fold(written)) else ""


def _term_form(written: str, lexicon: Lexicon) -> str:  # noqa: ARG001 - a rule is given the lexicon
    """A term in the nominative, with the ending by which its forms differ."""
    if not Terms("miejsk* inicjatyw* dzialan*").search(written):
        return ""
    ending = "Działań" if fold(written).split()[2] == "dzialan" else "Działania"
    return f"Miejska Inicjatywa {ending}"


def _term(written: str, lexicon: Lexicon) -> str:
    return "MID" if _term_form(written, lexicon) else ""


RULES: Mapping[str, Rule] = {
    "text": _text,
    "title": _title,
    "number": _number,
    "network": _network,
    "network_mention": _network_mention,
    "network_topic": _network_topic,
    "each_network": _each_network,
    "edition_years": _edition_years,
    "edition_named": _edition_named,
    "edition_next": _edition_next,
    "edition_before": _edition_before,
    "edition_of_network": _edition_of_network,
    "edition_of_date": _edition_of_date,
    "first_year": _first_year,
    "last_year": _last_year,
    "scope": _coded(_SCOPES),
    "party": _coded(_PARTIES),
    "measure": _coded(_MEASURES),
    "event": _coded(_EVENTS),
    "goal_level": _goal_level,
    "term": _term,
    "term_form": _term_form,
    "date_today": _today,
    **{name: _dated(name) for name in DATE_RULES},
}
"""Every rule by its name, except those of cities: they are rules of matching."""

EDITION_RULES = ("edition_years", "edition_named", "edition_next", "edition_of_date")


def years_in(text: str) -> list[tuple[int, int]]:
    """Where spans of years such as `2021 – 2023` stand in a text."""
    return [match.span() for match in _YEARS.finditer(text)]
