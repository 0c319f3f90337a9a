"""Built again: the same bytes elsewhere, and nothing at all where nothing has changed."""

import json
from pathlib import Path

import pytest

from tests.builds import Built, build, copied, files_of, published, start
from tests.commandline import PROGRAM
from warehouse.history import Outcome, runs

AGAIN = """
import sys
from pipelines.cli import run
code = run(["build", "--data", sys.argv[1], "--json"])
print([name for name in ("dagster", "pandera") if name in sys.modules])
sys.exit(code)
"""


@pytest.fixture(scope="module")
def twin(first_build: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same commit, built in another process, place, language, zone, and with one thread."""
    data = tmp_path_factory.mktemp("twin") / "deeper" / "elsewhere"
    return build(
        data, LC_ALL="C", TZ="Pacific/Auckland", PYTHONHASHSEED="7", POLARS_MAX_THREADS="1"
    )


def test_two_builds_of_one_commit_have_the_same_published_bytes(
    first_build: Built, twin: Built
) -> None:
    """CSV, Parquet, JSON and Markdown by their bytes, DuckDB by its content."""
    assert twin.code == 0
    ours, theirs = published(first_build.public), published(twin.public)
    assert theirs == ours
    endings = {Path(name).suffix for name in ours}
    assert endings == {".csv", ".duckdb", ".json", ".md", ".parquet"}
    assert twin.told == first_build.told


def test_work_that_is_not_published_is_the_same_too(first_build: Built, twin: Built) -> None:
    for part in ("tables", "rejected", "reports", "publishable"):
        ours, theirs = (files_of(b.data / "work" / part) for b in (first_build, twin))
        assert {name: sha for name, (_, _, sha) in theirs.items()} == {
            name: sha for name, (_, _, sha) in ours.items()
        }


def test_a_second_build_without_news_says_so_and_touches_only_the_log(
    first_build: Built, tmp_path: Path
) -> None:
    data = copied(first_build, tmp_path / "data")
    before = files_of(data)
    ended = start([*PROGRAM[1:], AGAIN, str(data)])
    assert ended.returncode == 0, ended.stderr
    out, _, imported = ended.stdout.rstrip().rpartition("\n")
    told = json.loads(out)
    assert told["outcome"] == "unchanged"
    assert {**told, "outcome": ""} == {**first_build.told, "outcome": ""}
    after = files_of(data)
    assert {name for name in before | after if before.get(name) != after.get(name)} == {
        "history.duckdb"
    }
    assert [run.outcome for run in runs(data / "history.duckdb")] == [
        Outcome.UNCHANGED,
        Outcome.SUCCESS,
    ]
    assert imported == "[]", "they take a second to import"
