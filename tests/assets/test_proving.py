"""Checks of what is made of the tables find what is wrong, and where."""

from pathlib import Path

import duckdb
import polars as pl

from assets.building import _stopped
from assets.proving import SAME_ROWS, inferred_tables, other_counts, proof, proved
from schemas.gate import loss_findings
from schemas.rules import STRUCTURE_MESSAGES
from schemas.table import Severity
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks
from schemas.verdict import Finding, Report

TABLES = (Editions, Networks)


def database(path: Path, **rows: int) -> Path:
    with duckdb.connect(path) as connection:
        for name, count in rows.items():
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM range({count})")
    return path


def test_a_table_with_other_rows_than_its_file_is_named(tmp_path: Path) -> None:
    for table, count in zip(TABLES, (3, 9), strict=True):
        pl.DataFrame({"a": range(count)}).write_parquet(tmp_path / f"{table.name}.parquet")
    good = database(tmp_path / "good.duckdb", editions=3, networks=9)
    assert other_counts(good, TABLES, tmp_path) == []
    short = database(tmp_path / "short.duckdb", editions=3, networks=8)
    assert other_counts(short, TABLES, tmp_path) == ["networks: 8 ≠ 9"]
    missing = database(tmp_path / "missing.duckdb", editions=3)
    assert other_counts(missing, TABLES, tmp_path) == ["networks: None ≠ 9"]


def test_a_table_with_an_inferred_row_is_named() -> None:
    rows = {
        "sound": pl.LazyFrame({"evidence_status": ["confirmed"]}),
        "loose": pl.LazyFrame({"evidence_status": ["confirmed", "inferred"]}),
        "other": pl.LazyFrame({"a": [1]}),
    }
    assert inferred_tables(rows) == ["loose"]


def test_a_check_that_fails_blocks_and_says_where() -> None:
    spec = proof("analysts_database", SAME_ROWS)
    assert spec.blocking
    assert " / " in str(spec.description)
    result = proved("analysts_database", SAME_ROWS, ["networks: 8 ≠ 9"])
    assert not result.passed
    assert result.description == "- networks: 8 ≠ 9"
    assert proved("analysts_database", SAME_ROWS, []).passed


def test_a_table_that_is_stopped_says_why_in_the_run() -> None:
    """Its rows are too few because some were set aside: both are told, and what to do."""
    lost = loss_findings(Networks, 7, 9)
    doubled = Finding(
        "networks", "key", Severity.REJECT, STRUCTURE_MESSAGES["key"], 2, ("networks.csv, line 4",)
    )
    told = str(_stopped(Report(Networks, (*lost, doubled), 9, 7)).description)
    assert "było 9, jest 7. Jeśli tak ma być, podaj --allow-loss networks." in told
    assert "Klucz powtarza się" in told
    assert "networks.csv, wiersz 4" in told
    assert "**Co zrobić:** `pim rejected --table networks`" in told
