"""What `pim release` only looks at: list, show, diff, verify, and making one again to compare."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import Page, page
from pipelines.options import FOLDER, Data, Facts, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, print_table, say, tell
from schemas.errors import Exit

if TYPE_CHECKING:
    from exports.release.verify import Verdict
    from pipelines.rebuilding import Rebuilt

VERSION = say("WERSJA", "VERSION")

Wanted = Annotated[
    str | None,
    typer.Argument(
        metavar=VERSION, help=say("Wersja; domyślnie bieżąca.", "Version; the current one if none.")
    ),
]
_SHOWN = 20
"""Differing files that are printed; `--json` has all."""


def add_looking(group: typer.Typer) -> None:
    """Add the commands to `pim release`."""
    group.command("list", **_PAGES["list"])(list_release)
    group.command("show", **_PAGES["show"])(show_release)
    group.command("diff", **_PAGES["diff"])(diff_release)
    group.command("verify", **_PAGES["verify"])(verify_release)
    group.command("rebuild", **_PAGES["rebuild"])(rebuild_release)


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


def rebuild_release(
    version: Annotated[str, typer.Argument(metavar=VERSION, help=say("Wersja.", "Version."))],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar=FOLDER,
            help=say(
                "Zapisz tu zbudowane wydanie; bez tego tylko porównanie.",
                "Keep what was built here; only compare unless given.",
            ),
        ),
    ] = None,
    data: Data = None,
    facts: Facts = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 the same bytes, 2 no such release, 3 other bytes or a snapshot that is lost."""
    from pipelines.rebuilding import rebuild

    made = rebuild(load_settings(flags(data=data, facts=facts, lang=lang)), version, output)
    if as_json:
        print_json(made.as_dict())
    else:
        print_lines(_rebuilt_lines(made))
    return int(Exit.OK if made.same else Exit.DATA)


def _rebuilt_lines(made: "Rebuilt") -> Iterator[str]:
    if made.same:
        yield say(
            f"Wydanie {made.version} zbudowane ponownie ma te same bajty: plików {made.files}.",
            f"Release {made.version} built again has the same bytes: {made.files} files.",
        )
        return
    yield say(
        f"Wydanie {made.version} zbudowane ponownie się różni. Innych plików: "
        f"{len(made.different)}.",
        f"Release {made.version} built again is not the same: {len(made.different)} files differ.",
    )
    yield from (f"  {path}" for path in made.different[:_SHOWN])
    if made.changed:
        names = ", ".join(made.changed)
        revision = made.revision or "-"
        yield say(
            f"Od tego wydania zmieniło się: {names}. Powstało z wersji kodu {revision}.",
            f"Changed since that release: {names}. It was made with revision {revision}.",
        )


_COPY = say("kopia", "copy")
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
    "rebuild": page(
        "Zbuduj wydanie jeszcze raz z migawek, daty i ustawień, które podaje jego manifest, i "
        "porównaj bajty. Program i fakty są dzisiejsze: starszą wersję kodu wybierz przedtem.",
        "Build a release again from the snapshots, date and settings that its manifest tells, and "
        "compare the bytes. Program and facts are today's: check out an older revision before.",
        "pim release rebuild 2026.11.0",
        f"pim release rebuild 2026.11.0 --output {_COPY}",
        "pim release rebuild 2026.11.0 --json",
    ),
}
