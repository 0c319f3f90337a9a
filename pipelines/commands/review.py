"""`pim review`: what no rule decides, shown with its evidence, and decided by a person."""

import shlex
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import PimGroup, page
from pipelines.options import NOT_DONE, Data, DryRun, Facts, Json, Language, day_of, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say, tell
from schemas.errors import Exit, PimError
from schemas.text import Text

if TYPE_CHECKING:
    from pipelines.reviewing import Review, Written

ITEM = say("SPRAWA", "ITEM")

Item = Annotated[
    str,
    typer.Argument(
        metavar=ITEM,
        help=say(
            "Identyfikator sprawy albo jego początek.", "Identifier of an item, or how it begins."
        ),
    ),
]
Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        metavar=say("POWÓD", "REASON"),
        help=say("Dlaczego; bez nazwisk i kontaktów.", "Why; without people's names or contacts."),
    ),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--date",
        metavar=say("RRRR-MM-DD", "YYYY-MM-DD"),
        help=say("Dzień decyzji; domyślnie dzisiejszy.", "Day of the decision; today by default."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Sprawy, których nie rozstrzyga reguła: nazwy, sprzeczności, nowe fakty. Pokazuje je z "
            "dowodami i zapisuje decyzje ludzi.",
            "What no rule decides: names, conflicts, new facts. Shows them with their evidence "
            "and writes down what people decide.",
        ),
        epilog="pim review list\npim review show item-1f0c\n"
        + say(
            "pim review decide item-1f0c 1403103 --reason 'Sieć miast z Mazowsza.'",
            "pim review decide item-1f0c 1403103 --reason 'A network of cities in Mazovia.'",
        ),
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(alone)
    for name, command in (
        ("list", list_items),
        ("show", show_item),
        ("decide", decide_item),
        ("defer", defer_item),
    ):
        group.command(name, **_PAGES[name])(command)
    app.add_typer(group, name="review")


_PAGES = {
    "list": page(
        "Sprawy, które czekają na człowieka. Pokazuje też decyzje, które wygasły albo są zbędne; "
        "rozstrzygnięte i odłożone pokaże --state.",
        "Items that wait for a person. Shows decisions that have expired or are not needed, too; "
        "--state shows those decided and deferred.",
        "pim review list",
        say("pim review list --document lista.docx", "pim review list --document list.docx"),
        "pim review list --kind name --state expired --json",
    ),
    "show": page(
        "Jedna sprawa: dowody z cytatami, kandydaci, powód, wcześniejsza decyzja.",
        "One item: evidence with quotes, candidates, the reason, an earlier decision.",
        "pim review show item-1f0c",
        "pim review show 1f0c",
        "pim review show item-1f0c --json",
    ),
    "decide": page(
        "Zapisz decyzję w decisions.csv. Miasto podaj kodem TERC, identyfikatorem albo jako none; "
        "w sprzeczności podaj jedną z wartości; w innych sprawach accept albo reject. Decyzja "
        "działa od następnego `pim build`.",
        "Write a decision into decisions.csv. Give a city by TERC code, identifier or as none; in "
        "a conflict one of the values; else accept or reject. The decision works from the next "
        "`pim build` on.",
        say(
            "pim review decide item-1f0c 1403103 --reason 'Sieć miast z Mazowsza.'",
            "pim review decide item-1f0c 1403103 --reason 'A network of cities in Mazovia.'",
        ),
        say(
            "pim review decide item-1f0c none --reason 'To stowarzyszenie.'",
            "pim review decide item-1f0c none --reason 'It is an association.'",
        ),
        say(
            "pim review decide item-77ab accept --reason 'Wpisano do counts.csv.'",
            "pim review decide item-77ab accept --reason 'Entered into counts.csv.'",
        ),
    ),
    "defer": page(
        "Odłóż sprawę, z powodem. Wróci, gdy zmieni się to, na czym oparto decyzję.",
        "Put an item off, with a reason. It comes back when what it stands on changes.",
        say(
            "pim review defer item-1f0c --reason 'Czekamy na odpowiedź ministerstwa.'",
            "pim review defer item-1f0c --reason 'The ministry has been asked.'",
        ),
        say(
            "pim review defer item-1f0c --reason 'Brak protokołu.' --date 2026-11-20",
            "pim review defer item-1f0c --reason 'No minutes yet.' --date 2026-11-20",
        ),
        say(
            "pim review defer item-1f0c --reason 'Po konferencji.' --json",
            "pim review defer item-1f0c --reason 'After the conference.' --json",
        ),
    ),
}


def alone(context: typer.Context) -> int:
    """Without a sub-command: the help page, and exit code 2."""
    if context.invoked_subcommand:
        return int(Exit.OK)
    print_lines(context.get_help().splitlines(), sys.stderr)
    return int(Exit.USAGE)


def list_items(
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar=say("RODZAJ", "KIND"),
            help=say("Tylko: ", "Only: ") + "name, mid_city, conflict, fact, mid_value.",
        ),
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            metavar=say("STAN", "STATE"),
            help=say("Tylko: ", "Only: ") + "open, expired, deferred, decided, gone, all.",
        ),
    ] = None,
    document: Annotated[
        str | None,
        typer.Option(
            "--document",
            metavar=say("TEKST", "TEXT"),
            help=say("Tylko dokumenty z tym tekstem w nazwie.", "Documents named like this only."),
        ),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help=say("Kod wyjścia 4, gdy coś czeka.", "Exit code 4 when something waits."),
        ),
    ] = False,
    data: Data = None,
    facts: Facts = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0, or 4 with `--strict` when one of the items shown waits for a person."""
    import polars as pl

    from pipelines.reviewing import WAITING, Review
    from schemas.tables.decisions import ItemKind
    from schemas.tables.review_items import ItemState

    _one_of("--kind", kind, ItemKind)
    _one_of("--state", state, [*ItemState, "all"])
    review = Review(load_settings(flags(data=data, facts=facts, lang=lang)))
    rows = review.rows.sort("kind", "question", "item_id")
    if state != "all":
        rows = rows.filter(pl.col("state").is_in([state] if state else list(map(str, WAITING))))
    if kind:
        rows = rows.filter(pl.col("kind") == kind)
    if document:
        rows = rows.filter(pl.col("document").str.contains(document, literal=True))
    if as_json:
        print_json({"documents_given": review.given, "items": rows.to_dicts()})
    else:
        _print_items(review, rows.to_dicts())
    waits = not rows.filter(pl.col("state").is_in(list(map(str, WAITING)))).is_empty()
    return int(Exit.STRICT) if strict and waits else int(Exit.OK)


def show_item(
    item: Item, data: Data = None, facts: Facts = None, as_json: Json = False, lang: Language = None
) -> None:
    """Print one item with all that speaks for an answer."""
    from pipelines.reviewed import as_dict, lines
    from pipelines.reviewing import Review

    review = Review(load_settings(flags(data=data, facts=facts, lang=lang)))
    found = review.item(item)
    details = review.details(found)
    if as_json:
        print_json(as_dict(found, details))
    else:
        print_lines(lines(found, details, language()))


def decide_item(
    item: Item,
    value: Annotated[
        str,
        typer.Argument(
            metavar=say("WARTOŚĆ", "VALUE"),
            help=say("Miasto, wartość albo accept, reject.", "City, value, or accept, reject."),
        ),
    ],
    reason: Reason,
    date: Day = None,
    dry_run: DryRun = False,
    data: Data = None,
    facts: Facts = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Write the decision and say what to commit."""
    review = _review(data, facts, lang)
    from pipelines.reviewing import today

    found = review.item(item)
    day = day_of("--date", date) or today(review.settings)
    written = review.decide(found, value, reason, day, dry_run=dry_run)
    _print_written(written, as_json=as_json, dry_run=dry_run)


def defer_item(
    item: Item,
    reason: Reason,
    date: Day = None,
    dry_run: DryRun = False,
    data: Data = None,
    facts: Facts = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Write down that the item is put off, and say what to commit."""
    review = _review(data, facts, lang)
    from pipelines.reviewing import today

    found = review.item(item)
    day = day_of("--date", date) or today(review.settings)
    written = review.defer(found, reason, day, dry_run=dry_run)
    _print_written(written, as_json=as_json, dry_run=dry_run)


def _review(data: object, facts: object, lang: object) -> "Review":
    from pipelines.reviewing import Review

    return Review(load_settings(flags(data=data, facts=facts, lang=lang)))


def _print_items(review: "Review", rows: list[dict[str, object]]) -> None:
    from pipelines.reviewed import cells

    if not review.given:
        told = say(
            "Ostatnie zasilenie nie miało dokumentów: o nic nie pyta (ustawienie documents).",
            "The last build had no documents: it asks nothing (setting documents).",
        )
        tell([told])
        return
    if not rows:
        tell([say("Nic tu nie czeka.", "Nothing waits here.")])
        return
    print_table(
        [
            say("sprawa", "item"),
            say("rodzaj", "kind"),
            say("stan", "state"),
            say("pytanie", "question"),
            say("kontekst", "context"),
            say("decyzja", "decision"),
        ],
        [cells(row, language()) for row in rows],
    )
    tell([say(f"Spraw: {len(rows)}.", f"Items: {len(rows)}.")])


def _print_written(written: "Written", *, as_json: bool, dry_run: bool) -> None:
    path = shlex.quote(str(written.file))
    commit = f"git commit -m 'Decide {written.item_id}: {written.decided}' -- {path}"
    if as_json:
        print_json(
            {
                "item_id": written.item_id,
                "decided": str(written.decided),
                "value": written.value,
                "file": str(written.file),
                "replaced": written.replaced,
                "commit": commit,
                "dry_run": dry_run,
            }
        )
        return
    shown = written.decided.label.of(language()) + (f": {written.value}" if written.value else "")
    told = [f"{written.item_id}: {shown}"]
    if written.replaced:
        told.append(
            say("Zastępuje wcześniejszą decyzję.", "It takes the place of an earlier decision.")
        )
    if dry_run:
        print_lines([*told, NOT_DONE])
        return
    told += [
        say(f"Zapisano w: {written.file}", f"Written into: {written.file}"),
        say(f"Zatwierdź: {commit}", f"Commit: {commit}"),
        say("Zadziała przy następnym „pim build”.", "It works from the next 'pim build' on."),
    ]
    if written.decided == "accept":
        told.append(
            say(
                "Przyjęty fakt wpisz też do pliku faktów jego tabeli: sama decyzja go nie dodaje.",
                "Enter the accepted fact into the facts file of its table, too: the decision "
                "alone does not add it.",
            )
        )
    print_lines(told)


def _one_of(option: str, given: str | None, allowed: Iterable[str]) -> None:
    words = [str(word) for word in allowed]
    if given is None or given in words:
        return
    shown = ", ".join(words)
    raise PimError(
        "PIM-CFG-003",
        Text("Wartość ustawienia jest niewłaściwa.", "The value of a setting does not fit."),
        where=f"{option} {given}",
        fix=Text(f"Dopuszczalne: {shown}.", f"Allowed: {shown}."),
        exit_code=Exit.USAGE,
    )
