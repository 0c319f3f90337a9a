"""Versions of data count up, and versions of schemas are computed from what changed."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.publication import Publication
from exports.release.schema_version import Level, next_schema_version, schema_changes
from exports.release.stamp import NEUTRAL, Stamp, is_stamped, restamped
from exports.release.versions import Version, next_version, version_named, versions_in
from schemas.errors import Exit, PimError

Json = dict[str, object]

BASE: Json = {
    "resources": [
        {
            "name": "places",
            "schema": {
                "fields": [
                    {"name": "id", "type": "string", "title": "Id"},
                    {"name": "size", "type": "string", "categories": ["big", "small"]},
                    {"name": "area", "type": "number", "_decimals": 2},
                ],
                "primaryKey": ["id"],
            },
        },
        {"name": "places-parquet"},
    ]
}


def schema(descriptor: Json) -> Json:
    return cast(list[Json], descriptor["resources"])[0]["schema"]  # type: ignore[return-value]


def fields(descriptor: Json) -> list[Json]:
    return cast(list[Json], schema(descriptor)["fields"])


def more_tables(d: Json) -> None:
    cast(list[Json], d["resources"]).append({"name": "visits", "schema": {"fields": []}})


CHANGES: dict[str, tuple[Callable[[Json], object], str, str]] = {
    "nothing": (lambda d: None, "", "1.2.3"),
    "a title": (lambda d: fields(d)[0].update(title="Identifier"), "texts", "1.2.4"),
    "a limit": (lambda d: fields(d)[0].update(constraints={"maxLength": 3}), "texts", "1.2.4"),
    "a column more": (
        lambda d: fields(d).append({"name": "x", "type": "string"}),
        "column_added",
        "1.3.0",
    ),
    "a label more": (
        lambda d: fields(d)[1].update(categories=["big", "huge", "small"]),
        "label_added",
        "1.3.0",
    ),
    "a table more": (more_tables, "table_added", "1.3.0"),
    "a column less": (lambda d: fields(d).pop(), "column_removed", "2.0.0"),
    "a column renamed": (lambda d: fields(d)[2].update(name="km2"), "column_removed", "2.0.0"),
    "another type": (lambda d: fields(d)[2].update(type="string"), "type", "2.0.0"),
    "other decimals": (lambda d: fields(d)[2].update(_decimals=3), "type", "2.0.0"),
    "a label less": (lambda d: fields(d)[1].update(categories=["big"]), "label_removed", "2.0.0"),
    "another key": (lambda d: schema(d).update(primaryKey=["id", "size"]), "key", "2.0.0"),
    "another order": (lambda d: fields(d).reverse(), "order", "2.0.0"),
    "no table": (lambda d: d.update(resources=[]), "table_removed", "2.0.0"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_version_of_a_schema_follows_from_what_changed(name: str) -> None:
    change, kind, version = CHANGES[name]
    new = deepcopy(BASE)
    change(new)
    found = schema_changes(BASE, new)
    assert ([found[0].kind] if found else [""]) == [kind], "the gravest comes first"
    assert next_schema_version("1.2.3", found) == version
    assert all(one.level > Level.NONE for one in found)


def test_versions_count_up_within_a_month() -> None:
    first = next_version(date(2026, 11, 3), [])
    assert str(first) == "2026.11.0"
    assert str(next_version(date(2026, 11, 30), [first])) == "2026.11.1"
    assert str(next_version(date(2026, 12, 1), [first])) == "2026.12.0"
    ninth = [Version(2026, 9, 9), Version(2026, 9, 10)]
    assert str(next_version(date(2026, 9, 30), ninth)) == "2026.9.11", "numbers, not letters"
    assert str(next_version(date(2026, 10, 1), ninth)) == "2026.10.0"


def test_versions_never_go_back() -> None:
    with pytest.raises(PimError) as caught:
        next_version(date(2026, 10, 31), [Version(2026, 11, 0)])
    assert (caught.value.code, caught.value.exit_code) == ("PIM-REL-003", Exit.USAGE)


@pytest.mark.parametrize(
    "text", ["2026.11", "2026.11.0.1", "2026.0.1", "2026.13.0", "v2026.11.0", "2026.01.0",
             "2026.11.00", "2026.11.x", "..", "", "٢٠٢٦.11.0", "2026.11.0\n"],
)  # fmt: skip
def test_what_is_no_version(text: str, tmp_path: Path) -> None:
    assert Version.read(text) is None
    with pytest.raises(PimError, match=r"PIM-REL-004: There is no release yet") as none:
        version_named(text, tmp_path)
    assert "pim release" in none.value.fix.pl
    (tmp_path / "2026.11.0").mkdir()
    with pytest.raises(PimError, match="PIM-REL-004") as other:
        version_named(text, tmp_path)
    assert other.value.fix.pl == "Wydania: 2026.11.0."


@given(st.builds(Version, st.integers(2000, 9999), st.integers(1, 12), st.integers(0, 9999)))
@settings(max_examples=50)
def test_a_version_is_read_as_it_is_written(version: Version) -> None:
    assert Version.read(str(version)) == version


def test_versions_are_found_among_other_folders(tmp_path: Path) -> None:
    for name in ("2026.11.10", "2026.11.9", "0123456789abcdef", ".2026.12.0.77.tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "2026.11.11").write_text("a file")
    (tmp_path / "2026.11.12").symlink_to("2026.11.9")
    assert list(map(str, versions_in(tmp_path))) == ["2026.11.9", "2026.11.10"]
    assert versions_in(tmp_path / "nowhere") == []


OLD, NEW = Stamp("2026.11.0", "2026-11-24"), Stamp("2026.12.3", "2026-12-05")


def test_a_stamp_changes_version_and_day_and_nothing_else() -> None:
    readme = (
        "Wersja 2026.11.0 z 2026-11-24. Stan na 2026-11-24.\nWydanie 2026.11.0, 2026-11-24, <x>"
    )
    assert restamped("mid/README.md", readme, OLD, NEW) == (
        "Wersja 2026.12.3 z 2026-12-05. Stan na 2026-11-24.\nWydanie 2026.12.3, 2026-12-05, <x>"
    )
    described = '{\n  "version": "2026.11.0",\n  "created": "2026-11-24T00:00:00Z",\n  "x": 1\n}'
    changed = restamped("mid/datapackage.json", described, OLD, NEW)
    assert changed == described.replace("2026.11.0", NEW.version).replace("2026-11-24", NEW.date)
    assert restamped("mid/datapackage.json", changed, NEW, OLD) == described
    assert restamped("mid/README.en.md", "version 2026.11.0, 2026-11-24", OLD, NEUTRAL)


@pytest.mark.parametrize("path", ["mid/README.md", "mid/datapackage.json"])
def test_another_stamp_than_that_of_the_build_is_an_error(path: str) -> None:
    with pytest.raises(ValueError, match="does not carry the stamp"):
        restamped(path, "Wersja 12026.11.0 z 2026-11-24", OLD, NEW)


def test_few_files_carry_a_stamp() -> None:
    assert is_stamped("en/mid/README.pl.md")
    assert is_stamped("mid/datapackage.json")
    assert not is_stamped("mid/mid.csv")
    assert not is_stamped("mid/slownik.md")
    assert Publication("2026.11.0", date(2026, 11, 24)).facts()["version"] == OLD.version
