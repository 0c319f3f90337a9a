"""Everything that a release is made of, handed in by the caller."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exports.publication import Publication
from exports.release.signing import Signer
from exports.release.stamp import Stamp
from exports.release.versions import Version
from exports.release.withdrawal import Withdrawal
from schemas.datasets import DataSet
from schemas.table import Table

DataSets = Sequence[tuple[DataSet, tuple[type[Table], ...]]]


@dataclass(frozen=True)
class Database:
    """What this room may not know itself: how the DuckDB file is read and stamped."""

    content: Callable[[Path], str]
    """One hash for all that the file says."""
    restamp: Callable[[Path, Mapping[str, str]], None]
    """Write these facts into the file, which is ours alone."""


@dataclass(frozen=True)
class Plan:
    """Everything that a release is made of."""

    staging: Path
    """The tree that the build left."""
    rows: Path
    """The publishable rows that it was made of, with codes: `<table>.parquet`."""
    releases: Path
    publication: Publication
    """With the version and the date of the release."""
    datasets: DataSets
    database: Database
    current: Path | None = None
    """The tree of the release that is current; None for the first release."""
    withdrawals: tuple[Withdrawal, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the manifest says further: revision and lock of the snapshots."""
    signer: Signer | None = None

    @property
    def version(self) -> Version:
        """The version of the release. Raises ValueError where the publication has none."""
        found = Version.read(self.publication.version)
        if found is None:
            raise ValueError(self.publication.version)
        return found

    @property
    def stamp(self) -> Stamp:
        """Version and date."""
        return Stamp(self.publication.version, self.publication.date.isoformat())

    @property
    def tables(self) -> tuple[type[Table], ...]:
        """Every published table."""
        return tuple(table for _, tables in self.datasets for table in tables)
