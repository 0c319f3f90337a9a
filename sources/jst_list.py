"""Baza JST (MSWiA): the address list of local governments, as a CSV made by a spreadsheet.

It states no licence, so nothing of it is published: it only checks codes and names of others.
Only code, names and kind are read: telephones and addresses are none of our business.
"""

import csv
import io
from dataclasses import dataclass

import polars as pl

from schemas.errors import PimError
from schemas.text import Text
from sources.codes import parse_codes
from sources.teryt.letters import to_utf8

MAX_FILE = 16 * 2**20
SIZES_OF_A_CUT = frozenset({65_536, 1_048_576})
"""Rows at which spreadsheets cut a file off."""

COLUMNS = {
    "Kod_TERYT": "terc",
    "nazwa_samorządu": "unit_name",
    "Województwo": "voivodeship",
    "Powiat": "powiat",
    "typ_JST": "kind",
}
"""Columns that are read, by the name that the header gives them."""


@dataclass(frozen=True)
class JstList:
    """The list, and what had to be tidied in it."""

    rows: pl.DataFrame
    """`COLUMNS` as text, `terc` normalised, and `line` where the row begins in the file."""
    encoding: str
    cleaned: dict[str, int]
    """How many cells had outer spaces or hard spaces, and how many columns had no name."""


def read_jst(data: bytes, name: str) -> JstList:
    """Read the list.

    Raises PimError `PIM-JST-001` (too large, or no such header), `-002` (cut off by a
    spreadsheet) or `-003` (codes that are none), and `PIM-TRY-008` for damaged letters.
    """
    if len(data) > MAX_FILE:
        raise _refused("PIM-JST-001", name, f"> {MAX_FILE} B")
    utf8, encoding = to_utf8(data, name)
    reader = csv.reader(io.StringIO(utf8.decode("utf-8-sig"), newline=""), delimiter=";")
    header = [cell.strip() for cell in next(reader, [])]
    missing = [wanted for wanted in COLUMNS if wanted not in header]
    if missing:
        raise _refused("PIM-JST-001", name, ", ".join(missing))
    at = [header.index(wanted) for wanted in COLUMNS]
    rows: list[list[str]] = []
    lines: list[int] = []
    begins = reader.line_num + 1
    for row in reader:
        if any(cell.strip() for cell in row):
            rows.append([row[i] if i < len(row) else "" for i in at])
            lines.append(begins)
        begins = reader.line_num + 1
    if len(rows) + 1 in SIZES_OF_A_CUT or len(rows) in SIZES_OF_A_CUT:
        raise _refused("PIM-JST-002", name, str(len(rows)))
    return _tidied(rows, lines, name, encoding, header.count(""))


def _tidied(
    rows: list[list[str]], lines: list[int], name: str, encoding: str, unnamed: int
) -> JstList:
    raw = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS.values(), pl.String()), orient="row")
    tidy = raw.with_columns(pl.all().str.replace_all("\u00a0", " ").str.strip_chars())
    touched = sum(int((raw[column] != tidy[column]).sum()) for column in raw.columns)
    codes = parse_codes(tidy.get_column("terc"))
    odd = codes.filter(pl.col("refusal").is_not_null()).get_column("text")
    if not odd.is_empty():
        raise _refused("PIM-JST-003", name, ", ".join(odd.head(5)))
    frame = tidy.with_columns(codes.get_column("terc"), pl.Series("line", lines, dtype=pl.Int64))
    return JstList(frame, encoding, {"spaces": touched, "unnamed_columns": unnamed})


def _refused(code: str, place: str, detail: str) -> PimError:
    what = {
        "PIM-JST-001": Text(
            "To nie jest lista JST w znanym układzie.", "This is no JST list of a known form."
        ),
        "PIM-JST-002": Text("Arkusz uciął listę.", "A spreadsheet cut the list off."),
        "PIM-JST-003": Text(
            "Lista ma kody, które nimi nie są.", "The list has codes that are none."
        ),
    }[code]
    return PimError(
        code,
        what,
        where=place,
        why=Text(f"Szczegół: {detail}.", f"Detail: {detail}."),
        fix=Text(
            "Pobierz plik CSV ze strony Bazy JST jeszcze raz, bez otwierania go w arkuszu.",
            "Fetch the CSV file from the page of Baza JST again, without opening it in a "
            "spreadsheet.",
        ),
    )
