from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from schemas.gate import check
from schemas.verdict import REJECTED_SCHEMA
from tests.warehouse.warehouse_sample import TABLES, Towns, towns
from warehouse.folder import DataFolder
from warehouse.history import record
from warehouse.inside import SourceFiles, assemble_inside
from warehouse.query import query
from warehouse.reports import load_report, store_report
from warehouse.run import Count, Outcome, Run
from warehouse.tables import store_table


def test_the_working_warehouse_knows_rows_rejections_files_and_runs(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path).prepare()
    twice = pl.concat([towns(), towns().head(1)])
    verdict = check(Towns, twice, {})
    store_table(folder, Towns, verdict.accepted, verdict.rejected)
    store_report(folder, verdict.report)
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    run = Run("run-1", noon, noon, Outcome.SUCCESS, "f", counts={"towns": Count(2, 2, 0)})
    record(folder.history, run, verdict.rejected)
    sources = pl.DataFrame([["trial.csv", "0" * 64, 9]], schema=SourceFiles.schema(), orient="row")

    assemble_inside(folder, TABLES, sources, {"version": "1"})

    def ask(sql: str) -> list[tuple[object, ...]]:
        return query(folder.warehouse, sql).rows

    assert ask("SELECT terc, _source, _place FROM towns") == [
        ("0201011", "trial.csv", "line 3"),
        ("1061011", "trial.csv", "line 4"),
    ]
    assert ask("SELECT regula, klucz, wiersz[1] FROM _odrzucone") == [("key", "0264011", "{")] * 2
    assert ask("SELECT zrodlo, bajty FROM _zrodla") == [("trial.csv", 9)]
    assert ask("SELECT run_id, started, outcome FROM _runs") == [
        ("run-1", noon.replace(tzinfo=None), "success")
    ]
    assert ask("SELECT count(*) FROM _meta") == [(1,)]
    assert load_report(folder, Towns).rejected == 2


def test_a_report_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path).prepare()
    verdict = check(Towns, pl.concat([towns(), towns()]), {})
    store_report(folder, verdict.report)
    report = load_report(folder, Towns)
    assert (report.table, report.rows, report.accepted, report.rejected) == ("towns", 6, 0, 6)
    assert report.findings == verdict.findings
    assert report.warnings == 0
    assert not report.publishable
    assert verdict.rejected.schema == REJECTED_SCHEMA
