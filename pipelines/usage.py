"""What typer says of a wrong command line, in both languages."""

import re
import shlex
from collections.abc import Sequence

import typer

from schemas.errors import Exit, PimError
from schemas.text import Text

# typer speaks English only; a message that is not here is shown as it is.
_MESSAGES: dict[str, Text] = {
    r"No such command '(.*)'\. Did you mean (.*)\?": Text(
        "Nie ma polecenia „{0}”. Może chodzi o {1}?",
        "There is no command '{0}'. Did you mean {1}?",
    ),
    r"No such command '(.*)'\.": Text("Nie ma polecenia „{0}”.", "There is no command '{0}'."),
    r"Missing command\.": Text("Brakuje polecenia.", "The command is missing."),
    r"No such option: (\S*) \(Possible options: (.*)\)": Text(
        "Nie ma opcji {0}. Może chodzi o {1}?", "There is no option {0}. Did you mean {1}?"
    ),
    r"Missing option '(.*)'\.": Text("Brakuje opcji {0}.", "The option {0} is missing."),
    r"No such option: (.*)": Text("Nie ma opcji {0}.", "There is no option {0}."),
    r"Missing argument '(.*)'\.": Text("Brakuje argumentu {0}.", "The argument {0} is missing."),
    r"Option '(.*)' requires an argument\.": Text(
        "Opcja {0} wymaga wartości.", "The option {0} needs a value."
    ),
    r"Option '(.*)' does not take a value\.": Text(
        "Opcja {0} nie przyjmuje wartości.", "The option {0} takes no value."
    ),
    r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)": Text(
        "Za dużo argumentów: {0}.", "Too many arguments: {0}."
    ),
    r"Invalid value for '(.*)': Value error, '(.*)' is not one of (.*)\.": Text(
        "{0}: nie ma „{1}”; do wyboru: {2}.", "{0}: there is no '{1}'; choose one of {2}."
    ),
    r"Invalid value for '(.*)': Input should be a valid integer.*": Text(
        "Wartość {0} musi być liczbą całkowitą.", "The value of {0} must be a whole number."
    ),
    r"Invalid value for '(.*)': Input should be greater than or equal to (.*)": Text(
        "Wartość {0} musi wynosić co najmniej {1}.", "The value of {0} must be at least {1}."
    ),
}


def usage_error(error: typer.TyperException, words: Sequence[str]) -> PimError:
    """The error of typer as one of ours, with the help page to look at."""
    # Not every error knows the command that it belongs to.
    context = getattr(error, "ctx", None)
    named = [word for word in words[:1] if not word.startswith("-")]
    command = context.command_path if context else " ".join(["pim", *named])
    return PimError(
        "PIM-CLI-001",
        Text("Polecenie jest niepoprawne.", "The command line is not right."),
        where=shlex.join(["pim", *words]),
        why=_translated(error.format_message()),
        fix=Text(f"Zobacz `{command} --help`.", f"See `{command} --help`."),
        exit_code=Exit.USAGE,
    )


def _translated(message: str) -> Text:
    for pattern, text in _MESSAGES.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            names = [name.replace("'", "") for name in found.groups()]
            return Text(text.pl.format(*names), text.en.format(*names))
    return Text(message, message)
