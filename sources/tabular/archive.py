"""A workbook before it is opened: how large it may become, and what it must not carry."""

import io
import re
import zipfile
import zlib

from schemas.errors import PimError
from schemas.text import Text
from sources.tabular import refusals

MAX_FILE = 20 * 2**20
"""Bytes of a file as it comes; an intake workbook has some 30 KB."""
MAX_UNPACKED = 200 * 2**20
MAX_MEMBERS = 1_000
MAX_RATIO = 200
"""Unpacked to packed size of a large member; rows of equal cells reach 100."""

BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(ValueError, OSError),
)
"""What `zipfile` raises on bytes that are no ZIP, or a broken one."""

# No office program writes a document type declaration, and entities in one can grow for ever.
_DECLARATION = re.compile(rb"<!\x00?(?:D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*\bref=[\"']([A-Z0-9:]{2,40})[\"']")
_XML = (".xml", ".rels")


def require_safe(data: bytes, name: str) -> list[Text]:
    """Look through all members of a workbook; what a reader should know of it.

    Raises PimError `PIM-TAB-002` (no workbook), `PIM-TAB-003` (too large), `PIM-TAB-004`
    (damaged, or with XML that no office program writes) or `PIM-TAB-005` (macros).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _require_small(infos, name)
            names = {info.filename for info in infos}
            if any(member.lower().endswith("vbaproject.bin") for member in names):
                raise refusals.macros(name)
            if "xl/workbook.xml" not in names:
                raise _no_workbook(name, names)
            for info in infos:
                if info.filename.endswith(_XML) and _DECLARATION.search(archive.read(info)):
                    raise refusals.damaged(name, f"DTD: {info.filename[:80]}")
    except BROKEN_ZIP as error:
        raise refusals.damaged(name, "ZIP") from error
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


def _require_small(infos: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(info.file_size for info in infos)
    dense = any(
        info.file_size > 2**20 and info.file_size > MAX_RATIO * info.compress_size for info in infos
    )
    if len(infos) > MAX_MEMBERS or unpacked > MAX_UNPACKED or dense:
        raise refusals.too_large(
            name,
            Text(
                f"Po rozpakowaniu ma {unpacked} bajtów w {len(infos)} częściach; granica to "
                f"{MAX_UNPACKED} bajtów i {MAX_RATIO}-krotne spakowanie.",
                f"Unpacked it has {unpacked} bytes in {len(infos)} parts; the limit is "
                f"{MAX_UNPACKED} bytes, packed {MAX_RATIO} times at most.",
            ),
        )
    if any(info.flag_bits & 1 for info in infos):
        raise refusals.unknown_kind(
            name,
            Text("Plik jest zaszyfrowany hasłem.", "The file is encrypted with a password."),
            refusals.SAVE_AS_XLSX,
        )


def _no_workbook(name: str, names: set[str]) -> PimError:
    if "content.xml" in names and "mimetype" in names:
        found = Text("To plik LibreOffice (ODS).", "It is a LibreOffice file (ODS).")
        return refusals.unknown_kind(name, found, refusals.SAVE_AS_XLSX)
    found = Text("To archiwum ZIP, a nie skoroszyt.", "It is a ZIP archive, not a workbook.")
    return refusals.unknown_kind(name, found)
