"""From what stands in cells to the texts that the gate judges, and to what cannot be read.

Nothing is guessed: a number where a text belongs has lost its zeros, perhaps, and nobody can
tell, so its row is set aside and the reason says how to write it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import polars as pl

from schemas.columns import LIST_SEPARATOR, Column
from schemas.intake import identifier_in, values_of
from schemas.text import Text
from schemas.verdict import UNREAD_SCHEMA
from sources.teryt.letters import MOJIBAKE


@dataclass(frozen=True)
class Fault:
    """Why a cell could not be taken as it stands."""

    rule: str
    reason: Text


@dataclass(frozen=True)
class Spoilt:
    """A cell that is no value at all: what stood there, and why it is none."""

    shown: str
    fault: Fault


Value = str | bool | int | float | Decimal | date | datetime | time | timedelta | Spoilt | None
"""What a reader found in a cell."""

FORMULA = Fault(
    "cell_formula",
    Text(
        "W komórce jest formuła. Wpisz samą wartość.",
        "The cell holds a formula. Write the value itself.",
    ),
)
ERROR = Fault(
    "cell_error",
    Text(
        "Komórka pokazuje błąd arkusza, na przykład #ADR!. Wpisz wartość.",
        "The cell shows an error of the spreadsheet, such as #REF!. Write the value.",
    ),
)
MERGED = Fault(
    "cell_merged",
    Text(
        "Komórka jest scalona z innymi i nie wiadomo, którego wiersza dotyczy. Rozdziel komórki "
        "i wpisz wartość w każdej.",
        "The cell is merged with others, so it is not known which row it belongs to. Unmerge "
        "them and write the value into each.",
    ),
)
_NUMBER = Fault(
    "cell_number",
    Text(
        "Wartość jest zapisana jako liczba, a ma być tekstem: zera na początku mogły zginąć. "
        "Ustaw format komórki na „Tekst” i wpisz ją jeszcze raz.",
        "The value is stored as a number and has to be a text: leading zeros may be lost. Set "
        "the format of the cell to 'Text' and write it again.",
    ),
)
_DATE = Fault(
    "cell_date",
    Text(
        "Wartość jest zapisana jako data, a ma być tekstem: arkusz mógł zmienić wpis. Ustaw "
        "format komórki na „Tekst” i wpisz ją jeszcze raz.",
        "The value is stored as a date and has to be a text: the spreadsheet may have changed "
        "it. Set the format of the cell to 'Text' and write it again.",
    ),
)
_YES_NO = Fault(
    "cell_boolean",
    Text(
        "Wartość jest zapisana jako PRAWDA albo FAŁSZ, a ma być tekstem.",
        "The value is stored as TRUE or FALSE and has to be a text.",
    ),
)
_LETTERS = Fault(
    "cell_letters",
    Text(
        "Polskie litery są zepsute: plik odczytano kiedyś w złym kodowaniu. Wpisz tekst jeszcze "
        "raz.",
        "The Polish letters are broken: the file was once read in a wrong encoding. Write the "
        "text again.",
    ),
)


def frame_of(
    columns: Sequence[tuple[str, Column | None]], rows: Sequence[Sequence[Value]], *, people: bool
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows as text columns, and the cells that cannot be read (`UNREAD_SCHEMA`).

    `columns` gives the name of each, and the declared column where the table has one. With
    `people`, labels stand for codes, `net-0001 · Name` for `net-0001`, and the special sign of
    a missing value for none.
    """
    texts: dict[str, list[str]] = {}
    unread: list[tuple[int, str, str, str, str, str]] = []
    for place, (name, column) in enumerate(columns):
        texts[name] = []
        for number, row in enumerate(rows):
            text, fault = _text_of(row[place], column)
            texts[name].append(text)
            if fault is not None and column is not None:
                unread.append((number, text, fault.rule, name, *fault.reason))
    frame = pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String()))
    if people:
        frame = frame.with_columns(
            _for_people(frame[name], column) for name, column in columns if column is not None
        )
    named = [name for name, column in columns if column is not None and column.kind == "string"]
    return frame, pl.concat(
        [
            pl.DataFrame(unread, schema=UNREAD_SCHEMA, orient="row"),
            *(broken_letters(frame, name) for name in named),
        ]
    )


def broken_letters(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """Cells of a text column whose Polish letters were misread once (`UNREAD_SCHEMA`)."""
    texts = frame.select(pl.col(name).alias("value")).with_row_index("_row")
    return texts.filter(pl.col("value").str.contains(MOJIBAKE)).select(
        pl.col("_row").cast(pl.UInt32),
        "value",
        pl.lit(_LETTERS.rule).alias("rule"),
        pl.lit(name).alias("column_name"),
        pl.lit(_LETTERS.reason.pl).alias("reason_pl"),
        pl.lit(_LETTERS.reason.en).alias("reason_en"),
    )


def _for_people(texts: pl.Series, column: Column) -> pl.Series:
    """What people write instead of codes, identifiers and empty cells, as the table has it."""
    values = values_of(column)
    if column.null:
        texts = texts.replace(column.missing, "")
    if values:
        return texts.replace(values)
    if column.references is not None:
        named = {text: _reference(text, many=column.many) for text in texts.unique()}
        return texts.replace({text: short for text, short in named.items() if text != short})
    return texts


def _reference(text: str, *, many: bool) -> str:
    """The identifiers alone; several are a set, so their order and repeats say nothing."""
    found = identifier_in(text, many=many)
    if not many or LIST_SEPARATOR not in found:
        return found
    parts = {part.strip() for part in found.split(LIST_SEPARATOR)}
    return LIST_SEPARATOR.join(sorted(parts - {""}))


def _text_of(value: Value, column: Column | None) -> tuple[str, Fault | None]:
    if isinstance(value, Spoilt):
        return value.shown, value.fault
    shown = _shown(value)
    if column is None or column.kind != "string" or value is None or isinstance(value, str):
        return shown, None
    if isinstance(value, bool):
        return shown, _YES_NO
    return shown, _NUMBER if isinstance(value, int | float | Decimal) else _DATE


def _shown(value: Value) -> str:
    """A value as a facts file has it."""
    match value:
        case None:
            return ""
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case date() | datetime():
            return value.isoformat()
        case int() | float() | Decimal() if not isinstance(value, bool):
            return _digits(value)
        case _:
            return str(value)


def _digits(value: float | Decimal) -> str:
    """A number without an exponent and without zeros that say nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return str(value)
    shown = f"{Decimal(repr(value)) if isinstance(value, float) else value:f}"
    return shown.rstrip("0").removesuffix(".") if "." in shown else shown
