"""What would break a file or harm a reader is refused, with code, column and row."""

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from exports.package import write_package
from schemas.errors import Exit, PimError
from tests.exports.sample import PUBLICATION, SAMPLE, TABLES, frames, parquet


def publish(folder: Path, column: str, value: object) -> None:
    """Publish the sample with one value of `plc-0002` replaced."""
    given = frames()
    places = given["places"]
    changed = pl.lit(value, dtype=places.schema[column])
    there = pl.col("place_id") == "plc-0002"
    given["places"] = places.with_columns(
        pl.when(there).then(changed).otherwise(pl.col(column)).alias(column)
    )
    source = parquet(folder / "source", given)
    write_package(SAMPLE, TABLES, source, "pl", folder / "pl", PUBLICATION)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("place_name", "=1+1", "PIM-EXP-001"),
        ("place_name", "+48 22 000 00 00", "PIM-EXP-001"),
        ("place_name", "@MFIPR_GOV_PL", "PIM-EXP-001"),
        ("place_name", "-1 stopień", "PIM-EXP-001"),
        ("place_name", "\tx", "PIM-EXP-001"),
        ("place_name", "ł" * 16_001, "PIM-EXP-002"),
        ("place_name", "X", "PIM-EXP-003"),
        ("place_name", "-", "PIM-EXP-003"),
        ("place_name", "", "PIM-EXP-004"),
        ("place_name", "   ", "PIM-EXP-004"),
        ("place_name", "a\rb", "PIM-EXP-005"),
        ("place_name", "a\0b", "PIM-EXP-005"),
        ("place_name", '{"a": 1}', "PIM-EXP-010"),
        ("place_name", "[1, 2]", "PIM-EXP-010"),
        ("place_name", "P1Y6M", "PIM-EXP-010"),
        ("place_name", "pytania: jan.kowalski@miasto.example", "PIM-EXP-011"),
        ("place_name", "tel. 22 000 00 00", "PIM-EXP-011"),
        ("place_name", "sekretariat: +48 22 000 00 00", "PIM-EXP-011"),
        ("place_name", "nr 44051401359", "PIM-EXP-011"),
        ("place_name", None, "PIM-EXP-006"),
        ("size", "huge", "PIM-EXP-007"),
        ("seen", datetime.fromisoformat("2024-01-01T00:00:00.5"), "PIM-EXP-008"),
    ],
)
def test_harmful_cell_is_refused(tmp_path: Path, column: str, value: object, code: str) -> None:
    with pytest.raises(PimError) as caught:
        publish(tmp_path, column, value)
    assert caught.value.code == code
    assert caught.value.where == f"places.{column}, plc-0002 (1)"
    assert caught.value.exit_code == Exit.PUBLISH
    assert not (tmp_path / "pl" / "datapackage.json").exists()


FINE = [
    *("ł" * 16_000, "a-b", "X-ray", "1=1", "a@b", "#tag", ";"),
    *("P+R", "P1", "nr 44051401358", "44051401359012", "https://a.example/@kto/tel.html"),
]
"""Among them numbers that can be nobody's PESEL, by their check digit or their length."""


@pytest.mark.parametrize("value", FINE)
def test_harmless_cell_is_published_as_it_is(tmp_path: Path, value: str) -> None:
    publish(tmp_path, "place_name", value)
    published = pl.read_parquet(tmp_path / "pl" / "miejsca.parquet")
    assert published["nazwa"].to_list()[1] == value


def test_columns_other_than_declared_are_refused(tmp_path: Path) -> None:
    given = frames()
    given["places"] = given["places"].with_columns(_source=pl.lit("x")).drop("seen")
    source = parquet(tmp_path / "source", given)
    with pytest.raises(PimError) as caught:
        write_package(SAMPLE, TABLES, source, "pl", tmp_path / "pl", PUBLICATION)
    assert (caught.value.code, caught.value.where) == ("PIM-EXP-009", "_source, seen")
