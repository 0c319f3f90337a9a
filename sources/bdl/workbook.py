"""The workbook that the website of the Local Data Bank makes («eksport»): two sheets.

OPIS tells subject, day of the last update and footnotes. TABLICA has a code and a name in the
first columns and then a column for each choice and year, under a header with a row for each
dimension, merged over its columns, and a last one with the unit of measure.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import polars as pl
from openpyxl.utils import get_column_letter

from schemas.text import Text
from sources.bdl import file_refusals as refusals
from sources.signs import SignSource, read_signs
from sources.zips import Limits, ZipRefused, open_zip

EXPORTED: Mapping[str, pl.DataType] = {
    "code": pl.String(),
    "name": pl.String(),
    "kind": pl.String(),
    "valid_from": pl.Int64(),
    "valid_to": pl.Int64(),
    "labels": pl.String(),
    "unit": pl.String(),
    "year": pl.Int64(),
    "value": pl.String(),
    "missing": pl.String(),
    "cell": pl.String(),
}
"""One cell of the table. `code` has 7 digits: `0201000` is a powiat, `0000000` Poland; `value`
has the digits that stood there, `missing` the code of a MissingReason."""

MAX_FILE = 64 * 2**20
_LIMITS = Limits(members=1_000, unpacked=512 * 2**20, ratio=200)
MAX_CELLS = 5_000_000
_CUTS = frozenset({65_536, 1_048_576})
_HEADER_WITHIN = 12
_CODE = re.compile(r"[0-9]{7}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_NAME = re.compile(
    r"(?P<name>.+?)(?: od (?P<first>[0-9]{4}))?(?: do (?P<last>[0-9]{4}))?"
    r"(?: \((?P<kind>[1-9])\))?"
)
_SHOWN = 5


@dataclass(frozen=True)
class Export:
    """A workbook that was read whole."""

    category: str
    group: str
    subject: str
    updated: date | None
    """The day of the last update that the workbook names."""
    dimensions: tuple[str, ...]
    footnotes: str
    rows: pl.DataFrame
    """As `EXPORTED`."""


def read_export(data: bytes, name: str) -> Export:
    """Read a web export.

    Raises PimError `PIM-BDL-014` (another workbook), `PIM-BDL-015` (damaged or beyond the
    limits) or `PIM-BDL-016` (cells that are neither a number nor a sign).
    """
    _require_measured(data, name)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles that it does not know; values are unharmed.
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            about = _table_of(book, "OPIS", name)
            table = _table_of(book, "TABLICA", name)
    # What openpyxl and the XML parsers below it (a ParseError is a SyntaxError) raise on broken
    # parts of a workbook; there is no error class of its own.
    except (
        *(SyntaxError, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, OSError, zipfile.BadZipFile),
    ) as error:
        raise refusals.workbook_unreadable(name, type(error).__name__) from error
    facts = _facts(about)
    return Export(
        category=facts.get("Kategoria", ""),
        group=facts.get("Grupa", ""),
        subject=facts.get("Podgrupa", ""),
        updated=_day(facts.get("Data ostatniej aktualizacji", "")),
        dimensions=tuple(part.strip() for part in facts.get("Wymiary", "").split(";")),
        footnotes=facts.get("Przypisy", ""),
        rows=_rows(table, name),
    )


def _require_measured(data: bytes, name: str) -> None:
    if len(data) > MAX_FILE:
        raise refusals.workbook_unreadable(name, f"> {MAX_FILE} B")
    try:
        open_zip(data, _LIMITS).close()
    except ZipRefused as refused:
        raise refusals.workbook_unreadable(name, refused.why) from refused


def _table_of(book: openpyxl.Workbook, sheet: str, name: str) -> list[list[str]]:
    """A sheet as text, empty cells as empty text."""
    if sheet not in book.sheetnames:
        lacks = Text(f"Nie ma arkusza {sheet}.", f"There is no sheet {sheet}.")
        raise refusals.other_workbook(name, lacks)
    found: list[list[str]] = []
    cells = 0
    for row in book[sheet].iter_rows(values_only=True):
        found.append([_text(value) for value in row])
        cells += len(row)
        if cells > MAX_CELLS:
            large = Text(f"Ponad {MAX_CELLS} komórek.", f"More than {MAX_CELLS} cells.")
            raise refusals.workbook_unreadable(name, large)
    if len(found) in _CUTS:
        cut = Text(
            f"Ma {len(found)} wierszy: arkusz kalkulacyjny uciął resztę.",
            f"It has {len(found)} rows: a spreadsheet cut off the rest.",
        )
        raise refusals.other_workbook(name, cut)
    return found


def _facts(about: Sequence[Sequence[str]]) -> dict[str, str]:
    """The lines of OPIS: a title with a colon, then its text."""
    pairs = ((row[0], row[1]) for row in about if len(row) > 1)
    return {title.rstrip(": "): text for title, text in pairs if title.endswith(":")}


def _rows(table: Sequence[Sequence[str]], name: str) -> pl.DataFrame:
    top = next(
        (i for i, row in enumerate(table[:_HEADER_WITHIN]) if row and _CODE.fullmatch(row[0])), 0
    )
    if top < 2 or table[0][:2] != ["Kod", "Nazwa"]:
        headless = Text(
            "Nad pierwszym kodem nie ma nagłówka z kolumnami Kod i Nazwa.",
            "There is no header with Kod and Nazwa above the first code.",
        )
        raise refusals.other_workbook(name, headless)
    columns = _columns(table[:top], name)
    body = [row for row in table[top:] if any(row)]
    _check_codes(body, name)
    width = len(columns)
    cells = [[*row[2 : 2 + width], *[""] * (2 + width - len(row))] for row in body]
    units = pl.DataFrame(
        [_unit(row[0], row[1], top + i) for i, row in enumerate(body, start=1)],
        schema=["code", "name", "kind", "valid_from", "valid_to", "_line"],
        orient="row",
        infer_schema_length=None,
    )
    wide = pl.concat(
        [units, pl.DataFrame(cells, schema=[str(i) for i in range(width)], orient="row")],
        how="horizontal",
    )
    long = wide.unpivot(
        on=[str(i) for i in range(width)],
        index=units.columns,
        variable_name="_column",
        value_name="_cell",
    ).join(columns, on="_column", maintain_order="left")
    read = pl.concat([long, read_signs(long["_cell"], SignSource.BDL_EXPORT)], how="horizontal")
    read = read.with_columns(cell=pl.col("_letters") + pl.col("_line").cast(pl.String))
    _check_read(read, name)
    present = read.filter(pl.col("_cell") != "")
    return present.select(pl.col(n).cast(t) for n, t in EXPORTED.items())


def _columns(header: Sequence[Sequence[str]], name: str) -> pl.DataFrame:
    """What each column of values holds: labels, year and unit, from the merged header."""
    filled = [list(_spread(row[2:])) for row in header]
    width = max(map(len, filled))
    filled = [row + [""] * (width - len(row)) for row in filled]
    years = [i for i, row in enumerate(filled) if all(_YEAR.fullmatch(cell) for cell in row)]
    if len(years) != 1 or not width:
        ageless = Text("W nagłówku nie ma wiersza lat.", "The header has no row of years.")
        raise refusals.other_workbook(name, ageless)
    labels = [row for i, row in enumerate(filled[:-1]) if i != years[0]]
    places = range(width)
    return pl.DataFrame(
        {
            "_column": [str(i) for i in places],
            "_letters": [get_column_letter(i + 3) for i in places],
            "labels": [" + ".join(row[i] for row in labels if row[i]) for i in places],
            "year": [int(filled[years[0]][i]) for i in places],
            "unit": [_measure(filled[-1][i]) for i in places],
        },
        schema_overrides={"unit": pl.String},
    )


def _spread(row: Sequence[str]) -> Iterator[str]:
    """A merged cell has its text in its first column only."""
    last = ""
    for cell in row:
        last = cell or last
        yield last


def _measure(text: str) -> str | None:
    found = text.strip("[] ")
    return found if found not in {"", "-"} else None


def _unit(
    code: str, text: str, line: int
) -> tuple[str, str, str | None, int | None, int | None, int]:
    match = _NAME.fullmatch(text)
    if match is None:
        return code, text, None, None, None, line
    first, last = match["first"], match["last"]
    return (
        code,
        match["name"],
        match["kind"],
        int(first) if first else None,
        int(last) if last else None,
        line,
    )


def _check_codes(body: Sequence[Sequence[str]], name: str) -> None:
    codes = [row[0] for row in body]
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        shown = ", ".join(code[:20] for code in wrong[:_SHOWN])
        odd = Text(
            f"Kody, które nie mają siedmiu cyfr: {shown}.", f"Codes without seven digits: {shown}."
        )
        raise refusals.other_workbook(name, odd)
    if len(set(codes)) != len(codes):
        twice = Text("Jeden kod stoi dwa razy.", "A code stands there twice.")
        raise refusals.other_workbook(name, twice)


def _check_read(read: pl.DataFrame, name: str) -> None:
    unread = read.filter(pl.col("unread").is_not_null())
    if unread.height:
        shown = [f"{cell}: {text[:20]}" for cell, text in unread.select("cell", "unread").rows()]
        raise refusals.unread_cells(f"{name}, TABLICA", unread.height, shown[:_SHOWN])


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime() if value.time() == datetime.min.time():
            return value.date().isoformat()
        case float():
            return f"{Decimal(repr(value)):f}"
        case _:
            return " ".join(str(value).split())


def _day(text: str) -> date | None:
    """`20.05.2025` as a day."""
    parts = text.split(".")
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except (ValueError, IndexError):
        return None
