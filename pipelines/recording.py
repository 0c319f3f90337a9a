"""Runs that Dagster starts by itself: one writer from beginning to end, and a line of the run log.

`pim build` gives the main job its own house and logs what came of it. A run from the schedule
or the web page gets its house here, as a resource that Dagster makes before the first step and
takes back after the last, in the process of the run: so the same is done there.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

import dagster as dg

from assets.house import House
from pipelines.building import conclude
from pipelines.fingerprint import fingerprint
from pipelines.house import facts_folder, house_of
from pipelines.settings import Settings
from schemas.registry import all_tables
from warehouse.history import Outcome, require_free

_INTERRUPTIONS = {"DagsterExecutionInterruptedError", "KeyboardInterrupt"}
_PUBLISHES = "release"
"""The last step of the main job."""


def house_resource(settings: Settings, job: str) -> dg.ResourceDefinition:
    """The house of a Dagster process; runs of `job` hold and log it as `pim build` does.

    Such a run ends before its first step, with PimError `PIM-WH-002` where someone else writes, or
    `PIM-WH-003` where the run log is open elsewhere.
    """

    @dg.resource(description="Folder danych i fakty. / The data folder and the facts.")
    def house(context: dg.InitResourceContext) -> Iterator[House]:
        made = house_of(settings)
        run, instance = context.run, context.instance
        if run is None or instance is None or run.job_name != job:
            yield made
            return
        started = datetime.now(UTC)
        mark = fingerprint(settings, facts_folder(settings))
        with made.writing():
            require_free(made.folder.history)
            yield made
            _log(made, run, instance, started, mark)

    return house


def _log(
    house: House, run: dg.DagsterRun, instance: dg.DagsterInstance, started: datetime, mark: str
) -> None:
    """Log a run whose steps have ended, unless it had only some steps and published nothing."""
    good = _steps(instance, run, dg.DagsterEventType.STEP_SUCCESS)
    failed = _steps(instance, run, dg.DagsterEventType.STEP_FAILURE)
    outcome = Outcome.SUCCESS
    if any(map(_stopped, failed.values())):
        outcome = Outcome.INTERRUPTED
    elif failed or good.keys() != _planned(instance, run):
        outcome = Outcome.FAILED
    tables = {table.name for table in all_tables()}
    if outcome is Outcome.SUCCESS and house.checked != tables:
        if _PUBLISHES not in good:
            return
        # The other tables are as an earlier run left them, from facts that may have changed since.
        house.checked |= tables
        mark = ""
    conclude(house, outcome, started, mark, run_id=run.run_id)


def _steps(
    instance: dg.DagsterInstance, run: dg.DagsterRun, kind: dg.DagsterEventType
) -> dict[str, dg.DagsterEvent]:
    records = instance.get_records_for_run(run.run_id, of_type=kind).records
    events = (record.event_log_entry.get_dagster_event() for record in records)
    return {str(event.step_key): event for event in events}


def _stopped(event: dg.DagsterEvent) -> bool:
    """Whether a step failed since somebody stopped the run."""
    error = event.step_failure_data.error
    return error is not None and error.cls_name in _INTERRUPTIONS


def _planned(instance: dg.DagsterInstance, run: dg.DagsterRun) -> set[str]:
    if run.execution_plan_snapshot_id is None:
        return set()
    plan = instance.get_execution_plan_snapshot(run.execution_plan_snapshot_id)
    return set(plan.step_keys_to_execute)
