"""The sheets of a workbook, XLS or XLSX, as text: for a source that may come as either.

XLSX is read by openpyxl as a stream, XLS by xlrd, and both are Python: on a hostile file they
raise. calamine reads both, and ends the whole process on some.
"""

import io
import os
import struct
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from schemas.text import Text
from sources.zips import BROKEN, Limits, ZipRefused, declaration, open_zip

if TYPE_CHECKING:
    from openpyxl import Workbook
    from xlrd import Book

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How an XLS begins, and an XLSX with a password."""
ZIP = b"PK\x03\x04"
"""How an XLSX begins."""
MAX_ROWS = 100_000
"""Rows of all sheets."""
MAX_WIDTH = 64
"""Columns looked at."""
MAX_SHEETS = 20
_LIMITS = Limits(members=1_000, unpacked=64 * 2**20, ratio=200)

# What xlrd, openpyxl and the parsers below them raise on broken parts; they have few classes of
# their own (a ParseError is a SyntaxError).
_UNREADABLE = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError),
    *(SyntaxError, TypeError, struct.error, *BROKEN),
)

Sheet = list[list[str]]
"""Every row from the first on, to its last cell; empty cells as empty text."""


class SheetsRefused(Exception):
    """A workbook that is not to be read; the reader puts it into a PimError of its own."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def is_workbook(head: bytes) -> bool:
    """Whether a file begins as a workbook. Its name says nothing: a web page may be an `.xls`."""
    return head.startswith((OLE, ZIP))


def read_sheets(data: bytes) -> list[Sheet]:
    """All sheets, in order. Formulas give the value that was kept, whole numbers no `.0`.

    Raises `SheetsRefused` for what is broken, locked, no workbook or beyond the limits.
    """
    try:
        return _xls(data) if data.startswith(OLE) else _xlsx(data)
    except ZipRefused as refused:
        raise SheetsRefused(refused.why) from refused
    except _UNREADABLE as error:
        raise SheetsRefused(
            Text(
                f"Skoroszyt jest uszkodzony ({type(error).__name__}).",
                f"The workbook is damaged ({type(error).__name__}).",
            )
        ) from error


def _xls(data: bytes) -> list[Sheet]:
    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        try:
            book = xlrd.open_workbook(
                file_contents=data, logfile=nowhere, on_demand=True, ragged_rows=True
            )
            return _collected(_xls_sheets(book))
        except (XLRDError, CompDocError) as error:
            said = str(error)[:120]
            raise SheetsRefused(
                Text(f"Pliku XLS nie da się odczytać: {said}.", f"The XLS cannot be read: {said}.")
            ) from error


def _xls_sheets(book: "Book") -> Iterator[Iterator[list[object]]]:
    from xlrd import XL_CELL_ERROR, error_text_from_code

    for number in range(book.nsheets):
        sheet = book.sheet_by_index(number)
        rows = (sheet.row_slice(at, 0, MAX_WIDTH) for at in range(sheet.nrows))
        yield (
            [
                error_text_from_code.get(int(cell.value), "#")
                if cell.ctype == XL_CELL_ERROR
                else cell.value
                for cell in row
            ]
            for row in rows
        )
        book.unload_sheet(number)


def _xlsx(data: bytes) -> list[Sheet]:
    with open_zip(data, _LIMITS) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise SheetsRefused(
                Text(
                    "To archiwum ZIP, a nie skoroszyt XLSX.",
                    "It is a ZIP archive, not an XLSX workbook.",
                )
            )
        if declaration(archive):
            raise SheetsRefused(
                Text(
                    "Skoroszyt deklaruje encje XML, czego programy biurowe nie robią.",
                    "The workbook declares XML entities, which no office program does.",
                )
            )
    import openpyxl  # half a second, and most builds meet no workbook

    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions that it does not know; values are unharmed.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
        return _collected(_xlsx_sheets(book))


def _xlsx_sheets(book: "Workbook") -> Iterator[Iterator[tuple[object, ...]]]:
    for sheet in book.worksheets:
        if hasattr(sheet, "reset_dimensions"):
            # A sheet may say that it is smaller, or larger, than it is.
            sheet.reset_dimensions()
            yield sheet.iter_rows(max_col=MAX_WIDTH, values_only=True)


def _collected(sheets: Iterable[Iterable[Iterable[object]]]) -> list[Sheet]:
    """The sheets as text, as long as they have not too many rows."""
    found: list[Sheet] = []
    room = MAX_ROWS
    for rows in islice(sheets, MAX_SHEETS):
        found.append([])
        for row in rows:
            room -= 1
            if room < 0:
                raise SheetsRefused(
                    Text(
                        f"Skoroszyt ma ponad {MAX_ROWS} wierszy.",
                        f"The workbook has more than {MAX_ROWS} rows.",
                    )
                )
            texts = [_text(value) for value in row]
            while texts and not texts[-1]:
                texts.pop()
            found[-1].append(texts)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
