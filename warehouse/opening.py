"""How every DuckDB file of the project is opened, and what is said when it cannot be."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.folder import nothing_built

STORAGE = "v1.2.0"
"""Storage version that DuckDB 1.2 and later and the browser build can read."""

BLOCK_SIZE = 16384
"""Smallest block: a warehouse of thirty small tables takes a tenth of the default's bytes."""

CLOSED_NETWORK: Mapping[str, str] = {
    # DuckDB would fetch extensions from the network on its own; a build must not.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Names in SQL are tables, never variables of the Python that runs it.
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
}
"""Settings of every connection."""


@contextmanager
def opened(
    path: Path, *, read_only: bool, settings: Mapping[str, str] = CLOSED_NETWORK
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a DuckDB file, closed at the end of the block.

    Closing matters: DuckDB gives one process its old database again, even after the file
    was replaced, while any connection to it is open. Raises PimError `PIM-WH-006` (read, and
    no such file), `PIM-WH-003` (held by another process), `PIM-WH-009` (not readable).
    """
    if read_only and not path.is_file():
        raise nothing_built(path)
    try:
        connection = duckdb.connect(path, read_only=read_only, config=dict(settings))
    except (duckdb.IOException, duckdb.SerializationException) as error:
        raise _not_opened(path, str(error)) from error
    try:
        yield connection
    finally:
        connection.close()


def _not_opened(path: Path, message: str) -> PimError:
    if "lock" not in message.lower():
        return PimError(
            "PIM-WH-009",
            Text("Nie można odczytać pliku DuckDB.", "The DuckDB file cannot be read."),
            where=str(path),
            why=Text(f"DuckDB odpowiada: {message}", f"DuckDB says: {message}"),
            fix=Text(
                "Plik mógł powstać w nowszej wersji DuckDB albo jest uszkodzony. Hurtownię "
                "odtworzy „pim build”; historię (history.duckdb) przywróć z kopii zapasowej.",
                "The file may be damaged or made by a newer DuckDB. 'pim build' makes the "
                "warehouse anew; restore the history (history.duckdb) from a backup.",
            ),
        )
    pid = re.search(r"PID (\d+)", message)
    holder = pid.group(1) if pid else "?"
    return PimError(
        "PIM-WH-003",
        Text("Plik DuckDB jest zajęty.", "The DuckDB file is in use."),
        where=str(path),
        why=Text(
            "Trzyma go otwarty inny proces (PID {pid}).",
            "Another process (PID {pid}) holds it open.",
        ).fill(pid=holder),
        fix=Text(
            "Zamknij ten program i uruchom polecenie ponownie. Do analiz otwieraj "
            "public/pim.duckdb, w trybie tylko do odczytu.",
            "Close that program and run the command again. For analysis open public/pim.duckdb, "
            "in read-only mode.",
        ),
        exit_code=Exit.USAGE,
    )
