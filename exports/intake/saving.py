"""A workbook as bytes that depend on nothing but what is in it."""

import io
import re
import zipfile
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP can name; every member has it."""
_LONGEST = 32_767
_UNDERSCORE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def named(book: Workbook, title: str, day: date, keywords: str = "") -> None:
    """Give the workbook its properties; `day` stands for when it was made."""
    moment = datetime.combine(day, time.min)
    book.properties = DocumentProperties(
        creator="pim", title=title, keywords=keywords, created=moment, modified=moment
    )


def to_bytes(book: Workbook) -> bytes:
    """The workbook as XLSX: the same cells give the same bytes."""
    made = io.BytesIO()
    # Workbook.save() would write the present moment into the properties.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(book, archive).save()
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(made) as archive,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in archive.namelist():
            info = zipfile.ZipInfo(name, _DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, archive.read(name))
    return packed.getvalue()


def cell_text(text: str) -> str:
    """A text as a cell can hold it: signs that XML cannot have as `_x0001_`, as Excel does."""
    whole = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    safe = _UNDERSCORE.sub("_x005F_", whole)
    return _NO_XML.sub(lambda sign: f"_x{ord(sign[0]):04X}_", safe)
