"""What Dagster remembers of a build: rows, columns, previews, checks; and its own settings."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.scheduler.instigation import InstigatorType
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus

from schemas.registry import all_datasets, all_tables
from tests.builds import Built


@pytest.fixture(scope="module")
def instance(
    first_build: Built, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dg.DagsterInstance]:
    """A copy of the instance that the build left, since opening one writes in it."""
    home = tmp_path_factory.mktemp("instance") / "dagster"
    shutil.copytree(first_build.data / "dagster", home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DAGSTER_HOME", str(home))
        with dg.DagsterInstance.from_config(str(home)) as found:
            yield found


def metadata(instance: dg.DagsterInstance, key: str) -> dict[str, object]:
    """What the last materialisation of an asset says."""
    record = instance.get_latest_materialization_event(dg.AssetKey(key))
    assert record is not None, key
    assert record.asset_materialization is not None
    return {name: value.value for name, value in record.asset_materialization.metadata.items()}


def test_the_instance_keeps_quiet_and_keeps_house(instance: dg.DagsterInstance) -> None:
    assert not instance.telemetry_enabled
    assert not instance.nux_enabled
    assert instance.run_retries_enabled
    assert instance.run_retries_max_retries == 2
    assert instance.get_tick_retention_settings(InstigatorType.SCHEDULE)
    assert str(instance.root_directory).endswith("dagster"), "below the data folder"


def test_every_table_says_how_many_rows_of_which_columns(
    instance: dg.DagsterInstance, first_build: Built
) -> None:
    accepted = {table["table"]: table["accepted"] for table in first_build.told["tables"]}
    for table in all_tables():
        told = metadata(instance, table.name)
        assert told["dagster/row_count"] == accepted[table.name]
        assert told["odrzucone_wiersze"] == 0
        assert Path(str(told["plik"])).is_file()
        schema = told["dagster/column_schema"]
        assert isinstance(schema, dg.TableSchema)
        assert [column.name for column in schema.columns] == [c.name for c in table.columns]


def test_a_preview_is_a_small_table(instance: dg.DagsterInstance) -> None:
    preview = str(metadata(instance, "networks")["podglad"]).splitlines()
    assert preview[0].startswith("| network_id | edition_id |")
    assert preview[2].startswith("| net-0001 | ed-0001 | Mobilność miejska |")
    assert 3 <= len(preview) <= 12
    assert len({line.count("|") - line.count("\\|") for line in preview}) == 1


def test_packages_and_release_say_where_they_lie(
    instance: dg.DagsterInstance, first_build: Built
) -> None:
    for dataset in all_datasets():
        told = metadata(instance, f"package_{dataset.slug.replace('-', '_')}")
        assert Path(str(told["folder"])) == first_build.data / "public" / dataset.slug
        assert isinstance(told["bajty"], int)
        assert told["bajty"] > 1000
    assert metadata(instance, "release")["wydanie"] == first_build.told["release_id"]
    withheld = metadata(instance, "publishable_rows")["wstrzymane_wiersze"]
    assert isinstance(withheld, int)
    assert withheld > 10


def test_every_check_was_made_and_passed(instance: dg.DagsterInstance) -> None:
    keys = [
        dg.AssetCheckKey(dg.AssetKey(table.name), name)
        for table in all_tables()
        for name in ("bramka", *(rule.name for rule in table.rules))
    ]
    found = instance.event_log_storage.get_latest_asset_check_execution_by_key(keys)
    assert [key for key in keys if key not in found] == []
    assert {record.status for record in found.values()} == {
        AssetCheckExecutionRecordStatus.SUCCEEDED
    }
