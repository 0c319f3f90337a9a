"""What is read from one MID document: values, parts and rows, each with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.tables.mid_documents import MidField, MidPart
from schemas.text import Text
from sources.mid_documents.periods import Period


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something stands: `written` is a stretch of `quote`, and neither names a person."""

    written: str
    quote: str
    page: int
    """From 1; 0 where the format has no pages."""
    place: Text
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """A value made uniform, and its evidence."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class PartFound:
    """A heading of a part; `has_content` is false where nothing stands below it."""

    has_content: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table of actions, of a schedule or of stakeholders.

    `name` is the action, step or stakeholder; `second` the institution that is responsible, or
    the role of a stakeholder.
    """

    name: str
    second: str
    period_written: str
    period: Period | None
    evidence: Evidence


@dataclass(frozen=True)
class Known:
    """Names of the programme that a title page may show without a label."""

    network_names: tuple[tuple[str, str], ...] = ()
    """A network's name, and what is the same for all its names, such as its identifier."""
    participants: tuple[str, ...] = ()

    @property
    def networks(self) -> tuple[str, ...]:
        """All names of networks."""
        return tuple(name for name, _ in self.network_names)


@dataclass(frozen=True)
class MidReading:
    """A MID document as it was understood."""

    name: str
    """File name."""
    sha256: str
    values: Mapping[MidField, Found]
    parts: Mapping[MidPart, PartFound]
    actions: tuple[Row, ...] = ()
    schedule: tuple[Row, ...] = ()
    stakeholders: tuple[Row, ...] = ()
    left_out: int = 0
    """Entries that named a person or a contact and nothing else."""
    left_open: frozenset[MidField] = field(default_factory=frozenset)
    """Fields for which the document gives several values: none is taken."""
