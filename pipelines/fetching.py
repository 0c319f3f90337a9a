"""The job that goes out to the network: indicators of the Local Data Bank, once a month."""

import dagster as dg

from assets.house import FETCHING
from schemas.tables.indicator_variables import IndicatorTheme

JOB = "pobieranie_wskaznikow"

# After the tenth, when most yearly values of a month are out. In the small hours, as the fetch may
# have to wait for a limit.
_CRON = "0 2 11 * *"
_THEMES = [theme.value for theme in IndicatorTheme]

fetch_job = dg.define_asset_job(
    JOB,
    selection=dg.AssetSelection.groups(FETCHING),
    description="Pobierz wskaźniki z Banku Danych Lokalnych. / Fetch indicators of the Local "
    "Data Bank.",
    executor_def=dg.in_process_executor,
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
