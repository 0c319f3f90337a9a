"""A DuckDB file, built new from rows at rest and swapped in by rename.

The same function builds the analysts' file and the working warehouse. Whoever has the old
file open keeps reading it; whoever opens it next sees the new one.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from schemas.arrow import register
from schemas.derive.ddl import (
    columns_of,
    comments,
    create_table,
    literal,
    polish_view,
    quoted,
)
from schemas.errors import PimError
from schemas.files import replacing
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import ORIGIN
from warehouse.about import CodeLists, Dictionary, Meta, code_rows, dictionary_rows, meta_rows
from warehouse.opening import BLOCK_SIZE, CLOSED_NETWORK, STORAGE
from warehouse.tables import require_shape

Rows = Path | pl.DataFrame
"""Rows of a table: a Parquet file of `warehouse.tables`, or a frame of the same shape."""

ABOUT: tuple[type[Table], ...] = (Meta, Dictionary, CodeLists)

MACROS = {
    # DuckDB's strip_accents leaves the one Polish letter that is no accent: ł.
    "bez_ogonkow": "CREATE MACRO bez_ogonkow(s) AS translate(strip_accents(lower(s)), 'ł', 'l')",
}
"""Scalar macros only: table macros break where the file is attached."""


_SMALL_BYTES = 8 << 20
"""Up to here all rows together are few. To look for the best way to compress a thousand columns
of a few rows each takes DuckDB a fifth of a second a file and saves a fifth of 1.5 MB; and to share
such work between threads costs more than the work."""


def assemble(
    target: Path,
    tables: Sequence[type[Table]],
    rows: Mapping[str, Rows],
    *,
    meta: Mapping[str, str],
    origin: bool = False,
) -> None:
    """Build the DuckDB file of these tables at `target`, whole or not at all.

    `rows` holds the rows of each table by its English name; rows come in key order, and as
    they stand where a table has no key. With `origin`, tables whose rows have `_source` and
    `_place` keep them; without it nothing but declared columns gets in. `meta` is the content
    of `_meta`. Everything lies in schema `main`: tables, a Polish view beside each, `_meta`,
    `_dictionary`, `_codes`, and the macro `bez_ogonkow`. Only a file without `origin`, the one
    that is published, has comments.

    Raises one PimError `PIM-WH-005` that names every table that failed; what stood at `target`
    is then untouched.
    """
    problems: list[Text] = []
    about: dict[str, Rows] = {
        Meta.name: meta_rows(meta),
        Dictionary.name: dictionary_rows((*tables, *ABOUT), origin=origin),
    }
    with _collected(CodeLists.name, problems):
        about[CodeLists.name] = code_rows(tables)
    small = sum(map(_size, rows.values())) < _SMALL_BYTES
    with replacing(target) as draft, _new_database(draft, small=small) as connection:
        # One transaction: each costs a flush to disk.
        connection.execute("BEGIN")
        for statement in MACROS.values():
            connection.execute(statement)
        for table in (*tables, *ABOUT):
            with _collected(table.name, problems), _begun_anew(connection):
                _fill(connection, table, {**rows, **about}, origin=origin)
        if problems:
            raise _failed(target, problems)
        connection.execute("COMMIT")
        # A write-ahead log that a killed program left beside the old file is not for this one.
        _log_of(target).unlink(missing_ok=True)


@contextmanager
def _new_database(path: Path, *, small: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose default database is a new file, whole and closed after the block."""
    spill = path.with_name(f"{path.name}.spill")
    connection = duckdb.connect(config={**CLOSED_NETWORK, "temp_directory": str(spill)})
    try:
        if small:
            connection.execute("SET threads = 1; PRAGMA force_compression = 'uncompressed'")
        connection.execute(
            f"ATTACH {literal(str(path))} AS build "
            f"(STORAGE_VERSION '{STORAGE}', BLOCK_SIZE {BLOCK_SIZE})"
        )
        # Names without a schema stay valid under whatever name the file is attached later.
        connection.execute("USE build")
        yield connection
        connection.execute("CHECKPOINT build")
    finally:
        connection.close()
        _log_of(path).unlink(missing_ok=True)
        shutil.rmtree(spill, ignore_errors=True)


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.wal")


@contextmanager
def _collected(name: str, problems: list[Text]) -> Iterator[None]:
    """Note what fails in the block, and go on: all tables are told of at once."""
    try:
        yield
    except PimError as error:
        why = error.why or error.what
        problems.append(Text(f"{name}: {why.pl}", f"{name}: {why.en}"))
    except duckdb.Error as error:
        problems.append(Text(f"{name}: {error}", f"{name}: {error}"))


@contextmanager
def _begun_anew(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """After an error, a new transaction: the draft will not be kept, but the rest is tried."""
    try:
        yield
    except (duckdb.Error, PimError):
        connection.execute("ROLLBACK; BEGIN")
        raise


def _fill(
    connection: duckdb.DuckDBPyConnection,
    table: type[Table],
    rows: Mapping[str, Rows],
    *,
    origin: bool,
) -> None:
    """Create one table with its rows, comments and Polish view."""
    if table.name not in rows:
        raise PimError(
            "PIM-WH-005",
            Text("Nie podano wierszy tabeli.", "No rows of the table were given."),
            fix=Text("Zbuduj tę tabelę.", "Build this table."),
        )
    source = rows[table.name]
    schema = _schema_of(source)
    require_shape(schema, table.schema(), table.name)
    kept = origin and set(ORIGIN) <= set(schema)
    connection.execute(create_table(table, origin=kept))
    names = [column.name for column in columns_of(table, origin=kept)]
    listed = ", ".join(quoted(name) for name in names)
    # Every name is quoted: nothing of a declaration or a path can become a statement.
    insert = f"INSERT INTO {quoted(table.name)} SELECT {listed} FROM "  # noqa: S608
    # Rows of a table longer than memory lie in the order of the key since the gate sorted them;
    # to sort ten million once more takes 16 s.
    order = "" if table.bulk else ", ".join(quoted(column.name) for column in table.key)
    connection.execute(
        insert + _scanned(connection, source) + (f" ORDER BY {order}" if order else "")
    )
    view, *of_view = polish_view(table)
    connection.execute(view)
    # The working warehouse explains itself in `_dictionary`: two thousand comments take DuckDB
    # as long as all rows.
    if not origin:
        connection.execute("; ".join([*comments(table), *of_view]))


def _schema_of(source: Rows) -> pl.Schema:
    if isinstance(source, pl.DataFrame):
        return source.schema
    with source.open("rb") as handle:
        return pl.Schema(pl.read_parquet_schema(handle))


def _size(source: Rows) -> int:
    """About how many bytes the rows take, in memory or in their file."""
    return source.stat().st_size if isinstance(source, Path) else int(source.estimated_size())


def _scanned(connection: duckdb.DuckDBPyConnection, source: Rows) -> str:
    """The rows as something that can stand after FROM."""
    if isinstance(source, pl.DataFrame):
        register(connection, "incoming", source)
        return "incoming"
    # In brackets, so that a bracket, star or question mark in a path is only a character.
    plain = "".join(f"[{sign}]" if sign in "[*?" else sign for sign in str(source))
    return f"read_parquet({literal(plain)})"


def _failed(target: Path, problems: Sequence[Text]) -> PimError:
    return PimError(
        "PIM-WH-005",
        Text("Nie udało się złożyć pliku DuckDB.", "The DuckDB file could not be assembled."),
        where=str(target),
        why=Text(
            "\n".join(problem.pl for problem in problems),
            "\n".join(problem.en for problem in problems),
        ),
        fix=Text(
            "Popraw wymienione tabele, potem uruchom „pim build”.",
            "Mend the tables that are listed, then run 'pim build'.",
        ),
    )
