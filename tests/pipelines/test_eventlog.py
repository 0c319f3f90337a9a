"""Events written together are found as Dagster itself would have written them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.eventlog import EventLog
from pipelines.running import DAGSTER_YAML, prepare_dagster_home

CHECK = "sprawdzenie"


@dg.asset(check_specs=[dg.AssetCheckSpec(CHECK, asset="first")])
def first() -> Iterator[dg.MaterializeResult[None]]:
    yield dg.MaterializeResult(
        metadata={"rows": 3}, check_results=[dg.AssetCheckResult(check_name=CHECK, passed=True)]
    )


@dg.asset(deps=[first])
def second() -> None: ...


@dg.asset(deps=[second])
def third() -> None:
    raise dg.Failure("zepsuty")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    prepare_dagster_home(tmp_path)
    yield tmp_path
    shutil.rmtree(tmp_path)


def run(home: Path, *assets: dg.AssetsDefinition) -> dg.ExecuteInProcessResult:
    with dg.DagsterInstance.get() as instance:
        assert isinstance(instance.event_log_storage, EventLog)
        return dg.materialize(assets, instance=instance, raise_on_error=False)


def test_dagster_reads_every_event_of_a_run_in_order(home: Path) -> None:
    result = run(home, first, second, third)
    told = [event.event_type_value for event in result.all_events]
    kept = SqliteEventLogStorage(str(home)).get_logs_for_run(result.run_id)
    types = [entry.dagster_event.event_type_value for entry in kept if entry.dagster_event]
    # What happens before the job starts is not in its own events.
    assert [kind for kind in types if kind in set(told)] == told
    assert types[-1] == "PIPELINE_FAILURE"


def test_the_index_knows_assets_and_checks_of_the_last_run(home: Path) -> None:
    run(home, first, second)
    again = run(home, first, second)
    with dg.DagsterInstance.get() as instance:
        for asset in (first, second):
            latest = instance.get_latest_materialization_event(asset.key)
            assert latest is not None
            assert latest.run_id == again.run_id
        materialised = instance.fetch_materializations(first.key, limit=10).records
        assert [record.run_id for record in materialised][:1] == [again.run_id]
        assert len(materialised) == 2
        checks = instance.event_log_storage.get_asset_check_execution_history(
            dg.AssetCheckKey(first.key, CHECK), limit=10
        )
        assert [check.status.value for check in checks] == ["SUCCEEDED", "SUCCEEDED"]
        assert checks[0].run_id == again.run_id


def test_what_a_step_builds_on_is_the_event_that_was_stored(home: Path) -> None:
    result = run(home, first, second)
    with dg.DagsterInstance.get() as instance:
        stored = instance.fetch_materializations(first.key, limit=1).records[0]
        built = result.asset_materializations_for_node("second")[0]
        assert built.tags is not None
        assert built.tags["dagster/input_event_pointer/first"] == str(stored.storage_id)


def test_events_that_wait_are_seen_by_whoever_asks(home: Path) -> None:
    with dg.DagsterInstance.get() as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization("alone"))
        assert instance.get_latest_materialization_event(dg.AssetKey("alone")) is not None
    with dg.DagsterInstance.get() as instance:
        assert instance.get_latest_materialization_event(dg.AssetKey("alone")) is not None


def test_the_projects_settings_name_this_log() -> None:
    assert "class: EventLog" in DAGSTER_YAML.read_text(encoding="utf-8")
