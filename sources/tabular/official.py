"""Files of GUS that people try where facts belong: told apart by what stands in them."""

import io
import re
import zipfile

from sources.zips import BROKEN

_HEADER = re.compile(rb'^(?:\xef\xbb\xbf)?"?(?:WOJ"?[;,\t]"?POW|RM"?[;,\t])', re.IGNORECASE)
_MEMBER = re.compile(r"(?:.*/)?(TERC|SIMC|ULIC|WMRODZ)(?![A-Z])[^/]*\.(?:csv|xml)", re.IGNORECASE)
_SETS = {b"NAZWA_RM": "wmrodz", b"SYM_UL": "ulic", b"SYMPOD": "simc"}
"""Columns that only one of the sets has."""


def source_of(data: bytes, name: str) -> str:
    """The source, as `pim sources` names it, that these bytes are of; empty for all others.

    A set of TERYT as CSV, XML or in a ZIP, and the workbook of the Local Data Bank.
    """
    named = re.match(r"(TERC|SIMC|ULIC|WMRODZ)(?![A-Z])", name, re.IGNORECASE)
    if named:
        return named[1].lower()
    if data.startswith(b"PK\x03\x04"):
        return _in_archive(data)
    if _HEADER.match(data):
        first = data[:200].upper()
        return next((source for sign, source in _SETS.items() if sign in first), "terc")
    return "terc" if b"<teryt" in data[:2048].lower() else ""


def _in_archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "xl/workbook.xml" in names:
                book = archive.getinfo("xl/workbook.xml")
                text = archive.read(book) if book.file_size < 2**20 else b""
                return "bdl" if b'"OPIS"' in text and b'"TABLICA"' in text else ""
    except BROKEN:
        # Bytes after the archive, or half of one: whoever reads it will say what is wrong.
        return ""
    found = [match[1].lower() for match in map(_MEMBER.fullmatch, names) if match]
    return found[0] if found else ""
