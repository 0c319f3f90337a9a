"""The jobs that go out to the network: sources that are due, and indicators once a month."""

import dagster as dg

from assets.snapshots import SOURCES, key_of
from schemas.tables.indicator_variables import IndicatorTheme

JOB = "pobieranie_wskaznikow"
SOURCES_JOB = "pobieranie_zrodel"

# After the tenth, when most yearly values of a month are out. In the small hours, as the fetch may
# have to wait for a limit.
_CRON = "0 2 11 * *"
_THEMES = [theme.value for theme in IndicatorTheme]

fetch_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.assets("bdl_observations"),
    description="Pobierz wskaźniki z Banku Danych Lokalnych. / Fetch indicators of the Local "
    "Data Bank.",
    executor_def=dg.in_process_executor,
)


sources_job = dg.define_asset_job(
    SOURCES_JOB,
    selection=dg.AssetSelection.assets(*(key_of(source) for source in SOURCES)),
    description="Pobierz źródła, na które przyszedł czas. / Fetch the sources that are due.",
    executor_def=dg.in_process_executor,
)
sources_schedule = dg.ScheduleDefinition(
    name="co_noc",
    job=sources_job,
    # Before the daily build. Most nights nothing is due, and nobody is asked.
    cron_schedule="30 2 * * *",
    execution_timezone="Europe/Warsaw",
    description="Codziennie o 2:30 czasu warszawskiego. / Every day at 2:30 in Warsaw.",
)


@dg.schedule(
    name="co_miesiac",
    job=fetch_job,
    cron_schedule=_CRON,
    execution_timezone="Europe/Warsaw",
    description="Jedenastego dnia miesiąca o 2:00. / On the eleventh of the month at 2:00.",
)
def fetch_schedule() -> dg.RunRequest:
    """One run over all themes: they share their requests."""
    return dg.RunRequest(
        tags={
            "dagster/asset_partition_range_start": _THEMES[0],
            "dagster/asset_partition_range_end": _THEMES[-1],
        }
    )
