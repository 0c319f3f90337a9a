"""Facts files are read whole and strictly: what is not right is refused with its line."""

import csv
import io
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import Exit, PimError
from sources.facts import CURATED, MAX_BYTES, parse_facts, read_facts

HEADER = b"id,name\n"


def refused(data: bytes) -> PimError:
    with pytest.raises(PimError) as caught:
        parse_facts(data, "curated/towns.csv")
    assert caught.value.fix.pl != caught.value.fix.en
    return caught.value


def test_rows_are_text_with_the_place_that_they_came_from() -> None:
    frame = parse_facts("id,name\n007,Łódź\n8,\n".encode(), "curated/towns.csv")
    assert frame.rows() == [
        ("007", "Łódź", "curated/towns.csv", "line 2"),
        ("8", "", "curated/towns.csv", "line 3"),
    ]
    assert set(frame.dtypes) == {pl.String}


def test_the_line_told_is_the_line_that_the_row_begins_on() -> None:
    frame = parse_facts(b'id,name\n1,"two\nlines"\n\n2,x\n', "towns.csv")
    assert frame["_place"].to_list() == ["line 2", "line 5"]
    assert frame["name"].to_list() == ["two\nlines", "x"]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfid,name\n1,x\n",  # as spreadsheets save "CSV UTF-8"
        b"id,name\r\n1,x\r\n",
        b'"id","name"\n"1","x"\n',
    ],
)
def test_forms_that_mean_the_same_are_read_alike(data: bytes) -> None:
    assert parse_facts(data, "towns.csv").row(0) == ("1", "x", "towns.csv", "line 2")


def test_a_header_alone_is_an_empty_table() -> None:
    frame = parse_facts(HEADER, "towns.csv")
    assert (frame.height, frame.columns) == (0, ["id", "name", "_source", "_place"])
    assert set(frame.dtypes) == {pl.String}


@pytest.mark.parametrize("data", [b"", b"\n", b" \r\n\t\n"])
def test_an_empty_file_is_no_empty_table(data: bytes) -> None:
    error = refused(data)
    assert (error.code, error.where, error.exit_code) == (
        "PIM-SRC-003",
        "curated/towns.csv",
        Exit.DATA,
    )


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-16"])
def test_another_encoding_is_refused_with_its_line(encoding: str) -> None:
    error = refused("id,name\n1,x\n2,Łódź\n".encode(encoding))
    line = 1 if encoding == "utf-16" else 3
    assert (error.code, error.where) == ("PIM-SRC-004", f"curated/towns.csv, line {line}")
    assert error.why is not None
    assert ("zero bytes" in error.why.en) is (encoding == "utf-16")
    assert ("Windows-1250" in error.why.pl) is (encoding != "utf-16")


def test_a_file_cut_in_a_row_is_refused() -> None:
    error = refused(b"id,name\n1,x\n2,y")
    assert (error.code, error.where) == ("PIM-SRC-005", "curated/towns.csv, line 3")
    error = refused("id,name\n1,Łódź\n".encode()[:-2])
    assert (error.code, error.where) == ("PIM-SRC-005", "curated/towns.csv, line 2"), "in a letter"


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"id,name\n1\n", "2"),  # a cell too few
        (b"id,name\n1,x\n2,y,z\n3\n4,y\n", "3, 4"),  # all of them at once
        (b'id,name\n1,x\n2,"y\n', "3"),  # a quote that never ends
        (b'id,name\n1,"x"y\n', "2"),  # and one that ends too early
        (b"id,id\n1,2\n", "1"),
        (b"id,\n1,2\n", "1"),
        (b"id,name\n1," + b"x" * 100_001 + b"\n", "2"),  # a cell of a thousand lines
    ],
)
def test_damaged_lines_are_all_named(data: bytes, line: str) -> None:
    error = refused(data)
    assert (error.code, error.where) == ("PIM-SRC-006", f"curated/towns.csv, line {line}")
    assert error.why is not None
    assert error.why.pl != error.why.en


def test_at_most_ten_lines_are_named() -> None:
    error = refused(HEADER + b"1\n" * 500)
    assert error.where.endswith("line 2, 3, 4, 5, 6, 7, 8, 9, 10, 11")


def test_a_missing_file_is_a_missing_source(tmp_path: Path) -> None:
    for path in (tmp_path / "towns.csv", tmp_path):
        with pytest.raises(PimError) as caught:
            read_facts(path, shown_as="curated/towns.csv")
        assert (caught.value.code, caught.value.exit_code) == ("PIM-SRC-001", Exit.SOURCE)
        assert caught.value.where == "curated/towns.csv"


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    with path.open("wb") as handle:
        handle.truncate(MAX_BYTES + 1)  # takes no space on the disk
    with pytest.raises(PimError, match="PIM-SRC-002"):
        read_facts(path)


@pytest.mark.parametrize("path", sorted(CURATED.glob("*.csv")), ids=lambda path: path.stem)
def test_the_facts_that_the_project_carries_are_in_one_form(path: Path) -> None:
    """Written again as the house writes CSV, they are the same bytes."""
    frame = read_facts(path)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    shown = frame.drop("_source", "_place")
    writer.writerow(shown.columns)
    writer.writerows(shown.rows())
    assert out.getvalue().encode() == path.read_bytes()
    assert frame["_place"].to_list() == [f"line {line}" for line in range(2, frame.height + 2)]


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs"]), max_size=8
)


@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_whatever_stands_in_a_cell_comes_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([("id", "name"), *rows])
    frame = parse_facts(out.getvalue().encode(), "towns.csv")
    assert frame.select("id", "name").rows() == rows
    starts = frame["_place"].str.strip_prefix("line ").cast(pl.Int64).to_list()
    assert starts == sorted(set(starts))


@given(st.binary(max_size=60))
def test_no_bytes_bring_anything_but_a_frame_or_a_told_error(data: bytes) -> None:
    try:
        frame = parse_facts(data, "towns.csv")
    except PimError as error:
        assert error.code.startswith("PIM-SRC-")  # noqa: PT017  # either outcome is right
    else:
        assert frame.columns[-2:] == ["_source", "_place"]
