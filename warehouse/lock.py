"""A lock that one process holds, that dies with it, and that says who has it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from schemas.errors import Exit, PimError
from schemas.text import Text


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock at `path` for the block; the file exists only meanwhile.

    Never waits: raises PimError `PIM-WH-002`, with pid and start of the holder, when it is
    taken. A file that a killed process left is taken over.
    """
    with _locked(path) as handle:
        handle.truncate(0)
        started = datetime.now(UTC).isoformat(timespec="seconds")
        json.dump({"pid": os.getpid(), "started": started}, handle)
        handle.flush()
        try:
            yield
        finally:
            # Removed while it is still held, so that a build without news leaves no trace.
            path.unlink(missing_ok=True)


def _locked(path: Path) -> TextIO:
    """The lock file, open and locked."""
    while True:
        handle = path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            holder = handle.read()
            handle.close()
            raise _taken(path, holder) from error
        # The last holder may have removed the file between our open and our lock: then we
        # hold a file that nobody else will ever see.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
                return handle
        handle.close()


def _taken(path: Path, holder: str) -> PimError:
    try:
        facts = json.loads(holder)
        pid, started = str(facts["pid"]), str(facts["started"])
    except (ValueError, KeyError, TypeError):
        pid = started = "?"  # the holder has locked the file, and not yet written in it
    return PimError(
        "PIM-WH-002",
        Text(
            "Inny proces buduje teraz dane w tym folderze.",
            "Another process is building data in this folder now.",
        ),
        where=str(path),
        why=Text(
            "Proces {pid}, uruchomiony {started} (czas UTC).",
            "Process {pid}, started {started} (UTC).",
        ).fill(pid=pid, started=started),
        fix=Text(
            "Poczekaj, aż skończy, i uruchom polecenie ponownie. Po przerwanym procesie nie "
            "trzeba niczego usuwać: blokada znika razem z nim.",
            "Wait until it ends and run the command again. Nothing needs to be removed after a "
            "process that was killed: the lock goes with it.",
        ),
        exit_code=Exit.USAGE,
    )
