"""Dagster's event log in SQLite, with connections that stay open.

Dagster makes a new engine and connection for every event and closes it again, which also
copies the write-ahead log into the database each time. A build writes some 450 events: kept
engines make the whole of it a third faster (9.4 s instead of 16.8 s on two busy cores).
`dagster.yaml` names this class; what lies on disk is the same as Dagster's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Connection

_BUSY_SECONDS = 60


class EventLog(SqliteEventLogStorage):
    """`SqliteEventLogStorage` with one engine for each of its database files."""

    @cached_property
    def _engines(self) -> dict[str, Engine]:
        return {}

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._engines:
                self._engines[shard] = create_engine(
                    self.conn_string_for_shard(shard), connect_args={"timeout": _BUSY_SECONDS}
                )
            engine = self._engines[shard]
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def dispose(self) -> None:
        """Close every connection; called when the instance is left."""
        for engine in self._engines.values():
            engine.dispose()
        super().dispose()
