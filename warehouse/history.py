"""The run log: what every run did. The one DuckDB file that is written in place.

It is precious, since no source can tell it again, and so small that a run is one transaction:
a run that is killed in the middle of it leaves the log as it was. Rejected rows are kept as
spans of runs: a row that is rejected again and again is one line of the log. The rows
themselves lie in `work/rejected`; the log keeps where they stand and which rule they broke.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from schemas.arrow import register
from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.opening import BLOCK_SIZE, CLOSED_NETWORK, STORAGE, opened
from warehouse.run import Count, Outcome, Run

__all__ = [
    "Count",
    "Outcome",
    "Run",
    "last_success",
    "record",
    "rejected_in",
    "rejected_since",
    "require_free",
    "runs",
]

FORMAT = 1
"""Version of the log's tables."""

REJECTED_KEPT = ("table_name", "rule", "column_name", "value", "source", "place", "row_key")
"""What the log keeps of a rejected row: not the row, not the words of the reason."""

_SETTINGS = {
    **CLOSED_NETWORK,
    "storage_compatibility_version": STORAGE,
    "default_block_size": str(BLOCK_SIZE),
}
_TABLES = (
    "CREATE TABLE history_format (version INTEGER NOT NULL)",
    "INSERT INTO history_format VALUES (1)",
    """CREATE TABLE runs (run_no BIGINT PRIMARY KEY, run_id VARCHAR UNIQUE NOT NULL,
    started TIMESTAMP NOT NULL, ended TIMESTAMP NOT NULL, outcome VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL, release_id VARCHAR NOT NULL, outputs_of BIGINT)""",
    """CREATE TABLE counts (run_no BIGINT NOT NULL, table_name VARCHAR NOT NULL,
    accepted BIGINT NOT NULL, rejected BIGINT NOT NULL, warnings BIGINT NOT NULL)""",
    """CREATE TABLE outputs (run_no BIGINT NOT NULL, path VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL)""",
    """CREATE TABLE rejections (table_name VARCHAR, rule VARCHAR, column_name VARCHAR,
    "value" VARCHAR, source VARCHAR, place VARCHAR, row_key VARCHAR,
    since BIGINT NOT NULL, until BIGINT)""",
)


def record(path: Path, run: Run, rejected: pl.DataFrame) -> None:
    """Add a run to the log at `path`, made where missing.

    `rejected` holds the rejected rows (`REJECTED_SCHEMA`) of the tables in `run.counts`; rows
    of other tables keep the state of the run before. Raises PimError `PIM-WH-003` when
    another process has the log open, `PIM-WH-001` when a newer version made it, and
    `duckdb.ConstraintException` for a run id that was recorded before.
    """
    with opened(path, read_only=False, settings=_SETTINGS) as connection:
        connection.execute("BEGIN")
        if not _has_tables(connection):
            for statement in _TABLES:
                connection.execute(statement)
        _require_format(connection, path)
        run_no = _number(connection, "SELECT coalesce(max(run_no), 0) + 1 FROM runs")
        _record_run(connection, run_no, run)
        _record_rejected(connection, run_no, tuple(run.counts), rejected)
        connection.execute("COMMIT")


def require_free(path: Path) -> None:
    """Check that the log can be written, before a run publishes what it then could not log.

    Raises PimError `PIM-WH-003` when another process has the log open, even to read.
    """
    if path.exists():
        with opened(path, read_only=False, settings=_SETTINGS):
            pass


def runs(path: Path, limit: int = 20) -> list[Run]:
    """The last runs, newest first, with their counts and outputs; none where no log is."""
    with _reading(path) as connection:
        if connection is None:
            return []
        numbers = connection.execute(
            "SELECT run_no FROM runs ORDER BY run_no DESC LIMIT ?", [limit]
        ).fetchall()
        return [_run(connection, int(number)) for (number,) in numbers]


def last_success(path: Path) -> Run | None:
    """The last run that built something, with its fingerprint and outputs; None before it."""
    with _reading(path) as connection:
        if connection is None:
            return None
        number = _number(
            connection,
            "SELECT coalesce(max(run_no), 0) FROM runs WHERE outcome = ?",
            [Outcome.SUCCESS.value],
        )
        return _run(connection, number) if number else None


def rejected_in(path: Path, run_id: str) -> pl.DataFrame:
    """The rejected rows of the tables that a run checked: `REJECTED_KEPT` and `first_run`.

    `first_run` is the run since which the row has been rejected without a break.
    """
    shape = {**dict.fromkeys(REJECTED_KEPT, pl.String()), "first_run": pl.String()}
    with _reading(path) as connection:
        rows = [] if connection is None else connection.execute(_REJECTED_IN, [run_id]).fetchall()
    return pl.DataFrame(rows, schema=shape, orient="row")


def rejected_since(path: Path) -> pl.DataFrame:
    """The rows that are rejected now: `REJECTED_KEPT`, and `since` as YYYY-MM-DDTHH:MM:SS, UTC.

    That is the start of the run since which the row has been rejected without a break.
    """
    shape = {**dict.fromkeys(REJECTED_KEPT, pl.String()), "since": pl.String()}
    question = """
        SELECT lines.* EXCLUDE (since, until), strftime(runs.started, '%Y-%m-%dT%H:%M:%S')
        FROM rejections AS lines JOIN runs ON runs.run_no = lines.since
        WHERE lines.until IS NULL ORDER BY ALL"""
    with _reading(path) as connection:
        rows = [] if connection is None else connection.execute(question).fetchall()
    return pl.DataFrame(rows, schema=shape, orient="row")


_REJECTED_IN = """
    SELECT lines.* EXCLUDE (since, until), first_runs.run_id
    FROM runs
    JOIN counts USING (run_no)
    JOIN rejections AS lines
      ON lines.table_name = counts.table_name
      AND lines.since <= runs.run_no AND (lines.until IS NULL OR lines.until > runs.run_no)
    JOIN runs AS first_runs ON first_runs.run_no = lines.since
    WHERE runs.run_id = ?
    ORDER BY ALL"""


@contextmanager
def _reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The log for reading, or None where none is yet."""
    if not path.is_file():
        yield None
        return
    with opened(path, read_only=True, settings=_SETTINGS) as connection:
        if not _has_tables(connection):
            yield None  # a run was killed between making the file and its first transaction
            return
        _require_format(connection, path)
        yield connection


def _has_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    found = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'history_format'"
    return _number(connection, found) > 0


def _require_format(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    found = _number(connection, "SELECT max(version) FROM history_format")
    if found == FORMAT:
        return
    raise PimError(
        "PIM-WH-001",
        Text("Nie można użyć tej historii uruchomień.", "This run log cannot be used."),
        where=str(path),
        why=Text(
            "Ma format {found}, a ta wersja programu zna format {known}.",
            "It has format {found}, and this version of the program knows {known}.",
        ).fill(found=found, known=FORMAT),
        fix=Text("Zainstaluj nowszą wersję programu.", "Install a newer version of the program."),
        exit_code=Exit.USAGE,
    )


def _number(
    connection: duckdb.DuckDBPyConnection, question: str, values: list[object] | None = None
) -> int:
    return int(connection.execute(question, values or []).fetchall()[0][0])


def _record_run(connection: duckdb.DuckDBPyConnection, run_no: int, run: Run) -> None:
    connection.execute(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            run_no,
            run.run_id,
            _to_utc(run.started),
            _to_utc(run.ended),
            run.outcome.value,
            run.fingerprint,
            run.release_id,
            _outputs_kept(connection, run_no, run.outputs),
        ],
    )
    counts = [
        [run_no, table, count.accepted, count.rejected, count.warnings]
        for table, count in sorted(run.counts.items())
    ]
    if counts:
        connection.executemany("INSERT INTO counts VALUES (?, ?, ?, ?, ?)", counts)


def _outputs_kept(
    connection: duckdb.DuckDBPyConnection, run_no: int, outputs: Mapping[str, str]
) -> int | None:
    """The run under which these outputs lie: an earlier one, if it had the very same."""
    if not outputs:
        return None
    last = _number(connection, "SELECT coalesce(max(run_no), 0) FROM outputs")
    if _outputs(connection, last) == outputs:
        return last
    # As one frame: DuckDB takes row by row a thousand times as long.
    rows = pl.DataFrame(sorted(outputs.items()), schema=["path", "sha256"], orient="row")
    register(connection, "written", rows)
    connection.execute("INSERT INTO outputs SELECT ?, path, sha256 FROM written", [run_no])
    return run_no


def _record_rejected(
    connection: duckdb.DuckDBPyConnection,
    run_no: int,
    checked: tuple[str, ...],
    rejected: pl.DataFrame,
) -> None:
    """End the spans of rows that are no longer rejected, and begin those of new ones."""
    kept = rejected.select(REJECTED_KEPT).filter(pl.col("table_name").is_in(checked)).unique()
    register(connection, "incoming", kept)
    # The names are constants of this module.
    same = " AND ".join(f'old."{name}" IS NOT DISTINCT FROM new."{name}"' for name in REJECTED_KEPT)
    listed = ", ".join(f'"{name}"' for name in REJECTED_KEPT)
    connection.execute(
        f"""UPDATE rejections AS old SET until = ?
        WHERE until IS NULL AND list_contains(?, old.table_name)
        AND NOT EXISTS (SELECT 1 FROM incoming AS new WHERE {same})""",  # noqa: S608
        [run_no, list(checked)],
    )
    connection.execute(
        f"""INSERT INTO rejections SELECT {listed}, ?, NULL FROM (
            SELECT {listed} FROM incoming
            EXCEPT SELECT {listed} FROM rejections WHERE until IS NULL) ORDER BY ALL""",  # noqa: S608
        [run_no],
    )


def _run(connection: duckdb.DuckDBPyConnection, run_no: int) -> Run:
    ((run_id, started, ended, outcome, fingerprint, release_id, outputs_of),) = connection.execute(
        "SELECT * EXCLUDE (run_no) FROM runs WHERE run_no = ?", [run_no]
    ).fetchall()
    counts = connection.execute(
        "SELECT * EXCLUDE (run_no) FROM counts WHERE run_no = ? ORDER BY table_name", [run_no]
    ).fetchall()
    return Run(
        run_id,
        started.replace(tzinfo=UTC),
        ended.replace(tzinfo=UTC),
        Outcome(outcome),
        fingerprint,
        release_id,
        {table: Count(*numbers) for table, *numbers in counts},
        _outputs(connection, outputs_of) if outputs_of else {},
    )


def _outputs(connection: duckdb.DuckDBPyConnection, run_no: int) -> dict[str, str]:
    rows = connection.execute(
        "SELECT path, sha256 FROM outputs WHERE run_no = ? ORDER BY path", [run_no]
    ).fetchall()
    return {str(path): str(sha256) for path, sha256 in rows}


def _to_utc(moment: datetime) -> datetime:
    """Without zone, for DuckDB: its zoned type needs a package that nothing else needs."""
    return moment.astimezone(UTC).replace(tzinfo=None)
