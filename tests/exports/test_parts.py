"""A long table is published as a CSV a year, and as one Parquet file with all of them."""

import json
from pathlib import Path

import polars as pl
import pytest
from frictionless import validate as frictionless_validate

from exports import parts
from exports.opening import DESCRIPTOR
from exports.package import Package, write_package
from exports.read import read_package
from exports.release.offers import Shelf, package_folder
from exports.release.schema_version import schema_changes
from exports.validate import check_package
from schemas.columns import integer, number, reference
from schemas.counting import Rows
from schemas.files import sha256
from schemas.table import Table
from schemas.text import LANGS, Lang, Text
from tests.exports.sample import PUBLICATION, SAMPLE, Places, frames, parquet


class Measured(Table):
    """What a year brought to a place; may be longer than memory."""

    name_pl = "pomiary"
    title = Text("Pomiary", "Measurements")
    description = Text("Pomiary miejsc.", "Measurements of places.")
    row = Text("jeden pomiar", "one measurement")
    rows = Rows("m", "pomiar / pomiary / pomiarów", "measurement / measurements")
    dataset = SAMPLE
    bulk = True

    place_id = reference(
        Places.place_id, "id_miejsca", "Miejsce", "Place", "Gdzie.", "Where.", key=True
    )
    year = integer("rok", "Rok", "Year", "Który rok.", "Which year.", key=True)
    value = number("wartosc", "Wartość", "Value", "Ile.", "How much.", scale=2, null=True)


class Short(Measured):
    """The same, and short enough for memory."""

    name_pl = "krotkie"
    bulk = False


ROWS = pl.DataFrame(
    [(place, year) for place in ("plc-0001", "plc-0002", "plc-0010") for year in (2021, 2022)],
    schema={"place_id": pl.String, "year": pl.Int64},
    orient="row",
).with_columns(
    # No value is missing in 2022.
    value=pl.when(pl.col("year") == 2022).then(pl.col("year") / 7).cast(pl.Decimal(18, 2))
)


def write(folder: Path, table: type[Table], lang: Lang = "pl") -> Package:
    source = parquet(folder / "source", {"places": frames()["places"], table.name: ROWS})
    target = folder / package_folder(SAMPLE, lang)
    return write_package(SAMPLE, (Places, table), source, lang, target, PUBLICATION)


def data_files(package: Package) -> list[str]:
    return sorted(path.name for path in package.folder.iterdir() if path.stem.startswith("p"))


@pytest.fixture
def divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    monkeypatch.setattr(parts, "MOST_ROWS", 5)
    return write(tmp_path, Measured)


def test_each_year_is_a_resource_of_its_own_and_parquet_holds_them_all(divided: Package) -> None:
    assert data_files(divided) == [
        "pomiary.parquet",
        "pomiary_2021.csv",
        "pomiary_2021.csv-metadata.json",
        "pomiary_2022.csv",
        "pomiary_2022.csv-metadata.json",
    ]
    assert check_package(divided.folder) == []
    report = frictionless_validate(str(divided.folder / DESCRIPTOR))
    assert report.valid, report.flatten(["name", "message"])
    whole = pl.read_parquet(divided.folder / "pomiary.parquet")
    assert whole.height == ROWS.height
    read = read_package(divided.folder)
    together = pl.concat([read["pomiary_2021"], read["pomiary_2022"]])
    assert together.sort("id_miejsca", "rok").equals(whole)


def test_a_part_says_its_year_its_rows_and_its_own_signs(divided: Package) -> None:
    told = {
        one["name"]: one
        for one in json.loads((divided.folder / DESCRIPTOR).read_text())["resources"]
    }
    first, second = told["pomiary_2021"], told["pomiary_2022"]
    assert (first["title"], first["title@en"]) == ("Pomiary, 2021", "Measurements, 2021")
    assert (first["_table"], first["_part"], first["_rows"]) == ("pomiary", "2021", 3)
    assert first["schema"]["missingValues"] == ["", "."]
    assert second["schema"]["missingValues"] == [""]
    assert told["pomiary-parquet"]["_rows"] == 6
    csvw = json.loads((divided.folder / "pomiary_2021.csv-metadata.json").read_text())
    assert csvw["url"] == "pomiary_2021.csv"
    assert csvw["dc:title"][0]["@value"] == "Pomiary, 2021"
    readme = (divided.folder / "README.md").read_text()
    assert "`pomiary_2021` Pomiary, 2021" in readme
    assert "osobny plik CSV na każdy rok" in readme


def described_anew(folder: Path, *names: str) -> None:
    """Let the descriptor say what the changed files are."""
    described = json.loads((folder / DESCRIPTOR).read_text())
    for one in described["resources"]:
        if one["path"] in names:
            path = folder / one["path"]
            one |= {"bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}"}
    (folder / DESCRIPTOR).write_text(json.dumps(described))


def test_a_row_that_is_lost_from_one_year_is_noticed(divided: Package) -> None:
    path = divided.folder / "pomiary_2022.csv"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:-1]))
    described_anew(divided.folder, path.name)
    problems = check_package(divided.folder)
    assert [(one.rule, one.place) for one in problems] == [("parquet", "pomiary.parquet")]


def test_a_row_that_stands_in_two_years_is_noticed(divided: Package) -> None:
    first, second = (divided.folder / f"pomiary_{year}.csv" for year in (2021, 2022))
    head, row, *others = first.read_text().splitlines(keepends=True)
    again = second.read_text().splitlines(keepends=True)[1]
    first.write_text("".join([head, row, again, *others]))
    whole = pl.read_parquet(divided.folder / "pomiary.parquet")
    pl.concat([whole[:2], whole[1:]]).write_parquet(divided.folder / "pomiary.parquet")
    described_anew(divided.folder, first.name, "pomiary.parquet")
    problems = check_package(divided.folder)
    assert [(one.rule, one.place) for one in problems] == [("key", "pomiary.parquet")]


def test_each_year_has_the_columns_of_the_whole(divided: Package) -> None:
    path = divided.folder / "pomiary_2022.csv"
    path.write_text(path.read_text().replace("wartosc", "liczba"))
    described = (divided.folder / DESCRIPTOR).read_text()
    before, name, after = described.rpartition('"name": "wartosc"')
    assert name
    (divided.folder / DESCRIPTOR).write_text(before + '"name": "liczba"' + after)
    described_anew(divided.folder, path.name)
    problems = check_package(divided.folder)
    assert [(one.rule, one.place) for one in problems] == [("parquet", "pomiary.parquet")]


def test_a_stray_year_beside_a_whole_table_is_noticed(tmp_path: Path) -> None:
    """Short tables are looked at one by one; all CSV files of a Parquet file count."""
    folder = write(tmp_path, Measured).folder
    described = json.loads((folder / DESCRIPTOR).read_text())
    whole = next(one for one in described["resources"] if one["name"] == "pomiary")
    (folder / "stray.csv").write_bytes((folder / "pomiary.csv").read_bytes())
    stray = whole | {"name": "stray", "path": "stray.csv", "_table": "pomiary", "_part": "2021"}
    described["resources"].append(stray)
    (folder / DESCRIPTOR).write_text(json.dumps(described))
    problems = check_package(folder)
    assert [(one.rule, one.place) for one in problems] == [("parquet", "pomiary.parquet")]


def test_a_release_offers_each_year_under_an_identifier_that_stays(
    divided: Package, tmp_path: Path
) -> None:
    for lang in LANGS:
        write(tmp_path, Measured, lang)
    hashes = {
        path.relative_to(tmp_path).as_posix(): sha256(path)
        for path in tmp_path.rglob("*")
        if path.is_file()
    }
    shelf = Shelf(tmp_path, SAMPLE, hashes, lambda path, address: None)
    offers = [offer for offer in shelf.offers((Places, Measured)) if offer.table is Measured]
    assert [(o.ident, o.rows, o.part) for o in offers] == [
        ("measured.2021.csv", 3, "2021"),
        ("measured.2022.csv", 3, "2022"),
        ("measured.parquet", 6, ""),
        ("measured.2021.en.csv", 3, "2021"),
        ("measured.2022.en.csv", 3, "2022"),
        ("measured.en.parquet", 6, ""),
    ]
    assert offers[0].path.startswith("files/proba/pomiary_2021.")
    assert offers[0].title == Text("Pomiary, 2021 (CSV)", "Measurements, 2021 (CSV)")
    assert offers[0].signs == (".",)
    assert offers[1].signs == ()


def test_to_divide_a_table_is_no_change_of_its_schema(divided: Package, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "MOST_ROWS", 1_000_000)
        whole = write(tmp_path / "whole", Measured)
    assert "pomiary.csv" in data_files(whole)
    before, after = (json.loads((one.folder / DESCRIPTOR).read_text()) for one in (whole, divided))
    assert schema_changes(before, after) == []


def test_a_table_that_others_may_refer_to_stays_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST_ROWS", 2)
    package = write(tmp_path, Short)
    assert [resource.name for resource in package.resources] == [
        "miejsca",
        "miejsca-parquet",
        "krotkie",
        "krotkie-parquet",
    ]
    assert check_package(package.folder) == []
