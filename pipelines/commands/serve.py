"""`pim serve`: the public folder in the browser, and the same rules for nginx and Caddy."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.helping import Page, PimGroup, page
from pipelines.options import FILE, FOLDER, Data, Json, Language, flags
from pipelines.settings import load_settings
from pipelines.terminal import print_json, print_lines, say
from schemas.errors import Exit

if TYPE_CHECKING:
    from exports.serving.places import Place

Root = Annotated[
    Path | None,
    typer.Option(
        "--root",
        metavar=FOLDER,
        help=say(
            "Folder public na serwerze; domyślnie ten z folderu danych.",
            "The folder public on the server; that of the data folder unless given.",
        ),
    ),
]
Certificate = Annotated[
    str | None,
    typer.Option(
        "--certificate",
        metavar=FILE,
        help=say("Certyfikat TLS na serwerze.", "TLS certificate on the server."),
    ),
]
Key = Annotated[
    str | None,
    typer.Option("--key", metavar=FILE, help=say("Klucz certyfikatu.", "The certificate's key.")),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `pim`."""
    group = typer.Typer(
        cls=PimGroup,
        help=say(
            "Pokaż folder public w przeglądarce, do prób. Do pracy służą nginx i Caddy: "
            "podpolecenia piszą dla nich konfigurację z tych samych reguł.",
            "Show the public folder in the browser, for trying out. For real work there are nginx "
            "and Caddy: the sub-commands write their configuration from the same rules.",
        ),
        epilog="pim serve\npim serve --port 8001\npim serve nginx",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback()(serve)
    group.command("nginx", **_PAGES["nginx"])(serve_nginx)
    group.command("caddy", **_PAGES["caddy"])(serve_caddy)
    app.add_typer(group, name="serve")


def serve(
    context: typer.Context,
    port: Annotated[
        int,
        typer.Option(
            "--port",
            metavar=say("NUMER", "NUMBER"),
            help=say("Port; 0 to dowolny wolny.", "Port; 0 is any free one."),
        ),
    ] = 8000,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            metavar=say("ADRES", "ADDRESS"),
            help=say("Adres; domyślnie tylko ten komputer.", "Address; this machine alone."),
        ),
    ] = "127.0.0.1",
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Serve until interrupted (exit 130); 2 where nothing is published or can listen."""
    if context.invoked_subcommand:
        return int(Exit.OK)
    from pipelines.serving import serve as run

    settings = load_settings(flags(data=data, lang=lang))

    def ready(address: str) -> None:
        if as_json:
            print_json({"address": address, "folder": str(settings.data / "public")})
        else:
            end = say("koniec: Ctrl+C", "end: Ctrl+C")
            print_lines([f"{settings.data / 'public'}: {address} ({end})"])

    run(settings, host, port, ready)
    return int(Exit.OK)


def serve_nginx(
    root: Root = None,
    certificate: Certificate = None,
    key: Key = None,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Print the configuration; exit 0, or 2 for paths and addresses that it cannot hold."""
    from exports.serving.nginx import nginx

    place = _place(root, certificate, key, data, lang)
    _configuration("nginx", place.host, nginx(place), as_json=as_json)
    return int(Exit.OK)


def serve_caddy(
    root: Root = None,
    certificate: Certificate = None,
    key: Key = None,
    data: Data = None,
    as_json: Json = False,
    lang: Language = None,
) -> int:
    """Print the Caddyfile; exit 0, or 2 for paths and addresses that it cannot hold."""
    from exports.serving.caddy import caddyfile

    place = _place(root, certificate or "", key or "", data, lang)
    _configuration("caddy", place.host, caddyfile(place), as_json=as_json)
    return int(Exit.OK)


def _place(
    root: Path | None, certificate: str | None, key: str | None, data: Path | None, lang: str | None
) -> "Place":
    from exports.serving.places import place_of

    settings = load_settings(flags(data=data, lang=lang))
    return place_of(
        settings.base_url,
        str((root or settings.data / "public").absolute()),
        certificate,
        key,
    )


def _configuration(server: str, host: str, text: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"server": server, "host": host, "configuration": text})
    else:
        # Not by `print_lines`: indents of a Caddyfile are tabs.
        typer.echo(text, nl=False)


_PAGES: dict[str, Page] = {
    "nginx": page(
        "Wypisz konfigurację nginx: typy plików, pamięć podręczną, CORS, nagłówki bezpieczeństwa.",
        "Print a configuration of nginx: media types, caching, CORS, security headers.",
        "pim serve nginx",
        "pim serve nginx --root /srv/pim/public > pim.conf",
        "pim serve nginx --json",
    ),
    "caddy": page(
        "Wypisz Caddyfile z tymi samymi regułami. Bez --certificate Caddy sam zdobywa certyfikat.",
        "Print a Caddyfile with the same rules. Without --certificate Caddy gets one by itself.",
        "pim serve caddy",
        "pim serve caddy --root /srv/pim/public > Caddyfile",
        "pim serve caddy --json",
    ),
}
