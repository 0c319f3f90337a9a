"""`pim match`, as scripts and people call it."""

from pathlib import Path

import pytest

from tests.commandline import pim, pim_error, pim_json
from tests.shared import SHARED, needs_shared

REGISTER = str(SHARED / "data" / "registries" / "teryt" / "TERC_Urzedowy_2023-01-01.zip")
NAMES = (
    "query,context_voivodeship,context_network\n"
    "Piława,,Miasto Cyfrowe\n"
    "Piława,,\n"
    "Wyszaków,,Sieć Miasto cyfrowe\n"
    "Miedzyrzec Podlaski,,Miasto Zielone\n"
    "Górnośląsko-Zagłębiowska Metropolia,,\n"
    "w Żorach,śląskie,\n"
)


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "nazwy.csv"
    path.write_text(NAMES, encoding="utf-8")
    return path


@needs_shared
def test_every_row_gets_a_code_or_says_why_not(names: Path, tmp_path: Path) -> None:
    found = pim_json("match", "--csv", str(names), "--register", REGISTER, cwd=tmp_path)
    rows = found["matches"]
    assert isinstance(rows, list)
    answers = [row["terc"] or row["status"] for row in rows]
    assert answers == ["1403103", "AMBIGUOUS", "1435053", "0601011", "NONE", "2479011"]
    codes = {candidate["terc"] for candidate in rows[1]["candidates"]}
    assert {"1403103", "0202041"} <= codes
    assert all(row["reason_pl"] and row["reason_en"] and 0 <= row["score"] <= 100 for row in rows)


@needs_shared
def test_in_a_pipe_the_answer_is_a_table_with_a_header(names: Path, tmp_path: Path) -> None:
    done = pim("match", "--csv", str(names), "--register", REGISTER, cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[0].split("\t")[:3] == ["query", "answer", "score"]
    assert lines[1].split("\t")[:2] == ["Piława", "1403103"]


@needs_shared
def test_the_address_version_is_no_register(names: Path, tmp_path: Path) -> None:
    address = str(SHARED / "data" / "registries" / "teryt" / "TERC_Adresowy_2022-03-16.csv")
    code, error = pim_error("match", "--csv", str(names), "--register", address, cwd=tmp_path)
    assert (code, error["code"]) == (3, "PIM-TRY-020")


def test_a_file_without_names_is_refused_with_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("nazwa\nX\n", encoding="utf-8")
    code, error = pim_error("match", "--csv", "a.csv", "--register", "none.zip", cwd=tmp_path)
    assert (code, error["code"]) == (3, "PIM-MAT-003")
    code, error = pim_error("match", "--csv", "b.csv", "--register", "none.zip", cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-MAT-002")
