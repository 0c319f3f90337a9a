"""XLSX: each sheet is a table. Read as a stream, so that a far cell costs nothing."""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from sources.documents import refusals
from sources.documents.archive import open_office
from sources.documents.collecting import Blocks
from sources.documents.model import Place, cell_name

MAX_ROWS = 1_048_576
MAX_CELLS = 2_000_000


def read_xlsx(data: bytes, blocks: Blocks) -> int:
    """Values as they were last computed; hidden sheets are left out. Gives the sheets."""
    open_office(data, blocks.name).close()
    import openpyxl

    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it does not know; values are unharmed.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if len(shown) > refusals.MAX_PAGES:
                raise refusals.too_large(blocks.name, refusals.limit(refusals.MAX_PAGES, "sheets"))
            for sheet in shown:
                rows = sheet.iter_rows(
                    max_row=MAX_ROWS, max_col=refusals.MAX_COLUMNS, values_only=True
                )
                blocks.table(sheet_rows(rows, sheet.title, blocks.name))
    # What openpyxl and the XML parsers below it (a ParseError is a SyntaxError) raise on broken
    # parts of a workbook; there is no error class of its own.
    except (
        *(SyntaxError, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, OSError, zipfile.BadZipFile),
    ) as error:
        raise refusals.damaged(blocks.name, type(error).__name__) from error
    return len(shown)


def sheet_rows(
    rows: Iterable[Iterable[object]], sheet: str, name: str
) -> Iterator[list[tuple[str, Place]]]:
    """Rows that have something, from the first on, with the names of their cells."""
    begun = False
    cells = 0
    for r, row in enumerate(rows, start=1):
        values = [_text(value) for value in row]
        cells += 1 + len(values)
        if cells > MAX_CELLS:
            raise refusals.too_large(name, refusals.limit(MAX_CELLS, "cells"))
        begun = begun or any(values)
        if begun:
            yield [(v, Place(sheet=sheet, cell=cell_name(r, c))) for c, v in enumerate(values, 1)]


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime() if value.time() == datetime.min.time():
            return value.date().isoformat()
        case float():
            number = f"{Decimal(repr(value)):f}"
            return number.removesuffix(".0")
        case _:
            return str(value)
