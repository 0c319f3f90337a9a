"""A client for servers on this machine, in a hurry."""

from pathlib import Path

import pytest

from schemas.errors import Exit, PimError
from sources.web.client import Web
from sources.web.download import Validators, Wanted, download
from sources.web.reach import Reach
from sources.web.trying import Patience
from sources.web.turns import Turns
from tests.servers import Route, serving

HURRY = Patience(connect=2, silence=0.3, whole=10, attempts=3, first_wait=0.01, longest_wait=0.5)


def web(
    folder: Path,
    *,
    patience: Patience = HURRY,
    pause: float = 0,
    loopback: bool = True,
    hosts: frozenset[str] = frozenset(),
) -> Web:
    """A client whose turns are kept in a folder."""
    return Web(Reach(hosts, loopback), Turns(folder / "turns"), pause, patience)


def wanted(
    address: str,
    folder: Path,
    *,
    limit: int = 2**20,
    types: tuple[str, ...] = (),
    seen: Validators | None = None,
) -> Wanted:
    """A file to collect in a folder."""
    return Wanted(address, folder / "file.part", limit, types, seen or Validators())


def fetched(route: Route, folder: Path) -> bytes:
    """The bytes that a server's one file gives."""
    with serving({"/f.bin": route}) as server, web(folder) as client:
        arrived = download(client, wanted(server.address("/f.bin"), folder))
        assert arrived.path is not None
        return arrived.path.read_bytes()


def failure(
    route: Route, folder: Path, *, patience: Patience = HURRY, types: tuple[str, ...] = ()
) -> PimError:
    """The error that a server's one file gives."""
    with (
        serving({"/f.bin": route}) as server,
        web(folder, patience=patience) as client,
        pytest.raises(PimError) as caught,
    ):
        download(client, wanted(server.address("/f.bin"), folder, types=types))
    assert caught.value.exit_code is Exit.SOURCE
    assert caught.value.fix.pl
    assert caught.value.fix.en
    return caught.value
