"""What may not be published: cells that would change, break a file or harm a reader.

Nothing is mended here. A cell that a spreadsheet would run as a formula is not given an
apostrophe, because that would change the fact: the row has to be mended where it is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
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

_FEW_ROWS = 100_000
"""Up to here a table is judged row by row; beyond, its texts are judged word by word."""
_BETWEEN = "\ue000"
"""A letter of nobody's, for a row's texts put together."""
_STARTS = "".join(f"\\x{{{ord(start):x}}}" for start in FORMULA_STARTS)
# What a spreadsheet would run, blanks alone, or a control character.
_SUSPECT = rf"{_BETWEEN}([{_STARTS}]|\s*{_BETWEEN})|{CONTROLS}"


@dataclass(frozen=True)
class _Refusal:
    code: str
    bad: str
    """SQL that is true where a cell must be refused."""
    what: Text
    fix: Text


@dataclass(frozen=True)
class Inspection:
    """What one scan found out about publishable rows."""

    rows: int
    signs: tuple[str, ...]
    """The special signs that will stand in the CSV, sorted."""


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
    elif column.kind == "datetime":
        yield _Refusal(
            "PIM-EXP-008",
            f"date_trunc('second', {stored}) <> {stored}",
            Text("Czas ma ułamki sekundy.", "The time has fractions of a second."),
            Text("Podaj czas z dokładnością do sekundy.", "Give the time to the second."),
        )


def _check_columns(table: type[Table], path: Path) -> None:
    found = sql.columns(path)
    expected = [column.name for column in table.columns]
    if sorted(found) != sorted(expected):
        raise PimError(
            "PIM-EXP-009",
            Text(
                "Kolumny tabeli „{table}” do publikacji różnią się od zadeklarowanych.",
                "The columns of table '{table}' to publish differ from the declared ones.",
            ).fill(table=table.name),
            where=", ".join(sorted(set(found) ^ set(expected))),
            fix=Text(
                "Przebuduj dane poleceniem pim build.", "Build the data again with pim build."
            ),
            exit_code=Exit.PUBLISH,
        )


def inspect(connection: duckdb.DuckDBPyConnection, table: type[Table], path: Path) -> Inspection:
    """Look through all publishable rows of `path` once.

    Raises PimError for the first kind of cell that may not be published (`PIM-EXP-001` to
    `-009`), with the column and the key of a row that has it.
    """
    _check_columns(table, path)
    refusals = [(column, refusal) for column in table.columns for refusal in _of_column(column)]
    nullable = [column for column in table.columns if column.null]
    # One condition for all refusals: DuckDB plans it ten times as fast as a count for each, and
    # which one it was is asked only when there is one. Names come from the class, quoted.
    conditions = [refusal.bad for column, refusal in refusals if not _is_free_text(column)]
    few = sql.rows(path) <= _FEW_ROWS
    if few:
        conditions += _suspicion(table)
    refused = " OR ".join(f"({bad})" for bad in conditions) or "false"
    counts = [
        "count(*)",
        f"count(*) FILTER (WHERE {refused})",
        *(f"count(*) FILTER (WHERE {sql.stored(column)} IS NULL)" for column in nullable),
    ]
    query = f"SELECT {', '.join(counts)} FROM {sql.parquet(path)}"  # noqa: S608
    rows, suspect, *missing = connection.execute(query).fetchall()[0]
    texts = [] if few else [column for column in table.columns if _is_free_text(column)]
    if suspect or any(_has_bad_text(connection, path, column) for column in texts):
        _raise_first(connection, path, refusals)
    signs = {column.missing for column, count in zip(nullable, missing, strict=True) if count}
    return Inspection(int(rows), tuple(sorted(signs)))


def _is_free_text(column: Column) -> bool:
    return column.kind == "string" and not column.codes


def _suspicion(table: type[Table]) -> list[str]:
    """SQL that is true for a row with a text to refuse, and for few others.

    All texts of a row are looked through together: to plan five conditions a column takes DuckDB
    longer than to read a small table. Of many rows `_has_bad_text` looks through the words.
    """
    texts = [sql.stored(column) for column in table.columns if _is_free_text(column)]
    if not texts:
        return []
    signs = ", ".join(sql.literal(sign) for sign in SPECIAL_SIGNS)
    together = f"concat_ws('{_BETWEEN}', '', {', '.join(texts)}, '')"
    required = [
        f"{sql.stored(column)} IS NULL"
        for column in table.columns
        if _is_free_text(column) and not column.null
    ]
    return [
        f"list_has_any([{', '.join(texts)}], [{signs}])",
        f"regexp_matches({together}, {sql.literal(_SUSPECT)})",
        f"strlen({together}) > {MAX_CELL_BYTES}",
        *required,
    ]


def _has_bad_text(connection: duckdb.DuckDBPyConnection, path: Path, column: Column) -> bool:
    """Whether a word of a text column must be refused.

    Ten million rows have a few thousand words: these are found in 0.04 s, and one expression over
    all rows takes half a second.
    """
    bad = " OR ".join(f"({refusal.bad})" for refusal in _of_column(column))
    words = f"SELECT DISTINCT {sql.name(column.name)} FROM {sql.parquet(path)}"  # noqa: S608
    # As a filter of the count: a WHERE would be moved in front of the DISTINCT.
    query = f"SELECT count(*) FILTER (WHERE {bad}) FROM ({words}) AS facts"  # noqa: S608
    return connection.execute(query).fetchall() != [(0,)]


def _raise_first(
    connection: duckdb.DuckDBPyConnection, path: Path, refusals: list[tuple[Column, _Refusal]]
) -> None:
    for column, refusal in refusals:
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
