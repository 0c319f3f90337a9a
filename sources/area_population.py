"""The GUS workbook «Powierzchnia i ludność w przekroju terytorialnym»: gminas and towns.

It is written for readers: a merged header in two languages, names with two hundred dots of
leader, arrows of change beside the numbers, rows of headings, the sign `x`. Sheets and columns
are found by their words, never by number, since both move from year to year.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.errors import PimError
from schemas.text import Text
from sources.codes import parse_codes
from sources.signs import SignSource, read_signs
from sources.teryt.unpack import open_archive

UNITS: Mapping[str, pl.DataType] = {
    "terc": pl.String(),
    "unit_name": pl.String(),
    "area_ha": pl.Int64(),
    "area_missing": pl.String(),
    "area_change": pl.String(),
    "population": pl.Int64(),
    "population_missing": pl.String(),
    "population_change": pl.String(),
    "sheet_row": pl.Int64(),
}
"""One unit. `*_missing` is a code of MissingReason; `*_change` is `up`, `down` or null, for a
number that moved because the boundary did; `sheet_row` is the row of the sheet, from 1."""

MAX_FILE = 32 * 2**20
MAX_ROWS = 20_000
_CHANGES = {"↑": "up", "↓": "down"}
_TITLES = {"gminas": "WEDŁUG GMIN", "towns": "WEDŁUG MIAST"}
_LEADER = re.compile(r"(?:\s*\([a-z]{1,3}\))?(?:\s*\.{3,})?\s*$")
_CHANGES_UNTIL = re.compile(
    r"ZMIANY PODZIAŁU TERYTORIALNEGO.*? DO (\d\d)\.(\d\d)\.(\d{4})", re.DOTALL
)
_HEADER_WITHIN = 12

Row = tuple[object, ...]


@dataclass(frozen=True)
class AreaPopulation:
    """The two tables that are read of the workbook, each as `UNITS`."""

    gminas: pl.DataFrame
    """Gminas, the town and rural area inside urban-rural ones, districts of Warszawa."""
    towns: pl.DataFrame
    state_date: date
    """The day of the territorial division, as the table of its changes says."""


def read_area_population(data: bytes, name: str) -> AreaPopulation:
    """Read the workbook.

    Raises PimError `PIM-APO-001` (not a workbook, or beyond the limits), `-002` (a table or one
    of its columns is not found) or `-003` (cells that are neither a number nor a sign, or
    identifiers that are no codes); all name the place.
    """
    if len(data) > MAX_FILE:
        raise _refused("PIM-APO-001", name, f"> {MAX_FILE} B")
    open_archive(data, name)  # holds the sizes against the limits of an archive
    try:
        sheets = dict(_sheets(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _refused("PIM-APO-001", name, str(error)) from error
    found = {
        table: next((rows for rows in sheets.values() if rows and words in _text(rows[0])), None)
        for table, words in _TITLES.items()
    }
    tables = {key: _table(rows, f"{name}: {key}") for key, rows in found.items()}
    return AreaPopulation(tables["gminas"], tables["towns"], _state_date(sheets, name))


def _state_date(sheets: Mapping[str, list[Row]], name: str) -> date:
    """The last day of the changes that the workbook lists: never the year in the file name."""
    for rows in sheets.values():
        day = _CHANGES_UNTIL.search(_text(rows[0])) if rows else None
        if day is not None:
            return date(int(day[3]), int(day[2]), int(day[1]))
    raise _refused("PIM-APO-002", name, "ZMIANY PODZIAŁU TERYTORIALNEGO … DO DD.MM.RRRR")


def _sheets(data: bytes) -> Iterator[tuple[str, list[Row]]]:
    import openpyxl  # half a second, and most builds meet no workbook

    with warnings.catch_warnings():
        # It warns of styles that it does not know; values are unharmed.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows: list[Row] = []
            for row in sheet.iter_rows(values_only=True):
                rows.append(row)
                if len(rows) > MAX_ROWS:
                    raise ValueError(f"{sheet.title}: > {MAX_ROWS}")
            yield sheet.title, rows


def _text(row: Row) -> str:
    return " ".join(str(cell) for cell in row if cell is not None).upper()


def _columns(rows: list[Row], place: str) -> tuple[dict[str, int], int]:
    """Where area, population and their arrows stand, and the first row below the header."""
    for i, row in enumerate(rows[:_HEADER_WITHIN]):
        if "IDENTYFIKATOR" in _text(row[:1]) and i + 1 < len(rows):
            groups, group = [], ""
            for cell in row:
                group = str(cell) if cell else group
                groups.append(group.upper())
            units = [str(cell or "").upper() for cell in rows[i + 1]]
            area = [
                k
                for k, unit in enumerate(units)
                if groups[k].startswith("POWIERZCHNIA") and unit.startswith("W HA")
            ]
            people = [
                k
                for k, unit in enumerate(units)
                if groups[k].strip().startswith("LUDNOŚĆ") and unit.startswith("OGÓŁEM")
            ]
            if len(area) == 1 and len(people) == 1:
                return {"area": area[0], "population": people[0]}, i + 2
    raise _refused("PIM-APO-002", place, "Identyfikator, Powierzchnia w ha, Ludność ogółem")


def _table(rows: list[Row] | None, place: str) -> pl.DataFrame:
    if rows is None:
        raise _refused("PIM-APO-002", place, "; ".join(_TITLES.values()))
    columns, first = _columns(rows, place)
    units = [
        (number, row)
        for number, row in enumerate(rows[first:], first + 1)
        if row and row[0] and str(row[0]).strip()
    ]
    if not units:
        raise _refused("PIM-APO-002", place, "0 rows")
    codes = parse_codes(pl.Series([str(row[0]) for _, row in units]))
    unknown = codes.filter(pl.col("refusal").is_not_null()).get_column("text")
    if not unknown.is_empty():
        raise _refused("PIM-APO-003", place, ", ".join(unknown.head(5)))
    frame = pl.DataFrame(
        {
            "terc": codes.get_column("terc"),
            "unit_name": [_name(row[1]) for _, row in units],
            "sheet_row": [number for number, _ in units],
        }
    )
    for what, at in columns.items():
        frame = frame.with_columns(_numbers(units, what, at, place))
    named = {"area_value": "area_ha", "population_value": "population"}
    return frame.rename(named).select(list(UNITS)).cast(dict(UNITS))  # type: ignore[arg-type]  # polars types the mapping of a cast more narrowly than it takes


def _numbers(units: list[tuple[int, Row]], what: str, at: int, place: str) -> list[pl.Series]:
    """Value, reason and arrow of one number of every unit."""
    cells = pl.Series(
        [None if row[at] is None else str(row[at]) for _, row in units], dtype=pl.String
    )
    read = read_signs(cells, SignSource.GUS_TABLES)
    unread = read.get_column("unread")
    if unread.is_not_null().any():
        shown = [
            f"{units[i][0]}: {unread[i]}" for i in unread.is_not_null().arg_true().head(5).to_list()
        ]
        raise _refused("PIM-APO-003", place, ", ".join(shown))
    arrows = [
        _CHANGES.get(str(row[at + 1]).strip()) if at + 1 < len(row) and row[at + 1] else None
        for _, row in units
    ]
    return [
        read.get_column("value").alias(f"{what}_value"),
        read.get_column("missing").alias(f"{what}_missing"),
        pl.Series(f"{what}_change", arrows, dtype=pl.String),
    ]


def _name(cell: object) -> str:
    """A name without indent, leader dots and the letter of a footnote."""
    return _LEADER.sub("", str(cell or "")).strip()


def _refused(code: str, place: str, detail: str) -> PimError:
    what = {
        "PIM-APO-001": Text(
            "To nie jest skoroszyt GUS do odczytania.", "This is no GUS workbook to read."
        ),
        "PIM-APO-002": Text(
            "W skoroszycie nie ma oczekiwanej tabeli albo kolumny.",
            "The workbook lacks an expected table or column.",
        ),
        "PIM-APO-003": Text(
            "W tabeli są komórki, których nie da się odczytać.",
            "The table has cells that cannot be read.",
        ),
    }[code]
    return PimError(
        code,
        what,
        where=place,
        why=Text(f"Szczegół: {detail}.", f"Detail: {detail}."),
        fix=Text(
            "Pobierz oryginalny plik ze strony GUS; jeśli to on, układ tabel się zmienił.",
            "Fetch the original file from the GUS website; if it is, the layout has changed.",
        ),
    )
