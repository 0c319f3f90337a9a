import duckdb
import pytest

from schemas.derive.ddl import columns_of, create_table, ddl, literal, quoted
from schemas.registry import all_tables
from schemas.table import Table
from schemas.verdict import ORIGIN
from tests.warehouse.warehouse_sample import NASTY, TABLES, TownKind, Towns


def in_duckdb(table: type[Table], *, origin: bool = False) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(ddl(table, origin=origin))
    return connection


@pytest.mark.parametrize("table", [*all_tables(), *TABLES], ids=lambda table: table.name)
def test_every_table_and_its_polish_view_explain_every_column(table: type[Table]) -> None:
    with in_duckdb(table, origin=True) as connection:
        texts = dict(
            connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        )
        views = dict(
            connection.execute(
                "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"
            ).fetchall()
        )
        columns = {
            (where, name): comment
            for where, name, comment in connection.execute(
                "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
            ).fetchall()
        }
    assert table.title.en in texts[table.name]
    assert table.title.pl in texts[table.name]
    assert views[table.name_pl].startswith(table.title.pl)
    for column in columns_of(table, origin=True):
        comment = columns[table.name, column.name]
        assert column.description.pl in comment
        assert column.description.en in comment
    for column in table.columns:
        comment = columns[table.name_pl, column.name_pl]
        assert comment.startswith(column.title.pl)
        assert column.description.en in comment
    assert len(columns) == 2 * len(table.columns) + len(ORIGIN)


def test_types_and_unknown_values_are_as_declared() -> None:
    with in_duckdb(Towns) as connection:
        described = connection.execute("DESCRIBE towns").fetchall()
    assert [(name, kind, null) for name, kind, null, *_ in described] == [
        ("terc", "VARCHAR", "NO"),
        ("town_name", "VARCHAR", "NO"),
        ("kind", "VARCHAR", "YES"),
        ("people", "BIGINT", "YES"),
        ("area", "DECIMAL(18,2)", "YES"),
        ("capital", "BOOLEAN", "YES"),
        ("since", "DATE", "YES"),
    ]


def test_the_polish_view_shows_labels_and_hides_no_code() -> None:
    with in_duckdb(Towns) as connection:
        connection.execute("INSERT INTO towns (terc, town_name, kind) VALUES ('1', 'a', 'o''x')")
        connection.execute("INSERT INTO towns (terc, town_name, kind) VALUES ('2', 'b', 'gone')")
        connection.execute("INSERT INTO towns (terc, town_name) VALUES ('3', 'c')")
        kinds = connection.execute("SELECT terc, rodzaj FROM miasteczka ORDER BY terc").fetchall()
    assert kinds == [("1", TownKind.QUOTED.label.pl), ("2", "gone"), ("3", None)]


def test_the_unit_stands_in_the_comment() -> None:
    with in_duckdb(Towns) as connection:
        found = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE column_name IN ('people', 'ludnosc')"
        ).fetchall()
    assert all("[osoby]" in comment and "[people]" in comment for (comment,) in found)


def test_keys_and_references_are_no_constraints() -> None:
    for table in TABLES:
        assert not {"PRIMARY", "FOREIGN", "CHECK"} & set(create_table(table).split())


def test_names_and_texts_with_quotes_stay_what_they_are() -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE {quoted(NASTY)} AS SELECT {literal(NASTY)} AS x")
        assert connection.execute(f"FROM {quoted(NASTY)}").fetchall() == [(NASTY,)]


def test_origin_columns_are_those_of_the_gate() -> None:
    assert tuple(column.name for column in columns_of(Towns, origin=True)[-2:]) == ORIGIN
