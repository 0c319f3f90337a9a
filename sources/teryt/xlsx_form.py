"""A set that somebody saved as a workbook. Read cell by cell as a stream.

calamine (fastexcel, the default of polars) makes a dense table first and aborts the whole
process on a sheet with one value in its last cell; openpyxl in read-only mode does not.
"""

import io
import warnings
import zipfile
from datetime import datetime
from itertools import chain, islice

import polars as pl

from schemas.text import Text
from sources.teryt.raw import Raw, find_header, no_header, unnamed_values
from sources.teryt.refusals import GET_ORIGINAL, refused
from sources.teryt.unpack import open_archive

MAX_ROWS = 1_048_576
"""Rows of a sheet: a fact of the format."""
MAX_WIDTH = 64
"""Columns looked at; a set has at most ten."""
_HEADER_WITHIN = 20


def is_workbook(data: bytes, name: str) -> bool:
    """Whether a ZIP is an XLSX. Its sizes have been held against the limits then."""
    archive, _ = open_archive(data, name)
    return "xl/workbook.xml" in archive.namelist()


def read_xlsx(data: bytes, name: str) -> Raw:
    """Read the one sheet that holds a TERYT set.

    A whole number or a midnight loses its form (`1`, `2025-01-01`); a code that lost its zeros
    is found later, with those of all forms. Raises PimError `PIM-TRY-009` or `PIM-TRY-014`.
    """
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions that it does not know; values are unharmed.
            warnings.simplefilter("ignore", UserWarning)
            return _read(data, name)
    # What openpyxl and the XML parsers below it (a ParseError is a SyntaxError) raise on broken
    # parts of a workbook; there is no error class of its own.
    except (
        *(SyntaxError, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, OSError, zipfile.BadZipFile),
    ) as error:
        raise refused(
            14,
            Text("Skoroszytu nie da się odczytać.", "The workbook cannot be read."),
            where=name,
            fix=GET_ORIGINAL,
        ) from error


def _read(data: bytes, name: str) -> Raw:
    import openpyxl  # half a second, and most builds meet no workbook

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows = (
            [_text(value) for value in row]
            for row in sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_WIDTH, values_only=True)
        )
        head = list(islice(rows, _HEADER_WITHIN))
        found = find_header(head)
        if found is None:
            continue
        place, register, _ = found
        width = len(register.columns)
        preamble = tuple(" ".join(filter(None, row)) for row in head[:place] if any(row))
        body: list[list[str]] = []
        for row in chain(head[place + 1 :], rows):
            if any(row[width:]):
                raise unnamed_values(name)
            body.append(row[:width] + [""] * (width - len(row)))
        schema = dict.fromkeys(register.columns, pl.String)
        frame = pl.DataFrame(body, schema=schema, orient="row")
        return Raw(frame, register, place + 1 + len(body), preamble)
    raise no_header(name, ", ".join(book.sheetnames))


def _text(value: object) -> str:
    """A cell as the text that the CSV of the same set has."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value == datetime.combine(value.date(), datetime.min.time()):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
