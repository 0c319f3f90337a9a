"""The gate for tables longer than memory: the same judgement as `schemas.gate.check`.

Rows come in pieces, from a Parquet file or from whoever makes them, and are judged by the same
code. Keys are compared in the sorted file, where copies are neighbours, so no set of all keys is
ever held: DuckDB sorts within its memory limit and spills the rest to disk.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from schemas.derive.ddl import quoted
from schemas.files import replacing, scratch_folder
from schemas.gate import accepted_schema, loss_findings, structure_findings
from schemas.parquet import reading, row_count, session, write_empty, write_query
from schemas.rowcheck import (
    ROW,
    Known,
    RowCheck,
    check_rows,
    references_of,
    set_aside_repeated,
    typed_frame,
)
from schemas.scan import ACCEPTED, scan_findings
from schemas.table import Table, TableRule
from schemas.verdict import ORIGIN, REJECTED_SCHEMA, Finding, Report, in_order

BATCH_ROWS = 250_000
"""Rows judged at once: where all are bad in every way, this takes 300 MiB; more are no faster."""

MEMORY = "700MB"
"""For DuckDB's sort. With polars and Python beside it, 10 million rows stay below 1 GiB."""

Pieces = Callable[[], Iterator[pl.DataFrame]]
"""Gives the rows of a table in turn, in frames of any length; asked twice, the same rows again."""


def check_pieces(
    table: type[Table],
    pieces: Pieces,
    references: Mapping[str, Path],
    accepted: Path,
    rejected: Path,
    *,
    previous_rows: int | None = None,
    batch_rows: int = BATCH_ROWS,
    memory: str = MEMORY,
) -> Report:
    """Split rows that come in pieces into `accepted` and `rejected`, two Parquet files.

    Each piece is a frame as `check` takes it. Rows, findings and order are those that `check`
    gives for all pieces together. `references` has the accepted Parquet file of every table
    referred to, whose key is held in memory (KeyError where one is missing). Nothing is written
    before all is judged; pieces with the wrong columns give two empty files. They are asked for
    a second time only where a key stands in several rows. Raises ValueError for a table that
    refers to itself or has a `TableRule`: those need all rows at once.
    """
    with _judging(table, pieces, accepted, batch_rows, memory) as bulk:
        return _judged(bulk, references, accepted, rejected, previous_rows)


def check_parquet(
    table: type[Table],
    source: Path,
    references: Mapping[str, Path],
    accepted: Path,
    rejected: Path,
    *,
    previous_rows: int | None = None,
    batch_rows: int = BATCH_ROWS,
    memory: str = MEMORY,
) -> Report:
    """The same of the rows of a Parquet file; see `check_pieces`.

    A file that has the declared types already is sorted as it is, and not written once more.
    """

    def pieces() -> Iterator[pl.DataFrame]:
        scan = pl.scan_parquet(source, glob=False)
        yield from scan.collect_batches(chunk_size=batch_rows, maintain_order=True)

    with _judging(table, pieces, accepted, batch_rows, memory) as bulk:
        schema = pl.scan_parquet(source, glob=False).collect_schema()
        bulk.empty = pl.DataFrame(schema=schema)
        bulk.typed_file = source if _is_typed(table, schema) else None
        return _judged(bulk, references, accepted, rejected, previous_rows)


@contextmanager
def _judging(
    table: type[Table], pieces: Pieces, accepted: Path, batch_rows: int, memory: str
) -> Iterator["_Bulk"]:
    only_rows = not any(isinstance(rule, TableRule) for rule in table.rules)
    if not only_rows or any(target.table is table for _, target in references_of(table)):
        raise ValueError(f"{table.name} must be checked as a whole")
    with scratch_folder(accepted) as parts, session(parts / "spill", memory) as connection:
        yield _Bulk(table, pieces, parts, connection, batch_rows)


def _judged(
    bulk: "_Bulk",
    references: Mapping[str, Path],
    accepted: Path,
    rejected: Path,
    previous_rows: int | None,
) -> Report:
    table = bulk.table
    _judge(bulk, _known(table, references))
    if bulk.structure:
        write_empty(accepted, accepted_schema(table))
        write_empty(rejected, REJECTED_SCHEMA)
        return Report(table, bulk.structure, bulk.rows, 0)
    _sort(bulk)
    repeated = _find_repeated(bulk)
    if repeated:
        _set_aside_repeated(bulk)
    _write_accepted(bulk, accepted, repeated=repeated)
    _write_rejected(bulk, rejected)
    kept = row_count(accepted)
    rows = reading(accepted.parent, accepted.name)
    bulk.connection.execute(f"CREATE VIEW {ACCEPTED} AS FROM {rows}")
    bulk.findings.extend(scan_findings(bulk.connection, table))
    bulk.findings.extend(loss_findings(table, kept, previous_rows))
    return Report(table, in_order(table, bulk.findings), bulk.rows, kept)


def _is_typed(table: type[Table], schema: pl.Schema) -> bool:
    """A file has the declared types already, so DuckDB can read it as it is."""
    return all(
        schema[name] == dtype for name, dtype in accepted_schema(table).items() if name in schema
    )


@dataclass
class _Bulk:
    """One check on its way: what is read, where parts lie, what was found."""

    table: type[Table]
    pieces: Pieces
    parts: Path
    connection: duckdb.DuckDBPyConnection
    batch_rows: int
    empty: pl.DataFrame = field(init=False)
    """The frame that is judged where there is no row at all."""
    typed_file: Path | None = None
    """The file of the rows, where DuckDB can read them from there as they are."""
    rows: int = 0
    structure: tuple[Finding, ...] = ()
    """Columns that are unknown or missing: nothing is judged any more."""
    has_empty_texts: bool = False
    """Some cell holds a text without letters, which stands for no value."""
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.empty = pl.DataFrame(schema=self.table.schema())

    @property
    def sorted(self) -> Path:
        """The rows that are good by themselves, in the order of the key."""
        return self.parts / "sorted.parquet"

    @property
    def sorted_rows(self) -> str:
        """The SQL that reads them."""
        return reading(self.parts, self.sorted.name)

    @property
    def key(self) -> str:
        """The key columns, quoted for SQL."""
        return ", ".join(quoted(column.name) for column in self.table.key)

    @property
    def columns(self) -> str:
        """The columns of an accepted row, quoted for SQL."""
        return ", ".join(quoted(name) for name in accepted_schema(self.table))

    def batches(self) -> Iterator[pl.DataFrame]:
        """The rows as they came, with `_row`, a batch at a time, and at least one."""
        first = 0
        for piece in self.pieces():
            self.empty = piece.clear()
            for batch in piece.iter_slices(self.batch_rows):
                if batch.height:
                    # In one piece: else each look at a column joins the pieces anew, at twice
                    # the cost.
                    yield batch.rechunk().with_row_index(ROW, offset=first)
                first += batch.height
        if not first:
            yield self.empty.with_row_index(ROW)

    def keep(self, state: RowCheck) -> None:
        """Put the rejected lines and the findings of a batch aside."""
        self.findings.extend(state.findings)
        if state.bad:
            number = len(list(self.parts.glob("lines-*")))
            state.rejected().write_parquet(self.parts / f"lines-{number:06}.parquet")

    @property
    def lines(self) -> str:
        """The SQL that reads all rejected lines so far, or nothing when there are none."""
        return reading(self.parts, "lines-*") if any(self.parts.glob("lines-*")) else ""

    @property
    def typed_rows(self) -> str:
        """The SQL that reads all rows typed, with `_row`."""
        if self.typed_file is None:
            return reading(self.parts, "typed-*")
        cells = [
            f"nullif({quoted(name)}, '') AS {quoted(name)}"
            if dtype == pl.String and self.has_empty_texts
            else quoted(name)
            for name, dtype in accepted_schema(self.table).items()
            if name in self.empty.schema
        ]
        cells += [f"NULL::VARCHAR AS {name}" for name in ORIGIN if name not in self.empty.schema]
        file = reading(self.typed_file.parent, self.typed_file.name, numbered=True)
        return f"(SELECT {', '.join(cells)}, file_row_number AS {ROW} FROM {file})"  # noqa: S608


def _judge(bulk: _Bulk, known: Known) -> None:
    """Judge every row by itself; write the rows typed where they do not lie so already."""
    for number, batch in enumerate(bulk.batches()):
        bulk.rows += batch.height
        names = [name for name in batch.columns if name != ROW]
        bulk.structure = bulk.structure or structure_findings(bulk.table, names)
        if bulk.structure:
            continue
        state = check_rows(bulk.table, batch, known)
        bulk.keep(state)
        if bulk.typed_file is None:
            rows = state.frame.select(*accepted_schema(bulk.table), ROW)
            # Read once and thrown away: zstd, the default, takes a third longer.
            path = bulk.parts / f"typed-{number:06}.parquet"
            rows.write_parquet(path, compression="snappy", statistics=False)
            continue
        texts = [name for name in bulk.table.schema() if batch.schema[name] == pl.String]
        bulk.has_empty_texts |= any(
            batch[name].null_count() < state.frame[name].null_count() for name in texts
        )


def _sort(bulk: _Bulk) -> None:
    """Write the rows that are good by themselves in the order of the key."""
    good = bulk.typed_rows
    if bulk.lines:
        good += f" ANTI JOIN (SELECT DISTINCT {ROW} FROM {bulk.lines}) USING ({ROW})"  # noqa: S608
    query = f"SELECT {bulk.columns} FROM {good} ORDER BY {bulk.key}"  # noqa: S608
    write_query(bulk.connection, query, bulk.sorted)


def _find_repeated(bulk: _Bulk) -> bool:
    """Fill the table `repeated` with keys that stand in several rows; tell if there are any.

    Good rows with the same key are neighbours. Rows that are bad by themselves count too: they
    are few, and looked up.
    """
    connection, key = bulk.connection, bulk.key
    # DuckDB keeps the order of the file, so `lag` without an order is the row above.
    pairs = f"SELECT {key}, lag(({key})) OVER () AS above FROM {bulk.sorted_rows}"  # noqa: S608
    connection.execute(
        f"CREATE TABLE repeated AS SELECT {key} FROM ({pairs}) WHERE above = ({key})"  # noqa: S608
    )
    if bulk.lines:
        connection.execute(
            f"CREATE TABLE bad AS SELECT {key} FROM {bulk.typed_rows} "  # noqa: S608
            f"SEMI JOIN (SELECT DISTINCT {ROW} FROM {bulk.lines}) USING ({ROW})"
        )
        connection.execute(
            f"INSERT INTO repeated SELECT {key} FROM bad GROUP BY ALL HAVING count(*) > 1 "  # noqa: S608
            f"UNION ALL SELECT {key} FROM bad "
            f"SEMI JOIN {bulk.sorted_rows} USING ({key})"
        )
        nulls = " OR ".join(f"{quoted(column.name)} IS NULL" for column in bulk.table.key)
        connection.execute(f"DELETE FROM repeated WHERE {nulls}")  # noqa: S608
    found = connection.execute("SELECT count(*) FROM repeated").fetchall()
    return bool(found[0][0])


def _set_aside_repeated(bulk: _Bulk) -> None:
    """Read the source again for all rows of repeated keys, to keep them as they came."""
    bulk.connection.execute(
        f"CREATE TABLE again AS SELECT {ROW} FROM {bulk.typed_rows} "  # noqa: S608
        f"SEMI JOIN repeated USING ({bulk.key}) ORDER BY {ROW}"
    )
    for batch in bulk.batches():
        first, last = batch.item(0, ROW), batch.item(-1, ROW)
        numbers = bulk.connection.execute(
            f"SELECT {ROW} FROM again WHERE {ROW} BETWEEN ? AND ?",  # noqa: S608
            [first, last],
        ).fetchall()
        if numbers:
            given = batch[[number - first for (number,) in numbers]]
            state = RowCheck(bulk.table, given, typed_frame(bulk.table, given))
            set_aside_repeated(state, state.frame)
            bulk.keep(state)


def _write_accepted(bulk: _Bulk, accepted: Path, *, repeated: bool) -> None:
    with replacing(accepted) as temporary:
        if not repeated:
            bulk.sorted.replace(temporary)
            return
        good = f"{bulk.sorted_rows} ANTI JOIN repeated USING ({bulk.key})"
        query = f"SELECT {bulk.columns} FROM {good} ORDER BY {bulk.key}"  # noqa: S608
        write_query(bulk.connection, query, temporary)


def _write_rejected(bulk: _Bulk, rejected: Path) -> None:
    if not bulk.lines:
        write_empty(rejected, REJECTED_SCHEMA)
        return
    columns = ", ".join(REJECTED_SCHEMA)
    order = f"{ROW}, column_name, rule"
    with replacing(rejected) as temporary:
        query = f"SELECT {columns} FROM {bulk.lines} ORDER BY {order}"  # noqa: S608
        write_query(bulk.connection, query, temporary)


def _known(table: type[Table], references: Mapping[str, Path]) -> Known:
    return {
        column.name: pl.scan_parquet(references[target.table.name], glob=False)
        .select(target.name)
        .collect()
        .to_series()
        for column, target in references_of(table)
    }
