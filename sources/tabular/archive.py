"""A workbook before it is opened: how large it may become, and what it must not carry."""

import io
import re
import zipfile

from schemas.errors import PimError
from schemas.text import Text
from sources.tabular import refusals
from sources.zips import BROKEN, Fault, Limits, ZipRefused, declaration, open_zip

MAX_FILE = 20 * 2**20
"""Bytes of a file as it comes; an intake workbook has some 30 KB."""
LIMITS = Limits(members=1_000, unpacked=200 * 2**20, ratio=200)

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z0-9:]{2,40})[\"']")


def require_safe(data: bytes, name: str) -> list[Text]:
    """Look through all members of a workbook; what a reader should know of it.

    Raises PimError `PIM-TAB-002` (no workbook), `PIM-TAB-003` (too large), `PIM-TAB-004`
    (damaged, or with XML that no office program writes) or `PIM-TAB-005` (macros).
    """
    try:
        with open_zip(data, LIMITS) as archive:
            names = set(archive.namelist())
            if any(member.lower().endswith("vbaproject.bin") for member in names):
                raise refusals.macros(name)
            if "xl/workbook.xml" not in names:
                raise _no_workbook(name, names)
            declared = declaration(archive)
    except ZipRefused as refused:
        if refused.fault is Fault.LOCKED:
            raise refusals.unknown_kind(name, refused.why, refusals.SAVE_AS_XLSX) from refused
        if refused.fault is Fault.LARGE:
            raise refusals.too_large(name, refused.why) from refused
        raise refusals.damaged(name, "ZIP") from refused
    except BROKEN as error:
        raise refusals.damaged(name, "ZIP") from error
    if declared:
        raise refusals.damaged(name, f"DTD: {declared[:80]}")
    if any(member.startswith("xl/externalLinks/") for member in names):
        return [
            Text(
                "Skoroszyt ma łącza do innych plików. Nie są otwierane, a komórki z formułami "
                "są odrzucane.",
                "The workbook links to other files. They are not opened, and cells with "
                "formulas are set aside.",
            )
        ]
    return []


def merged_ranges(data: bytes, sheet: str) -> list[str]:
    """Ranges such as `B5:B9` whose cells are merged, in the member `sheet`.

    openpyxl does not tell them while it reads a sheet as a stream, and would make an object of
    every cell in them when it reads it at once.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = _MERGED.findall(archive.read(sheet))
    return [text.decode("ascii") for text in found]


def _no_workbook(name: str, names: set[str]) -> PimError:
    if "content.xml" in names and "mimetype" in names:
        found = Text("To plik LibreOffice (ODS).", "It is a LibreOffice file (ODS).")
        return refusals.unknown_kind(name, found, refusals.SAVE_AS_XLSX)
    found = Text("To archiwum ZIP, a nie skoroszyt.", "It is a ZIP archive, not a workbook.")
    return refusals.unknown_kind(name, found)
