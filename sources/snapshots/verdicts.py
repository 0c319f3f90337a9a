"""What can become of a capture, and the words for it."""

from collections.abc import Mapping
from enum import StrEnum

from schemas.text import Text


class Verdict(StrEnum):
    """What became of a capture, or of a try to get one."""

    ACCEPTED = "accepted"
    """Kept, and in use from now on."""
    UNCHANGED = "unchanged"
    """The same content as the snapshot in use; nothing was changed."""
    HISTORY = "history"
    """Kept: a whole state, but older than the one in use."""
    PART = "part"
    """Kept: a part of the source, never used as the source."""
    REFUSED = "refused"
    """Not believed. The last good state stays in use."""
    FAILED = "failed"
    """Could not be fetched. The last good state stays in use."""

    @property
    def confirms(self) -> bool:
        """Whether the source was seen, and what is in use is its newest state."""
        return self in (Verdict.ACCEPTED, Verdict.UNCHANGED)


MEANING: Mapping[Verdict, Text] = {
    Verdict.ACCEPTED: Text("przyjęte, od teraz w użyciu", "accepted, in use from now on"),
    Verdict.UNCHANGED: Text("bez zmian", "unchanged"),
    Verdict.HISTORY: Text(
        "zachowane jako stan historyczny; w użyciu jest nowszy",
        "kept as an earlier state; a newer one is in use",
    ),
    Verdict.PART: Text(
        "zachowane jako część; nie zastąpi całego źródła",
        "kept as a part; it does not replace the whole source",
    ),
    Verdict.REFUSED: Text(
        "odrzucone; w użyciu zostaje ostatni dobry stan",
        "refused; the last good state stays in use",
    ),
    Verdict.FAILED: Text(
        "nie pobrano; w użyciu zostaje ostatni dobry stan",
        "not fetched; the last good state stays in use",
    ),
}


NOTHING: Mapping[Verdict, Text] = {
    Verdict.REFUSED: Text(
        "odrzucone; nie ma jeszcze dobrego stanu", "refused; there is no good state yet"
    ),
    Verdict.FAILED: Text(
        "nie pobrano; nie ma jeszcze dobrego stanu", "not fetched; there is no good state yet"
    ),
}
"""Where there is no good state to go on with."""
