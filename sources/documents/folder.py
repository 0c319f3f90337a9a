"""A folder of documents: each read and searched once, also those that cannot be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.errors import PimError
from schemas.files import sha256
from sources.documents import refusals
from sources.documents.lexicon import Lexicon
from sources.documents.reading import read_document

if TYPE_CHECKING:
    from sources.documents.engine import Extraction

MAX_FILES = 2_000


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the list of documents says of a file: its identifier and when it was issued."""

    document_id: str
    issued_from: date | None = None
    issued_to: date | None = None


@dataclass(frozen=True)
class ReadFile:
    """A file of the folder: what was found in it, or why it could not be read."""

    name: str
    """Path below the folder."""
    sha256: str
    document_id: str
    extraction: "Extraction | None"
    error: PimError | None


def files_in(folder: Path) -> list[Path]:
    """The files of a folder in order, without hidden ones.

    Raises PimError `PIM-DOC-004` where there are more than `MAX_FILES`.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(folder).parts)
    )
    if len(found) > MAX_FILES:
        raise refusals.too_large(folder.name, refusals.limit(MAX_FILES, "files"))
    return found


def read_folder(
    folder: Path, lexicon: Lexicon, known: Mapping[str, KnownFile]
) -> tuple[ReadFile, ...]:
    """Read every file; `known` is by sha256. What cannot be read is in the result, too."""
    return tuple(
        _read(path, path.relative_to(folder).as_posix(), digest, lexicon, known.get(digest))
        for path in files_in(folder)
        for digest in (sha256(path),)
    )


@lru_cache(maxsize=MAX_FILES)
def _read(
    path: Path, name: str, digest: str, lexicon: Lexicon, known: KnownFile | None
) -> ReadFile:
    """One file; kept, since several tables are made of it in one run."""
    # Its patterns are compiled at import, which a build without documents need not wait for.
    from sources.documents.engine import extract

    try:
        document = read_document(path)
    except PimError as error:
        return ReadFile(name, digest, known.document_id if known else "", None, error)
    begin, end = (known.issued_from, known.issued_to) if known else (None, None)
    aware = replace(
        lexicon,
        year=begin.year if begin and end and begin.year == end.year else 0,
        day=begin if begin == end else None,
    )
    found = extract(document, aware)
    return ReadFile(name, digest, known.document_id if known else "", found, None)
