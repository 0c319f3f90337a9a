"""Files: written whole or not at all, and known by their sha256.

Every write of the project goes to a temporary name in the same folder and is renamed, so a
reader, or a run that is killed, never meets half a file.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import orjson

_DRAFTING = ContextVar("drafting", default=False)


@contextmanager
def drafting() -> Iterator[None]:
    """Within the block files are written whole, but not flushed to the disk one by one.

    For what is made again when it is lost, or flushed as one tree before anyone is pointed to it:
    a thousand small files take a second to flush, and on a slow disk ten. Holds for the thread
    that opened the block.
    """
    token = _DRAFTING.set(True)
    try:
        yield
    finally:
        _DRAFTING.reset(token)


def flush(path: Path) -> None:
    """Have the bytes of a file, or the names in a folder, on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle(path: Path) -> None:
    """Have the bytes of a file on the disk, unless it is a draft."""
    if not _DRAFTING.get():
        flush(path)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; when the block ends well, rename it to `path`.

    The bytes are flushed to disk before the rename, unless `drafting`. On an error the temporary
    file goes and what was at `path` stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        settle(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder beside `path` for what is needed only until the block ends.

    Its name is of the same kind as that of a temporary file, so that what a killed run leaves
    is found and removed in the same way.
    """
    folder = path.with_name(f".{path.name}.parts.{os.getpid()}.tmp")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def second_name(path: str | Path, name: str | Path) -> None:
    """Give a file a second name, in place of what had it; a copy where the disk cannot do that."""
    with replacing(Path(name)) as temporary:
        try:
            os.link(path, temporary)
        except OSError:
            shutil.copyfile(path, temporary)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with the line ends that it has, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


def write_json(path: Path, data: object) -> None:
    """Write JSON for people and machines: two spaces, letters as they are, final newline.

    By orjson: the standard library indents in Python, and took a tenth of a build.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(
            orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        )


def sha256(path: Path) -> str:
    """The sha256 of a file in lower-case hex, read in pieces of 1 MiB."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
