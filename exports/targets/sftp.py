"""A server that is reached with SFTP alone, such as a hosted account without a shell.

It gets the layout of `exports.targets.folder`. A file is sent under a hidden name and renamed, so
what has its name and size in the folder of its version is whole, and is not sent again.
"""

import asyncio
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import asyncssh

from exports.targets.plan import Item, Plan
from exports.targets.target import Sent, failed

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
        """Files whose name is not there in their size."""

        async def ask(sftp: asyncssh.SFTPClient) -> list[Item]:
            there = await _sizes(sftp, self._path("releases", plan.version))
            return [item for item in plan.items if there.get(item.path) != item.bytes]

        return self._do(ask)

    def send(self, plan: Plan, items: Sequence[Item], sent: Sent) -> bool:
        """Fill the folder of the version, then move the link by a rename."""

        async def bring(sftp: asyncssh.SFTPClient) -> bool:
            place = self._path("releases", plan.version)
            await sftp.makedirs(place, exist_ok=True)
            made = {""}
            for item in items:
                folder, _, name = item.path.rpartition("/")
                if folder not in made:
                    await sftp.makedirs(f"{place}/{folder}", exist_ok=True)
                    made.add(folder)
                hidden = "/".join(part for part in (place, folder, f".{name}.part") if part)
                await sftp.put(str(item.source), hidden)
                await sftp.posix_rename(hidden, f"{place}/{item.path}")
                sent(item)
            return await self._point(sftp, f"releases/{plan.version}") or bool(items)

        return self._do(bring)

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
