"""Rejected rows: looked at by day, written as a workbook, judged again after something changed."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from schemas.datasets import DATA_QUALITY
from schemas.gate import check
from schemas.registry import tables_of
from schemas.tables.goals import Goals
from schemas.tables.localities import Localities
from schemas.tables.rejections import RejectedCounts
from sources.facts import CURATED, read_facts
from tests.commandline import pim_error, pim_here, pim_json
from warehouse.folder import DataFolder
from warehouse.history import Count, Outcome, Run, record
from warehouse.tables import store_rejected, store_table

GOALS = (CURATED / "goals.csv").read_text(encoding="utf-8").splitlines(keepends=True)


def run_of(name: str, day: int, table: str, rejected: int) -> Run:
    moment = datetime(2026, 11, day, 12, tzinfo=UTC)
    return Run(name, moment, moment, Outcome.FAILED, "", "", {table: Count(0, rejected, 0)})


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with facts and data in which a build has set four goals aside."""
    facts = tmp_path / "facts"
    facts.mkdir()
    for path in CURATED.iterdir():
        if path.is_file():
            (facts / path.name).write_bytes(path.read_bytes())
    write_goals(tmp_path, lambda lines: [
        lines[0],
        lines[1].replace("ed-0002", "ed-9999"),
        lines[2].replace("specific", "=cmd|' /C calc'!A0"),
        lines[3].replace("goal-0003", "goal-0004"),
        *lines[4:],
    ])  # fmt: skip
    folder = DataFolder(tmp_path / "data").prepare()
    rows = read_facts(facts / "goals.csv", shown_as="facts/goals.csv")
    editions = read_facts(facts / "editions.csv").select("edition_id")
    documents = read_facts(facts / "documents.csv").select("document_id")
    rejected = check(Goals, rows, {"editions": editions, "documents": documents}).rejected
    assert set(rejected["rule"]) == {"reference", "code", "key"}
    store_rejected(folder, Goals, rejected)
    record(folder.history, run_of("run-1", 2, "goals", 1), rejected.filter(rule="reference"))
    record(folder.history, run_of("run-2", 9, "goals", 4), rejected)
    return tmp_path


def write_goals(house: Path, change: Callable[[list[str]], list[str]]) -> None:
    (house / "facts" / "goals.csv").write_text("".join(change([*GOALS])), encoding="utf-8")


def answers(house: Path, *words: str) -> dict[str, list[str]]:
    """The answer for each rejected row, by its key."""
    done = pim_here("replay", *words, "--facts", "facts", "--json", cwd=house)
    assert done.stderr == ""
    found: dict[str, list[str]] = {}
    for row in json.loads(done.stdout)["rows"]:
        found.setdefault(row["key"], []).append(row["answer"])
    return found


def test_rows_that_nobody_mended_still_fail_and_say_why(house: Path) -> None:
    done = pim_here("replay", "--facts", "facts", cwd=house)
    assert done.returncode == 3
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0] == ["tabela", "miejsce", "klucz", "złamane reguły", "teraz", "powód"]
    assert lines[1] == [
        "goals", "facts/goals.csv, wiersz 2", "goal-0001", "reference", "nadal odrzucony",
        "Wartości nie ma w tabeli „edycje”.",
    ]  # fmt: skip
    assert "Przejdzie: 0, nadal odrzucone: 4, nie ma już w źródle: 0." in done.stderr


def test_a_row_is_accepted_when_what_it_refers_to_has_come(house: Path) -> None:
    """The row is as it was; the edition that it names is there now."""
    editions = house / "facts" / "editions.csv"
    text = editions.read_text(encoding="utf-8")
    last = text.splitlines()[-1]
    editions.write_text(f"{text}{last.replace(last[:7], 'ed-9999')}\n", encoding="utf-8")
    assert answers(house)["goal-0001"] == ["accepted"]


def test_a_row_that_was_mended_in_its_source_passes(house: Path) -> None:
    write_goals(house, lambda lines: lines)
    assert answers(house, "goals") == {
        "goal-0001": ["mended"],
        "goal-0002": ["mended"],
        "goal-0004": ["gone", "accepted"],
    }
    done = pim_here("replay", "--facts", "facts", cwd=house)
    assert done.returncode == 0
    assert "Wejdą do tabel przy następnym „pim build”." in done.stderr


def test_a_row_that_was_taken_out_is_gone(house: Path) -> None:
    write_goals(house, lambda lines: [lines[0], *lines[4:]])
    assert answers(house) == {
        "goal-0001": ["gone"],
        "goal-0002": ["gone"],
        "goal-0004": ["gone", "accepted"],
    }


def test_what_passes_can_be_written_as_facts(house: Path) -> None:
    write_goals(house, lambda lines: lines)
    words = ["replay", "--facts", "facts", "--output", "good"]
    assert pim_here(*words, "--dry-run", cwd=house).returncode == 0
    assert not (house / "good").exists()
    told = pim_json(*words, cwd=house)
    assert told["written"] == ["good/goals.csv"]
    written = (house / "good" / "goals.csv").read_text(encoding="utf-8")
    assert written == "".join([*GOALS[:3], GOALS[4]])


def test_a_row_of_a_register_is_gone_with_its_source(house: Path) -> None:
    """No facts file holds it: it is judged as it came, or was left behind by a newer state."""
    folder = DataFolder(house / "data")
    names = [column.name for column in Localities.columns]
    said = [dict.fromkeys(names, "x"), dict.fromkeys(names, "y")]
    rows = pl.DataFrame(said, schema=dict.fromkeys(names, pl.String())).with_columns(
        pl.Series("_source", ["SIMC.zip", "facts/goals.csv"]), pl.lit("line 2").alias("_place")
    )
    needs = {c.references.table for c in Localities.references if c.references}
    empty = {table.name: pl.DataFrame(schema=table.schema()) for table in needs}
    verdict = check(Localities, rows, empty)
    store_table(folder, Localities, verdict.accepted, verdict.rejected)
    found = pim_here("replay", "localities", "--facts", "facts", "--json", cwd=house)
    by_source = {row["source"]: row["answer"] for row in json.loads(found.stdout)["rows"]}
    assert by_source == {"SIMC.zip": "gone", "facts/goals.csv": "rejected"}


def test_a_stopped_table_is_named_first(house: Path) -> None:
    editions = house / "facts" / "editions.csv"
    editions.write_text(editions.read_text(encoding="utf-8").replace("edition_id", "id", 1),
                        encoding="utf-8")  # fmt: skip
    done = pim_here("replay", "--facts", "facts", cwd=house)
    assert done.returncode == 3
    assert "jest zatrzymana. Popraw najpierw ją." in done.stdout


def test_nothing_rejected_is_nothing_to_do(tmp_path: Path) -> None:
    DataFolder(tmp_path / "data").prepare()
    told = pim_json("replay", cwd=tmp_path)
    assert told["rows"] == []


def test_replay_needs_a_build(tmp_path: Path) -> None:
    code, error = pim_error("replay", cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-WH-006")


@pytest.mark.parametrize(
    ("since", "count"), [("2026-11-02", 4), ("2026-11-03", 3), ("2027-01-01", 0)]
)
def test_rejected_rows_since_a_day(since: str, count: int, house: Path) -> None:
    found = pim_json("rejected", "--since", since, cwd=house)["rejected"]
    assert isinstance(found, list)
    assert len(found) == count
    assert {row["since"] for row in found} <= {"2026-11-02T12:00:00", "2026-11-09T12:00:00"}


def test_a_day_must_be_one(house: Path) -> None:
    code, error = pim_error("rejected", "--since", "wczoraj", cwd=house)
    assert (code, error["code"]) == (2, "PIM-CFG-003")


def test_rejected_rows_as_a_workbook_run_nothing(house: Path) -> None:
    done = pim_here("rejected", "--xlsx", "odrzucone.xlsx", cwd=house)
    assert done.returncode == 0
    assert "Skoroszyt: odrzucone.xlsx" in done.stderr
    book = openpyxl.load_workbook(house / "odrzucone.xlsx")
    assert book.sheetnames == ["Podsumowanie", "cele"]
    lines = [[cell.value for cell in row] for row in book["cele"]]
    assert lines[0][:7] == [
        "Źródło", "Miejsce", "Odrzucany od", "Reguła", "Powód", "Kolumna", "Wartość",
    ]  # fmt: skip
    assert lines[1][:4] == ["facts/goals.csv", "wiersz 2", "2026-11-02 12:00:00", "reference"]
    assert lines[0][7:] == [column.title.pl for column in Goals.columns]
    assert lines[1][7] == "goal-0001"
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    formulas = [cell for cell in cells if str(cell.value).startswith("=")]
    assert formulas
    assert all(cell.quotePrefix for cell in formulas)
    before = (house / "odrzucone.xlsx").read_bytes()
    pim_here("rejected", "--xlsx", "odrzucone.xlsx", cwd=house)
    assert (house / "odrzucone.xlsx").read_bytes() == before


def test_counts_of_rejected_rows_are_public() -> None:
    """Per rule in every release; the rows themselves are not."""
    assert RejectedCounts in tables_of(DATA_QUALITY)
    assert DATA_QUALITY.slug == "jakosc-danych"
    names = {column.name for column in RejectedCounts.columns}
    assert {"table_name", "rule", "rejected_rows"} <= names
    assert not names & {"value", "row", "source", "place"}
