"""Indicators as Dagster makes them: empty before the first fetch, then from what was fetched."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

import assets.networks
import assets.register
from assets.building import facts_asset
from assets.house import FETCHING, House
from assets.indicators import (
    bdl_observations,
    indicator_revisions,
    indicator_variables,
    indicators,
)
from exports.publication import Publication
from pipelines.fetching import JOB, fetch_job, fetch_schedule
from pipelines.fingerprint import fingerprint
from pipelines.running import prepare_dagster_home
from pipelines.settings import load_settings
from schemas.datasets import INDICATORS
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.tables.indicator_variables import IndicatorTheme, IndicatorVariables
from schemas.tables.indicators import IndicatorRevisions, Indicators
from sources.bdl.secret import Secret
from sources.facts import CURATED
from tests.bdl_server import Bdl, serving, subject, unit, value, variable
from tests.commandline import pim
from tests.sources.test_bdl_workbook import ABOUT, workbook
from warehouse.folder import DataFolder
from warehouse.reports import load_report

BELOW = [
    facts_asset(Documents),
    *(
        found
        for module in (assets.networks, assets.register)
        for found in vars(module).values()
        if isinstance(found, dg.AssetsDefinition)
    ),
]
OURS = (IndicatorVariables, Indicators, IndicatorRevisions)
TABLES = [indicator_variables, indicators, indicator_revisions]
KATOWICE, SLUPSK = "012414869011", "042211663011"


@pytest.fixture(scope="module")
def bdl() -> Iterator[Bdl]:
    known = Bdl(
        units=[unit(KATOWICE), unit(SLUPSK)],
        subjects=[subject("P2137")],
        variables=[variable(11, "P2137", "ogółem"), variable(12, "P2137", "kobiety")],
        values={
            (KATOWICE, 11): [value(2023, 280_190), value(2024, 0, 50)],
            (SLUPSK, 11): [value(2023, 85_000), value(2024, 84_000, 97)],
        },
        key="klucz",
    )
    with serving(known) as server:
        yield server


@pytest.fixture(scope="module")
def house(bdl: Bdl, tmp_path_factory: pytest.TempPathFactory) -> House:
    folder = tmp_path_factory.mktemp("indicators")
    facts = folder / "curated"
    shutil.copytree(CURATED, facts)
    # Units of two cities are found by the service's list, of the others by nothing: few calls.
    codes = facts / "known_codes.csv"
    with codes.open(encoding="utf-8", newline="") as lines:
        kept = [row for row in csv.reader(lines) if not row[1].startswith("bdl_")]
    with codes.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(kept)
    made = House(
        DataFolder(folder / "data"),
        facts,
        Publication(version="2026.1.0", date=date(2026, 1, 1)),
        bdl_key=Secret("klucz"),
        bdl_url=bdl.address,
    )
    prepare_dagster_home(made.folder.dagster)
    return made


def rows(house: House, table: type[Table]) -> pl.DataFrame:
    return house.scan(table).collect()


@pytest.fixture(scope="module")
def before(house: House) -> dict[str, pl.DataFrame]:
    """The tables of a build that never saw the network."""
    assert dg.materialize([*BELOW, *TABLES], resources={"house": house}).success
    return {table.name: rows(house, table) for table in OURS}


@pytest.fixture(scope="module")
def fetched(house: House, before: dict[str, pl.DataFrame]) -> dg.ExecuteInProcessResult:
    """One run for two themes."""
    with dg.DagsterInstance.get() as instance:
        return dg.materialize(
            [bdl_observations],
            instance=instance,
            resources={"house": house},
            tags={
                "dagster/asset_partition_range_start": "population",
                "dagster/asset_partition_range_end": "land",
            },
        )


@pytest.fixture(scope="module")
def after(house: House, fetched: dg.ExecuteInProcessResult) -> dict[str, pl.DataFrame]:
    """The tables after the fetch."""
    assert dg.materialize(TABLES, resources={"house": house}).success
    return {table.name: rows(house, table) for table in OURS}


def test_without_a_fetch_the_data_set_is_there_and_says_so(
    before: dict[str, pl.DataFrame],
) -> None:
    assert before[Indicators.name].is_empty()
    assert before[IndicatorRevisions.name].is_empty()
    listed = before[IndicatorVariables.name]
    assert listed["resolution"].unique().to_list() == ["not_fetched"]
    assert listed["variable_id"].null_count() == listed.height
    assert "nie pobrano" in INDICATORS.description.pl
    assert "nie pobrano" in Indicators.description.pl


def test_themes_of_one_run_share_their_requests(
    bdl: Bdl, fetched: dg.ExecuteInProcessResult
) -> None:
    assert fetched.success
    asked = [path for path in bdl.paths() if path.startswith("data/")]
    assert sorted(asked) == [f"data/by-unit/{KATOWICE}", f"data/by-unit/{SLUPSK}"]
    assert bdl.paths().count("units") == 1
    (made,) = fetched.asset_materializations_for_node("bdl_observations")[:1]
    assert made.metadata["new"].value == 4
    assert "ind-0002" in str(made.metadata["unresolved"].value)


def test_values_stand_with_unit_attribute_reason_and_dates(
    after: dict[str, pl.DataFrame],
) -> None:
    found = after[Indicators.name].select(
        "terc", "variable_id", "year", "revision", "value", "unit", "attribute", "missing_reason"
    )
    assert [(*row[:4], str(row[4]), *row[5:]) for row in found.sort("terc", "year").rows()] == [
        ("2263011", 11, 2023, 1, "85000.0000", "osoba", "1", None),
        ("2263011", 11, 2024, 1, "84000.0000", "osoba", "97", None),
        ("2469011", 11, 2023, 1, "280190.0000", "osoba", "1", None),
        ("2469011", 11, 2024, 1, "None", "osoba", "50", "not_yet"),
    ]
    dates = after[Indicators.name]["source_date"].unique().to_list()
    assert [str(day) for day in dates] == ["2025-05-14"]


def test_the_list_says_what_was_found_and_what_was_not(after: dict[str, pl.DataFrame]) -> None:
    listed = after[IndicatorVariables.name]
    found = {row["indicator_id"]: row for row in listed.rows(named=True)}
    assert (found["ind-0001"]["resolution"], found["ind-0001"]["variable_id"]) == ("found", 11)
    assert found["ind-0002"]["resolution"] == "not_found"
    others = listed.filter(~pl.col("theme").is_in(["population", "land"]))
    assert others["resolution"].unique().to_list() == ["not_fetched"]


def test_a_value_of_powiat_and_city_together_is_a_warning_of_the_table(
    house: House, after: dict[str, pl.DataFrame]
) -> None:
    report = load_report(house.folder, Indicators)
    assert report.publishable
    assert [(f.rule, f.count) for f in report.findings] == [("powiat_and_city", 1)]


def test_the_key_is_nowhere_below_the_data_folder(
    house: House, after: dict[str, pl.DataFrame]
) -> None:
    files = [path for path in house.folder.root.rglob("*") if path.is_file()]
    assert [path for path in files if b"klucz" in path.read_bytes()] == []


def test_the_fetch_is_a_job_of_its_own_once_a_month_over_all_themes() -> None:
    assert fetch_job.name == JOB
    assert fetch_schedule.cron_schedule == "0 2 11 * *"
    request = fetch_schedule.evaluate_tick(dg.build_schedule_context()).run_requests
    assert request is not None
    assert json.dumps(dict(request[0].tags)).count("population") == 1
    assert bdl_observations.group_names_by_key[dg.AssetKey("bdl_observations")] == FETCHING
    partitions = bdl_observations.partitions_def
    assert partitions is not None
    assert partitions.get_partition_keys() == [theme.value for theme in IndicatorTheme]


def test_a_build_after_a_fetch_is_not_taken_for_the_one_before(
    house: House, fetched: dg.ExecuteInProcessResult, tmp_path: Path
) -> None:
    fetched_there = load_settings({"data": str(house.folder.root)})
    assert fingerprint(fetched_there, CURATED) == fingerprint(fetched_there, CURATED)
    empty = load_settings({"data": str(tmp_path)})
    assert fingerprint(empty, CURATED) != fingerprint(fetched_there, CURATED)


def test_the_command_fetches_what_the_asset_fetches(
    house: House, bdl: Bdl, after: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    data = house.folder.prepare().root
    env = {"PIM_DATA": str(data), "PIM_BDL_URL": bdl.address, "PIM_BDL_KEY": "klucz"}
    words = ["sources", "indicators", "--theme", "population", "--theme", "land"]
    again = pim(*words, "--json", cwd=tmp_path, env=env)
    assert again.returncode == 0, again.stderr
    told = json.loads(again.stdout)
    assert (told["new"], told["revised"]) == (0, 0)
    assert "klucz" not in again.stdout + again.stderr
    people = pim(*words, cwd=tmp_path, env=env)
    assert "nowych wartości: 0" in people.stdout
    nobody = env | {"PIM_BDL_URL": "http://127.0.0.1:9/api/v1"}
    alone = pim(*words, cwd=tmp_path, env=nobody)
    assert alone.returncode == 5, alone.stderr
    assert after[Indicators.name].equals(rows(house, Indicators))


def test_a_theme_that_does_not_exist_is_wrong_use(house: House, tmp_path: Path) -> None:
    done = pim("sources", "indicators", "--theme", "moon", cwd=tmp_path)
    assert done.returncode == 2
    assert "PIM-CLI-004" in done.stderr
    assert "moon" in done.stderr


def test_a_workbook_given_by_hand_gets_into_the_table_with_revisions(
    house: House, after: dict[str, pl.DataFrame], tmp_path: Path
) -> None:
    """What is known stays as it was fetched, attributes and all; a newer value is a revision."""
    with_codes = replace(house, facts=CURATED)
    codes = [assets.register.known_codes_of_cities, assets.register.city_codes]
    assert dg.materialize(codes, resources={"house": with_codes}).success
    subject: list[object] = ["Podgrupa:", "Ludność wg grup wieku i płci"]
    about = [*ABOUT[:2], subject, *ABOUT[3:]]
    header: list[list[object]] = [
        ["Kod", "Nazwa", "ogółem", None, None],
        [None, None, "2022", "2023", "2024"],
        [None, None, "[osoba]", "[osoba]", "[osoba]"],
    ]
    body: list[list[object]] = [
        ["2263000", "Powiat m. Słupsk", 86_000, 85_000, 84_000],
        ["2263011", "Słupsk (1)", 86_000, 85_000, 84_000],
        ["2469011", "Katowice (1)", "-", 280_191, "-"],
        ["0264011", "Wrocław (1)", 1, 2, 3],
    ]
    (tmp_path / "eksport.xlsx").write_bytes(workbook(body, header, about))
    env = {"PIM_DATA": str(house.folder.root)}
    words = ("sources", "add", "eksport.xlsx", "--source", "bdl")
    added = pim(*words, "--json", cwd=tmp_path, env=env)
    assert added.returncode == 0, added.stderr
    assert json.loads(added.stdout)["verdict"] == "accepted"
    assert "nowych wartości 2, poprawionych 1" in added.stderr
    assert "nowych wartości 0, poprawionych 0" in pim(*words, cwd=tmp_path, env=env).stderr
    assert dg.materialize(TABLES, resources={"house": with_codes}).success
    shown = ("terc", "year", "revision", "value", "attribute", "missing_reason")
    assert [
        (*row[:3], str(row[3]), *row[4:])
        for row in rows(house, Indicators).select(shown).sort("terc", "year").rows()
    ] == [
        ("2263011", 2022, 1, "86000.0000", "1", None),
        ("2263011", 2023, 1, "85000.0000", "1", None),
        ("2263011", 2024, 1, "84000.0000", "97", None),
        ("2469011", 2022, 1, "None", "15", "not_presented"),
        ("2469011", 2023, 2, "280191.0000", "1", None),
        ("2469011", 2024, 1, "None", "50", "not_yet"),
    ]
    earlier = rows(house, IndicatorRevisions).select("terc", "year", "revision").rows()
    assert earlier == [("2469011", 2023, 1)]


def test_a_workbook_before_the_first_build_is_kept_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "eksport.xlsx").write_bytes(workbook())
    added = pim("sources", "add", "eksport.xlsx", "--source", "bdl", cwd=tmp_path)
    assert added.returncode == 0, added.stderr
    assert "pim sources indicators" in added.stderr
