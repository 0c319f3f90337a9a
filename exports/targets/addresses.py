"""The target that an address names."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from exports.targets.target import Target
from schemas.errors import Exit, PimError
from schemas.text import Text

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PATH = re.compile(r"(?:/[\w.@+-][\w./@+-]*)?/?")
"""Nothing that a shell on the other side could take for its own, and no option."""


@dataclass(frozen=True)
class Secrets:
    """What targets are reached with; never part of an address, which people see."""

    password: str = field(default="", repr=False)
    """Of the rsync daemon or the SFTP account."""
    s3_endpoint: str = ""
    s3_region: str = ""
    s3_key_id: str = field(default="", repr=False)
    s3_secret: str = field(default="", repr=False)


def target_of(address: str, secrets: Secrets) -> Target:
    """The target at a folder, `s3://`, `rsync://`, `ssh://` (rsync over ssh) or `sftp://`.

    Raises PimError `PIM-TGT-002` for anything else, and for an address with a password in it.
    """
    if "://" not in address:
        if not address:
            raise _unfit(address)
        from exports.targets.folder import Folder

        return Folder(Path(address))
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise _unfit(address) from error
    words = [text for text in (parts.hostname, parts.username) if text is not None]
    told = bool(parts.hostname) and all(_WORD.fullmatch(word) for word in words)
    if not told or parts.password or parts.query or not _PATH.fullmatch(parts.path):
        raise _unfit(_without_password(address))
    if parts.scheme == "s3":
        return _bucket(parts, secrets)
    if parts.scheme == "sftp":
        from exports.targets.sftp import Account, Sftp

        host, user = parts.hostname or "", parts.username or ""
        return Sftp(Account(host, port or 22, user, parts.path, secrets.password))
    from exports.targets.rsync import Rsync

    path = parts.path.rstrip("/")
    if parts.scheme == "rsync" and path:
        return Rsync(address.rstrip("/"), secrets.password)
    if parts.scheme == "ssh" and path:
        shell = ("ssh", "-oBatchMode=yes", "-p", str(port or 22))
        who = f"{parts.username}@" if parts.username else ""
        return Rsync(f"{who}{parts.hostname}:{path}", "", shell)
    raise _unfit(address)


def _bucket(parts: SplitResult, secrets: Secrets) -> Target:
    from exports.targets.s3 import Access, Bucket

    access = Access(secrets.s3_endpoint, secrets.s3_region, secrets.s3_key_id, secrets.s3_secret)
    return Bucket(parts.netloc, parts.path.strip("/"), access)


def _without_password(address: str) -> str:
    return re.sub(r"//[^/@]*@", "//***@", address)


def _unfit(address: str) -> PimError:
    return PimError(
        "PIM-TGT-002",
        Text("To nie jest cel publikacji.", "This is no publish target."),
        where=address,
        fix=Text(
            "Podaj folder, s3://kubełek/prefiks, rsync://host/moduł, ssh://konto@host/folder albo "
            "sftp://konto@host/folder; hasło w ustawieniu publish_password.",
            "Give a folder, s3://bucket/prefix, rsync://host/module, ssh://user@host/folder or "
            "sftp://user@host/folder; a password in the setting publish_password.",
        ),
        exit_code=Exit.USAGE,
    )
