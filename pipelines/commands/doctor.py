"""`pim doctor`: is everything here that a build and its people need?"""

import typer

from pipelines.helping import page
from pipelines.options import Data, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, say
from schemas.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to `pim`."""
    app.command(
        "doctor",
        **page(
            "Sprawdź, czy jest wszystko, czego trzeba: dane, miejsce, biblioteki, blokada. "
            "Przy każdym kłopocie mówi, jak go usunąć.",
            "Check that all is there: data, space, libraries, lock. "
            "Says with each trouble how to mend it.",
            "pim doctor",
            f"pim doctor --data {say('kopia', 'copy')}",
            "pim doctor --json",
        ),
    )(doctor)


def doctor(data: Data = None, as_json: Json = False, lang: Language = None) -> int:
    """Print each point with ok or the fix; exit 2 when a point fails."""
    from pipelines.health import points_of

    settings = load_settings(flags(data=data, lang=lang))
    points = points_of(settings)
    if as_json:
        print_json({"points": [point.as_dict() for point in points]})
    else:
        print_lines(point.line(language()) for point in points)
    return int(Exit.OK) if all(point.ok for point in points) else int(Exit.USAGE)
