"""A package read back is what went in, and a package that was tampered with is not read."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from exports.package import write_package
from exports.read import read_package
from exports.refusals import FORMULA_STARTS
from exports.validate import check_package
from schemas.errors import PimError
from schemas.rules import SPECIAL_SIGNS as SIGNS
from schemas.text import LANGS, Lang
from tests.exports.sample import PUBLICATION, SAMPLE, TABLES, Places, frames, parquet

Tamper = Callable[[dict[str, object]], None]


def write(folder: Path, lang: Lang = "pl") -> Path:
    source = parquet(folder / "source")
    return write_package(SAMPLE, TABLES, source, lang, folder / lang, PUBLICATION).folder


@pytest.mark.parametrize("lang", LANGS)
def test_package_read_back_is_what_was_given(tmp_path: Path, lang: Lang) -> None:
    tables = read_package(write(tmp_path, lang), codes=True)
    for table in TABLES:
        expected = frames()[table.name].sort(column.name for column in table.key)
        names = {column.name: column.name_in(lang) for column in table.columns}
        found = tables[table.name_in(lang)].sort(column.name_in(lang) for column in table.key)
        assert_frame_equal(found, expected.rename(names))


@pytest.mark.parametrize("lang", LANGS)
def test_csv_and_parquet_hold_the_same(tmp_path: Path, lang: Lang) -> None:
    folder = write(tmp_path, lang)
    for name, frame in read_package(folder).items():
        assert_frame_equal(frame, pl.read_parquet(folder / f"{name}.parquet"))


NASTY = st.one_of(
    st.sampled_from(
        ['"', '""', ",", ";", "#", "a\nb", "\n", '"\n"', "0007", "ł", "🙂", "null", "NaN", "True"]
    ),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\r\x7f", min_codepoint=32),
        min_size=1,
        max_size=20,
    ),
    st.lists(st.sampled_from(list('",;\n#0łŻ 🙂|\\-=')), min_size=1, max_size=8).map("".join),
).filter(
    # DuckDB's trim and Python's strip differ in what they call blank; only spaces are blank here.
    lambda text: text not in SIGNS and not text.startswith(FORMULA_STARTS) and text.strip(" ")
)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            NASTY,
            st.sampled_from(["small", "big"]),
            st.decimals(-(10**9), 10**9, places=2) | st.none(),
            st.integers(0, 2**63 - 1) | st.none(),
            st.booleans() | st.none(),
            st.dates(date(1000, 1, 1)) | st.none(),
        ),
        max_size=8,
    )
)
def test_any_text_survives(
    rows: list[tuple[str, str, Decimal | None, int | None, bool | None, date | None]],
) -> None:
    places = pl.DataFrame(
        [
            (f"plc-{number:04}", f"{number:02}", *row, None)
            for number, row in enumerate(rows, start=1)
        ],
        schema=Places.schema(),
        orient="row",
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        source = parquet(folder / "source", {"places": places})
        out = write_package(SAMPLE, [Places], source, "en", folder / "en", PUBLICATION).folder
        assert_frame_equal(read_package(out, codes=True)["places"], places)
        assert check_package(out) == []


def tampered(folder: Path, change: Tamper) -> Path:
    path = write(folder) / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    change(package["resources"][0])
    path.write_text(json.dumps(package), "utf-8")
    return path.parent


def _set(key: str, value: object) -> Tamper:
    def change(resource: dict[str, object]) -> None:
        resource[key] = value

    return change


@pytest.mark.parametrize(
    "path",
    [
        "../source/places.parquet",
        "/etc/passwd",
        "a/../../x",
        "https://pim.example.org/x.csv",
        "..\\x",
        "~/x",
        "",
        ".",
        "C:x.csv",
        "x\0.csv",
    ],
)
def test_path_out_of_the_package_is_refused(tmp_path: Path, path: str) -> None:
    folder = tampered(tmp_path, _set("path", path))
    with pytest.raises(PimError, match="PIM-EXP-031"):
        read_package(folder)
    assert [problem.rule for problem in check_package(folder)] == ["PIM-EXP-031"]


def test_link_out_of_the_package_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "miejsca.csv").rename(tmp_path / "elsewhere.csv")
    (folder / "miejsca.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(PimError, match="PIM-EXP-031"):
        read_package(folder)


@pytest.mark.parametrize(
    "change",
    [
        _set("path", 7),
        _set("path", "x" * 300),
        _set("path", "x/" * 2_000),
        _set("path", "\ud800.csv"),
        _set("schema", {"fields": [], "missingValues": ["\ud800"]}),
        _set("bytes", -1),
        _set("bytes", True),
        _set("hash", "md5:0"),
        _set("name", "wizyty"),
        _set("schema", []),
        _set("schema", {"fields": {}}),
        _set("schema", {"fields": [1]}),
        _set("schema", {"fields": [], "missingValues": [1]}),
        _set("schema", {"fields": [], "foreignKeys": [{"fields": [], "reference": {}}]}),
    ],
)
def test_malformed_descriptor_is_refused(tmp_path: Path, change: Tamper) -> None:
    folder = tampered(tmp_path, change)
    with pytest.raises(PimError, match="PIM-EXP-030"):
        read_package(folder)
    assert [problem.rule for problem in check_package(folder)] == ["PIM-EXP-030"]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"resources": []}', "[" * 100_000, "\udcff"])
def test_descriptor_that_is_not_one_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "datapackage.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(PimError, match="PIM-EXP-030"):
        read_package(tmp_path)


def test_huge_descriptor_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "datapackage.json").open("wb") as handle:
        handle.truncate(17 * 1024 * 1024)
    with pytest.raises(PimError, match="PIM-EXP-030"):
        read_package(tmp_path)


def test_missing_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PimError, match="PIM-EXP-030"):
        read_package(tmp_path / "nothing")


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    path = folder / "wizyty.parquet"
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole[:-1] + b"?"):
        path.write_bytes(damaged)
        with pytest.raises(PimError, match="PIM-EXP-032"):
            read_package(folder)
        assert [problem.rule for problem in check_package(folder)] == ["damaged"]
    path.unlink()
    with pytest.raises(PimError, match="PIM-EXP-032"):
        read_package(folder)


def rewrite(folder: Path, old: str, new: str) -> None:
    """Change a CSV and its descriptor together, as a careless tool would."""
    path = folder / "miejsca.csv"
    data = path.read_bytes().replace(old.encode(), new.encode("utf-8", "surrogateescape"))
    path.write_bytes(data)
    described = folder / "datapackage.json"
    package = json.loads(described.read_text("utf-8"))
    package["resources"][0] |= {
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
    }
    described.write_text(json.dumps(package), "utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.50", "1,50"),
        ("1.50", "dużo"),
        ("True", "tak"),
        ("2017-06-20", "20.06.2017"),
        ("id_miejsca,terc", "terc,id_miejsca"),
        ("mała", "malutka"),
        ("03:04:05", "3 rano"),
    ],
)
def test_values_that_break_the_schema_are_not_read(tmp_path: Path, old: str, new: str) -> None:
    folder = write(tmp_path)
    rewrite(folder, old, new)
    with pytest.raises(PimError, match="PIM-EXP-033"):
        read_package(folder, codes=True)
    assert check_package(folder) != []


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        ("plc-0002,0264011", "plc-0002,", {"empty"}),
        ("plc-0002,0264011", "plc-0002,#", {"undeclared_sign", "pattern"}),
        ("plc-0002,0264011", "plc-0002,264011", {"pattern"}),
        ('"Łódź; ""Nowa"", #1"', "=HYPERLINK(0)", {"formula"}),
        ('"Łódź; ""Nowa"", #1"', ".", {"required"}),
        ("1.50", "1.5", {"form"}),
        ("1.50", "1e3", {"form"}),
        (",0,True", ",007,True", {"form"}),
        (",0,True", ",-1,True", {"minimum"}),
        ("True", "true", {"form"}),
        ("2017-06-20", "2017-02-30", {"form"}),
        ("mała", "malutka", {"enum"}),
        ("Nowa", "ł" * 16_100, {"too_long", "max_length"}),
        ("plc-0010", "plc-0002", {"key", "parquet"}),
        ("plc-0010", "plc-0000", {"order", "parquet"}),
        ("plc-0001", "plc-0009", {"order", "foreign_key", "parquet"}),
        ("Nowa", "Stara", {"parquet"}),
        ("\n", "\r\n", {"line_end"}),
        ("id_miejsca", "\ufeffid_miejsca", {"bom"}),
        ("Nowa", "\udcb3", {"encoding"}),
        ("id_miejsca,terc", "terc,terc", {"header"}),
        (",False,:,.\n", ",False,:,.", {"line_end"}),
        (",False,:,.\n", ",False,:\n", {"structure"}),
        (",False,:,.\n", ",False,:,.,1\n", {"structure"}),
        ("plc-0001,X", "plc-0001,02", {"unused_sign"}),
    ],
)
def test_check_names_each_fault(tmp_path: Path, old: str, new: str, rules: set[str]) -> None:
    folder = write(tmp_path)
    rewrite(folder, old, new)
    assert {problem.rule for problem in check_package(folder)} == rules


def test_check_sees_a_reference_to_nowhere(tmp_path: Path) -> None:
    def change(resource: dict[str, object]) -> None:
        schema = resource["schema"]
        assert isinstance(schema, dict)
        target = {"resource": "gdzie", "fields": ["indziej"]}
        schema["foreignKeys"] = [{"fields": ["id_miejsca"], "reference": target}]

    found = check_package(tampered(tmp_path, change))
    assert [(problem.rule, problem.example) for problem in found] == [
        ("foreign_key", "gdzie.indziej")
    ]


def test_check_sees_parquet_with_other_columns(tmp_path: Path) -> None:
    folder = write(tmp_path)
    path = folder / "miejsca.parquet"
    pl.read_parquet(path).rename({"terc": "kod"}).write_parquet(path)
    described = folder / "datapackage.json"
    package = json.loads(described.read_text("utf-8"))
    package["resources"][1] |= {
        "bytes": path.stat().st_size,
        "hash": f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}",
    }
    described.write_text(json.dumps(package), "utf-8")
    assert [problem.rule for problem in check_package(folder)] == ["parquet"]
