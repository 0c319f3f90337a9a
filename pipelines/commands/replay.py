"""`pim replay`: rejected rows judged again, after something was mended."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.helping import page
from pipelines.options import FOLDER, TABLE, Data, Facts, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_table, say, tell
from schemas.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to `pim`."""
    app.command(
        "replay",
        **page(
            "Sprawdź odrzucone wiersze jeszcze raz, po zmianie reguły, poprawce albo nowym stanie "
            "źródła. Mówi, które przejdą, które nadal nie i dlaczego, a których w źródle już nie "
            "ma. Tabel nie zmienia: co przejdzie, wejdzie do nich przy następnym `pim build`.",
            "Check the rejected rows again, after a rule, a fact or a source changed. It says "
            "which pass now, which still fail and why, and which are gone from their source. It "
            "changes no table: what passes enters with the next `pim build`.",
            "pim replay",
            "pim replay mids --json",
            say(
                "pim replay mids --output przyjete --dry-run",
                "pim replay mids --output accepted --dry-run",
            ),
        ),
    )(replay)


def replay(
    table: Annotated[
        str | None,
        typer.Argument(
            metavar=TABLE, help=say("Tylko ta tabela; domyślnie wszystkie.", "This table only.")
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar=FOLDER,
            help=say(
                "Zapisz tu wiersze, które przejdą, jako pliki faktów.",
                "Write the rows that pass here, as facts files.",
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help=say("Niczego nie zapisuj.", "Write nothing, also with --output.")
        ),
    ] = False,
    data: Data = None,
    facts: Facts = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 when nothing fails any more, 3 when something does."""
    from pipelines.replaying import replay as judge_again
    from pipelines.replaying import write_accepted

    settings = load_settings(flags(data=data, facts=facts, lang=lang))
    result = judge_again(settings, table)
    written = write_accepted(result, output) if output and not dry_run else []
    if as_json:
        print_json(result.as_dict() | {"written": [str(path) for path in written]})
    else:
        print_table(
            [
                say("tabela", "table"),
                say("miejsce", "place"),
                say("klucz", "key"),
                say("złamane reguły", "broken rules"),
                say("teraz", "now"),
                say("powód", "reason"),
            ],
            [row.cells(language()) for row in result.rows],
        )
        counts = result.counts()
        good = counts["accepted"] + counts["mended"]
        told = [
            say(
                f"Przejdzie: {good}, nadal odrzucone: {counts['rejected']}, nie ma już w źródle: "
                f"{counts['gone']}.",
                f"Pass now: {good}, still rejected: {counts['rejected']}, gone from their "
                f"source: {counts['gone']}.",
            )
        ]
        if good:
            told.append(
                say(
                    "Wejdą do tabel przy następnym „pim build”.",
                    "They enter the tables with the next 'pim build'.",
                )
            )
        tell([*told, *map(str, written)])
    return int(Exit.DATA if result.failing else Exit.OK)
