"""Every real TERYT file gives the rows that were counted in it, or the refusal it deserves."""

import time
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.teryt.read import TerytFile, read_teryt
from sources.teryt.register import broken_counts, counts_of, require_city_register
from sources.teryt.sets import Scope, SetName, Version
from sources.teryt.unpack import Prefer
from tests.shared import SHARED, needs_shared

REGISTRIES = SHARED / "data" / "registries"
FOLDER = REGISTRIES / "teryt"

pytestmark = needs_shared

FULL_TERC = [
    ("TERC_2016-01-01_oldxml.xml", "2016-01-01", 4143, (303, 1559, 616)),
    ("TERC_Urzedowy_2020-09-26.zip", "2020-01-01", 4194, (302, 1533, 642)),
    ("TERC_Urzedowy_2023-01-01.zip", "2023-01-01", 4264, (302, 1498, 677)),
    ("terc_urzedowy_2025-12.xlsx", "2025-01-01", 4348, (302, 1459, 718)),
]
OTHERS = [
    ("SIMC_Urzedowy_2020-09-26.zip", SetName.SIMC, "2020-01-01", 102_913, Scope.COMPLETE),
    ("ULIC_Adresowy_2020-07-29.sample.zip", SetName.ULIC, "2020-07-28", 10, Scope.PART),
    ("WMRODZ_2020-07-29.zip", SetName.WMRODZ, "2013-02-28", 12, Scope.COMPLETE),
    ("TERC_02_16-03-2022.csv", SetName.TERC, "2022-01-01", 318, Scope.PART),
    ("TERC_Adresowy_2022-03-16.csv", SetName.TERC, "2022-01-01", 3567, Scope.COMPLETE),
    ("../other/NTS_2022-03-16.csv", SetName.NTS, "2017-01-01", 4231, Scope.COMPLETE),
]


def refusal(path: Path) -> PimError:
    with pytest.raises(PimError) as caught:
        read_teryt(path)
    return caught.value


@pytest.mark.parametrize(("name", "state", "rows", "gminas"), FULL_TERC)
def test_point_10_full_terc_is_the_city_register(
    name: str, state: str, rows: int, gminas: tuple[int, int, int]
) -> None:
    file = read_teryt(FOLDER / name)
    require_city_register(file)
    assert (file.version, file.scope) == (Version.OFFICIAL, Scope.COMPLETE)
    assert (file.state_date.isoformat(), file.rows) == (state, rows)
    counts = counts_of(file.frame)
    assert (counts.voivodeships, counts.powiats, counts.gminas) == (16, 380, sum(gminas))
    expected = dict(zip("123", gminas, strict=True)) | {"4": gminas[2], "5": gminas[2]}
    assert counts.by_kind == expected | {"8": 18, "9": 19}


@pytest.mark.parametrize(("name", "register", "state", "rows", "scope"), OTHERS)
def test_other_sets_and_parts_are_told_apart(
    name: str, register: SetName, state: str, rows: int, scope: Scope
) -> None:
    file = read_teryt(FOLDER / name)
    assert (file.register, file.state_date.isoformat()) == (register, state)
    assert (file.rows, file.scope) == (rows, scope)
    with pytest.raises(PimError, match=r"PIM-TRY-02[01]"):
        require_city_register(file)


@pytest.mark.parametrize(
    "name",
    [
        "TERC_Urzedowy_2020-09-26.zip",
        "TERC_Urzedowy_2023-01-01.zip",
        "ULIC_Adresowy_2020-07-29.sample.zip",
        "WMRODZ_2020-07-29.zip",
        "SIMC_Urzedowy_2020-09-26.zip",
    ],
)
def test_point_04_csv_and_xml_of_one_archive_are_equal(name: str) -> None:
    def read(prefer: Prefer) -> TerytFile:
        return read_teryt(FOLDER / name, prefer=prefer)

    from_csv, from_xml = read("csv"), read("xml")
    assert from_csv.origin.form != from_xml.origin.form
    assert from_csv.frame.equals(from_xml.frame)
    assert from_csv.state_date == from_xml.state_date


@pytest.mark.parametrize(
    ("name", "trailing"),
    [
        ("TERC_Urzedowy_2020-09-26.zip", 49_141),
        ("WMRODZ_2020-07-29.zip", 49_075),
        ("TERC_Urzedowy_2023-01-01.zip", 0),
    ],
)
def test_point_01_the_page_behind_real_archives_is_passed_over(name: str, trailing: int) -> None:
    origin = read_teryt(FOLDER / name).origin
    assert origin.trailing_bytes == trailing
    assert origin.sha256 != origin.member_sha256


def test_point_02_the_real_download_page_is_refused() -> None:
    error = refusal(FOLDER / "eteryt_pliki_pelne_page_2020-09-26.html")
    assert (error.code, error.exit_code) == ("PIM-TRY-001", 5)


def test_point_05_three_dates_of_real_files() -> None:
    file = read_teryt(FOLDER / "TERC_Urzedowy_2020-09-26.zip")
    assert str(file.origin.file_date) == "2020-09-26"
    assert str(file.state_date) == "2020-01-01"
    part = read_teryt(FOLDER / "TERC_02_16-03-2022.csv")
    assert str(part.origin.file_date) == "2022-03-16"


def test_point_06_the_preamble_of_the_export_is_kept_and_skipped() -> None:
    file = read_teryt(FOLDER / "TERC_02_16-03-2022.csv")
    assert file.origin.preamble[1:3] == ("Nazwa katalogu: TERC,", "Zawartość: część,")
    assert file.frame.row(0)[:5] == ("02", "01", None, None, "bolesławiecki")


def test_point_08_quotes_inside_names_survive() -> None:
    names = read_teryt(FOLDER / "SIMC_Urzedowy_2020-09-26.zip").frame.get_column("NAZWA")
    quoted = names.filter(names.str.contains('"')).sort().to_list()
    assert quoted == ['Mazewo Dworskie"A"', 'Mazewo Dworskie"B"']


def test_point_11_the_real_address_version_is_refused() -> None:
    file = read_teryt(FOLDER / "TERC_Adresowy_2022-03-16.csv")
    assert file.version is Version.ADDRESS
    assert counts_of(file.frame).by_kind["1"] == 297
    assert broken_counts(file.frame, file.state_date)
    with pytest.raises(PimError, match="PIM-TRY-020") as caught:
        require_city_register(file)
    assert caught.value.why is not None
    assert "Wrocławia" in caught.value.why.pl


def test_the_file_damaged_by_a_spreadsheet_is_refused_with_the_way_to_the_original() -> None:
    error = refusal(FOLDER / "TERC_Urzedowy_2021-01-19.tab.csv")
    assert error.code == "PIM-TRY-015"
    assert "eteryt.stat.gov.pl" in error.fix.pl
    assert "zera" in error.what.pl
    assert "leading zeros" in error.what.en


@pytest.mark.parametrize("name", ["TerytWs1.wsdl", "TerytWs1_xsd0.xsd"])
def test_files_of_the_service_are_not_taken_for_registers(name: str) -> None:
    assert refusal(FOLDER / name).code == "PIM-TRY-009"


def test_the_workbook_equals_what_a_csv_of_that_state_would_be() -> None:
    frame = read_teryt(FOLDER / "terc_urzedowy_2025-12.xlsx").frame
    assert frame.row(-1) == ("32", "63", "01", "1", "Świnoujście", "gmina miejska", "2025-01-01")
    assert frame.get_column("RODZ").drop_nulls().unique().sort().to_list() == list("1234589")


def test_terc_and_simc_are_read_in_seconds() -> None:
    began = time.process_time()
    for name in ("TERC_Urzedowy_2020-09-26.zip", "SIMC_Urzedowy_2020-09-26.zip"):
        read_teryt(FOLDER / name)
    # 0.4 s of processor on one core; the bound leaves room for slow machines.
    assert time.process_time() - began < 3
