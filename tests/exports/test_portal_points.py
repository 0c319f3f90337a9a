"""The acceptance list of dane.gov.pl (points 34 to 49), on packages made from the real facts.

Each test is named after its point. Tables that a build computes are empty here.
"""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from frictionless import validate as frictionless_validate

from exports.package import Package, write_package
from exports.publication import Publication
from exports.read import read_package
from exports.refusals import FORMULA_STARTS, MAX_CELL_BYTES
from exports.validate import check_package
from schemas.casting import cast_column
from schemas.registry import all_datasets, all_tables, tables_of
from schemas.rules import SPECIAL_SIGNS as SIGNS
from schemas.table import Table
from schemas.text import LANGS
from tests.exports.test_package import official_errors
from tests.shared import REPO, needs_shared

FACTS = REPO / "sources" / "curated"
FORMS = {
    "integer": r"-?(0|[1-9]\d*)",
    "boolean": "True|False",
    "date": r"\d{4}-\d{2}-\d{2}",
    "datetime": r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}",
}


@dataclass(frozen=True)
class Published:
    """One published CSV, read by Python's own csv module."""

    path: Path
    table: type[Table]
    rows: list[list[str]]
    schema: dict[str, object]

    @property
    def missing(self) -> set[str]:
        found = self.schema["missingValues"]
        assert isinstance(found, list)
        return set(found)

    def cells(self) -> Iterator[tuple[str, str]]:
        """Kind and text of every cell."""
        kinds = [column.kind for column in self.table.columns]
        for row in self.rows[1:]:
            yield from zip(kinds, row, strict=True)


def facts(table: type[Table]) -> pl.DataFrame:
    path = FACTS / f"{table.name}.csv"
    if not path.exists():
        return pl.DataFrame(schema=table.schema())
    text = pl.read_csv(path, infer_schema=False)
    return text.select(cast_column(column, pl.String()) for column in table.columns)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> list[Package]:
    folder = tmp_path_factory.mktemp("release")
    source = {}
    for table in all_tables():
        source[table.name] = folder / "source" / f"{table.name}.parquet"
        source[table.name].parent.mkdir(exist_ok=True)
        facts(table).write_parquet(source[table.name])
    publication = Publication("2026.11.0", date(2026, 11, 1))
    return [
        write_package(
            dataset,
            tables_of(dataset),
            source,
            lang,
            folder / ("en" if lang == "en" else "pl") / dataset.slug,
            publication,
        )
        for dataset in all_datasets()
        for lang in LANGS
    ]


@pytest.fixture(scope="module")
def published(packages: list[Package]) -> list[Published]:
    found = []
    for package in packages:
        described = json.loads((package.folder / "datapackage.json").read_text("utf-8"))
        schemas = {item["path"]: item.get("schema") for item in described["resources"]}
        for resource in package.resources[::2]:
            with resource.path.open(encoding="utf-8", newline="") as handle:
                rows = list(csv.reader(handle, strict=True))
            schema = schemas[resource.path.name]
            found.append(Published(resource.path, resource.table, rows, schema))
    assert len(found) == 2 * len([table for table in all_tables() if table.dataset])
    return found


def test_point_34_one_encoding_delimiter_quote_and_line_end(published: list[Published]) -> None:
    for file in published:
        data = file.path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), file.path
        assert b"\r" not in data, file.path
        assert data.endswith(b"\n"), file.path
        data.decode("utf-8")


def test_point_35_one_header_row_of_unique_snake_case_names(published: list[Published]) -> None:
    for file in published:
        header = file.rows[0]
        assert len(set(header)) == len(header), file.path
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in header), file.path


def test_point_36_every_row_has_the_cells_of_the_header(published: list[Published]) -> None:
    for file in published:
        assert {len(row) for row in file.rows} == {len(file.rows[0])}, file.path


def test_point_37_no_cell_is_empty(published: list[Published]) -> None:
    for file in published:
        assert not any(text.strip() == "" for _, text in file.cells()), file.path


def test_point_38_numbers_are_uniform(published: list[Published]) -> None:
    for file in published:
        for position, column in enumerate(file.table.columns):
            if column.kind not in ("integer", "number"):
                continue
            places = rf"-?\d+\.\d{{{column.scale}}}" if column.scale else FORMS["integer"]
            for row in file.rows[1:]:
                assert row[position] in SIGNS or re.fullmatch(places, row[position]), column


def test_point_39_dates_and_booleans_have_the_form_of_the_portal(
    published: list[Published],
) -> None:
    for file in published:
        for kind, text in file.cells():
            if kind in ("date", "datetime", "boolean") and text not in SIGNS:
                assert re.fullmatch(FORMS[kind], text), (file.path, text)


def test_point_40_codes_keep_their_length_and_are_text(published: list[Published]) -> None:
    seen = 0
    for file in published:
        for position, column in enumerate(file.table.columns):
            if "terc" not in column.name.split("_"):
                continue
            assert column.kind == "string", column
            for row in file.rows[1:]:
                seen += row[position] not in SIGNS
                good = re.fullmatch(r"\d{2}|\d{4}|\d{7}", row[position])
                assert row[position] in SIGNS or good, (column, row[position])
    assert seen, "no TERC code is published"


def test_point_41_no_cell_is_a_formula(published: list[Published]) -> None:
    for file in published:
        for kind, text in file.cells():
            if kind == "string" and text not in SIGNS:
                assert not text.startswith(FORMULA_STARTS), (file.path, text)


def test_point_42_no_json_no_durations_no_huge_cells(published: list[Published]) -> None:
    for file in published:
        for _, text in file.cells():
            assert len(text.encode()) <= MAX_CELL_BYTES, file.path
            assert not re.match(r"[\[{]", text), (file.path, text)
            assert not re.fullmatch(r"P(\d+[YMWD])+(T.*)?", text), (file.path, text)


def test_point_43_frictionless_accepts_every_row(packages: list[Package]) -> None:
    for package in packages:
        report = frictionless_validate(str(package.folder / "datapackage.json"))
        assert report.valid, report.flatten(["name", "rowNumber", "message"])
        assert not report.errors


def test_point_46_keys_are_unique_sorted_and_references_resolve(packages: list[Package]) -> None:
    for package in packages:
        assert check_package(package.folder) == []


def _pesel(text: str) -> bool:
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    month, day = int(text[2:4]) % 20, int(text[4:6])
    checksum = sum(int(digit) * weight for digit, weight in zip(text, weights, strict=True))
    return 1 <= month <= 12 and 1 <= day <= 31 and checksum % 10 == 0


def test_point_47_no_personal_data(published: list[Published]) -> None:
    """E-mails stand in the table of institutional contacts alone; no PESEL, no phone number."""
    for file in published:
        for kind, text in file.cells():
            if kind != "string":
                continue
            if file.table.name != "contacts":
                assert not re.search(r"[\w.+-]+@[\w-]+\.\w", text), (file.path, text)
            digits = re.findall(r"(?<!\d)\d{11}(?!\d)", text)
            assert not any(_pesel(number) for number in digits), (file.path, text)
            bare = re.sub(r"https?://\S+", "", text)
            assert not re.search(r"(?:\+48|tel\.)\s*\d", bare), (file.path, text)


@needs_shared
def test_point_48_official_profile_accepts_the_descriptor(packages: list[Package]) -> None:
    for package in packages:
        assert official_errors(package.folder) == []


def test_point_48_descriptor_is_complete(packages: list[Package]) -> None:
    for package in packages:
        found = json.loads((package.folder / "datapackage.json").read_text("utf-8"))
        assert found["licenses"][0]["name"] in ("CC-BY-4.0", "CC0-1.0")
        assert found["licenses"][0]["path"].startswith("https://")
        assert found["sources"]
        assert found["version"] == "2026.11.0"
        assert found["created"] == "2026-11-01T00:00:00Z"
        for resource in found["resources"]:
            assert resource["bytes"] > 0
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", resource["hash"])
            if resource["format"] == "csv":
                assert (resource["encoding"], resource["dialect"]["delimiter"]) == ("utf-8", ",")
                fields = resource["schema"]["fields"]
                assert all(field["title"] and field["description"] for field in fields)


def test_point_49_missing_values_are_the_signs_that_stand_in_the_file(
    published: list[Published],
) -> None:
    for file in published:
        standing = {text for _, text in file.cells() if text in SIGNS}
        assert file.missing == standing | {""}, file.path


def test_real_packages_read_back_are_the_facts(packages: list[Package]) -> None:
    for package in packages:
        tables = read_package(package.folder, codes=True)
        for table in tables_of(package.dataset):
            key = [column.name_in(package.lang) for column in table.key]
            names = {column.name: column.name_in(package.lang) for column in table.columns}
            found = tables[table.name_in(package.lang)].sort(key)
            assert found.equals(facts(table).rename(names).sort(key)), table.name


def test_code_labels_of_a_list_differ_so_that_they_lead_back_to_the_code() -> None:
    for table in all_tables():
        for column in table.columns:
            for lang in LANGS:
                labels = column.values_in(lang)
                assert len(set(labels)) == len(labels), column
