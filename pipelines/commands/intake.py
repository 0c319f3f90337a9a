"""`pim intake`: a workbook for an office, checked when it comes back, turned into facts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import PimGroup, page
from pipelines.options import FILE, NOT_DONE, TABLE, DryRun, Facts, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say, tell
from schemas.errors import Exit, PimError
from schemas.text import Text

if TYPE_CHECKING:
    from pipelines.intake_result import Intake

Workbook = Annotated[
    Path,
    typer.Argument(
        metavar=say("SKOROSZYT", "WORKBOOK"), help=say("Wypełniony plik .xlsx.", "A filled .xlsx.")
    ),
]
TableOption = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar=TABLE,
        help=say(
            "Tabela, jeśli skoroszyt jej nie wskazuje.",
            "The table, where the workbook does not name it.",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Skoroszyty dla urzędów: szablon, sprawdzenie, zamiana na fakty.",
            "Workbooks for offices: template, check, turning into facts.",
        ),
        epilog="pim intake template mids\npim intake check mid.xlsx\n"
        "pim intake load mid.xlsx --output mids.csv",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(alone)
    group.command(
        "template",
        **page(
            "Zapisz skoroszyt do wypełnienia przez urząd: nagłówki i podpowiedzi, listy do "
            "wyboru, przykład, instrukcja.",
            "Write a workbook for an office to fill: headers and hints, drop-down lists, an "
            "example, instructions.",
            "pim intake template mids",
            "pim intake template rekomendacje --output do-urzedu.xlsx",
            "pim intake template mids --filled --output do-poprawy.xlsx",
        ),
    )(template)
    group.command(
        "check",
        **page(
            "Sprawdź wypełniony skoroszyt i zapisz go z zaznaczonymi komórkami do poprawy. "
            "Powód stoi w komentarzu przy każdej; podany plik zostaje, jaki był.",
            "Check a filled workbook and write it with the cells to mend marked. The reason "
            "stands in a comment at each; the file itself stays as it was.",
            "pim intake check mid.xlsx",
            "pim intake check mid.xlsx --output mid-uwagi.xlsx",
            "pim intake check mid.xlsx --json",
        ),
    )(check)
    group.command(
        "load",
        **page(
            "Zamień dobre wiersze skoroszytu na plik faktów tabeli: obecne fakty z tymi "
            "wierszami, gotowe do przejrzenia i dołączenia do repozytorium.",
            "Turn the good rows of a workbook into the facts file of the table: the present "
            "facts with these rows, ready for review and for the repository.",
            "pim intake load mid.xlsx --output mids.csv",
            "pim intake load mid.xlsx --output mids.csv --json",
            "pim intake load mid.xlsx --table mids --output mids.csv",
        ),
    )(load)
    app.add_typer(group, name="intake")


def alone(context: typer.Context) -> int:
    """Without a command: the help page and exit code 2, as `pim` alone."""
    if context.invoked_subcommand:
        return int(Exit.OK)
    print_lines(context.get_help().splitlines(), sys.stderr)
    return int(Exit.USAGE)


def template(
    table: Annotated[
        str,
        typer.Argument(
            metavar=TABLE,
            help=say("Nazwa tabeli, polska lub angielska.", "Polish or English name of a table."),
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar=FILE,
            help=say(
                "Plik wynikowy; domyślnie polska nazwa tabeli z końcówką .xlsx.",
                "File to write; the Polish name of the table with .xlsx unless given.",
            ),
        ),
    ] = None,
    filled: Annotated[
        bool,
        typer.Option(
            "--filled",
            help=say(
                "Z obecnymi wierszami, żeby urząd mógł je poprawić.",
                "With the present rows, for an office to mend.",
            ),
        ),
    ] = False,
    facts: Facts = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Write the workbook and say where it is."""
    from pipelines.intake import make_template

    settings = load_settings(flags(facts=facts, lang=lang))
    name, made = make_template(settings, table, filled=filled)
    path = output or Path(name)
    _write(path, made, dry_run=dry_run)
    if as_json:
        print_json({"output": str(path), "bytes": len(made), "dry_run": dry_run})
    else:
        print_lines([str(path)])
        _say_trial(dry_run)


def check(
    workbook: Workbook,
    table: TableOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar=FILE,
            help=say(
                "Sprawdzony skoroszyt; domyślnie nazwa pliku z końcówką -sprawdzony.xlsx.",
                "The checked workbook; the file's name with -sprawdzony.xlsx unless given.",
            ),
        ),
    ] = None,
    facts: Facts = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 when all rows are good, 3 when something has to be mended."""
    from pipelines.intake import check_intake, checked_workbook

    settings = load_settings(flags(facts=facts, lang=lang))
    intake = check_intake(settings, workbook, table)
    path = output or workbook.with_name(f"{workbook.stem}-sprawdzony.xlsx")
    _not_onto(path, workbook)
    _write(path, checked_workbook(settings, intake), dry_run=dry_run)
    if as_json:
        print_json(intake.as_dict() | {"output": str(path), "dry_run": dry_run})
    else:
        _print_intake(intake)
        written = say(f"Sprawdzony skoroszyt: {path}", f"Checked workbook: {path}")
        tell([written])
        _say_trial(dry_run)
    return int(Exit.DATA if intake.refused else Exit.OK)


def load(
    workbook: Workbook,
    output: Annotated[
        Path,
        typer.Option(
            "--output", metavar=FILE, help=say("Plik faktów (CSV).", "The facts file (CSV).")
        ),
    ],
    table: TableOption = None,
    facts: Facts = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 when all rows went into the file, 3 when some were left out."""
    from pipelines.intake import check_intake, facts_of

    settings = load_settings(flags(facts=facts, lang=lang))
    intake = check_intake(settings, workbook, table)
    text, keys = facts_of(intake)
    _not_onto(output, workbook)
    _write(output, text.encode(), dry_run=dry_run)
    if as_json:
        told_too = {"output": str(output), "changes": keys, "dry_run": dry_run}
        print_json(intake.as_dict() | told_too)
    else:
        _print_intake(intake)
        counts = {name: len(found) for name, found in keys.items()}
        told = Text(
            "Plik faktów: {output}. Nowe wiersze: {new}, zmienione: {changed}, takie same: {same}.",
            "Facts file: {output}. New rows: {new}, changed: {changed}, the same: {same}.",
        ).fill(output=output, **counts)
        tell([told.of(language())])
        _say_trial(dry_run)
    return int(Exit.DATA if intake.refused else Exit.OK)


def _print_intake(intake: "Intake") -> None:
    from exports.intake.checked import cell_of
    from pipelines.intake_result import layout_of

    layout = layout_of(intake.table, intake.found)
    print_table(
        [
            say("arkusz", "sheet"),
            say("komórka", "cell"),
            say("kolumna", "column"),
            say("wartość", "value"),
            say("reguła", "rule"),
            say("powód", "reason"),
        ],
        [
            (
                intake.found.sheet,
                cell_of(layout, problem),
                "+".join(problem.columns),
                problem.value,
                problem.rule,
                problem.reason.of(language()),
            )
            for problem in intake.problems
        ],
    )
    counts = Text(
        f"Wiersze: {intake.rows}, dobre: {intake.accepted.height}, do poprawy: {intake.rejected}.",
        f"Rows: {intake.rows}, good: {intake.accepted.height}, to mend: {intake.rejected}.",
    )
    tell([counts.of(language()), *intake.lines(language())])


def _say_trial(dry_run: bool) -> None:
    if dry_run:
        tell([NOT_DONE])


def _write(path: Path, data: bytes, *, dry_run: bool) -> None:
    from schemas.files import replacing

    if dry_run:
        return
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def _not_onto(output: Path, workbook: Path) -> None:
    """Never write over what an office sent."""
    if output.resolve() == workbook.resolve():
        raise PimError(
            "PIM-INT-004",
            Text(
                "Wynik zapisałby się na pliku z urzędu.",
                "The result would be written over the office's file.",
            ),
            where=str(output),
            fix=Text("Podaj inną nazwę po --output.", "Give another name after --output."),
            exit_code=Exit.USAGE,
        )
