"""A full disk and missing permissions are told as what they are, not as mistakes of the program."""

import json
import sqlite3
from pathlib import Path

import duckdb
import polars as pl
import pytest

from pipelines.refused import refused_by_system
from tests.commandline import pim

FULL = Path("/dev/full")
"""Linux's own disk that is always full."""


def said(error: BaseException) -> str:
    """What people are told is to blame, in English."""
    told = refused_by_system(str(error), "table x")
    assert told is not None
    assert (told.code, told.where, int(told.exit_code)) == ("PIM-RUN-004", "table x", 2)
    assert told.why is not None
    return told.why.en


def test_a_full_disk_is_recognised_whoever_meets_it() -> None:
    rows = pl.DataFrame({"row": range(100_000)})
    with pytest.raises(OSError, match="No space") as python:
        FULL.write_text("x", encoding="utf-8")
    assert "No space left" in said(python.value)
    with pytest.raises((OSError, pl.exceptions.PolarsError)) as polars:
        rows.write_csv(FULL)
    assert "No space left" in said(polars.value)
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as duck:
        connection.execute(f"COPY (FROM range(100000)) TO '{FULL}' (USE_TMP_FILE false)")
    assert "No space left" in said(duck.value)


def test_what_sqlite_says_in_its_own_words_is_recognised() -> None:
    """Dagster keeps its record in it, and is the first to write in a build."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError) as full:
            connection.execute("CREATE TABLE one (x)").execute("CREATE TABLE two (x)")
    assert said(full.value) == "database or disk is full"


@pytest.mark.parametrize("told", ["", "KeyError: 'column'", "No such file or directory: 'x'"])
def test_a_mistake_of_the_program_stays_one(told: str) -> None:
    assert refused_by_system(told) is None


def test_the_command_ends_with_place_reason_and_fix(tmp_path: Path) -> None:
    place = tmp_path / "data" / "format.json"
    place.mkdir(parents=True)
    done = pim("status", "--data", "data", "--json", cwd=tmp_path)
    assert done.returncode == 2
    error = json.loads(done.stderr)["error"]
    assert (error["code"], error["where"]) == ("PIM-RUN-004", "data/format.json")
    assert "Is a directory" in error["why"]["pl"]
    assert error["fix"]["pl"] != error["fix"]["en"]
