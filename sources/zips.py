"""ZIP archives from anywhere, office documents among them: measured before anything is unpacked.

A reader says its limits, and puts what is refused here into its own words, with its own code:

    try:
        archive = open_zip(data, LIMITS)
    except ZipRefused as refused:
        raise refusals.too_large(name, refused.why) from refused
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from schemas.text import Text

BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OSError),
)
"""What `zipfile` raises on bytes that are no ZIP, or a broken one, when it opens and reads them."""

# Entities can grow without end, and no office program writes any. In UTF-16 every sign has a zero
# beside it, in UTF-32 three.
_DECLARATION = re.compile(
    rb"<\x00*!\x00*(?:D\x00*O\x00*C\x00*T|E\x00*N\x00*T\x00*I)", re.IGNORECASE
)
_XML = (".xml", ".rels")
_SMALL = 2**20
"""Bytes of a member that may be packed as tightly as it will."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an archive may become."""

    members: int
    unpacked: int
    """Bytes of all members."""
    ratio: int
    """Unpacked to packed size of a member above 1 MiB; XML of offices reaches about 100."""


class Fault(Enum):
    """Why an archive is refused."""

    BROKEN = auto()
    LOCKED = auto()
    """A password is needed."""
    LARGE = auto()
    """Beyond the limits, or two members have one name, so that nobody knows which is meant."""


class ZipRefused(Exception):
    """An archive that is not to be read; the reader puts it into a PimError of its own."""

    def __init__(self, fault: Fault, why: Text) -> None:
        super().__init__(why.en)
        self.fault = fault
        self.why = why


def open_zip(source: bytes | Path, limits: Limits) -> zipfile.ZipFile:
    """Open an archive whose members are within the limits. Raises `ZipRefused`."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except BROKEN as error:
        raise ZipRefused(Fault.BROKEN, Text("To nie jest ZIP.", "It is no ZIP.")) from error
    refused = _measured(archive.infolist(), limits)
    if refused:
        archive.close()
        raise refused
    return archive


def declaration(archive: zipfile.ZipFile) -> str:
    """The first XML member that declares a document type or entities; empty where none does.

    Raises any of `BROKEN` where a member cannot be read.
    """
    for info in archive.infolist():
        if info.filename.lower().endswith(_XML) and _DECLARATION.search(archive.read(info)):
            return info.filename
    return ""


def _measured(infos: list[zipfile.ZipInfo], limits: Limits) -> ZipRefused | None:
    if any(info.flag_bits & 1 for info in infos):
        locked = Text("Plik jest zaszyfrowany hasłem.", "The file is encrypted with a password.")
        return ZipRefused(Fault.LOCKED, locked)
    unpacked = sum(info.file_size for info in infos)
    names = {info.filename for info in infos}
    dense = any(
        info.file_size > _SMALL and info.file_size > limits.ratio * info.compress_size
        for info in infos
    )
    bounds = (len(infos) <= limits.members, unpacked <= limits.unpacked, not dense)
    if all(bounds) and len(names) == len(infos):
        return None
    why = Text(
        "Po rozpakowaniu: bajty {unpacked}, części {count}, ich nazwy {names}. Granica: bajty "
        "{limits.unpacked}, części {limits.members}, spakowanie {limits.ratio}-krotne, żadna nazwa "
        "dwa razy.",
        "Unpacked: {unpacked} bytes, {count} parts, {names} names. The limit: {limits.unpacked} "
        "bytes, {limits.members} parts, packed {limits.ratio} times, no name twice.",
    )
    return ZipRefused(
        Fault.LARGE,
        why.fill(unpacked=unpacked, count=len(infos), names=len(names), limits=limits),
    )
