"""Accepted and rejected rows at rest: one Parquet file a table, written whole or not at all."""

import io
from functools import lru_cache
from pathlib import Path

import polars as pl

from schemas.errors import PimError
from schemas.files import replacing
from schemas.parquet import row_count
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import ORIGIN, REJECTED_SCHEMA
from warehouse.folder import DataFolder, nothing_built

REJECTED_SHOWN = 100_000
"""Rejected lines of one table that are shown and logged. A source that changed its form may have
millions, all with the same reason: reports count them all, and the file of the table holds them."""
_NONE_REJECTED = pl.DataFrame(schema=REJECTED_SCHEMA)
_SMALL_BYTES = 1 << 20
"""Files up to this size stay in memory once read."""


def table_path(folder: DataFolder, table: type[Table]) -> Path:
    """Where the accepted rows of a table lie."""
    return folder.tables / f"{table.name}.parquet"


def rejected_path(folder: DataFolder, table: type[Table]) -> Path:
    """Where the rejected rows of a table lie; no file where none was rejected."""
    return folder.rejected / f"{table.name}.parquet"


def store_table(
    folder: DataFolder, table: type[Table], accepted: pl.DataFrame, rejected: pl.DataFrame
) -> bool:
    """Keep what the gate said of a table; True where a file changed.

    `accepted` has the declared columns, typed, then `_source` and `_place`, and is kept in
    key order; `rejected` has the shape of `REJECTED_SCHEMA`. The same rows leave the files
    untouched. Raises PimError `PIM-WH-008` where a frame has another shape.
    """
    shape = {**table.schema(), **dict.fromkeys(ORIGIN, pl.String())}
    require_shape(accepted.schema, shape, table.name, exact=True)
    keyed = accepted.sort([column.name for column in table.key]) if table.key else accepted
    # Both are written, whatever the first one says.
    changed = [
        store_rejected(folder, table, rejected),
        _write(table_path(folder, table), keyed.select(list(shape))),
    ]
    return any(changed)


def store_rejected(folder: DataFolder, table: type[Table], rejected: pl.DataFrame) -> bool:
    """Keep only the rejected rows, for a table that was stopped; True where a file changed.

    The accepted rows stay those of the last good build. Errors as in `store_table`.
    """
    require_shape(rejected.schema, REJECTED_SCHEMA, f"{table.name} (rejected)", exact=True)
    path = rejected_path(folder, table)
    if rejected.is_empty():
        # No file: seventy empty ones, written and read again, took half a second of a build.
        there = path.is_file()
        path.unlink(missing_ok=True)
        return there
    return _write(path, rejected.select(list(REJECTED_SCHEMA)))


def keep_judged(
    folder: DataFolder, table: type[Table], accepted: Path, rejected: Path, *, blocked: bool
) -> None:
    """Take over the two files that the gate wrote of a table longer than memory.

    They lie in the same file system. Of a table that was stopped only the rejected rows are
    kept, as in `store_rejected`; no file where none was rejected.
    """
    if row_count(rejected):
        _take(rejected, rejected_path(folder, table))
    else:
        rejected_path(folder, table).unlink(missing_ok=True)
    if not blocked:
        _take(accepted, table_path(folder, table))


def _take(found: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    found.replace(target)


def scan_table(folder: DataFolder, table: type[Table]) -> pl.LazyFrame:
    """The same rows as `load_table`, to be read in pieces; errors as there."""
    path = table_path(folder, table)
    if not path.is_file():
        raise nothing_built(path)
    rows = pl.scan_parquet(path, glob=False)
    require_shape(rows.collect_schema(), table.schema(), table.name)
    return rows


def load_table(folder: DataFolder, table: type[Table]) -> pl.DataFrame:
    """The accepted rows of a table, as `store_table` kept them, `_source` and `_place` last.

    Raises PimError `PIM-WH-006` where there are none yet, `PIM-WH-008` where they were kept
    by a version that declared the table differently.
    """
    frame = _read(table_path(folder, table))
    require_shape(frame.schema, table.schema(), table.name)
    return frame


def load_rejected(
    folder: DataFolder, table: type[Table], most: int = REJECTED_SHOWN, *, row_key: str = ""
) -> pl.DataFrame:
    """The rejected rows of a table (`REJECTED_SCHEMA`), the first `most`.

    With `row_key` those of one key, wherever they stand.
    None where it was never built. Raises PimError `PIM-WH-008` where they were kept by a version
    of another shape.
    """
    path = rejected_path(folder, table)
    if not path.is_file():
        return _NONE_REJECTED
    rows = pl.scan_parquet(path, glob=False)
    require_shape(rows.collect_schema(), REJECTED_SCHEMA, f"{table.name} (rejected)")
    if row_key:
        rows = rows.filter(pl.col("row_key") == row_key)
    return rows.head(most).collect()


def require_shape(
    found: pl.Schema, expected: dict[str, pl.DataType], where: str, *, exact: bool = False
) -> None:
    """Raise PimError `PIM-WH-008` where expected columns are missing or have another type.

    With `exact`, columns beyond the expected ones are an error too.
    """
    wrong = [
        f"{name}: {found.get(name) or '-'} (≠ {dtype})"
        for name, dtype in expected.items()
        if found.get(name) != dtype
    ]
    if exact:
        wrong += [f"{name}: {found[name]} (≠ -)" for name in found if name not in expected]
    if not wrong:
        return
    columns = "; ".join(wrong)
    raise PimError(
        "PIM-WH-008",
        Text(
            "Wiersze tabeli mają inne kolumny niż jej deklaracja.",
            "The rows of the table have other columns than its declaration.",
        ),
        where=where,
        why=Text(f"Kolumny: {columns}.", f"Columns: {columns}."),
        fix=Text(
            "Uruchom „pim build”: zbuduje tabelę od nowa.",
            "Run 'pim build': it makes the table anew.",
        ),
    )


def _write(path: Path, frame: pl.DataFrame) -> bool:
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd")
    content = buffer.getvalue()
    if path.is_file() and path.read_bytes() == content:
        return False
    with replacing(path) as temporary:
        temporary.write_bytes(content)
    return True


def _read(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise nothing_built(path)
    now = path.stat()
    if now.st_size > _SMALL_BYTES:
        return _opened(path)
    return _opened_once(path, now.st_ino, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=256)
def _opened_once(path: Path, _inode: int, _changed: int, _size: int) -> pl.DataFrame:
    """A small file is read once as long as it is the same: a build asks for some five times."""
    return _opened(path)


def _opened(path: Path) -> pl.DataFrame:
    # Through a handle: as a path, brackets and stars in it would be taken for a pattern.
    with path.open("rb") as handle:
        return pl.read_parquet(handle)
