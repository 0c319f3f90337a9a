"""Office documents are ZIP archives: opened within limits, and their XML held against a DTD."""

import io
import re
import zipfile
import zlib

from sources.documents import refusals

_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML = (".xml", ".rels")


def open_office(data: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive whose members are all within the limits and whose XML has no DTD.

    Raises PimError `PIM-DOC-004` to `PIM-DOC-007`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise refusals.damaged(name, "ZIP") from error
    infos = archive.infolist()
    _within_limits(infos, name)
    for info in infos:
        if info.filename.lower().endswith(_XML) and _has_declaration(archive, info, name):
            raise refusals.declaration(f"{name}: {info.filename}")
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The bytes of a member; one that is not there means a damaged document."""
    try:
        return archive.read(path)
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise refusals.damaged(name, path) from error
    except NotImplementedError as error:
        raise refusals.damaged(name, path) from error


def _within_limits(infos: list[zipfile.ZipInfo], name: str) -> None:
    if any(info.flag_bits & 1 for info in infos):
        raise refusals.encrypted(name)
    if len(infos) > refusals.MAX_MEMBERS or len({i.filename for i in infos}) < len(infos):
        raise refusals.too_large(name, f"{refusals.MAX_MEMBERS} members, none twice")
    if sum(info.file_size for info in infos) > refusals.MAX_UNPACKED:
        raise refusals.too_large(name, f"{refusals.MAX_UNPACKED} bytes unpacked")
    for info in infos:
        dense = info.file_size > 2**20 and info.file_size > refusals.MAX_RATIO * info.compress_size
        if dense or info.file_size > refusals.MAX_MEMBER:
            raise refusals.too_large(name, f"{refusals.MAX_RATIO} times the packed size")


def _has_declaration(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bool:
    # UTF-16 would hide the declaration; office programs write UTF-8 only.
    data = member(archive, info.filename, name)
    return bool(_DECLARED.search(data)) or data[:2] in (b"\xff\xfe", b"\xfe\xff")
