"""What was built, as data: the last runs, the current release, rows of tables, rejections."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import polars as pl

from assets.released import news_waiting
from pipelines.settings import Settings
from schemas.registry import all_tables, table_named
from schemas.text import Lang, Text
from warehouse.folder import DataFolder
from warehouse.history import REJECTED_KEPT, Run, rejected_since, runs
from warehouse.reports import load_report
from warehouse.tables import load_rejected

_RUNS = 5
_WARSAW = ZoneInfo("Europe/Warsaw")
_OUTCOMES = {
    "success": Text("opublikowano", "published"),
    "unchanged": Text("bez zmian", "unchanged"),
    "failed": Text("nie opublikowano", "not published"),
    "interrupted": Text("przerwano", "interrupted"),
}


@dataclass(frozen=True)
class TableState:
    """The rows of one table: as the gate last left them, and as published now."""

    table: str
    accepted: int
    rejected: int
    published: int | None
    """None where the table stays inside, or nothing is published yet."""


@dataclass(frozen=True)
class Status:
    """The state of one data folder."""

    release_id: str
    news: bool
    """The last good build has something that the current version does not have."""
    runs: tuple[Run, ...]
    tables: tuple[TableState, ...]

    def as_dict(self) -> dict[str, object]:
        """The status as JSON data; times are UTC."""
        return {
            "release_id": self.release_id,
            "waits_for_release": self.news,
            "runs": [
                {
                    "run_id": run.run_id,
                    "started": run.started.isoformat(),
                    "ended": run.ended.isoformat(),
                    "outcome": str(run.outcome),
                    "release_id": run.release_id,
                }
                for run in self.runs
            ],
            "tables": [vars(table) for table in self.tables],
        }

    def lines(self, lang: Lang) -> list[str]:
        """Release and runs for a person; times are those of Warsaw."""
        release = self.release_id or "-"
        lines = [Text(f"Bieżące wydanie: {release}", f"Current release: {release}").of(lang)]
        if self.news:
            waits = Text(
                "Zmiany czekają na wydanie: pim release", "Changes wait for a release: pim release"
            )
            lines.append(waits.of(lang))
        for run in self.runs:
            seconds = (run.ended - run.started).total_seconds()
            outcome = _OUTCOMES[str(run.outcome)].of(lang)
            lines.append(f"  {_local(run.started)}  {outcome} ({seconds:.1f} s)")
        return lines


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(_WARSAW):%Y-%m-%d %H:%M:%S}"


def status_of(settings: Settings) -> Status:
    """Look at the data folder. Raises PimError `PIM-WH-006` where nothing was built."""
    folder = DataFolder(settings.data).verify()
    states = []
    for table in all_tables():
        if not (folder.reports / f"{table.name}.json").is_file():
            continue
        report = load_report(folder, table)
        path = folder.publishable / f"{table.name}.parquet"
        published = None
        if table.dataset and folder.public.exists() and path.is_file():
            published = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
        states.append(TableState(table.name, report.accepted, report.rejected, published))
    return Status(
        release_id=folder.public.readlink().name if folder.public.is_symlink() else "",
        news=news_waiting(folder) is not None,
        runs=tuple(runs(folder.history, _RUNS)),
        tables=tuple(states),
    )


def rejected_rows(
    settings: Settings,
    *,
    table: str | None = None,
    rule: str | None = None,
    source: str | None = None,
    since: date | None = None,
) -> pl.DataFrame:
    """Rejected rows of the last build, narrowed down: `REJECTED_SCHEMA` and `since`.

    `since` is the start (UTC) of the run since which the row has been rejected without a break;
    a row keeps it as long as it stands in the same place. Raises PimError `PIM-WH-006` (nothing
    built) or `PIM-CLI-002` (no such table).
    """
    folder = DataFolder(settings.data).verify()
    wanted = [table_named(table)] if table else all_tables()
    rows = pl.concat([load_rejected(folder, one) for one in wanted])
    rows = rows.join(
        rejected_since(folder.history),
        on=REJECTED_KEPT,
        how="left",
        nulls_equal=True,
        maintain_order="left",
    )
    if rule:
        rows = rows.filter(pl.col("rule") == rule)
    if source:
        rows = rows.filter(pl.col("source").str.contains(source, literal=True))
    if since:
        # A day of people begins at midnight in Warsaw.
        midnight = datetime.combine(since, time.min, _WARSAW).astimezone(UTC)
        rows = rows.filter(pl.col("since") >= f"{midnight:%Y-%m-%dT%H:%M:%S}")
    return rows
