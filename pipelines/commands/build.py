"""`pim build` and `pim dev`."""

import gc
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import page
from pipelines.options import (
    FILE,
    AllowLoss,
    Data,
    Facts,
    Json,
    Language,
    ReleaseDate,
    Strict,
    flags,
)
from pipelines.settings import Settings, load_settings
from pipelines.terminal import (
    console,
    draws,
    language,
    print_error,
    print_json,
    print_lines,
    say,
    tell,
)
from schemas.errors import Exit, PimError
from schemas.text import Text

if TYPE_CHECKING:
    from pipelines.building import BuildResult
    from pipelines.running import Progress

_MADE_BETWEEN_COLLECTIONS = 500_000
"""Objects, some 100 MB; Python's own number is 700."""


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    app.command(
        "build",
        **page(
            "Główne zadanie: pobierz, sprawdź, przechowaj, opublikuj. Gdy nic się nie zmieniło, "
            "mówi to i niczego nie rusza. Gdy dane są złe, ostatnie dobre wydanie zostaje.",
            "The main job: pull, check, store, publish. When nothing has changed, it says so and "
            "touches nothing. When data are bad, the last good release stays.",
            "pim build",
            f"pim build --data {say('kopia', 'copy')} --strict",
            "pim build --json --force",
        ),
    )(build)
    app.command(
        "dev",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        **page(
            "Pokaż graf w przeglądarce (Dagster). Strona otwiera się pod http://127.0.0.1:3000, "
            "kończy Ctrl-C. Opcje po -- dostaje `dagster dev`. Wymaga `make dev` albo `make test`.",
            "Show the graph in the browser (Dagster). It opens at http://127.0.0.1:3000 and ends "
            "with Ctrl-C. Options after -- go to `dagster dev`. Needs `make dev` or `make test`.",
            "pim dev",
            "pim dev -- --port 3001",
            f"pim dev --data {say('kopia', 'copy')}",
        ),
    )(dev)


def build(
    data: Data = None,
    facts: Facts = None,
    terc: Annotated[
        Path | None,
        typer.Option(
            "--terc",
            metavar=FILE,
            help=say(
                "Pełny plik TERC z GUS (ZIP albo CSV) zamiast wbudowanego wyciągu.",
                "A full TERC file of GUS (ZIP or CSV) in place of the embedded extract.",
            ),
        ),
    ] = None,
    date: ReleaseDate = None,
    allow_loss: AllowLoss = None,
    force: Annotated[
        bool,
        typer.Option("--force", help=say("Buduj mimo braku zmian.", "Build without changes, too.")),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=say(
                "Powiedz tylko, czy jest co budować i dlaczego; niczego nie zapisuje.",
                "Only say whether there is anything to build, and why; writes nothing.",
            ),
        ),
    ] = False,
    strict: Strict = False,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 published or unchanged, 3 bad data, 5 a source fails; what was published stays."""
    from pipelines.building import build as run_build
    from pipelines.wording import finding_lines

    # A build keeps nearly all that it makes: to look for garbage at every turn takes a twentieth of
    # its time. What documents leave behind is still found.
    gc.set_threshold(_MADE_BETWEEN_COLLECTIONS)
    settings = load_settings(flags(data=data, facts=facts, terc=terc, date=date, lang=lang))
    if dry_run:
        return _show_plan(settings, force=force, as_json=as_json)
    with progress_bar(silent=as_json) as progress:
        result = run_build(
            settings, allow_loss=frozenset(allow_loss or ()), force=force, progress=progress
        )
    if as_json:
        print_json(result.as_dict())
    else:
        for error in result.errors:
            print_error(error)
        findings = [finding for report in result.reports for finding in report.findings]
        tell(finding_lines(findings, language()), grave=result.exit_code is not Exit.OK)
        print_lines(_summary(result, settings))
    warned = any(report.warnings for report in result.reports)
    return int(Exit.STRICT if strict and warned and not result.exit_code else result.exit_code)


def _show_plan(settings: Settings, *, force: bool, as_json: bool) -> int:
    from pipelines.building import plan

    planned = plan(settings, force=force)
    if as_json:
        print_json(planned.as_dict())
    else:
        head = say("Do zbudowania", "To build") if planned.due else say("Bez zmian", "No change")
        print_lines([f"{head}: {planned.why.of(language())} ({settings.data})"])
    return int(Exit.OK)


@contextmanager
def progress_bar(*, silent: bool = False) -> Iterator["Progress"]:
    """A bar on a terminal; elsewhere steps are only logged, and the summary is enough."""
    if silent or not draws():
        yield _log_step
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda name, done, total: bar.update(
            task, description=name, completed=done, total=total
        )


def _log_step(name: str, done: int, total: int) -> None:
    # Imported here: `--help` logs nothing.
    from logging import getLogger

    getLogger(__name__).info(
        Text(f"krok {done} z {total}: {name}", f"step {done} of {total}: {name}")
    )


def _summary(result: "BuildResult", settings: Settings) -> list[str]:
    """What was built, what stopped it, where it lies, and what to try next."""
    rows = sum(report.accepted for report in result.reports)
    rejected = sum(report.rejected for report in result.reports)
    warnings = sum(report.warnings for report in result.reports)
    steps = ", ".join(result.failed_steps)
    place = settings.data / "public"
    shown = result.version or result.release_id
    return [
        _headline(result),
        say(
            f"  Tabele: {len(result.reports)}, wiersze: {rows}, odrzucone: {rejected}, "
            f"ostrzeżenia: {warnings}",
            f"  Tables: {len(result.reports)}, rows: {rows}, rejected: {rejected}, "
            f"warnings: {warnings}",
        ),
        *([say(f"  Nieudane kroki: {steps}", f"  Failed steps: {steps}")] if steps else []),
        say(f"  Wydanie {shown}: {place}", f"  Release {shown}: {place}")
        if shown
        else say("  Wydania jeszcze nie ma.", "  There is no release yet."),
        say("Co dalej:", "Next:"),
        *_next_steps(result, settings),
    ]


def _headline(result: "BuildResult") -> str:
    if result.news and result.exit_code is Exit.OK:
        return say(
            "Zbudowano; zmiany czekają na wydanie (pim release).",
            "Built; the changes wait for a release (pim release).",
        )
    if result.outcome == "success" and result.version:
        return say(
            f"Zbudowano; dane są te same, co w wydaniu {result.version}.",
            f"Built; the data are those of release {result.version}.",
        )
    if result.outcome == "success":
        return say("Zbudowano i opublikowano.", "Built and published.")
    if result.outcome == "unchanged":
        return say("Nic się nie zmieniło; wydanie zostaje.", "Nothing changed; the release stays.")
    return say(
        "Nie opublikowano; ostatnie dobre wydanie zostaje.",
        "Not published; the last good release stays.",
    )


def _next_steps(result: "BuildResult", settings: Settings) -> list[str]:
    path, origin = settings.origins["data"]
    at = f" --data {shlex.quote(path)}" if origin == "--data" else ""
    if result.exit_code is not Exit.OK:
        facts, given_by = settings.origins["facts"]
        where = f" --facts {shlex.quote(facts)}" if given_by == "--facts" else ""
        steps = [f"check{where}", f"rejected{at}", f"status{at}"]
    elif result.news:
        steps = [f"release{at} --dry-run", f"release{at}", f"status{at}"]
    else:
        table = say("udzialy", "participations")
        steps = [f"query{at} 'FROM {table} LIMIT 5'", f"explain{at} mids mid-0001", f"status{at}"]
    # After `make run` the program is in .venv/bin, where the shell does not look.
    called = sys.argv[0]
    pim = called if Path(called).name == "pim" and not shutil.which("pim") else "pim"
    return [f"  {pim} {step}" for step in steps]


def dev(context: typer.Context, data: Data = None, lang: Language = None) -> None:
    """Start `dagster dev` with its home below the data folder; more words go to it.

    Raises PimError `PIM-RUN-002` where only what a build needs is installed.
    """
    from pipelines.running import prepare_dagster_home
    from warehouse.folder import DataFolder

    settings = load_settings(flags(data=data, lang=lang))
    if find_spec("dagster_webserver") is None:
        raise PimError(
            "PIM-RUN-002",
            Text("Nie ma stron Dagstera.", "Dagster's web pages are not installed."),
            fix=Text("Uruchom `make dev`.", "Run `make dev`."),
            exit_code=Exit.USAGE,
        )
    folder = DataFolder(settings.data).prepare()
    prepare_dagster_home(folder.dagster)
    os.environ["PIM_DATA"] = str(folder.root.absolute())
    # Dagster asks to use its new tool `dg`, whose help is empty with this typer.
    quiet = ["-W", "ignore:Function `dev_command` is superseded"]
    words = ["-m", "dagster", "dev", "-m", "pipelines.definitions", *context.args]
    os.execv(sys.executable, [sys.executable, *quiet, *words])  # noqa: S606  # our own words
