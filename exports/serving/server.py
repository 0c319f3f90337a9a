"""The public folder over HTTP, for trying out: what nginx and Caddy do with the same rules.

Ranges, conditional requests and HEAD are Starlette's. What is ours: the link `public` is followed
once a request, so that an answer never mixes two releases; nothing outside the release is read;
an ETag is the hash of the bytes.
"""

import stat
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from exports.release.offers import POOL
from exports.serving.rules import (
    ALWAYS,
    FRESH,
    INDEX,
    METHODS,
    NOT_FOUND,
    PREFLIGHT,
    headers_of,
    is_hidden,
)
from schemas.files import sha256


def site(public: Path) -> ASGIApp:
    """The application that serves what `public` points at; the link may move at any time."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        # Looking at the disk must not hold up other requests.
        response = await run_in_threadpool(
            answer, public, scope["method"], scope["path"], Headers(scope=scope)
        )

        async def send_with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(message)
            await send(message)

        await response(scope, receive, send_with_rules)

    return serve


def answer(public: Path, method: str, path: str, asked: Headers) -> Response:
    """The answer to one request for `path`, percent signs decoded."""
    if method == "OPTIONS":
        return Response(status_code=204, headers=PREFLIGHT)
    if method not in {"GET", "HEAD"}:
        return Response(status_code=405, headers={"Allow": METHODS})
    try:
        tree = public.resolve(strict=True)
        return _found(tree, path, asked)
    except (OSError, ValueError):
        # Nothing there, no leave to read it, a name that is too long or has a zero in it.
        return HTMLResponse(NOT_FOUND, 404)


def _found(tree: Path, path: str, asked: Headers) -> Response:
    """Raises FileNotFoundError where nothing is to be seen."""
    place = tree / path.strip("/")
    # A link inside a release, or a way out of it, leads to another place than it says.
    if is_hidden(path) or "//" in path or "\\" in path or place.resolve(strict=True) != place:
        raise FileNotFoundError(path)
    if not place.is_dir():
        if path.endswith("/"):
            raise FileNotFoundError(path)
        return _file(place, path, asked)
    page = place / INDEX
    if not page.is_file():
        raise FileNotFoundError(path)
    if path.startswith(f"/{POOL}/"):
        # Files alone have addresses there: a folder is the page about one that was withdrawn.
        return FileResponse(page, 410, headers_of(f"/{INDEX}"), stat_result=page.stat())
    if not path.endswith("/"):
        return RedirectResponse(f"{path.rpartition('/')[2]}/", 301)
    return _file(page, f"{path}{INDEX}", asked)


def _file(place: Path, path: str, asked: Headers) -> Response:
    known = place.stat()
    if not stat.S_ISREG(known.st_mode):
        raise FileNotFoundError(path)
    etag = f'"{_digest(place, known.st_mtime_ns, known.st_size)[:32]}"'
    response = FileResponse(place, 200, {**headers_of(path), "ETag": etag}, stat_result=known)
    if StaticFiles(directory=place.parent).is_not_modified(response.headers, asked):
        return NotModifiedResponse(response.headers)
    return response


@lru_cache(maxsize=4096)
def _digest(place: Path, changed: int, size: int) -> str:  # noqa: ARG001  # they make the key
    return sha256(place)


def _complete(message: MutableMapping[str, object]) -> None:
    """Put in what every answer says; one that is no file is asked for anew."""
    headers = MutableHeaders(scope=message)
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    if message["status"] not in {200, 206, 304}:
        headers["Cache-Control"] = FRESH
