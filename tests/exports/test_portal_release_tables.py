"""Points 34 to 50 of dane.gov.pl as the check of a release finds them broken.

That the real facts keep them is in test_portal_points.py.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from exports.danegov.case import Case, TableValidator
from exports.danegov.results import TableSeen
from exports.unfit import with_pesel
from schemas.files import write_text
from tests.exports.breaking import copied, edited, good_case, keeps, results


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return good_case(tmp_path_factory.mktemp("good"))


@pytest.fixture
def case(good: Case, tmp_path: Path) -> Case:
    """A copy that a test may break."""
    return copied(good, tmp_path / "public")


def cell(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


BREAKAGES: dict[str, tuple[int, Callable[[bytes], bytes]]] = {
    "sign that was not declared": (18, cell("Miejsce 101 🙂 ąęśżź,", "#,")),
    "other encoding": (34, cell("Miejsce 101 🙂 ąęśżź", "Miejsce")),
    "carriage return": (34, cell("\n", "\r\n")),
    "cut off": (34, lambda data: data[:-3]),
    "byte order mark": (34, lambda data: b"\xef\xbb\xbf" + data),
    "name of a column twice": (35, cell("powierzchnia", "nazwa")),
    "name with a letter": (35, cell("powierzchnia", "pole_ł")),
    "a cell too many": (36, cell("Miejsce 101 🙂 ąęśżź,", "Miejsce,101,")),
    "empty cell": (37, cell("Miejsce 101 🙂 ąęśżź,", ",")),
    "decimal comma": (38, cell(",25.25,", ',"25,25",')),
    "one place less": (38, cell(",25.25,", ",25.2,")),
    "thousands apart": (38, cell(",1010,", ",1 010,")),
    "date of another form": (39, cell("2020-01-18", "18.01.2020")),
    "boolean in Polish": (39, cell(",True,", ",tak,")),
    "zero lost": (40, cell("0001011", "001011")),
    "formula": (41, cell("Miejsce 101", "=Miejsce 101")),
    "JSON": (42, cell("Miejsce 101 🙂 ąęśżź", '"{""a"": 1}"')),
    "ISO duration": (42, cell("Miejsce 101 🙂 ąęśżź", "P1Y")),
    "code of no list": (43, cell('"duża, „główna”"', "wielka")),
    "key twice": (46, cell("plc-0101", "plc-0100")),
    "not sorted": (46, cell("plc-0101", "plc-0999")),
    "e-mail": (47, cell("Miejsce 101 🙂 ąęśżź", "kto@example.org")),
    "telephone": (47, cell("Miejsce 101 🙂 ąęśżź", "tel. 123")),
    "PESEL": (47, cell("Miejsce 101 🙂 ąęśżź", "44051401359")),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_table_fails_the_point(case: Case, name: str) -> None:
    number, change = BREAKAGES[name]
    if name == "other encoding":

        def change(data: bytes) -> bytes:
            return data.replace("ąęśżź".encode(), b"\xb1", 1)

    assert not keeps(edited(case, change), number), name


def test_point_36_a_table_without_rows(case: Case) -> None:
    path = case.tree / case.offers["places.csv"][1].path
    path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
    assert not keeps(case, 36)


def test_point_42_a_cell_that_is_too_long(case: Case) -> None:
    assert not keeps(edited(case, cell("Miejsce 101", "M" * 40_000)), 42)


@pytest.mark.parametrize(("number", "person"), [("44051401359", True), ("44051401358", False)])
def test_point_47_only_a_number_that_can_be_a_persons(number: str, person: bool) -> None:
    found = duckdb.execute(f"SELECT {with_pesel('$text')}", {"text": f"nr {number}."})
    assert found.fetchall() == [(person,)]


def seen(*types: str, errors: tuple[str, ...] = ()) -> TableValidator:
    return lambda paths, signs: {path: TableSeen(types, errors) for path in paths}


DECLARED = (
    "string",
    "string",
    "string",
    "string",
    "number",
    "integer",
    "boolean",
    "date",
    "string",
)


def test_points_43_and_44_say_that_the_validator_is_missing(good: Case) -> None:
    assert results(good, 43)[0].not_judged is not None
    assert results(good, 44)[0].not_judged is not None


def test_point_43_the_portals_validator_refuses_a_file(good: Case) -> None:
    broken = replace(good, validator=seen(*DECLARED, errors=("row 3: type-or-format-error",)))
    assert "row 3" in results(broken, 43)[0].findings[0].what.pl


def test_point_44_a_type_that_the_portal_takes_for_another(good: Case) -> None:
    as_declared = replace(good, validator=seen(*DECLARED))
    assert keeps(as_declared, 44)
    code = replace(good, validator=seen("string", "integer", *DECLARED[2:]))
    (result,) = results(code, 44)
    assert result.passed
    assert "terc" in result.notes[0].place
    assert not keeps(replace(good, validator=seen(*DECLARED[:4], "string", *DECLARED[5:])), 44)


def change_descriptor(case: Case, old: str, new: str) -> Case:
    path = case.tree / "proba" / "datapackage.json"
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.DOTALL), "the breakage breaks nothing"
    write_text(path, re.sub(old, new, text, count=1, flags=re.DOTALL))
    return replace(case)


DESCRIPTORS: dict[str, tuple[int, str, str]] = {
    "no sources": (48, r'"sources": \[.*?\]', '"sources": []'),
    "no version": (48, r'"version": "[^"]*"', '"version": ""'),
    "no licence": (48, r'"licenses": \[.*?\]', '"licenses": []'),
    "unknown licence": (48, "CC-BY-4.0", "mine"),
    "no title of a column": (48, '"title": "Identyfikator"', '"title": ""'),
    "no encoding": (48, '"encoding": "utf-8"', '"encoding": ""'),
    "other bytes": (48, r'"bytes": [0-9]+', '"bytes": 1'),
    "other hash": (48, r"sha256:[0-9a-f]{64}", f"sha256:{'0' * 64}"),
    "sign that does not stand there": (49, r'"missingValues": \[', '"missingValues": ["#",'),
    "sign missing": (49, r'"missingValues": \[\s*"",', '"missingValues": ['),
}


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_broken_descriptor_fails_the_point(case: Case, name: str) -> None:
    number, old, new = DESCRIPTORS[name]
    assert not keeps(change_descriptor(case, old, new), number)


@pytest.mark.parametrize("content", ["", "{", "[]", "[" * 100_000])
def test_point_48_a_descriptor_that_is_none(case: Case, content: str) -> None:
    (case.tree / "proba" / "datapackage.json").write_text(content, encoding="utf-8")
    assert not keeps(case, 48)


def test_point_48_parquet_with_other_content(case: Case) -> None:
    path = case.tree / "proba" / "miejsca.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    assert not keeps(case, 48)


def test_point_50_a_csv_without_a_linked_twin(good: Case) -> None:
    entry = good.listing.entries[0]
    files = tuple(offer for offer in entry.files if offer.format == "csv")
    alone = replace(good, listing=replace(good.listing, entries=(replace(entry, files=files),)))
    assert not keeps(alone, 50)


def test_point_50_a_twin_that_links_nowhere(case: Case) -> None:
    path = case.tree / case.offers["places.jsonld"][1].path
    path.write_text(path.read_text("utf-8").replace("https://example.com/x", "x"), encoding="utf-8")
    assert not keeps(case, 50)
