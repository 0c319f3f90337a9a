"""The acceptance list of dane.gov.pl: every point a small function, declared once.

    @point(5, Text("Identyfikatory…", "Identifiers…"), fix=Text("…", "…"))
    def identifiers(case: Case) -> Iterator[Finding]: ...

`exports.danegov.checking` finds the points and runs them all over a release. What each point
means is in docs/dane-gov-pl.md.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from exports.danegov.case import Case
from exports.danegov.results import Finding, Note, NotJudged, PointResult
from schemas.errors import PimError
from schemas.text import Text

Check = Callable[[Case], Iterator[Finding | Note]]


@dataclass(frozen=True)
class Point:
    """One declared point of the list."""

    number: int
    must: bool
    title: Text
    fix: Text
    check: Check

    def judge(self, case: Case) -> PointResult:
        """Run it."""
        seen: list[Finding | Note] = []
        why: Text | None = None
        try:
            seen.extend(self.check(case))
        except NotJudged as reason:
            why = reason.why
        except PimError as error:
            seen.append(Finding(error.where, error.what))
        return PointResult(
            self.number,
            self.must,
            self.title,
            self.fix,
            tuple(item for item in seen if isinstance(item, Finding)),
            tuple(item.finding for item in seen if isinstance(item, Note)),
            why,
        )


def point(number: int, title: Text, *, fix: Text, must: bool = True) -> Callable[[Check], Point]:
    """Declare a point of the list; the function yields what breaks it."""
    return lambda check: Point(number, must, title, fix, check)
