"""Points 43 and 44 with the portal's own validator, on every CSV made of the real facts."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from exports.danegov.case import Case, TableValidator
from exports.danegov.feed import SIGNS
from exports.danegov.rules import MIN_BYTES
from exports.danegov.table_points import judged_types
from exports.danegov.validator import installed_validator
from exports.package import write_package
from exports.publication import Publication
from exports.tables import Resource
from schemas.casting import cast_column
from schemas.errors import PimError
from schemas.registry import all_datasets, all_tables, tables_of
from schemas.table import Table
from tests.exports.breaking import good_case, keeps
from tests.shared import REPO

PYTHON = REPO / ".venv-portal" / "bin" / "python"
needs_validator = pytest.mark.skipif(
    not (REPO / ".venv-portal" / ".made").is_file(),
    reason="the validator of dane.gov.pl is missing: make portal-validator",
)


@pytest.fixture(scope="module")
def validator() -> TableValidator:
    found = installed_validator(PYTHON)
    assert found is not None
    return found


def facts(table: type[Table]) -> pl.DataFrame:
    path = REPO / "sources" / "curated" / f"{table.name}.csv"
    if not path.exists():
        return pl.DataFrame(schema=table.schema())
    text = pl.read_csv(path, infer_schema=False)
    return text.select(cast_column(column, pl.String()) for column in table.columns)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Resource]:
    """The Polish CSV of every table that is large enough for the portal."""
    folder = tmp_path_factory.mktemp("published")
    source = {}
    for table in all_tables():
        source[table.name] = folder / f"{table.name}.parquet"
        facts(table).write_parquet(source[table.name])
    publication = Publication("2026.11.0", date(2026, 11, 24))
    found = []
    for dataset in all_datasets():
        tables = tables_of(dataset)
        target = folder / dataset.slug
        package = write_package(dataset, tables, source, "pl", target, publication)
        found += [
            resource
            for resource in package.resources
            if resource.path.suffix == ".csv" and resource.rows and resource.bytes >= MIN_BYTES
        ]
    assert len(found) > 15
    return found


@needs_validator
def test_point_43_the_portals_validator_passes_every_published_csv(
    published: list[Resource], validator: TableValidator
) -> None:
    seen = validator(
        [resource.path for resource in published],
        {resource.path: resource.signs for resource in published},
    )
    assert {path.name: told.errors for path, told in seen.items() if told.errors} == {}


@needs_validator
def test_point_44_inferred_types_are_the_declared_ones_or_are_listed(
    published: list[Resource], validator: TableValidator
) -> None:
    signs = {resource.path: resource.signs for resource in published}
    seen = validator(list(signs), signs)
    wrong = []
    for resource in published:
        cells = pl.read_csv(resource.path, infer_schema=False)
        blank = {
            column for column in resource.table.columns if cells[column.name_pl].is_in(SIGNS).all()
        }
        told = seen[resource.path].types
        found = judged_types(resource.table.columns, told, blank)
        wrong += [(column, kind) for column, kind, listed in found if not listed]
    assert wrong == []


BAD: dict[str, tuple[str, tuple[str, ...]]] = {
    "empty cell in a number column": ("a,b\n" + "1,2\n" * 9 + ",2\n", ("X",)),
    "one word among numbers": ("a,b\n" + "1,2\n" * 9 + "x,2\n", ()),
    "one decimal among integers": ("a,b\n" + "1,2\n" * 9 + "1.5,2\n", ()),
    "name twice": ("a,a\n1,2\n", ()),
    "ragged row": ("a,b\n1,2,3\n", ()),
    "header alone": ("a,b\n", ()),
}


@needs_validator
@pytest.mark.parametrize("name", BAD)
def test_point_43_the_validator_refuses_what_the_portal_refuses(
    tmp_path: Path, validator: TableValidator, name: str
) -> None:
    text, signs = BAD[name]
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    assert validator([path], {path: signs})[path].errors


@needs_validator
def test_point_43_a_declared_sign_keeps_the_type_of_its_column(
    tmp_path: Path, validator: TableValidator
) -> None:
    path = tmp_path / "file.csv"
    path.write_text("a,b\n1,x\nX,y\n", encoding="utf-8")
    assert validator([path], {path: ("X",)})[path].types == ("integer", "string")
    assert validator([path], {path: ("X",)})[path].errors == ()


@needs_validator
def test_points_43_and_44_of_a_whole_release(tmp_path: Path, validator: TableValidator) -> None:
    case = good_case(tmp_path)
    judged = Case(case.tree, case.listing, validator=validator)
    assert keeps(judged, 43)
    assert keeps(judged, 44)


def test_without_the_environment_there_is_no_validator(tmp_path: Path) -> None:
    assert installed_validator(tmp_path / "python") is None


def test_a_validator_that_fails_says_how_to_mend_it(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho broken >&2\nexit 3\n", encoding="utf-8")
    broken.chmod(0o755)
    found = installed_validator(broken)
    assert found is not None
    with pytest.raises(PimError) as caught:
        found([], {})
    assert caught.value.code == "PIM-PRT-005"
    assert "broken" in (caught.value.why or ("", ""))[0]
