"""Units asked one after the other; their values written out in pieces, then merged."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from schemas.errors import PimError
from schemas.files import scratch_folder
from sources.bdl.client import BdlClient
from sources.bdl.due import Task
from sources.bdl.merging import merge_into
from sources.bdl.observations import joined, observations_of
from sources.bdl.revisions import Counts
from sources.bdl.shapes import UnitData, Variable
from sources.bdl.store import ASKED, BdlStore

RESUME_SECONDS = 12 * 3_600.0
"""A run that begins this soon after one that broke off uses the answers that it had."""
FLUSH_ROWS = 200_000
"""Captured rows held in memory, about 40 MiB."""

_NO_SUCH_UNIT = "PIM-BDL-004"


def capture_all(
    client: BdlClient,
    store: BdlStore,
    tasks: Iterable[Task],
    variables: Mapping[int, Variable],
    today: date,
) -> tuple[Counts, list[str]]:
    """Ask all tasks and merge what came into the kept observations, subject by subject.

    Gives what came of it, and units that the service does not know. Raises what the client
    raises; nothing is merged then.
    """
    asked: list[pl.DataFrame] = []
    refused: list[str] = []
    with scratch_folder(store.folder / "capture") as scratch:
        pieces = _Pieces(scratch, variables)
        for task in tasks:
            try:
                data = client.data_by_unit(
                    task.city.unit_id, task.variable_ids, fresh=RESUME_SECONDS
                )
            except PimError as error:
                if error.code != _NO_SUCH_UNIT:
                    raise
                refused.append(task.city.unit_id)
                continue
            rows = observations_of(task.city, data)
            pieces.add(rows)
            asked.append(_asked(task, data, rows, today))
        pieces.flush()
        counts = Counts()
        for subject_id, paths in sorted(pieces.paths.items()):
            counts += merge_into(store.observations(subject_id), paths)
    if asked:
        store.save_asked(pl.concat(asked))
    return counts, refused


class _Pieces:
    """Captured rows on their way to files, one folder a subject."""

    def __init__(self, folder: Path, variables: Mapping[int, Variable]) -> None:
        self._folder = folder
        self._subjects = pl.DataFrame(
            {
                "variable_id": list(variables),
                "subject_id": [one.subject_id for one in variables.values()],
            },
            schema={"variable_id": pl.Int64, "subject_id": pl.String},
        )
        self._waiting: list[pl.DataFrame] = []
        self._rows = 0
        self.paths: dict[str, list[Path]] = {}

    def add(self, rows: pl.DataFrame) -> None:
        """Take rows; write when there are many."""
        self._waiting.append(rows)
        self._rows += rows.height
        if self._rows >= FLUSH_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        rows = joined(self._waiting).join(self._subjects, on="variable_id")
        for (subject_id,), part in rows.group_by("subject_id", maintain_order=True):
            paths = self.paths.setdefault(str(subject_id), [])
            paths.append(self._folder / f"{subject_id}-{len(paths)}.parquet")
            part.drop("subject_id").write_parquet(paths[-1])
        self._waiting, self._rows = [], 0


def _asked(task: Task, data: UnitData, rows: pl.DataFrame, today: date) -> pl.DataFrame:
    """The note that a unit was asked; without a date of the source where nothing came."""
    dates = dict(rows.group_by("variable_id").agg(pl.col("source_date").first()).rows())
    return pl.DataFrame(
        [(data.unit_id, number, dates.get(number), today) for number in task.variable_ids],
        schema=dict(ASKED),
        orient="row",
    )
