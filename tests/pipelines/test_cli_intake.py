"""`pim intake` and `pim check` with workbooks, as an office and the data team use them."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest

from exports.intake.template import FIRST_ROW
from sources.facts import CURATED
from tests.commandline import pim_error, pim_here, pim_json
from tests.shared import SHARED, needs_shared

FILLED: Mapping[str, str | int | None] = {
    "Identyfikator udziału *": "pcp-0001 · Gdańsk",
    "Tytuł": "Zielone podwórka",
    "Stan wiedzy *": "ogłoszony temat",
    "Rok": 2025,
    "Źródła *": "doc-0002",
    "Status dowodu *": "potwierdzone",
}
"""A plan as an office would write it, without an identifier."""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An empty template of the action plans, under the name that it gets by itself."""
    folder = tmp_path_factory.mktemp("template")
    assert pim_here("intake", "template", "mids", cwd=folder).stdout == "mid.xlsx\n"
    return (folder / "mid.xlsx").read_bytes()


@pytest.fixture
def mids(empty: bytes, tmp_path: Path) -> Path:
    """A template to fill."""
    (tmp_path / "mid.xlsx").write_bytes(empty)
    return tmp_path / "mid.xlsx"


def fill(path: Path, *rows: Mapping[str, str | int | None]) -> Path:
    """Write rows by header into the first free rows of a template."""
    book = openpyxl.load_workbook(path)
    sheet = book["mid"]
    place = {str(cell.value): cell.column or 0 for cell in sheet[FIRST_ROW - 3]}
    for number, row in enumerate(rows, start=FIRST_ROW):
        for name, value in row.items():
            sheet.cell(number, place[name]).value = value
    book.save(path)
    return path


def without_plan_of(participation: str, tmp_path: Path) -> Path:
    """Facts in which a participation has no plan yet."""
    folder = tmp_path / "facts"
    folder.mkdir()
    for path in CURATED.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    mids = folder / "mids.csv"
    lines = mids.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if participation not in line]
    mids.write_text("".join(kept), encoding="utf-8")
    return folder


def test_a_new_row_gets_an_identifier_and_becomes_a_fact(mids: Path, tmp_path: Path) -> None:
    folder = without_plan_of("pcp-0001", tmp_path)
    fill(mids, FILLED)
    told = pim_json("intake", "load", "mid.xlsx", "--output", "mids.csv", "--facts", str(folder),
                    cwd=tmp_path)  # fmt: skip
    last = (folder / "mids.csv").read_text(encoding="utf-8").splitlines()[-1]
    new = f"mid-{int(last[4:8]) + 1:04}"
    assert told["new_identifiers"] == [{"row": FIRST_ROW, "identifier": new}]
    assert told["changes"] == {"new": [new], "changed": [], "same": []}
    written = (tmp_path / "mids.csv").read_text(encoding="utf-8")
    assert written == (folder / "mids.csv").read_text(encoding="utf-8") + (
        f"{new},pcp-0001,Zielone podwórka,,,topic_published,,2025,,,doc-0002,confirmed\n"
    )


def test_every_command_of_intake_can_be_tried_without_a_file(mids: Path, tmp_path: Path) -> None:
    folder = without_plan_of("pcp-0001", tmp_path)
    fill(mids, FILLED)
    before = sorted(tmp_path.iterdir())
    loaded = ("load", "mid.xlsx", "--output", "mids.csv")
    for words in (("template", "mids"), ("check", "mid.xlsx"), loaded):
        done = pim_here("intake", *words, "--facts", str(folder), "--dry-run", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stderr.endswith("Na próbę: niczego nie zapisano.\n")
        assert sorted(tmp_path.iterdir()) == before


def test_an_office_can_mend_the_present_rows(tmp_path: Path) -> None:
    pim_here("intake", "template", "mid", "--filled", "--output", "a.xlsx", cwd=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["mid"]
    assert sheet.cell(FIRST_ROW, 2).value == "mid-0001"
    sheet.cell(FIRST_ROW, 5).value = "Upał w śródmieściu"
    sheet.cell(FIRST_ROW, 7).value = "podane zamiary"
    book.save(tmp_path / "a.xlsx")
    told = pim_json("intake", "load", "a.xlsx", "--output", "mids.csv", cwd=tmp_path)
    changes = told["changes"]
    assert isinstance(changes, dict)
    assert (changes["new"], changes["changed"]) == ([], ["mid-0001"])
    before = (CURATED / "mids.csv").read_text(encoding="utf-8").splitlines()
    after = (tmp_path / "mids.csv").read_text(encoding="utf-8").splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        "mid-0001,pcp-0001,,Upał w śródmieściu,,intent_stated,,,,,doc-0002,confirmed"
    ]


def test_a_workbook_comes_back_with_wrong_cells_marked(mids: Path, tmp_path: Path) -> None:
    good = {**FILLED, "Identyfikator MID": "mid-0001"}
    bad = {**FILLED, "Identyfikator MID": "mid-0002", "Identyfikator udziału *": "pcp-9999",
           "Tytuł": 2024, "Stan wiedzy *": "gotowe", "Źródła *": None}  # fmt: skip
    fill(mids, good, bad)
    before = mids.read_bytes()
    done = pim_here("intake", "check", "mid.xlsx", cwd=tmp_path)
    assert done.returncode == 3
    assert [line.split("\t")[:5] for line in done.stdout.splitlines()[1:]] == [
        ["mid", "C7", "participation_id", "pcp-9999", "reference"],
        ["mid", "L7", "sources", "", "not_nullable"],
        ["mid", "G7", "status", "gotowe", "code"],
        ["mid", "D7", "title_pl", "2024", "cell_number"],
    ]
    assert "Wiersze: 2, dobre: 1, do poprawy: 1." in done.stderr
    assert mids.read_bytes() == before, "what the office sent stays as it was"

    book = openpyxl.load_workbook(tmp_path / "mid-sprawdzony.xlsx")
    assert book.sheetnames == ["Podsumowanie", "mid", "Instrukcja", "Listy"]
    sheet = book["mid"]
    comments = {cell.coordinate: cell.comment.text for row in sheet for cell in row if cell.comment}
    assert set(comments) == {"C7", "D7", "G7", "L7"}
    assert comments["G7"].startswith("Wartości nie ma na liście. Wybierz: oczekiwana")
    red = [c.coordinate for row in sheet for c in row if str(c.fill.fgColor.rgb) == "00FBD5D5"]
    assert set(red) == {"A7", *comments}
    assert [sheet["A6"].value, sheet["A7"].value] == ["dobrze", "do poprawy"]
    assert sheet["D7"].value == 2024
    assert sheet["C6"].value == "pcp-0001 · Gdańsk"
    summary = [str(cell.value) for row in book["Podsumowanie"] for cell in row if cell.value]
    assert "Wiersze: 2. Dobre: 1. Do poprawy: 1." in summary
    assert book["Podsumowanie"]["A9"].hyperlink.location == "'mid'!C7"


def test_the_checked_workbook_can_be_mended_and_checked_again(mids: Path, tmp_path: Path) -> None:
    fill(mids, {**FILLED, "Identyfikator MID": "mid-0001", "Stan wiedzy *": "gotowe"})
    assert pim_here("intake", "check", "mid.xlsx", cwd=tmp_path).returncode == 3
    again = tmp_path / "mid-sprawdzony.xlsx"
    fill(again, {"Stan wiedzy *": "ogłoszony temat"})
    told = pim_json("intake", "check", again.name, "--output", "b.xlsx", cwd=tmp_path)
    assert (told["rows"], told["accepted"], told["problems"]) == (1, 1, [])


def test_places_in_json_are_sheet_and_cell(mids: Path, tmp_path: Path) -> None:
    fill(mids, {**FILLED, "Identyfikator MID": "mid-0001", "Rok": 1900})
    done = pim_here("intake", "check", "mid.xlsx", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (3, "")
    told = json.loads(done.stdout)
    (problem,) = told["problems"]
    assert {name: problem[name] for name in ("sheet", "cell", "row", "rule", "value")} == {
        "sheet": "mid", "cell": "I6", "row": 6, "rule": "minimum", "value": "1900",
    }  # fmt: skip
    assert set(problem["reason"]) == {"pl", "en"}
    assert told["output"] == "mid-sprawdzony.xlsx"


def test_a_rule_of_the_whole_table_names_the_row(mids: Path, tmp_path: Path) -> None:
    """The participation has a plan already: a second one may not come in."""
    fill(mids, FILLED)
    done = pim_here("intake", "check", "mid.xlsx", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert told["refused"] is True
    assert [(p["rule"], p["row"]) for p in told["problems"]] == [("one_plan_a_participation", 6)]
    code, error = pim_error("intake", "load", "mid.xlsx", "--output", "mids.csv", cwd=tmp_path)
    assert (code, error["code"]) == (3, "PIM-INT-003")
    assert not (tmp_path / "mids.csv").exists()


def renamed_header(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["mid"].cell(FIRST_ROW - 3, 4).value = "Tytuły"
    book.save(path)


def renamed_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["mid"].title = "Gdańsk"
    book.save(path)


def test_a_renamed_header_is_told_with_a_guess(mids: Path, tmp_path: Path) -> None:
    fill(mids, {**FILLED, "Identyfikator MID": "mid-0001"})
    renamed_header(mids)
    done = pim_here("intake", "check", "mid.xlsx", cwd=tmp_path)
    assert done.returncode == 3
    assert "Czy to „Tytuł”?" in done.stderr
    book = openpyxl.load_workbook(tmp_path / "mid-sprawdzony.xlsx")
    summary = " ".join(str(c.value) for row in book["Podsumowanie"] for c in row if c.value)
    assert "W pliku brakuje kolumny tabeli. (title_pl)" in summary
    assert "Czy to „Tytuł”?" in summary


def test_a_renamed_sheet_is_found_all_the_same(mids: Path, tmp_path: Path) -> None:
    fill(mids, {**FILLED, "Identyfikator MID": "mid-0001"})
    renamed_sheet(mids)
    told = pim_json("intake", "check", "mid.xlsx", cwd=tmp_path)
    assert (told["table"], told["sheet"], told["accepted"]) == ("mids", "Gdańsk", 1)


def test_formulas_of_a_workbook_do_not_travel_on(mids: Path, tmp_path: Path) -> None:
    fill(mids, {**FILLED, "Identyfikator MID": "mid-0001", "Wyzwanie": '=HYPERLINK("x")'})
    assert pim_here("intake", "check", "mid.xlsx", cwd=tmp_path).returncode == 3
    cell = openpyxl.load_workbook(tmp_path / "mid-sprawdzony.xlsx")["mid"]["E6"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ('=HYPERLINK("x")', "s", True)


REFUSED = {
    "internal": ("units", "wewnętrzna"),
    "derived": ("coverage", "z innych tabel"),
    "of the data team": ("conflicts", "zespołu danych"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_tables_that_no_office_fills_are_refused_with_a_reason(case: str, tmp_path: Path) -> None:
    table, reason = REFUSED[case]
    code, error = pim_error("intake", "template", table, cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-INT-001")
    assert isinstance(error["why"], dict)
    assert reason in error["why"]["pl"]
    assert not list(tmp_path.iterdir())


def test_a_csv_file_is_no_workbook(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes((CURATED / "mids.csv").read_bytes())
    code, error = pim_error("intake", "check", "a.csv", cwd=tmp_path)
    assert (code, error["code"]) == (3, "PIM-INT-002")


def test_the_result_never_goes_over_what_was_sent(mids: Path, tmp_path: Path) -> None:
    words = ["intake", "check", "mid.xlsx", "--output", f"../{tmp_path.name}/mid.xlsx"]
    code, error = pim_error(*words, cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-INT-004")
    assert mids.is_file()


def test_facts_with_errors_are_mended_before_a_workbook(mids: Path, tmp_path: Path) -> None:
    folder = without_plan_of("pcp-0001", tmp_path)
    path = folder / "participations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("wave", "w", 1), encoding="utf-8")
    words = ["intake", "check", "mid.xlsx", "--facts", str(folder)]
    code, error = pim_error(*words, cwd=tmp_path)
    assert (code, error["code"]) == (3, "PIM-INT-005")
    assert isinstance(error["why"], dict)
    assert "participations" in error["why"]["pl"]


def test_intake_alone_shows_its_help(tmp_path: Path) -> None:
    done = pim_here("intake", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pim intake template mids" in done.stderr


def test_check_reads_workbooks_too(mids: Path, tmp_path: Path) -> None:
    fill(mids, {**FILLED, "Identyfikator MID": "mid-0001", "Rok": "dwa"})
    done = pim_here("check", "mid.xlsx", "--json", cwd=tmp_path)
    assert done.returncode == 3
    told = json.loads(done.stdout)
    assert told["kind"] == "xlsx"
    assert told["tables"][0]["table"] == "mids"
    (row,) = told["tables"][0]["rejected_rows"]
    assert (row["cell"], row["place"], row["rule"]) == ("I6", "mid, line 6", "type")


def write_json_rows(path: Path) -> None:
    text = (CURATED / "strategies.csv").read_text(encoding="utf-8").splitlines()
    names = text[0].split(",")
    path.write_text(json.dumps([dict.fromkeys(names)]), encoding="utf-8")


def tabs(path: Path) -> None:
    text = (CURATED / "document_editions.csv").read_text(encoding="utf-8")
    path.write_text(text.replace(",", "\t"), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "table", "make", "code"),
    [
        ("document_editions.tsv", None, tabs, 0),
        ("dane.json", "strategies", write_json_rows, 3),
    ],
)
def test_check_reads_other_kinds(
    name: str, table: str | None, make: Callable[[Path], None], code: int, tmp_path: Path
) -> None:
    make(tmp_path / name)
    words = ["check", name, *(["--table", table] if table else [])]
    assert pim_here(*words, cwd=tmp_path).returncode == code


@needs_shared
def test_a_register_is_sent_away_unless_it_is_the_table_asked_for(tmp_path: Path) -> None:
    path = str(SHARED / "data" / "registries" / "teryt" / "TERC_Urzedowy_2023-01-01.zip")
    code, error = pim_error("check", path, cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-TAB-010")
    assert pim_here("check", path, "--table", "units", cwd=tmp_path).returncode == 0
    code, error = pim_error("check", path, "--table", "mids", cwd=tmp_path)
    assert (code, error["code"]) == (2, "PIM-TAB-010")


def test_check_says_what_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "mids.pdf").write_bytes(b"%PDF-1.7 ...")
    code, error = pim_error("check", "mids.pdf", cwd=tmp_path)
    assert (code, error["code"]) == (3, "PIM-TAB-002")
    assert isinstance(error["why"], dict)
    assert error["why"]["pl"] == "To plik PDF."
