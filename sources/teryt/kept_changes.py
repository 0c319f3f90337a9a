"""Change files that are kept as snapshots, read: what builds make of them."""

from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path

import polars as pl

from schemas.tables.register import RegisterStates, Terms
from sources.snapshots.provenance import Provenance
from sources.snapshots.store import Store
from sources.teryt.changes import ChangesFile, read_changes
from sources.teryt.sets import SetName


@dataclass(frozen=True, slots=True)
class KeptChanges:
    """A change file and where it came from."""

    file: ChangesFile
    snapshot: Provenance

    @property
    def state_id(self) -> str:
        """Key of `RegisterStates`."""
        return f"{self.snapshot.source}-{self.file.since}-{self.file.until}"


def kept_changes(store: Store, register: SetName) -> tuple[KeptChanges, ...]:
    """The change files of a set in the order of their days; of the same days the newest one.

    Raises PimError `PIM-TRY-…` for a file that cannot be read, `PIM-SNP-003` for a damaged one.
    """
    kept = sorted(store.kept(f"{register.lower()}_changes"), key=lambda one: one.retrieved)
    read = [KeptChanges(_read(store.path(one), one.name), one) for one in kept]
    by_days = {(one.file.until, one.file.since): one for one in read}
    return tuple(by_days[days] for days in sorted(by_days))


def changes_as_states(kept: tuple[KeptChanges, ...]) -> pl.DataFrame:
    """Rows of `RegisterStates` for change files: what the rows made of them are proved by."""
    rows = [
        (
            one.state_id,
            one.snapshot.source,
            one.file.until,
            one.snapshot.file_date,
            one.snapshot.retrieved.astimezone(UTC).replace(tzinfo=None),
            one.snapshot.member,
            one.snapshot.member_sha256,
            one.file.rows,
            Terms.GUS.value,
            None,
        )
        for one in kept
    ]
    return pl.DataFrame(rows, schema=RegisterStates.schema(), orient="row")


@cache
def _read(path: Path, name: str) -> ChangesFile:
    """Snapshots never change, so one reading is enough for all assets of a build."""
    return read_changes(path, name)
