"""`pim release`: make the next version of the data, look at versions, go back, tidy up."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import Page, PimGroup, page
from pipelines.options import FOLDER, TABLE, Data, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say, tell
from schemas.errors import Exit

if TYPE_CHECKING:
    from exports.release.verify import Verdict

VERSION = say("WERSJA", "VERSION")

Wanted = Annotated[
    str | None,
    typer.Argument(
        metavar=VERSION, help=say("Wersja; domyślnie bieżąca.", "Version; the current one if none.")
    ),
]
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
    group.command("list", **_PAGES["list"])(list_release)
    group.command("show", **_PAGES["show"])(show_release)
    group.command("diff", **_PAGES["diff"])(diff_release)
    group.command("verify", **_PAGES["verify"])(verify_release)
    group.command("rollback", **_PAGES["rollback"])(rollback_release)
    group.command("approve", **_PAGES["approve"])(approve_release)
    group.command("withdraw", **_PAGES["withdraw"])(withdraw_release)
    group.command("gc", **_PAGES["gc"])(gc_release)
    app.add_typer(group, name="release")


def release(
    context: typer.Context,
    date: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=say("RRRR-MM-DD", "YYYY-MM-DD"),
            help=say(
                "Data wydania; domyślnie data zbudowanych danych.",
                "Release date; the date of what was built unless given.",
            ),
        ),
    ] = None,
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
    allow_loss: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-loss",
            metavar=TABLE,
            help=say(
                "Tabela, która świadomie straci wiersze; można powtórzyć.",
                "A table that loses rows on purpose; can be repeated.",
            ),
        ),
    ] = None,
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


def list_release(data: Data = None, as_json: Json = False, lang: Language = None) -> int:
    """Print every release, newest first; exit 0."""
    from pipelines.releasing import candidates, list_releases

    settings = load_settings(flags(data=data, lang=lang))
    found, waiting = list_releases(settings), candidates(settings)
    if as_json:
        listed = [one.as_dict() for one in found]
        print_json({"releases": listed, "awaiting_approval": waiting})
        return int(Exit.OK)
    head = [
        say("wersja", "version"),
        say("data", "date"),
        say("bieżąca", "current"),
        say("podpis", "signed"),
        say("pliki", "files"),
        say("bajty", "bytes"),
    ]
    yes = say("tak", "yes")
    print_table(
        head,
        [
            (o.version, o.date, yes if o.current else "", yes if o.signed else "", o.files, o.bytes)
            for o in found
        ],
    )
    if waiting:
        names = ", ".join(waiting)
        tell([say(f"Czeka na zatwierdzenie: {names}", f"Waits for approval: {names}")])
    return int(Exit.OK)


def show_release(
    version: Wanted = None, data: Data = None, as_json: Json = False, lang: Language = None
) -> int:
    """Print what a release says of itself and what it changed; exit 0."""
    from pipelines.releasing import show

    told, summary = show(load_settings(flags(data=data, lang=lang)), version)
    if as_json:
        texts = {tongue: [getattr(text, tongue) for text in summary] for tongue in ("pl", "en")}
        print_json({**told.facts, "files": len(told.files), "summary": texts})
        return int(Exit.OK)
    names = ("version", "date", "previous", "content_id", "data_id", "revision", "licence")
    lines = [f"{name}: {told.facts.get(name) or '-'}" for name in names]
    datasets = told.facts.get("datasets")
    lines += [
        f"  {one['slug']}: {one['schema_version']} ({one['modified']})"
        for one in (datasets if isinstance(datasets, list) else [])
    ]
    print_lines([*lines, *(text.of(language()) for text in summary)])
    return int(Exit.OK)


def diff_release(
    old: Annotated[
        str, typer.Argument(metavar=VERSION, help=say("Wersja starsza.", "The older version."))
    ],
    new: Wanted = None,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Print what changed between two releases, in the form of `changes.json`; exit 0."""
    from pipelines.releasing import compare

    changes = compare(load_settings(flags(data=data, lang=lang)), old, new)
    if as_json:
        print_json(changes.data)
    else:
        print_lines(text.of(language()) for text in changes.summary)
    return int(Exit.OK)


def verify_release(
    tree: Annotated[
        Path | None,
        typer.Argument(
            metavar=FOLDER,
            help=say(
                "Folder wydania; domyślnie bieżące wydanie z folderu danych.",
                "Folder of a release; the current one of the data folder unless given.",
            ),
        ),
    ] = None,
    key: Annotated[
        str,
        typer.Option(
            "--key",
            metavar=say("KLUCZ", "KEY"),
            help=say(
                "Klucz publiczny minisign: plik .pub albo jego drugi wiersz.",
                "Public key of minisign: the .pub file or its second line.",
            ),
        ),
    ] = "",
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help=say(
                "Czytaj też każdy wiersz, porównaj katalogi i zapytaj sędziów z zewnątrz.",
                "Read every row, compare the catalogues and ask the outside judges, too.",
            ),
        ),
    ] = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 a good release, 2 no such release or key, 3 something is wrong with it."""
    from pipelines.portal import judge_fully
    from pipelines.releasing import verify_tree

    settings = load_settings(flags(data=data, lang=lang))
    verdict = (
        judge_fully(settings, tree, key=key)
        if full
        else verify_tree(settings, tree, key=key, full=False)
    )
    good = not verdict.problems
    if as_json:
        print_json(verdict.as_dict())
        return int(Exit.OK if good else Exit.DATA)
    print_lines(_verdict_lines(verdict))
    return int(Exit.OK if good else Exit.DATA)


def _verdict_lines(verdict: "Verdict") -> Iterator[str]:
    """What was found out about a release, for people."""
    for problem in verdict.problems:
        yield f"{problem.place}: {problem.message.of(language())} ({problem.rule})"
    if verdict.problems:
        return
    signature = (
        say("podpis zgodny z kluczem", "signature fits the key")
        if verdict.checked_signature
        else say("podpisu nie sprawdzono (--key)", "signature not checked (--key)")
        if verdict.signed
        else say("bez podpisu", "not signed")
    )
    yield say(
        f"Wydanie {verdict.version} jest całe: plików {verdict.files}, {signature}.",
        f"Release {verdict.version} is whole: {verdict.files} files, {signature}.",
    )
    if verdict.not_judged:
        points = ", ".join(map(str, verdict.not_judged))
        yield say(
            f"Nieocenione punkty dane.gov.pl: {points} (powód: pim portal check).",
            f"Points of dane.gov.pl not judged: {points} (why: pim portal check).",
        )


def rollback_release(
    version: Named, data: Data = None, as_json: Json = False, lang: Language = None
) -> int:
    """Exit 0 it is current now, 2 no such release, 3 it is damaged or holds what was withdrawn."""
    from pipelines.releasing import rollback

    made = rollback(load_settings(flags(data=data, lang=lang)), version)
    _current(made.as_dict(), made.version, as_json=as_json)
    return int(Exit.OK)


def approve_release(
    version: Named, data: Data = None, as_json: Json = False, lang: Language = None
) -> int:
    """Exit 0 it is current now, 2 no such candidate."""
    from pipelines.releasing import approve_candidate

    made = approve_candidate(load_settings(flags(data=data, lang=lang)), version)
    _current(made.as_dict(), made.version, as_json=as_json)
    return int(Exit.OK)


def _current(told: dict[str, object], version: str, *, as_json: bool) -> None:
    if as_json:
        print_json(told)
    else:
        print_lines([say(f"Wydanie {version} jest bieżące.", f"Release {version} is current now.")])


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


def gc_release(data: Data = None, as_json: Json = False, lang: Language = None) -> int:
    """Remove leftovers; exit 0."""
    from pipelines.releasing import tidy

    gone = tidy(load_settings(flags(data=data, lang=lang)))
    if as_json:
        print_json({"removed": gone})
    else:
        print_lines(gone or [say("Nie ma czego sprzątać.", "There is nothing to tidy up.")])
    return int(Exit.OK)


_COPY = say("kopia", "copy")
_WHY = "--date 2026-11-24 --reason RODO --reason-en GDPR"
_PAGES: dict[str, Page] = {
    "list": page(
        "Wszystkie wydania, od najnowszego.",
        "All releases, newest first.",
        "pim release list",
        f"pim release list --data {_COPY}",
        "pim release list --json",
    ),
    "show": page(
        "Co wydanie mówi o sobie i co zmieniło. Bez wersji: bieżące.",
        "What a release says of itself and what it changed. Without a version: the current one.",
        "pim release show",
        "pim release show 2026.11.0",
        "pim release show --json",
    ),
    "diff": page(
        "Co się zmieniło między dwoma wydaniami. Bez drugiej wersji: do bieżącego.",
        "What changed between two releases. Without a second version: up to the current one.",
        "pim release diff 2026.11.0",
        "pim release diff 2026.11.0 2026.11.1",
        "pim release diff 2026.11.0 --json",
    ),
    "verify": page(
        "Sprawdź wydanie bez sieci: pliki, skróty, XML i paczki, a z kluczem także podpis.",
        "Judge a release offline: files, hashes, XML and packages, and with a key its signature.",
        "pim release verify",
        "pim release verify --full",
        f"pim release verify {_COPY} --key minisign.pub",
    ),
    "rollback": page(
        "Ustaw starsze wydanie jako bieżące. Adresy nowszych plików działają dalej.",
        "Make an older release current again. Addresses of newer files stay alive.",
        "pim release rollback 2026.11.0",
        f"pim release rollback 2026.11.0 --data {_COPY}",
        "pim release rollback 2026.11.0 --json",
    ),
    "approve": page(
        "Zatwierdź przygotowane wydanie: staje się bieżące. Zob. ustawienie release_approval.",
        "Approve a release that waits: it becomes current. See the setting release_approval.",
        "pim release approve 2026.11.1",
        f"pim release approve 2026.11.1 --data {_COPY}",
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
        "pim release gc",
        f"pim release gc --data {_COPY}",
        "pim release gc --json",
    ),
}
