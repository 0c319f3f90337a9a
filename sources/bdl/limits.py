"""The call limits of the Local Data Bank, kept on disk and shared by all processes and runs.

Four windows slide at once. Every call is written down before it is made, under the lock of an
SQLite file, so two processes never spend the same call, and a run that is killed has spent
what it has spent. Who calls is known only as "anonymous" or "keyed": the key is not kept.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sources.bdl.file_refusals import limits_unreadable
from sources.bdl.refusals import limit_reached

Clock = Callable[[], float]
"""Seconds since 1970, as `time.time` gives them."""
Sleep = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Window:
    """So many calls in so many seconds."""

    name: str
    seconds: int
    calls: int


ANONYMOUS = (
    Window("1 s", 1, 5),
    Window("15 min", 900, 100),
    Window("12 h", 43_200, 1_000),
    Window("7 d", 604_800, 10_000),
)
KEYED = (
    Window("1 s", 1, 10),
    Window("15 min", 900, 500),
    Window("12 h", 43_200, 5_000),
    Window("7 d", 604_800, 50_000),
)

_TABLES = """
CREATE TABLE IF NOT EXISTS calls (who TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS calls_by_time ON calls (who, at);
CREATE TABLE IF NOT EXISTS holds (who TEXT PRIMARY KEY, until REAL NOT NULL);
"""
_LOCK_SECONDS = 30.0
"""A call is written in a millisecond; whoever waits this long waits for something broken."""


class Limiter:
    """Hands out calls so that no window is ever exceeded; see the module."""

    def __init__(
        self,
        path: Path,
        *,
        keyed: bool,
        max_wait: float = 3_600.0,
        clock: Clock = time.time,
        sleep: Sleep = time.sleep,
    ) -> None:
        self.max_wait = max_wait
        self.windows: tuple[Window, ...] = KEYED if keyed else ANONYMOUS
        self._who = "keyed" if keyed else "anonymous"
        self._path = path
        self._clock = clock
        self._sleep = sleep

    def take(self) -> float:
        """Wait until one more call is allowed and write it down. Gives the seconds waited.

        Raises PimError `PIM-BDL-008` where that would take longer than `max_wait`.
        """
        waited = 0.0
        while True:
            with self._locked() as connection:
                now = self._clock()
                wait = self._wait(connection, now)
                if wait <= 0:
                    connection.execute("INSERT INTO calls VALUES (?, ?)", (self._who, now))
                    return waited
            if waited + wait > self.max_wait:
                raise limit_reached(self._who, shown(now + wait), "")
            self._sleep(wait)
            waited += wait

    def pause(self, seconds: float) -> None:
        """Wait for another reason than the limits: between two tries of a failing request."""
        self._sleep(seconds)

    def hold_until(self, moment: float) -> None:
        """Allow no call before a moment (seconds since 1970): the service has said so.

        Never longer than the longest window, whatever the service says.
        """
        moment = min(moment, self._clock() + self.windows[-1].seconds)
        with self._locked() as connection:
            connection.execute(
                "INSERT INTO holds VALUES (?, ?) "
                "ON CONFLICT (who) DO UPDATE SET until = max(until, excluded.until)",
                (self._who, moment),
            )

    def now(self) -> float:
        """The time on the limiter's clock."""
        return self._clock()

    def left(self) -> dict[str, int]:
        """Calls that each window still allows now, by its name."""
        with self._locked() as connection:
            now = self._clock()
            return {
                window.name: max(0, window.calls - self._made(connection, now - window.seconds))
                for window in self.windows
            }

    def wait_for(self, calls: int) -> float:
        """Seconds until so many further calls could all have been made, if nobody else calls.

        Plays the windows forward in thought; nothing is taken.
        """
        with self._locked() as connection:
            now = self._clock()
            rows = connection.execute(
                "SELECT min(at, ?) FROM calls WHERE who = ? ORDER BY at", (now, self._who)
            ).fetchall()
            moment = max(now, self._held_until(connection))
        made = [float(at) for (at,) in rows]
        for _ in range(calls):
            for window in self.windows:
                if len(made) >= window.calls:
                    moment = max(moment, made[-window.calls] + window.seconds)
            made.append(moment)
        return moment - now

    def _wait(self, connection: sqlite3.Connection, now: float) -> float:
        """Seconds to the next allowed call, by the fullest window or a hold."""
        longest = self.windows[-1].seconds
        connection.execute("DELETE FROM calls WHERE at <= ?", (now - longest,))
        # A clock that was set back must not make a call of the future block for longer than
        # its window.
        connection.execute("UPDATE calls SET at = ? WHERE at > ?", (now, now))
        waits = [self._held_until(connection) - now]
        for window in self.windows:
            row = connection.execute(
                "SELECT at FROM calls WHERE who = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
                (self._who, window.calls - 1),
            ).fetchone()
            if row is not None:
                waits.append(float(row[0]) + window.seconds - now)
        return max(waits)

    def _made(self, connection: sqlite3.Connection, since: float) -> int:
        row = connection.execute(
            "SELECT count(*) FROM calls WHERE who = ? AND at > ?", (self._who, since)
        ).fetchone()
        return int(row[0])

    def _held_until(self, connection: sqlite3.Connection) -> float:
        row = connection.execute("SELECT until FROM holds WHERE who = ?", (self._who,)).fetchone()
        return 0.0 if row is None else float(row[0])

    @contextmanager
    def _locked(self) -> Iterator[sqlite3.Connection]:
        """The file under its write lock: what is read there stays true until the block ends.

        Raises PimError `PIM-BDL-011` where the file is damaged or cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=_LOCK_SECONDS, isolation_level=None)
        try:
            # No wait for the disk at each call, which took 15 ms of 17: a killed program loses
            # nothing by it, and only a crash of the machine can damage the file.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("BEGIN IMMEDIATE")
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            yield connection
            connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise limits_unreadable(str(self._path), str(error)) from error
        finally:
            connection.close()


def moment_of(text: str) -> float | None:
    """Seconds since 1970 of an ISO time such as `2026-11-05T12:00:00Z`; None if it is none."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()


def shown(moment: float) -> str:
    """A moment for people: UTC, to the minute."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
