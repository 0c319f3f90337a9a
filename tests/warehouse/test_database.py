import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.columns import Codes, code
from schemas.errors import PimError
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import ORIGIN
from tests.warehouse.warehouse_sample import (
    META,
    NASTY,
    TABLES,
    TownNames,
    Towns,
    all_rows,
    build,
    towns,
)
from warehouse.about import code_rows
from warehouse.content import content_hash
from warehouse.database import assemble
from warehouse.opening import opened


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    with opened(path, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def elsewhere(code: str, *words: object) -> str:
    """The output of a fresh Python process."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_rows_lie_in_key_order_with_exact_values(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    rows = ask(path, "FROM towns")
    assert rows == towns().drop(ORIGIN).sort("terc").rows()
    assert rows[0][1] == NASTY


def test_polish_views_have_polish_names_and_labels(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    assert ask(path, "SELECT nazwa, rodzaj, od FROM miasteczka WHERE terc = '0264011'") == [
        ("Wrocław", "miasto na prawach powiatu", towns()["since"][0])
    ]
    assert ask(path, 'SELECT pisownia FROM "nazwy miasteczek"') == [("Breslau",), ("Wrocław",)]


def test_everything_lies_in_main_and_has_a_comment(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    for kind, function in (("table", "duckdb_tables"), ("view", "duckdb_views")):
        things = ask(
            path, f"SELECT schema_name, {kind}_name, comment FROM {function}() WHERE NOT internal"
        )
        assert things
        assert {schema for schema, _, _ in things} == {"main"}
        assert [name for _, name, comment in things if not comment] == []
    columns = ask(
        path, "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    )
    assert [(table, name) for table, name, comment in columns if not comment] == []
    assert not ask(path, "SELECT 1 FROM duckdb_constraints() WHERE constraint_type <> 'NOT NULL'")


def test_the_public_file_has_no_origin_and_the_working_one_has(tmp_path: Path) -> None:
    question = "SELECT count(*) FROM duckdb_columns() WHERE column_name IN ('_source', '_place')"
    public = build(tmp_path / "pim.duckdb")
    working = build(tmp_path / "work.duckdb", origin=True)
    assert ask(public, question) == [(0,)]
    assert ask(working, question) == [(2 * len(TABLES),)]
    assert ask(working, "SELECT _place FROM towns") == [("line 3",), ("line 2",), ("line 4",)]


def test_the_file_explains_itself(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    assert ask(path, "FROM _meta") == sorted(META.items())
    assert ask(path, "SELECT klucz FROM _metadane")[0] == ("citation",)
    described = ask(
        path,
        "SELECT table_name, column_name, data_type FROM _dictionary WHERE table_name[1] <> '_'",
    )
    real = ask(
        path,
        """SELECT table_name, column_name, data_type FROM duckdb_columns()
        WHERE table_name IN (SELECT table_name FROM duckdb_tables() WHERE table_name[1] <> '_')
        ORDER BY table_name, column_index""",
    )
    assert described == real
    assert ask(
        path,
        "SELECT allowed, code_list, refers_to, unit_pl, in_key, may_be_empty FROM _dictionary "
        "WHERE column_name IN ('terc', 'kind', 'people') ORDER BY table_name DESC, position",
    ) == [
        ("[0-9]{7}", None, None, None, True, False),
        ("city; o'x", "town_kind", None, None, False, True),
        (">= 0", None, None, "osoby", False, True),
        ("[0-9]{7}", None, "towns.terc", None, True, False),
    ]
    assert ask(path, "SELECT kod, etykieta_pl FROM _kody WHERE lista_kodow = 'town_kind'") == [
        ("city", "miasto na prawach powiatu"),
        ("o'x", 'z "cudzysłowem"; i średnikiem'),
    ]


def test_polish_letters_are_folded_for_searching(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    assert ask(path, "SELECT nazwa FROM miasteczka WHERE bez_ogonkow(nazwa) = 'lodz'") == [
        ("Łódź",)
    ]
    assert ask(path, "SELECT bez_ogonkow('ZAŻÓŁĆ GĘŚLĄ JAŹŃ')") == [("zazolc gesla jazn",)]


def test_two_builds_say_the_same_and_any_change_shows(tmp_path: Path) -> None:
    first = build(tmp_path / "a" / "pim.duckdb")
    second = build(tmp_path / "b" / "other.duckdb")
    assert content_hash(first) == content_hash(second)
    hashes = {content_hash(first), content_hash(build(tmp_path / "inside.duckdb", origin=True))}
    other = tmp_path / "other.duckdb"
    blank = towns().with_columns(pl.col("town_name").replace(NASTY, ""))
    for changed in (towns().head(2), blank):
        assemble(other, TABLES, {**all_rows(), Towns.name: changed}, meta=META)
        hashes.add(content_hash(other))
    assemble(other, TABLES, all_rows(), meta={**META, "version": "2"})
    hashes.add(content_hash(other))
    with duckdb.connect(first) as connection:
        connection.execute("COMMENT ON COLUMN miasteczka.nazwa IS 'inaczej'")
    hashes.add(content_hash(first))
    assert len(hashes) == 6


def test_an_empty_text_is_not_an_unknown_value(tmp_path: Path) -> None:
    hashes = set()
    for value in ("", None, '""'):
        frame = towns().with_columns(pl.lit(value, pl.String).alias("kind"))
        assemble(tmp_path / "x.duckdb", (Towns,), {"towns": frame}, meta={})
        hashes.add(content_hash(tmp_path / "x.duckdb"))
    assert len(hashes) == 3


def test_all_that_is_wrong_is_told_at_once_and_the_old_file_stays(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    before = path.read_bytes()
    broken = towns().with_columns(pl.lit(None, pl.String).alias("town_name"))
    with pytest.raises(PimError) as caught:
        assemble(path, TABLES, {"towns": broken}, meta=META)
    assert caught.value.code == "PIM-WH-005"
    assert caught.value.why
    told = caught.value.why.pl
    for name in ("towns: ", f"{TownNames.name}: ", "NOT NULL"):
        assert name in told
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_rows_of_another_declaration_do_not_get_in(tmp_path: Path) -> None:
    stale = tmp_path / "towns.parquet"
    towns().with_columns(pl.col("people").cast(pl.String)).write_parquet(stale)
    with pytest.raises(PimError, match="PIM-WH-005") as caught:
        assemble(tmp_path / "pim.duckdb", (Towns,), {"towns": stale}, meta={})
    assert caught.value.why
    assert "people" in caught.value.why.en


def test_two_code_lists_of_one_name_are_an_error(tmp_path: Path) -> None:
    class TownKind(Codes):
        """Another list with the name of one that exists."""

        OTHER = "other", "inny", "other"

    class Villages(Table):
        name_pl = "wsie"
        title = description = row = Text("Wsie", "Villages")
        kind = code(TownKind, "rodzaj", "Rodzaj", "Kind", "Rodzaj.", "Kind.", key=True)

    with pytest.raises(PimError, match="PIM-WH-010"):
        code_rows((Towns, Villages))
    rows = {"towns": towns(), "villages": pl.DataFrame(schema=Villages.schema())}
    with pytest.raises(PimError, match="PIM-WH-005") as caught:
        assemble(tmp_path / "pim.duckdb", (Towns, Villages), rows, meta={})
    assert caught.value.why
    assert "_codes" in caught.value.why.en


READER = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=True)
print(connection.execute("SELECT count(*) FROM towns").fetchall(), flush=True)
sys.stdin.readline()
print(connection.execute("SELECT count(*) FROM miasteczka").fetchall(), flush=True)
"""


def test_an_analyst_with_the_file_open_neither_stops_nor_feels_the_swap(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdin
        assert reader.stdout
        assert reader.stdout.readline() == "[(3,)]\n"
        rows = {**all_rows(), Towns.name: towns().head(1)}
        assemble(path, TABLES, rows, meta=META)
        assert ask(path, "SELECT count(*) FROM towns") == [(1,)]
        assert reader.communicate("go on\n", timeout=60)[0] == "[(3,)]\n"


CRASH = """
import os, signal, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("PRAGMA disable_checkpoint_on_shutdown")
connection.execute("DELETE FROM towns")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_log_of_a_crashed_program_does_not_reach_the_new_file(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    crashed = subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False)
    assert crashed.returncode == -signal.SIGKILL
    assert (tmp_path / "pim.duckdb.wal").exists()
    build(path)
    assert ask(path, "SELECT count(*) FROM towns") == [(3,)]


ATTACHED = """
import sys, duckdb
connection = duckdb.connect()
connection.execute("CREATE TABLE towns (nazwa VARCHAR)")
connection.execute("ATTACH '" + sys.argv[1] + "' AS pim (READ_ONLY)")
print(connection.execute(
    "SELECT nazwa, pim.bez_ogonkow(nazwa) FROM pim.miasteczka WHERE ludnosc > 1000"
).fetchall())
"""


def test_views_and_the_macro_work_where_the_file_is_attached(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    assert elsewhere(ATTACHED, path) == "[('Wrocław', 'wroclaw')]\n"


KILLED = """
import os, signal, sys
from pathlib import Path
import schemas.files
from tests.warehouse.warehouse_sample import build
Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
build(Path(sys.argv[1]))
"""


def test_a_build_killed_at_the_rename_leaves_the_old_file_whole(tmp_path: Path) -> None:
    path = build(tmp_path / "pim.duckdb")
    before = content_hash(path)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert content_hash(path) == before
    assert content_hash(build(path)) == before


def test_a_file_that_is_no_database_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "pim.duckdb"
    with pytest.raises(PimError, match="PIM-WH-006"):
        content_hash(path)
    path.write_text("half a file" * 1000)
    with pytest.raises(PimError, match="PIM-WH-009") as caught:
        content_hash(path)
    assert caught.value.where == str(path)
