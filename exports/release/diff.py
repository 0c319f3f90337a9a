"""What changed between two releases, row by row, in bulk: DuckDB joins the old and new Parquet.

The English packages are compared, whose columns have the warehouse's names. Cells are compared
as typed values and shown as the CSV shows them; a missing value is null.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from exports import sql
from schemas.table import Table

ROWS_SHOWN = 2000
"""Rows of each kind that are told of one by one; counts are always of all rows. A page of more
is read by nobody, and whoever needs all has both releases."""

Row = Mapping[str, str | None]


@dataclass(frozen=True)
class Change:
    """A row that was changed."""

    row: Row
    """The row as it is now."""
    cells: Mapping[str, tuple[str | None, str | None]]
    """Old and new value of each cell that is other."""


@dataclass(frozen=True)
class Cells:
    """How many cells of a column got a value, lost theirs, or have another."""

    gained: int
    lost: int
    corrected: int


@dataclass(frozen=True)
class TableDiff:
    """What happened to one table."""

    table: type[Table]
    before: int
    """Rows in the older release; 0 where it had no such table."""
    after: int
    added: int = 0
    removed: int = 0
    changed: int = 0
    is_new: bool = False
    rekeyed: bool = False
    """The key is another, so rows cannot be told to be the same."""
    cells: Mapping[str, Cells] = field(default_factory=dict)
    added_rows: tuple[Row, ...] = ()
    removed_rows: tuple[Row, ...] = ()
    changed_rows: tuple[Change, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether anything is other."""
        return bool(self.added or self.removed or self.changed)

    @property
    def lost_share(self) -> float:
        """Share of rows that are gone, net of those that came."""
        return max(self.before - self.after, 0) / self.before if self.before else 0.0


def english(tree: Path, table: type[Table]) -> Path:
    """The Parquet file of a published table in the English package below `tree`."""
    slug = table.dataset.slug if table.dataset else ""
    return tree / "en" / slug / f"{table.name}.parquet"


def rows_in(path: Path) -> int:
    """How many rows a Parquet file says that it has."""
    return int(pl.scan_parquet(path, glob=False).select(pl.len()).collect().item())


def diff_tables(
    tables: Sequence[type[Table]],
    old: Path | None,
    new: Path,
    same: Iterable[type[Table]] = (),
) -> list[TableDiff]:
    """The difference of every table between two trees, in the order of `tables`.

    `same` are tables known to have equal bytes in both: they are counted and not compared. A
    table that `old` does not have is new; so are all without `old`.
    """
    equal = set(same)
    with sql.session(new / ".spill") as connection:
        return [_diff(connection, table, old, new, table in equal) for table in tables]


def _diff(
    connection: duckdb.DuckDBPyConnection,
    table: type[Table],
    old: Path | None,
    new: Path,
    equal: bool,
) -> TableDiff:
    after = rows_in(english(new, table))
    if equal:
        return TableDiff(table, after, after)
    if old is None or not english(old, table).is_file():
        return TableDiff(table, 0, after, added=after, is_new=True)
    before = rows_in(english(old, table))
    had, has = (_types(connection, english(tree, table)) for tree in (old, new))
    key = [column.name for column in table.key]
    if any(had.get(name) != has[name] for name in key):
        return TableDiff(table, before, after, added=after, removed=before, rekeyed=True)
    values = [name for name in has if name in had and name not in key]
    retyped = {name for name in values if had[name] != has[name]}
    _join(connection, english(old, table), english(new, table), key, values, retyped)
    return _read(connection, table, before, after, values)


def _types(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, str]:
    """The columns of a Parquet file with their DuckDB types."""
    query = f"DESCRIBE SELECT * FROM {sql.parquet(path)}"  # noqa: S608  # the path is quoted
    return {str(row[0]): str(row[1]) for row in connection.execute(query).fetchall()}


def _join(
    connection: duckdb.DuckDBPyConnection,
    old: Path,
    new: Path,
    key: Sequence[str],
    values: Sequence[str],
    retyped: Collection[str],
) -> None:
    """Make `delta`: every row that is not the same in both, with its old and new cells.

    A column of another type (`retyped`) is compared as text.
    """
    on = " AND ".join(f"o.{sql.name(name)} = n.{sql.name(name)}" for name in key)
    keys = [f"coalesce(o.{sql.name(name)}, n.{sql.name(name)})" for name in key]
    columns = [
        *(f"{_shown(value)} AS {sql.name(name)}" for name, value in zip(key, keys, strict=True)),
        *(f"{_shown(f'o.{sql.name(name)}')} AS {sql.name(f'old {name}')}" for name in values),
        *(f"{_shown(f'n.{sql.name(name)}')} AS {sql.name(f'new {name}')}" for name in values),
        # Numbers and codes in their own order, not that of their letters.
        f"row_number() OVER (ORDER BY {', '.join(keys)}) AS place",
    ]
    other = ""
    for name in values:
        pair = [f"{side}.{sql.name(name)}" for side in "on"]
        if name in retyped:
            pair = [_shown(side) for side in pair]
        other += f" OR {pair[0]} IS DISTINCT FROM {pair[1]}"
    # Every name is quoted, every path is.
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE delta AS
        SELECT CASE WHEN o."there" IS NULL THEN 'added' WHEN n."there" IS NULL THEN 'removed'
            ELSE 'changed' END AS what, {", ".join(columns)}
        FROM (SELECT *, true AS "there" FROM {sql.parquet(old)}) AS o
        FULL OUTER JOIN (SELECT *, true AS "there" FROM {sql.parquet(new)}) AS n ON {on}
        WHERE o."there" IS NULL OR n."there" IS NULL{other}"""  # noqa: S608
    )


def _shown(value: str) -> str:
    """SQL of a value as the CSV shows it."""
    text = f"CAST({value} AS VARCHAR)"
    return (
        f"CASE typeof({value}) WHEN 'BOOLEAN' THEN upper({text}[1]) || {text}[2:] "
        f"WHEN 'TIMESTAMP' THEN replace({text}, ' ', 'T') ELSE {text} END"
    )


def _read(
    connection: duckdb.DuckDBPyConnection,
    table: type[Table],
    before: int,
    after: int,
    values: Sequence[str],
) -> TableDiff:
    counts = dict(connection.execute("SELECT what, count(*) FROM delta GROUP BY what").fetchall())
    key = [column.name for column in table.key]
    rows = {
        what: _rows(connection, what, key, values) if counts.get(what) else []
        for what in ("added", "removed", "changed")
    }
    return TableDiff(
        table,
        before,
        after,
        added=counts.get("added", 0),
        removed=counts.get("removed", 0),
        changed=counts.get("changed", 0),
        cells=_cells(connection, values) if counts.get("changed") else {},
        added_rows=tuple(_side(row, "new ", key, values) for row in rows["added"]),
        removed_rows=tuple(_side(row, "old ", key, values) for row in rows["removed"]),
        changed_rows=tuple(
            Change(
                _side(row, "new ", key, values),
                {
                    name: (row[f"old {name}"], row[f"new {name}"])
                    for name in values
                    if row[f"old {name}"] != row[f"new {name}"]
                },
            )
            for row in rows["changed"]
        ),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, what: str, key: Sequence[str], values: Sequence[str]
) -> list[Row]:
    names = [*key, *(f"old {name}" for name in values), *(f"new {name}" for name in values)]
    listed = ", ".join(map(sql.name, names))
    found = connection.execute(
        f"SELECT {listed} FROM delta WHERE what = ? ORDER BY place LIMIT {ROWS_SHOWN}",  # noqa: S608
        [what],
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]


def _side(row: Row, side: str, key: Sequence[str], values: Sequence[str]) -> Row:
    return {**{name: row[name] for name in key}, **{name: row[side + name] for name in values}}


def _cells(connection: duckdb.DuckDBPyConnection, values: Sequence[str]) -> dict[str, Cells]:
    parts = []
    for name in values:
        old, new = sql.name(f"old {name}"), sql.name(f"new {name}")
        parts += [
            f"count(*) FILTER ({old} IS NULL AND {new} IS NOT NULL)",
            f"count(*) FILTER ({old} IS NOT NULL AND {new} IS NULL)",
            f"count(*) FILTER ({old} <> {new})",
        ]
    if not parts:
        return {}
    (found,) = connection.execute(
        f"SELECT {', '.join(parts)} FROM delta WHERE what = 'changed'"  # noqa: S608
    ).fetchall()
    counted = {name: Cells(*map(int, found[3 * at : 3 * at + 3])) for at, name in enumerate(values)}
    return {name: one for name, one in counted.items() if one.gained + one.lost + one.corrected}
