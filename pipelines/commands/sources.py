"""`pim sources`: what the data are made of, how old it is, and getting what is newer."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import PimGroup, page
from pipelines.options import FILE, NOT_DONE, Data, DryRun, Json, Language, day_of, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say, tell
from schemas.errors import Exit

if TYPE_CHECKING:
    from sources.snapshots.accepting import Outcome

SOURCE = say("ŹRÓDŁO", "SOURCE")
PLANNED = {
    "fetch": say("pobierz", "fetch"),
    "not_due": say("jeszcze nie czas", "not due yet"),
    "find": say("znajdź na stronie i pobierz", "find on the page and fetch"),
    "by_hand": say("podaj ręcznie", "by hand"),
}
DAY = say("RRRR-MM-DD", "YYYY-MM-DD")

Day = Annotated[
    str | None,
    typer.Option(
        "--day",
        metavar=DAY,
        help=say(
            "Dzień, o którego stan prosimy (eTERYT, usługa TERYT); domyślnie dziś.",
            "The day whose state is asked for (eTERYT, TERYT service); today unless given.",
        ),
    ),
]
AllowLoss = Annotated[
    bool,
    typer.Option(
        "--allow-loss",
        help=say(
            "Przyjmij także stan, który ma dużo mniej wierszy niż obecny.",
            "Accept a state that has far fewer rows than the present one, too.",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Źródła: stan na dzień, kiedy pobrano, wynik, licencja.",
            "Sources: state date, when retrieved, verdict, licence.",
        ),
        epilog="pim sources\npim sources --json\npim sources refresh terc simc",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(list_all)
    group.command(
        "add",
        **page(
            "Przyjmij plik ręcznie jako stan źródła. Te same sprawdzenia i odmowy co przy "
            "pobieraniu; odmowa daje kod wyjścia 3 i zostawia ostatni dobry stan.",
            "Take a file by hand as the state of a source. The same checks and refusals as for a "
            "fetch; a refusal gives exit code 3 and leaves the last good state.",
            "pim sources add TERC_Urzedowy_2026-01-02.zip --source terc",
            "pim sources add tablice.xlsx --source population --json",
            "pim sources add TERC.zip --source terc --day 2020-01-01",
        ),
    )(add)
    group.command(
        "refresh",
        **page(
            "Pobierz nowsze stany źródeł. Bez nazw: wszystkich, na które przyszedł czas. Kiedy "
            "źródło zawiedzie, obowiązuje ostatni dobry stan, a kod wyjścia to 5.",
            "Fetch newer states of sources. Without names: of all that are due. When a source "
            "fails, the last good state is used and the exit code is 5.",
            "pim sources refresh",
            "pim sources refresh terc simc --dry-run",
            "pim sources refresh terc --day 2020-01-01",
        ),
    )(refresh)
    group.command(
        "indicators",
        **page(
            "Pobierz wskaźniki z Banku Danych Lokalnych: tylko to, co GUS od ostatniego razu "
            "zmienił. Najpierw mówi, ile zapytań to wymaga. Przerwane pobieranie wznawia od "
            "miejsca przerwania; wartości trafiają do danych przy następnym `pim build`.",
            "Fetch indicators from the Local Data Bank: only what Statistics Poland has changed "
            "since the last time. Says first how many calls that takes. A fetch that broke off "
            "goes on from there; values get into the data with the next `pim build`.",
            "pim sources indicators",
            "pim sources indicators --theme air",
            "pim sources indicators --theme air --theme housing --json",
        ),
    )(indicators)
    app.add_typer(group, name="sources")


def list_all(
    context: typer.Context, data: Data = None, as_json: Json = False, lang: Language = None
) -> int:
    """Print every source; exit 0."""
    if context.invoked_subcommand:
        return int(Exit.OK)
    from pipelines.sourcestate import CELLS, list_sources

    states = list_sources(load_settings(flags(data=data, lang=lang)))
    if as_json:
        print_json({"sources": [state.as_dict() for state in states]})
    else:
        header = [text.of(language()) for text in CELLS]
        print_table(header, [state.cells(language()) for state in states])
    return int(Exit.OK)


def add(
    file: Annotated[Path, typer.Argument(metavar=FILE, help=say("Plik źródła.", "The file."))],
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar=SOURCE,
            help=say("Nazwa źródła; wypisze je `pim sources`.", "Name; `pim sources` lists them."),
        ),
    ],
    day: Day = None,
    allow_loss: AllowLoss = False,
    dry_run: DryRun = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 accepted, kept or unchanged, 3 refused."""
    from pipelines.refreshing import add_file, exit_code

    settings = load_settings(flags(data=data, lang=lang))
    outcome = add_file(
        settings, file, source, day=day_of("--day", day), allow_loss=allow_loss, dry_run=dry_run
    )
    if source == "bdl" and outcome.provenance is not None and not dry_run:
        from pipelines.indicators import take_workbooks

        # Of other sources builds read the snapshot; values of the bank are kept with revisions.
        take_workbooks(settings, say=lambda text: tell([text.of(language())]))
    _print([outcome], as_json=as_json, alone=True)
    if dry_run and not as_json:
        tell([NOT_DONE])
    return int(exit_code([outcome], by_hand=True))


def refresh(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar=SOURCE, help=say("Nazwy źródeł.", "Names of sources.")),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=say(
                "Tylko pokaż, o co by zapytano; nic nie pobiera i nie zapisuje.",
                "Only show what would be asked; fetches and writes nothing.",
            ),
        ),
    ] = False,
    day: Day = None,
    allow_loss: AllowLoss = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 all is new or unchanged, 5 a source failed; its last good state is used."""
    from pipelines.refreshing import exit_code, plan_refresh
    from pipelines.refreshing import refresh as run_refresh

    settings = load_settings(flags(data=data, lang=lang))
    if dry_run:
        plans = plan_refresh(settings, names or [], day_of("--day", day))
        if as_json:
            print_json({"plan": [plan.as_dict() for plan in plans]})
        else:
            print_table(
                [say("źródło", "source"), say("co", "what"), say("adres", "address")],
                [(one.source.name, PLANNED[one.action], one.address) for one in plans],
            )
        return int(Exit.OK)
    outcomes = run_refresh(settings, names or [], day=day_of("--day", day), allow_loss=allow_loss)
    _print(outcomes, as_json=as_json)
    return int(exit_code(outcomes))


def indicators(
    theme: Annotated[
        list[str] | None,
        typer.Option(
            "--theme",
            metavar=say("DZIEDZINA", "THEME"),
            help=say("Tylko ta dziedzina; można powtórzyć.", "Only this theme; may be repeated."),
        ),
    ] = None,
    dry_run: DryRun = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 when all that is due was fetched, 5 when the service failed."""
    from pipelines.indicators import fetch_indicators, plan_indicators, summary

    settings = load_settings(flags(data=data, lang=lang))
    if dry_run:
        planned = plan_indicators(settings, theme or [])
        if as_json:
            print_json(planned.as_dict())
        else:
            print_lines(line.of(language()) for line in planned.lines())
            tell([NOT_DONE])
        return int(Exit.OK)
    fetched = fetch_indicators(
        settings,
        theme or [],
        say=lambda text: tell([text.of(language())]),
    )
    if as_json:
        print_json(fetched.as_dict())
    else:
        print_lines(line.of(language()) for line in summary(fetched))
    return int(Exit.OK)


def _print(outcomes: "list[Outcome]", *, as_json: bool, alone: bool = False) -> None:
    from pipelines.sourcestate import outcome_dict, outcome_lines
    from sources.snapshots.verdicts import Verdict

    found = [outcome_dict(outcome) for outcome in outcomes]
    if as_json:
        print_json(found[0] if alone else {"sources": found})
        return
    if not outcomes:
        line = say(
            "Nic nie trzeba teraz pobierać. Podaj nazwy źródeł, aby pobrać mimo to.",
            "Nothing is due. Name the sources to fetch them all the same.",
        )
        print_lines([line])
    for outcome in outcomes:
        print_lines(outcome_lines(outcome, language()))
    if any(outcome.verdict is Verdict.FAILED for outcome in outcomes):
        line = say(
            "Nie wszystko pobrano; obowiązuje ostatni dobry stan.",
            "Not everything was fetched; the last good state is used.",
        )
        tell([line])
