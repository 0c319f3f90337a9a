import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.errors import PimError
from schemas.verdict import REJECTED_SCHEMA
from warehouse.history import last_success, record, rejected_in, runs
from warehouse.run import Count, Outcome, Run

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NONE_REJECTED = pl.DataFrame(schema=REJECTED_SCHEMA)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "history.duckdb"


def a_run(number: int, outcome: Outcome = Outcome.SUCCESS) -> Run:
    started = NOON + timedelta(hours=number)
    return Run(
        run_id=f"run-{number}",
        started=started,
        ended=started + timedelta(seconds=3),
        outcome=outcome,
        fingerprint=f"f{number}",
        release_id="r1",
        counts={"towns": Count(10, 1, 0), "names": Count(5, 0, 2)},
        outputs={"public/pim.duckdb": "a" * 64},
    )


def broken(*places: str, table: str = "towns") -> pl.DataFrame:
    return pl.DataFrame(
        [
            dict.fromkeys(REJECTED_SCHEMA, "x")
            | {"table_name": table, "place": place, "value": None}
            for place in places
        ],
        schema=REJECTED_SCHEMA,
    )


def places(log: Path, run_id: str) -> list[tuple[str, str]]:
    return rejected_in(log, run_id).select("place", "first_run").rows()


def test_without_a_log_there_is_nothing_to_tell(log: Path) -> None:
    assert runs(log) == []
    assert last_success(log) is None
    assert rejected_in(log, "run-1").is_empty()
    assert not log.exists()


def test_runs_come_back_as_they_were_newest_first(log: Path) -> None:
    told = [
        a_run(1),
        replace(a_run(2, Outcome.FAILED), outputs={}),
        replace(a_run(3), release_id="r'2;--"),
    ]
    for run in told:
        record(log, run, NONE_REJECTED)
    assert runs(log) == told[::-1]
    assert runs(log, limit=1) == told[:1:-1]


def test_the_last_success_is_not_the_last_run(log: Path) -> None:
    record(log, a_run(1, Outcome.INTERRUPTED), NONE_REJECTED)
    assert last_success(log) is None
    for run in (
        a_run(2),
        a_run(3, Outcome.FAILED),
        replace(a_run(4, Outcome.UNCHANGED), counts={}),
    ):
        record(log, run, NONE_REJECTED)
    assert last_success(log) == a_run(2)


def test_times_of_any_zone_are_one_moment(log: Path) -> None:
    warsaw = NOON.astimezone(timezone(timedelta(hours=1)))
    record(log, replace(a_run(1), started=warsaw, ended=warsaw), NONE_REJECTED)
    assert runs(log)[0].started == NOON
    assert runs(log)[0].started.tzinfo is UTC


def test_a_row_rejected_again_and_again_is_one_line(log: Path) -> None:
    record(log, a_run(1), broken("line 1", "line 2"))
    record(log, a_run(2), broken("line 2", "line 3"))
    record(log, a_run(3), broken("line 1", "line 2"))
    assert places(log, "run-1") == [("line 1", "run-1"), ("line 2", "run-1")]
    assert places(log, "run-2") == [("line 2", "run-1"), ("line 3", "run-2")]
    assert places(log, "run-3") == [("line 1", "run-3"), ("line 2", "run-1")]
    with duckdb.connect(log) as connection:
        assert connection.execute("SELECT count(*) FROM rejections").fetchall() == [(4,)]


def test_a_run_says_nothing_of_tables_that_it_did_not_check(log: Path) -> None:
    record(log, a_run(1), broken("line 1"))
    record(
        log, replace(a_run(2), counts={"names": Count(1, 1, 0)}), broken("line 7", table="names")
    )
    record(log, a_run(3), broken("line 1"))
    assert places(log, "run-2") == [("line 7", "run-2")]
    assert places(log, "run-3") == [("line 1", "run-1")]


def test_the_log_keeps_where_a_row_stands_and_not_the_row(log: Path) -> None:
    record(log, a_run(1), broken("line 1").with_columns(pl.lit("Jan Kowalski").alias("row")))
    assert "row" not in rejected_in(log, "run-1").columns
    assert b"Kowalski" not in log.read_bytes()


def test_the_same_outputs_are_written_once(log: Path) -> None:
    for number in (1, 2, 3):
        record(log, a_run(number), NONE_REJECTED)
    record(log, replace(a_run(4), outputs={"public/pim.duckdb": "b" * 64}), NONE_REJECTED)
    with duckdb.connect(log) as connection:
        assert connection.execute("SELECT count(*) FROM outputs").fetchall() == [(2,)]
    assert [run.outputs["public/pim.duckdb"][0] for run in runs(log)] == ["b", "a", "a", "a"]


def test_a_run_is_recorded_once(log: Path) -> None:
    record(log, a_run(1), NONE_REJECTED)
    with pytest.raises(duckdb.ConstraintException):
        record(log, a_run(1, Outcome.FAILED), broken("line 1"))
    assert runs(log) == [a_run(1)]
    assert places(log, "run-1") == []


HOLDER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_who_holds_the_log_is_named(log: Path) -> None:
    record(log, a_run(1), NONE_REJECTED)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(log)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        for attempt in (lambda: record(log, a_run(2), NONE_REJECTED), lambda: runs(log)):
            with pytest.raises(PimError) as caught:
                attempt()
            assert caught.value.code == "PIM-WH-003"
            assert caught.value.why
            assert str(holder.pid) in caught.value.why.pl
        holder.kill()
    record(log, a_run(2), NONE_REJECTED)
    assert len(runs(log)) == 2


KILLED = """
import os, signal, sys
from pathlib import Path
import duckdb
from tests.warehouse.test_history import NONE_REJECTED, a_run, broken
from warehouse import history
if sys.argv[2] == "before":
    history._record_rejected = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
else:
    from contextlib import contextmanager
    @contextmanager
    def opened(path, **_):
        connection = duckdb.connect(path)
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        yield connection
        os.kill(os.getpid(), signal.SIGKILL)
    history.opened = opened
history.record(Path(sys.argv[1]), a_run(2), broken("line 1"))
"""


@pytest.mark.parametrize(("moment", "known"), [("before", 1), ("after", 2)])
@pytest.mark.parametrize("earlier", [0, 1])
def test_a_run_killed_around_the_commit_leaves_a_whole_log(
    log: Path, moment: str, known: int, earlier: int
) -> None:
    for number in range(1, earlier + 1):
        record(log, a_run(number), NONE_REJECTED)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(log), moment],
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert killed.returncode == -signal.SIGKILL
    expected = known - 1 + earlier
    assert len(runs(log)) == expected
    record(log, a_run(3), broken("line 1"))
    assert len(runs(log)) == expected + 1


def test_a_log_of_a_newer_version_is_left_alone(log: Path) -> None:
    record(log, a_run(1), NONE_REJECTED)
    with duckdb.connect(log) as connection:
        connection.execute("UPDATE history_format SET version = 99")
    for attempt in (lambda: record(log, a_run(2), NONE_REJECTED), lambda: runs(log)):
        with pytest.raises(PimError, match="PIM-WH-001"):
            attempt()
