"""`pim publish`: the current release to a folder, to S3, or to another server."""

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import page
from pipelines.options import Data, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import print_json, print_lines, say, tell
from schemas.errors import Exit

if TYPE_CHECKING:
    from exports.targets.plan import Item
    from pipelines.sending import Publication


def register(app: typer.Typer) -> None:
    """Add the command to `pim`."""
    app.command(
        "publish",
        **page(
            "Wyślij bieżące wydanie tam, skąd czyta je świat: do folderu, S3 albo przez rsync i "
            "SFTP. Wysyła tylko to, czego tam nie ma, na końcu XML i md5 dla portalu; niczego nie "
            "usuwa. Po przerwaniu powtórz polecenie.",
            "Send the current release to where the world reads it: a folder, S3, or through rsync "
            "and SFTP. Sends only what is not there, XML and md5 for the portal last; deletes "
            "nothing. When interrupted, repeat the command.",
            "pim publish /srv/pim --dry-run",
            "pim publish s3://pim-dane",
            "pim publish ssh://pim@dane.example.org/srv/pim --json",
        ),
    )(publish)


def publish(
    target: Annotated[
        str | None,
        typer.Argument(
            metavar=say("CEL", "TARGET"),
            help=say(
                "Folder, s3://, rsync://, ssh:// albo sftp://; domyślnie publish_target.",
                "A folder, s3://, rsync://, ssh:// or sftp://; publish_target unless given.",
            ),
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=say(
                "Powiedz, co byłoby wysłane, i niczego nie wysyłaj.",
                "Say what would be sent, and send nothing.",
            ),
        ),
    ] = False,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Exit 0 published, 2 no release or no such target, 3 damaged release, 6 the target failed."""
    from pipelines.sending import publish as send

    def sent(item: "Item") -> None:
        if not as_json:
            tell([item.path])

    settings = load_settings(flags(data=data, lang=lang))
    done = send(settings, target, dry_run=dry_run, sent=sent)
    if as_json:
        print_json(done.as_dict())
        return int(Exit.OK)
    if dry_run:
        print_lines(f"{item.path} ({item.bytes} B)" for item in done.files)
    print_lines([_summary(done)])
    return int(Exit.OK)


def _summary(done: "Publication") -> str:
    files, size, there = len(done.files), done.bytes, done.unchanged
    if done.dry_run:
        return say(
            f"Próba: do {done.target} poszłoby plików: {files} ({size} B), jest już: {there}.",
            f"Dry run: {files} files ({size} B) would go to {done.target}, {there} are there.",
        )
    if not done.changed:
        return say(
            f"Wydanie {done.version} jest już w {done.target}.",
            f"Release {done.version} is in {done.target} already.",
        )
    return say(
        f"Opublikowano {done.version} w {done.target}: wysłano plików: {files} ({size} B), "
        f"bez zmian: {there}.",
        f"Published {done.version} in {done.target}: {files} files sent ({size} B), "
        f"{there} unchanged.",
    )
