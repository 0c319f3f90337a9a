"""Taking turns: one request to a host in so many seconds, over all processes and runs.

A file a host holds the moment of the next free turn. A process reads it and moves it on while
it holds the file's lock, for microseconds, and waits for its turn without holding anything: so
turns are handed out in order, and a process that is killed costs one turn and no more.
"""

import fcntl
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_STRANGE = re.compile(r"[^a-z0-9.-]")
_LONGEST = 86_400.0
"""Seconds. A turn further away was reserved by a clock that was wrong."""
_Turn = Callable[[float, float], float]
"""From now and the next free turn to the turn that is taken."""


@dataclass(frozen=True)
class Turns:
    """The turns of all hosts, in one folder."""

    folder: Path

    def take(self, host: str, pause: float) -> float:
        """Reserve the next turn at `host`; gives the seconds to wait until then.

        The turn after it is `pause` seconds later.
        """
        return self._move(host, max, pause)

    def put_off(self, host: str, seconds: float) -> None:
        """No turn at `host` before that many seconds from now: the server asked for it."""
        self._move(host, lambda now, free: max(now + seconds, free), 0)

    def waiting(self, host: str) -> float:
        """Seconds until the next free turn; nothing is reserved."""
        path = self._path(host)
        return max(0.0, _moment(path.read_text()) - time.time()) if path.exists() else 0.0

    def _path(self, host: str) -> Path:
        return self.folder / f"{_STRANGE.sub('_', host.lower())}.turn"

    def _move(self, host: str, turn: _Turn, pause: float) -> float:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path(host), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            now = time.time()
            free = _moment(os.read(handle, 64).decode("ascii", "replace"))
            mine = turn(now, free if free < now + _LONGEST else now)
            # Always as long, so that no kill between two writes leaves a mixture of both.
            os.pwrite(handle, f"{mine + pause:020.6f}".encode(), 0)
        finally:
            os.close(handle)
        return mine - now


def _moment(text: str) -> float:
    """The moment in a file of turns, as seconds since 1970; of a damaged file, none."""
    try:
        return float(text)
    except ValueError:
        return 0.0
