"""`pim match`: whom a name means, in the register of gminas."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.helping import page
from pipelines.options import FILE, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add the command to `pim`."""
    app.command(
        "match",
        **page(
            "Dopasuj nazwy miast i gmin do rejestru TERC. Nazwa niepewna dostaje AMBIGUOUS "
            "i wszystkich kandydatów, nazwa spoza rejestru NONE; nic nie jest zgadywane.",
            "Match names of cities and gminas to the TERC register. A doubtful name gets "
            "AMBIGUOUS and all candidates, one that is not there NONE; nothing is guessed.",
            "pim match --csv nazwy.csv --register TERC_Urzedowy_2025-01-01.zip",
            "pim match --csv nazwy.csv --register terc.csv --json",
            "pim match --csv nazwy.csv --register terc.csv --lang en",
        ),
    )(match)


def match(
    csv: Annotated[
        Path,
        typer.Option(
            "--csv",
            metavar=FILE,
            help=say(
                "CSV z kolumnami query, context_voivodeship, context_network.",
                "CSV with the columns query, context_voivodeship, context_network.",
            ),
        ),
    ],
    register_file: Annotated[
        Path,
        typer.Option(
            "--register",
            metavar=FILE,
            help=say("Pełny urzędowy plik TERC z GUS.", "A full official TERC file from GUS."),
        ),
    ],
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Print per row the TERC code, or AMBIGUOUS or NONE, with candidates, score and reason."""
    from pipelines.matching import match_file
    from reconcile.matching import as_table

    answers = match_file(load_settings(flags(lang=lang)), csv, register_file)
    if as_json:
        print_json({"matches": answers.to_dicts()})
        return
    shown = as_table(answers)
    columns = ["query", "answer", "score", "candidates", "rule", f"reason_{language()}"]
    rows = shown.with_columns(answer=shown["terc"].fill_null(shown["status"])).select(columns)
    print_table(columns, rows.rows())
