"""A small public folder, and the three servers that are to serve it in the same way."""

import hashlib
import itertools
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
import trustme
import uvicorn

from exports.serving.caddy import caddyfile
from exports.serving.nginx import nginx
from exports.serving.places import Place, place_of
from exports.serving.server import site

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CADDY = shutil.which("caddy")


def needs(program: str | None, name: str) -> pytest.MarkDecorator:
    """Skip a test by name where a program is missing, but never in CI."""
    missing = program is None and not os.environ.get("CI")
    return pytest.mark.skipif(missing, reason=f"the program {name} is not installed")


ROWS = "".join(f"{number},żółć {number}\n" for number in range(200)).encode()
XML = b"<?xml version='1.0' encoding='UTF-8'?>\n<datasets>" + b"<dataset/>" * 300 + b"</datasets>\n"
WITHDRAWN = "/files/proby/stare.0123456789ab.csv"


def hashed(name: str, ending: str, content: bytes) -> str:
    """The path below the public folder that a release gives to such bytes."""
    return f"files/proby/{name}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


CONTENT = {
    "csv": b"nr,nazwa\n" + ROWS,
    "jsonld": b'{"@graph": [' + b"1, " * 600 + b"2]}\n",
    "geojson": b'{"type": "FeatureCollection", "features": []}\n' * 30,
    "json": b'{"rows": []}\n' * 100,
    "xml": b"<rows>" + b"<row/>" * 300 + b"</rows>\n",
    "ttl": b"<a> <b> <c> .\n" * 100,
    "parquet": b"PAR1" + bytes(range(256)) * 8 + b"PAR1",
    "odt": b"PK" + bytes(2000),
}
OFFERED = {ending: f"/{hashed('rzeczy', ending, body)}" for ending, body in CONTENT.items()}


def public_folder(root: Path, version: str = "2026.11.0", feed: bytes = XML) -> Path:
    """Write a release below `root`, point `public` at it, and give that link."""
    tree = root / "releases" / version
    md5 = hashlib.md5(feed, usedforsecurity=False).hexdigest()
    files: dict[str, bytes] = {
        **{OFFERED[ending][1:]: body for ending, body in CONTENT.items()},
        f"{WITHDRAWN[1:]}/index.html": b"<!doctype html><p>Wycofane</p>",
        f"{WITHDRAWN[1:]}/index.json": b"{}\n",
        "danegov/harvester.xml": feed,
        "danegov/harvester.md5": f"{md5}\n".encode(),
        "catalog.ttl": b"<a> <b> <c> .\n" * 100,
        "catalog.rdf": b"<rdf/>\n",
        "changes/changes.pl.xml": b"<feed/>\n",
        "changes/index.html": b"<!doctype html><p>Zmiany</p>\n",
        "index.html": b"<!doctype html><p>Zbiory</p>\n",
        "proby/index.html": "<!doctype html><p>Zbiór</p>\n".encode(),
        "proby/rzeczy.csv": CONTENT["csv"],
        "proby/datapackage.json": b'{"resources": []}\n',
        "proby/README.md": "# Próby\n".encode(),
        "proby/.rzeczy.csv.17.tmp": b"half",
        ".git/config": b"secret",
        "CITATION.cff": b"cff-version: 1.2.0\n",
        "SHA256SUMS": b"0  a\n",
        "pim.duckdb": bytes(4096),
        "manifest.json": f'{{"version": "{version}"}}\n'.encode(),
    }
    for name, content in files.items():
        path = tree / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    outside = tree / "proby" / "wyjscie.txt"
    outside.unlink(missing_ok=True)
    outside.symlink_to("/etc/hostname")
    move(root, version)
    return root / "public"


def move(root: Path, version: str) -> None:
    """Make a release current by a rename."""
    link = root / ".public.tmp"
    link.symlink_to(f"releases/{version}")
    link.replace(root / "public")


_PORTS = itertools.count(10_000 + os.getpid() * 37 % 20_000)


def free_port() -> int:
    """A port of the loopback that nobody listens on.

    Below those that the system hands out, and another in each process: what finds a port free
    must still find it free when its server has started.
    """
    for port in _PORTS:
        with socket.socket() as found:
            try:
                found.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("the count has no end")


@contextmanager
def pim_server(public: Path, _work: Path) -> Iterator[httpx.Client]:
    """`pim serve`, in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(site(public), lifespan="off", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}") as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def nginx_server(public: Path, work: Path) -> Iterator[httpx.Client]:
    """The stock nginx with our configuration inside the smallest frame that it starts with."""
    place, trusted = _place(public, work)
    told = "\n".join(line for line in nginx(place).splitlines() if "listen [::]" not in line)
    temporary = "".join(
        f"{name}_temp_path {work}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(
        f"{user} daemon off; pid {work}/pid; error_log {work}/error.log;\n"
        f"worker_processes 1; events {{ }} http {{ access_log off; {temporary}\n{told}\n}}\n",
        encoding="utf-8",
    )
    command = [str(NGINX), "-p", str(work), "-e", f"{work}/error.log", "-c", f"{work}/nginx.conf"]
    with _running(command, work, place, trusted) as client:
        yield client


@contextmanager
def caddy_server(public: Path, work: Path) -> Iterator[httpx.Client]:
    """The stock Caddy with our Caddyfile, and no office of its own for commands."""
    place, trusted = _place(public, work)
    aside = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port {place.plain_port}\n}}\n"
    (work / "Caddyfile").write_text(aside + caddyfile(place), encoding="utf-8")
    command = [str(CADDY), "run", "--config", f"{work}/Caddyfile", "--adapter", "caddyfile"]
    with _running(command, work, place, trusted) as client:
        yield client


SERVERS: dict[str, Callable[[Path, Path], object]] = {
    "pim": pim_server,
    "nginx": nginx_server,
    "caddy": caddy_server,
}


def _place(public: Path, work: Path) -> tuple[Place, ssl.SSLContext]:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    certificate.private_key_and_cert_chain_pem.write_to_path(work / "site.pem")
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    pem = str(work / "site.pem")
    place = place_of("https://localhost/", str(public), pem, pem)
    return replace(place, port=free_port(), plain_port=free_port()), trusted


@contextmanager
def _running(
    command: list[str], work: Path, place: Place, trusted: ssl.SSLContext
) -> Iterator[httpx.Client]:
    env = {**os.environ, "HOME": str(work), "XDG_DATA_HOME": str(work / "kept")}
    with (
        (work / "told").open("wb") as told,
        subprocess.Popen(command, stdout=told, stderr=told, env=env) as process,
    ):
        try:
            _await(place.port, process, work)
            address = f"https://localhost:{place.port}"
            with httpx.Client(base_url=address, verify=trusted) as client:
                yield client
        finally:
            process.terminate()
            process.wait(30)


def _await(port: int, process: subprocess.Popen[bytes], work: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError((work / "told").read_text(encoding="utf-8"))
