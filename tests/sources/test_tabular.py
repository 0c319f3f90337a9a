"""One reader for files with rows: every kind gives the gate the same rows, or says why not."""

import io
import json
from collections.abc import Callable

import polars as pl
import pytest

from schemas.errors import Exit, PimError
from schemas.gate import check
from sources.tabular.official import source_of
from sources.tabular.read import Kind, kind_of, read_tabular
from tests.shared import SHARED, needs_shared
from tests.things import Things

NAMES = [column.name for column in Things.columns]
NAMES_PL = [column.name_pl for column in Things.columns]
ROWS = [
    ["thi-0001", "Łódź, „stara”", "0201011", "red", "2024-02-29", "12", "1.50", "True", ""],
    ["thi-0002", "", "", "", "", "", "", "", "thi-0001;thi-0002"],
]


def csv_of(names: list[str], rows: list[list[str]], separator: str = ",") -> bytes:
    buffer = io.StringIO(newline="")
    text = pl.DataFrame(rows, schema=names, orient="row").write_csv(separator=separator)
    buffer.write(text)
    return buffer.getvalue().replace('""', "").encode()


def judged(data: bytes, name: str = "things.csv") -> pl.DataFrame:
    """The accepted rows; the test fails where one was not."""
    read = read_tabular(data, name, Things)
    verdict = check(Things, read.frame, {}, unread=read.unread)
    assert verdict.findings == ()
    return verdict.accepted.drop("_source", "_place")


def refusal(data: bytes, name: str = "x.bin") -> PimError:
    with pytest.raises(PimError) as caught:
        read_tabular(data, name, Things)
    return caught.value


PLAIN = judged(csv_of(NAMES, ROWS))


def labelled(rows: list[list[str]]) -> list[list[str]]:
    """The same rows with labels for codes and the sign of a missing value, as published."""
    return [[{"red": "czerwony", "": "."}.get(cell, cell) for cell in row] for row in rows]


def as_parquet() -> bytes:
    buffer = io.BytesIO()
    PLAIN.write_parquet(buffer)
    return buffer.getvalue()


def as_json(lines: bool) -> bytes:
    rows = [dict(zip(NAMES, row, strict=True)) for row in ROWS]
    objects = [{name: cell or None for name, cell in row.items()} for row in rows]
    numbers = [{**row, "pages": 12 if row["pages"] else None} for row in objects]
    if lines:
        return "\n".join(json.dumps(row, ensure_ascii=False) for row in numbers).encode()
    return json.dumps(numbers).encode()


KINDS: dict[str, Callable[[], bytes]] = {
    "semicolons": lambda: csv_of(NAMES, ROWS, ";"),
    "tabs": lambda: csv_of(NAMES, ROWS, "\t"),
    "Polish names": lambda: csv_of(NAMES_PL, labelled(ROWS), ";"),
    "Polish names with commas": lambda: csv_of(NAMES_PL, labelled(ROWS)),
    "titles": lambda: csv_of([c.title.pl for c in Things.columns], labelled(ROWS), "\t"),
    "English titles in capitals": lambda: csv_of(
        [c.title.en.upper() for c in Things.columns], labelled(ROWS), ";"
    ),
    "columns moved": lambda: csv_of(NAMES[::-1], [row[::-1] for row in ROWS], ";"),
    "BOM": lambda: b"\xef\xbb\xbf" + csv_of(NAMES, ROWS, ";"),
    "Parquet": as_parquet,
    "JSON array": lambda: as_json(lines=False),
    "JSON lines": lambda: as_json(lines=True),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_the_same_rows(kind: str) -> None:
    assert judged(KINDS[kind](), "any name").equals(PLAIN)


def test_a_facts_file_stays_strict() -> None:
    """What a build would refuse is not accepted by a check, either."""
    data = csv_of(NAMES, labelled(ROWS))
    read = read_tabular(data, "things.csv", Things)
    found = check(Things, read.frame, {}, unread=read.unread)
    assert {f.rule for f in found.findings} >= {"code", "special_sign"}


def test_a_number_is_no_code() -> None:
    """JSON has numbers: in a text column one may have lost its zeros."""
    data = json.dumps([{**dict.fromkeys(NAMES), "thing_id": "thi-0001", "terc": 201011}]).encode()
    read = read_tabular(data, "x.json", Things)
    verdict = check(Things, read.frame, {}, unread=read.unread)
    assert verdict.rejected.select("column_name", "value", "rule").rows() == [
        ("terc", "201011", "cell_number")
    ]


def test_numbers_of_json_keep_their_digits() -> None:
    row = {**dict.fromkeys(NAMES), "thing_id": "thi-0001"}
    text = json.dumps([row]).replace('"price": null', '"price": 1234567890123456.78')
    assert str(judged(text.encode()).get_column("price")[0]) == "1234567890123456.78"


def test_unknown_and_missing_columns_are_told_with_a_guess() -> None:
    names = ["Kolorr" if name == "colour" else name for name in NAMES]
    read = read_tabular(csv_of(names, ROWS, ";"), "x.csv", Things)
    verdict = check(Things, read.frame, {}, unread=read.unread)
    assert {(f.rule, f.places) for f in verdict.findings} == {
        ("unknown_column", ("Kolorr",)),
        ("missing_column", ("colour",)),
    }
    assert [remark.pl for remark in read.remarks] == [
        "Nagłówek „Kolorr” nie jest znany. Czy to „Kolor”?"
    ]


def test_an_empty_column_that_nobody_declared_is_left_out_and_told() -> None:
    read = read_tabular(
        csv_of([*NAMES_PL, "Uwagi"], [[*row, ""] for row in labelled(ROWS)], ";"), "x.csv", Things
    )
    assert "Uwagi" not in read.frame.columns
    assert "Uwagi" in read.remarks[0].pl


def test_misread_letters_are_set_aside_in_every_kind_but_facts() -> None:
    misread = "łódź".encode().decode("cp1250")
    spoilt = [[*row[:1], misread, *row[2:]] for row in ROWS]
    read = read_tabular(csv_of(NAMES, spoilt, ";"), "x.csv", Things)
    assert read.unread.get_column("rule").to_list() == ["cell_letters", "cell_letters"]


REFUSED: dict[str, tuple[bytes, str]] = {
    "old Excel": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "PIM-TAB-002"),
    "PDF": (b"%PDF-1.7\n", "PIM-TAB-002"),
    "gzip": (b"\x1f\x8b\x08", "PIM-TAB-002"),
    "picture": (b"\x89PNG\r\n", "PIM-TAB-002"),
    "web page": (b"<!doctype html><html></html>", "PIM-TAB-002"),
    "bytes": (b"a,b\0\0c\n", "PIM-TAB-002"),
    "UTF-16": ("thing_id,nazwa\n".encode("utf-16"), "PIM-TAB-002"),
    "ZIP": (b"PK\x03\x04" + b"\0" * 60, "PIM-TAB-004"),
    "empty": (b"", "PIM-SRC-003"),
    "cp1250": ("id_rzeczy;nazwa\nthi-0001;Łódź\n".encode("cp1250"), "PIM-SRC-004"),
    "cut off": (b"id_rzeczy;nazwa\nthi-00", "PIM-SRC-005"),
    "ragged": (b"id_rzeczy;nazwa\nthi-0001\n", "PIM-SRC-006"),
    "no header": (b"a;b;c\n1;2;3\n", "PIM-TAB-006"),
    "header twice": (b"id_rzeczy;Identyfikator;nazwa\n1;2;3\n", "PIM-TAB-007"),
    "broken JSON": (b'[{"thing_id": ', "PIM-TAB-004"),
    "NaN": (b'[{"thing_id": NaN}]', "PIM-TAB-004"),
    "JSON of other things": (b"[1, 2]", "PIM-TAB-009"),
    "nested JSON": (b'[{"thing_id": {"a": 1}}]', "PIM-TAB-009"),
    "name twice in JSON": (b'[{"thing_id": "a", "thing_id": "b"}]', "PIM-TAB-009"),
    "deep JSON": (b"[" * 100_000, "PIM-TAB-009"),
    "broken Parquet": (b"PAR1" + b"\0" * 50, "PIM-TAB-004"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(case: str) -> None:
    data, expected = REFUSED[case]
    error = refusal(data)
    assert error.code == expected
    assert error.exit_code in {Exit.DATA, Exit.USAGE}
    for lang in ("pl", "en"):
        assert len(dict(error.lines(lang))) >= 3


def test_nested_parquet_is_refused() -> None:
    buffer = io.BytesIO()
    pl.DataFrame({"thing_id": [["a"]], "label": ["b"]}).write_parquet(buffer)
    assert refusal(buffer.getvalue()).code == "PIM-TAB-009"


def test_parquet_with_numbers_for_codes_is_set_aside() -> None:
    buffer = io.BytesIO()
    PLAIN.with_columns(terc=pl.lit(201011)).write_parquet(buffer)
    read = read_tabular(buffer.getvalue(), "x.parquet", Things)
    verdict = check(Things, read.frame, {}, unread=read.unread)
    assert set(verdict.rejected.get_column("rule")) == {"type"}


def test_the_kind_is_told_by_the_bytes() -> None:
    assert kind_of(csv_of(NAMES, ROWS), "x.xlsx") is Kind.CSV
    assert kind_of(as_parquet(), "x.csv") is Kind.PARQUET


@needs_shared
@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("teryt/TERC_Urzedowy_2023-01-01.zip", "terc"),
        ("teryt/SIMC_Urzedowy_2020-09-26.zip", "simc"),
        ("teryt/WMRODZ_2020-07-29.zip", "wmrodz"),
        ("teryt/TERC_2016-01-01_oldxml.xml", "terc"),
        ("bdl/BDL_export_mieszkania_oddane_1995-2024.xlsx", "bdl"),
        ("other/Baza_teleadresowa_jst_stan_na_19_05_2021.csv", ""),
    ],
)
def test_files_of_registers_are_sent_to_their_own_command(path: str, source: str) -> None:
    data = (SHARED / "data" / "registries" / path).read_bytes()
    assert source_of(data, "renamed") == source
    if source:
        error = refusal(data, "renamed")
        assert error.code == "PIM-TAB-010"
        assert f"--source {source}" in error.fix.pl
