"""Options that many commands share, declared once."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.terminal import say

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help=say("Folder danych (domyślnie data/).", "Data folder (data/)."),
        show_default=False,
    ),
]
Json = Annotated[bool, typer.Option("--json", help=say("Wynik jako JSON.", "The result as JSON."))]
Language = Annotated[
    str | None,
    typer.Option(
        "--lang", help=say("Język: pl albo en.", "Language: pl or en."), show_default=False
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help=say("Bez postępu.", "No progress."))]


def flags(**given: object) -> dict[str, str | None]:
    """Option values as settings: text, or None where the option was not given."""
    return {name: None if value is None else str(value) for name, value in given.items()}
