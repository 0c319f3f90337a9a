"""The CSV form: BOM, line ends, preamble, quotes, encodings, spreadsheets and cut-off files."""

import csv
import io
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from schemas.errors import PimError
from sources.teryt.read import read_teryt
from sources.teryt.sets import Scope, Version
from tests.sources.terytbytes import (
    DAY,
    SIMC,
    TERC,
    TERC_ROWS,
    ULIC,
    WMRODZ,
    WMRODZ_ROWS,
    Row,
    csv_bytes,
)

STREETS: list[Row] = [
    ("02", "64", "01", "1", "0986283", "00017", "ul.", '"Hubala" Henryka', "", "2025-03-02"),
    ("02", "64", "01", "1", "0986283", "15031", "ul.", 'Mazewo Dworskie"A"', "O,k", "2025-03-02"),
]


def refusal(data: bytes, name: str = "") -> PimError:
    with pytest.raises(PimError) as caught:
        read_teryt(data, name)
    return caught.value


def sheet_of(rows: int) -> bytes:
    """A file of so many rows, which are all alike."""
    return csv_bytes(WMRODZ_ROWS[:1] * rows, WMRODZ, bom=False, newline="\n", blank_last=False)


def values(rows: list[Row]) -> list[tuple[str | None, ...]]:
    return [tuple(cell or None for cell in row) for row in rows]


@pytest.mark.parametrize("bom", [True, False])
@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("blank_last", [True, False])
def test_point_06_bom_line_ends_and_blank_last_line(
    bom: bool, newline: str, blank_last: bool
) -> None:
    file = read_teryt(csv_bytes(TERC_ROWS, bom=bom, newline=newline, blank_last=blank_last))
    assert file.frame.rows() == values(TERC_ROWS)
    assert set(file.frame.dtypes) == {pl.String}
    assert file.origin.cleaned.get("blank lines", 0) == int(blank_last)


def test_point_06_no_line_end_at_all_after_the_last_row() -> None:
    assert read_teryt(csv_bytes(TERC_ROWS).rstrip()).rows == len(TERC_ROWS)


def test_point_06_a_missing_header_is_refused_in_plain_words() -> None:
    error = refusal(csv_bytes(TERC_ROWS[1:], TERC_ROWS[0]), "TERC_Urzedowy_2025-01-20.csv")
    assert error.code == "PIM-TRY-009"
    assert "nagłówka" in error.what.pl
    assert error.why is not None
    assert "02;;;;DOLNOŚLĄSKIE" in error.why.pl


def test_point_06_data_before_the_header_is_no_preamble() -> None:
    data = b"02;;;;DOLNOSLASKIE;x;2025-01-01\r\n" + csv_bytes(TERC_ROWS, bom=False)
    assert refusal(data).code == "PIM-TRY-009"


def test_point_06_preamble_is_skipped_and_says_that_it_is_a_part() -> None:
    preamble = "Informacje podstawowe:\n Nazwa katalogu: TERC, \n Zawartość: część, \n\n"
    data = preamble.encode() + csv_bytes(TERC_ROWS, bom=False, newline="\n")
    file = read_teryt(data)
    assert file.origin.preamble[0] == "Informacje podstawowe:"
    assert (file.rows, file.scope) == (len(TERC_ROWS), Scope.PART)


def test_point_06_nazdod_is_nazwa_dod_and_letter_case_is_no_matter() -> None:
    old = [name.lower() if name != "NAZWA_DOD" else "NAZDOD" for name in TERC]
    assert read_teryt(csv_bytes(TERC_ROWS, old)).frame.columns == list(TERC)


def test_point_05_more_than_one_state_date_is_refused() -> None:
    other = [*TERC_ROWS, ("04", "", "", "", "KUJAWSKO-POMORSKIE", "województwo", "2024-01-01")]
    error = refusal(csv_bytes(other))
    assert error.code == "PIM-TRY-017"
    assert error.why is not None
    assert "2024-01-01, 2025-01-01" in error.why.pl
    none = [(*row[:-1], "") for row in TERC_ROWS]
    assert refusal(csv_bytes(none)).code == "PIM-TRY-017"
    never = [(*row[:-1], "2025-02-30") for row in TERC_ROWS]
    assert refusal(csv_bytes(never)).code == "PIM-TRY-017"


def test_point_08_quotes_survive_reading_and_our_exports(tmp_path: Path) -> None:
    frame = read_teryt(csv_bytes(STREETS, ULIC)).frame
    assert frame.rows() == values(STREETS)
    out = tmp_path / "ulic.csv"
    frame.write_csv(out)
    with out.open(encoding="utf-8", newline="") as lines:
        assert [tuple(cell or None for cell in row) for row in csv.reader(lines)][1:] == values(
            STREETS
        )
    query = f"SELECT NAZWA_1 FROM read_csv('{out}', all_varchar=true)"
    with duckdb.connect() as con:
        again = con.execute(query).fetchall()
    assert again == [('"Hubala" Henryka',), ('Mazewo Dworskie"A"',)]


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2"])
def test_point_21_two_polish_encodings_are_told_apart(encoding: str) -> None:
    file = read_teryt(csv_bytes(TERC_ROWS, bom=False, encoding=encoding))
    assert file.origin.encoding == encoding
    assert file.frame.rows() == values(TERC_ROWS)


def test_point_21_a_wrong_guess_of_an_earlier_hand_is_refused() -> None:
    good = csv_bytes(TERC_ROWS, bom=False)
    for codec in ("cp1250", "cp1252", "iso-8859-2"):
        damaged = good.decode(codec, errors="replace").encode()
        error = refusal(damaged)
        assert error.code == "PIM-TRY-008"
        assert "litery" in error.what.pl
    lost = csv_bytes([(*TERC_ROWS[3][:4], "Boles?awiec", *TERC_ROWS[3][5:])])
    assert refusal(lost).code == "PIM-TRY-008"


def test_point_21_mixed_encodings_are_refused() -> None:
    mixed = csv_bytes(
        TERC_ROWS, bom=False, encoding="cp1250"
    ) + "02;;;;ŚLĄSK;x;2025-01-01\r\n".encode("iso-8859-2")
    assert refusal(mixed).code == "PIM-TRY-008"
    assert refusal(b"\xef\xbb\xbf" + "Ś".encode("cp1250")).code == "PIM-TRY-008"
    assert refusal(b"\xff\xfe\x00").code == "PIM-TRY-008"
    assert (
        refusal(csv_bytes(TERC_ROWS, bom=False, encoding="cp1250") + b"\x81").code == "PIM-TRY-008"
    )


def test_point_21_utf_16_of_a_spreadsheet_is_read() -> None:
    text = csv_bytes(TERC_ROWS, bom=False).decode()
    file = read_teryt(text.encode("utf-16"))
    assert (file.origin.encoding, file.rows) == ("utf-16", len(TERC_ROWS))


def test_point_22_dirt_is_cleaned_and_counted() -> None:
    dirty: list[Row] = [
        (*TERC_ROWS[0][:4], "\u00a0DOLNOŚLĄSKIE ", "województwo", DAY),
        (*TERC_ROWS[3][:4], "Biała\u00a0Podlaska", "gmina miejska", DAY),
    ]
    wide = [(*row, "", "", "") for row in dirty] + [("",) * 10]
    file = read_teryt(csv_bytes(wide, (*TERC, "", "", "")))
    assert file.frame.get_column("NAZWA").to_list() == ["DOLNOŚLĄSKIE", "Biała Podlaska"]
    assert dict(file.origin.cleaned) == {
        "blank lines": 1,
        "blank rows": 1,
        "edge spaces": 1,
        "empty columns": 3,
        "nbsp": 2,
    }


def test_point_22_values_under_no_name_are_not_thrown_away() -> None:
    wide = [(*row, "uwaga") for row in TERC_ROWS]
    assert refusal(csv_bytes(wide, (*TERC, ""))).code == "PIM-TRY-010"


@pytest.mark.parametrize(
    ("lines", "rows"), [(65_536, 65_535), (65_536, 65_536), (1_048_576, 1_048_575)]
)
def test_point_25_a_file_that_ends_at_the_limit_of_sheets_is_refused(lines: int, rows: int) -> None:
    error = refusal(sheet_of(rows))
    assert error.code == "PIM-TRY-018"
    assert str(lines) in error.what.pl


def test_point_25_a_file_that_ends_elsewhere_is_read() -> None:
    assert [read_teryt(sheet_of(rows)).rows for rows in (65_534, 65_537)] == [65_534, 65_537]


def test_a_line_that_was_cut_off_is_named() -> None:
    data = csv_bytes(TERC_ROWS, blank_last=False)
    error = refusal(data[:-25])
    assert error.code == "PIM-TRY-010"
    assert error.where.endswith(str(len(TERC_ROWS) + 1))
    assert refusal(data.replace(b"02;01;;;", b"02;01;;;;", 1)).code == "PIM-TRY-010"


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_codes_that_lost_their_zeros_are_refused(separator: str) -> None:
    lost = [(row[0].lstrip("0"), *row[1:]) for row in TERC_ROWS]
    data = csv_bytes(lost, bom=False).replace(b";", separator.encode())
    assert refusal(data).code == "PIM-TRY-015"
    kept = csv_bytes(TERC_ROWS, bom=False).replace(b";", separator.encode())
    assert read_teryt(kept).rows == len(TERC_ROWS)


@pytest.mark.parametrize(
    ("sym", "code"),
    [("986283", "015"), ("9.86E+05", "015"), ("986283,0", "015"), ("O986283", "016")],
)
def test_other_damage_of_codes(sym: str, code: str) -> None:
    row = ("02", "64", "01", "1", "96", "1", "Wrocław", sym, "0986283", DAY)
    assert refusal(csv_bytes([row], SIMC)).code == f"PIM-TRY-{code}"


def test_dates_turned_round_are_damage() -> None:
    turned = [(*row[:-1], "01.01.2025") for row in TERC_ROWS]
    assert refusal(csv_bytes(turned)).code == "PIM-TRY-015"


def test_rows_without_a_code_and_files_without_rows_are_refused() -> None:
    assert refusal(csv_bytes([("", *TERC_ROWS[0][1:]), *TERC_ROWS])).code == "PIM-TRY-016"
    assert refusal(csv_bytes([])).code == "PIM-TRY-002"


def test_too_many_lines_are_refused_before_memory_is_spent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sources.teryt.raw.MAX_ROWS", 5)
    assert refusal(csv_bytes(TERC_ROWS)).code == "PIM-TRY-007"


@pytest.mark.parametrize(
    ("name", "version", "day"),
    [
        ("ULIC_Urzedowy_2025-03-03.csv", Version.OFFICIAL, date(2025, 3, 3)),
        ("ulic_adresowy.csv", Version.ADDRESS, None),
        ("ULIC(02)_03-03-2025.csv", None, date(2025, 3, 3)),
        ("ULIC_2025-13-45.csv", None, None),
    ],
)
def test_what_only_the_name_tells(name: str, version: Version | None, day: date | None) -> None:
    file = read_teryt(csv_bytes(STREETS, ULIC), name)
    assert (file.version, file.origin.file_date) == (version, day)


def test_the_frame_is_what_polars_would_read_of_a_clean_copy() -> None:
    data = csv_bytes(TERC_ROWS, bom=False, blank_last=False)
    plain = pl.read_csv(io.BytesIO(data), separator=";", quote_char=None, infer_schema=False)
    assert read_teryt(data).frame.equals(plain)
