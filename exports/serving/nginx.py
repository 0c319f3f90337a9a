"""The rules as a configuration of nginx, 1.18 or newer."""

from collections.abc import Iterator

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
    METHODS,
    NOT_FOUND,
    PLAIN,
    PREFLIGHT,
    SHELF,
    UNKNOWN,
    by_media_type,
    compressed,
)


def nginx(place: Place) -> str:
    """A file for `conf.d/`: it stands inside `http { }`."""
    return "\n".join([*_maps(), "", *_plain(place), "", *_site(place)]) + "\n"


def _maps() -> Iterator[str]:
    yield "# Written by `pim serve nginx`: change the rules there, not here."
    yield "map $uri $pim_kept {"
    yield f'    default "{FRESH}";'
    yield f'    "~{SHELF}{HASHED}$" "{FOREVER}";'
    yield f'    "~{FEEDS}" "{EXACT}";'
    yield "}"
    yield "# What is no file is asked for anew."
    yield "map $status $pim_cache {"
    yield f'    default "{FRESH}";'
    yield '    "~^(200|206|304)$" $pim_kept;'
    yield "}"
    yield "map $uri $pim_disposition {"
    yield '    default "";'
    for before, name in ((SHELF, HASHED), ("/", DOWNLOADED)):
        yield f'    "~{before}(?<pim_name>{name})$" \'attachment; filename="$pim_name"\';'
    yield "}"
    for name, value in PREFLIGHT.items():
        yield f'map $request_method {_variable(name)} {{ default ""; OPTIONS "{value}"; }}'
    yield f'map $status $pim_allow {{ default ""; 405 "{METHODS}"; }}'


def _variable(header: str) -> str:
    return f"$pim_{header.lower().replace('-', '_')}"


def _plain(place: Place) -> Iterator[str]:
    yield "server {"
    yield f"    listen {place.plain_port};"
    yield f"    listen [::]:{place.plain_port};"
    yield f"    server_name {place.host};"
    port = "" if place.port == 443 else f":{place.port}"
    yield f"    return 301 https://{place.host}{port}$request_uri;"
    yield "}"


def _site(place: Place) -> Iterator[str]:
    yield "server {"
    yield f"    listen {place.port} ssl;"
    yield f"    listen [::]:{place.port} ssl;"
    yield f"    server_name {place.host};"
    yield f"    ssl_certificate {place.certificate};"
    yield f"    ssl_certificate_key {place.key};"
    yield "    ssl_protocols TLSv1.2 TLSv1.3;"
    yield "    server_tokens off;"
    yield "    absolute_redirect off;"
    yield "    # The link is followed at every request; a release itself holds no links."
    yield f"    root {place.root};"
    yield "    disable_symlinks on from=$document_root;"
    yield "    index index.html;"
    yield ""
    yield from (f"    {line}" for line in _types())
    yield ""
    yield "    gzip on;"
    yield "    gzip_vary on;"
    yield "    gzip_min_length 1024;"
    yield f"    gzip_types {' '.join(t for t in compressed() if t != 'text/html')};"
    yield ""
    for name, value in ALWAYS.items():
        yield f'    add_header {name} "{value}" always;'
    yield "    add_header Cache-Control $pim_cache always;"
    yield "    add_header Content-Disposition $pim_disposition;"
    for name in PREFLIGHT:
        yield f"    add_header {name} {_variable(name)} always;"
    yield "    add_header Allow $pim_allow always;"
    yield ""
    yield from (f"    {line}" for line in _locations())
    yield "}"


def _types() -> Iterator[str]:
    yield "types {"
    told: set[str] = set()
    for media_type, endings in by_media_type():
        bare, _, parameters = media_type.partition("; ")
        told |= {bare} if parameters else set()
        yield f"    {bare} {' '.join(endings)};"
    yield "}"
    yield f"default_type {UNKNOWN.media_type};"
    yield "charset utf-8;"
    yield f"charset_types {' '.join(sorted(told - {'text/html'}))};"


def _locations() -> Iterator[str]:
    yield "error_page 404 403 =404 @missing;"
    yield "if ($request_method = OPTIONS) { return 204; }"
    yield "if ($request_method !~ ^(GET|HEAD|OPTIONS)$) { return 405; }"
    yield f'location ~ "{HIDDEN}" {{ return 404; }}'
    yield "# Files alone have addresses there: a folder is the page about one that was withdrawn."
    yield f"location ~ ^/{POOL}/ {{"
    yield "    error_page 404 403 =404 @missing;"
    yield "    error_page 410 $uri/index.html;"
    yield "    if (-f $request_filename/index.html) { return 410; }"
    yield "}"
    yield "# A name without an ending: checksums, a licence."
    yield f"location ~ /[^./]+$ {{ default_type {PLAIN.media_type.partition(';')[0]}; }}"
    yield "location @missing {"
    yield "    types { }"
    yield "    default_type text/html;"
    yield f"    return 404 '{NOT_FOUND.rstrip()}';"
    yield "}"
