"""How each kind of file is served, told once: `pim serve`, nginx, Caddy and S3 follow it.

The points are those of the portal: types with their character set, JSON and XML as a download
(else the portal takes the file for an API), an md5 that is kept no longer than its XML.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exports.listing import MEDIA_TYPES
from exports.release.offers import HASH_DIGITS, POOL

_UTF8 = "; charset=utf-8"
_KEPT = {"csv", "geojson", "odt", "parquet"}
"""Offered files that are a download wherever they lie: no browser shows them as they are meant."""
_PACKED = {"odt", "parquet"}
"""Offered files that are compressed in themselves."""


@dataclass(frozen=True)
class Kind:
    """Files with one ending."""

    media_type: str
    """The whole Content-Type."""
    download: bool = False
    """Whether a browser is told to keep the file under its name, wherever it lies."""
    compress: bool = False
    """Whether a server may compress it on its way."""


KINDS: Mapping[str, Kind] = {
    **{
        ending: Kind(
            media_type + (_UTF8 if media_type.startswith("text/") else ""),
            download=ending in _KEPT,
            compress=ending not in _PACKED,
        )
        for ending, media_type in MEDIA_TYPES.items()
    },
    # Never compressed: the checksum beside it is that of the bytes as they travel.
    "xml": Kind("application/xml"),
    "md5": Kind(f"text/plain{_UTF8}"),
    "rdf": Kind("application/rdf+xml", compress=True),
    "atom": Kind("application/atom+xml", compress=True),
    "json": Kind("application/json", compress=True),
    "html": Kind(f"text/html{_UTF8}", compress=True),
    "css": Kind(f"text/css{_UTF8}", compress=True),
    "js": Kind(f"text/javascript{_UTF8}", compress=True),
    "md": Kind(f"text/markdown{_UTF8}", compress=True),
    "txt": Kind(f"text/plain{_UTF8}", compress=True),
    "cff": Kind("application/yaml", compress=True),
    "minisig": Kind(f"text/plain{_UTF8}"),
    "pub": Kind(f"text/plain{_UTF8}"),
    "svg": Kind("image/svg+xml", compress=True),
    "png": Kind("image/png"),
    "ico": Kind("image/vnd.microsoft.icon"),
    "woff2": Kind("font/woff2"),
    "wasm": Kind("application/wasm", compress=True),
    "pdf": Kind("application/pdf"),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", download=True
    ),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", True),
    "zip": Kind("application/zip", download=True),
    "duckdb": Kind("application/octet-stream", download=True),
    "gpkg": Kind("application/geopackage+sqlite3", download=True),
}
"""By the ending of a name, in lower case, without its dot."""
PLAIN = Kind(f"text/plain{_UTF8}")
"""A name without an ending: checksums, a licence."""
UNKNOWN = Kind("application/octet-stream")
"""An ending that nobody declared."""

_NAME = "[A-Za-z0-9._-]+"
"""Signs of a name that may stand in a header; all published names are made of them."""
SHELF = rf"^/{POOL}/{_NAME}/"
"""What comes before a hashed name, as a regular expression that every server understands."""
HASHED = rf"{_NAME}\.[0-9a-f]{{{HASH_DIGITS}}}\.[a-z0-9]+"
"""Names that never stand for other bytes."""
DOWNLOADED = rf"{_NAME}\.(?:{'|'.join(sorted(e for e, kind in KINDS.items() if kind.download))})"
"""Names of files that are kept and not shown, wherever they lie."""
HIDDEN = r"/\.(?!well-known/)"
"""Addresses with a part that begins with a dot: half-written files, and nobody's business."""

FOREVER = "public, max-age=31536000, immutable"
FRESH = "public, no-cache"
"""Kept, but asked for at every use: pages, packages, catalogues and checksums tell of each other,
and a copy that is a minute older than its neighbour would contradict it. An answer that nothing
has changed costs some hundred bytes. The XML and its md5 are kept equally long: not at all."""
EXACT = "public, no-cache, no-transform"
"""The same, and no proxy may touch the bytes: those of the portal's XML and of its md5."""
FEEDS = r"^/danegov/"

INDEX = "index.html"
"""What a folder shows; one without it shows nothing."""
METHODS = "GET, HEAD, OPTIONS"
ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Strict-Transport-Security": "max-age=31536000",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""Headers of every answer: open data for every page, and pages that load nothing of others."""
PREFLIGHT: Mapping[str, str] = {
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match, If-Range, Range",
    "Access-Control-Max-Age": "86400",
}
"""Headers of the answer to a browser that asks whether it may ask."""

NOT_FOUND = (
    '<!doctype html><html lang="pl"><meta charset="utf-8"><title>404</title>'
    "<h1>Nie ma takiej strony</h1><p>Opublikowane pliki mają stałe adresy. Sprawdź adres albo "
    'zacznij od <a href="/">początku</a>.</p><div lang="en"><h1>There is no such page</h1>'
    "<p>Published files have lasting addresses. Check the address, or begin at the "
    '<a href="/">start</a>.</p></div></html>\n'
)
"""The page for an address where nothing is."""

_HASHED = re.compile(rf"{SHELF}({HASHED})$")
_DOWNLOADED = re.compile(rf"/({DOWNLOADED})$")
_HIDDEN = re.compile(HIDDEN)
_FEEDS = re.compile(FEEDS)


def kind_of(address: str) -> Kind:
    """The kind of file at an address."""
    name = address.rpartition("/")[2]
    if "." not in name:
        return PLAIN
    return KINDS.get(name.rpartition(".")[2].lower(), UNKNOWN)


def is_hidden(address: str) -> bool:
    """Whether an address is answered as if nothing were there."""
    return _HIDDEN.search(address) is not None


def cache_of(address: str) -> str:
    """The Cache-Control of what lies at an address."""
    if _HASHED.search(address):
        return FOREVER
    return EXACT if _FEEDS.search(address) else FRESH


def disposition_of(address: str) -> str:
    """The Content-Disposition of what lies at an address; "" for what a browser shows."""
    named = _HASHED.search(address) or _DOWNLOADED.search(address)
    return f'attachment; filename="{named[1]}"' if named else ""


def headers_of(address: str) -> dict[str, str]:
    """The headers of a file that depend on its address, which begins with a slash."""
    found = {
        "Content-Type": kind_of(address).media_type,
        "Cache-Control": cache_of(address),
        "Content-Disposition": disposition_of(address),
    }
    return {name: value for name, value in found.items() if value}


def by_media_type() -> Iterator[tuple[str, list[str]]]:
    """Each media type with the endings that have it, sorted."""
    for media_type in sorted({kind.media_type for kind in KINDS.values()}):
        yield media_type, sorted(e for e, k in KINDS.items() if k.media_type == media_type)


def compressed() -> list[str]:
    """Media types, without parameters, of what a server may compress, sorted.

    A type of which some file must not be compressed is left out: servers go by the type.
    """
    bare = {e: kind.media_type.partition(";")[0] for e, kind in KINDS.items()}
    never = {bare[e] for e, kind in KINDS.items() if not kind.compress}
    return sorted({bare[e] for e, kind in KINDS.items() if kind.compress} - never)
