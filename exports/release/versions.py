"""Versions of the data: year, month and a number that counts up within the month (CalVer)."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from schemas.errors import Exit, PimError
from schemas.text import Text

_FORM = re.compile(r"(\d{4})\.([1-9]|1[0-2])\.(0|[1-9]\d{0,4})", re.ASCII)


@dataclass(frozen=True, order=True)
class Version:
    """A version such as 2026.11.0. Later ones are greater."""

    year: int
    month: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}.{self.month}.{self.number}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The version that a text writes, or None where it writes none."""
        found = _FORM.fullmatch(text)
        return cls(*map(int, found.groups())) if found else None

    @classmethod
    def of_month(cls, day: date) -> Self:
        """The first version of the month of a day."""
        return cls(day.year, day.month, 0)


def versions_in(releases: Path) -> list[Version]:
    """The versions that lie in a folder of releases, oldest first; none where it is missing."""
    if not releases.is_dir():
        return []
    names = [path.name for path in releases.iterdir() if path.is_dir() and not path.is_symlink()]
    return sorted(version for name in names if (version := Version.read(name)) is not None)


def next_version(day: date, taken: list[Version]) -> Version:
    """The version that a release of a day gets: the first free number of its month.

    Raises PimError `PIM-REL-003` where a later month has a version already: versions only
    count up.
    """
    first = Version.of_month(day)
    last = max(taken, default=None)
    if last is None or last < first:
        return first
    if (last.year, last.month) == (first.year, first.month):
        return Version(last.year, last.month, last.number + 1)
    raise PimError(
        "PIM-REL-003",
        Text(
            "Data wydania jest wcześniejsza niż ostatnie wydanie.",
            "The release date is before the last release.",
        ),
        where=f"{day.isoformat()} < {last}",
        fix=Text(
            "Podaj --date z miesiąca {month} albo późniejszego.",
            "Give a --date in month {month} or later.",
        ).fill(month=f"{last.year}-{last.month:02}"),
        exit_code=Exit.USAGE,
    )


def version_named(text: str, releases: Path) -> Version:
    """The released version that a person named. Raises PimError `PIM-REL-004` for another."""
    version = Version.read(text)
    known = versions_in(releases)
    if version in known and version is not None:
        return version
    if not known:
        raise PimError(
            "PIM-REL-004",
            Text("Nie ma jeszcze żadnego wydania.", "There is no release yet."),
            where=str(releases),
            fix=Text("Zrób pierwsze: „pim release”.", "Make the first: 'pim release'."),
            exit_code=Exit.USAGE,
        )
    raise PimError(
        "PIM-REL-004",
        Text("Nie ma wydania „{name}”.", "There is no release '{name}'.").fill(name=text),
        fix=Text("Wydania: {known}.", "Releases: {known}.").fill(known=", ".join(map(str, known))),
        exit_code=Exit.USAGE,
    )
