"""`pim documents`: get the documents that facts are found in."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.helping import PimGroup, page
from pipelines.options import FILE, NOT_DONE, DryRun, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_error, print_json, print_lines, say, tell
from schemas.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Dokumenty, z których odczytujemy fakty.", "The documents that facts are read from."
        ),
        epilog=say(
            "pim documents fetch adresy.txt\n"
            "pim documents fetch adresy.txt --json\n"
            "pim documents fetch adresy.txt --documents dokumenty",
            "pim documents fetch addresses.txt\n"
            "pim documents fetch addresses.txt --json\n"
            "pim documents fetch addresses.txt --documents documents",
        ),
        rich_markup_mode=None,
    )
    listed = say("adresy.txt", "addresses.txt")
    group.command(
        "fetch",
        **page(
            "Pobierz dokumenty z listy adresów (jeden w wierszu) do folderu z ustawienia "
            "`documents`. Przychodzi tylko to, co się zmieniło; czego nie da się odczytać, nie "
            "zajmie miejsca tego, co już jest.",
            "Fetch documents from a list of addresses (one a line) into the folder of the setting "
            "`documents`. Only what changed comes; what cannot be read does not take the place of "
            "what is there.",
            f"pim documents fetch {listed}",
            f"pim documents fetch {listed} --json",
            f"pim documents fetch {listed} --documents {say('dokumenty', 'documents')}",
        ),
    )(fetch)
    app.add_typer(group, name="documents")


def fetch(
    addresses: Annotated[
        Path,
        typer.Argument(metavar=FILE, help=say("Lista adresów.", "The list of addresses.")),
    ],
    documents: Annotated[
        Path | None,
        typer.Option(
            "--documents",
            metavar=say("FOLDER", "FOLDER"),
            help=say("Folder dokumentów.", "The folder of documents."),
        ),
    ] = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 all is there, 2 a bad list or no folder, 5 something could not be fetched."""
    from pipelines.documents import fetch_listed, line_of, plan_listed

    settings = load_settings(flags(documents=documents, lang=lang))
    if dry_run:
        planned = plan_listed(settings, addresses)
        if as_json:
            print_json({"plan": [{"address": one, "file": file} for one, file in planned.items()]})
        else:
            print_lines(f"{one}: {file or say('nowy', 'new')}" for one, file in planned.items())
            tell([NOT_DONE])
        return int(Exit.OK)
    fetched = fetch_listed(settings, addresses)
    if as_json:
        print_json({"documents": [one.as_dict() for one in fetched]})
    else:
        print_lines(line_of(one).of(language()) for one in fetched)
        for one in fetched:
            if one.error is not None:
                print_error(one.error)
        if any(one.outcome in ("new", "changed") for one in fetched):
            hint = say("Fakty odczyta z nich `pim build`.", "`pim build` reads facts from them.")
            tell([hint])
    failed = any(one.outcome == "failed" for one in fetched)
    return int(Exit.SOURCE if failed else Exit.OK)
