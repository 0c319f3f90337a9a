"""ZIP archives as they really come, and as an attacker would make them."""

import hashlib
import io
import struct
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schemas.errors import PimError
from sources.teryt import unpack
from sources.teryt.read import read_teryt
from sources.teryt.sets import SetName
from sources.teryt.unpack import Prefer
from tests.sources.terytbytes import (
    SIMC,
    TERC_ROWS,
    WMRODZ,
    WMRODZ_ROWS,
    csv_bytes,
    xml_bytes,
    zipped,
)

STEM = "TERC_Urzedowy_2025-02-01"
BOTH = {f"{STEM}.xml": xml_bytes(TERC_ROWS), f"{STEM}.csv": csv_bytes(TERC_ROWS)}
PAGE = b"<!DOCTYPE html>\n<html><body>" + b"Strona eTERYT. " * 4_000 + b"</body></html>"


def refusal(data: bytes, name: str = f"{STEM}.zip", expect: SetName | None = None) -> PimError:
    with pytest.raises(PimError) as caught:
        read_teryt(data, name, expect=expect)
    return caught.value


@pytest.mark.parametrize("copies", [1, 2])
def test_point_01_html_after_the_end_record_is_accepted(copies: int) -> None:
    # Two copies are over 64 KiB, where zipfile alone no longer finds the end record.
    archive = zipped(BOTH)
    plain, with_page = read_teryt(archive), read_teryt(archive + PAGE * copies)
    assert with_page.frame.equals(plain.frame)
    assert with_page.origin.trailing_bytes == len(PAGE) * copies
    assert with_page.origin.member_sha256 == plain.origin.member_sha256
    assert plain.origin.member_sha256 == hashlib.sha256(BOTH[f"{STEM}.csv"]).hexdigest()
    assert with_page.origin.sha256 != plain.origin.sha256


def test_point_02_a_page_instead_of_the_archive_is_refused() -> None:
    for page in (PAGE, b"\xef\xbb\xbf\r\n" + PAGE, b"<?xml version='1.0'?><html xmlns='x'/>"):
        error = refusal(page)
        assert (error.code, error.exit_code) == ("PIM-TRY-001", 5)
        assert "ostatni dobry" in error.fix.pl
        assert error.why is not None
        assert "200" in error.why.en


def test_point_02_a_page_inside_the_archive_is_refused() -> None:
    assert refusal(zipped({f"{STEM}.csv": PAGE})).code == "PIM-TRY-001"


@pytest.mark.parametrize("prefer", ["csv", "xml"])
@pytest.mark.parametrize("order", [1, -1])
def test_point_04_member_by_name_and_extension_never_by_place(order: int, prefer: Prefer) -> None:
    others = {"czytaj.txt": b"x", "README.csv": b"no;set", "folder/obraz.xml": b"<x/>"}
    members = dict(list({**others, **BOTH}.items())[::order])
    file = read_teryt(zipped(members), "download.zip", prefer=prefer)
    assert file.origin.member == f"{STEM}.{prefer}"
    assert file.frame.rows() == read_teryt(BOTH[f"{STEM}.csv"]).frame.rows()


def test_point_04_a_single_form_is_enough_and_the_date_in_the_name_may_be_any() -> None:
    name = "TERC_Urzedowy_1999-01-01.xml"
    file = read_teryt(zipped({name: xml_bytes(TERC_ROWS)}), "a.zip", prefer="csv")
    assert (file.origin.member, file.rows) == (name, len(TERC_ROWS))


def test_point_04_no_member_or_two_of_a_kind_are_refused() -> None:
    two = {f"{STEM}.csv": b"", "TERC_Adresowy_2025-02-01.csv": b""}
    assert refusal(zipped(two)).code == "PIM-TRY-006"
    error = refusal(zipped({"dane.txt": b"x"}))
    assert error.code == "PIM-TRY-006"
    assert error.why is not None
    assert "dane.txt" in error.why.pl


def test_point_05_three_dates_are_three_facts(tmp_path: Path) -> None:
    path = tmp_path / "TERC_Urzedowy_2025-02-03.zip"
    path.write_bytes(zipped(BOTH))
    file = read_teryt(path, requested=date(2025, 2, 4))
    assert file.origin.name == "TERC_Urzedowy_2025-02-03.zip"
    dates = (file.origin.requested, file.origin.file_date, file.state_date)
    assert list(map(str, dates)) == ["2025-02-04", "2025-02-01", "2025-01-01"]


def test_an_archive_cut_off_at_any_place_is_refused_as_a_failed_download() -> None:
    archive = zipped(BOTH)
    for size in range(2, len(archive), 97):
        error = refusal(archive[:size])
        assert (error.code, error.exit_code) == ("PIM-TRY-004", 5)


def test_a_directory_that_is_no_directory_is_refused() -> None:
    archive = zipped(BOTH)
    start = archive.index(b"PK\x01\x02")
    assert refusal(archive[:start] + b"QQ" + archive[start + 2 :]).code == "PIM-TRY-004"


def test_damaged_bytes_inside_are_found() -> None:
    archive = bytearray(zipped(BOTH))
    start = archive.index(b".csv") + 40
    archive[start : start + 8] = b"\xff" * 8
    assert refusal(bytes(archive)).code == "PIM-TRY-004"


def test_bombs_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    zeros = zipped({f"{STEM}.csv": b"\n" * (8 * 2**20)})
    assert len(zeros) < 20_000
    assert refusal(zeros).code == "PIM-TRY-005"
    many = zipped({f"{number}.txt": b"" for number in range(unpack.LIMITS.members + 1)})
    assert refusal(many).code == "PIM-TRY-005"
    monkeypatch.setattr(unpack, "LIMITS", replace(unpack.LIMITS, unpacked=1000))
    assert refusal(zipped(BOTH)).code == "PIM-TRY-005"


def test_a_member_larger_than_it_says_is_refused() -> None:
    data = csv_bytes(TERC_ROWS)
    archive = bytearray(zipped({f"{STEM}.csv": data}))
    lie = struct.pack("<I", 40)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = archive.rindex(signature) + offset
        archive[start : start + 4] = lie
    assert refusal(bytes(archive)).code == "PIM-TRY-004"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_repeated_names_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(f"{STEM}.csv", csv_bytes(TERC_ROWS))
        archive.writestr(f"{STEM}.csv", csv_bytes(TERC_ROWS[:2]))
    assert refusal(buffer.getvalue()).code == "PIM-TRY-005"


def test_a_password_is_refused() -> None:
    archive = bytearray(zipped(BOTH))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(signature) + offset] |= 1
    assert refusal(bytes(archive)).code == "PIM-TRY-005"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "PIM-TRY-002"),
        (b"\xef\xbb\xbf\r\n  \r\n", "PIM-TRY-002"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "PIM-TRY-003"),
        (b"\x1f\x8b\x08\0" + b"x" * 100, "PIM-TRY-003"),
        (b"%PDF-1.7 plik", "PIM-TRY-003"),
        (b"\0\1\2\3" * 100, "PIM-TRY-003"),
        (zipped({f"{STEM}.csv": zipped(BOTH)}), "PIM-TRY-009"),
    ],
)
def test_what_is_no_such_file_at_all(data: bytes, code: str) -> None:
    assert refusal(data).code in {code, "PIM-TRY-008"}


def test_a_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.teryt.load.MAX_FILE", 100)
    path = tmp_path / "TERC.zip"
    path.write_bytes(zipped(BOTH))
    with pytest.raises(PimError, match="PIM-TRY-007"):
        read_teryt(path)
    assert refusal(zipped(BOTH)).code == "PIM-TRY-007"


def test_another_set_than_named_or_asked_for_is_refused() -> None:
    wmrodz = csv_bytes(WMRODZ_ROWS, WMRODZ)
    assert refusal(zipped({f"{STEM}.csv": wmrodz})).code == "PIM-TRY-019"
    assert refusal(wmrodz, "dane.csv", SetName.SIMC).code == "PIM-TRY-019"
    assert read_teryt(wmrodz, "dane.csv").register is SetName.WMRODZ
    assert refusal(csv_bytes([], SIMC), "SIMC.csv").code == "PIM-TRY-002"


def test_every_refusal_speaks_both_languages_and_says_how_to_mend() -> None:
    for data in (b"", PAGE, zipped({"a": b""}), csv_bytes([("2",) * 7])):
        error = refusal(data)
        assert all(error.lines("pl"))
        assert error.what.pl != error.what.en
        assert error.fix.pl != error.fix.en
