"""The CSV form: `;` between fields and no quoting at all.

A quote is a letter like any other here (`"Hubala" Henryka`), so lines are cut at every
separator instead of being given to a CSV parser.
"""

import polars as pl

from schemas.text import Text
from sources.teryt.raw import Raw, check_size, find_header, no_header, unnamed_values
from sources.teryt.refusals import TRY_LATER, refused

SEPARATORS = (";", "\t", ",")
"""GUS writes `;`. The others are what spreadsheets make of it."""
_HEADER_WITHIN = 20
_HEADER_LENGTH = 4096


def read_csv(data: bytes, name: str) -> Raw:
    """Read UTF-8 text without BOM.

    Raises PimError `PIM-TRY-009` (no header) or `PIM-TRY-010` (a line of another length).
    """
    check_size(data.count(b"\n"), name)
    lines = data.decode().split("\n")
    head = [line[:_HEADER_LENGTH].rstrip("\r") for line in lines[:_HEADER_WITHIN]]
    for separator in SEPARATORS:
        found = find_header([line.split(separator) for line in head])
        if found:
            break
    else:
        raise no_header(name, next((line for line in head if line.strip()), ""))
    place, register, extra = found
    preamble = tuple(line.strip() for line in head[:place] if line.strip())
    if any(separator in line for line in preamble):
        raise no_header(name, preamble[0])
    width = len(register.columns) + extra
    table = (
        pl.DataFrame({"text": lines[place + 1 :]}, schema={"text": pl.String})
        .with_row_index("line", offset=place + 2)
        .with_columns(pl.col("text").str.strip_suffix("\r"))
    )
    filled = table.filter(pl.col("text").str.contains(r"\S"))
    _same_length(filled, separator, width, name)
    columns = [*register.columns, *(f"+{number}" for number in range(extra))]
    frame = filled.select(
        pl.col("text").str.split_exact(separator, width - 1).struct.rename_fields(columns)
    ).unnest("text")
    cleaned = {}
    # split leaves one empty text after the last line end, which is no line of the file.
    blank = table.height - filled.height - (1 if lines[-1] == "" else 0)
    if blank:
        cleaned["blank lines"] = blank
    if extra:
        frame = _without_extra(frame, register.columns, name)
        cleaned["empty columns"] = extra
    count = len(lines) - (1 if lines[-1] == "" else 0) - blank
    return Raw(frame, register, count, preamble, cleaned)


def _same_length(lines: pl.DataFrame, separator: str, width: int, name: str) -> None:
    fields = pl.col("text").str.count_matches(separator, literal=True) + 1
    bad = lines.filter(fields != width)
    if bad.is_empty():
        return
    number, text = bad.select("line", "text").row(0)
    raise refused(
        10,
        Text(
            f"{bad.height} wierszy ma inną liczbę pól niż {width}.",
            f"{bad.height} lines have another number of fields than {width}.",
        ),
        where=f"{name}, {number}",
        why=Text(
            f"Pierwszy z nich: {text[:80]!r}. Plik mógł zostać urwany przy pobieraniu.",
            f"The first: {text[:80]!r}. The download may have been cut off.",
        ),
        fix=TRY_LATER,
        source=True,
    )


def _without_extra(frame: pl.DataFrame, columns: tuple[str, ...], name: str) -> pl.DataFrame:
    extra = frame.select(pl.exclude(columns))
    if extra.select(pl.any_horizontal(pl.all().str.contains(r"\S")).any()).item():
        raise unnamed_values(name)
    return frame.select(columns)
