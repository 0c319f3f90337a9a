"""The whole fetch as one call: for the asset, and for a command."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from sources.bdl.answers import AnswerStore
from sources.bdl.asking import Asker
from sources.bdl.client import BASE, BdlClient
from sources.bdl.limits import Limiter
from sources.bdl.refresh import Fetched, Say, fetch_indicators
from sources.bdl.secret import Secret
from sources.bdl.selection import Wanted
from sources.bdl.store import BdlStore
from sources.bdl.transport import opened
from sources.bdl.units import Cities, CityUnit


def fetch(
    folder: Path,
    wanted: Sequence[Wanted],
    cities: Cities,
    *,
    known: Sequence[CityUnit] = (),
    key: Secret | None = None,
    base: str = "",
    max_wait: float = 3_600.0,
    say: Say = lambda text: None,
) -> Fetched:
    """Fetch the indicators `wanted` for `cities` into a folder; see `fetch_indicators`.

    `folder` is that of `sources.bdl.store.folder_below`. With a `key` the limits are five times
    wider. `max_wait` is how many seconds a call may wait for a limit. `base` is
    another address of the service, or, for trials, of this machine.
    """
    store = BdlStore(folder)
    limiter = Limiter(store.limits, keyed=bool(key), max_wait=max_wait)
    with opened(folder / "turns", loopback=_is_local(base)) as transport:
        asker = Asker(transport, limiter, AnswerStore(store.answers), key=key)
        client = BdlClient(asker, base=base or BASE)
        return fetch_indicators(client, limiter, store, wanted, cities, known=known, say=say)


def _is_local(base: str) -> bool:
    return urlsplit(base).hostname in {"127.0.0.1", "::1", "localhost"}
