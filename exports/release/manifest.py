"""The manifest of a tree: every file with size and sha256, and one id for its content.

A build's tree and a release have the same kind of manifest; a release says more about itself.
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from schemas.files import sha256

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
"""Checksums in the form of `sha256sum -c`. It tells of `pim.duckdb` too, so its bytes vary."""
SIGNATURE_END = ".minisig"
PUBLIC_KEY = "minisign.pub"
_KEPT = re.compile(rf"versions/[0-9.]+/{re.escape(MANIFEST)}")
"""The manifest of a release, as all later ones keep it."""
RELEASE_ID_LENGTH = 16
"""Hex digits of the content id that name the tree of a build: 64 bits are plenty for a folder."""
VOLATILE = ".duckdb"
"""DuckDB never writes the same bytes twice, so such a file is named but not hashed: else two
builds of the same facts would differ."""


def files_below(folder: Path) -> list[tuple[str, Path]]:
    """Relative POSIX paths and files below a folder, sorted; links are not followed."""
    return sorted(
        (path.relative_to(folder).as_posix(), path)
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )


def outside_manifest(path: str) -> bool:
    """Whether a file stands for the manifest itself: it cannot be listed in it."""
    if path in (MANIFEST, SUMS, PUBLIC_KEY):
        return True
    signed = path.removesuffix(SIGNATURE_END)
    return signed != path and (signed in (MANIFEST, SUMS) or bool(_KEPT.fullmatch(signed)))


def content_id(entries: Mapping[str, str]) -> str:
    """64 hex digits that depend on paths and their sha256 (or content hash) alone."""
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(entries.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def manifest(
    folder: Path,
    *,
    facts: Mapping[str, object],
    content: Mapping[str, str] | None = None,
    known: Mapping[str, str] | None = None,
    leave_out: Collection[str] = (),
) -> dict[str, object]:
    """What lies below `folder`, ready to be written as `manifest.json`.

    `facts` are put in as given (version, date, counts). `content` gives, by path, a hash of
    the content of files whose bytes vary (`pim.duckdb`); such a file without one is listed by
    its path alone and does not count for the `content_id`. `known` gives sha256 that need not
    be taken again. `leave_out` names further files that the manifest cannot tell of.
    """
    contents = dict(content or {})
    taken = dict(known or {})
    listed: list[dict[str, object]] = []
    digests: dict[str, str] = {}
    for name, path in files_below(folder):
        if outside_manifest(name) or name in leave_out:
            continue
        entry: dict[str, object] = {"path": name}
        if name in contents:
            entry["content_sha256"] = digests[name] = contents[name]
        elif path.suffix != VOLATILE:
            digests[name] = taken.get(name) or sha256(path)
            entry |= {"bytes": path.stat().st_size, "sha256": digests[name]}
        listed.append(entry)
    return {"format": 1, "content_id": content_id(digests), **facts, "files": listed}
