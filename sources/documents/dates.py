"""Dates as people write them, each with the name of the rule that reads it."""

import re
from datetime import date

from sources.documents.words import fold

_MONTHS = (
    ("stycz", 1), ("lut", 2), ("mar", 3), ("kwie", 4), ("maj", 5), ("czerw", 6), ("lip", 7),
    ("sierp", 8), ("wrzes", 9), ("pazdz", 10), ("listop", 11), ("grud", 12),
)  # fmt: skip
_MONTH = (
    r"(?:styczni\w*|lut\w*|marc\w*|kwie\w*|maj\w?|czerw\w*|lip\w*|sierp\w*|wrzes\w*|pazdz\w*"
    r"|listop\w*|grud\w*)"
)
_FORMS = (
    ("date_iso", re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b")),
    ("date_dotted", re.compile(r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)\b")),
    ("date_glued", re.compile(r"\b(?P<d>\d\d)(?P<m>\d\d)\.(?P<y>(?:19|20)\d\d)\b")),
    (
        "date_words",
        re.compile(rf"\b(?P<d>\d{{1,2}})\s+(?P<w>{_MONTH})\s+(?P<y>(?:19|20)\d\d)\b(?:\s*r\b\.?)?"),
    ),
    ("date_year_of_document", re.compile(rf"\b(?P<d>\d{{1,2}})\s+(?P<w>{_MONTH})(?:\s+br\b\.?)?")),
)
DATE_RULES = tuple(name for name, _ in _FORMS)


def find_date(text: str, year: int) -> tuple[str, str, tuple[int, int]] | None:
    """The first date of a text: its rule, its value, and where it stands.

    The value is `YYYY-MM-DD`; `--MM-DD` where neither the text nor the document tells the year
    (`year` 0). A day that no calendar has is no date.
    """
    folded = fold(text)
    found = []
    for rule, pattern in _FORMS:
        for match in pattern.finditer(folded):
            value = _value(match, year)
            if value:
                found.append((match.start(), -match.end(), rule, value))
    if not found:
        return None
    start, end, rule, value = min(found)
    return rule, value, (start, -end)


def _value(match: re.Match[str], year: int) -> str:
    parts = match.groupdict()
    word = parts.get("w") or ""
    month = next((n for stem, n in _MONTHS if word.startswith(stem)), 0) if word else 0
    month = month or int(parts.get("m") or 0)
    written_year = int(parts.get("y") or 0) or year
    try:
        # 2024 stands in for an unknown year: it has all days that any year has.
        day = date(written_year or 2024, month, int(parts["d"]))
    except ValueError:
        return ""
    return day.isoformat() if written_year else f"--{day.month:02}-{day.day:02}"
