"""One reader for every kind of file with rows: CSV, XLSX, Parquet, JSON.

The kind is told by the bytes, not by the name. What comes out is a frame in the columns of the
table for the gate to judge; columns that the table does not have are kept, so that it says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from schemas.columns import Column
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import ORIGIN, UNREAD_SCHEMA
from sources.facts import parse_facts
from sources.tabular import refusals
from sources.tabular.archive import MAX_FILE
from sources.tabular.cells import Value, frame_of
from sources.tabular.headers import Header, matches, named_otherwise, read_header, suggestions
from sources.tabular.official import source_of
from sources.tabular.records import read_json, read_parquet

if TYPE_CHECKING:
    from sources.tabular.workbook import Found


class Kind(StrEnum):
    """The kind of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSON = "json"


@dataclass(frozen=True)
class Tabular:
    """The rows of a file."""

    kind: Kind
    frame: pl.DataFrame
    """Columns of the table as text or typed, unknown ones as they came, then `_source` and
    `_place` ("line 4", in a workbook "sheet, line 4")."""
    unread: pl.DataFrame
    """Cells that cannot be taken as they stand (`UNREAD_SCHEMA`)."""
    remarks: tuple[Text, ...] = ()
    workbook: "Found | None" = None
    """Where in the workbook everything stood, and what stood there."""


_STRANGE: tuple[tuple[bytes, Text], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        Text(
            "To stary plik Excela (.xls) albo skoroszyt z hasłem.",
            "It is an old Excel file (.xls), or a workbook with a password.",
        ),
    ),
    (b"%PDF", Text("To plik PDF.", "It is a PDF file.")),
    (b"\x1f\x8b", Text("To plik spakowany (gzip).", "It is a packed file (gzip).")),
    (b"7z\xbc\xaf", Text("To archiwum 7z.", "It is a 7z archive.")),
    (b"Rar!", Text("To archiwum RAR.", "It is a RAR archive.")),
    (b"SQLite format 3", Text("To baza SQLite.", "It is an SQLite database.")),
    (b"\x89PNG", Text("To obraz.", "It is a picture.")),
    (b"\xff\xd8\xff", Text("To obraz.", "It is a picture.")),
)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises PimError `PIM-TAB-001` (none) or `PIM-TAB-003` (too large)."""
    if not path.is_file():
        raise refusals.missing_file(path)
    size = path.stat().st_size
    if size > MAX_FILE:
        why = Text(
            f"Ma {size} bajtów, a granica to {MAX_FILE}.",
            f"It has {size} bytes, and the limit is {MAX_FILE}.",
        )
        raise refusals.too_large(path.name, why)
    return path.read_bytes()


def kind_of(data: bytes, name: str) -> Kind:
    """What kind of file the bytes are.

    Raises PimError `PIM-TAB-002` for every other kind, with what it is.
    """
    head = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if data.startswith(b"PK\x03\x04"):
        return Kind.XLSX
    if data.startswith(b"PAR1"):
        return Kind.PARQUET
    for magic, found in _STRANGE:
        if data.startswith(magic):
            fix = refusals.SAVE_AS_XLSX if magic.startswith(b"\xd0") else None
            raise refusals.unknown_kind(name, found, fix)
    if head.startswith((b"{", b"[")):
        return Kind.JSON
    if head.startswith(b"<"):
        found = Text("To strona internetowa albo XML.", "It is a web page or XML.")
        raise refusals.unknown_kind(name, found)
    if b"\0" in data[:4096]:
        found = Text("To nie jest tekst w UTF-8.", "It is no text in UTF-8.")
        raise refusals.unknown_kind(name, found)
    return Kind.CSV


def read_tabular(data: bytes, name: str, table: type[Table]) -> Tabular:
    """The rows of a file of any kind, in the columns of a table.

    `name` is what people see for the file. Raises PimError `PIM-TAB-002` to `-010`, and for
    texts `PIM-SRC-003` to `-006`; the rows are not judged here.
    """
    if source := source_of(data, name):
        raise refusals.register_file(name, source)
    kind = kind_of(data, name)
    match kind:
        case Kind.XLSX:
            return _from_workbook(data, name, table)
        case Kind.CSV:
            return _from_csv(data, name, table)
        case Kind.PARQUET:
            frame = read_parquet(data, name)
            header = read_header(table, frame.columns, name)
            return _typed(kind, frame, header, table, name)
        case Kind.JSON:
            names, rows, lines = read_json(data, name)
            header = read_header(table, names, name)
            return _told(kind, table, header, rows, [f"line {n}" for n in lines], name)


def _from_workbook(data: bytes, name: str, table: type[Table]) -> Tabular:
    from sources.tabular.workbook import read_workbook  # openpyxl takes a quarter of a second

    found = read_workbook(data, name, table)
    places = [f"{found.sheet}, line {number}" for number in found.numbers]
    read = _told(Kind.XLSX, table, found.header, found.rows, places, name)
    return Tabular(
        Kind.XLSX, read.frame, read.unread, (*found.remarks, *read.remarks), workbook=found
    )


def _from_csv(data: bytes, name: str, table: type[Table]) -> Tabular:
    """A facts file as it is, or one with other separators and names as people write them."""
    first = data[:4096].decode("utf-8", errors="replace").split("\n")[0].removeprefix("\ufeff")
    separator = max(",;\t", key=lambda sign: matches(table, _split(first, sign)))
    frame = parse_facts(data, name, separator=separator)
    texts = [column for column in frame.columns if column not in ORIGIN]
    by_other_names = named_otherwise(table, texts)
    if separator == "," and not by_other_names and set(texts) & {c.name for c in table.columns}:
        # A facts file: what is wrong with its header is for the gate to say.
        return Tabular(Kind.CSV, frame, pl.DataFrame(schema=UNREAD_SCHEMA))
    header = read_header(table, texts, name)
    places = frame.get_column("_place").to_list()
    rows: Sequence[Sequence[Value]] = frame.select(texts).rows()
    return _told(Kind.CSV, table, header, rows, places, name)


def _split(line: str, separator: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(separator)]


def _told(
    kind: Kind,
    table: type[Table],
    header: Header,
    rows: Sequence[Sequence[Value]],
    places: Sequence[str],
    name: str,
) -> Tabular:
    named: list[tuple[str, Column | None]] = list(zip(header.names(), header.columns, strict=True))
    people = kind is Kind.XLSX or not header.canonical
    frame, unread = frame_of(named, rows, people=people)
    # An empty column that the table does not know holds nothing that could be lost.
    empty = [n for n, column in named if column is None and not (frame[n] != "").any()]
    remarks = [
        Text(
            f"Pominięto pustą kolumnę „{n}”, której tabela nie ma.",
            f"The empty column '{n}', which the table does not have, was left out.",
        )
        for n in empty
    ]
    frame = frame.drop(empty).with_columns(
        pl.lit(name).alias(ORIGIN[0]), pl.Series(ORIGIN[1], places, dtype=pl.String)
    )
    return Tabular(kind, frame, unread, (*remarks, *suggestions(table, header)))


def _typed(
    kind: Kind, frame: pl.DataFrame, header: Header, table: type[Table], name: str
) -> Tabular:
    """A typed frame: its texts are read as those of any file, its numbers stay as they are."""
    named: list[tuple[str, Column | None]] = list(zip(header.names(), header.columns, strict=True))
    frame = frame.rename(dict(zip(frame.columns, (n for n, _ in named), strict=True)))
    texts = [(n, column) for n, column in named if frame.schema[n] == pl.String]
    rows: Sequence[Sequence[Value]] = frame.select([n for n, _ in texts]).rows()
    read, unread = frame_of(texts, rows, people=not header.canonical)
    lines = pl.int_range(1, pl.len() + 1).cast(pl.String)
    frame = frame.with_columns(read.get_columns()).with_columns(
        pl.lit(name).alias(ORIGIN[0]), ("line " + lines).alias(ORIGIN[1])
    )
    return Tabular(kind, frame, unread, tuple(suggestions(table, header)))
