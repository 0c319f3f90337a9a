"""Both XML forms, padded and empty values, and XML that must not be parsed at all."""

import pytest

from schemas.errors import PimError
from sources.teryt.read import read_teryt
from sources.teryt.sets import SetName
from tests.sources.terytbytes import (
    SIMC,
    TERC,
    TERC_ROWS,
    ULIC,
    WMRODZ,
    WMRODZ_ROWS,
    Row,
    csv_bytes,
    xml_bytes,
)

LOCALITIES: list[Row] = [
    ("02", "64", "01", "1", "96", "1", "Wrocław", "0986283", "0986283", "2025-01-01"),
    ("02", "64", "01", "1", "99", "1", 'A & "B" <C>', "0000017", "0986283", "2025-01-01"),
]
STREETS: list[Row] = [
    ("02", "64", "01", "1", "0986283", "00017", "ul.", "Leśna", "", "2025-03-02"),
    ("02", "64", "01", "1", "0986283", "15031", "ul.", "Curie", "Marii", "2025-03-02"),
]


def refusal(data: bytes, name: str = "x.xml") -> PimError:
    with pytest.raises(PimError) as caught:
        read_teryt(data, name)
    return caught.value


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    ("rows", "columns", "root", "register"),
    [
        (TERC_ROWS, TERC, "teryt", SetName.TERC),
        (LOCALITIES, SIMC, "SIMC", SetName.SIMC),
        (STREETS, ULIC, "ULIC", SetName.ULIC),
        (WMRODZ_ROWS, WMRODZ, "SIMC", SetName.WMRODZ),
    ],
)
def test_point_09_both_forms_and_all_roots(
    old: bool, bom: bytes, rows: list[Row], columns: Row, root: str, register: SetName
) -> None:
    file = read_teryt(bom + xml_bytes(rows, columns, root=root, old=old))
    assert file.register is register
    assert file.frame.equals(read_teryt(csv_bytes(rows, columns)).frame)


def test_point_09_padded_and_blank_values() -> None:
    file = read_teryt(xml_bytes(WMRODZ_ROWS, WMRODZ, root="SIMC", old=True))
    assert file.frame.get_column("NAZWA_RM").to_list() == ["część", "osada leśna"]
    streets = read_teryt(xml_bytes(STREETS, ULIC, root="ULIC"))
    assert streets.frame.get_column("NAZWA_2").to_list() == [None, "Marii"]


def test_point_09_a_self_closed_element_is_an_empty_value() -> None:
    data = xml_bytes(TERC_ROWS).replace(b"<POW>\n      </POW>", b"<POW />")
    assert b"<POW />" in data
    assert read_teryt(data).frame.row(0)[1] is None


def test_point_09_the_old_name_of_a_column() -> None:
    data = xml_bytes(TERC_ROWS, old=True).replace(b'"NAZWA_DOD"', b'"NAZDOD"')
    assert read_teryt(data).frame.columns == list(TERC)


def test_a_wrong_encoding_declaration_does_no_harm() -> None:
    data = xml_bytes(TERC_ROWS).replace(b'encoding="utf-8"', b'encoding="iso-8859-1"')
    assert read_teryt(data).frame.row(0)[4] == "DOLNOŚLĄSKIE"
    old = xml_bytes(TERC_ROWS).decode().encode("cp1250")
    assert read_teryt(old).frame.row(0)[4] == "DOLNOŚLĄSKIE"


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!DOCTYPE teryt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE teryt [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE teryt SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_a_document_type_is_refused_before_parsing(declaration: bytes) -> None:
    head, body = xml_bytes(TERC_ROWS).split(b"\r\n", 1)
    data = head + declaration + body.replace(b"Wroc", b"&x;Wroc")
    assert refusal(data).code == "PIM-TRY-012"
    hidden = data.decode().encode("utf-16")
    assert refusal(hidden).code == "PIM-TRY-012"


def test_xml_cut_off_anywhere_is_refused() -> None:
    data = xml_bytes(TERC_ROWS)
    for size in range(60, len(data), 101):
        assert refusal(data[:size]).code in {"PIM-TRY-009", "PIM-TRY-011"}


def test_a_row_of_other_columns_is_refused() -> None:
    data = xml_bytes(TERC_ROWS)
    for bad in (
        data.replace(b"<RODZ>9</RODZ>", b""),
        data.replace(b"<RODZ>9</RODZ>", b"<RODZ>9</RODZ><UWAGI>x</UWAGI>"),
        data.replace(b"<RODZ>9</RODZ>", b"<RODZ>9<b>1</b></RODZ>"),
    ):
        error = refusal(bad)
        assert error.code == "PIM-TRY-013"
        assert str(len(TERC_ROWS)) in error.where


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?><ows:ExceptionReport><row/></ows:ExceptionReport>",
        b"<teryt><catalog></catalog></teryt>",
        b"<teryt><catalog><row><A>1</A></row></catalog></teryt>",
        b"<teryt><catalog><row/></catalog></teryt>",
        b"<>",
    ],
)
def test_other_xml_is_refused(data: bytes) -> None:
    assert refusal(data).code == "PIM-TRY-009"


def test_a_change_file_is_not_a_full_file() -> None:
    error = refusal(xml_bytes(TERC_ROWS), "TERC_Urzedowy_zmiany_2025-01-01_2025-02-01.xml")
    assert error.code == "PIM-TRY-019"
    assert refusal(b"<zmiany><zmiana/></zmiany>").code == "PIM-TRY-009"


def test_long_files_come_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.teryt.xml_form._BATCH", 3)
    assert read_teryt(xml_bytes(TERC_ROWS)).frame.equals(read_teryt(csv_bytes(TERC_ROWS)).frame)
    monkeypatch.setattr("sources.teryt.raw.MAX_ROWS", 5)
    assert refusal(xml_bytes(TERC_ROWS)).code == "PIM-TRY-007"
