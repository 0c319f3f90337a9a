"""From a file to the neutral form: the one entry for all kinds of documents."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from sources.documents import refusals
from sources.documents.collecting import Blocks
from sources.documents.model import Document

Reader = Callable[[bytes, Blocks], int]
"""Takes bytes, adds blocks, gives the number of pages (0: the format has none)."""

MEDIA = {
    "txt": "text/plain",
    "md": "text/markdown",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_PARTS = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "xlsx",
}
_SNIFFED = 1024


def read_document(path: Path) -> Document:
    """Read a document of any kind in `refusals.ENDINGS`.

    Raises PimError `PIM-DOC-001` (missing) to `PIM-DOC-008` (no text).
    """
    if not path.is_file():
        raise refusals.missing(path.name)
    if path.stat().st_size > refusals.MAX_BYTES:
        raise refusals.too_large(path.name, refusals.limit(refusals.MAX_BYTES, "bytes"))
    return parse_document(path.read_bytes(), path.name)


def parse_document(data: bytes, name: str) -> Document:
    """Read a document from its bytes; `name` decides the kind by its ending."""
    kind = Path(name).suffix.lower().removeprefix(".")
    kind = "html" if kind == "htm" else kind
    if kind not in MEDIA:
        raise refusals.unknown_kind(name)
    if not data.strip():
        raise refusals.no_text(name)
    _check_kind(data, kind, name)
    blocks = Blocks(name)
    pages = _reader(kind)(data, blocks)
    if not blocks.found:
        raise refusals.no_text(name)
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(name, sha256, MEDIA[kind], tuple(blocks.found), pages)


def _check_kind(data: bytes, kind: str, name: str) -> None:
    found = _content_kind(data)
    text_kinds = {"txt", "md", "html"}
    if found == "ole" and kind in {"docx", "pptx", "xlsx"}:
        # A locked DOCX, PPTX or XLSX is kept in a compound file, as the old DOC and XLS are.
        raise refusals.encrypted(name)
    if found in {"", "zip"} and kind not in text_kinds:
        raise refusals.damaged(name, f"not {kind.upper()}")
    if found == "" and kind in text_kinds:
        return
    if found == "html" and kind == "md":
        return
    if found != kind:
        raise refusals.wrong_ending(name, found.upper())


def _content_kind(data: bytes) -> str:
    """What the content is: a kind, `ole`, `zip` (some other archive), or nothing known."""
    head = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_OLE):
        return "ole"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    binary = b"\x00" in data[:_SNIFFED] and data[:2] not in (b"\xff\xfe", b"\xfe\xff")
    return "binary" if binary else ""


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "zip"
    for part, kind in _OFFICE_PARTS.items():
        if part in names:
            return kind
    return "ods" if {"mimetype", "content.xml"} <= names else "zip"


def _reader(kind: str) -> Reader:
    """The reader of a kind; its library is loaded only now."""
    match kind:
        case "txt":
            from sources.documents.plain import read_plain as reader
        case "md":
            from sources.documents.markdown import read_markdown as reader
        case "html":
            from sources.documents.web import read_html as reader
        case "pdf":
            from sources.documents.pdf import read_pdf as reader
        case "docx":
            from sources.documents.word import read_docx as reader
        case "pptx":
            from sources.documents.slides import read_pptx as reader
        case "xlsx":
            from sources.documents.workbook import read_xlsx as reader
        case _:
            from sources.documents.opendocument import read_ods as reader
    return reader
