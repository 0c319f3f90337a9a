"""Ways to dane.gov.pl and to our own server, over the polite client of the sources."""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from exports.danegov.hosting import PATIENCE, Ask, Served
from exports.listing import Listing
from pipelines.settings import Settings

if TYPE_CHECKING:
    from sources.web.client import Web

_MAX_ANSWER = 16 * 1024 * 1024
_MAX_FILE = 1024 * 1024 * 1024
_PAUSE = 0.5
"""Seconds between two requests: the portal allows two a second."""
_BROWSER = "Mozilla/5.0 (compatible; pim-otwarte-dane)"
"""The portal fetches files as a browser does; a server that refuses browsers refuses the portal."""
_START = 1024
_NOTHING = frozenset(range(400, 600)) - {408, 425, 429, 500, 502, 503, 504}
"""Statuses that are an answer, too: they are told as a finding."""


class Api:
    """The portal's API over the polite client."""

    def __init__(self, web: "Web", base: str) -> None:
        self._web = web
        self._base = base.rstrip("/")

    def get(self, path: str) -> bytes | None:
        """The body of an answer, None where there is no such thing."""
        headers = {"Accept": "application/vnd.api+json, application/json", "Accept-Language": "pl"}
        answer = self._web.read(
            f"{self._base}{path}", _MAX_ANSWER, headers=headers, accept=frozenset({404})
        )
        return None if answer.status_code == 404 else answer.content

    def sha256(self, path: str) -> str | None:
        """The sha256 of a file, read in pieces; None where there is none."""
        served = _served(self._web, "GET", f"{self._base}{path}")
        return served.sha256 if served.status == 200 else None


@contextmanager
def api(settings: Settings) -> Iterator[Api]:
    """A way to the API at the setting `portal_url`."""
    import httpx

    host = httpx.URL(settings.portal_url).host
    # Files are answered with a redirect to the portal's own storage.
    portal = {"api.dane.gov.pl", "dane.gov.pl", "www.dane.gov.pl", "cdn.dane.gov.pl"}
    with _web(settings, {host} | (portal if host in portal else set())) as web:
        yield Api(web, settings.portal_url)


@contextmanager
def site(settings: Settings, listing: Listing) -> Iterator[Ask]:
    """A way to the server that serves a release."""
    import httpx

    with _web(settings, {httpx.URL(listing.publication.base_url).host}) as web:
        yield lambda method, address: _served(web, method, address)


@contextmanager
def _web(settings: Settings, hosts: set[str]) -> Iterator["Web"]:
    from sources.web.client import Web
    from sources.web.reach import Reach
    from sources.web.turns import Turns

    turns = Turns(settings.data / "snapshots" / ".turns")
    local = all(host in {"localhost", "127.0.0.1", "::1"} for host in hosts)
    with Web(Reach(frozenset(hosts), local), turns, 0 if local else _PAUSE) as web:
        yield web


def _served(web: "Web", method: str, address: str) -> Served:
    """One answer, read to its end and not kept. Raises PimError `PIM-NET-…`."""
    from sources.web.client import pieces

    started = time.monotonic()
    for attempt in web.repeating():
        with attempt:
            request = web.request(address, method=method, headers={"User-Agent": _BROWSER})
            request.extensions["accept"] = _NOTHING
            md5, sha256 = hashlib.md5(usedforsecurity=False), hashlib.sha256()
            start, size = b"", 0
            with web.answer(request, time.monotonic() + PATIENCE) as answer:
                for piece in pieces(answer, _MAX_FILE, time.monotonic() + PATIENCE):
                    start += piece[: _START - len(start)]
                    size += len(piece)
                    md5.update(piece)
                    sha256.update(piece)
            return Served(
                status=answer.status_code,
                address=str(answer.url),
                headers={name.lower(): value for name, value in answer.headers.items()},
                size=size,
                md5=md5.hexdigest(),
                sha256=sha256.hexdigest(),
                start=start,
                seconds=time.monotonic() - started,
            )
    raise AssertionError("a try either answers or raises")
