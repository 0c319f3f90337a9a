"""Captures merged into the kept observations of a subject, in bounded memory.

Revisions of one variable do not touch another's, and kept files are sorted by variable. So a
file is read, merged and written some variables at a time, whatever its length.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from schemas.files import replacing, scratch_folder
from sources.bdl.observations import one_city_once
from sources.bdl.reading import scan_kept
from sources.bdl.revisions import REVISED, Counts, merge

BATCH_ROWS = 1_000_000
"""Rows merged at once, about 150 MiB; one variable of all gminas and years has 125 thousand."""


def merge_into(kept: Path, captures: Sequence[Path], *, batch_rows: int = BATCH_ROWS) -> Counts:
    """Merge Parquet files of captured rows into the file of kept ones, which may not exist.

    Captures have the columns of `OBSERVED`, in any order of rows, and may have several units
    for one city; the kept file is replaced whole, and left alone where nothing is new. Raises
    PimError `PIM-BDL-012` where it is damaged.
    """
    before = scan_kept(kept, REVISED)
    fresh = pl.concat([pl.scan_parquet(path, glob=False) for path in captures])
    counts = Counts()
    parts: list[Path] = []
    with scratch_folder(kept) as scratch:
        for first, last in _ranges(before, fresh, batch_rows):
            within = pl.col("variable_id").is_between(first, last)
            merged = merge(
                before.filter(within).collect(), one_city_once(fresh.filter(within).collect())
            )
            counts += merged.counts
            parts.append(scratch / f"{len(parts)}.parquet")
            merged.kept.write_parquet(parts[-1], compression="zstd")
        if counts.new or counts.revised:
            with replacing(kept) as temporary:
                pl.concat([pl.scan_parquet(part, glob=False) for part in parts]).sink_parquet(
                    temporary, compression="zstd"
                )
    return counts


def _ranges(
    before: pl.LazyFrame, fresh: pl.LazyFrame, batch_rows: int
) -> Iterator[tuple[int, int]]:
    """Ranges of variable ids, in order, each with about `batch_rows` rows or one variable."""
    rows = (
        pl.concat([before.select("variable_id"), fresh.select("variable_id")])
        .group_by("variable_id")
        .len()
        .sort("variable_id")
        .collect()
        .rows()
    )
    first, size = None, 0
    last = 0
    for variable_id, count in rows:
        if first is not None and size + count > batch_rows:
            yield first, last
            first, size = None, 0
        first = variable_id if first is None else first
        last = variable_id
        size += count
    if first is not None:
        yield first, last
