"""Texts that may stand in no published cell, whoever wrote them: as SQL that is true for them.

Points 42 and 47 of the portal's list. What packages are refused for (`exports.refusals`) and what
a release is judged by (`exports.danegov.scanning`) are the same.
"""

import re

from exports.sql import literal

_JSON = r"^\s*[\[{]"
_DURATION = "P([0-9]+[YMWD])+(T.*)?"
_EMAIL = r"[\w.+-]+@[\w-]+\.\w"
_TELEPHONE = r"(\+48|tel\.)\s*[0-9]"
_ADDRESS = r"https?://\S+"
_ELEVEN = r"(^|[^0-9])[0-9]{11}([^0-9]|$)"
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)

# As DuckDB has them: its \w and \s are those of ASCII. One sign before @ is enough to search for.
_PERSONAL = re.compile(rf"{_EMAIL.replace('+@', '@')}|{_ELEVEN}", re.ASCII)
_NUMBERED = re.compile(_TELEPHONE, re.ASCII)
_LINKED = re.compile(_ADDRESS, re.ASCII)


def impersonal(word: str) -> bool:
    """Whether there is certainly nothing personal in a text; the SQL has the last word."""
    return not (_PERSONAL.search(word) or _NUMBERED.search(_LINKED.sub("", word)))


def like_json(text: str) -> str:
    """The text, which is SQL too, looks like an object or a list of JSON."""
    return f"regexp_matches({text}, {literal(_JSON)})"


def like_duration(text: str) -> str:
    """The text is a duration of ISO 8601, such as P1Y."""
    return f"regexp_full_match({text}, {literal(_DURATION)})"


def with_email(text: str) -> str:
    """There is an e-mail address in the text."""
    return f"regexp_matches({text}, {literal(_EMAIL)})"


def with_telephone(text: str) -> str:
    """There is a telephone number in the text, web addresses left out."""
    bare = f"regexp_replace({text}, {literal(_ADDRESS)}, '', 'g')"
    return f"regexp_matches({bare}, {literal(_TELEPHONE)})"


def with_pesel(text: str) -> str:
    """There is a number in the text with the date and the check digit of a person's PESEL."""
    weighed = " + ".join(
        f"TRY_CAST(substr(n, {place}, 1) AS INTEGER) * {weight}"
        for place, weight in enumerate(_PESEL_WEIGHTS, 1)
    )
    person = (
        "length(n) = 11 AND TRY_CAST(substr(n, 3, 2) AS INTEGER) % 20 BETWEEN 1 AND 12 "
        f"AND TRY_CAST(substr(n, 5, 2) AS INTEGER) BETWEEN 1 AND 31 AND ({weighed}) % 10 = 0"
    )
    # Asked first, since hardly any text has eleven digits.
    eleven = f"regexp_matches({text}, {literal(_ELEVEN)})"
    numbers = f"regexp_extract_all({text}, '[0-9]+')"
    return f"({eleven} AND len(list_filter({numbers}, lambda n: {person})) > 0)"
