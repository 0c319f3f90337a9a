"""`pim portal`: dane.gov.pl before publishing (`check`) and after it (`verify`)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import PimGroup, page
from pipelines.options import FILE, FOLDER, Data, DryRun, Json, Language, Strict, flags
from pipelines.settings import load_settings
from pipelines.terminal import language, print_json, print_lines, say
from schemas.errors import Exit, PimError
from schemas.text import Lang, Text

if TYPE_CHECKING:
    from exports.danegov.results import PointResult

_SHOWN = 5
"""Findings of a point that are printed; `--json` has all."""


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Portal dane.gov.pl: lista punktów przed publikacją i pytania po niej.",
            "The portal dane.gov.pl: a list of points before publishing, and questions after it.",
        ),
        epilog="pim portal check\npim portal check --online\npim portal verify",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command(
        "check",
        **page(
            "Sprawdź wydanie według listy portalu: każdy punkt dobrze albo z tym, jak naprawić.",
            "Judge a release by the portal's list: each point is good, or says how to mend it.",
            "pim portal check",
            f"pim portal check {say('wydanie', 'release')} --json",
            "pim portal check --online",
        ),
    )(check)
    group.command(
        "takeover",
        **page(
            "Zapisz plik dla portalu z numerami wpisów dodanych ręcznie, na jeden import. Portal "
            "połączy te wpisy z naszymi identyfikatorami.",
            "Write the portal's file with the numbers of what was entered by hand, for one import. "
            "The portal joins these entries with our identifiers.",
            f"pim portal takeover numery.toml --out {say('folder', 'dir')}",
            "pim portal takeover numery.toml --dry-run",
            f"pim portal takeover numery.toml --out {say('folder', 'dir')} --json",
        ),
    )(takeover)
    group.command(
        "verify",
        **page(
            "Zapytaj portal, czy opublikował wydanie tak, jak podano. Następnego dnia po imporcie.",
            "Ask the portal whether it published the release as sent. The day after an import.",
            "pim portal verify",
            "pim portal verify --json",
            f"pim portal verify --data {say('kopia', 'copy')}",
        ),
    )(verify)
    app.add_typer(group, name="portal")


def check(
    tree: Annotated[
        Path | None,
        typer.Argument(
            metavar=FOLDER,
            help=say("Wydanie; domyślnie bieżące.", "A release; the current one if none."),
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option(
            "--online",
            help=say(
                "Zapytaj też serwer pod base_url (punkty 25, 27-29, 31).",
                "Ask the server at base_url, too (points 25, 27-29, 31).",
            ),
        ),
    ] = False,
    shapes: Annotated[
        Path | None,
        typer.Option(
            "--shapes",
            metavar=FOLDER,
            help=say(
                "Folder reguł SHACL zamiast migawek (punkt 51).",
                "Folder of SHACL shapes, not the snapshots (point 51).",
            ),
        ),
    ] = None,
    strict: Strict = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Print every point with ok or the fix; exit 3 where a required point is not kept."""
    from pipelines.portal import check as check_release

    settings = load_settings(flags(data=data, lang=lang))
    results = check_release(settings, tree, shapes=shapes, online=online)
    return _told(results, as_json=as_json, strict=strict, failed=Exit.DATA)


def takeover(
    numbers: Annotated[
        Path,
        typer.Argument(
            metavar=FILE,
            help=say(
                "TOML: nasz identyfikator = numer na portalu.",
                "TOML: our identifier = number on the portal.",
            ),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar=FOLDER,
            help=say(
                "Dokąd zapisać harvester.xml i harvester.md5.",
                "Where harvester.xml and harvester.md5 go.",
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=say("Tylko sprawdź plik z numerami.", "Only look at the file of numbers."),
        ),
    ] = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> None:
    """Print which identifier gets which number."""
    from pipelines.portal import take_over

    if out is None and not dry_run:
        raise PimError(
            "PIM-CLI-001",
            Text("Polecenie jest niepoprawne.", "The command line is not right."),
            where="--out",
            fix=Text("Podaj folder po --out albo --dry-run.", "Give a folder, or --dry-run."),
            exit_code=Exit.USAGE,
        )
    settings = load_settings(flags(data=data, lang=lang))
    found = take_over(settings, numbers, None if dry_run else out)
    if as_json:
        print_json({"written": not dry_run, "numbers": found})
    else:
        print_lines(f"{ident} = {number}" for ident, number in found.items())


def verify(
    dry_run: DryRun = False, data: Data = None, as_json: Json = False, lang: Language = None
) -> int:
    """Print points 59 to 65; exit 6 where the portal has something else."""
    from pipelines.portal import ask_portal

    settings = load_settings(flags(data=data, lang=lang))
    found = ask_portal(settings, dry_run=dry_run)
    return _told(
        found.results, as_json=as_json, strict=False, failed=Exit.PUBLISH, more={"ids": found.ids}
    )


def _told(
    results: "Sequence[PointResult]",
    *,
    as_json: bool,
    strict: bool,
    failed: Exit,
    more: dict[str, object] | None = None,
) -> int:
    bad = [result for result in results if not result.passed]
    if as_json:
        kept = not any(result.must for result in bad)
        points = [result.as_dict() for result in results]
        print_json({"passed": kept, "points": points, **(more or {})})
    else:
        print_lines(line for result in results for line in _lines(result, language()))
        print_lines([_summary(results).of(language())])
    if any(result.must for result in bad):
        return int(failed)
    return int(Exit.STRICT if bad and strict else Exit.OK)


def _lines(result: "PointResult", lang: Lang) -> Iterator[str]:
    yield f"{_mark(result).of(lang):<10}  {result.number:>2}  {result.title.of(lang)}"
    shown = [("!", finding) for finding in result.findings[:_SHOWN]]
    shown += [("-", note) for note in result.notes[:_SHOWN]]
    yield from (f"{'':<10}      {sign} {finding.line(lang)}" for sign, finding in shown)
    left = len(result.findings) + len(result.notes) - len(shown)
    if left:
        yield f"{'':<10}      {Text('i {n} więcej', 'and {n} more').fill(n=left).of(lang)} (--json)"
    if not result.passed:
        yield f"{'':<10}      > {result.fix.of(lang)}"
    if result.not_judged is not None:
        yield f"{'':<10}      ? {result.not_judged.of(lang)}"


def _mark(result: "PointResult") -> Text:
    if not result.passed:
        return Text("źle", "bad") if result.must else Text("zalecenie", "advice")
    return Text("nie wiadomo", "unknown") if result.not_judged else Text("dobrze", "ok")


def _summary(results: "Sequence[PointResult]") -> Text:
    must = sum(not result.passed and result.must for result in results)
    should = sum(not result.passed and not result.must for result in results)
    unknown = sum(result.passed and result.not_judged is not None for result in results)
    return Text(
        "Zbadano {n}: niespełnione wymagania {must}, zalecenia {should}, niezbadane {unknown}.",
        "{n} judged: requirements not met {must}, advice {should}, not judged {unknown}.",
    ).fill(n=len(results), must=must, should=should, unknown=unknown)
