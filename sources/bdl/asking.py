"""One address asked politely: from the kept answers, confirmed by its ETag, or anew.

Every request first passes the limiter. What can pass by itself (no answer, an error of the
service) is tried three times with growing pauses; a 429 is waited for, if not for too long.
"""

from collections.abc import Mapping

from tenacity import (
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_incrementing,
    wait_random,
)

from schemas.errors import PimError
from sources.bdl import refusals
from sources.bdl.answers import AnswerStore, Kept, age
from sources.bdl.fields import Object, error_text, parse_json
from sources.bdl.limits import Limiter, moment_of, shown
from sources.bdl.secret import Secret
from sources.bdl.transport import PASSING, Answer, Transport
from sources.web.trying import Again, give_up

_TRIES = 3
_PAUSE_SECONDS = 2.0
_UNLABELLED_HOLD = 900.0
"""After a 429 that does not say until when: the shortest window that is easily overrun."""


class Asker:
    """See the module. `calls` counts the requests that were made.

    `jitter` is the most seconds by which a pause is longer, by chance, so that many clients do not
    come back at the same moment.
    """

    def __init__(
        self,
        transport: Transport,
        limiter: Limiter,
        answers: AnswerStore,
        *,
        key: Secret | None = None,
        jitter: float = _PAUSE_SECONDS,
    ) -> None:
        self._transport = transport
        self._limiter = limiter
        self._answers = answers
        self._key = key or Secret()
        self._jitter = jitter
        self.calls = 0

    def ask(self, address: str, fresh: float) -> tuple[Object, Kept | None]:
        """The JSON object at an address, and what is known of the answer.

        An answer given or confirmed less than `fresh` seconds ago is used without asking. An
        empty list is never kept: the data may appear tomorrow. Raises PimError `PIM-BDL-001` to
        `PIM-BDL-008`, and what the transport raises.
        """
        known = self._answers.find(address)
        if known and fresh and age(known[0], self._limiter.now()) < fresh:
            return parse_json(known[1], address), known[0]
        answer = self._request(address, known[0] if known else None)
        moment = self._limiter.now()
        if answer.status == 304:
            if known is None:
                raise refusals.odd_status(address, 304, "")
            return parse_json(known[1], address), self._answers.confirm(known[0], moment)
        found = parse_json(answer.body, address)
        if found.get("results") == [] or found.get("totalRecords") == 0:
            return found, None
        return found, self._answers.keep(
            address,
            answer.body,
            moment,
            etag=answer.headers.get("etag", ""),
            last_modified=answer.headers.get("last-modified", ""),
        )

    def kept(self, address: str) -> Object | None:
        """The last answer to an address, however old; nothing is asked."""
        known = self._answers.find(address)
        return parse_json(known[1], address) if known else None

    def is_fresh(self, address: str, fresh: float) -> bool:
        """Whether `ask` would use the kept answer."""
        known = self._answers.find(address)
        return known is not None and age(known[0], self._limiter.now()) < fresh

    def _request(self, address: str, known: Kept | None) -> Answer:
        tries = Retrying(
            retry=retry_if_exception_type(Again),
            stop=stop_after_attempt(_TRIES),
            wait=wait_incrementing(_PAUSE_SECONDS, _PAUSE_SECONDS) + wait_random(0, self._jitter),
            sleep=self._limiter.pause,
            retry_error_callback=give_up,
        )
        return tries(self._try, address, self._headers(known))

    def _headers(self, known: Kept | None) -> Mapping[str, str]:
        headers = {"Accept": "application/json"}
        if self._key:
            headers["X-ClientId"] = self._key.reveal()
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        return headers

    def _try(self, address: str, headers: Mapping[str, str]) -> Answer:
        """An answer 200 or 304. Raises `Again` for what is worth another try."""
        self._limiter.take()
        self.calls += 1
        try:
            answer = self._transport.get(address, headers)
        except PimError as error:
            if error.code in PASSING:
                raise Again(error) from None
            raise
        answer = self._without_key(answer)
        self._heed(answer)
        if answer.status in {200, 304}:
            return answer
        said = error_text(answer.body)
        if answer.status == 429:
            raise self._hold(address, answer, said)
        failure = self._failure(answer.status, address, said)
        raise Again(failure) if answer.status >= 500 else failure

    def _without_key(self, answer: Answer) -> Answer:
        """The answer as if the service had never said the key back: it may be kept and shown."""
        if not self._key:
            return answer
        headers = {name: self._key.hide_in(value) for name, value in answer.headers.items()}
        body = answer.body.replace(self._key.reveal().encode(), b"***")
        return Answer(answer.status, headers, body)

    def _heed(self, answer: Answer) -> None:
        """Believe the service where it says that a window is used up."""
        if answer.headers.get("x-rate-limit-remaining") == "0":
            reset = moment_of(answer.headers.get("x-rate-limit-reset", ""))
            if reset is not None:
                self._limiter.hold_until(reset)

    def _hold(self, address: str, answer: Answer, said: str) -> Exception:
        """Keep everyone from calling for as long as a 429 asks; what that means for this call."""
        reset = moment_of(answer.headers.get("x-rate-limit-reset", ""))
        now = self._limiter.now()
        until = now + _UNLABELLED_HOLD if reset is None or reset <= now else reset
        self._limiter.hold_until(until)
        reached = refusals.limit_reached(address, shown(until), said)
        return reached if until - now > self._limiter.max_wait else Again(reached)

    def _failure(self, status: int, address: str, said: str) -> PimError:
        if status == 403:
            return refusals.key_refused(address, said, keyed=bool(self._key))
        if status == 404:
            return refusals.not_found(address, said)
        if status == 412:
            return refusals.bad_identifier(address, said)
        if status >= 500:
            return refusals.service_failed(address, status, said)
        return refusals.odd_status(address, status, said)
