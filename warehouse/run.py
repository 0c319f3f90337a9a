"""What the run log knows of one run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a run ended."""

    SUCCESS = "success"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True)
class Count:
    """What became of one table in one run."""

    accepted: int
    rejected: int
    warnings: int


@dataclass(frozen=True)
class Run:
    """One run. The times are aware; the caller's clock gives them."""

    run_id: str
    started: datetime
    ended: datetime
    outcome: Outcome
    fingerprint: str
    """Of all inputs: the same fingerprint means that there is nothing to build."""
    release_id: str = ""
    counts: Mapping[str, Count] = field(default_factory=dict)
    """By table; only tables that the run has checked."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """sha256 of every file that the run made or confirmed, by path in the data folder."""
