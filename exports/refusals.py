"""What may not be published: cells that would change, break a file or harm a reader.

Nothing is mended here. A cell that a spreadsheet would run as a formula is not given an
apostrophe, because that would change the fact: the row has to be mended where it is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.unfit import like_duration, like_json, with_email, with_pesel, with_telephone
from schemas.columns import Column
from schemas.errors import Exit, PimError
from schemas.rules import SPECIAL_SIGNS
from schemas.table import Table
from schemas.text import Text

MAX_CELL_BYTES = 32_000
"""The portal's index takes no text over 32,766 bytes; some room is left."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001
"""A spreadsheet runs a cell that begins so; the full-width ones in East Asian settings."""

CONTROLS = r"[\x00-\x08\x0b-\x1f\x7f]"
"""Line feeds may stand in a quoted cell; a carriage return would mix the line ends."""
_HARMLESS = re.compile(
    rf"(?![{re.escape(''.join(FORMULA_STARTS))}]|[{re.escape(''.join(SPECIAL_SIGNS))}]$|\s*$"
    r"|\s*[\[{]|P[0-9])"
    rf"[^{CONTROLS[1:-1]}]+"
)


@dataclass(frozen=True)
class _Refusal:
    code: str
    bad: str
    """SQL that is true where a cell must be refused."""
    what: Text
    fix: Text


def _of_text(stored: str) -> Iterator[_Refusal]:
    starts = ", ".join(sql.literal(start) for start in FORMULA_STARTS)
    signs = ", ".join(sql.literal(sign) for sign in SPECIAL_SIGNS)
    yield _Refusal(
        "PIM-EXP-003",
        f"{stored} IN ({signs})",
        Text(
            "Tekst jest taki sam jak znak umowny braku wartości.",
            "The text is the same as a special sign for a missing value.",
        ),
        Text(
            "Jeśli wartości nie ma, zostaw komórkę pustą; jeśli jest, zapisz ją słowem.",
            "If there is no value, leave the cell empty; if there is, write it as a word.",
        ),
    )
    yield _Refusal(
        "PIM-EXP-001",
        f"left({stored}, 1) IN ({starts})",
        Text(
            "Arkusz kalkulacyjny uzna tekst za formułę i może ją wykonać.",
            "A spreadsheet would take the text for a formula and may run it.",
        ),
        Text(
            "Zapisz tekst tak, aby nie zaczynał się znakiem = + - @ ani tabulatorem, na przykład "
            "konto w mediach społecznościowych jako pełny adres strony.",
            "Write the text so that it does not begin with = + - @ or a tab, for instance a "
            "social media account as a full web address.",
        ),
    )
    yield _Refusal(
        "PIM-EXP-002",
        f"strlen({stored}) > {MAX_CELL_BYTES}",
        Text(
            "Tekst jest dłuższy niż {n} bajtów.",
            "The text is longer than {n} bytes.",
        ).fill(n=MAX_CELL_BYTES),
        Text("Skróć tekst.", "Make the text shorter."),
    )
    yield _Refusal(
        "PIM-EXP-004",
        f"trim({stored}) = ''",
        Text("Tekst jest pusty.", "The text is empty."),
        Text(
            "Brak wartości zapisz jako brak (pustą komórkę w pliku faktów), nie jako spacje.",
            "Write a missing value as missing (an empty cell in the facts), not as blanks.",
        ),
    )
    yield _Refusal(
        "PIM-EXP-005",
        f"regexp_matches({stored}, {sql.literal(CONTROLS)})",
        Text(
            "Tekst zawiera znak sterujący, na przykład powrót karetki.",
            "The text holds a control character, such as a carriage return.",
        ),
        Text("Usuń ten znak.", "Remove the character."),
    )


def _of_content(column: Column, stored: str) -> Iterator[_Refusal]:
    yield _Refusal(
        "PIM-EXP-010",
        f"{like_json(stored)} OR {like_duration(stored)}",
        Text(
            "Tekst wygląda na JSON albo na okres zapisany jak P1Y, a portal tak go odczyta.",
            "The text looks like JSON, or like a duration as P1Y, and the portal takes it for one.",
        ),
        Text("Zapisz to słowami.", "Write it in words."),
    )
    if column.table.institutional:
        return
    yield _Refusal(
        "PIM-EXP-011",
        f"{with_email(stored)} OR {with_telephone(stored)} OR {with_pesel(stored)}",
        Text(
            "Tekst zawiera adres e-mail, numer telefonu albo numer PESEL.",
            "The text has an e-mail address, a telephone number or a PESEL number.",
        ),
        Text(
            "Usuń dane osobowe. Adresy instytucji należą do tabeli „kontakty”.",
            "Remove what is personal. Addresses of institutions belong to the table 'contacts'.",
        ),
    )


def _of_column(column: Column) -> Iterator[_Refusal]:
    stored = sql.stored(column)
    if not column.null:
        yield _Refusal(
            "PIM-EXP-006",
            f"{stored} IS NULL",
            Text("Brakuje wymaganej wartości.", "A required value is missing."),
            Text("Uzupełnij wartość albo wycofaj wiersz.", "Fill it in, or withdraw the row."),
        )
    if column.codes:
        codes = ", ".join(sql.literal(str(code)) for code in column.codes)
        yield _Refusal(
            "PIM-EXP-007",
            f"{stored} NOT IN ({codes})",
            Text("Kodu nie ma na liście kodów.", "The code is not in its code list."),
            Text(
                "Popraw kod albo dopisz go z etykietami do listy kodów.",
                "Correct the code, or add it with its labels to the code list.",
            ),
        )
    elif column.kind == "string":
        yield from _of_text(stored)
        yield from _of_content(column, stored)
    elif column.kind == "datetime":
        yield _Refusal(
            "PIM-EXP-008",
            f"date_trunc('second', {stored}) <> {stored}",
            Text("Czas ma ułamki sekundy.", "The time has fractions of a second."),
            Text("Podaj czas z dokładnością do sekundy.", "Give the time to the second."),
        )


def check_columns(table: type[Table], path: Path) -> None:
    """Raise PimError `PIM-EXP-009` where a file has other columns or types than the class."""
    found, expected = sql.columns(path), table.schema()
    if found != expected:
        raise PimError(
            "PIM-EXP-009",
            Text(
                "Kolumny tabeli „{table}” do publikacji różnią się od zadeklarowanych.",
                "The columns of table '{table}' to publish differ from the declared ones.",
            ).fill(table=table.name),
            where=", ".join(sorted({name for name, _ in found.items() ^ expected.items()})),
            fix=Text(
                "Przebuduj dane poleceniem pim build.", "Build the data again with pim build."
            ),
            exit_code=Exit.PUBLISH,
        )


def bad_cell(column: Column) -> Iterator[str]:
    """SQL that is true where a present cell of a column must be refused, one a reason."""
    return (refusal.bad for refusal in _of_column(column) if refusal.code != "PIM-EXP-006")


def harmless(word: str) -> bool:
    """Whether a text may certainly be published; the SQL has the last word on others."""
    short = len(word) <= MAX_CELL_BYTES // 4 or len(word.encode()) <= MAX_CELL_BYTES
    return short and _HARMLESS.fullmatch(word) is not None


def raise_first(connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path) -> None:
    """Raise PimError (`PIM-EXP-001` to `-011`) for the first kind of cell to refuse, if any."""
    for column in table.columns:
        for refusal in _of_column(column):
            query = f"SELECT count(*) FROM {sql.parquet(path)} WHERE {refusal.bad}"  # noqa: S608
            count = connection.execute(query).fetchall()[0][0]
            if count:
                raise _error(connection, path, column, refusal, int(count))


def _error(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    column: Column,
    refusal: _Refusal,
    count: int,
) -> PimError:
    key = ", ".join(f"CAST({sql.stored(part)} AS VARCHAR)" for part in column.table.key)
    query = (
        f"SELECT min(concat_ws(', ', {key})) FROM {sql.parquet(path)} "  # noqa: S608
        f"WHERE {refusal.bad}"
    )
    row = connection.execute(query).fetchall()[0][0]
    return PimError(
        refusal.code,
        refusal.what,
        where=f"{column.table.name}.{column.name}, {row} ({count})",
        why=Text(
            "Taka komórka nie może trafić do pliku CSV bez zmiany faktu albo szkody dla odbiorcy.",
            "Such a cell cannot go into a CSV file without changing the fact or harming a reader.",
        ),
        fix=refusal.fix,
        exit_code=Exit.PUBLISH,
    )
