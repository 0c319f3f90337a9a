"""Points 25, 27 to 29 and 31: what the web server really says, asked as the portal asks.

How requests are made is the caller's; the portal itself asks with HEAD, then with a browser's
User-Agent, follows redirects, and waits 180 seconds.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from exports.danegov.choosing import choose
from exports.danegov.results import Finding, Note, PointResult
from exports.danegov.rules import CHECKSUM, FEED, FOLDER
from exports.listing import MEDIA_TYPES, Listing, Offer
from schemas.errors import PimError
from schemas.text import Text

PATIENCE = 180
"""Seconds that the portal waits for a file."""
TARGET = 5
"""Seconds that a file should take."""
_AGE = re.compile(r"max-age=([0-9]+)")
_XML = ("application/xml", "text/xml")
_MD5 = re.compile(r"\b[0-9a-f]{32}\b")
_SERVER = Text(
    "Popraw ustawienia serwera (docs/dane-gov-pl.md).",
    "Mend the settings of the server (docs/dane-gov-pl.md).",
)


@dataclass(frozen=True)
class Served:
    """An answer of the server, read to its end."""

    status: int
    address: str
    """Where it came from after redirects."""
    headers: dict[str, str]
    """By name in lower case."""
    size: int
    md5: str
    sha256: str
    start: bytes
    """The first KiB."""
    seconds: float

    @property
    def media_type(self) -> str:
        """Its Content-Type, with parameters, in lower case."""
        return self.headers.get("content-type", "").lower()

    @property
    def age(self) -> int:
        """Seconds that it may be kept."""
        found = _AGE.search(self.headers.get("cache-control", ""))
        return int(found[1]) if found else 0


Ask = Callable[[str, str], Served]
"""Method and address to answer; raises PimError where there is none."""


@dataclass(frozen=True)
class _Site:
    listing: Listing
    ask: Ask

    def address(self, name: str) -> str:
        return f"{self.listing.publication.base_url}{FOLDER}/{name}"

    @cached_property
    def xml(self) -> Served:
        return self.ask("GET", self.address(FEED))

    @cached_property
    def md5(self) -> Served:
        return self.ask("GET", self.address(CHECKSUM))

    @cached_property
    def files(self) -> list[tuple[Offer, Served | PimError]]:
        """Every file that the feed names, fetched once each."""
        chosen = choose(self.listing)
        offers = [*chosen.offers, *(s for entry, _ in chosen.entries for s in entry.supplements)]
        return [(offer, self._fetched(offer)) for offer in offers]

    def _fetched(self, offer: Offer) -> Served | PimError:
        try:
            return self.ask("GET", self.listing.address(offer))
        except PimError as error:
            return error


_Check = Callable[[_Site], Iterator[Finding | Note]]


def _said(place: str, what: object) -> Finding:
    return Finding(place, Text(str(what), str(what)))


def _checksum(site: _Site) -> Iterator[Finding]:
    """Point 25 as served: after compression and caches."""
    told = _MD5.search(site.md5.start.decode("utf-8", errors="replace"))
    if told is None or told[0] != site.xml.md5:
        yield _said(CHECKSUM, f"{told[0] if told else None} != {site.xml.md5}")


def _xml(site: _Site) -> Iterator[Finding]:
    """Point 27."""
    for method, served in (("HEAD", site.ask("HEAD", site.address(FEED))), ("GET", site.xml)):
        if served.status != 200:
            yield _said(FEED, f"{method}: {served.status}")
        if not any(kind in served.media_type for kind in _XML):
            yield _said(FEED, f"{method}: {served.media_type}")


def _md5(site: _Site) -> Iterator[Finding]:
    """Point 28."""
    if site.md5.status != 200:
        yield _said(CHECKSUM, site.md5.status)
    if site.md5.age > site.xml.age:
        yield _said(CHECKSUM, f"max-age {site.md5.age} > {site.xml.age}")


def _reachable(site: _Site) -> Iterator[Finding | Note]:
    """Point 29."""
    for offer, served in site.files:
        if isinstance(served, PimError):
            yield Finding(offer.ident, served.what)
            continue
        if served.status != 200 or not served.address.startswith("https://"):
            yield _said(offer.ident, f"{served.status} {served.address}")
        if served.size == 0 or not served.media_type:
            yield _said(offer.ident, f"{served.size} B, {served.media_type}")
        if served.sha256 != offer.sha256:
            yield Finding(offer.ident, Text("Inne bajty niż w wydaniu.", "Other bytes."))
        if served.seconds > PATIENCE:
            yield _said(offer.ident, f"{served.seconds:.0f} s")
        elif served.seconds > TARGET:
            yield Note(_said(offer.ident, f"{served.seconds:.0f} s"))


def _media_types(site: _Site) -> Iterator[Finding]:
    """Point 31."""
    for offer, served in site.files:
        if isinstance(served, PimError):
            continue
        told, _, parameters = served.media_type.partition(";")
        wanted = "charset=utf-8" if offer.format == "csv" else ""
        if told.strip() != MEDIA_TYPES[offer.format] or wanted not in parameters.replace(" ", ""):
            yield _said(offer.ident, served.media_type)
        attached = served.headers.get("content-disposition", "").lower()
        bare = told.strip() in {"application/json", *_XML}
        if bare and not attached.startswith("attachment"):
            # Else the portal takes the file for an API.
            yield _said(offer.ident, f"Content-Disposition: {attached}")


POINTS: tuple[tuple[int, Text, _Check], ...] = (
    (
        25,
        Text("Suma md5 z serwera jest sumą XML z serwera", "The md5 served is of the XML served"),
        _checksum,
    ),
    (
        27,
        Text("Serwer podaje XML na HEAD i GET", "The server gives the XML for HEAD and GET"),
        _xml,
    ),
    (
        28,
        Text("Sumy md5 nie trzyma się dłużej niż XML", "The md5 is kept no longer than the XML"),
        _md5,
    ),
    (29, Text("Każdy plik da się pobrać", "Every file can be fetched"), _reachable),
    (31, Text("Typy plików są poprawne", "Media types are right"), _media_types),
)
"""Number, title and check of each point."""


def check_hosting(listing: Listing, ask: Ask) -> list[PointResult]:
    """Judge the points about the server; a server that cannot be reached is a finding."""
    site = _Site(listing, ask)
    results = []
    for number, title, check in POINTS:
        seen: list[Finding | Note] = []
        try:
            seen.extend(check(site))
        except PimError as error:
            seen.append(Finding(error.where, error.what))
        results.append(
            PointResult(
                number,
                True,
                title,
                _SERVER,
                tuple(item for item in seen if isinstance(item, Finding)),
                tuple(item.finding for item in seen if isinstance(item, Note)),
            )
        )
    return results
