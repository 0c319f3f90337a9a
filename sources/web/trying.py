"""How often a thing is tried, and how long is waited in between: growing and a little random."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

import httpx
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    wait_exponential_jitter,
)

from schemas.errors import PimError
from schemas.text import Text
from sources.web.refusals import must_wait

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Patience:
    """How long a source is waited for, in seconds, and how often it is asked."""

    connect: float = 15
    silence: float = 60
    """Between two pieces of an answer."""
    whole: float = 1_800
    """For one file, all tries together."""
    attempts: int = 5
    first_wait: float = 1
    longest_wait: float = 120

    def tries(self) -> Retrying:
        """Tries of what may raise `Again`; the last one raises the PimError in it."""
        return Retrying(
            retry=retry_if_exception_type(Again),
            stop=self._enough,
            wait=self._wait,
            before_sleep=_log_wait,
            retry_error_callback=give_up,
        )

    def _enough(self, state: RetryCallState) -> bool:
        failure = state.outcome.exception() if state.outcome else None
        once = isinstance(failure, Again) and failure.once
        return state.attempt_number >= (2 if once else self.attempts)

    def _wait(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        asked = failure.after if isinstance(failure, Again) else 0.0
        if asked > self.longest_wait and isinstance(failure, Again):
            raise must_wait(failure.cause.where, asked)
        growing = wait_exponential_jitter(
            multiplier=self.first_wait, max=self.longest_wait, jitter=self.first_wait
        )
        return max(asked, growing(state))


class Again(Exception):
    """A failure that may pass. `cause` is what people are told when it did not."""

    def __init__(self, cause: PimError, after: float = 0, *, once: bool = False) -> None:
        super().__init__(str(cause))
        self.cause = cause
        self.once = once
        """One more try is enough: where nobody answers, more only make people wait."""
        self.after = after
        """Seconds that the server asked us to wait."""


def _log_wait(state: RetryCallState) -> None:
    failure = state.outcome.exception() if state.outcome else None
    told = {"failure": failure, "seconds": round(state.upcoming_sleep, 1)}
    _LOG.info(
        Text(
            "{failure}; kolejna próba za {seconds} s", "{failure}; another try in {seconds} s"
        ).fill(**told)
    )


def asked_wait(response: httpx.Response) -> float:
    """Seconds that the server asks for; 0 where it does not say."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit() and len(text) < 9:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def give_up(state: RetryCallState) -> NoReturn:
    """After the last try of what raised `Again`: what people are told is raised."""
    failure = state.outcome.exception() if state.outcome else None
    raise failure.cause if isinstance(failure, Again) else AssertionError("not ours")
