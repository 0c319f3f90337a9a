"""A server that is reached with SFTP alone, such as a hosted account without a shell.

It gets the layout of `exports.targets.folder`. SFTP knows no checksums, so what is in the folder of
the version already is read back and hashed. A file is sent under a hidden name and renamed. What
the release before has with the same hash, by the manifest that lies there, gets a second name
where the server can do that.
"""

import asyncio
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import asyncssh

from exports.release.manifest import MANIFEST
from exports.release.told import MAX_BYTES, read_manifest
from exports.targets.plan import Item, Plan
from exports.targets.target import Sent, failed
from schemas.errors import PimError
from schemas.files import sha256

_PATIENCE = 30
_T = TypeVar("_T")


@dataclass(frozen=True)
class Account:
    """Where and as whom; keys, agent and known hosts are those of `~/.ssh`."""

    host: str
    port: int
    user: str
    root: str
    """The folder that gets `releases/` and `public`."""
    password: str = field(default="", repr=False)


class Sftp:
    """A folder behind SFTP as a target."""

    def __init__(self, account: Account) -> None:
        self._account = account

    def missing(self, plan: Plan) -> list[Item]:
        """Files that are not there with the same sha256."""

        async def ask(sftp: asyncssh.SFTPClient) -> list[Item]:
            place = self._path("releases", plan.version)
            there = await _sizes(sftp, place)
            return [
                item
                for item in plan.items
                if there.get(item.path) != item.bytes
                or await _sha256(sftp, f"{place}/{item.path}") != item.sha256
            ]

        return self._do(ask)

    def send(self, plan: Plan, items: Sequence[Item], sent: Sent) -> bool:
        """Fill the folder of the version, then move the link by a rename."""

        async def bring(sftp: asyncssh.SFTPClient) -> bool:
            place = self._path("releases", plan.version)
            await sftp.makedirs(place, exist_ok=True)
            made, there = {""}, await self._kept(sftp, place)
            for item in items:
                folder, _, name = item.path.rpartition("/")
                if folder not in made:
                    await sftp.makedirs(f"{place}/{folder}", exist_ok=True)
                    made.add(folder)
                hidden = "/".join(part for part in (place, folder, f".{name}.part") if part)
                if await sftp.exists(hidden):
                    # It may be a second name of a file of the release before: never written into.
                    await sftp.remove(hidden)
                if not await _linked(sftp, there.get(item.sha256), hidden):
                    await sftp.put(str(item.source), hidden)
                await sftp.posix_rename(hidden, f"{place}/{item.path}")
                there[item.sha256] = f"{place}/{item.path}"
                sent(item)
            return await self._point(sftp, f"releases/{plan.version}") or bool(items)

        return self._do(bring)

    async def _kept(self, sftp: asyncssh.SFTPClient, place: str) -> dict[str, str]:
        """Where the release that is current there has files, by their sha256."""
        public = self._path("public")
        tree = self._path(str(await sftp.readlink(public))) if await sftp.islink(public) else place
        if tree == place:
            # What is missing there was spoilt there.
            return {}
        sizes = await _sizes(sftp, tree)
        if not 0 < sizes.get(MANIFEST, 0) < MAX_BYTES:
            return {}
        with TemporaryDirectory(prefix="pim-publish-") as folder:
            await sftp.get(f"{tree}/{MANIFEST}", f"{folder}/{MANIFEST}")
            try:
                told = read_manifest(Path(folder))
            except PimError:
                return {}
        return {
            one.sha256: f"{tree}/{path}"
            for path, one in told.files.items()
            if one.sha256 is not None and sizes.get(path) == one.bytes
        }

    async def _point(self, sftp: asyncssh.SFTPClient, to: str) -> bool:
        public, draft = self._path("public"), self._path(".public.part")
        if await sftp.islink(public) and await sftp.readlink(public) == to:
            return False
        if await sftp.islink(draft):
            await sftp.remove(draft)
        await sftp.symlink(to, draft)
        await sftp.posix_rename(draft, public)
        return True

    def _path(self, *parts: str) -> str:
        return "/".join([self._account.root.rstrip("/"), *parts])

    def _do(self, work: Callable[[asyncssh.SFTPClient], Awaitable[_T]]) -> _T:
        async def connected() -> _T:
            async with _client(self._account) as sftp:
                return await work(sftp)

        try:
            return asyncio.run(connected())
        except (asyncssh.Error, OSError, TimeoutError) as error:
            reason = str(error) or type(error).__name__
            if self._account.password:
                reason = reason.replace(self._account.password, "***")
            where = f"sftp://{self._account.host}:{self._account.port}{self._account.root}"
            raise failed(where, reason) from error


@asynccontextmanager
async def _client(account: Account) -> AsyncIterator[asyncssh.SFTPClient]:
    options: dict[str, str] = {}
    if account.user:
        options["username"] = account.user
    if account.password:
        options["password"] = account.password
    async with (
        asyncssh.connect(
            account.host,
            account.port,
            connect_timeout=_PATIENCE,
            keepalive_interval=_PATIENCE,
            **options,
        ) as connection,
        connection.start_sftp_client() as sftp,
    ):
        yield sftp


async def _sha256(sftp: asyncssh.SFTPClient, path: str) -> str:
    with TemporaryDirectory(prefix="pim-publish-") as folder:
        copy = Path(folder) / "copy"
        await sftp.get(path, str(copy))
        return sha256(copy)


async def _linked(sftp: asyncssh.SFTPClient, old: str | None, hidden: str) -> bool:
    """Give a file there a second name; False where the server cannot, or knows no such file."""
    if old is None:
        return False
    try:
        await sftp.link(old, hidden)
    except asyncssh.SFTPError:
        return False
    return True


async def _sizes(sftp: asyncssh.SFTPClient, folder: str, below: str = "") -> dict[str, int]:
    """Files below a folder with their sizes; none where it is missing."""
    if not await sftp.isdir(folder):
        return {}
    found: dict[str, int] = {}
    async for entry in sftp.scandir(folder):
        name = entry.filename if isinstance(entry.filename, str) else entry.filename.decode()
        if name.startswith("."):
            continue
        if stat.S_ISDIR(entry.attrs.permissions or 0):
            found |= await _sizes(sftp, f"{folder}/{name}", f"{below}{name}/")
        elif entry.attrs.size is not None:
            found[f"{below}{name}"] = entry.attrs.size
    return found
