"""What every asset needs to know: the data folder, the facts, and how results are published."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from assets.ahead import Ahead
from exports.publication import Publication
from exports.validate import Problem
from reconcile.withholding import publishable, publishable_scan
from schemas.errors import PimError
from schemas.files import sha256
from schemas.registry import all_tables
from schemas.table import Table
from sources.bdl.secret import Secret
from sources.facts import read_facts
from sources.snapshots.accepting import Outcome
from sources.snapshots.store import Store
from warehouse.folder import DataFolder
from warehouse.inside import SourceFiles
from warehouse.tables import load_table, scan_table

FETCHING = "pobieranie"
"""The group of assets that go out to the network: the main job leaves them alone."""


def no_refresh(_: str) -> None:
    """For a house without settings, which knows no addresses."""


@dataclass
class House:
    """The Dagster resource `house`. Made from the settings, once a process."""

    folder: DataFolder
    facts: Path
    """Folder of facts files, one `<table>.csv` a table."""
    publication: Publication
    terc: Path | None = None
    """A full TERC file that takes the place of the embedded units."""
    documents: Path | None = None
    """Folder of documents to find facts in."""
    bdl_key: Secret = field(default_factory=Secret)
    """The key to the Local Data Bank; without one fetching is slower."""
    bdl_url: str = ""
    """Another address of its API, for trials; empty: the service's own."""
    previous_rows: Mapping[str, int] = field(default_factory=dict)
    """Rows of each table in the last good build: what a loss is measured against."""
    allow_loss: frozenset[str] = frozenset()
    """Tables that may lose more rows than declared, by the operator's word."""
    errors: dict[str, PimError] = field(default_factory=dict)
    """Errors of this run by asset: collected, so that the end of a run can list them all."""
    checked: set[str] = field(default_factory=set)
    """Tables that passed the gate's hands in this run: only their reports are of this run."""

    refresh: Callable[[str], Outcome | None] = no_refresh
    """Fetch a source by its name if it is due; None where it is not."""
    packing: Ahead[list[Problem]] = field(default_factory=Ahead)
    """Packages that are being written before their step comes."""
    hashing: Ahead[str] = field(default_factory=Ahead)
    """The content hash of the public database, likewise: its manifest has it."""

    _held: bool = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one writer of the data folder; asked again within itself, it just goes on."""
        if self._held:
            yield
            return
        with self.folder.writing():
            self._held = True
            try:
                yield
            finally:
                self.packing.settle()
                self.hashing.settle()
                self._held = False

    def read_facts(self, table: type[Table]) -> pl.DataFrame:
        """The facts file of a table, as text; see `sources.facts.read_facts`."""
        name = f"{table.name}.csv"
        return read_facts(self.facts / name, shown_as=f"{self.facts.name}/{name}")

    def source_files(self) -> pl.DataFrame:
        """Name, sha256 and size of every file that rows may come from."""
        named = {f"{self.facts.name}/{path.name}": path for path in self.facts.glob("*.csv")}
        store = Store(self.folder.snapshots)
        named |= {used.name: store.path(used) for used in store.all_in_use()}
        if self.terc is not None:
            named[self.terc.name] = self.terc
        return pl.DataFrame(
            [(name, sha256(path), path.stat().st_size) for name, path in sorted(named.items())],
            schema=SourceFiles.schema(),
            orient="row",
        )

    def rows_before(self, table: type[Table]) -> int | None:
        """The rows of a table in the last good build, unless it may lose them."""
        return None if table.name in self.allow_loss else self.previous_rows.get(table.name)

    def load(self, tables: Iterable[type[Table]]) -> dict[str, pl.DataFrame]:
        """The accepted frames of tables, from the warehouse.

        Raises ValueError for a table that may be longer than memory: see `scan`.
        """
        wanted = list(tables)
        long = [table.name for table in wanted if table.bulk]
        if long:
            raise ValueError(f"may be longer than memory: {', '.join(long)}")
        return {table.name: load_table(self.folder, table) for table in wanted}

    def scan(self, table: type[Table]) -> pl.LazyFrame:
        """The accepted rows of a table, to be read in pieces."""
        return scan_table(self.folder, table)

    def load_publishable(self, tables: Iterable[type[Table]]) -> dict[str, pl.DataFrame]:
        """The publishable rows of tables: see `reconcile.withholding`."""
        wanted = set(tables)
        needed = _with_references(wanted)
        ordered = [table for table in all_tables() if table in needed]
        kept = publishable(ordered, self.load(ordered))
        return {table.name: kept[table.name] for table in ordered if table in wanted}

    def scan_publishable(self, table: type[Table]) -> pl.LazyFrame:
        """The publishable rows of a table that may be longer than memory, in the same order."""
        referred = [c.references.table for c in table.references if c.references is not None]
        return publishable_scan(table, self.scan(table), self.load_publishable(referred))


def _with_references(tables: Iterable[type[Table]]) -> set[type[Table]]:
    """The tables and everything that they refer to, however far."""
    found: set[type[Table]] = set()
    waiting = list(tables)
    while waiting:
        table = waiting.pop()
        if table not in found:
            found.add(table)
            waiting += [c.references.table for c in table.references if c.references is not None]
    return found
