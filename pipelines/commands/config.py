"""`pim config show`, `pim version` and `pim completion`."""

import os
from enum import StrEnum
from typing import Annotated

import typer

from pipelines.helping import PimGroup, page
from pipelines.options import Data, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import print_json, print_table, say


class Shell(StrEnum):
    """Shells that completion is there for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say("Ustawienia i skąd się wzięły.", "Settings and where they came from."),
        epilog="pim config show\npim config show --json\npim config show --lang en",
        rich_markup_mode=None,
    )
    group.command(
        "show",
        **page(
            "Pokaż wszystkie ustawienia i skąd się wzięły. Wygrywa opcja, potem zmienna PIM_…, "
            "potem plik pim.toml w bieżącym folderze, na końcu wartość domyślna.",
            "Show all settings and where they came from. An option wins, then a variable PIM_…, "
            "then the file pim.toml in the current folder, then the default.",
            "pim config show",
            "pim config show --json",
            "PIM_LANG=en pim config show",
        ),
    )(show)
    app.add_typer(group, name="config")
    app.command(
        "version",
        **page(
            "Wersje programu i bibliotek, które decydują o wyniku.",
            "Versions of the program and of the libraries that decide its output.",
            "pim version",
            "pim version --json",
            "pim --version",
        ),
    )(show_version)
    app.command(
        "completion",
        **page(
            "Skrypt, który uczy powłokę podpowiadać polecenia i opcje `pim`.",
            "A script that teaches your shell to complete the commands and options of `pim`.",
            'eval "$(pim completion bash)"',
            "pim completion zsh",
            "pim completion fish",
        ),
    )(completion)


def show(data: Data = None, as_json: Json = False, lang: Language = None) -> None:
    """Print every setting, its value and its origin."""
    settings = load_settings(flags(data=data, lang=lang))
    if as_json:
        print_json(
            {name: {"value": v, "origin": origin} for name, (v, origin) in settings.origins.items()}
        )
        return
    said = {"default": say("domyślna", "default")}
    rows = [(name, value, said.get(by, by)) for name, (value, by) in settings.origins.items()]
    print_table([say("ustawienie", "setting"), say("wartość", "value"), say("skąd", "from")], rows)


def show_version(as_json: Json = False, lang: Language = None) -> None:
    """Print the versions of `pim` and of the libraries that decide its output."""
    from importlib.metadata import version

    from pipelines.fingerprint import LIBRARIES
    from warehouse.opening import STORAGE

    load_settings({"lang": lang})
    versions = {"pim": version("pim-otwarte-dane")}
    versions |= {name: version(name) for name in ("dagster", *LIBRARIES)}
    versions["duckdb_storage"] = STORAGE
    if as_json:
        print_json(versions)
    else:
        print_table([say("program", "program"), say("wersja", "version")], list(versions.items()))


def completion(
    context: typer.Context,
    shell: Annotated[
        Shell,
        typer.Argument(
            metavar=say("POWŁOKA", "SHELL"),
            help=say("bash, zsh, fish albo powershell.", "bash, zsh, fish or powershell."),
        ),
    ],
) -> None:
    """Print the script, as typer makes it when it is asked through this variable."""
    os.environ["_PIM_COMPLETE"] = f"source_{shell}"
    context.find_root().command.main([], prog_name="pim")
