"""Checking a whole package as the public would: every file, every row, every reference.

All rows are looked at by DuckDB in a few scans; frictionless, which keeps every key in memory,
needs 40 to 60 times as long for the same rules. Of short tables DuckDB is only asked about those
that `exports.glance` does not find certainly good.
"""

import codecs
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from exports import sql
from exports.cells import CellCheck, among, cell_checks, header_problem, sql_types, typed
from exports.glance import Glance
from exports.opening import Field, File, damage, open_package
from schemas.errors import PimError
from schemas.text import Text

_PIECE = 1024 * 1024


@dataclass(frozen=True)
class Problem:
    """Something wrong with a package: the rule, the place, a sentence, how often."""

    rule: str
    place: str
    message: Text
    count: int = 1
    example: str = ""
    """A value that breaks the rule, at most 100 characters of it."""


def _bytes_problems(file: File) -> Iterator[Problem]:
    """UTF-8 without BOM, LF alone as line end, a final line end; read in pieces of 1 MiB."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    place = file.path.name
    last = b""
    with file.path.open("rb") as handle:
        if handle.read(3) == codecs.BOM_UTF8:
            yield Problem("bom", place, Text("Plik ma znacznik BOM.", "The file has a BOM."))
        handle.seek(0)
        while piece := handle.read(_PIECE):
            last = piece
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                message = Text("Plik nie jest w UTF-8.", "The file is not UTF-8.")
                yield Problem("encoding", place, message)
                return
            if b"\r" in piece:
                message = Text("Plik miesza znaki końca wiersza.", "The file mixes its line ends.")
                yield Problem("line_end", place, message)
                return
    if not last.endswith(b"\n"):
        message = Text("Plik jest ucięty.", "The file is cut off.")
        yield Problem("line_end", place, message)


def _header_problems(file: File) -> Iterator[Problem]:
    with file.path.open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle), [])
    if header != [field.name for field in file.fields]:
        message = Text("Nagłówek różni się od opisu.", "The header differs from the description.")
        yield Problem("header", file.path.name, message, example=",".join(header)[:100])
    odd = header_problem(header)
    if odd is not None:
        yield Problem("header", file.path.name, odd, example=",".join(header)[:100])


def _rows(file: File) -> str:
    """The SQL that reads the cells of a CSV as text, exactly as they are."""
    columns = ", ".join(f"{sql.literal(field.name)}: 'VARCHAR'" for field in file.fields)
    names = ", ".join(sql.literal(field.name) for field in file.fields)
    return (
        f"read_csv({sql.one_file(file.path)}, auto_detect = false, header = true, delim = ',', "
        f"quote = '\"', escape = '\"', strict_mode = true, columns = {{{columns}}}, "
        f"force_not_null = [{names}])"
    )


@dataclass(frozen=True)
class _Content:
    """What two files of the same rows agree on."""

    rows: int
    hash: int
    """The sum of the hashes of all rows, as typed values."""


def _content(values: Iterable[str]) -> str:
    """The two SQL aggregates of a `_Content`."""
    return f"count(*), sum(CAST(hash({', '.join(values)}) AS HUGEINT))"


def _cells(connection: duckdb.DuckDBPyConnection, file: File) -> tuple[_Content, list[Problem]]:
    """Read a CSV once for all questions about its cells."""
    signs = tuple(sign for sign in file.missing if sign)
    columns = ", ".join(sql.name(field.name) for field in file.fields)
    checks = [check for field in file.fields for check in cell_checks(file, field)]
    bad = " OR ".join(f"({check.bad})" for check in checks)
    parts = [
        _content(typed(field, file) for field in file.fields),
        f"count(*) FILTER (WHERE {bad})",
        *(f"count(*) FILTER (WHERE {sql.literal(sign)} IN ({columns}))" for sign in signs),
    ]
    query = f"SELECT {', '.join(parts)} FROM {_rows(file)}"  # noqa: S608  # quoted names
    rows, content, suspect, *used = connection.execute(query).fetchall()[0]
    problems = [*_bad_cells(connection, file, checks)] if suspect else []
    message = Text(
        "Zadeklarowano znak umowny, którego w pliku nie ma.",
        "A special sign is declared that does not stand in the file.",
    )
    problems += [
        Problem("unused_sign", file.path.name, message, example=sign)
        for sign, count in zip(signs, used, strict=True)
        if not count
    ]
    return _Content(rows, content or 0), problems


def _bad_cells(
    connection: duckdb.DuckDBPyConnection, file: File, checks: Sequence[CellCheck]
) -> Iterator[Problem]:
    """Which checks the cells break.

    Asked only when they break one: a query with two aggregates a check takes DuckDB 70 ms to
    plan, far longer than one condition for all of them.
    """
    parts = [
        f"count(*) FILTER (WHERE {check.bad}), "
        f"min({sql.name(check.field.name)}) FILTER (WHERE {check.bad})"
        for check in checks
    ]
    query = f"SELECT {', '.join(parts)} FROM {_rows(file)}"  # noqa: S608  # quoted names
    found = connection.execute(query).fetchall()[0]
    for check, count, example in zip(checks, found[0::2], found[1::2], strict=True):
        if count:
            place = f"{file.path.name}: {check.field.name}"
            yield Problem(check.rule, place, check.message, int(count), str(example)[:100])


def _key(file: File) -> list[Field]:
    fields = [field for field in file.fields if field.name in file.key]
    return sorted(fields, key=lambda field: file.key.index(field.name))


def _key_problems(
    connection: duckdb.DuckDBPyConnection, place: str, key: Iterable[str], rows: str
) -> Iterator[Problem]:
    """Sorted and unique by key: every key must be above the one before it.

    `key` and `rows` are the SQL of its values and of where they stand.
    """
    here = f"row({', '.join(key)})"
    # DuckDB keeps the order of the file, so `lag` without an order is the row above.
    pairs = f"SELECT {here} AS here__, lag(here__) OVER () AS above__ FROM {rows}"  # noqa: S608
    query = (
        "SELECT count(*) FILTER (WHERE here__ = above__), "  # noqa: S608
        "count(*) FILTER (WHERE here__ < above__), "
        f"CAST(min(here__) FILTER (WHERE here__ <= above__) AS VARCHAR) FROM ({pairs})"
    )
    doubled, unsorted, example = connection.execute(query).fetchall()[0]
    if doubled:
        message = Text("Klucz się powtarza.", "The key is repeated.")
        yield Problem("key", place, message, doubled, str(example)[:100])
    if unsorted:
        message = Text(
            "Wiersze nie są posortowane według klucza.", "Rows are not sorted by the key."
        )
        yield Problem("order", place, message, unsorted, str(example)[:100])


def _reference_problems(
    connection: duckdb.DuckDBPyConnection, file: File, files: dict[str, File]
) -> Iterator[Problem]:
    for column, resource, target in file.foreign:
        place = f"{file.path.name}: {column}"
        parent = files.get(resource or file.name)
        if parent is None or target not in {field.name for field in parent.fields}:
            message = Text(
                "Klucz obcy wskazuje tabelę lub kolumnę, której nie ma w paczce.",
                "A foreign key points to a table or column that is not in the package.",
            )
            yield Problem("foreign_key", place, message, example=f"{resource}.{target}")
            continue
        name, other = sql.name(column), sql.name(target)
        # Not as a join: of two CSV files DuckDB may keep the longer one in memory.
        query = (
            f"SELECT count(*), min({name}) FROM {_rows(file)} "  # noqa: S608  # quoted names
            f"WHERE {name} NOT IN {among(file.missing)} "
            f"AND {name} NOT IN (SELECT {other} FROM {_rows(parent)})"
        )
        count, example = connection.execute(query).fetchall()[0]
        if count:
            message = Text(
                "Wartości nie ma w tabeli „{table}”.", "The value is not in table '{table}'."
            ).fill(table=parent.name)
            yield Problem("foreign_key", place, message, int(count), str(example)[:100])


def _twin_problems(
    connection: duckdb.DuckDBPyConnection, twin: File, csvs: list[tuple[File, _Content]]
) -> Iterator[Problem]:
    """CSV and Parquet must hold the same rows: compared by the sum of the rows' hashes.

    A long table has several CSV files, which hold the rows of its Parquet file together. That no
    key stands in two of them is seen there.
    """
    first = csvs[0][0]
    place, rows = twin.path.name, sql.parquet(twin.path)
    types = sql.types(connection, twin.path)
    if any(types != sql_types(file) for file, _ in csvs):
        message = Text(
            "Kolumny pliku Parquet albo ich typy są inne niż w CSV.",
            "Columns of Parquet, or their types, differ from CSV.",
        )
        yield Problem("parquet", place, message)
        return
    query = f"SELECT {_content(sql.name(name) for name, _ in types)} FROM {rows}"  # noqa: S608  # quoted names
    count, hashes = connection.execute(query).fetchall()[0]
    told = sum(content.rows for _, content in csvs), sum(content.hash for _, content in csvs)
    if (count, hashes or 0) != told:
        message = Text("Plik Parquet ma inną treść niż CSV.", "Parquet has other content than CSV.")
        yield Problem("parquet", place, message)
    elif len(csvs) > 1:
        key = (sql.name(field.name) for field in _key(first))
        yield from _key_problems(connection, place, key, rows)


def _table_problems(
    connection: duckdb.DuckDBPyConnection,
    file: File,
    files: dict[str, File],
    glance: Glance,
    contents: dict[Path, list[tuple[File, _Content]]],
) -> Iterator[Problem]:
    """What is wrong with one CSV; what was seen of a good one is added to `contents`."""
    problems = [*_bytes_problems(file)]
    if not problems:
        problems += _header_problems(file)
    yield from problems
    if problems:
        return
    try:
        if glance.good(connection, file):
            return
        content, bad_cells = _cells(connection, file)
        yield from bad_cells
        key = (typed(field, file) for field in _key(file))
        yield from _key_problems(connection, file.path.name, key, _rows(file))
        yield from _reference_problems(connection, file, files)
        if not bad_cells:
            contents.setdefault(file.parquet, []).append((file, content))
    except duckdb.Error as error:
        yield _unreadable(file, error)


def _parquet_problems(
    connection: duckdb.DuckDBPyConnection,
    files: dict[str, File],
    contents: dict[Path, list[tuple[File, _Content]]],
) -> Iterator[Problem]:
    """What is wrong with Parquet files whose CSV files are all good."""
    parts = Counter(file.parquet for file in files.values() if file.fields)
    for twin in files.values():
        seen = contents.get(twin.path, [])
        if twin.fields or not seen or len(seen) < parts[twin.path]:
            continue
        try:
            yield from _twin_problems(connection, twin, seen)
        except duckdb.Error as error:
            yield _unreadable(seen[0][0], error)


def _unreadable(file: File, error: duckdb.Error) -> Problem:
    message = Text("Pliku nie da się odczytać jako tabeli.", "The file cannot be read as a table.")
    first = str(error).split("\n", maxsplit=1)[0]
    return Problem("structure", file.path.name, message, example=first[:100])


def check_package(
    folder: Path, *, within: duckdb.DuckDBPyConnection | None = None
) -> list[Problem]:
    """Everything that is wrong with the package in `folder`; an empty list is a good one.

    Looks at sizes and sha256, bytes and line ends, headers, every cell (special signs, forms,
    lists, patterns, ranges, formulas), key, order, foreign keys, and whether CSV and Parquet
    hold the same. Never raises for a bad package. Memory stays bounded for any size. `within`
    is a DuckDB engine that is running already (`exports.sql.session`).
    """
    try:
        files = {file.name: file for file in open_package(folder)}
    except PimError as error:
        return [Problem(error.code, error.where, error.what)]
    found = [
        Problem("damaged", file.path.name, message)
        for file in files.values()
        if (message := damage(file)) is not None
    ]
    if found:
        return found
    glance = Glance(files)
    with sql.session(folder / ".spill", within=within) as connection:
        contents: dict[Path, list[tuple[File, _Content]]] = {}
        for file in files.values():
            if file.fields:
                found += _table_problems(connection, file, files, glance, contents)
        found += _parquet_problems(connection, files, contents)
    return found
