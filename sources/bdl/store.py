"""The folder of what the Local Data Bank gave: answers, limits and kept observations. Precious.

    answers/                       answers as they came, by sha256; see `sources.bdl.answers`
    limits.sqlite                  calls made; see `sources.bdl.limits`
    variables.parquet              what each line of the list of indicators means now
    asked.parquet                  which units were asked for which variables, and when
    observations/<P…>.parquet      every value with all its revisions, a file a subject: a
                                   variable never moves to another one
    earlier/<sha256>.parquet       what those files were before a fetch: releases are made of it

Every file is replaced whole, so a run that is killed leaves what was good. One run writes at a
time; readers need no lock.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from schemas.files import replacing, second_name, sha256
from schemas.tables.indicator_variables import ValueScope
from sources.bdl.file_refusals import busy
from sources.bdl.reading import scan_kept
from sources.bdl.revisions import REVISED
from sources.bdl.selection import Resolved, labels_of
from sources.bdl.units import GMINA_LEVEL

VARIABLES: Mapping[str, pl.DataType] = {
    "indicator_id": pl.String(),
    "theme": pl.String(),
    "subject_id": pl.String(),
    "selection": pl.String(),
    "resolution": pl.String(),
    "variable_id": pl.Int64(),
    "variable_labels": pl.String(),
    "unit": pl.String(),
    "scope": pl.String(),
    "candidates": pl.List(pl.String()),
    "current": pl.Boolean(),
}
"""What the lines of the list mean, and (not `current`) variables that they meant before: kept
observations hang on those."""
ASKED: Mapping[str, pl.DataType] = {
    "unit_id": pl.String(),
    "variable_id": pl.Int64(),
    "source_date": pl.Date(),
    "asked_on": pl.Date(),
}
"""`source_date` is the last update of the variable when the unit was asked."""

PIECE_ROWS = 250_000
"""Kept rows that a build takes at once, about 40 MiB; as many as the gate judges at once."""
_NO_UNIT = "-"
"""What the service calls the unit of a share or an index."""


def folder_below(snapshots: Path) -> Path:
    """The folder of the store below that of the snapshots; two deep, so that nobody tidies it."""
    return snapshots / "bdl-api" / "v1"


class BdlStore:
    """See the module. `folder` is that of `folder_below`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers = folder / "answers"
        self.limits = folder / "limits.sqlite"
        self._variables = folder / "variables.parquet"
        self._asked = folder / "asked.parquet"

    def variables(self) -> pl.DataFrame:
        """What the lines of the list mean, as `VARIABLES`; empty before the first fetch."""
        return scan_kept(self._variables, VARIABLES).collect()

    def save_variables(self, resolved: Iterable[Resolved]) -> None:
        """Keep what lines of the list mean now; variables that they meant before stay."""
        rows = pl.DataFrame([_row(one) for one in resolved], schema=dict(VARIABLES))
        known = self.variables()
        others = known.join(rows, on="indicator_id", how="anti")
        before = (
            known.filter(pl.col("variable_id").is_not_null())
            .join(rows, on="indicator_id", how="semi")
            .join(rows, on=["indicator_id", "variable_id"], how="anti")
            .with_columns(current=pl.lit(value=False))
        )
        kept = pl.concat([others, before, rows])
        self._write(self._variables, kept.sort("indicator_id", "current", "variable_id"))

    def asked(self) -> pl.DataFrame:
        """Which units were asked for which variables, as `ASKED`."""
        return scan_kept(self._asked, ASKED).collect()

    def save_asked(self, rows: pl.DataFrame) -> None:
        """Note that units were asked for variables."""
        others = self.asked().join(rows, on=["unit_id", "variable_id"], how="anti")
        both = pl.concat([others, rows.select(ASKED.keys())])
        self._write(self._asked, both.sort("unit_id", "variable_id"))

    def observations(self, subject_id: str) -> Path:
        """The file of kept observations of a subject; it may not exist yet."""
        return self.folder / "observations" / f"{subject_id}.parquet"

    def scan(self) -> pl.LazyFrame:
        """All kept observations, as `REVISED`, subject by subject.

        Raises PimError `PIM-BDL-012` where a file is damaged.
        """
        paths = sorted((self.folder / "observations").glob("P*.parquet"))
        nothing = pl.LazyFrame(schema=dict(REVISED))
        return pl.concat([nothing, *(scan_kept(path, REVISED) for path in paths)])

    def pieces(self, rows: int = PIECE_ROWS) -> Iterator[pl.DataFrame]:
        """All kept observations in frames of about so many `rows`; order and errors as in `scan`.

        A variable stands in one file, so in all pieces together rows are in the order of
        `sources.bdl.revisions.ORDER` for each variable.
        """
        for path in sorted((self.folder / "observations").glob("P*.parquet")):
            yield from scan_kept(path, REVISED).collect_batches(
                chunk_size=rows, maintain_order=True
            )

    def read_by_builds(self) -> list[Path]:
        """The files that decide what a build makes of them, in order."""
        kept = sorted((self.folder / "observations").glob("P*.parquet"))
        return [path for path in (self._variables, *kept) if path.is_file()]

    def restore(self, wanted: Mapping[str, str], target: Path) -> list[str]:
        """Link the files of these names and sha256 into the folder of another store.

        Those are what `read_by_builds` gave once; the names of the ones that are lost.
        """
        now = {sha256(path): path for path in self.read_by_builds()}
        lost = []
        for name, digest in wanted.items():
            found = now.get(digest) or self._earlier(digest)
            place = target / ("" if name == self._variables.name else "observations") / name
            if not found.is_file() or place.name != name or sha256(found) != digest:
                lost.append(name)
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            second_name(found, place)
        return lost

    def _earlier(self, digest: str) -> Path:
        return self.folder / "earlier" / f"{digest}.parquet"

    def _remember(self) -> None:
        """Give what builds read so far a second name, which stays when the first is replaced."""
        for path in self.read_by_builds():
            kept = self._earlier(sha256(path))
            if not kept.exists():
                kept.parent.mkdir(exist_ok=True)
                second_name(path, kept)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one run that writes here. Raises PimError `PIM-BDL-013` where another one is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / "refresh.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._clear_leftovers()
            self._remember()
            yield
        except BlockingIOError as error:
            raise busy(str(self.folder)) from error
        finally:
            os.close(handle)

    def _clear_leftovers(self) -> None:
        """Remove what killed runs left; only the holder of the lock may."""
        for path in (*self.folder.glob(".*.tmp"), *self.folder.glob("observations/.*.tmp")):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _write(self, path: Path, frame: pl.DataFrame) -> None:
        with replacing(path) as temporary:
            frame.write_parquet(temporary, compression="zstd")


def _row(one: Resolved) -> dict[str, object]:
    variable = one.variable
    return {
        "indicator_id": one.wanted.indicator_id,
        "theme": one.wanted.theme,
        "subject_id": one.wanted.subject_id,
        "selection": one.wanted.selection,
        "resolution": one.resolution.value,
        "variable_id": variable and variable.id,
        "variable_labels": variable and labels_of(variable),
        "unit": variable.unit_name
        if variable and variable.unit_name not in {"", _NO_UNIT}
        else None,
        "scope": variable
        and (ValueScope.GMINA if variable.level >= GMINA_LEVEL else ValueScope.POWIAT).value,
        "candidates": list(one.candidates),
        "current": True,
    }
