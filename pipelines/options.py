"""Options that many commands share, declared once."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.helping import COMMON, LANG
from pipelines.terminal import say
from schemas.errors import Exit, PimError
from schemas.text import Text

FOLDER = say("FOLDER", "DIR")
FILE = say("PLIK", "FILE")
TABLE = say("TABELA", "TABLE")

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar=FOLDER,
        help=say("Folder danych; domyślnie data.", "Data folder; data unless given."),
        rich_help_panel=COMMON,
    ),
]
Facts = Annotated[
    Path | None,
    typer.Option(
        "--facts",
        metavar=FOLDER,
        help=say(
            "Folder plików z faktami; domyślnie wbudowany.",
            "Folder of facts files; the embedded one unless given.",
        ),
    ),
]
ReleaseDate = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar=say("RRRR-MM-DD", "YYYY-MM-DD"),
        help=say(
            "Data wydania; domyślnie dzień, z którego są dane.",
            "Release date; the day of the data unless given.",
        ),
    ),
]
AllowLoss = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-loss",
        metavar=TABLE,
        help=say(
            "Tabela, która świadomie straci wiersze; można powtórzyć.",
            "A table that loses rows on purpose; can be repeated.",
        ),
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help=say("Ostrzeżenia dają kod wyjścia 4.", "Warnings give exit code 4.")
    ),
]
Json = Annotated[
    bool,
    typer.Option(
        "--json",
        help=say(
            "Wynik jako jeden obiekt JSON; błędy jako JSON na stderr.",
            "The result as one JSON object; errors as JSON on stderr.",
        ),
        rich_help_panel=COMMON,
    ),
]
Language = Annotated[str | None, LANG]

DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help=say(
            "Tylko powiedz, co by się stało; niczego nie zapisuje.",
            "Only say what would happen; writes nothing.",
        ),
    ),
]
NOT_DONE = say("Na próbę: niczego nie zapisano.", "A trial: nothing was written.")
"""Said at the end of a dry run."""


def flags(**given: object) -> dict[str, str | None]:
    """Option values as settings: text, or None where the option was not given."""
    return {name: None if value is None else str(value) for name, value in given.items()}


def day_of(option: str, text: str | None) -> date | None:
    """The day that an option names, if it was given.

    Raises PimError `PIM-CFG-003` for anything else.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise PimError(
            "PIM-CFG-003",
            Text("Wartość ustawienia jest niewłaściwa.", "The value of a setting does not fit."),
            where=f"{option} {text}",
            fix=Text("Dopuszczalne: RRRR-MM-DD.", "Allowed: YYYY-MM-DD."),
            exit_code=Exit.USAGE,
        ) from error
