"""From the bytes that came to the bytes of one file in them: ZIP, or nothing to unpack.

Archives are hostile until measured: every size is bounded before anything is unpacked.
"""

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.text import Text
from sources.teryt.refusals import TRY_LATER, refused
from sources.zips import BROKEN, Fault, Limits, ZipRefused, open_zip

Prefer = Literal["csv", "xml"]
"""Which of the two members of a ZIP is read; GUS puts the same rows in both."""

MAX_FILE = 128 * 2**20
"""Bytes of a file as it comes; the largest ZIP of GUS (ULIC) is about 8 MB."""
LIMITS = Limits(members=200, unpacked=512 * 2**20, ratio=150)
"""ULIC as XML has about 100 MB; XML of GUS is 22 times as large as packed."""

_END = b"PK\x05\x06"
_MEMBER = re.compile(r"(?:.*/)?(?:TERC|SIMC|ULIC|WMRODZ|NTS)(?![A-Z])[^/]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """The file that is read, and what stood around it."""

    name: str
    data: bytes
    archived: bool
    trailing: int
    """Bytes after the end of the archive: eTERYT appends its whole web page there."""


def open_archive(data: bytes, name: str) -> tuple[zipfile.ZipFile, int]:
    """Open a ZIP within the limits. Gives it and the number of bytes after its end.

    Raises PimError `PIM-TRY-004` (broken or cut off) or `PIM-TRY-005` (beyond the limits).
    """
    # zipfile looks for the end record in the last 64 KiB only, and the page after it grows.
    end = data.rfind(_END)
    size = end + 22 + int.from_bytes(data[end + 20 : end + 22], "little")
    if end < 0 or size > len(data):
        raise _broken(name)
    try:
        return open_zip(data[:size], LIMITS), len(data) - size
    except ZipRefused as unsafe:
        if unsafe.fault is Fault.BROKEN:
            raise _broken(name) from unsafe
        raise _unsafe(name, unsafe.why) from unsafe


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The bytes of a member; never more than the archive said, which was checked before."""
    try:
        return archive.read(info)
    except BROKEN as error:
        raise _broken(f"{name}: {info.filename}") from error


def unpack(data: bytes, name: str, prefer: Prefer) -> Member:
    """The member of an archive that holds a set of TERYT, found by name and extension.

    Raises PimError `PIM-TRY-004`, `-005`, or `-006` when no member fits, or several do.
    """
    archive, trailing = open_archive(data, name)
    infos = [info for info in archive.infolist() if _MEMBER.fullmatch(info.filename)]
    for extension in sorted({"csv", "xml"}, key=lambda one: one != prefer):
        fitting = [info for info in infos if info.filename.lower().endswith(f".{extension}")]
        if len(fitting) > 1:
            raise _members(name, fitting)
        if fitting:
            content = read_member(archive, fitting[0], name)
            return Member(fitting[0].filename, content, archived=True, trailing=trailing)
    raise _members(name, archive.infolist())


def _unsafe(where: str, why: Text) -> Exception:
    return refused(
        5,
        Text(
            "Archiwum przekracza bezpieczne granice i nie zostało rozpakowane.",
            "The archive is beyond the safe limits and was not unpacked.",
        ),
        where=where,
        why=why,
    )


def _broken(where: str) -> Exception:
    return refused(
        4,
        Text("Archiwum ZIP jest uszkodzone albo urwane.", "The ZIP archive is broken or cut off."),
        where=where,
        fix=TRY_LATER,
        source=True,
    )


def _members(name: str, infos: Sequence[zipfile.ZipInfo]) -> Exception:
    names = ", ".join(sorted(info.filename[:80] for info in infos)[:10]) or "-"
    return refused(
        6,
        Text(
            "W archiwum nie ma dokładnie jednego pliku zbioru TERYT.",
            "The archive does not hold exactly one file of a TERYT set.",
        ),
        where=name,
        why=Text(f"Są w nim: {names}.", f"It holds: {names}."),
    )
