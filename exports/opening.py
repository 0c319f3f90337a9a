"""Opening a data package of ours with suspicion: descriptor, paths, sizes, sha256.

A package may come back from anywhere, so nothing in `datapackage.json` is believed before
it is looked at: its size and depth are limited, and no path may lead out of the folder.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeGuard

from schemas.errors import Exit, PimError
from schemas.files import sha256
from schemas.text import Text

DESCRIPTOR = "datapackage.json"
MAX_DESCRIPTOR_BYTES = 16 * 1024 * 1024
"""A hundred times the size of our largest descriptor."""
MAX_PATH_BYTES = 255
"""No longer name of a file can be asked for."""

Json = Mapping[str, object]


@dataclass(frozen=True)
class Field:
    """What a descriptor says about one column."""

    name: str
    kind: str
    required: bool
    decimals: int
    codes: Mapping[str, str]
    """Label to code; empty for a free column."""
    constraints: Json


@dataclass(frozen=True)
class File:
    """What a descriptor says about one file."""

    name: str
    path: Path
    bytes: int
    sha256: str
    fields: tuple[Field, ...]
    """Columns; empty for a file without a schema, which only has bytes and hash."""
    missing: tuple[str, ...]
    key: tuple[str, ...]
    foreign: tuple[tuple[str, str, str], ...]
    """Column, resource ("" for its own) and column that it refers to."""
    whole: str = ""
    """The table that it is a part of (`exports.parts`); "" where it is the whole table."""

    @property
    def parquet(self) -> Path:
        """Where the Parquet file of the table lies."""
        return self.path.with_name(f"{self.whole or self.path.stem}.parquet")


def _malformed(folder: Path, what: str) -> PimError:
    return PimError(
        "PIM-EXP-030",
        Text("Nie można odczytać opisu paczki danych.", "The data package cannot be read."),
        where=f"{folder.name}/{DESCRIPTOR}: {what}",
        fix=Text(
            "Pobierz paczkę ponownie albo zbuduj ją poleceniem pim build.",
            "Fetch the package again, or build it with pim build.",
        ),
    )


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


class _Reader:
    """Takes values out of a descriptor, each with the type that it must have."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._resolved = folder.resolve()

    def text(self, node: Json, key: str, default: str | None = None) -> str:
        value = node.get(key, default)
        if not isinstance(value, str):
            raise _malformed(self.folder, key)
        return value

    def number(self, node: Json, key: str, default: int | None = None) -> int:
        value = node.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise _malformed(self.folder, key)
        return value

    def node(self, node: Json, key: str) -> Json:
        value = node.get(key, {})
        if not _is_object(value):
            raise _malformed(self.folder, key)
        return value

    def nodes(self, node: Json, key: str) -> list[dict[str, object]]:
        value = node.get(key, [])
        if not isinstance(value, list):
            raise _malformed(self.folder, key)
        found = [item for item in value if _is_object(item)]
        if len(found) != len(value):
            raise _malformed(self.folder, key)
        return found

    def texts(self, node: Json, key: str) -> tuple[str, ...]:
        value = node.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise _malformed(self.folder, key)
        return tuple(str(item) for item in value)

    def path(self, node: Json) -> Path:
        """The file of a resource, which must lie in the package's own folder."""
        given = self.text(node, "path")
        if len(given.encode()) > MAX_PATH_BYTES:
            raise _malformed(self.folder, "path")
        parts = PurePosixPath(given).parts
        odd = "\\" in given or ":" in given or "\0" in given or given.startswith(("/", "~"))
        path = self.folder.joinpath(*parts) if parts and not odd else self.folder
        inside = path.resolve().is_relative_to(self._resolved)
        if odd or ".." in parts or not parts or not inside or path.is_symlink():
            raise PimError(
                "PIM-EXP-031",
                Text(
                    "Paczka danych wskazuje plik spoza swojego folderu.",
                    "The data package points to a file outside its folder.",
                ),
                where=f"{self.folder.name}/{DESCRIPTOR}: {given[:200]!r}",
                fix=Text(
                    "Nie używaj tej paczki; pobierz ją ponownie ze strony wydawcy.",
                    "Do not use this package; fetch it again from its publisher.",
                ),
            )
        return path

    def field(self, node: Json) -> Field:
        constraints = self.node(node, "constraints")
        codes = self.node(node, "_codes")
        return Field(
            name=self.text(node, "name"),
            kind=self.text(node, "type"),
            required=constraints.get("required") is True,
            decimals=min(self.number(node, "_decimals", 0), 18),
            codes={label: str(code) for label, code in codes.items()},
            constraints=constraints,
        )

    def foreign(self, node: Json) -> tuple[str, str, str]:
        reference = self.node(node, "reference")
        fields, targets = self.texts(node, "fields"), self.texts(reference, "fields")
        if len(fields) != 1 or len(targets) != 1:
            raise _malformed(self.folder, "foreignKeys")
        return fields[0], self.text(reference, "resource"), targets[0]

    def file(self, node: Json) -> File:
        schema = self.node(node, "schema")
        algorithm, _, digest = self.text(node, "hash").partition(":")
        if algorithm != "sha256":
            raise _malformed(self.folder, "hash")
        return File(
            name=self.text(node, "name"),
            path=self.path(node),
            bytes=self.number(node, "bytes"),
            sha256=digest,
            fields=tuple(self.field(field) for field in self.nodes(schema, "fields")),
            missing=self.texts(schema, "missingValues"),
            key=self.texts(schema, "primaryKey"),
            foreign=tuple(self.foreign(key) for key in self.nodes(schema, "foreignKeys")),
            whole=self.text(node, "_table", ""),
        )


def open_package(folder: Path) -> tuple[File, ...]:
    """The files that the package in `folder` lists, with safe paths; nothing else is read.

    Raises PimError `PIM-EXP-030` for a descriptor that is missing, too large, not JSON or not
    of our shape, and `PIM-EXP-031` for a path that leads out of the folder.
    """
    descriptor = folder / DESCRIPTOR
    try:
        if descriptor.stat().st_size > MAX_DESCRIPTOR_BYTES:
            raise _malformed(folder, f"> {MAX_DESCRIPTOR_BYTES} B")
        data: object = json.loads(descriptor.read_text(encoding="utf-8"))
        # JSON can spell halves of letters (`\ud800`), which nothing that comes later can take.
        json.dumps(data, ensure_ascii=False).encode()
    except OSError as error:
        raise _malformed(folder, error.strerror or "") from error
    except (ValueError, RecursionError) as error:
        raise _malformed(folder, "JSON") from error
    if not _is_object(data):
        raise _malformed(folder, "JSON")
    reader = _Reader(folder)
    files = tuple(reader.file(node) for node in reader.nodes(data, "resources"))
    names = [file.name for file in files]
    if not files or len(set(names)) != len(names):
        raise _malformed(folder, "resources")
    return files


def damage(file: File) -> Text | None:
    """What is wrong with a file's presence, size or sha256, or None when it is whole."""
    if not file.path.is_file():
        return Text("Brakuje pliku.", "The file is missing.")
    if file.path.stat().st_size != file.bytes:
        return Text(
            "Plik ma inną wielkość niż podana w opisie ({n} B).",
            "The size of the file is not the one in its description ({n} B).",
        ).fill(n=file.bytes)
    if sha256(file.path) != file.sha256:
        return Text(
            "Suma kontrolna sha256 pliku różni się od podanej w opisie.",
            "The sha256 of the file is not the one in its description.",
        )
    return None


def damaged(file: File, what: Text) -> PimError:
    """The error for a file that is not what its package says."""
    return PimError(
        "PIM-EXP-032",
        what,
        where=file.path.name,
        fix=Text(
            "Pobierz paczkę ponownie: plik jest uszkodzony albo zmieniony.",
            "Fetch the package again: the file is damaged or was changed.",
        ),
        exit_code=Exit.DATA,
    )
