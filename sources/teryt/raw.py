"""What every form of a file becomes first: a frame of texts with the columns of its set."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from schemas.text import Text
from sources.teryt.refusals import refused
from sources.teryt.sets import REGISTERS, Register, register_of

MAX_ROWS = 2_000_000
"""Rows of a file; ULIC, the largest set, has about 300,000."""


@dataclass(frozen=True, slots=True)
class Raw:
    """Rows as they stood in the file: all String, null for an empty cell."""

    frame: pl.DataFrame
    register: Register
    lines: int
    """Lines or sheet rows of the file, with header and preamble; rows of an XML file."""
    preamble: tuple[str, ...] = ()
    """Lines before the header, which the export of «Przeglądanie» has."""
    cleaned: dict[str, int] = field(default_factory=dict)
    """How many blank rows, empty columns and so on were dropped, by what it was."""


def find_header(rows: Sequence[Sequence[str]]) -> tuple[int, Register, int] | None:
    """Which of the first rows is the header: its place, its set, and empty columns after it."""
    for place, row in enumerate(rows):
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        register = register_of(tuple(cells))
        if register:
            return place, register, len(row) - len(cells)
    return None


def no_header(name: str, seen: str) -> Exception:
    """The refusal of a table whose header is missing or of no TERYT set."""
    known = ", ".join(sorted({";".join(reg.columns[:2]) + ";…" for reg in REGISTERS.values()}))
    return refused(
        9,
        Text(
            "Nie ma nagłówka z nazwami kolumn zbioru TERYT.",
            "There is no header with the column names of a TERYT set.",
        ),
        where=name,
        why=Text(
            f"Plik zaczyna się od {seen[:80]!r}, a powinien od: {known}.",
            f"The file begins with {seen[:80]!r} and should begin with one of: {known}.",
        ),
    )


def unnamed_values(name: str) -> Exception:
    """The refusal of a table with values in columns that the header does not name."""
    return refused(
        10,
        Text("Kolumny bez nazwy zawierają wartości.", "Columns without a name hold values."),
        where=name,
    )


def check_size(rows: int, name: str) -> None:
    """Refuse more rows than any set has (`PIM-TRY-007`), before memory is spent on them."""
    if rows > MAX_ROWS:
        raise refused(
            7,
            Text(
                f"Plik ma ponad {MAX_ROWS} wierszy: za dużo.",
                f"The file has more than {MAX_ROWS} rows: too much.",
            ),
            where=name,
        )


def tidy(raw: Raw) -> Raw:
    """Clean all cells and count what was cleaned.

    Line ends inside a cell and no-break spaces become spaces, spaces at the edges go, an empty
    cell becomes null, a row without any value goes.
    """
    texts = pl.all()
    counts = raw.frame.select(
        pl.sum_horizontal(texts.str.contains(r"[\r\n]").sum()).alias("newlines"),
        pl.sum_horizontal(texts.str.contains("\u00a0", literal=True).sum()).alias("nbsp"),
        pl.sum_horizontal(texts.str.contains(r"^\s+\S|\S\s+$").sum()).alias("edge spaces"),
    ).row(0, named=True)
    frame = raw.frame
    if any(counts.values()):
        frame = frame.with_columns(
            texts.str.replace_all(r"\s*[\r\n]+\s*", " ").str.replace_all("\u00a0", " ")
        )
    stripped = texts.str.strip_chars()
    frame = frame.with_columns(pl.when(stripped != "").then(stripped))
    full = frame.filter(~pl.all_horizontal(pl.all().is_null()))
    counts["blank rows"] = frame.height - full.height
    cleaned = dict(raw.cleaned)
    for what, count in counts.items():
        if count:
            cleaned[what] = cleaned.get(what, 0) + int(count)
    return Raw(full, raw.register, raw.lines, raw.preamble, cleaned)
