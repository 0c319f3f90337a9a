"""A client for servers on this machine, in a hurry."""

from pathlib import Path

from sources.web.client import Patience, Web
from sources.web.download import Validators, Wanted
from sources.web.reach import Reach
from sources.web.turns import Turns

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
