"""From a path or bytes to the one file that is read, with its fingerprints."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from schemas.text import Text
from sources.teryt.refusals import TRY_LATER, refused
from sources.teryt.unpack import MAX_FILE, Member, Prefer, unpack
from sources.teryt.xlsx_form import is_workbook

_STRANGE = (b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF", b"7z\xbc\xaf", b"Rar!")
"""First bytes of an old Excel file, gzip, PDF and other archives."""


class FileForm(StrEnum):
    """The form of the file that held the rows."""

    CSV = "csv"
    XML = "xml"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows come from, and what was met on the way to them."""

    name: str
    """Name of the file as it was given."""
    sha256: str
    """Of the file as it was given. Of a ZIP it changes with the web page behind the archive."""
    member: str
    """Name of the file in the ZIP, else `name`."""
    member_sha256: str
    """Of the file that was read: this tells whether two captures are the same."""
    member_bytes: int
    trailing_bytes: int
    """Bytes after the end of the ZIP."""
    form: FileForm
    encoding: str
    """Of the text; empty for a workbook."""
    file_date: date | None
    """Day in the file name: the day that was asked for when the file was made."""
    requested: date | None
    """Day that the caller asked for."""
    preamble: tuple[str, ...]
    """Lines before the header."""
    cleaned: Mapping[str, int]
    """How many cells, rows and columns were cleaned, by reason."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The file that is read, and the sha256 of the file that it came in."""

    name: str
    sha256: str
    member: Member
    workbook: bool


def load(source: bytes | Path, name: str, prefer: Prefer) -> Loaded:
    """Read a path or take bytes, and unpack a ZIP that is not a workbook.

    Raises PimError `PIM-TRY-001` (a web page), `-002` (empty), `-003` (another kind of file),
    `-004` to `-006` (archives), `-007` (too large).
    """
    if isinstance(source, Path):
        name = name or source.name
        _small_enough(source.stat().st_size, name)
        source = source.read_bytes()
    _small_enough(len(source), name)
    _plausible(source, name)
    zipped = source.startswith(b"PK")
    workbook = zipped and is_workbook(source, name)
    member = Member(name, source, archived=False, trailing=0)
    if zipped and not workbook:
        member = unpack(source, name, prefer)
        _plausible(member.data, member.name)
    return Loaded(name, hashlib.sha256(source).hexdigest(), member, workbook)


def _small_enough(size: int, name: str) -> None:
    if size > MAX_FILE:
        raise refused(
            7,
            Text(f"Plik ma {size} bajtów: za dużo.", f"The file has {size} bytes: too much."),
            where=name,
        )


def _plausible(data: bytes, name: str) -> None:
    """Refuse nothing (`-002`), a web page (`-001`) and forms that TERYT never has (`-003`)."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise refused(
            2,
            Text("Plik jest pusty.", "The file is empty."),
            where=name,
            fix=TRY_LATER,
            source=True,
        )
    lower = head.lower()
    if head.startswith(b"<") and (b"<html" in lower or b"<!doctype html" in lower):
        raise refused(
            1,
            Text(
                "Zamiast pliku przyszła strona internetowa.",
                "A web page came instead of the file.",
            ),
            where=name,
            why=Text(
                "eTERYT odpowiada stroną i statusem 200, kiedy pobranie się nie uda.",
                "eTERYT answers with a page and status 200 when a download fails.",
            ),
            fix=TRY_LATER,
            source=True,
        )
    text = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in head
    if head.startswith(_STRANGE) or not (text or head.startswith(b"PK")):
        raise refused(
            3,
            Text(
                "To nie jest plik ZIP, CSV, XML ani XLSX.",
                "This is no ZIP, CSV, XML or XLSX file.",
            ),
            where=name,
        )
