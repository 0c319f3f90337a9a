"""Dagster's event log in SQLite, with connections that stay open and events written together.

Dagster makes a new engine and connection for every event and closes it again, which also
copies the write-ahead log into the database each time. A build writes some 700 events: that
takes 8 s. Kept engines take 3 s, and events written together, many in one transaction, 1 s.
`dagster.yaml` names this class; what lies on disk is the same as Dagster's own.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

from dagster import AssetKey, EventLogRecord
from dagster._core.events import (
    ASSET_CHECK_EVENTS,
    ASSET_EVENTS,
    EVENT_TYPE_TO_PIPELINE_RUN_STATUS,
    DagsterEventType,
)
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.base import AssetEntry, AssetRecord
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import (
    INDEX_SHARD_NAME,
    SqliteEventLogStorage,
)
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Engine, create_engine, func, inspect, select
from sqlalchemy import event as engine_event
from sqlalchemy.engine import Connection

if TYPE_CHECKING:
    from dagster._core.storage.sqlite_storage import SqliteStorageConfig

_BUSY_SECONDS = 60
_WAITING_EVENTS = 200
_WAITING_SECONDS = 0.5
"""How many events wait, and how long, to be written together: a page that watches a run shows
them that much later, and a killed run loses no more than these."""
_MIRRORED = {*ASSET_EVENTS, *ASSET_CHECK_EVENTS, *EVENT_TYPE_TO_PIPELINE_RUN_STATUS}


def _without_waiting(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")


def _materialised(event: EventLogEntry) -> AssetKey | None:
    """The asset that an event says was materialised."""
    if event.dagster_event_type is not DagsterEventType.ASSET_MATERIALIZATION:
        return None
    return event.get_dagster_event().asset_key


@dataclass(frozen=True, slots=True)
class _Taken:
    """An event that waits to be written, and its row."""

    event: EventLogEntry
    row: dict[str, object]

    @property
    def materialised(self) -> bool:
        """It says that an asset was materialised: the index has it already."""
        return _materialised(self.event) is not None


class EventLog(SqliteEventLogStorage):
    """`SqliteEventLogStorage` with one engine for each of its database files."""

    @classmethod
    def from_config_value(  # type: ignore[override]  # as Dagster's own class overrides its base
        cls, inst_data: ConfigurableClassData | None, config_value: "SqliteStorageConfig"
    ) -> Self:
        """Make the storage that `dagster.yaml` names; Dagster's own makes its own class."""
        return cls(inst_data=inst_data, **config_value)

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, Engine] = {}
        self._waiting: list[_Taken] = []
        # The connections of the batch that is being written, by database file.
        self._batch: dict[str, Connection] = {}
        # All that the index says of assets, from the moment that this process runs a job.
        self._records: dict[AssetKey, AssetRecord] | None = None
        self._filled: set[str] = set()
        super().__init__(base_dir, inst_data)
        # Dagster's own lock may not be taken twice, as a write on the way to a read does.
        self._db_lock = threading.RLock()  # type: ignore[assignment]  # of the same use

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            engine = create_engine(
                self.conn_string_for_shard(shard), connect_args={"timeout": _BUSY_SECONDS}
            )
            # With a write-ahead log, a crash of the machine loses the last events and no more.
            engine_event.listen(engine, "connect", _without_waiting)
            self._engines[shard] = engine
        return self._engines[shard]

    @cached_property
    def _tables(self) -> set[str]:
        return set(inspect(self._engine(INDEX_SHARD_NAME)).get_table_names())

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; asked for every asset check."""
        return table_name in self._tables

    def _has_asset_key_index_cols_on_connection(self, conn: Connection) -> bool:  # noqa: ARG002
        # Asked for every asset event; the columns are in every index that this Dagster makes.
        return True

    def store_event(self, event: EventLogEntry) -> None:
        """Take an event; it is written with others, at the latest before anything is read.

        What the index says of a materialisation is asked for by the checks of the same step, so
        that is written at once.
        """
        with self._db_lock:
            taken = _Taken(event, self._event_to_row(event))
            self._waiting.append(taken)
            if taken.materialised:
                with self._writing([INDEX_SHARD_NAME]):
                    self._write_index([taken])
            ends = event.dagster_event_type in EVENT_TYPE_TO_PIPELINE_RUN_STATUS
            late = time.time() - self._waiting[0].event.timestamp > _WAITING_SECONDS
            if ends or late or len(self._waiting) >= _WAITING_EVENTS:
                self._write_waiting()
            if event.dagster_event_type is DagsterEventType.RUN_START:
                found = super().get_asset_records()
                self._records = {record.asset_entry.asset_key: record for record in found}

    def _write_waiting(self) -> None:
        """Write the waiting events in one transaction a database file."""
        waiting = [*self._waiting]
        self._waiting.clear()
        runs = list(dict.fromkeys(taken.event.run_id for taken in waiting))
        with self._writing([*runs, INDEX_SHARD_NAME]):
            for run_id in runs:
                self._insert(run_id, [taken for taken in waiting if taken.event.run_id == run_id])
            self._write_index([taken for taken in waiting if not taken.materialised])

    @contextmanager
    def _writing(self, shards: Sequence[str]) -> Iterator[None]:
        """One transaction in each of these database files, for all that is written meanwhile."""
        with ExitStack() as transactions:
            transactions.callback(self._batch.clear)
            for shard in shards:
                self._batch[shard] = transactions.enter_context(self._transaction(shard))
            yield

    def _write_index(self, events: Sequence[_Taken]) -> None:
        """Write to the index what is asked for across runs."""
        mirrored = [taken for taken in events if taken.event.dagster_event_type in _MIRRORED]
        ids = self._insert(INDEX_SHARD_NAME, mirrored)
        for event_id, taken in zip(ids, mirrored, strict=True):
            self._mirror(event_id, taken.event)

    def _mirror(self, event_id: int, event: EventLogEntry) -> None:
        """Note in the index what an event says of an asset or a check."""
        if event.dagster_event_type in ASSET_CHECK_EVENTS:
            self.store_asset_check_event(event, event_id)
        if event.dagster_event_type in ASSET_EVENTS:
            self.store_asset_event_tags([event], [event_id])
            self.store_asset_event(event, event_id)
            self._remember(event_id, event)

    def _remember(self, event_id: int, event: EventLogEntry) -> None:
        """Keep at hand what an event says was materialised.

        A run plans its assets before it starts, so each was known then.
        """
        key = _materialised(event)
        if key is None or self._records is None or key not in self._records:
            return
        entry = AssetEntry(
            asset_key=key,
            last_materialization_record=EventLogRecord(event_id, event),
            last_run_id=event.run_id,
        )
        self._records[key] = AssetRecord(
            storage_id=self._records[key].storage_id, asset_entry=entry
        )

    def _insert(self, shard: str, events: Sequence[_Taken]) -> range:
        """Insert events into the batch's file of a shard; return the ids that they got."""
        if not events:
            return range(0)
        connection = self._batch[shard]
        connection.execute(SqlEventLogStorageTable.insert(), [taken.row for taken in events])
        # Nobody else writes before the transaction ends, so the ids follow one another.
        last = connection.execute(select(func.max(SqlEventLogStorageTable.c.id))).scalar_one()
        return range(last - len(events) + 1, last + 1)

    def get_asset_records(
        self, asset_keys: Sequence[AssetKey] | None = None
    ) -> Sequence[AssetRecord]:
        """What is known of assets; every step of a run asks for all that it builds on.

        A process that runs a job reads that once and then keeps it at hand: it holds the lock
        of the data folder, so nobody else materialises anything.
        """
        with self._db_lock:
            if self._records is None or asset_keys is None:
                return super().get_asset_records(asset_keys)
            return [self._records[key] for key in asset_keys if key in self._records]

    def has_secondary_index(self, name: str) -> bool:
        """Whether a table of the index is filled; asked for with every asset, never undone."""
        if name not in self._filled and super().has_secondary_index(name):
            self._filled.add(name)
        return name in self._filled

    @contextmanager
    def _transaction(self, shard: str) -> Iterator[Connection]:
        engine = self._engine(shard)
        if shard not in self._initialized_dbs:
            self._initdb(engine)
            self._initialized_dbs.add(shard)
        with engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard in self._batch:
                yield self._batch[shard]
                return
            if self._waiting:
                self._write_waiting()
            with self._transaction(shard) as connection:
                yield connection

    def dispose(self) -> None:
        """Write what waits, and close every connection; called when the instance is left."""
        with self._db_lock:
            if self._waiting:
                self._write_waiting()
        for engine in self._engines.values():
            engine.dispose()
        super().dispose()
