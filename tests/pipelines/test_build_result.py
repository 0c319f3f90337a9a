"""The main job: what it says when it is done, and where everything lies."""

import json
from pathlib import Path

import duckdb
import pytest

from exports.read import read_package
from exports.release.manifest import MANIFEST
from schemas.datasets import DataSet
from schemas.registry import all_datasets, all_tables, tables_of
from schemas.text import LANGS, Lang
from sources.facts import CURATED
from tests.builds import Built, copied, pim_of, published
from warehouse.history import Outcome, runs
from warehouse.query import query

FIRST_FIVE = {"jakosc-danych", "kronika", "miasta-i-sieci", "mid", "plany-ulepszen"}


def test_it_succeeds_and_says_what_was_built(first_build: Built) -> None:
    told = first_build.told
    assert (first_build.code, told["exit_code"], told["outcome"]) == (0, 0, "success")
    assert (told["errors"], told["failed_steps"], told["skipped_steps"]) == ([], [], [])
    assert [table["table"] for table in told["tables"]] == [table.name for table in all_tables()]
    assert told["rows"] == sum(table["accepted"] for table in told["tables"])
    assert told["rejected"] == sum(table["rejected"] for table in told["tables"]) == 0


def test_every_row_of_the_facts_is_accounted_for(first_build: Built) -> None:
    """Nothing is lost between the files and the counts: one line a row, and the header."""
    rows = {
        table.name: path.read_bytes().count(b"\n") - 1
        for table in all_tables()
        if (path := CURATED / f"{table.name}.csv").is_file()
    }
    told = {t["table"]: t["accepted"] + t["rejected"] for t in first_build.told["tables"]}
    assert {name: told[name] for name in rows} == rows


def test_the_first_five_data_sets_are_there() -> None:
    assert {dataset.slug for dataset in all_datasets()} >= FIRST_FIVE


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("dataset", all_datasets(), ids=lambda dataset: dataset.slug)
def test_every_address_of_the_contract_is_served(
    first_build: Built, dataset: DataSet, lang: Lang
) -> None:
    folder = (first_build.public if lang == "pl" else first_build.public / "en") / dataset.slug
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert described["resources"]
    for resource in described["resources"]:
        assert (folder / resource["path"]).is_file()
    for table in tables_of(dataset):
        for ending in ("csv", "parquet"):
            assert (folder / f"{table.name_in(lang)}.{ending}").is_file()


@pytest.mark.parametrize("dataset", all_datasets(), ids=lambda dataset: dataset.slug)
def test_the_counts_told_are_the_rows_published_and_withheld(
    first_build: Built, dataset: DataSet
) -> None:
    """Published rows come back through the project's own reader, in both languages alike."""
    told = {table["table"]: table["accepted"] for table in first_build.told["tables"]}
    polish = read_package(first_build.public / dataset.slug)
    english = read_package(first_build.public / "en" / dataset.slug)
    for table in tables_of(dataset):
        rows = polish[table.name_pl].height
        assert rows == english[table.name].height
        assert rows <= told[table.name], "what is inferred stays inside"


def test_the_analysts_file_holds_every_published_table(first_build: Built) -> None:
    file = first_build.public / "pim.duckdb"
    with duckdb.connect(file, read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        views = connection.execute("SELECT view_name FROM duckdb_views()").fetchall()
    names = {name for (name,) in tables + views}
    for table in all_tables():
        assert (table.name in names) == (table.name_pl in names) == (table.dataset is not None)
    assert {"_meta", "_dictionary", "_codes"} <= names


def test_the_manifest_lists_exactly_what_lies_there(first_build: Built) -> None:
    manifest = json.loads((first_build.public / MANIFEST).read_text("utf-8"))
    found = published(first_build.public)
    del found[MANIFEST]
    listed = {f["path"]: f.get("sha256") or f["content_sha256"] for f in manifest["files"]}
    assert listed == found
    assert manifest["content_id"].startswith(first_build.told["release_id"])
    assert first_build.public.resolve().name == first_build.told["release_id"]


def test_everything_else_lies_below_the_data_folder(first_build: Built) -> None:
    """Nothing beside it was touched, and nothing half-made was left in it."""
    assert [path.name for path in first_build.data.parent.iterdir()] == [first_build.data.name]
    assert sorted(path.name for path in first_build.data.iterdir()) == [
        "dagster",
        "format.json",
        "history.duckdb",
        "public",
        "releases",
        "warehouse.duckdb",
        "work",
    ]
    assert [str(path) for path in first_build.data.rglob("*.tmp*")] == []


def test_the_run_is_in_the_log_with_its_counts(first_build: Built) -> None:
    (run,) = runs(first_build.data / "history.duckdb")
    assert run.outcome is Outcome.SUCCESS
    assert run.release_id == first_build.told["release_id"]
    assert {name: count.accepted for name, count in run.counts.items()} == {
        table["table"]: table["accepted"] for table in first_build.told["tables"]
    }
    assert f"work/staging/{MANIFEST}" in run.outputs


def test_the_working_warehouse_has_every_table_with_the_place_of_each_row(
    first_build: Built,
) -> None:
    warehouse = first_build.data / "warehouse.duckdb"
    for table in all_tables():
        answer = query(warehouse, f"SELECT count(*), count(_source) FROM {table.name}")
        accepted = next(
            t["accepted"] for t in first_build.told["tables"] if t["table"] == table.name
        )
        assert answer.rows[0][0] == accepted
    assert query(warehouse, "SELECT _source, _place FROM networks LIMIT 1").rows == [
        ("curated/networks.csv", "line 2")
    ]


@pytest.mark.parametrize(
    ("lang", "sentence"), [("pl", "Tabele: 4, wiersze: "), ("en", "Tables: 4, rows: ")]
)
def test_a_person_is_told_in_a_few_lines(
    small_house: Path, small_build: Built, tmp_path: Path, lang: str, sentence: str
) -> None:
    """What, how many, where, and three commands to try next."""
    data = copied(small_build, tmp_path / "data")
    ended = pim_of(small_house, "build", "--data", data, "--lang", lang)
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = ended.stdout.splitlines()
    assert sentence + str(small_build.told["rows"]) in ended.stdout
    assert str(data / "public") in ended.stdout
    assert sum(line.strip().startswith("pim ") for line in lines) == 3
    assert len(lines) <= 10
