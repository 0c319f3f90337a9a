"""Baza JST as it really looks: cp1250, newlines in cells, hard spaces, nameless columns; or XLS.

`fixtures/jst/list.xls` was written once with xlwt 1.3, which is no part of the project: a sheet
«opis» with one cell, and a sheet «JST» with `NAMES`, then `FACTS` filled up with an office, a
telephone and a NIP as numbers, and an invented address for e-Doręczenia.
"""

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import PimError
from sources.catalogue import Judgement, all_sources
from sources.jst_list import COLUMNS, read_jst
from sources.sheets import MAX_ROWS
from sources.snapshots.accepting import media_type_of
from tests.shared import SHARED, needs_shared

HEADER = "Kod_TERYT;nazwa_samorządu;Województwo;Powiat;typ_JST;telefon;;\n"
REAL = "Baza_teleadresowa_jst_stan_na_19_05_2021.csv"
XLS = (Path(__file__).parent / "fixtures" / "jst" / "list.xls").read_bytes()
NAMES = [*COLUMNS, "nazwa_urzędu_JST", "telefon", "adres doręczeń elektronicznych ADE", "NIP"]
FACTS = [
    ("0201011", "Bolesławiec", "dolnośląskie", "bolesławiecki", "GM"),
    ("0201022", "Bolesławiec", "dolnośląskie", "bolesławiecki", "GW"),
    ("0201000", "Powiat Bolesławiecki", "dolnośląskie", "bolesławiecki", "P"),
    ("0801011", "Łęknica\u00a0", "lubuskie", "żarski ", "GM"),
    ("1201072", "Rzezawa", "małopolskie", "bocheński", "GW"),
    ("1431001", "Warszawa", "mazowieckie", "Warszawa", "MNP"),
]


def xlsx(rows: Sequence[Sequence[object]], header: Sequence[str] = NAMES) -> bytes:
    """A workbook whose second sheet holds the list."""
    book = openpyxl.Workbook(write_only=True)
    book.create_sheet("opis").append(["Baza JST"])
    sheet = book.create_sheet("JST")
    for row in (header, *rows):
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def judged(data: bytes, folder: Path, name: str) -> Judgement:
    """The judgement of the source on a file."""
    path = folder / "capture"
    path.write_bytes(data)
    return all_sources()["jst"].judge(path, name)


def test_point_22_newlines_spaces_and_nameless_columns_are_cleaned_and_counted() -> None:
    text = HEADER + ' 0801011;Łęknica\u00a0;lubuskie;żarski ;GM;"785\n\n1";;\n'
    read = read_jst(text.encode("cp1250"), "jst.csv")
    assert read.rows.rows() == [("0801011", "Łęknica", "lubuskie", "żarski", "GM", 2)]
    assert read.encoding == "cp1250"
    assert read.cleaned == {"spaces": 3, "lost_zeros": 0, "unnamed_columns": 2}


def test_the_same_facts_give_the_same_rows_as_csv_xls_and_xlsx() -> None:
    lines = "".join(";".join(fact) + ";6484800;;\n" for fact in FACTS)
    csv = read_jst((HEADER + lines).encode("cp1250"), "jst.csv")
    numbers = [(int(code), *rest, "Urząd", 6_484_800) for code, *rest in FACTS]
    forms = [XLS, xlsx([(*fact, "Urząd", 6_484_800) for fact in FACTS]), xlsx(numbers)]
    read = [read_jst(data, "jst") for data in forms]
    assert csv.rows.height == len(FACTS)
    assert all(one.rows.equals(csv.rows) for one in read)
    assert [one.cleaned["lost_zeros"] for one in read] == [0, 0, 4]
    # What is none of our business is not kept.
    assert set(csv.rows.columns) == {*COLUMNS.values(), "line"}


def test_a_code_that_lost_its_zero_is_refused_where_it_may_mean_two_units() -> None:
    for data in (
        xlsx([(201011, "Choroszcz", "podlaskie", "białostocki", "GMW")]),
        (HEADER + "201011;Choroszcz;podlaskie;białostocki;GMW;;;\n").encode(),
    ):
        with pytest.raises(PimError, match="PIM-JST-003") as refused:
            read_jst(data, "jst")
        assert "201011" in str(refused.value.why)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Baza_teleadresowa_jst_stan_na_19_05_2021.xls", date(2021, 5, 19)),
        ("Baza_teleadresowa_jst_stan_na_28.02.2020.xls", date(2020, 2, 28)),
        ("teleaddr_base_16042026.xls", date(2026, 4, 16)),
        ("Baza_teleadresowa_jst_w_Polsce.xls", None),
    ],
)
def test_the_state_of_a_workbook_is_the_day_in_its_name(
    name: str, day: date | None, tmp_path: Path
) -> None:
    found = judged(XLS, tmp_path, name)
    assert (found.rows, found.state_date, found.file_date) == (len(FACTS), day, day)
    assert media_type_of(tmp_path / "capture") == "application/vnd.ms-excel"
    # Fewer than there are gminas: kept, and never used as the source.
    assert not found.whole


def test_a_list_of_every_gmina_is_the_source(tmp_path: Path) -> None:
    data = HEADER + "1201072;Rzezawa;małopolskie;bocheński;GW;;;\n" * 2_500
    found = judged(data.encode(), tmp_path, "jst.csv")
    assert (found.rows, found.whole) == (2_500, True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html xmlns:x='urn:excel'><table><tr><td>Kod_TERYT</table></html>", "PIM-SNP-012"),
        (b"<?xml version='1.0'?><Workbook><Row>Kod_TERYT</Row></Workbook>", "PIM-SNP-013"),
        (b"Kod_TERYT\tnazwa\n0201011\tx\n", "PIM-JST-001"),
        (XLS[:3_000], "PIM-JST-004"),
        (XLS[:8] + bytes(600), "PIM-JST-004"),
        (xlsx([])[:900], "PIM-SNP-013"),
        (xlsx([], ["Kod_TERYT", "nazwa_samorządu"]), "PIM-JST-001"),
    ],
)
def test_what_only_looks_like_a_workbook_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    with pytest.raises(PimError, match=code):
        judged(data, tmp_path, "Baza_teleadresowa_jst.xls")


def test_a_workbook_in_disguise_that_is_a_good_csv_is_read(tmp_path: Path) -> None:
    text = (HEADER + "0801011;Łęknica;lubuskie;żarski;GM;;;\n").encode("cp1250")
    assert judged(text, tmp_path, "Baza_teleadresowa_jst.xls").rows == 1


def test_a_workbook_is_refused_before_it_can_grow() -> None:
    bomb, entities = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", bytes(2 * 2**20))
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("xl/workbook.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.cell(MAX_ROWS + 1, 16_384, "x")
    far = io.BytesIO()
    book.save(far)
    for data, said in ((bomb, "2097156"), (entities, "encje"), (far, str(MAX_ROWS))):
        with pytest.raises(PimError, match="PIM-JST-004") as refused:
            read_jst(data.getvalue(), "jst.xlsx")
        assert refused.value.why is not None
        assert said in refused.value.why.pl


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(XLS) - 1), st.integers(0, 255)), max_size=6),
    st.integers(0, len(XLS)),
)
def test_a_spoilt_xls_is_read_or_refused(spoilt: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(XLS)
    for place, value in spoilt:
        data[place] = value
    for one in (bytes(data), bytes(data[:cut])):
        with suppress(PimError):
            kept = read_jst(one, "jst.xls").rows
            assert set(kept.columns) == {*COLUMNS.values(), "line"}
            assert kept["terc"].str.contains(r"^\d{2}(\d{2}(\d{3})?)?$").all()


def test_a_list_with_another_header_is_refused() -> None:
    with pytest.raises(PimError, match="PIM-JST-001"):
        read_jst(b"kod;nazwa\n1;2\n", "other.csv")


def test_a_cell_without_an_end_is_refused() -> None:
    with pytest.raises(PimError, match="PIM-JST-001"):
        read_jst((HEADER + '0801011;"' + "x" * 140_000).encode(), "jst.csv")


def test_point_24_codes_that_are_none_are_named() -> None:
    with pytest.raises(PimError, match="PIM-JST-003") as refused:
        read_jst((HEADER + "abc;A;B;C;GM;;;\n").encode(), "jst.csv")
    assert "abc" in str(refused.value.why)


def test_point_25_a_list_cut_at_a_sheets_last_row_is_refused() -> None:
    rows = "0801011;A;B;C;GM;;;\n" * 65_535
    with pytest.raises(PimError, match="PIM-JST-002"):
        read_jst((HEADER + rows).encode(), "jst.csv")


@needs_shared
def test_point_22_the_real_list_is_read_whole() -> None:
    read = read_jst((SHARED / "data" / "registries" / "other" / REAL).read_bytes(), REAL)
    assert (read.rows.height, read.encoding) == (2825, "cp1250")
    assert (read.cleaned["unnamed_columns"], read.cleaned["lost_zeros"]) == (20, 0)
    assert read.rows.filter(unit_name="Krynica Zdrój").height == 1
