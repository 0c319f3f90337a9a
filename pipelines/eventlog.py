"""Dagster's event log in SQLite, with connections that stay open.

Dagster makes a new engine and connection for every event and closes it again, which also
copies the write-ahead log into the database each time. A build writes some 700 events: kept
engines take 3 s where new ones take 8.
`dagster.yaml` names this class; what lies on disk is the same as Dagster's own.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Self

from dagster._core.storage.event_log.sqlite.sqlite_event_log import (
    INDEX_SHARD_NAME,
    SqliteEventLogStorage,
)
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    from dagster._core.storage.sqlite_storage import SqliteStorageConfig

_BUSY_SECONDS = 60


def _without_waiting(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")


class EventLog(SqliteEventLogStorage):
    """`SqliteEventLogStorage` with one engine for each of its database files."""

    @classmethod
    def from_config_value(  # type: ignore[override]  # as Dagster's own class overrides its base
        cls, inst_data: ConfigurableClassData | None, config_value: "SqliteStorageConfig"
    ) -> Self:
        """Make the storage that `dagster.yaml` names; Dagster's own makes its own class."""
        return cls(inst_data=inst_data, **config_value)

    @cached_property
    def _engines(self) -> dict[str, Engine]:
        return {}

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            engine = create_engine(
                self.conn_string_for_shard(shard), connect_args={"timeout": _BUSY_SECONDS}
            )
            # With a write-ahead log, a crash of the machine loses the last events and no more.
            event.listen(engine, "connect", _without_waiting)
            self._engines[shard] = engine
        return self._engines[shard]

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; asked for every asset check."""
        return table_name in inspect(self._engine(INDEX_SHARD_NAME)).get_table_names()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
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
