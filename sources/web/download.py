"""A file from the web to the disk: asked for only if it changed, and continued where it broke.

What has arrived of a file lies in `<name>.part`, and beside it `<name>.part.json` says of which
version it is. The next try, or the next run after a kill, asks for the rest of that very version
(`If-Range`); a server that has another one by then, or knows no ranges, sends all of it.
"""

import json
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote

import httpx

from sources.web.client import Web, pieces
from sources.web.refusals import wrong_type
from sources.web.trying import Again

_NAME = re.compile(r"""filename\*?=(?:UTF-8'[^']*')?"?([^";]+)""", re.IGNORECASE)
_RANGE = re.compile(r"bytes (\d+)-\d+/")


@dataclass(frozen=True)
class Validators:
    """What a server said of a version of a file: enough to ask whether there is a newer one."""

    etag: str = ""
    last_modified: str = ""

    def asked(self) -> dict[str, str]:
        """Headers of a request that wants the file only if it is another version."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}

    @property
    def strong(self) -> str:
        """The validator that may join two halves of a file; a weak one may not."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


@dataclass(frozen=True)
class Wanted:
    """What is asked for, and what may come."""

    address: str
    part: Path
    """Where the bytes are collected. One process at a time: the caller sees to it."""
    limit: int
    """Bytes, unpacked."""
    media_types: tuple[str, ...] = ()
    """Accepted types; none given: the bytes alone will tell."""
    seen: Validators = Validators()
    """Of the version that we have."""
    form: Mapping[str, str] | None = None
    """Fields of a form to send; then nothing is conditional and nothing is continued."""


@dataclass(frozen=True)
class Arrived:
    """A file that came whole. `path` is None where the server said that nothing changed."""

    path: Path | None
    name: str
    """As the server calls it, else the end of the address; not yet safe as a file name."""
    address: str
    """Where it really came from, after redirects."""
    media_type: str
    validators: Validators


def download(web: Web, wanted: Wanted) -> Arrived:
    """Fetch a file into `wanted.part`. Raises PimError `PIM-NET-001` to `-009`."""
    deadline = time.monotonic() + web.patience.whole
    for attempt in web.repeating():
        with attempt:
            return _once(web, wanted, deadline)
    raise AssertionError("a try either answers or raises")


def forget(part: Path) -> None:
    """Remove what was collected of a file."""
    for path in (part, _about(part)):
        path.unlink(missing_ok=True)


def _once(web: Web, wanted: Wanted, deadline: float) -> Arrived:
    have, version = _collected(wanted)
    headers = wanted.seen.asked() if wanted.form is None else {}
    if have:
        headers |= {"Range": f"bytes={have}-", "If-Range": version.strong}
    method = "GET" if wanted.form is None else "POST"
    request = web.request(wanted.address, method=method, headers=headers, form=wanted.form)
    with web.answer(request, deadline) as response:
        if response.status_code == httpx.codes.NOT_MODIFIED:
            return _arrived(response, None)
        _judge_type(response, wanted)
        if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            forget(wanted.part)
            raise Again(wrong_type(wanted.address, "416", ("206",)))
        if response.status_code != httpx.codes.PARTIAL_CONTENT or _start(response) != have:
            have = _begin_anew(response, wanted)
        with wanted.part.open("ab") as file:
            for piece in pieces(response, wanted.limit - have, deadline):
                file.write(piece)
        return _arrived(response, wanted.part)


def _collected(wanted: Wanted) -> tuple[int, Validators]:
    """How many bytes lie there of a version that can be continued, and which version."""
    with suppress(OSError, ValueError, TypeError):
        about = json.loads(_about(wanted.part).read_text(encoding="utf-8"))
        version = Validators(str(about["etag"]), str(about["last_modified"]))
        if wanted.form is None and version.strong and about["address"] == wanted.address:
            return wanted.part.stat().st_size, version
    return 0, Validators()


def _begin_anew(response: httpx.Response, wanted: Wanted) -> int:
    """Start an empty part, and say of which version it is."""
    forget(wanted.part)
    if response.status_code == httpx.codes.PARTIAL_CONTENT:
        raise Again(wrong_type(wanted.address, "206", ("200",)))
    wanted.part.parent.mkdir(parents=True, exist_ok=True)
    wanted.part.touch()
    if not response.headers.get("Content-Encoding"):
        about = {"address": wanted.address, **asdict(_validators(response))}
        _about(wanted.part).write_text(json.dumps(about), encoding="utf-8")
    return 0


def _about(part: Path) -> Path:
    return part.with_name(part.name + ".json")


def _start(response: httpx.Response) -> int:
    match = _RANGE.match(response.headers.get("Content-Range", ""))
    return int(match[1]) if match else -1


def _judge_type(response: httpx.Response, wanted: Wanted) -> None:
    found = _media_type(response)
    anything = ("", "application/octet-stream", "binary/octet-stream", *wanted.media_types)
    if wanted.media_types and found not in anything:
        raise wrong_type(str(response.request.url), found, wanted.media_types)


def _media_type(response: httpx.Response) -> str:
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def _validators(response: httpx.Response) -> Validators:
    get = response.headers.get
    return Validators(get("ETag", "")[:200], get("Last-Modified", "")[:200])


def _arrived(response: httpx.Response, path: Path | None) -> Arrived:
    match = _NAME.search(response.headers.get("Content-Disposition", ""))
    end = response.request.url.path.rpartition("/")[2]
    return Arrived(
        path,
        unquote(match[1] if match else end),
        str(response.request.url),
        _media_type(response),
        _validators(response),
    )
