"""What Dagster loads: the assets, the job, the schedule, and the resource that they share."""

import pkgutil
from datetime import timedelta
from importlib import import_module

import dagster as dg

import assets
from assets.house import FETCHING, House
from assets.released import Rules
from assets.releasing import RELEASING
from pipelines.fetching import fetch_job, fetch_schedule, sources_job, sources_schedule
from pipelines.publishing import accepted_changes, release_job, release_schedule
from pipelines.recording import house_resource
from pipelines.settings import load_settings

JOB = "zasilenie"
"""The main job: everything, from facts to release."""

# A daily build; a table that was not built for two days is late, for four it failed.
_CRON = "0 4 * * *"
_BUILT = dg.FreshnessPolicy.time_window(
    fail_window=timedelta(days=4), warn_window=timedelta(days=2)
)
# What is fetched once a month has a month and some days.
_FETCHED = dg.FreshnessPolicy.time_window(
    fail_window=timedelta(days=62), warn_window=timedelta(days=35)
)


def all_assets() -> list[dg.AssetsDefinition]:
    """Every asset of every module of `assets/`, with the policies that all of them have."""
    modules = [
        import_module(found.name) for found in pkgutil.iter_modules(assets.__path__, "assets.")
    ]
    found = dg.load_assets_from_modules(modules)
    return [
        definition.map_asset_specs(_with_freshness)
        for definition in found
        if isinstance(definition, dg.AssetsDefinition)
    ]


def _with_freshness(spec: dg.AssetSpec) -> dg.AssetSpec:
    policy = _FETCHED if spec.group_name in (FETCHING, RELEASING) else _BUILT
    return spec.replace_attributes(freshness_policy=policy)


def definitions(house: House | dg.ResourceDefinition, rules: Rules | None = None) -> dg.Definitions:
    """All definitions, around one house, or what makes it for a run, and rules of releases."""
    job = dg.define_asset_job(
        JOB,
        selection=dg.AssetSelection.all() - dg.AssetSelection.groups(FETCHING, RELEASING),
        description="Pobierz, sprawdź, przechowaj, opublikuj. / Pull, check, store, publish.",
        executor_def=dg.in_process_executor,
    )
    schedule = dg.ScheduleDefinition(
        name="codziennie",
        job=job,
        cron_schedule=_CRON,
        execution_timezone="Europe/Warsaw",
        description="Codziennie o 4:00 czasu warszawskiego. / Every day at 4:00 in Warsaw.",
    )
    return dg.Definitions(
        assets=all_assets(),
        jobs=[job, sources_job, fetch_job, release_job],
        schedules=[schedule, sources_schedule, fetch_schedule, release_schedule],
        sensors=[accepted_changes],
        resources={"house": house, "rules": rules or Rules()},
        # A process of its own for each asset costs 1.5 s; these tables take milliseconds.
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """The definitions for `dagster dev`, with the settings of the environment."""
    # Imported here: `pim build` makes no release.
    from pipelines.releasing import rules_of

    settings = load_settings()
    return definitions(house_resource(settings, JOB), rules_of(settings))
