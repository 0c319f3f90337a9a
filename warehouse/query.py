"""One question to a DuckDB file, asked so that it can change and reach nothing else."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

import duckdb

from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.opening import CLOSED_NETWORK, opened

SEALED = {
    **CLOSED_NETWORK,
    # No file but the database itself, no address, and no SET that takes this back.
    "enable_external_access": "false",
    # Spilling would write a folder beside the file that is only read.
    "temp_directory": "",
    "lock_configuration": "true",
}

# MULTI is PIVOT in DuckDB 2: its temporary type lives in memory.
_QUESTIONS = ("SELECT", "EXPLAIN", "MULTI")


class Answer(NamedTuple):
    """Column names and rows; `more` says that there were more rows than asked for."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]
    more: bool


def query(path: Path, sql: str, *, limit: int = 1000, seconds: float = 60) -> Answer:
    """The answer to one SELECT, at most `limit` rows of it, in at most `seconds`.

    Raises PimError `PIM-WH-004` for wrong SQL, for anything that is not one question, and for
    one that takes too long; else as `warehouse.opening.opened`.
    """
    with opened(path, read_only=True, settings=SEALED) as connection:
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type.name not in _QUESTIONS:
                raise _not_one_question()
            with _interrupted_after(seconds, connection):
                found = connection.execute(statements[0])
                columns = _distinct(str(column[0]) for column in found.description or ())
                rows = found.fetchmany(limit + 1)
        except duckdb.InterruptException as error:
            raise _too_long(seconds) from error
        except duckdb.Error as error:
            raise _refused(str(error)) from error
    return Answer(columns, rows[:limit], len(rows) > limit)


def row_counts(path: Path) -> dict[str, int]:
    """The number of rows of every table of a DuckDB file that was closed whole.

    Errors as in `warehouse.opening.opened`.
    """
    # Exact where nothing was deleted: then it is the number of rows that were written.
    question = "SELECT table_name, estimated_size FROM duckdb_tables() WHERE NOT internal"
    with opened(path, read_only=True, settings=SEALED) as connection:
        return dict(connection.execute(question).fetchall())


@contextmanager
def _interrupted_after(seconds: float, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    timer = threading.Timer(seconds, connection.interrupt)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # so that it never interrupts a closed connection


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names that stand there twice told apart as DuckDB does it in a subquery: `a`, `a_1`."""
    seen: list[str] = []
    for name in names:
        numbered = (f"{name}_{n}" for n in count(1))
        seen.append(name if name not in seen else next(n for n in numbered if n not in seen))
    return tuple(seen)


def _refused(message: str) -> PimError:
    # The sign below a place in the query points nowhere once all stands on one line.
    message = "\n".join(line for line in message.splitlines() if line.strip(" ^"))
    return PimError(
        "PIM-WH-004",
        Text("Nie można wykonać zapytania.", "The query cannot be run."),
        why=Text(f"DuckDB odpowiada: {message}", f"DuckDB says: {message}"),
        fix=Text(
            "Sprawdź nazwy: „SHOW TABLES” wypisze tabele, „DESCRIBE nazwa” ich kolumny, "
            "a tabela _slownik wyjaśnia każdą kolumnę.",
            "Check the names: 'SHOW TABLES' lists tables, 'DESCRIBE name' their columns, and "
            "the table _dictionary explains every column.",
        ),
        exit_code=Exit.USAGE,
    )


def _not_one_question() -> PimError:
    return PimError(
        "PIM-WH-004",
        Text(
            "Można zadać tylko jedno zapytanie, które czyta dane.",
            "Only one query that reads data can be asked.",
        ),
        fix=Text(
            "Zostaw jedno polecenie SELECT (lub FROM, DESCRIBE, SUMMARIZE, EXPLAIN).",
            "Leave one SELECT statement (or FROM, DESCRIBE, SUMMARIZE, EXPLAIN).",
        ),
        exit_code=Exit.USAGE,
    )


def _too_long(seconds: float) -> PimError:
    return PimError(
        "PIM-WH-004",
        Text("Zapytanie trwało zbyt długo.", "The query took too long."),
        why=Text("Limit czasu: {seconds:g} s.", "Time limit: {seconds:g} s.").fill(seconds=seconds),
        fix=Text(
            "Zawęź zapytanie (WHERE, LIMIT) albo otwórz plik w DuckDB w trybie tylko do odczytu.",
            "Narrow the query (WHERE, LIMIT), or open the file in DuckDB in read-only mode.",
        ),
        exit_code=Exit.USAGE,
    )
