"""Bad input: every fault is told with place and reason, and what was published stays as it was."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.building import BuildResult
from schemas.errors import Exit, PimError
from schemas.registry import table_named
from schemas.text import Text
from sources.facts import CURATED
from tests.builds import Built, Told, build, copied, files_of, pim_of, published
from tests.shared import REPO
from warehouse.folder import DataFolder
from warehouse.history import Outcome
from warehouse.reports import load_report

Spoil = Callable[[bytes], bytes | None]
"""What happens to the bytes of a file; None removes it."""


def with_cell(line: int, before: str, after: str) -> Spoil:
    """Puts another text into a line (counted from 1, as people do)."""

    def spoil(data: bytes) -> bytes:
        lines = data.decode().split("\n")
        assert before in lines[line - 1]
        lines[line - 1] = lines[line - 1].replace(before, after, 1)
        return "\n".join(lines).encode()

    return spoil


def repeated(data: bytes) -> bytes:
    """The last row twice."""
    return data + data.rstrip(b"\n").split(b"\n")[-1] + b"\n"


def cut_in_a_row(data: bytes) -> bytes:
    """The first half, up to the middle of a row."""
    half = data[: len(data) // 2]
    return half if half[-1:] != b"\n" else half[:-1]


def cut_after_a_row(data: bytes) -> bytes:
    """The first half of the rows."""
    lines = data.splitlines(keepends=True)
    return b"".join(lines[: len(lines) // 2])


@dataclass(frozen=True)
class Fault:
    """One way to spoil a file, and what is told of it."""

    table: str
    spoil: Spoil
    rule: str
    """Rule of the finding, or code of the error."""
    place: str
    sentences: tuple[str, str]
    """What Polish and English readers are told."""
    rows: int = 0
    """Rows set aside."""


ROWS = (
    Fault(
        "counts",
        with_cell(2, ",3,", ",trzy,"),
        "type",
        "facts/counts.csv, line 2",
        ("Wartość nie jest liczbą całkowitą.", "The value is not a whole number."),
        rows=1,
    ),
    Fault(
        "document_editions",
        repeated,
        "key",
        "facts/document_editions.csv, line 63",
        ("Klucz powtarza się w kilku wierszach", "The key stands in several rows"),
        rows=2,
    ),
    Fault(
        "events",
        with_cell(3, ",ed-0001,", ",ed-0099,"),
        "reference",
        "facts/events.csv, line 3",
        ("Wartości nie ma w tabeli", "The value is not found in table 'editions'"),
        rows=1,
    ),
)
TABLES = (
    Fault(
        "institution_roles",
        with_cell(1, "role", "funkcja"),
        "unknown_column",
        "funkcja",
        ("Plik ma kolumnę, której tabela nie zna.", "a column that is not declared"),
    ),
    Fault(
        "network_names",
        cut_after_a_row,
        "shrunk",
        "",
        ("Jeśli tak ma być, podaj --allow-loss network_names.", "give --allow-loss network_names."),
    ),
)
FILES = (
    Fault(
        "rule_changes",
        lambda data: data.decode().encode("cp1250"),
        "PIM-SRC-004",
        "facts/rule_changes.csv, line 2",
        ("Plik nie jest zapisany w UTF-8.", "The file is not UTF-8."),
    ),
    Fault(
        "work_form_participants",
        lambda data: b"",
        "PIM-SRC-003",
        "facts/work_form_participants.csv",
        ("Plik jest pusty.", "The file is empty."),
    ),
    Fault(
        "good_practices",
        cut_in_a_row,
        "PIM-SRC-005",
        "facts/good_practices.csv, line",
        ("Plik jest ucięty.", "The file is cut off."),
    ),
    Fault(
        "goals",
        lambda data: None,
        "PIM-SRC-001",
        "facts/goals.csv",
        ("Nie ma pliku z danymi.", "There is no such file of facts."),
    ),
)
BY_TABLE = pytest.mark.parametrize(
    "fault", [*ROWS, *TABLES, *FILES], ids=lambda fault: f"{fault.table}-{fault.rule}"
)


def spoiled(target: Path, *faults: Fault) -> Path:
    """A copy of the embedded facts with these faults."""
    shutil.copytree(CURATED, target)
    for fault in faults:
        path = target / f"{fault.table}.csv"
        data = fault.spoil(path.read_bytes())
        if data is None:
            path.unlink()
        else:
            path.write_bytes(data)
    return target


@dataclass(frozen=True)
class Attempt:
    """A build of bad facts over a good release."""

    built: Built
    before: dict[str, tuple[int, int, str]]
    """Every file of the release, before."""

    @property
    def told(self) -> Told:
        return self.built.told


@pytest.fixture(scope="module")
def attempt(first_build: Built, tmp_path_factory: pytest.TempPathFactory) -> Attempt:
    """One build with all the faults at once, each in another table."""
    folder = tmp_path_factory.mktemp("bad")
    data = copied(first_build, folder / "data")
    before = files_of(data / "releases") | files_of(data / "public")
    facts = spoiled(folder / "facts", *ROWS, *TABLES, *FILES)
    return Attempt(build(data, "--facts", facts), before)


@BY_TABLE
def test_each_fault_is_told_with_its_place_and_reason_in_both_languages(
    attempt: Attempt, fault: Fault
) -> None:
    for finding in attempt.told["findings"]:
        if (finding["table"], finding["rule"]) == (fault.table, fault.rule):
            assert fault.place in " ".join(finding["places"])
            said = finding["message"]
            break
    else:
        (error,) = (e for e in attempt.told["errors"] if e["where"].startswith(fault.place))
        assert error["code"] == fault.rule
        assert error["fix"]["pl"]
        assert error["fix"]["en"]
        said = error["what"]
    assert fault.sentences[0] in said["pl"]
    assert fault.sentences[1] in said["en"]


def test_nothing_else_is_blamed(attempt: Attempt) -> None:
    """All faults of all tables are collected in one run, and only they."""
    told = attempt.told
    found = {(f["table"], f["rule"]) for f in told["findings"]} | {
        (e["where"].split("/")[1].split(".")[0], e["code"]) for e in told["errors"]
    }
    expected = {(fault.table, fault.rule) for fault in (*ROWS, *TABLES, *FILES)}
    assert found == expected | {("institution_roles", "missing_column")}


def test_counts_are_those_of_this_run(attempt: Attempt) -> None:
    """A table whose file could not be read has no counts, not those of the last build."""
    counts = {table["table"]: table for table in attempt.told["tables"]}
    assert [fault.table for fault in FILES if fault.table in counts] == []
    for fault in ROWS:
        assert counts[fault.table]["rejected"] == fault.rows
    assert attempt.told["rejected"] >= sum(fault.rows for fault in ROWS)


@pytest.mark.parametrize("fault", [*ROWS, *TABLES, *FILES[:3]], ids=lambda fault: fault.table)
def test_each_fault_alone_would_end_with_3(attempt: Attempt, fault: Fault) -> None:
    """By the same reckoning as a build: of the one file's error, or of its table's report."""
    reports = tuple(
        load_report(DataFolder(attempt.built.data), table_named(table["table"]))
        for table in attempt.told["tables"]
        if table["table"] == fault.table
    )
    errors = tuple(
        PimError(
            e["code"],
            Text(**e["what"]),
            fix=Text(**e["fix"]),
            exit_code=Exit(e["exit_code"]),
        )
        for e in attempt.told["errors"]
        if e["where"].startswith(f"facts/{fault.table}.csv")
    )
    assert len(reports) + len(errors) == 1
    assert BuildResult(Outcome.FAILED, "", reports, errors).exit_code is Exit.DATA


def test_the_exit_code_is_that_of_the_gravest_fault(attempt: Attempt) -> None:
    assert attempt.told["outcome"] == "failed"
    assert (attempt.built.code, attempt.told["exit_code"]) == (5, 5), "a source is missing"


def test_the_last_good_release_is_untouched(attempt: Attempt, first_build: Built) -> None:
    data = attempt.built.data
    assert files_of(data / "releases") | files_of(data / "public") == attempt.before
    assert attempt.told["release_id"] == first_build.told["release_id"]
    assert published(data / "public") == published(first_build.public)


@pytest.mark.parametrize("fault", ROWS, ids=lambda fault: fault.table)
def test_rows_set_aside_are_shown_as_they_came(attempt: Attempt, fault: Fault) -> None:
    ended = pim_of(REPO, "rejected", "--data", attempt.built.data, "--table", fault.table, "--json")
    rows = json.loads(ended.stdout)["rejected"]
    schema = table_named(fault.table).schema()
    assert len(rows) == fault.rows
    assert {row["rule"] for row in rows} == {fault.rule}
    assert fault.place in {f"{row['source']}, {row['place']}" for row in rows}
    for row in rows:
        assert fault.sentences[0] in row["reason_pl"]
        assert fault.sentences[1] in row["reason_en"]
        assert json.loads(row["row"]).keys() >= schema.keys(), "the whole row, as it came"


def test_pim_check_says_the_same_without_a_build(attempt: Attempt) -> None:
    """All but what only a build can know: what was there before."""
    facts = attempt.built.data.parent / "facts"
    ended = pim_of(REPO, "check", "--facts", facts, "--lang", "en")
    assert ended.returncode == 3
    for fault in (*ROWS, TABLES[0], *FILES[:3]):
        assert fault.sentences[1] in ended.stdout
        assert fault.place.removeprefix("facts/") in ended.stdout
