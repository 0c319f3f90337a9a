"""`pim check`: hold files against their tables without storing anything."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.helping import page
from pipelines.options import FILE, TABLE, Facts, Json, Language, Strict, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say
from schemas.errors import Exit


def register(app: typer.Typer) -> None:
    """Add the command to `pim`."""
    app.command(
        "check",
        **page(
            "Sprawdź wszystkie fakty albo jeden plik (CSV, XLSX, Parquet, JSON) według tabeli. "
            "Niczego nie zapisuje.",
            "Check all facts, or one file (CSV, XLSX, Parquet, JSON) against its table. Stores "
            "nothing.",
            "pim check",
            "pim check mid.xlsx",
            "pim check nowe.csv --table mids --json",
        ),
    )(check)


def check(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=FILE,
            help=say(
                "Plik CSV, XLSX, Parquet albo JSON do sprawdzenia.",
                "CSV, XLSX, Parquet or JSON file to check.",
            ),
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option(
            "--table",
            metavar=TABLE,
            help=say(
                "Tabela, według której sprawdzać; domyślnie nazwa pliku.",
                "Table to check against; the file's name unless given.",
            ),
        ),
    ] = None,
    facts: Facts = None,
    strict: Strict = False,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 when all is good, 3 when rows or files are refused, 4 for warnings with --strict."""
    from pipelines.checking import check_facts, check_file

    settings = load_settings(flags(facts=facts, lang=lang))
    report = check_file(settings, file, table) if file else check_facts(settings)
    if as_json:
        print_json(report.as_dict())
    else:
        print_table(
            [
                say("tabela", "table"),
                say("wiersze", "rows"),
                say("przyjęte", "accepted"),
                say("odrzucone", "rejected"),
            ],
            [(v.table.name, v.rows, v.accepted.height, v.rejected_rows) for v in report.verdicts],
        )
        print_lines(report.lines(language()))
    if report.refused:
        return int(Exit.DATA)
    return int(Exit.STRICT) if strict and report.warned else int(Exit.OK)
