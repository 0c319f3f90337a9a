"""What people decided and corrected, as the steps of a build get it."""

from pathlib import Path

import polars as pl
import pytest

from assets.deciding import corrected_rows, rows_of
from schemas.errors import PimError
from schemas.gate import check
from schemas.tables.corrections import Corrections
from schemas.tables.decisions import Decisions
from schemas.tables.goals import Goals
from sources.facts import CURATED

HEADER = (CURATED / "corrections.csv").read_text(encoding="utf-8").splitlines()[0] + "\n"
LINE = "goals,goal-0001,level,strategic,specific,Próba.,,2026-11-20\n"
ROWS = pl.DataFrame({"goal_id": ["goal-0001"], "level": ["strategic"]})


def level(folder: Path) -> str:
    return str(corrected_rows(folder, Goals, ROWS).frame["level"][0])


def test_the_project_carries_both_files_and_they_are_good() -> None:
    for table in (Decisions, Corrections):
        assert check(table, rows_of(CURATED, table), {}).findings == ()


def test_nothing_to_apply_changes_nothing(tmp_path: Path) -> None:
    assert corrected_rows(tmp_path, Goals, ROWS).frame is ROWS
    (tmp_path / "corrections.csv").write_text(HEADER, encoding="utf-8")
    assert corrected_rows(tmp_path, Goals, ROWS).frame is ROWS
    assert rows_of(tmp_path, Decisions).is_empty()


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(HEADER + LINE, encoding="utf-8")
    assert level(tmp_path) == "specific"
    path.write_text(HEADER, encoding="utf-8")
    assert level(tmp_path) == "strategic"


@pytest.mark.parametrize("text", ["", HEADER + "goals,goal-0001\n", HEADER + LINE[:-1]])
def test_a_file_that_cannot_be_read_corrects_nothing_and_is_told_by_its_own_step(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "corrections.csv").write_text(text, encoding="utf-8")
    assert level(tmp_path) == "strategic"
    with pytest.raises(PimError, match="PIM-SRC-"):
        rows_of(tmp_path, Corrections)


def test_a_line_that_is_refused_is_not_applied(tmp_path: Path) -> None:
    bad = LINE.replace("Próba.", "")
    (tmp_path / "corrections.csv").write_text(HEADER + bad, encoding="utf-8")
    assert level(tmp_path) == "strategic"
