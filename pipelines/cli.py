"""The `pim` command: what it offers, and how it ends.

Commands are thin: they read settings, call what is below, and print. Nothing heavy is
imported before a command needs it, so that `pim --help` answers in 0.3 s.
"""

import atexit
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from pipelines import terminal
from pipelines.commands import (
    build,
    check,
    config,
    doctor,
    documents,
    inspect,
    intake,
    match,
    portal,
    publish,
    release,
    replay,
    review,
    serve,
    sources,
)
from pipelines.helping import PimGroup
from pipelines.settings import load_settings
from pipelines.terminal import flag_in, print_error, print_lines, say, tell
from pipelines.usage import usage_error
from schemas.errors import Exit, PimError
from schemas.text import Text

app = typer.Typer(
    name="pim",
    cls=PimGroup,
    help=say(
        "Otwarte dane Partnerskiej Inicjatywy Miast: pobierz, sprawdź, przechowaj, opublikuj.\n\n"
        "Wynik trafia na stdout, komunikaty na stderr. Kody wyjścia: 0 dobrze, 1 błąd programu, "
        "2 złe użycie, 3 złe dane, 4 ostrzeżenia (--strict), 5 źródło lub sieć, 6 cel publikacji, "
        "130 przerwano.",
        "Open data of the Cities' Partnership Initiative: pull, check, store, publish.\n\n"
        "Results go to stdout, messages to stderr. Exit codes: 0 ok, 1 program error, 2 usage, "
        "3 bad data, 4 warnings (--strict), 5 source or network, 6 publish target, "
        "130 interrupted.",
    ),
    epilog=say(
        "pim build\npim status\npim query 'FROM udzialy LIMIT 5'",
        "pim build\npim status\npim query 'FROM participations LIMIT 5'",
    ),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (
    build,
    release,
    publish,
    serve,
    portal,
    check,
    intake,
    match,
    documents,
    sources,
    inspect,
    review,
    replay,
    doctor,
    config,
):
    module.register(app)


@app.callback()
def root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help=say("To samo co `pim version`.", "The same as `pim version`.")
        ),
    ] = False,
) -> int:
    """Without a command: the version, or the help page and exit code 2."""
    if context.invoked_subcommand:
        return int(Exit.OK)
    if version:
        config.show_version()
        return int(Exit.OK)
    print_lines(context.get_help().splitlines(), sys.stderr)
    return int(Exit.USAGE)


def main() -> None:
    """Run `pim` and exit with a code of `schemas.errors.Exit`."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by who started us: the next file opened would take its place.
            null = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 - until the end
            setattr(sys, name, null)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter is no reason to fall over.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.excepthook = _crashed
    _leave(run(sys.argv[1:]))


def _leave(code: int) -> NoReturn:
    """End the process, once all that must happen at its end has happened.

    Python would then take apart all that it has loaded, piece by piece: after a build that takes
    the better part of a second, for nothing.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - there is no public way to run them
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        # Nobody reads any more: Python has its own way to say so.
        sys.exit(code)
    os._exit(code)


def run(words: list[str]) -> int:
    """Run one command line; every failure ends as a message with a fix and its exit code."""
    # Until the line is understood, errors already have the form that it asks for.
    terminal.MANNER = terminal.Manner(as_json=_form_of(words) == "json")
    try:
        # Not `app(...)`: typer would put its own hook for mistakes of the program over ours.
        result = get_command(app)(words, prog_name="pim", standalone_mode=False)
    except PimError as error:
        return _failed(error, words)
    except typer.TyperException as error:
        return _failed(usage_error(error, words), words)
    if result == Exit.INTERRUPTED:
        tell([say("Przerwano.", "Interrupted.")])
    return result if isinstance(result, int) else int(Exit.OK)


def _form_of(words: list[str]) -> str:
    try:
        return load_settings({"log_format": flag_in(words, "--log-format") or None}).log_format
    except PimError:
        return "text"


def _crashed(_: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say of a mistake of the program what any error says; its trace is a line of the log.

    What the system refused is no such mistake, and ends with an exit code of its own.
    """
    from traceback import extract_tb

    from pipelines.logs import log_crash
    from pipelines.refused import refused_by_system

    place = str(error.filename or "") if isinstance(error, OSError) else ""
    refused = refused_by_system(str(error), place)
    if refused:
        _leave(_failed(refused, sys.argv[1:]))
    last = extract_tb(trace)[-1]
    told = log_crash(error)
    crash = PimError(
        "PIM-RUN-003",
        Text("Przerwał nieoczekiwany błąd programu.", "Stopped by an error of the program."),
        where=f"{last.filename}, line {last.lineno}",
        why=Text(told, told),
        fix=Text(
            "Zgłoś błąd, podając ten opis i ślad powyżej.",
            "Report it with this description and the trace above.",
        ),
        exit_code=Exit.UNEXPECTED,
    )
    _failed(crash, sys.argv[1:])


def _failed(error: PimError, words: list[str]) -> int:
    print_error(error, as_json="--json" in words)
    return int(error.exit_code)
