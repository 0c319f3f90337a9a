"""`pim release`: make the next version of the data, look at versions, go back, tidy up."""

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.release_looking import VERSION, add_looking
from pipelines.helping import Page, PimGroup, page
from pipelines.options import (
    NOT_DONE,
    AllowLoss,
    Data,
    DryRun,
    Json,
    Language,
    ReleaseDate,
    flags,
)
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, say, tell
from schemas.errors import Exit

if TYPE_CHECKING:
    from assets.released import Made

Named = Annotated[str, typer.Argument(metavar=VERSION, help=say("Wersja.", "Version."))]


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Zrób kolejne wydanie z tego, co zbudowano. Bez podpolecenia: robi je, sprawdza i "
            "ustawia jako bieżące; gdy nic się nie zmieniło, nie robi nic.",
            "Make the next release of what was built. Without a sub-command: makes it, judges it "
            "and makes it current; when nothing has changed, does nothing.",
        ),
        epilog="pim release\npim release --dry-run\npim release list",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(release)
    add_looking(group)
    group.command("rollback", **_PAGES["rollback"])(rollback_release)
    group.command("approve", **_PAGES["approve"])(approve_release)
    group.command("withdraw", **_PAGES["withdraw"])(withdraw_release)
    group.command("gc", **_PAGES["gc"])(gc_release)
    app.add_typer(group, name="release")


def release(
    context: typer.Context,
    date: ReleaseDate = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=say(
                "Przygotuj i sprawdź wydanie, powiedz, co by zmieniło, i nie zostawiaj go.",
                "Make and judge the release, say what it would change, and do not keep it.",
            ),
        ),
    ] = False,
    allow_loss: AllowLoss = None,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 released, waiting or unchanged, 2 no such date or key, 3 stopped by a gate."""
    if context.invoked_subcommand:
        return int(Exit.OK)
    from pipelines.releasing import release as make

    settings = load_settings(flags(data=data, date=date, lang=lang))
    made = make(settings, dry_run=dry_run, allow_loss=allow_loss or ())
    if as_json:
        print_json(made.as_dict())
        return int(Exit.OK)
    headline = {
        "released": say(
            f"Wydano {made.version}; jest bieżące.", f"Released {made.version}; it is current."
        ),
        "unchanged": say(
            f"Nic się nie zmieniło od wydania {made.version}; nowego nie ma.",
            f"Nothing has changed since release {made.version}; there is no new one.",
        ),
        "rolled_back": say(
            f"Te dane były już wydaniem {made.version}, które wycofano z bieżących; nowego nie ma.",
            f"These data were release {made.version} already, which was rolled back; no new one.",
        ),
        "awaiting": say(
            f"Wydanie {made.version} czeka na zatwierdzenie: pim release approve {made.version}",
            f"Release {made.version} waits for approval: pim release approve {made.version}",
        ),
        "dry_run": say(
            f"Próba: byłoby to wydanie {made.version}. Niczego nie zmieniono.",
            f"Dry run: it would be release {made.version}. Nothing was changed.",
        ),
    }[made.outcome]
    print_lines([headline, *(f"  {text.of(language())}" for text in made.summary)])
    if made.outcome == "released" and not made.signed:
        tell([say("Wydanie nie jest podpisane.", "The release is not signed.")])
    return int(Exit.OK)


def rollback_release(
    version: Named,
    dry_run: DryRun = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 it is current now, 2 no such release, 3 it is damaged or holds what was withdrawn."""
    from pipelines.releasing import rollback

    made = rollback(load_settings(flags(data=data, lang=lang)), version, dry_run=dry_run)
    _current(made, as_json=as_json)
    return int(Exit.OK)


def approve_release(
    version: Named,
    dry_run: DryRun = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 it is current now, 2 no such candidate."""
    from pipelines.releasing import approve_candidate

    made = approve_candidate(load_settings(flags(data=data, lang=lang)), version, dry_run=dry_run)
    _current(made, as_json=as_json)
    return int(Exit.OK)


def _current(made: "Made", *, as_json: bool) -> None:
    if as_json:
        print_json(made.as_dict())
        return
    now, before = made.version, made.previous or "-"
    if made.outcome == "dry_run":
        told = say(
            f"Bieżące byłoby {now} zamiast {before}.",
            f"{now} would be current in place of {before}.",
        )
        print_lines([told, NOT_DONE])
        return
    print_lines([say(f"Wydanie {now} jest bieżące.", f"Release {now} is current now.")])


def withdraw_release(
    address: Annotated[
        str,
        typer.Argument(
            metavar=say("ADRES", "ADDRESS"),
            help=say("Ścieżka poniżej folderu public.", "Path below the public folder."),
        ),
    ],
    reason: Annotated[
        str, typer.Option("--reason", help=say("Powód po polsku.", "The reason in Polish."))
    ],
    reason_en: Annotated[
        str, typer.Option("--reason-en", help=say("Powód po angielsku.", "The reason in English."))
    ],
    date: Annotated[
        str, typer.Option("--date", help=say("Dzień decyzji.", "Day of the decision."))
    ],
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Print the line for `withdrawals.csv`; exit 0, or 2 where no such address is published."""
    from pipelines.releasing import withdrawal_line

    settings = load_settings(flags(data=data, lang=lang))
    line, covered = withdrawal_line(settings, address, date, reason, reason_en)
    if as_json:
        print_json({"line": line, "file": "withdrawals.csv", "addresses": covered})
        return int(Exit.OK)
    print_lines([line])
    hint = say(
        f"Adresów, które znikną: {len(covered)}. Dopisz ten wiersz do withdrawals.csv w folderze "
        "faktów, daj do przejrzenia, potem: pim build, pim release.",
        f"Addresses that will go: {len(covered)}. Add this line to withdrawals.csv in the folder "
        "of facts, have it reviewed, then: pim build, pim release.",
    )
    tell([hint])
    return int(Exit.OK)


def gc_release(
    dry_run: DryRun = False, data: Data = None, as_json: Json = False, lang: Language = None
) -> int:
    """Remove leftovers; exit 0."""
    from pipelines.releasing import tidy

    gone = tidy(load_settings(flags(data=data, lang=lang)), dry_run=dry_run)
    if as_json:
        print_json({"removed": gone, "dry_run": dry_run})
    else:
        print_lines(gone or [say("Nie ma czego sprzątać.", "There is nothing to tidy up.")])
        if dry_run:
            print_lines([NOT_DONE])
    return int(Exit.OK)


_COPY = say("kopia", "copy")
_WHY = "--date 2026-11-24 --reason RODO --reason-en GDPR"
_PAGES: dict[str, Page] = {
    "rollback": page(
        "Ustaw starsze wydanie jako bieżące. Adresy nowszych plików działają dalej.",
        "Make an older release current again. Addresses of newer files stay alive.",
        "pim release rollback 2026.11.0 --dry-run",
        "pim release rollback 2026.11.0",
        "pim release rollback 2026.11.0 --json",
    ),
    "approve": page(
        "Zatwierdź przygotowane wydanie: staje się bieżące. Zob. ustawienie release_approval.",
        "Approve a release that waits: it becomes current. See the setting release_approval.",
        "pim release approve 2026.11.1 --dry-run",
        "pim release approve 2026.11.1",
        "pim release approve 2026.11.1 --json",
    ),
    "withdraw": page(
        "Przygotuj wiersz, który wycofuje opublikowany adres. Wycofanie zaczyna działać, gdy "
        "wiersz przejdzie przegląd i powstanie wydanie; na miejscu zostaje strona z powodem.",
        "Prepare the line that withdraws a published address. It takes effect once the line was "
        "reviewed and a release is made; a page with the reason stays in its place.",
        f"pim release withdraw mid/ {_WHY}",
        f"pim release withdraw en/mid/ {_WHY}",
        f"pim release withdraw kronika/ {_WHY}",
    ),
    "gc": page(
        "Usuń pozostałości przerwanych wydań i drzewa zasileń, których nikt nie widzi. Wydań "
        "nie rusza nigdy.",
        "Remove what interrupted releases left, and trees of builds that nobody sees. Releases "
        "are never touched.",
        "pim release gc --dry-run",
        "pim release gc",
        "pim release gc --json",
    ),
}
