"""Reading a manifest with suspicion: a release may come back from anywhere."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from exports.release.manifest import MANIFEST
from schemas.errors import Exit, PimError
from schemas.text import Text

FORMAT = 1
MAX_BYTES = 256 * 1024 * 1024
"""A million files: no manifest of ours comes near."""

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)

Json = Mapping[str, object]


@dataclass(frozen=True)
class FileTold:
    """What a manifest says of one file."""

    path: str
    bytes: int | None
    sha256: str | None
    content_sha256: str | None
    """Hash of what a DuckDB file says, whose bytes vary."""


@dataclass(frozen=True)
class Told:
    """What a manifest says."""

    facts: Json
    """Everything but the files, as it stands there."""
    files: Mapping[str, FileTold]

    def text(self, name: str) -> str:
        """A fact as text; "" where it is missing."""
        found = self.facts.get(name)
        return found if isinstance(found, str) else ""

    @property
    def version(self) -> str:
        """The version of the release, or what a build was given for one."""
        return self.text("version")

    @property
    def date(self) -> str:
        """The release date, YYYY-MM-DD."""
        return self.text("date")

    def hash_of(self, path: str) -> str:
        """sha256 of a file, or of what it says; "" for one that has neither."""
        file = self.files[path]
        return file.sha256 or file.content_sha256 or ""

    @property
    def graves(self) -> set[str]:
        """Addresses that were withdrawn: folders with a page now."""
        found = self.facts.get("withdrawn")
        return {
            str(one.get("address", "")).rstrip("/")
            for one in (found if isinstance(found, list) else [])
            if isinstance(one, dict)
        }

    def dataset(self, slug: str) -> Json:
        """What is said of a data set; empty where it is not told of."""
        found = self.facts.get("datasets")
        for one in found if isinstance(found, list) else ():
            if isinstance(one, dict) and one.get("slug") == slug:
                return one
        return {}


def read_manifest(folder: Path, name: str = MANIFEST) -> Told:
    """The manifest of a tree. Raises PimError `PIM-REL-005` for a missing or malformed one.

    No path in it leads out of the tree.
    """
    path = folder / name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _unreadable(path, "size")
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise _unreadable(path, "format")
        listed = data.pop("files")
        files = [_file(one) for one in listed]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise _unreadable(path, type(error).__name__) from error
    found = {file.path: file for file in files}
    if len(found) != len(files):
        raise _unreadable(path, "files")
    return Told(data, found)


def _file(entry: object) -> FileTold:
    if not isinstance(entry, dict):
        raise TypeError("a file is an object")
    path, size = entry["path"], entry.get("bytes")
    if not isinstance(path, str) or not is_inside(path):
        raise ValueError("a path leads out")
    if size is not None and (not isinstance(size, int) or size < 0):
        raise ValueError("a size is a whole number")
    return FileTold(path, size, _hash(entry.get("sha256")), _hash(entry.get("content_sha256")))


def _hash(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and _HASH.fullmatch(value):
        return value
    raise ValueError("a hash has 64 hex digits")


def is_inside(path: str) -> bool:
    """Whether a relative POSIX path stays below the folder that it is held against."""
    parts = PurePosixPath(path)
    return (
        bool(parts.parts)
        and not parts.is_absolute()
        and ".." not in parts.parts
        and str(parts) == path
        and not any(sign in path for sign in "\\\0\n\r")
    )


def _unreadable(path: Path, what: str) -> PimError:
    return PimError(
        "PIM-REL-005",
        Text("Nie można odczytać manifestu wydania.", "The manifest of a release is unreadable."),
        where=f"{path.parent.name}/{path.name} ({what})",
        fix=Text(
            "Wskaż folder wydania, w którym leży manifest.json, albo pobierz go ponownie.",
            "Name the folder of a release, with its manifest.json, or fetch it again.",
        ),
        exit_code=Exit.DATA,
    )
