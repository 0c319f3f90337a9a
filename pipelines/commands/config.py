"""`pim config show` and `pim version`."""

from importlib.metadata import version

import typer

from pipelines.options import Json, Language
from pipelines.settings import load_settings
from pipelines.terminal import print_json, print_lines, print_table, say

LIBRARIES = ("dagster", "duckdb", "pandera", "polars", "pyarrow")


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        help=say("Ustawienia i skąd się wzięły.", "Settings and where they came from."),
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command("show", help=say("Pokaż wszystkie ustawienia.", "Show all settings."))(show)
    app.add_typer(group, name="config")
    app.command("version", help=say("Wersje programu i bibliotek.", "Versions."))(show_version)


def show(as_json: Json = False, lang: Language = None) -> None:
    """Print every setting, its value and its origin."""
    settings = load_settings({"lang": lang})
    if as_json:
        print_json(
            {name: {"value": v, "origin": origin} for name, (v, origin) in settings.origins.items()}
        )
        return
    rows = [(name, value, origin) for name, (value, origin) in settings.origins.items()]
    print_table([say("ustawienie", "setting"), say("wartość", "value"), say("skąd", "from")], rows)


def show_version(as_json: Json = False) -> None:
    """Print the versions of `pim` and of the libraries that decide its output."""
    versions = {"pim": version("pim-otwarte-dane")} | {name: version(name) for name in LIBRARIES}
    if as_json:
        print_json(versions)
    else:
        print_lines(f"{name} {number}" for name, number in versions.items())
