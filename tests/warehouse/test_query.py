from pathlib import Path

import pytest

from schemas.errors import Exit, PimError
from tests.warehouse.warehouse_sample import build
from warehouse.query import query


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("query") / "warehouse.duckdb")


def test_a_question_gets_names_and_rows(path: Path) -> None:
    answer = query(path, "SELECT terc, nazwa FROM miasteczka WHERE ludnosc >= 0 ORDER BY 1;")
    assert answer.columns == ("terc", "nazwa")
    assert answer.rows == [("0264011", "Wrocław"), ("1061011", "Łódź")]
    assert not answer.more


def test_rows_beyond_the_limit_are_announced(path: Path) -> None:
    answer = query(path, "FROM range(10000000)", limit=2)
    assert (answer.rows, answer.more) == ([(0,), (1,)], True)


@pytest.mark.parametrize(
    "sql", ["SHOW TABLES", "DESCRIBE towns", "SUMMARIZE towns", "EXPLAIN FROM towns"]
)
def test_questions_about_the_tables_are_questions_too(path: Path, sql: str) -> None:
    assert query(path, sql).rows


@pytest.mark.parametrize(
    "sql",
    [
        "",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE towns",
        "DELETE FROM towns",
        "CREATE TABLE x AS SELECT 1",
        "CREATE TEMP TABLE x AS SELECT 1",
        "ATTACH 'other.duckdb'",
        "COPY towns TO 'towns.csv'",
        "EXPORT DATABASE 'x'",
        "SET memory_limit = '100GB'",
        "INSTALL httpfs",
        "CHECKPOINT",
    ],
)
def test_anything_but_one_question_is_refused(path: Path, sql: str) -> None:
    with pytest.raises(PimError, match="PIM-WH-004") as caught:
        query(path, sql)
    assert caught.value.exit_code is Exit.USAGE
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "sql",
    [
        "FROM read_text('/etc/hostname')",
        "FROM '/etc/hostname'",
        "FROM read_csv('https://example.org/x.csv')",
        "FROM glob('/*')",
        "EXPLAIN ANALYZE COPY towns TO 'towns.csv'",
        "EXPLAIN ANALYZE DELETE FROM towns",
    ],
)
def test_no_other_file_can_be_reached(path: Path, sql: str) -> None:
    with pytest.raises(PimError, match="PIM-WH-004"):
        query(path, sql)
    assert query(path, "SELECT count(*) FROM towns").rows == [(3,)]


def test_wrong_sql_is_told_on_one_line_without_a_sign_that_points_nowhere(path: Path) -> None:
    with pytest.raises(PimError, match="PIM-WH-004") as caught:
        query(path, "FROM towns\nSELECT nothing_like_it")
    why = str(caught.value.why)
    assert "nothing_like_it" in why
    assert "LINE 2" in why
    assert "^" not in why


def test_variables_of_the_program_are_no_tables(path: Path) -> None:
    with pytest.raises(PimError, match="PIM-WH-004"):
        query(path, "FROM sql")


def test_a_mistake_is_answered_with_duckdbs_words_and_a_way_on(path: Path) -> None:
    with pytest.raises(PimError) as caught:
        query(path, "SELECT nazwaa FROM miasteczka")
    assert caught.value.why
    assert '"nazwaa"' in caught.value.why.pl
    assert "SHOW TABLES" in caught.value.fix.pl


def test_a_question_that_never_ends_is_ended(path: Path) -> None:
    endless = "SELECT count(*) FROM range(10000000000) a, range(1000000) b WHERE a.range % 7 = 8"
    with pytest.raises(PimError, match="took too long"):
        query(path, endless, seconds=0.2)


def test_a_question_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-WH-006"):
        query(tmp_path / "warehouse.duckdb", "SELECT 1")
