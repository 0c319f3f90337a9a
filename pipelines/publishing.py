"""The job that makes releases: once a month, and after accepted data have changed."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from assets.house import House
from assets.released import news_waiting, waiting_build
from assets.releasing import RELEASING
from exports.release.versions import versions_in

RELEASE_JOB = "wydanie"
_CRON = "0 6 1 * *"
_LOOK = timedelta(minutes=10)

release_job = dg.define_asset_job(
    RELEASE_JOB,
    selection=dg.AssetSelection.groups(RELEASING),
    description="Zrób, sprawdź i ustaw jako bieżące kolejne wydanie. / Make, judge and make "
    "current the next release.",
    executor_def=dg.in_process_executor,
)

release_schedule = dg.ScheduleDefinition(
    name="comiesieczne_wydanie",
    job=release_job,
    cron_schedule=_CRON,
    execution_timezone="Europe/Warsaw",
    description="Pierwszego dnia miesiąca o 6:00 czasu warszawskiego. / On the first day of the "
    "month at 6:00 in Warsaw.",
)


@dg.sensor(
    name="zmiany_do_wydania",
    job=release_job,
    minimum_interval_seconds=int(_LOOK.total_seconds()),
    description="Gdy przyjęto zmiany, których bieżące wydanie nie ma. / When changes were "
    "accepted that the current release does not have.",
)
def accepted_changes(
    house: dg.ResourceParam[House],
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Ask for a release once for each content that the current release does not have."""
    told = waiting_build(house.folder)
    if told is None or not versions_in(house.folder.releases):
        yield dg.SkipReason("Nie ma na co czekać. / There is nothing to wait for.")
    elif news_waiting(house.folder) is None:
        yield dg.SkipReason("Nic się nie zmieniło. / Nothing has changed.")
    else:
        # The key keeps Dagster from asking twice for the same, also where a gate stopped it.
        yield dg.RunRequest(run_key=told.text("content_id"))
