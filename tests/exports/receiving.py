"""Real places to publish at on the loopback: a folder, an rsync daemon, an SFTP server, S3."""

import asyncio
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import asyncssh
import httpx
import obstore
from moto.server import ThreadedMotoServer
from obstore.store import S3Store

from exports.release.manifest import manifest
from exports.targets.addresses import Secrets, target_of
from exports.targets.plan import Item, Plan, plan_of
from exports.targets.target import Target
from schemas.files import write_json
from tests.exports.served import WITHDRAWN, free_port, public_folder

RSYNC = shutil.which("rsync")
PASSWORD, SECRET = "mocne-hasło-do-celu", "sekret-do-s3"
KEYS = Secrets(password=PASSWORD, s3_region="us-east-1", s3_key_id="AKIDPIM", s3_secret=SECRET)


def release(root: Path, version: str, feed: bytes, previous: str = "", grave: str = "") -> Plan:
    """A release below `root`, made current, as a plan. `grave` takes the place of a file."""
    public = public_folder(root, version, feed)
    tree = public.resolve()
    for path in (*tree.rglob("*.tmp"), tree / "proby" / "wyjscie.txt"):
        path.unlink()
    shutil.rmtree(tree / ".git")
    (tree / "nowe.txt").write_text(version, encoding="utf-8")
    if grave:
        (tree / grave).unlink()
        shutil.copytree(tree / WITHDRAWN[1:], tree / grave)
    facts = {
        "version": version,
        "date": "2026-11-30",
        "previous": previous or None,
        "withdrawn": [{"address": address} for address in (WITHDRAWN[1:], grave) if address],
    }
    (tree / "manifest.json").unlink()
    write_json(tree / "manifest.json", manifest(tree, facts=facts))
    return plan_of(public)


def send(target: Target, plan: Plan) -> tuple[bool, list[Item]]:
    """Publish; whether anything changed, and what was sent in which order."""
    sent: list[Item] = []
    missing = target.missing(plan)
    return target.send(plan, missing, sent.append), sent


@dataclass
class Place:
    """A place to publish at: its address, and what the public finds there."""

    address: str
    root: Path | None = None
    """Where it keeps `releases/` and `public`; None for S3, which is asked over HTTP."""
    secrets: Secrets = KEYS
    web: httpx.Client | None = None

    @property
    def target(self) -> Target:
        """A fresh connection."""
        return target_of(self.address, self.secrets)

    def read(self, path: str) -> bytes | None:
        """What is served at a path; None where nothing is."""
        if self.root is None:
            served = self.get(path)
            return served.content if served.status_code == 200 else None
        found = self.root / "public" / path
        return found.read_bytes() if found.is_file() else None

    def get(self, path: str) -> httpx.Response:
        """The answer of S3, to a signed address: moto shows nothing to strangers."""
        assert self.web is not None
        return self.web.get(obstore.sign(self._store, "GET", path, timedelta(minutes=5)))

    @cached_property
    def _store(self) -> S3Store:
        return S3Store(
            self.address.removeprefix("s3://"),
            endpoint=self.secrets.s3_endpoint,
            region=self.secrets.s3_region,
            access_key_id=self.secrets.s3_key_id,
            secret_access_key=self.secrets.s3_secret,
            client_options={"allow_http": True},
        )


@contextmanager
def rsync_daemon(root: Path) -> Iterator[Place]:
    """The stock rsync as a daemon with one module and a password."""
    work = root / "daemon"
    (root / "module").mkdir()
    work.mkdir()
    (work / "secrets").write_text(f"pim:{PASSWORD}\n", encoding="utf-8")
    (work / "secrets").chmod(0o600)
    ids = f"uid = {os.geteuid()}\ngid = {os.getegid()}\n" if os.geteuid() == 0 else ""
    (work / "conf").write_text(
        f"pid file = {work}/pid\nlog file = {work}/log\nuse chroot = no\n"
        "munge symlinks = no\nreverse lookup = no\n"
        f"{ids}[pim]\npath = {root}/module\nread only = no\nauth users = pim\n"
        f"secrets file = {work}/secrets\n",
        encoding="utf-8",
    )
    port = free_port()
    command = [str(RSYNC), "--daemon", "--no-detach", f"--config={work}/conf", f"--port={port}"]
    with subprocess.Popen(
        [*command, "--address=127.0.0.1"], stdin=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            _await(port)
            yield Place(f"rsync://pim@127.0.0.1:{port}/pim", root / "module")
        finally:
            process.terminate()


class _Door(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == ("pim", PASSWORD)


@contextmanager
def sftp_server(root: Path) -> Iterator[Place]:
    """An SFTP server; its key is written to `.ssh/known_hosts` below `root`."""
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[key], server_factory=_Door, sftp_factory=True
        )

    (root / "srv").mkdir()
    listening = loop.run_until_complete(listen())
    port = listening.get_port()
    known = root / ".ssh" / "known_hosts"
    known.parent.mkdir()
    public = key.export_public_key().decode()
    known.write_text(f"[127.0.0.1]:{port} {public}", encoding="utf-8")
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield Place(f"sftp://pim@127.0.0.1:{port}{root}/srv", root / "srv")
    finally:

        async def stop() -> None:
            listening.close()
            await listening.wait_closed()

        asyncio.run_coroutine_threadsafe(stop(), loop).result(30)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@contextmanager
def s3_server(bucket: str = "pim-dane") -> Iterator[Place]:
    """S3 as moto plays it over HTTP, with one empty bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        secrets = Secrets("", endpoint, "us-east-1", KEYS.s3_key_id, KEYS.s3_secret)
        with httpx.Client() as web:
            web.post(f"{endpoint}/moto-api/reset").raise_for_status()
            web.put(f"{endpoint}/{bucket}").raise_for_status()
            yield Place(f"s3://{bucket}", None, secrets, web)
    finally:
        server.stop()


def _await(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not listen")
