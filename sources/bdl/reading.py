"""Kept Parquet files, read only as what was written."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from sources.bdl.file_refusals import damaged


def scan_kept(path: Path, schema: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """The rows of a kept file; none where there is no file yet.

    Raises PimError `PIM-BDL-012` where the file is damaged or has other columns.
    """
    if not path.is_file():
        return pl.LazyFrame(schema=dict(schema))
    try:
        found = pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise damaged(str(path)) from error
    if dict(found) != dict(schema):
        raise damaged(str(path))
    return pl.scan_parquet(path, glob=False)
