"""A long table from kept files to published rows: what is wrong is set aside, nothing is lost."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import polars as pl
import pytest

from assets.building import referred_by
from assets.bulk import bulk_table_asset
from assets.house import House
from assets.indicators import indicator_revisions, indicators
from benchmarks.kept import CITIES, YEARS, make_kept
from pipelines.looking import rejected_rows
from pipelines.settings import load_settings
from reconcile.withholding import publishable_scan
from schemas.table import Table
from schemas.tables.indicators import IndicatorRevisions, Indicators
from schemas.tables.networks import Networks
from schemas.tables.register import Cities
from schemas.verdict import REJECTED_SCHEMA
from sources.bdl.store import BdlStore, folder_below
from warehouse.database import assemble
from warehouse.reports import load_report
from warehouse.tables import load_rejected, load_table, rejected_path, table_path

ROWS = CITIES * YEARS
"""One variable of all gminas."""
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


def observed(house: House, subject: str, rows: list[dict[str, object]]) -> None:
    """Keep observations of a subject: the first kept row of another one, but for some cells."""
    store = BdlStore(folder_below(house.folder.snapshots))
    first = pl.read_parquet(store.observations("P0001"), n_rows=1)
    made = [first.row(0, named=True) | row for row in rows]
    pl.DataFrame(made, schema=first.schema).write_parquet(store.observations(subject))


def materialized(house: House) -> dg.ExecuteInProcessResult:
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize(
            [indicators, indicator_revisions],
            instance=instance,
            resources={"house": house},
            run_config=QUIET,
        )


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> House:
    """All gminas with one variable, and a subject where much is wrong."""
    house = make_kept(ROWS, tmp_path_factory.mktemp("kept"))
    store = BdlStore(folder_below(house.folder.snapshots))
    kept = pl.read_parquet(store.observations("P0001")).rows(named=True)
    last = kept[-1]
    cities = load_table(house.folder, Cities)
    lost = cities.with_columns(
        terc=pl.when(city_id="cit-0007").then(pl.lit("9999999")).otherwise("terc")
    )
    lost.write_parquet(table_path(house.folder, Cities))
    observed(
        house,
        "P0099",
        [
            # The same value again, in another part, among 50 thousand rows.
            last,
            {"city": "cit-0002", "year": 2030, "value": "siedem", "attribute": "1"},
            {"city": "cit-0002", "year": 2031, "value": "1", "attribute": "77"},
            {"city": "cit-0002", "year": 2032, "value": "5", "attribute": "50"},
            {"city": "cit-0002", "year": 1066, "value": "1", "attribute": "1"},
            {"city": "cit-0003", "year": 2040, "value": "1", "attribute": "1", "revision": 1},
            {"city": "cit-0003", "year": 2040, "value": "x", "attribute": "1", "revision": 2},
            {"city": "cit-0003", "year": 2040, "value": "3", "attribute": "1", "revision": 3},
            {"city": "cit-0003", "year": 2040, "value": "4", "attribute": "97", "revision": 4},
        ],
    )
    assert materialized(house).success
    return house


def found(house: House, table: type[Table]) -> dict[tuple[str, str], int]:
    return {(f.rule, f.column): f.count for f in load_report(house.folder, table).findings}


def test_faults_far_apart_are_set_aside_each_for_its_reason(faulty: House) -> None:
    assert found(faulty, Indicators) == {
        ("reference", "terc"): YEARS,
        ("key", "city_id+variable_id+year"): 2,
        ("type", "value"): 1,
        ("code", "attribute"): 1,
        ("minimum", "year"): 1,
        ("value_or_reason", "value+missing_reason"): 1,
        ("powiat_and_city", "attribute"): 1,
    }
    report = load_report(faulty.folder, Indicators)
    accepted = faulty.scan(Indicators).collect()
    rejected = load_rejected(faulty.folder, Indicators)
    assert report.rows == ROWS + 6
    assert report.accepted == accepted.height == ROWS - YEARS - 1 + 1
    assert report.rejected == rejected.select("source", "place", "row").n_unique() + 1
    key = ["city_id", "variable_id", "year"]
    assert accepted.sort(key).equals(accepted)
    assert "siedem" in rejected.filter(rule="type").get_column("row").item()
    assert rejected.filter(rule="type")["place"].to_list() == [
        "unit 011200000000, variable 60000, 2030"
    ]


def test_of_a_corrected_value_the_newest_is_shown_and_the_others_are_kept(faulty: House) -> None:
    one = pl.col("city_id").eq("cit-0003") & pl.col("year").eq(2040)
    now = faulty.scan(Indicators).filter(one).select("revision", "value").collect().rows()
    assert [(number, str(value)) for number, value in now] == [(4, "4.0000")]
    before = faulty.scan(IndicatorRevisions).filter(one).select("revision", "value").collect()
    assert [(number, str(value)) for number, value in before.rows()] == [
        (1, "1.0000"),
        (3, "3.0000"),
    ]
    # The rule over the whole table says that one in between is missing.
    report = load_report(faulty.folder, IndicatorRevisions)
    gap = next(finding for finding in report.findings if finding.rule == "revision_gap")
    assert gap.places == ("cit-0003 | 60000 | 2040 | 3",)
    assert report.rejected == 1 + sum(f.count for f in report.findings if f.rule == "reference")


def test_rows_that_lean_on_what_is_withheld_stay_inside_and_databases_take_the_rest(
    faulty: House, tmp_path: Path
) -> None:
    kept = faulty.load(referred_by(Indicators))
    kept[Cities.name] = kept[Cities.name].filter(pl.col("city_id") != "cit-0001")
    path = tmp_path / "indicators.parquet"
    publishable_scan(Indicators, faulty.scan(Indicators), kept).sink_parquet(path)
    accepted = faulty.scan(Indicators).collect()
    expected = accepted.filter(pl.col("city_id") != "cit-0001").select(*Indicators.schema())
    assert pl.read_parquet(path).equals(expected)
    assemble(tmp_path / "out.duckdb", [Indicators], {Indicators.name: path}, meta={})
    with duckdb.connect(tmp_path / "out.duckdb", read_only=True) as connection:
        rows = connection.execute("SELECT city_id, variable_id, year FROM indicators").fetchall()
    assert rows == expected.select("city_id", "variable_id", "year").rows()


def test_rejected_rows_are_shown_up_to_a_limit(faulty: House) -> None:
    assert load_rejected(faulty.folder, Indicators, 5).height == 5
    last = load_rejected(faulty.folder, Indicators).row(-1, named=True)["row_key"]
    found = load_rejected(faulty.folder, Indicators, 5, row_key=last)
    assert found.get_column("row_key").unique().to_list() == [last]
    settings = load_settings({"data": str(faulty.folder.root)})
    assert rejected_rows(settings, table=Indicators.name).height > YEARS


def test_the_next_good_load_takes_the_place_of_the_faulty_one_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    house = make_kept(400, tmp_path)
    observed(house, "P0099", [{"year": 1066}])
    assert materialized(house).success
    assert rejected_path(house.folder, Indicators).is_file()
    before = table_path(house.folder, Indicators).read_bytes()
    BdlStore(folder_below(house.folder.snapshots)).observations("P0099").unlink()
    assert materialized(house).success
    assert not rejected_path(house.folder, Indicators).is_file()
    assert table_path(house.folder, Indicators).read_bytes() == before
    folder = house.folder.tables
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_a_long_table_is_not_loaded_whole_and_a_short_one_not_in_pieces(faulty: House) -> None:
    with pytest.raises(ValueError, match="longer than memory"):
        faulty.load((Indicators,))
    with pytest.raises(ValueError, match="does not say"):
        bulk_table_asset(Networks)


def test_a_stopped_table_keeps_the_rows_of_the_last_good_load(tmp_path: Path) -> None:
    house = make_kept(400, tmp_path)
    assert materialized(house).success
    good = table_path(house.folder, Indicators).read_bytes()
    house.previous_rows = {Indicators.name: 1_000}

    def nothing(_: House) -> Iterator[pl.DataFrame]:
        return iter([pl.DataFrame(schema=Indicators.schema())])

    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(
            [bulk_table_asset(Indicators)(nothing)],
            instance=instance,
            resources={"house": house},
            run_config=QUIET,
            raise_on_error=False,
        )
    assert not done.success
    assert [f.rule for f in load_report(house.folder, Indicators).findings] == ["shrunk"]
    assert table_path(house.folder, Indicators).read_bytes() == good
    assert load_rejected(house.folder, Indicators).schema == pl.Schema(REJECTED_SCHEMA)
