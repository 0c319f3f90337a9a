"""What a file name says of a TERYT file: the set, the version, the day, or that it is changes."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from sources.teryt.sets import SetName, Version

_SET = re.compile(r"(?<![A-Za-z])(TERC|SIMC|ULIC|WMRODZ|NTS)(?![A-Za-z])", re.IGNORECASE)
_VERSIONS = {
    "urzedow": Version.OFFICIAL,
    "adresow": Version.ADDRESS,
    "statystyczn": Version.STATISTICAL,
}
_DAY = re.compile(r"(?<!\d)(?:(\d{4})-(\d\d)-(\d\d)|(\d\d)-(\d\d)-(\d{4}))(?!\d)")


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the name says; None where it says nothing."""

    register: SetName | None
    version: Version | None
    days: tuple[date, ...]
    """One day for a full file (the day asked for, not the state), two for changes."""
    changes: bool


def name_facts(name: str) -> NameFacts:
    """Read a name such as `TERC_Urzedowy_2020-09-26.csv` or `TERC(02)_16-03-2022.csv`."""
    stem = PurePosixPath(name.replace("\\", "/")).name
    register = _SET.search(stem)
    lower = stem.lower()
    return NameFacts(
        SetName(register[1].upper()) if register else None,
        next((version for word, version in _VERSIONS.items() if word in lower), None),
        tuple(day for match in _DAY.finditer(stem) if (day := _day(match))),
        "zmiany" in lower,
    )


def _day(match: re.Match[str]) -> date | None:
    year, month, day, day_first, month_second, year_last = match.groups()
    try:
        return date(int(year or year_last), int(month or month_second), int(day or day_first))
    except ValueError:
        return None
