"""What the operating system would not do: no mistake of the program, and nobody's data are bad."""

import errno
import os

from schemas.errors import Exit, PimError
from schemas.text import Text

_SAID = (
    *map(
        os.strerror,
        (
            errno.EACCES,
            errno.EPERM,
            errno.EROFS,
            errno.ENOSPC,
            errno.EDQUOT,
            errno.EFBIG,
            errno.EIO,
            errno.EISDIR,
            errno.ENOTDIR,
        ),
    ),
    # SQLite, in which Dagster keeps its record, has words of its own.
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
)


def refused_by_system(told: str, where: str = "") -> PimError | None:
    """The error `PIM-RUN-004` where a message says that the disk or its permissions are to blame.

    Polars, DuckDB and SQLite each wrap such an answer in an error of their own, but all of them
    quote it. None for any other message.
    """
    if not any(said in told for said in _SAID):
        return None
    return PimError(
        "PIM-RUN-004",
        Text(
            "System nie pozwolił odczytać albo zapisać pliku.",
            "The system would not read or write a file.",
        ),
        where=where,
        why=Text(told, told),
        fix=Text(
            "Sprawdź uprawnienia i wolne miejsce na dysku, a potem powtórz polecenie. Po "
            "przerwanym poleceniu nie trzeba sprzątać.",
            "Check permissions and free disk space, then repeat the command. Nothing needs to be "
            "cleaned up after the one that stopped.",
        ),
        exit_code=Exit.USAGE,
    )
