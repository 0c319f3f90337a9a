"""What the checks of dane.gov.pl say: findings, and one result for each point."""

from dataclasses import dataclass

from schemas.text import Lang, Text


@dataclass(frozen=True)
class Finding:
    """Something that breaks a point: where, and what is wrong."""

    place: str
    what: Text

    def line(self, lang: Lang) -> str:
        """The finding as one line."""
        return f"{self.place}: {self.what.of(lang)}" if self.place else self.what.of(lang)

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON data."""
        return {"place": self.place, "what": self.what._asdict()}


@dataclass(frozen=True)
class PointResult:
    """What came out for one point."""

    number: int
    must: bool
    """Else it is only recommended."""
    title: Text
    fix: Text
    findings: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    """Worth knowing, and no fault: what stays on our own site."""
    not_judged: Text | None = None
    """Why the point could not be judged here."""

    @property
    def passed(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.findings

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "point": self.number,
            "must": self.must,
            "passed": None if self.not_judged and self.passed else self.passed,
            "title": self.title._asdict(),
            "findings": [finding.as_dict() for finding in self.findings],
            "notes": [note.as_dict() for note in self.notes],
            "not_judged": self.not_judged._asdict() if self.not_judged else None,
            "fix": None if self.passed else self.fix._asdict(),
        }


class NotJudged(Exception):
    """Raised by a point that cannot be judged here; says why."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True)
class Note:
    """Yielded by a point for what is worth knowing and no fault."""

    finding: Finding


@dataclass(frozen=True)
class TableSeen:
    """What the portal's validator says of a CSV."""

    types: tuple[str, ...]
    """Types that it infers, in the order of the columns."""
    errors: tuple[str, ...]
