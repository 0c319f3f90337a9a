"""One polite HTTP client a source: it goes where the source may go, and never for ever.

httpx speaks HTTP; tenacity repeats what may pass with a second try, with growing random waits.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx
from tenacity import Retrying

from schemas.text import Text
from sources.web.reach import Reach
from sources.web.refusals import (
    bad_status,
    cut_off,
    must_wait,
    not_allowed,
    strange_packing,
    too_large,
    too_slow,
    unreachable,
)
from sources.web.trying import Again, Patience, asked_wait
from sources.web.turns import Turns

AGENT = "pim-otwarte-dane"
"""How we call ourselves: the project, no person and no machine."""
_LOG = logging.getLogger(__name__)
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that a second try may mend."""
_PACKINGS = frozenset({"", "identity", "gzip", "deflate"})
"""One packing, unpacked in pieces: of 64 KiB at most 64 MiB come. Several around each other
would multiply that."""
_MAX_REDIRECTS = 5


@dataclass
class Web:
    """The client of one source. Use it in a `with` block; cookies live as long."""

    reach: Reach
    turns: Turns
    pause: float = 1
    """Seconds between two requests to a host."""
    patience: Patience = field(default_factory=Patience)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            follow_redirects=True,
            max_redirects=_MAX_REDIRECTS,
            timeout=httpx.Timeout(self.patience.silence, connect=self.patience.connect),
            # Packed, a file would be counted twice and could not be resumed.
            headers={"User-Agent": AGENT, "Accept-Encoding": "identity"},
            event_hooks={"request": [self._before]},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def repeating(self) -> Retrying:
        """Tries of one thing: `for attempt in web.repeating(): with attempt: ...`.

        Repeats what raised `Again`, and at last raises the PimError in it.
        """
        return self.patience.tries()

    @contextmanager
    def answer(self, request: httpx.Request, deadline: float) -> Iterator[httpx.Response]:
        """Send once and give the answer, its body unread; all failures become ours.

        Raises `Again` for what may pass, PimError for the rest. 2xx, 304 and 416 come back.
        """
        address = str(request.url)
        if time.monotonic() > deadline:
            raise too_slow(address)
        try:
            response = self._client.send(request, stream=True)
            told = f"{request.method} {address}: {response.status_code}"
            _LOG.info(Text(told, told))
            try:
                self._judge_status(response)
                packing = response.headers.get("Content-Encoding", "").strip().lower()
                if packing not in _PACKINGS:
                    raise strange_packing(address, packing)
                yield response
            finally:
                response.close()
        except httpx.TooManyRedirects as error:
            why = Text("Przekierowania nie mają końca.", "The redirects never end.")
            raise not_allowed(address, why) from error
        except httpx.UnsupportedProtocol as error:
            raise not_allowed(address, Text("Tylko https.", "Only https.")) from error
        except httpx.TimeoutException as error:
            raise Again(too_slow(address)) from error
        except httpx.RemoteProtocolError as error:
            raise Again(cut_off(address)) from error
        except (httpx.DecodingError, httpx.InvalidURL) as error:
            raise cut_off(address) from error
        except httpx.ConnectError as error:
            raise Again(unreachable(address, _reason(error)), once=True) from error
        except httpx.TransportError as error:
            raise Again(unreachable(address, _reason(error))) from error

    def request(
        self,
        address: str,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Request:
        """A request with the client's cookies and headers, not yet sent.

        Raises PimError `PIM-NET-006` where `address` is none.
        """
        try:
            return self._client.build_request(
                method, address, headers=headers, data=form, content=content
            )
        except httpx.InvalidURL as error:
            raise not_allowed(address, Text(str(error), str(error))) from error

    def read(
        self,
        address: str,
        limit: int,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        accept: frozenset[int] = frozenset(),
    ) -> httpx.Response:
        """An answer that is small enough for memory, whole; for pages and services.

        `accept` are statuses beyond 2xx whose body is wanted (a SOAP fault comes with 500).
        Raises PimError `PIM-NET-001` to `-009`.
        """
        deadline = time.monotonic() + self.patience.whole
        for attempt in self.repeating():
            with attempt:
                request = self.request(address, method=method, headers=headers, content=content)
                request.extensions["accept"] = accept
                with self.answer(request, deadline) as response:
                    body = b"".join(pieces(response, limit, deadline))
                return httpx.Response(
                    response.status_code,
                    headers={"Content-Type": response.headers.get("Content-Type", "")},
                    content=body,
                    request=response.request,
                )
        raise AssertionError("a try either answers or raises")

    def _before(self, request: httpx.Request) -> None:
        """Before every request, redirects too: may we go there, and is it our turn?"""
        self.reach.check(request.url)
        wait = self.turns.take(request.url.host, self.pause)
        if wait > self.patience.longest_wait:
            raise must_wait(str(request.url), wait)
        time.sleep(max(0.0, wait))

    def _judge_status(self, response: httpx.Response) -> None:
        status = response.status_code
        accepted = response.request.extensions.get("accept", frozenset())
        if response.is_success or status in {304, 416} or status in accepted:
            return
        error = bad_status(str(response.request.url), status)
        if status not in _PASSING:
            raise error
        after = asked_wait(response)
        if after:
            self.turns.put_off(response.request.url.host, min(after, 3_600))
        raise Again(error, after)


def pieces(response: httpx.Response, limit: int, deadline: float) -> Iterator[bytes]:
    """The body piece by piece, unpacked; never more than `limit` bytes, never after `deadline`.

    Raises PimError `PIM-NET-005` or `PIM-NET-002`.
    """
    address = str(response.request.url)
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > limit:
        raise too_large(address, limit)
    count = 0
    for piece in response.iter_bytes():
        count += len(piece)
        if count > limit:
            raise too_large(address, limit)
        if time.monotonic() > deadline:
            raise too_slow(address)
        yield piece


def _reason(error: httpx.TransportError) -> str:
    return str(error)[:200] or type(error).__name__
