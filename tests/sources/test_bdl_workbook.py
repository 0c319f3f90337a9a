"""The workbook that the website of the Local Data Bank exports: point 23, and its real file."""

import io
import zipfile
from datetime import date

import openpyxl
import polars as pl
import pytest

from schemas.errors import PimError
from schemas.missing import MissingReason
from sources.bdl.from_export import observations_of_export
from sources.bdl.observations import OBSERVED, one_city_once
from sources.bdl.shapes import Unit
from sources.bdl.units import units_of_cities
from sources.bdl.workbook import EXPORTED, read_export
from tests.shared import SHARED, needs_shared

REAL = SHARED / "data" / "registries" / "bdl" / "BDL_export_mieszkania_oddane_1995-2024.xlsx"

ABOUT: list[list[object]] = [
    ["Kategoria:", "PRZEMYSŁ I BUDOWNICTWO"],
    [None, "Opis kategorii."],
    ["Podgrupa:", "Mieszkania oddane do użytkowania"],
    ["Data ostatniej aktualizacji:", "20.05.2025"],
    ["Wymiary:", "Formy budownictwa; Zakres przedmiotowy; Rok"],
]
HEADER: list[list[object]] = [
    ["Kod", "Nazwa", "ogółem", None, None, None],
    [None, None, "mieszkania", None, "izby", None],
    [None, None, "2023", "2024", "2023", "2024"],
    [None, None, "[-]", "[-]", "[szt.]", "[szt.]"],
]
BODY: list[list[object]] = [
    ["0000000", "POLSKA", 1, 2, 3, 4],
    ["0201000", "Powiat bolesławiecki", 5, 6.5, "7,5", "-"],
    ["0221091", "Wałbrzych od 2003 do 2012 (1)", "-", "-", "-", "-"],
    ["1431001", "M.st.Warszawa do 2001 (1)", "x", ".", "#", None],
    ["3217043", "Węgorzyno (3)", 0, 8, 9, 10],
    ["3217044", "Węgorzyno - miasto (4)", 1, 2, 3, 4],
]


def workbook(
    body: list[list[object]] = BODY,
    header: list[list[object]] = HEADER,
    about: list[list[object]] = ABOUT,
    sheets: tuple[str, str] = ("OPIS", "TABLICA"),
) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    facts, sheet = (book.create_sheet(name) for name in sheets)
    for row in about:
        facts.append(row)
    for row in [*header, *body]:
        sheet.append(row)
    if header is HEADER:
        for merged in ("A1:A4", "B1:B4", "C1:F1", "C2:D2", "E2:F2"):
            sheet.merge_cells(merged)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def cell(rows: pl.DataFrame, code: str, labels: str, year: int) -> tuple[object, ...]:
    found = rows.filter(code=code, labels=labels, year=year)
    return found.select("value", "missing", "unit", "cell").row(0)


def test_point_23_the_four_row_merged_header_gives_each_column_its_labels_year_and_unit() -> None:
    export = read_export(workbook(), "eksport.xlsx")
    assert dict(export.rows.schema) == dict(EXPORTED)
    assert cell(export.rows, "0201000", "ogółem + mieszkania", 2024) == ("6.5", None, None, "D6")
    assert cell(export.rows, "0201000", "ogółem + izby", 2023) == ("7.5", None, "szt.", "E6")
    assert export.updated == date(2025, 5, 20)
    assert export.subject == "Mieszkania oddane do użytkowania"
    assert export.dimensions == ("Formy budownictwa", "Zakres przedmiotowy", "Rok")


def test_point_23_a_dash_is_no_information_here_and_not_zero() -> None:
    rows = read_export(workbook(), "eksport.xlsx").rows
    dash = cell(rows, "0201000", "ogółem + izby", 2024)
    assert dash[:2] == (None, MissingReason.NOT_PRESENTED)
    zero = cell(rows, "3217043", "ogółem + mieszkania", 2023)
    assert zero[:2] == ("0", None)


def test_point_23_the_other_signs_leave_no_value_and_an_empty_cell_no_row() -> None:
    rows = read_export(workbook(), "eksport.xlsx").rows.filter(code="1431001")
    assert rows["missing"].to_list() == [
        MissingReason.NO_DATA,
        MissingReason.NO_DATA,
        MissingReason.SECRET,
    ]
    assert rows["value"].null_count() == 3


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0000000", ("POLSKA", None, None, None)),
        ("0201000", ("Powiat bolesławiecki", None, None, None)),
        ("0221091", ("Wałbrzych", "1", 2003, 2012)),
        ("1431001", ("M.st.Warszawa", "1", None, 2001)),
        ("3217044", ("Węgorzyno - miasto", "4", None, None)),
    ],
)
def test_names_give_up_their_kind_and_period(code: str, expected: tuple[object, ...]) -> None:
    rows = read_export(workbook(), "eksport.xlsx").rows.filter(code=code)
    assert rows.select("name", "kind", "valid_from", "valid_to").row(0) == expected


LONG: list[list[object]] = [["0201011", "Bolesławiec (1)", 1, 2, 3, 4]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PIM-BDL-015"),
        (b"PK\x03\x04 nie zip", "PIM-BDL-015"),
        (workbook()[:2_000], "PIM-BDL-015"),
        (workbook(sheets=("OPIS", "Arkusz1")), "PIM-BDL-014"),
        (workbook(header=[["Kod", "Nazwa", "2023"]]), "PIM-BDL-014"),
        (workbook(header=HEADER[:2] + HEADER[3:]), "PIM-BDL-014"),
        (workbook(body=[]), "PIM-BDL-014"),
        (workbook(body=[["201011", "Bolesławiec (1)", 1, 2, 3, 4]]), "PIM-BDL-014"),
        (workbook(body=[*LONG, ["suma", "Razem", 1, 2, 3, 4]]), "PIM-BDL-014"),
        (workbook(body=LONG * 2), "PIM-BDL-014"),
        (workbook(body=[["0201011", "Bolesławiec (1)", "około 5", 2, 3, 4]]), "PIM-BDL-016"),
        (workbook(body=[["0201011", "Bolesławiec (1)", "1*", 2, 3, 4]]), "PIM-BDL-016"),
    ],
)
def test_point_23_anything_else_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(PimError) as caught:
        read_export(data, "eksport.xlsx")
    assert caught.value.code == code
    assert caught.value.where.startswith("eksport.xlsx")
    if code == "PIM-BDL-014":
        assert caught.value.why is not None
        assert caught.value.why.pl != caught.value.why.en
        assert "Szczegół" not in caught.value.why.pl


def test_a_cell_that_cannot_be_read_is_named() -> None:
    data = workbook(body=[["0201011", "Bolesławiec (1)", 1, "około 5", 3, 4]])
    with pytest.raises(PimError, match="D5: około 5"):
        read_export(data, "eksport.xlsx")


def test_a_workbook_that_unpacks_without_end_is_refused_unopened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20 * 2**20)
    with pytest.raises(PimError, match="PIM-BDL-015"):
        read_export(buffer.getvalue(), "bomba.xlsx")


@needs_shared
def test_point_23_the_real_export_is_read_whole() -> None:
    export = read_export(REAL.read_bytes(), REAL.name)
    assert export.updated == date(2025, 5, 20)
    assert export.rows.height == 4_538 * 30
    assert export.rows["code"].n_unique() == 4_538
    assert export.rows.filter(missing=MissingReason.NOT_PRESENTED.value).height == 13_330
    assert export.rows["value"].null_count() == 13_330
    assert export.rows["labels"].unique().to_list() == ["ogółem + mieszkania"]
    assert (export.rows["year"].min(), export.rows["year"].max()) == (1995, 2024)
    with_period = pl.any_horizontal(pl.col("valid_from", "valid_to").is_not_null())
    assert export.rows.filter(with_period)["code"].n_unique() == 18


@needs_shared
def test_point_14_walbrzych_of_the_real_export_is_one_city_with_a_value_each_year() -> None:
    """Three codes, two levels, thirty years: each year once."""
    export = read_export(REAL.read_bytes(), REAL.name)
    ids = ["030210365011", "030210321091", "030210363011"]
    units = [Unit(one, "Wałbrzych", 6, "1", "") for one in ids]
    cities, _ = units_of_cities(units, {"cit-0001": ["0265011", "0221091", "0263011"]})
    rows = observations_of_export(
        export,
        {"ogółem + mieszkania": 7},
        cities,
        retrieved_on=date(2025, 6, 1),
        sha256="a" * 64,
    )
    assert dict(rows.schema) == dict(OBSERVED)
    assert rows.height == 5 * 30, "three gminas and two powiats"
    city = one_city_once(rows)
    assert city["year"].to_list() == list(range(1995, 2025))
    assert city["attribute"].unique().to_list() == ["1"], "no year without a value"
    unit_of = dict(city.select("year", "unit_id").rows())
    assert (unit_of[2002], unit_of[2003], unit_of[2012], unit_of[2013]) == (
        "030210363011",
        "030210321091",
        "030210321091",
        "030210365011",
    )
