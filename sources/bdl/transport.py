"""One way out: a GET request, made by the project's common client of the web.

The limits of the Local Data Bank are counted in requests, so repeats are not left to the common
client: `sources.bdl.asking` makes them, each under the limiter.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sources.web.client import Web, pieces
from sources.web.reach import Reach
from sources.web.trying import Again, Patience
from sources.web.turns import Turns

HOST = "bdl.stat.gov.pl"
MAX_BYTES = 32 * 2**20
"""Of one unpacked answer; a hundred variables of thirty years take about 200 kB."""
TOTAL_SECONDS = 300.0
"""For a whole answer: a server that drips must not hold a run for ever."""

_ANY_STATUS = frozenset(range(300, 600))
"""Bodies of errors are wanted: the service says in them what is wrong."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever the status."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name."""
    body: bytes


class Transport(Protocol):
    """Gets an address."""

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        """The answer to one request.

        Raises PimError `PIM-NET-001` to `-008`; see `PASSING` for those that may pass.
        """
        ...


PASSING = frozenset({"PIM-NET-001", "PIM-NET-002", "PIM-NET-004"})
"""Codes of failures that another try may mend: no connection, too slow, cut off."""


class WebTransport:
    """The transport over `sources.web`."""

    def __init__(self, web: Web, *, max_bytes: int = MAX_BYTES) -> None:
        self._web = web
        self._max_bytes = max_bytes

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        """See `Transport.get`."""
        deadline = time.monotonic() + TOTAL_SECONDS
        request = self._web.request(address, headers=headers)
        request.extensions["accept"] = _ANY_STATUS
        try:
            with self._web.answer(request, deadline) as response:
                body = b"".join(pieces(response, self._max_bytes, deadline))
                found = {name.lower(): value for name, value in response.headers.items()}
                return Answer(response.status_code, found, body)
        except Again as again:
            # What was sent, the key too, hangs on the frames of the cause.
            raise again.cause from None


@contextmanager
def opened(
    turns: Path, *, loopback: bool = False, max_bytes: int = MAX_BYTES
) -> Iterator[WebTransport]:
    """A transport to the Local Data Bank, closed at the end of the block.

    `turns` is the folder of the common turns; `loopback` allows plain http to this machine.
    """
    # At DEBUG it writes down the headers of answers, where a service may say a key back.
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    reach = Reach(frozenset({HOST}), loopback=loopback)
    with Web(reach, Turns(turns), pause=0, patience=Patience()) as web:
        yield WebTransport(web, max_bytes=max_bytes)
