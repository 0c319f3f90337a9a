"""The manifest of a release: every file with size and sha256, and one id for its content."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from schemas.files import sha256

MANIFEST = "manifest.json"
VOLATILE = ".duckdb"
"""DuckDB never writes the same bytes twice, so such a file is named but not hashed: else two
builds of the same facts would differ."""


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Relative POSIX paths and files below a folder, sorted; links are not followed."""
    found = [
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    ]
    return sorted(item for item in found if item[0] != MANIFEST)


def content_id(entries: Mapping[str, str]) -> str:
    """64 hex digits that depend on paths and their sha256 (or content hash) alone."""
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(entries.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def manifest(
    folder: Path, *, facts: Mapping[str, object], content: Mapping[str, str] | None = None
) -> dict[str, object]:
    """What lies below `folder`, ready to be written as `manifest.json`.

    `facts` are put in as given (version, date, counts). `content` gives, by path, a hash of
    the content of files whose bytes vary (`pim.duckdb`); such a file without one is listed by
    its path alone and does not count for the `content_id`.
    """
    known = dict(content or {})
    listed: list[dict[str, object]] = []
    digests: dict[str, str] = {}
    for name, path in _files(folder):
        entry: dict[str, object] = {"path": name}
        if name in known:
            entry["content_sha256"] = digests[name] = known[name]
        elif path.suffix != VOLATILE:
            digests[name] = sha256(path)
            entry |= {"bytes": path.stat().st_size, "sha256": digests[name]}
        listed.append(entry)
    return {"format": 1, "content_id": content_id(digests), **facts, "files": listed}
