"""Office documents are ZIP archives: opened within limits, and their XML held against a DTD."""

import zipfile

from sources.documents import refusals
from sources.zips import BROKEN, Fault, Limits, ZipRefused, declaration, open_zip

_LIMITS = Limits(members=5_000, unpacked=refusals.MAX_UNPACKED, ratio=200)


def open_office(data: bytes, name: str) -> zipfile.ZipFile:
    """Open an archive whose members are all within the limits and whose XML has no DTD.

    Raises PimError `PIM-DOC-004` to `PIM-DOC-007`.
    """
    try:
        archive = open_zip(data, _LIMITS)
        declared = declaration(archive)
    except ZipRefused as refused:
        if refused.fault is Fault.LOCKED:
            raise refusals.encrypted(name) from refused
        if refused.fault is Fault.LARGE:
            raise refusals.too_large(name, refused.why) from refused
        raise refusals.damaged(name, "ZIP") from refused
    except BROKEN as error:
        raise refusals.damaged(name, "ZIP") from error
    if declared:
        raise refusals.declaration(f"{name}: {declared}")
    return archive


def member(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """The bytes of a member; one that is not there means a damaged document."""
    try:
        return archive.read(path)
    except (KeyError, *BROKEN) as error:
        raise refusals.damaged(name, path) from error
