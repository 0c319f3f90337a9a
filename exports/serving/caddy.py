"""The rules as a Caddyfile, for Caddy 2.6 or newer."""

from collections.abc import Iterator, Mapping

from exports.release.offers import POOL
from exports.serving.places import Place
from exports.serving.rules import (
    ALWAYS,
    DOWNLOADED,
    EXACT,
    FEEDS,
    FOREVER,
    FRESH,
    HASHED,
    HIDDEN,
    KINDS,
    METHODS,
    NOT_FOUND,
    PLAIN,
    PREFLIGHT,
    SHELF,
    UNKNOWN,
    by_media_type,
    compressed,
)

_PAGE = KINDS["html"].media_type


def caddyfile(place: Place) -> str:
    """A whole Caddyfile, or a file to be imported into one."""
    port = "" if place.port == 443 else f":{place.port}"
    lines = [
        "# Written by `pim serve caddy`: change the rules there, not here.",
        f"{place.host}{port} {{",
        *(f"\t{line}" for line in _site(place)),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _site(place: Place) -> Iterator[str]:
    if place.certificate:
        yield f"tls {place.certificate} {place.key}"
    yield f"root * {place.root}"
    yield "encode {"
    yield "\tgzip"
    yield "\tminimum_length 1024"
    yield "\tmatch {"
    yield from (f"\t\theader Content-Type {media_type}*" for media_type in compressed())
    yield "\t}"
    yield "}"
    yield ""
    yield "map {path} {pim_type} {"
    for media_type, endings in by_media_type():
        yield f'\t~(?i)\\.(?:{"|".join(endings)})$ "{media_type}"'
    yield f'\t~/[^./]+$ "{PLAIN.media_type}"'
    yield f'\tdefault "{UNKNOWN.media_type}"'
    yield "}"
    yield ""
    yield "route {"
    yield from (f"\t{line}" for line in _route())
    yield "}"
    yield ""
    yield "handle_errors {"
    yield from (f"\t{line}" for line in _headers(ALWAYS))
    yield f'\theader Cache-Control "{FRESH}"'
    yield "\theader -Content-Disposition"
    yield f'\theader Content-Type "{_PAGE}"'
    yield "\t@method expression {err.status_code} == 405"
    yield f'\theader @method Allow "{METHODS}"'
    yield "\t@missing expression {err.status_code} == 404 || {err.status_code} == 403"
    yield f"\trespond @missing `{NOT_FOUND}` 404"
    yield "}"


def _route() -> Iterator[str]:
    yield from _headers(ALWAYS)
    yield "@ask method OPTIONS"
    yield "handle @ask {"
    yield from (f"\t{line}" for line in _headers(PREFLIGHT))
    yield "\trespond 204"
    yield "}"
    yield "@other not method GET HEAD"
    yield "error @other 405"
    yield f"@hidden path_regexp {HIDDEN.replace('(?!well-known/)', '')}"
    yield "@known path /.well-known/*"
    yield "handle @known {"
    yield "\tfile_server"
    yield "}"
    yield "error @hidden 404"
    yield "# Longer than a name of a file can be: the disk's refusal would be a failure of ours."
    yield '@long path_regexp "[^/]{256}"'
    yield "error @long 404"
    yield ""
    yield "# Files alone have addresses there: a folder is the page about one that was withdrawn."
    yield "@gone {"
    yield f"\tpath /{POOL}/*"
    yield "\tfile {"
    yield "\t\ttry_files {path}/index.html"
    yield "\t}"
    yield "}"
    yield "handle @gone {"
    yield "\trewrite * {path}/index.html"
    yield f'\theader Content-Type "{_PAGE}"'
    yield f'\theader Cache-Control "{FRESH}"'
    yield "\tfile_server {"
    yield "\t\tstatus 410"
    yield "\t}"
    yield "}"
    yield ""
    yield "@folder path */"
    yield "rewrite @folder {path}index.html"
    yield "header Content-Type {pim_type}"
    yield f'header @folder Content-Type "{_PAGE}"'
    yield f'header Cache-Control "{FRESH}"'
    yield f"@feeds path_regexp {FEEDS}"
    yield f'header @feeds Cache-Control "{EXACT}"'
    yield f"@download path_regexp download /({DOWNLOADED})$"
    yield 'header @download Content-Disposition `attachment; filename="{re.download.1}"`'
    yield f"@hashed path_regexp hashed {SHELF}({HASHED})$"
    yield f'header @hashed Cache-Control "{FOREVER}"'
    yield 'header @hashed Content-Disposition `attachment; filename="{re.hashed.1}"`'
    yield "file_server"


def _headers(headers: Mapping[str, str]) -> Iterator[str]:
    yield "header {"
    for name, value in headers.items():
        yield f'\t{name} "{value}"'
    yield "}"
