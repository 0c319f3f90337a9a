"""What Dagster is told: one asset a table, each explained, checked, owned and on time.

The keys of tables come from the tables themselves, so that adding one changes nothing here.
"""

import ast
import re

import dagster as dg
import pytest
from dagster._core.definitions.freshness import TimeWindowFreshnessPolicy

from assets.describing import GATE_CHECK
from assets.house import FETCHING
from assets.releasing import RELEASING
from pipelines.definitions import definitions
from pipelines.house import house_of
from pipelines.settings import load_settings
from schemas.registry import all_datasets, all_tables
from schemas.table import Table
from tests.architecture.sourcetree import parsed, python_files

TABLES = {table.name: table for table in all_tables()}
PACKAGES = {f"package_{dataset.slug.replace('-', '_')}": dataset for dataset in all_datasets()}


@pytest.fixture(scope="module")
def defs(tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    """The definitions, as for a new data folder."""
    data = tmp_path_factory.mktemp("definitions") / "data"
    found = definitions(house_of(load_settings({"data": str(data)})))
    assert not data.exists(), "looking at the graph makes nothing"
    return found


@pytest.fixture(scope="module")
def specs(defs: dg.Definitions) -> dict[str, dg.AssetSpec]:
    return {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}


@pytest.fixture(scope="module")
def checks(defs: dg.Definitions) -> dict[str, dict[str, dg.AssetCheckSpec]]:
    """Check specs by asset and name."""
    found: dict[str, dict[str, dg.AssetCheckSpec]] = {}
    for definition in defs.assets or ():
        assert isinstance(definition, dg.AssetsDefinition)
        for spec in definition.check_specs:
            found.setdefault(spec.asset_key.to_user_string(), {})[spec.name] = spec
    return found


def parents(spec: dg.AssetSpec) -> set[str]:
    return {dep.asset_key.to_user_string() for dep in spec.deps}


def test_the_shape_of_the_graph(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    """The main job's schedule and resource, and its steps that are no tables: meant as they are."""
    steps = {
        name: (spec.group_name, sorted(spec.kinds))
        for name, spec in specs.items()
        if name not in {**TABLES, **PACKAGES} and spec.group_name != FETCHING
    }
    assert steps == {
        "analysts_database": ("publikacja", ["duckdb"]),
        "data_release": ("wydanie", ["csv", "json"]),
        "publishable_rows": ("publikacja", ["parquet", "polars"]),
        "release": ("publikacja", ["json"]),
        "working_warehouse": ("magazyn", ["duckdb"]),
    }
    # What needs all tables waits for the one that is made from all the others.
    last = "rejected_counts"
    assert parents(specs[last]) == set(TABLES) - {last}
    assert parents(specs["publishable_rows"]) == {last}
    assert parents(specs["working_warehouse"]) == {last}
    assert parents(specs["analysts_database"]) == {"publishable_rows"}
    assert parents(specs["release"]) == {"analysts_database", *PACKAGES}
    schedules = {found.name: found for found in defs.get_repository_def().schedule_defs}
    daily = schedules["codziennie"]
    assert (daily.job_name, daily.cron_schedule) == ("zasilenie", "0 4 * * *")
    assert {found.execution_timezone for found in schedules.values()} == {"Europe/Warsaw"}
    monthly = schedules["comiesieczne_wydanie"]
    assert (monthly.job_name, monthly.cron_schedule) == ("wydanie", "0 6 1 * *")
    assert set(defs.resources or {}) == {"house", "rules"}


def test_every_table_has_exactly_one_asset(defs: dg.Definitions) -> None:
    keys = [
        key.to_user_string()
        for definition in defs.assets or ()
        if isinstance(definition, dg.AssetsDefinition)
        for key in definition.keys
    ]
    assert len(keys) == len(set(keys))
    assert set(TABLES) <= set(keys)


def test_every_data_set_has_its_package(specs: dict[str, dg.AssetSpec]) -> None:
    for name, dataset in PACKAGES.items():
        assert (specs[name].group_name, specs[name].kinds) == ("publikacja", {"csv", "parquet"})
        assert parents(specs[name]) == {"publishable_rows"}
        assert dataset.title.pl in str(specs[name].description)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_waits_for_what_it_refers_to(
    table: type[Table], specs: dict[str, dg.AssetSpec]
) -> None:
    referred = {c.references.table.name for c in table.references if c.references is not None}
    assert referred - {table.name} <= parents(specs[table.name])


def test_the_main_job_makes_no_release_and_never_goes_to_the_network(
    defs: dg.Definitions, specs: dict[str, dg.AssetSpec]
) -> None:
    steps = {node.name for node in defs.resolve_job_def("zasilenie").nodes}
    apart = {name for name, spec in specs.items() if spec.group_name in (FETCHING, RELEASING)}
    assert steps == set(specs) - apart
    assert {node.name for node in defs.resolve_job_def("wydanie").nodes} == {"data_release"}
    assert len(apart) > 1


def test_every_asset_is_explained_owned_grouped_and_on_time(
    specs: dict[str, dg.AssetSpec],
) -> None:
    for name, spec in specs.items():
        first, _, rest = str(spec.description).partition("\n")
        # The list of assets shows the first line as it stands, so it is plain text.
        assert re.match(r"[^#*`\[|>-].{20,}\.?$", first), name
        assert "EN: " in rest, name
        assert spec.owners == ["team:dane-pim"], name
        assert spec.kinds, name
        assert spec.group_name, name
        policy = spec.freshness_policy
        assert isinstance(policy, TimeWindowFreshnessPolicy), name
        assert policy.warn_window, name
        days = policy.fail_window.to_timedelta().days
        assert days > 31 if spec.group_name in (FETCHING, RELEASING) else days <= 7, name


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_shows_its_columns_in_both_languages(
    table: type[Table], specs: dict[str, dg.AssetSpec]
) -> None:
    spec = specs[table.name]
    assert spec.group_name == (
        table.dataset.slug.replace("-", "_") if table.dataset else "wewnetrzne"
    )
    schema = spec.metadata["dagster/column_schema"]
    assert isinstance(schema, dg.TableSchema)
    assert [column.name for column in schema.columns] == [c.name for c in table.columns]
    for shown, column in zip(schema.columns, table.columns, strict=True):
        assert shown.type == column.sql_type
        assert shown.constraints.nullable == column.null
        assert shown.tags == {"pl": column.name_pl}
        for text in (*column.title, *column.description):
            assert text in str(shown.description)
        if column.references is not None:
            target = f"→ {column.references.table.name}.{column.references.name}"
            assert target in shown.constraints.other
    if len(table.key) == 1:
        assert [c.name for c in schema.columns if c.constraints.unique] == [table.key[0].name]


def test_everything_that_the_main_job_makes_has_a_blocking_check(
    checks: dict[str, dict[str, dg.AssetCheckSpec]],
) -> None:
    for name, table in TABLES.items():
        assert set(checks[name]) == {GATE_CHECK, *(rule.name for rule in table.rules)}
        assert [n for n, spec in checks[name].items() if spec.blocking] == [GATE_CHECK]
    whole = ("publishable_rows", "analysts_database", "release", "working_warehouse")
    for name in (*PACKAGES, *whole):
        assert all(spec.blocking for spec in checks[name].values())
        assert checks[name]
    for of_asset in checks.values():
        for spec in of_asset.values():
            assert " / " in str(spec.description), "in Polish, then in English"


def test_asset_files_are_wiring() -> None:
    """An asset is a short function; what it does is written, and tested, on the floors below."""
    lengths = {
        f"{path}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files("assets")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
