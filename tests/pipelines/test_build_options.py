"""`--allow-loss`, `--force`, `--date` and SOURCE_DATE_EPOCH change what they should, no more."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.builds import Built, build, copied, files_of, pim_of, published
from warehouse.history import Outcome, runs

DAY, EPOCH = "2031-05-06", "1935792000"
"""The same day, as `--date` and SOURCE_DATE_EPOCH take it."""


def facts_of(house: Path, target: Path, **changes: tuple[str, str]) -> Path:
    """The facts of a house, with texts of some tables replaced."""
    shutil.copytree(house / "sources" / "curated", target)
    for table, (before, after) in changes.items():
        path = target / f"{table}.csv"
        text = path.read_text("utf-8")
        assert before in text
        path.write_text(text.replace(before, after, 1), "utf-8")
    return target


def half(path: Path) -> None:
    """Leave the first half of the rows."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Published files that differ."""
    return {name for name in before | after if before.get(name) != after.get(name)}


def test_force_builds_all_the_same_and_changes_nothing(
    small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    data = copied(small_build, tmp_path / "data")
    before = files_of(data / "releases")
    told = build(data, "--force", house=small_house).told
    assert told == small_build.told, "a success again, not an unchanged one"
    after = files_of(data / "releases")
    # DuckDB never writes the same bytes twice; the content is the same.
    assert {name.rpartition("/")[2] for name in before if before[name] != after[name]} <= {
        "pim.duckdb"
    }
    assert before.keys() == after.keys()
    assert published(data / "public") == published(small_build.public)


def test_a_published_file_that_was_damaged_is_noticed_and_mended(
    small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    data = copied(small_build, tmp_path / "data")
    (data / "public" / "kronika" / "dokumenty.csv").write_text("damaged")
    (data / "public" / "kronika" / "README.md").unlink()
    (data / "public" / "pim.duckdb").write_bytes(b"damaged")
    assert build(data, house=small_house).told["outcome"] == "success"
    assert published(data / "public") == published(small_build.public)


def test_the_release_date_reaches_descriptions_and_no_data(
    small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    data = copied(small_build, tmp_path / "data")
    told = build(data, "--date", DAY, house=small_house).told
    assert told["outcome"] == "success"
    before, after = published(small_build.public), published(data / "public")
    assert before.keys() == after.keys()
    names = {name.rpartition("/")[2] for name in changed(before, after)}
    assert names == {
        "README.md",
        "README.pl.md",
        "README.en.md",
        "datapackage.json",
        "manifest.json",
        "pim.duckdb",
    }
    manifest = json.loads((data / "public" / "manifest.json").read_text("utf-8"))
    assert (manifest["date"], manifest["version"]) == (DAY, "2031.5.0")
    package = json.loads((data / "public" / "kronika" / "datapackage.json").read_text("utf-8"))
    assert package["created"].startswith(DAY)
    with duckdb.connect(data / "public" / "pim.duckdb", read_only=True) as connection:
        meta = dict(connection.execute("SELECT key_name, value FROM _meta").fetchall())
    assert meta["date"] == DAY

    again = build(data, house=small_house, SOURCE_DATE_EPOCH=EPOCH).told
    assert again["outcome"] == "unchanged", "the same day, said in another way"


def test_a_date_that_is_none_is_refused_before_anything_is_made(
    small_house: Path, tmp_path: Path
) -> None:
    for words, env in (
        (["--date", "6.05.2031"], {}),
        (["--date", "2031-02-30"], {}),
        ([], {"SOURCE_DATE_EPOCH": "soon"}),
    ):
        ended = pim_of(small_house, "build", "--data", tmp_path / "data", *words, **env)
        assert ended.returncode == 2
        assert "PIM-CFG-003" in ended.stderr
        assert not (tmp_path / "data").exists()


@pytest.fixture(scope="module")
def shrunk(
    small_house: Path, small_build: Built, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Built, Path]:
    """A build of half the networks over a good release, and the facts.

    Another table may lose rows, by the operator's word: that changes nothing.
    """
    folder = tmp_path_factory.mktemp("shrunk")
    facts = facts_of(small_house, folder / "curated")
    half(facts / "networks.csv")
    data = copied(small_build, folder / "data")
    built = build(data, "--facts", facts, "--allow-loss", "documents", house=small_house)
    return built, facts


def test_a_table_that_lost_rows_is_stopped(shrunk: tuple[Built, Path], small_build: Built) -> None:
    built, _ = shrunk
    assert (built.code, built.told["failed_steps"]) == (3, ["networks"])
    (finding,) = built.told["findings"]
    assert (finding["table"], finding["rule"], finding["severity"]) == (
        "networks",
        "shrunk",
        "block",
    )
    assert files_of(built.public) == files_of(small_build.public)


def test_allow_loss_lets_the_named_table_lose_rows(
    shrunk: tuple[Built, Path], small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    built, facts = shrunk
    data = copied(built, tmp_path / "data")
    meant = build(data, "--facts", facts, "--allow-loss", "sieci", house=small_house)
    assert (meant.code, meant.told["outcome"]) == (0, "success")
    names = changed(published(small_build.public), published(data / "public"))
    told = {name for name in names if "miasta-i-sieci" not in name}
    assert told == {"manifest.json", "pim.duckdb"}
    tables = {name.rpartition("/")[2] for name in names if name.endswith((".csv", ".parquet"))}
    assert tables == {"sieci.csv", "sieci.parquet", "networks.csv", "networks.parquet"}


def test_allow_loss_of_a_table_that_is_not_there_is_wrong_use(
    small_house: Path, tmp_path: Path
) -> None:
    ended = pim_of(small_house, "build", "--data", tmp_path / "data", "--allow-loss", "netwroks")
    assert ended.returncode == 2
    assert "PIM-CLI-002" in ended.stderr
    assert "networks" in ended.stderr
    assert not (tmp_path / "data").exists()


def test_rows_set_aside_stop_publishing_until_they_are_mended(
    small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    """Exit code 3, the rows on view, also of a table that is stopped; then all is well again."""
    facts = facts_of(
        small_house,
        tmp_path / "curated",
        networks=(",thematic,", ",tematyczna,"),
        editions=(",2017,2019,", ",dawno,2019,"),
    )
    data = copied(small_build, tmp_path / "data")
    failed = build(data, "--facts", facts, house=small_house)
    assert (failed.code, failed.told["outcome"]) == (3, "failed")
    # One of three editions is a third: it is stopped, and what refers to it is not looked at.
    rules = {(f["table"], f["rule"], f["severity"]) for f in failed.told["findings"]}
    assert rules == {("editions", "type", "reject"), ("editions", "shrunk", "block")}
    shown = pim_of(small_house, "rejected", "--data", data, "--json")
    (row,) = json.loads(shown.stdout)["rejected"]
    assert (row["table_name"], row["column_name"], row["value"]) == (
        "editions",
        "period_start",
        "dawno",
    )

    shutil.copy(small_house / "sources" / "curated" / "editions.csv", facts)
    failed = build(data, "--facts", facts, house=small_house)
    assert (failed.code, failed.told["failed_steps"]) == (3, ["publishable_rows"])
    (error,) = failed.told["errors"]
    assert (error["code"], error["where"]) == ("PIM-PUB-001", "networks (1)")
    assert files_of(data / "public") == files_of(small_build.public)
    status = json.loads(pim_of(small_house, "status", "--data", data, "--json").stdout)
    assert {table["table"]: table["rejected"] for table in status["tables"]} == {
        "documents": 0,
        "editions": 0,
        "networks": 1,
        "rejected_counts": 0,
    }

    mended = build(data, house=small_house)
    assert mended.told == small_build.told, "a success, and no count of the failed builds"
    assert files_of(data / "public") == files_of(small_build.public)
    outcomes = [run.outcome for run in runs(data / "history.duckdb")]
    assert outcomes == [Outcome.SUCCESS, Outcome.FAILED, Outcome.FAILED, Outcome.SUCCESS]


def test_a_dry_run_says_whether_there_is_anything_to_build_and_writes_nothing(
    small_house: Path, small_build: Built, tmp_path: Path
) -> None:
    data = copied(small_build, tmp_path / "data")

    def planned(where: Path, *words: str) -> dict[str, object]:
        done = pim_of(small_house, "build", "--data", str(where), "--dry-run", "--json", *words)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert isinstance(found, dict)
        return found

    before = files_of(data)
    assert planned(data)["due"] is False
    assert planned(data, "--force")["due"] is True
    assert planned(data, "--date", DAY)["due"] is True
    new = tmp_path / "new"
    assert planned(new)["due"] is True
    assert not new.exists()
    assert files_of(data) == before
    (data / "public" / "kronika" / "README.md").unlink()
    damaged = planned(data)
    assert damaged["due"] is True
    assert "uszkodzone" in str(damaged["why"])
