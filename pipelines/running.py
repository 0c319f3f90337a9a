"""Running the whole graph in this process, with its history where `dagster dev` shows it."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
from alembic.config import Config
from alembic.script import ScriptDirectory

from assets.house import House
from pipelines.definitions import JOB, definitions
from pipelines.refused import refused_by_system
from schemas.errors import Exit, PimError
from schemas.text import Text

# Dagster's own log repeats every event on stderr; the progress bar and our errors say it all.
_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
Progress = Callable[[str, int, int], None]
"""Told of every finished step: its name, how many are done, how many there are."""
Failed = dict[str, PimError | None]
"""Failed steps with their error; None where the findings of the table's report say it."""
DAGSTER_YAML = Path(__file__).parent.parent / "dagster.yaml"


def prepare_dagster_home(home: Path) -> None:
    """Make `home` a DAGSTER_HOME with the project's `dagster.yaml`, and name it so."""
    home.mkdir(parents=True, exist_ok=True)
    target = home / "dagster.yaml"
    if not target.exists() or target.read_bytes() != DAGSTER_YAML.read_bytes():
        shutil.copyfile(DAGSTER_YAML, target)
    os.environ["DAGSTER_HOME"] = str(home.absolute())


def run_all(house: House, progress: Progress) -> tuple[Failed, tuple[str, ...]]:
    """Materialise every asset; return the steps that failed with why, and those skipped.

    Raises KeyboardInterrupt where the run was interrupted, once Dagster has written that down.
    """
    prepare_dagster_home(house.folder.dagster)
    job = definitions(house).resolve_job_def(JOB)
    total = len(job.graph.node_dict)
    done = 0
    run_id = str(uuid.uuid4())

    def listen(event: dg.EventLogEntry) -> None:
        nonlocal done
        happened = event.dagster_event
        if happened and (
            happened.is_step_success or happened.is_step_failure or happened.is_step_skipped
        ):
            done += 1
            progress(str(happened.step_key), done, total)

    with _revisions_read_once(), dg.DagsterInstance.get() as instance:
        instance.add_event_listener(run_id, listen)
        result = job.execute_in_process(
            instance=instance,
            run_id=run_id,
            raise_on_error=False,
            run_config=_QUIET,
        )
    if any(map(_interrupted, result.all_events)):
        raise KeyboardInterrupt
    skipped = sorted({str(event.step_key) for event in result.all_events if event.is_step_skipped})
    failed = {
        str(event.step_key): house.errors.get(str(event.step_key)) or _unforeseen(event)
        for event in result.all_events
        if event.is_step_failure
    }
    return failed, tuple(skipped)


@contextmanager
def _revisions_read_once() -> Iterator[None]:
    """Let alembic read Dagster's ninety changes of its databases once, not for each of them."""
    read = ScriptDirectory.from_config
    once: dict[str | None, ScriptDirectory] = {}

    def remembered(config: Config) -> ScriptDirectory:
        place = config.get_main_option("script_location")
        if place not in once:
            once[place] = read(config)
        return once[place]

    ScriptDirectory.from_config = remembered  # type: ignore[method-assign]  # till the run ends
    try:
        yield
    finally:
        ScriptDirectory.from_config = read  # type: ignore[method-assign]  # as it was


def _interrupted(event: dg.DagsterEvent) -> bool:
    """Dagster swallows the interruption itself, and calls it an unexpected end of the run."""
    if event.event_type is not dg.DagsterEventType.RUN_FAILURE:
        return False
    reason = event.job_failure_data.failure_reason
    return reason is not None and reason.value == "UNEXPECTED_TERMINATION"


def _unforeseen(event: dg.DagsterEvent) -> PimError | None:
    """The error of a step that failed for a reason nobody wrote a message for.

    None where the step says itself why it stopped: then its table's report has the findings.
    """
    data = event.step_failure_data
    if data.user_failure_data is not None or data.error is None:
        return None
    cause = data.error.cause or data.error
    told = cause.message.strip()
    return refused_by_system(told, str(event.step_key)) or PimError(
        "PIM-RUN-001",
        Text("Krok przerwał błąd programu.", "A step was stopped by a program error."),
        where=str(event.step_key),
        why=Text(told, told),
        fix=Text(
            "Zgłoś błąd, podając ten opis; pełny ślad jest w `pim dev`.",
            "Report it with this description; the full trace is in `pim dev`.",
        ),
        exit_code=Exit.UNEXPECTED,
    )
