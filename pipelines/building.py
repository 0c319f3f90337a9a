"""The main job in process: build, or say that nothing changed; either way, log the run."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from assets.house import House
from assets.released import current_version, news_waiting
from exports.release.manifest import RELEASE_ID_LENGTH
from exports.release.told import read_manifest
from exports.release.versions import versions_in
from pipelines.fingerprint import fingerprint
from pipelines.house import facts_folder, house_of
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.files import sha256
from schemas.registry import all_tables, table_named
from schemas.text import Text
from schemas.verdict import REJECTED_SCHEMA
from warehouse.folder import DataFolder
from warehouse.history import Count, Outcome, Run, last_success, record, require_free
from warehouse.reports import Report, load_report
from warehouse.tables import load_rejected

if TYPE_CHECKING:
    from pipelines.running import Progress


@dataclass(frozen=True)
class BuildResult:
    """What a build did, for the terminal and for scripts."""

    outcome: Outcome
    release_id: str
    reports: tuple[Report, ...]
    errors: tuple[PimError, ...] = ()
    failed_steps: tuple[str, ...] = ()
    skipped_steps: tuple[str, ...] = field(default=())
    version: str = ""
    """The version that the public sees; "" until one was released."""
    news: bool = False
    """Something was built that this version does not have: it waits for `pim release`."""

    @property
    def exit_code(self) -> Exit:
        """0 when published or unchanged, else the code of the gravest error."""
        if self.outcome in (Outcome.SUCCESS, Outcome.UNCHANGED):
            return Exit.OK
        if self.errors:
            return max(error.exit_code for error in self.errors)
        blocked = any(not report.publishable for report in self.reports)
        return Exit.DATA if blocked else Exit.UNEXPECTED

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "outcome": str(self.outcome),
            "exit_code": int(self.exit_code),
            "release_id": self.release_id,
            "version": self.version or None,
            "waits_for_release": self.news,
            "rows": sum(report.accepted for report in self.reports),
            "rejected": sum(report.rejected for report in self.reports),
            "warnings": sum(report.warnings for report in self.reports),
            "tables": [
                {"table": r.table, "accepted": r.accepted, "rejected": r.rejected}
                for r in self.reports
            ],
            "findings": [f.as_dict() for r in self.reports for f in r.findings],
            "errors": [error.as_dict() for error in self.errors],
            "failed_steps": list(self.failed_steps),
            "skipped_steps": list(self.skipped_steps),
        }


@dataclass(frozen=True)
class Planned:
    """What a build would do, found without writing anything."""

    due: bool
    why: Text

    def as_dict(self) -> dict[str, object]:
        """The plan as JSON data."""
        return {"due": self.due, "why": self.why._asdict()}


def plan(settings: Settings, *, force: bool = False) -> Planned:
    """Say whether a build would do anything, and why. Reads the facts and the last outputs.

    Raises PimError `PIM-SRC-001` (no facts) or `PIM-WH-001` (a foreign data folder).
    """
    folder = DataFolder(settings.data)
    facts = facts_folder(settings)
    if not folder.format_file.exists():
        return Planned(True, Text("Nic tu jeszcze nie zbudowano.", "Nothing was built here yet."))
    last = last_success(folder.verify().history)
    if last is None:
        return Planned(True, Text("Żaden przebieg się nie udał.", "No run has succeeded yet."))
    if last.fingerprint != fingerprint(settings, facts):
        return Planned(
            True,
            Text(
                "Od ostatniego dobrego przebiegu zmieniły się źródła, ustawienia albo program.",
                "Sources, settings or the program have changed since the last good run.",
            ),
        )
    if not _whole(folder, last):
        return Planned(True, Text("Wyniki są uszkodzone.", "What was built is damaged."))
    if force:
        return Planned(True, Text("Na życzenie (--force).", "As wished (--force)."))
    return Planned(False, Text("Nic się nie zmieniło.", "Nothing has changed."))


def build(
    settings: Settings,
    *,
    allow_loss: frozenset[str] = frozenset(),
    force: bool = False,
    progress: "Progress" = lambda name, done, total: None,
) -> BuildResult:
    """Build and publish everything below the data folder.

    With the inputs of the last good build, and its outputs whole, nothing is done unless
    `force`. Raises PimError for what stops a build before its first step (a taken or foreign
    data folder, a run log that is open elsewhere, facts without a date, `PIM-CLI-002` for an
    unknown table in `allow_loss`), and KeyboardInterrupt once the log has that, too; all later
    errors are in the result.
    """
    may_lose = frozenset(table_named(name).name for name in allow_loss)
    folder = DataFolder(settings.data).prepare()
    started = datetime.now(UTC)
    mark = fingerprint(settings, facts_folder(settings))
    with folder.writing():
        last = last_success(folder.history)
        if not force and last and last.fingerprint == mark and _whole(folder, last):
            reports = _reports(folder, {table.name for table in all_tables()})
            result = _seen(folder, BuildResult(Outcome.UNCHANGED, last.release_id, reports))
            _log(folder, result, started, mark, last.outputs)
            return result
        require_free(folder.history)
    house = house_of(settings, allow_loss=may_lose)
    with house.writing():
        try:
            # Dagster is imported only when there is something to build: it takes a second.
            from pipelines.running import run_all

            failed, skipped = run_all(house, progress)
        except KeyboardInterrupt:
            conclude(house, Outcome.INTERRUPTED, started, mark)
            raise
        outcome = Outcome.FAILED if failed else Outcome.SUCCESS
        result = conclude(house, outcome, started, mark)
    return replace(
        result,
        errors=tuple(error for _, error in sorted(failed.items()) if error),
        failed_steps=tuple(sorted(failed)),
        skipped_steps=skipped,
    )


def conclude(
    house: House, outcome: Outcome, started: datetime, mark: str, *, run_id: str = ""
) -> BuildResult:
    """Log a run that has ended and say what it did; the house must still be held for writing.

    `mark` is the fingerprint from before the first step; "" where some inputs are older.
    `run_id` is that of Dagster where it started the run.
    """
    folder = house.folder
    good = outcome is Outcome.SUCCESS
    released = _staged_id(folder) if good else _public_id(folder)
    result = _seen(folder, BuildResult(outcome, released, _reports(folder, house.checked)))
    _log(folder, result, started, mark, _outputs(folder) if good else {}, run_id)
    return result


def _public_id(folder: DataFolder) -> str:
    return folder.public.readlink().name if folder.public.is_symlink() else ""


def _staged_id(folder: DataFolder) -> str:
    """The id of the tree that the last good build left; "" where none is there."""
    try:
        return read_manifest(folder.staging).text("content_id")[:RELEASE_ID_LENGTH]
    except PimError:
        return ""


def _seen(folder: DataFolder, result: BuildResult) -> BuildResult:
    """The result with what the public sees, and whether something waits to be released."""
    current = current_version(folder)
    if current is None:
        return result
    return replace(result, version=str(current), news=news_waiting(folder) is not None)


def _reports(folder: DataFolder, checked: set[str]) -> tuple[Report, ...]:
    """The reports of the tables that a run has checked, in order of reference."""
    return tuple(load_report(folder, table) for table in all_tables() if table.name in checked)


def _outputs(folder: DataFolder) -> dict[str, str]:
    """sha256 of everything that a build leaves, by path below the data folder."""
    kept = folder.tables, folder.rejected, folder.reports, folder.publishable, folder.staging
    made = [folder.warehouse, *(path for place in kept for path in place.rglob("*"))]
    return {_below(folder, path): sha256(path) for path in sorted(made) if path.is_file()}


def _below(folder: DataFolder, path: Path) -> str:
    return path.relative_to(folder.root).as_posix()


def _whole(folder: DataFolder, last: Run) -> bool:
    """What the run left is as it was; and so is what the public sees of it.

    Once versions are released, those are judged by `pim release verify` and not mended here.
    """
    if _staged_id(folder) != last.release_id or _outputs(folder) != dict(last.outputs):
        return False
    if versions_in(folder.releases):
        return True
    if _public_id(folder) != last.release_id:
        return False
    staged = _below(folder, folder.staging)
    wanted = {p: digest for p, digest in last.outputs.items() if p.startswith(f"{staged}/")}
    tree = folder.releases / last.release_id
    found = {path: sha256(path) for path in tree.rglob("*") if path.is_file()}
    return wanted == {f"{staged}/{p.relative_to(tree).as_posix()}": d for p, d in found.items()}


def _log(
    folder: DataFolder,
    result: BuildResult,
    started: datetime,
    mark: str,
    outputs: Mapping[str, str],
    run_id: str = "",
) -> None:
    counts = {r.table: Count(r.accepted, r.rejected, r.warnings) for r in result.reports}
    rejected = [load_rejected(folder, table) for table in all_tables() if table.name in counts]
    run = Run(
        run_id=run_id or str(uuid.uuid4()),
        started=started,
        ended=datetime.now(UTC),
        outcome=result.outcome,
        fingerprint=mark,
        release_id=result.release_id,
        counts=counts,
        outputs=outputs,
    )
    record(folder.history, run, pl.concat([pl.DataFrame(schema=REJECTED_SCHEMA), *rejected]))
