"""Where the public folder is served: what a configuration has to know and the rules do not."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from schemas.errors import Exit, PimError
from schemas.text import Text

_HOST = re.compile(r"[A-Za-z0-9.-]+")
_PATH = re.compile(r"/[\w./@+-]*")
"""Neither nginx nor Caddy finds anything in such a path that it would take for its own."""


@dataclass(frozen=True)
class Place:
    """One site. Made by `place_of`."""

    host: str
    root: str
    """The link `public`, as a path on the server."""
    certificate: str
    key: str
    """Paths on the server; Caddy gets a certificate by itself where they are empty."""
    port: int = 443
    plain_port: int = 80
    """Only answers that the site is at the other port."""


def place_of(
    base_url: str, root: str, certificate: str | None = None, key: str | None = None
) -> Place:
    """The site at an address; without a certificate, where certbot would put it.

    Raises PimError `PIM-SRV-002` for what no configuration can hold.
    """
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if parts.path not in {"", "/"} or not _HOST.fullmatch(host):
        raise _unfit(
            f"base_url = {base_url}",
            Text(
                "Ustaw base_url na https://nazwa.hosta/, bez ścieżki.",
                "Set base_url to https://host.name/, without a path.",
            ),
        )
    kept = f"/etc/letsencrypt/live/{host}"
    certificate = f"{kept}/fullchain.pem" if certificate is None else certificate
    key = f"{kept}/privkey.pem" if key is None else key
    for path in (root, certificate, key):
        if path and not _PATH.fullmatch(path):
            raise _unfit(
                path,
                Text(
                    "Podaj pełną ścieżkę z liter, cyfr i znaków . / _ - + @.",
                    "Give a full path of letters, digits and the signs . / _ - + @.",
                ),
            )
    return Place(host, root, certificate, key)


def _unfit(where: str, fix: Text) -> PimError:
    return PimError(
        "PIM-SRV-002",
        Text(
            "Tego nie da się zapisać w konfiguracji serwera.",
            "A server's configuration cannot be told this.",
        ),
        where=where,
        fix=fix,
        exit_code=Exit.USAGE,
    )
