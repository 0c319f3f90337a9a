"""The `pim` command: what it offers, and how it ends.

Commands are thin: they read settings, call what is below, and print. Nothing heavy is
imported before a command needs it, so that `pim --help` answers in 0.3 s.
"""

import sys

import typer

from pipelines.commands import build, check, config, doctor, inspect
from pipelines.terminal import print_error, say
from schemas.errors import Exit, PimError
from schemas.text import Text

EPILOG = say(
    "Zacznij od: pim build, potem pim status i pim query 'FROM participations LIMIT 5'. "
    "Kody wyjścia: 0 dobrze, 1 błąd programu, 2 złe użycie, 3 złe dane, 4 ostrzeżenia (--strict), "
    "5 źródło lub sieć, 6 cel publikacji, 130 przerwano.",
    "Begin with: pim build, then pim status and pim query 'FROM participations LIMIT 5'. "
    "Exit codes: 0 ok, 1 program error, 2 usage, 3 bad data, 4 warnings (--strict), "
    "5 source or network, 6 publish target, 130 interrupted.",
)
app = typer.Typer(
    name="pim",
    help=say(
        "Otwarte dane Partnerskiej Inicjatywy Miast: pobierz, sprawdź, przechowaj, opublikuj.",
        "Open data of the Cities' Partnership Initiative: pull, check, store, publish.",
    ),
    epilog=EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for module in (build, check, inspect, doctor, config):
    module.register(app)


def main() -> None:
    """Run `pim` and exit with a code of `schemas.errors.Exit`."""
    sys.exit(run(sys.argv[1:]))


def run(words: list[str]) -> int:
    """Run one command line; every failure ends as a message with a fix and its exit code."""
    as_json = "--json" in words
    try:
        result = app(words, prog_name="pim", standalone_mode=False)
    except PimError as error:
        print_error(error, as_json=as_json)
        return int(error.exit_code)
    except typer.Abort:
        sys.stderr.write(say("Przerwano.", "Interrupted.") + "\n")
        return int(Exit.INTERRUPTED)
    except typer.TyperException as error:
        print_error(_usage_error(error, words), as_json=as_json)
        return int(Exit.USAGE)
    except KeyboardInterrupt:
        sys.stderr.write(say("Przerwano.", "Interrupted.") + "\n")
        return int(Exit.INTERRUPTED)
    return result if isinstance(result, int) else int(Exit.OK)


def _usage_error(error: typer.TyperException, words: list[str]) -> PimError:
    message = error.format_message()
    command = " ".join(["pim", *(word for word in words[:1] if not word.startswith("-"))])
    return PimError(
        "PIM-CLI-001",
        Text("Polecenie jest niepoprawne.", "The command line is not right."),
        where=" ".join(["pim", *words]),
        why=Text(message, message),
        fix=Text(f"Zobacz `{command} --help`.", f"See `{command} --help`."),
        exit_code=Exit.USAGE,
    )
