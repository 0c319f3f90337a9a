"""What each `pim` command prints beside real data, for people and as JSON."""

import json
from importlib.metadata import version
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.registry import all_tables
from tests.commandline import pim_error, pim_here, pim_json


def test_status_tells_release_runs_and_rows(built: Path) -> None:
    found = pim_json("status", cwd=built)
    assert found["release_id"] == (built / "data" / "public").readlink().name
    runs, tables = found["runs"], found["tables"]
    assert isinstance(runs, list)
    assert isinstance(tables, list)
    assert runs[-1]["outcome"] == "success"
    assert runs[-1]["started"].endswith("+00:00")
    assert {table["table"] for table in tables} == {table.name for table in all_tables()}
    shown = pim_here("status", cwd=built).stdout.splitlines()
    assert shown[0] == f"Bieżące wydanie: {found['release_id']}"
    assert "tabela\tprzyjęte\todrzucone\topublikowane" in shown
    assert "editions\t3\t0\t3" in shown


def test_query_answers_in_both_languages_and_shapes(built: Path) -> None:
    polish = pim_here("query", "SELECT id_edycji FROM edycje ORDER BY ALL", cwd=built)
    assert polish.stdout == "id_edycji\ned-0001\ned-0002\ned-0003\n"
    english = pim_json("query", "SELECT edition_id FROM editions ORDER BY ALL", cwd=built)
    rows = [{"edition_id": f"ed-000{n}"} for n in (1, 2, 3)]
    assert english == {"columns": ["edition_id"], "rows": rows, "cut": False}


def test_query_answers_in_valid_json_whatever_is_asked(built: Path) -> None:
    """Infinity is no JSON, and a column of a name that was there before is not lost."""
    sql = "SELECT 1 AS a, 2 AS a, 3 AS a_1, 1e308 * 10 AS i, [{'x': 'nan'::DOUBLE}] AS n"
    done = pim_here("query", sql, "--json", cwd=built)
    found = json.loads(done.stdout, parse_constant=pytest.fail)
    assert found["columns"] == ["a", "a_1", "a_1_1", "i", "n"]
    assert found["rows"] == [{"a": 1, "a_1": 2, "a_1_1": 3, "i": None, "n": [{"x": None}]}]


def test_query_says_when_it_shows_only_a_part(built: Path) -> None:
    done = pim_here("query", "FROM editions", "--limit", "2", cwd=built)
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr == "Pokazano wierszy: 2; więcej pokaże --limit.\n"
    found = pim_json("query", "FROM editions", "--limit", "2", cwd=built)
    assert found["cut"] is True


def test_query_inside_sees_what_the_public_does_not(built: Path) -> None:
    count = "SELECT count(*) AS n FROM participants"
    outside = pim_json("query", count, cwd=built)["rows"]
    inside = pim_json("query", "--inside", count, cwd=built)["rows"]
    assert isinstance(outside, list)
    assert isinstance(inside, list)
    assert outside[0]["n"] < inside[0]["n"]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE t (a INTEGER)",
        "DELETE FROM networks",
        "COPY networks TO 'out.csv'",
        "FROM read_csv('/etc/passwd')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
        "SELECT nothing FROM nowhere",
        "INSTALL httpfs",
    ],
)
def test_query_reads_one_file_and_changes_nothing(sql: str, built: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in built.rglob("*")}
    code, error = pim_error("query", sql, cwd=built)
    assert (code, error["code"]) == (2, "PIM-WH-004")
    assert {path: path.stat().st_mtime_ns for path in built.rglob("*")} == before


def test_explain_a_published_row(built: Path) -> None:
    done = pim_here("explain", "networks", "net-0004", cwd=built)
    assert done.returncode == 0
    assert "Miejsce: curated/networks.csv, wiersz" in done.stdout
    assert "Źródło: doc-" in done.stdout
    assert "Odwołuje się: participations pcp-" in done.stdout
    assert done.stdout.endswith("Do publikacji: tak\n")
    found = pim_json("explain", "sieci", "net-0004", cwd=built)
    assert found["publishable"] is True
    assert found["table"] == "networks"


def test_explain_a_row_that_stays_inside(built: Path) -> None:
    """par-0041 is inferred; mid-0019 hangs on it."""
    for words in (("participants", "par-0041"), ("mids", "mid-0019")):
        assert pim_json("explain", *words, cwd=built)["publishable"] is False
        assert "Do publikacji: nie (wywnioskowane" in pim_here("explain", *words, cwd=built).stdout


def test_explain_what_is_not_there(built: Path) -> None:
    code, error = pim_error("explain", "networks", "net-9999", cwd=built)
    assert (code, error["code"]) == (2, "PIM-CLI-003")
    assert "pim explain networks <network_id>" in str(error["fix"])
    code, error = pim_error("explain", "networks", "net-0001", "more", cwd=built)
    assert (code, error["code"]) == (2, "PIM-CLI-003")
    code, error = pim_error("explain", "nets", "net-0001", cwd=built)
    assert (code, error["code"]) == (2, "PIM-CLI-002")


def test_nothing_is_rejected_and_rejected_says_so(built: Path) -> None:
    done = pim_here("rejected", cwd=built)
    assert done.stdout == "tabela\tmiejsce\tkolumna\twartość\treguła\tpowód\n"
    assert done.stderr == "Nie ma odrzuconych wierszy.\n"
    assert pim_json("rejected", cwd=built) == {"rejected": []}
    code, error = pim_error("rejected", "--table", "nets", cwd=built)
    assert (code, error["code"]) == (2, "PIM-CLI-002")


def test_doctor_finds_all_well(built: Path) -> None:
    found = pim_json("doctor", cwd=built)
    points = found["points"]
    assert isinstance(points, list)
    assert [point["name"] for point in points if not point["ok"]] == []
    seen = {point["name"]: point["seen"] for point in points}
    assert (seen["duckdb"], seen["duckdb_storage"]) == (duckdb.__version__, "v1.2.0")
    assert pim_here("doctor", cwd=built).returncode == 0
    # A build makes the folders between.
    away = pim_here("doctor", "--data", "not/yet/there", cwd=built)
    assert (away.returncode, "not/yet/there (nowy)" in away.stdout) == (0, True)


def test_versions_are_those_that_are_installed(tmp_path: Path) -> None:
    found = pim_json("version", cwd=tmp_path)
    assert found["duckdb"] == duckdb.__version__
    assert found["polars"] == pl.__version__
    assert found["dagster"] == version("dagster")
    assert found["duckdb_storage"] == "v1.2.0"
    assert f"polars\t{pl.__version__}" in pim_here("--version", cwd=tmp_path).stdout


def test_check_finds_the_embedded_facts_good(tmp_path: Path) -> None:
    found = pim_json("check", "--strict", cwd=tmp_path)
    tables = found["tables"]
    assert isinstance(tables, list)
    assert [t["table"] for t in tables if t["rejected"] or t["findings"]] == []
    assert found["errors"] == []
    assert list(tmp_path.iterdir()) == []
