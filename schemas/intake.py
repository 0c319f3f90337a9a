"""What an intake workbook is made of: the words that its writer and its reader share.

The writer is in `exports/intake/`, the reader in `sources/tabular/`; rooms do not know each
other, so what both must say alike stands here.
"""

from schemas.columns import LIST_SEPARATOR, Column
from schemas.table import Table
from schemas.text import Text

STATE = Text("Stan wiersza", "State of the row")
"""Header of the first column, which is about the row and is no data."""

HINT = "opis"
EXAMPLE = "przykład"
GOOD = "dobrze"
WRONG = "do poprawy"
"""What stands in the column `STATE`. Rows with one of the first two are not data."""

YES_NO = {True: Text("tak", "yes"), False: Text("nie", "no")}
"""How a workbook writes a boolean."""

BESIDE = " · "
"""Between an identifier and the name that stands beside it for people."""

REQUIRED = " *"
"""At the end of the header of a column that may not be empty."""

KEYWORD = "pim-intake:"
"""Begins the document property that names the table, should the sheet be renamed."""

MAX_SHEET_NAME = 31
"""Letters of a sheet's name: a fact of the format."""


def sheet_name(table: type[Table]) -> str:
    """The sheet that holds the rows of a table: its Polish name."""
    return table.name_pl[:MAX_SHEET_NAME]


def header(column: Column) -> str:
    """The header of a column: its Polish title, marked where a value is required."""
    return column.title.pl + ("" if may_be_empty(column) else REQUIRED)


def may_be_empty(column: Column) -> bool:
    """An empty cell is right here: no value, or a row that still waits for its identifier."""
    return column.null or is_minted(column)


def is_minted(column: Column) -> bool:
    """The column is an identifier that the project gives to new rows by itself."""
    return minted_prefix(column) != ""


def minted_prefix(column: Column) -> str:
    """`mid` of identifiers such as `mid-0001`; empty for every other column."""
    pattern = column.pattern or ""
    alone = column.key and len(column.table.key) == 1 and column.references is None
    end = r"-[0-9]{4}"
    return pattern.removesuffix(end) if alone and pattern.endswith(end) else ""


def names_of(column: Column) -> tuple[str, ...]:
    """All headers by which people name a column, in small letters."""
    names = (column.name, column.name_pl, column.title.pl, column.title.en)
    return tuple(dict.fromkeys(folded(name) for name in names))


def folded(text: str) -> str:
    """A header as it is compared: small letters, single spaces, no mark of a required value."""
    return " ".join(text.split()).removesuffix(REQUIRED.strip()).strip().casefold()


def values_of(column: Column) -> dict[str, str]:
    """What may stand in a cell instead of a code: the labels in both languages, to the code."""
    if column.kind == "boolean":
        words = {word: str(value) for value, text in YES_NO.items() for word in text}
        return words | {str(value): str(value) for value in YES_NO}
    codes = column.codes or ()
    labels = {label: str(code) for code in codes for label in code.label}
    # A code that reads like the label of another one stays a code.
    return labels | {str(code): str(code) for code in codes}


def identifier_in(text: str, *, many: bool) -> str:
    """The identifier in `net-0004 · Rewitalizacja`; with `many`, in each part after a semicolon.

    A text without a name beside it stays as it is.
    """
    if not many:
        return text.partition(BESIDE)[0]
    return LIST_SEPARATOR.join(part.partition(BESIDE)[0] for part in text.split(LIST_SEPARATOR))
