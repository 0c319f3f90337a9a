"""Baza JST (MSWiA): the address list of local governments, as CSV, XLS or XLSX.

It states no licence, so nothing of it is published: it only checks codes and names of others.
Only code, names and kind are read: telephones and addresses are none of our business. CSV were
the editions of 2020 and 2021, XLS is the one of 2026, with the same columns and more.
"""

import csv
import io
from dataclasses import dataclass

import polars as pl

from schemas.errors import PimError
from schemas.text import Text
from sources.codes import parse_codes
from sources.sheets import SheetsRefused, is_workbook, read_sheets
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
"""Columns that are read, by the name that the header gives them. Others may be there."""

_HEADER_WITHIN = 10
_ZERO = {"dolnośląskie": "2", "kujawsko-pomorskie": "4", "lubelskie": "6", "lubuskie": "8"}
"""The voivodeships whose codes begin with a zero, which a cell of a number loses."""
_DIGITS = 7
"""Of every code in the list; a powiat is `0201000`."""

Rows = list[tuple[int, list[str]]]
"""Rows with the line where they begin, in a workbook the row of the sheet."""


@dataclass(frozen=True)
class JstList:
    """The list, and what had to be tidied in it."""

    rows: pl.DataFrame
    """`COLUMNS` as text, `terc` normalised, and `line` where the row begins in the file."""
    encoding: str
    """Of a CSV; empty for a workbook."""
    cleaned: dict[str, int]
    """How many cells had outer spaces or hard spaces, how many codes had lost their zero, and how
    many columns had no name."""


def read_jst(data: bytes, name: str) -> JstList:
    """Read the list in any of its forms; the same rows come of each.

    A lost zero is put back where the voivodeship of the row shows that it is lost. Raises
    PimError `PIM-JST-001` (too large, or no such header), `-002` (cut off by a spreadsheet),
    `-003` (codes that are none, or that may mean two units) or `-004` (a workbook that cannot be
    read), and `PIM-TRY-008` for damaged letters.
    """
    if len(data) > MAX_FILE:
        raise _refused("PIM-JST-001", name, f"> {MAX_FILE} B")
    tables, encoding = _of_workbook(data, name) if is_workbook(data) else _of_csv(data, name)
    header, body = _below_header(tables, name)
    at = [header.index(wanted) for wanted in COLUMNS]
    kept = [(line, row) for line, row in body if any(cell.strip() for cell in row)]
    if len(kept) + 1 in SIZES_OF_A_CUT or len(kept) in SIZES_OF_A_CUT:
        raise _refused("PIM-JST-002", name, str(len(kept)))
    rows = [[row[i] if i < len(row) else "" for i in at] for _, row in kept]
    return _tidied(rows, [line for line, _ in kept], name, encoding, header.count(""))


def _of_workbook(data: bytes, name: str) -> tuple[list[Rows], str]:
    try:
        return [list(enumerate(sheet, start=1)) for sheet in read_sheets(data)], ""
    except SheetsRefused as refused:
        raise _refused("PIM-JST-004", name, refused.why) from refused


def _of_csv(data: bytes, name: str) -> tuple[list[Rows], str]:
    utf8, encoding = to_utf8(data, name)
    reader = csv.reader(io.StringIO(utf8.decode("utf-8-sig"), newline=""), delimiter=";")
    rows: Rows = []
    begins = 1
    try:
        for row in reader:
            rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _refused("PIM-JST-001", name, str(error)) from error
    return [rows], encoding


def _below_header(tables: list[Rows], name: str) -> tuple[list[str], Rows]:
    """The header of the first table that has one, and the rows below it."""
    fewest = list(COLUMNS)
    for table in tables:
        for place, (_, row) in enumerate(table[:_HEADER_WITHIN], start=1):
            header = [cell.strip() for cell in row]
            missing = [wanted for wanted in COLUMNS if wanted not in header]
            if not missing:
                return header, table[place:]
            fewest = min(fewest, missing, key=len)
    raise _refused("PIM-JST-001", name, ", ".join(fewest))


def _tidied(
    rows: list[list[str]], lines: list[int], name: str, encoding: str, unnamed: int
) -> JstList:
    raw = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS.values(), pl.String()), orient="row")
    tidy = raw.with_columns(pl.all().str.replace_all("\u00a0", " ").str.strip_chars())
    touched = sum(int((raw[column] != tidy[column]).sum()) for column in raw.columns)
    # `201011` may be gmina 201011 without its kind, too; not in a row of dolnośląskie.
    voivodeship = pl.col("voivodeship").str.to_lowercase()
    lost = (pl.col("terc").str.len_bytes() == _DIGITS - 1) & (
        pl.col("terc").str.head(1) == voivodeship.replace_strict(_ZERO, default=None)
    )
    zeros = int(tidy.select(lost.sum()).item())
    texts = tidy.select(terc=pl.when(lost).then("0" + pl.col("terc")).otherwise("terc"))
    codes = parse_codes(texts.get_column("terc"))
    odd = codes.filter(pl.col("refusal").is_not_null()).get_column("text")
    if not odd.is_empty():
        raise _refused("PIM-JST-003", name, ", ".join(odd.head(5)))
    frame = tidy.with_columns(codes.get_column("terc"), pl.Series("line", lines, dtype=pl.Int64))
    cleaned = {"spaces": touched, "lost_zeros": zeros, "unnamed_columns": unnamed}
    return JstList(frame, encoding, cleaned)


def _refused(code: str, place: str, detail: str | Text) -> PimError:
    what = {
        "PIM-JST-001": Text(
            "To nie jest lista JST w znanym układzie.", "This is no JST list of a known form."
        ),
        "PIM-JST-002": Text("Arkusz uciął listę.", "A spreadsheet cut the list off."),
        "PIM-JST-003": Text(
            "Lista ma kody, które nimi nie są.", "The list has codes that are none."
        ),
        "PIM-JST-004": Text(
            "Skoroszytu z listą JST nie da się odczytać.",
            "The workbook with the JST list cannot be read.",
        ),
    }[code]
    if isinstance(detail, str):
        detail = Text(f"Szczegół: {detail}.", f"Detail: {detail}.")
    return PimError(
        code,
        what,
        where=place,
        why=detail,
        fix=Text(
            "Pobierz plik (CSV, XLS albo XLSX) ze strony Bazy JST jeszcze raz i podaj go tak, jak "
            "przyszedł, bez zapisywania w arkuszu.",
            "Fetch the file (CSV, XLS or XLSX) from the page of Baza JST again, and give it as it "
            "came, without saving it in a spreadsheet.",
        ),
    )
