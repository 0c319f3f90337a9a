"""What became of rejected rows that were judged again, for people and programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schemas.text import Lang, Text, place_in


class Answer(StrEnum):
    """What became of a row that was rejected."""

    ACCEPTED = "accepted"
    MENDED = "mended"
    REJECTED = "rejected"
    GONE = "gone"


LABELS = {
    Answer.ACCEPTED: Text("teraz przyjęty", "accepted now"),
    Answer.MENDED: Text("poprawiony w źródle", "mended in its source"),
    Answer.REJECTED: Text("nadal odrzucony", "still rejected"),
    Answer.GONE: Text("nie ma go już w źródle", "gone from its source"),
}


@dataclass(frozen=True)
class Reason:
    """A rule that a row still breaks."""

    rule: str
    column: str
    value: str
    text: Text


@dataclass(frozen=True)
class Replayed:
    """One rejected row, judged again."""

    table: str
    key: str
    source: str
    place: str
    rules_before: tuple[str, ...]
    answer: Answer
    reasons: tuple[Reason, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The row's answer as JSON data."""
        return {
            "table": self.table,
            "key": self.key,
            "source": self.source,
            "place": self.place,
            "rules_before": list(self.rules_before),
            "answer": str(self.answer),
            "reasons": [
                {
                    "rule": reason.rule,
                    "column": reason.column,
                    "value": reason.value,
                    "reason": reason.text._asdict(),
                }
                for reason in self.reasons
            ],
        }

    def cells(self, lang: Lang) -> tuple[str, ...]:
        """The row's answer as one line of a table for people."""
        where = ", ".join(filter(None, (self.source, place_in(self.place, lang))))
        why = " ".join(reason.text.of(lang) for reason in self.reasons)
        before = ", ".join(self.rules_before)
        return self.table, where, self.key, before, LABELS[self.answer].of(lang), why


@dataclass(frozen=True)
class Replay:
    """All rejected rows, judged again."""

    rows: tuple[Replayed, ...]
    accepted: Mapping[str, str]
    """Rows that would be accepted now as the text of a facts file, by table."""

    @property
    def failing(self) -> bool:
        """Some rows still break a rule."""
        return any(row.answer is Answer.REJECTED for row in self.rows)

    def counts(self) -> dict[str, int]:
        """How many rows have each answer."""
        return {str(one): sum(row.answer is one for row in self.rows) for one in Answer}

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {"counts": self.counts(), "rows": [row.as_dict() for row in self.rows]}
