"""Judges of the forms that several sources share."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import PimError
from sources.catalogue import Judge, Judgement, all_sources
from sources.snapshots.judging import count_of, features, file_date, text_table, workbook
from tests.shared import SHARED, needs_shared
from tests.sources.snapshotmaking import lau_bytes

REGISTRIES = SHARED / "data" / "registries"
GML = (
    '<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="w" xmlns:gml="g">'
    + "<wfs:member><ms:A03 gml:id='1'/></wfs:member>" * 3
    + "</wfs:FeatureCollection>"
)
EXCEPTION = (
    '<?xml version="1.0"?><ows:ExceptionReport xmlns:ows="o"><ows:Exception>'
    "<ows:ExceptionText>LayerNotDefined</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
)


def judged(judge: Judge, data: bytes | str, folder: Path, name: str = "file") -> Judgement:
    """The judgement on some bytes."""
    path = folder / "capture"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return judge(path, name)


def book(rows: int) -> bytes:
    """A workbook with two sheets."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for number in range(rows):
        sheet.append([number, "x"])
    made.create_sheet("drugi").append([1])
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_workbook_is_counted_by_its_longest_sheet_and_known_by_its_members(
    tmp_path: Path,
) -> None:
    data = book(12)
    found = judged(workbook, data, tmp_path, "powierzchnia_2026-04-29.xlsx")
    assert (found.rows, found.file_date) == (12, date(2026, 4, 29))
    packed_otherwise = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed_otherwise, "w", zipfile.ZIP_STORED) as new,
    ):
        for info in reversed(old.infolist()):
            new.writestr(info.filename, old.read(info))
    again = judged(workbook, packed_otherwise.getvalue(), tmp_path)
    assert again.member_sha256 == found.member_sha256
    assert judged(workbook, book(13), tmp_path).member_sha256 != found.member_sha256


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.csv", "x")
    for data in (b"PK\x03\x04", book(3)[:-50], other.getvalue(), b"a;b\n1;2\n"):
        with pytest.raises(PimError, match="PIM-SNP-013"):
            judged(workbook, data, tmp_path)


def test_a_workbook_that_unpacks_without_measure_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(bytes(2**20))
    with pytest.raises(PimError, match="PIM-SNP-013") as caught:
        judged(workbook, buffer.getvalue(), tmp_path)
    assert caught.value.why is not None
    assert caught.value.why.pl.startswith("Powinien to być skoroszyt XLSX. Po rozpakowaniu: ")
    assert caught.value.why.en.startswith("It should be an XLSX workbook. Unpacked: ")


def test_a_table_is_known_by_its_header(tmp_path: Path) -> None:
    judge = text_table("Kod_TERYT")
    text = 'Kod_TERYT;nazwa\r\n0224013;"Bardo"\r\n0202011;x\r\n;;\r\n'.encode("cp1250")
    assert judged(judge, text, tmp_path).rows == 2
    for data in (b"kod;nazwa\n1;2\n", b"Kod_TERYT;x\0\n1;2\n", b"\xd0\xcf\x11\xe0Kod_TERYT"):
        with pytest.raises(PimError, match="PIM-SNP-013"):
            judged(judge, data, tmp_path)
    with pytest.raises(PimError) as caught:
        judged(judge, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), tmp_path)
    assert caught.value.why is not None
    assert caught.value.why.pl.endswith("z kolumną Kod_TERYT. Przyszedł skoroszyt XLS.")


def test_boundaries_are_counted(tmp_path: Path) -> None:
    assert judged(features, GML, tmp_path).rows == 3


def test_point_27_an_exception_report_with_status_200_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-SNP-013") as caught:
        judged(features, EXCEPTION, tmp_path)
    assert caught.value.why is not None
    assert "LayerNotDefined" in caught.value.why.pl
    with pytest.raises(PimError, match="PIM-SNP-013"):
        judged(features, "<a/>", tmp_path)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("TERC_Urzedowy_2020-09-26.zip", date(2020, 9, 26)),
        ("stan_na_19_05_2021.csv", date(2021, 5, 19)),
        ("stan_na_28.02.2020.csv", date(2020, 2, 28)),
        ("teleaddr_base_16042026.xls", date(2026, 4, 16)),
        ("20260416.xls", None),
        ("w_2024_roku.xlsx", None),
        ("2021-13-40.csv", None),
        ("2021-13-40_2021-12-24.csv", date(2021, 12, 24)),
    ],
)
def test_the_day_in_a_file_name(name: str, day: date | None) -> None:
    assert file_date(name) == day


@given(
    st.lists(st.text("abx", max_size=6).map(str.encode), max_size=8),
    st.sampled_from([b"ab", b"abx", b"x"]),
)
def test_a_mark_across_two_pieces_is_counted_once(pieces: list[bytes], mark: bytes) -> None:
    assert count_of(pieces, mark) == b"".join(pieces).count(mark)


def test_a_part_of_the_gminas_is_a_part(tmp_path: Path) -> None:
    assert judged(all_sources()["lau"].judge, lau_bytes(), tmp_path).whole
    assert not judged(all_sources()["lau"].judge, lau_bytes(100), tmp_path).whole


@needs_shared
@pytest.mark.parametrize(
    ("source", "name", "rows", "state"),
    [
        ("jst", "other/Baza_teleadresowa_jst_stan_na_19_05_2021.csv", 2825, date(2021, 5, 19)),
        ("lau", "other/PL_lau_2020_nuts_2021_concordance_combo.csv", 2477, date(2020, 12, 31)),
        ("bdl", "bdl/BDL_export_mieszkania_oddane_1995-2024.xlsx", 4542, date(2025, 5, 20)),
        (
            "population",
            "other/powierzchnia_i_ludnosc_w_przekroju_terytorialnym_w_2024_roku_tablice.xlsx",
            3917 + 1013,
            date(2024, 1, 1),
        ),
    ],
)
def test_real_files_are_believed(source: str, name: str, rows: int, state: date | None) -> None:
    path = REGISTRIES / name
    found = all_sources()[source].judge(path, path.name)
    assert (found.rows, found.whole, found.state_date) == (rows, True, state)


@needs_shared
def test_a_workbook_of_another_source_is_refused() -> None:
    path = REGISTRIES / "bdl" / "BDL_export_mieszkania_oddane_1995-2024.xlsx"
    with pytest.raises(PimError, match="PIM-APO-002"):
        all_sources()["population"].judge(path, path.name)
