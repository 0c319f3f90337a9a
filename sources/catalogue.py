"""What a source is: who keeps it, where it lies, how it is fetched and how a capture is judged.

A source is one module of `sources/declared/` that holds one `Source`; nobody edits a list. What
changes from year to year (an address, a file name) is mended in `sources.toml`, not in code.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sources.declared
from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.bdl.secret import Secret

if TYPE_CHECKING:
    from sources.web.client import Web
    from sources.web.download import Arrived, Validators


@dataclass(frozen=True)
class Licence:
    """On which terms the source may be used again."""

    name: Text
    url: str = ""
    publishable: bool = True
    """Whether what is made of it may be published; else it is used for checking only."""


@dataclass(frozen=True)
class Judgement:
    """What a capture is, by its content. A capture that cannot be believed has none: it raises."""

    member: str
    """Name of the file that holds the rows: in an archive its member, else the capture itself."""
    member_sha256: str
    """Two captures with the same one are the same, whatever stands around it."""
    rows: int | None = None
    state_date: date | None = None
    """The day of the state by the content itself; by the name where the keeper says it nowhere
    else."""
    file_date: date | None = None
    """The day in the file name."""
    whole: bool = True
    """Whether it is the whole source; a part is kept, and never used as the source."""


@dataclass(frozen=True)
class Login:
    """User and password of a service. The password is never shown, logged or stored."""

    user: str
    password: Secret


@dataclass(frozen=True)
class Errand:
    """One fetch: what a source's way of fetching is given."""

    source: "Source"
    web: "Web"
    part: Path
    """Where the bytes are to be collected."""
    day: date
    """The day whose state is asked for, where the source can be asked by day."""
    seen: "Validators"
    """Of the snapshot in use."""
    seen_at: str = ""
    """Where the snapshot in use came from: what a server said there holds nowhere else."""
    state: date | None = None
    """Of the snapshot in use."""
    login: Login | None = None
    snapshot: Callable[[str], Path | None] = field(default=lambda name: None)
    """The locked snapshot of another source: a service is described by one."""
    states: Callable[[str], tuple[date, ...]] = field(default=lambda name: ())
    """The states of which whole snapshots of another source are kept, oldest first."""


MAX_HOPS = 3
"""Links that may lead from a page to the file."""

Judge = Callable[[Path, str], Judgement]
"""Judges a file, given its original name; raises PimError to refuse."""
Fetch = Callable[[Errand], "Arrived"]
"""Fetches the file. Raises PimError `PIM-NET-…`."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source, declared once."""

    name: str
    title: Text
    publisher: Text
    page: str
    """Where a person finds it."""
    address: str = ""
    """Where the file lies; empty where it changes with every edition."""
    links: tuple[str, ...] = ()
    """Without an address: patterns that lead from `page` to the newest file (web/linked.py)."""
    hosts: frozenset[str] = frozenset()
    """Where the source may go, redirects too."""
    licence: Licence
    attribution: Text
    """The line that whoever publishes data made of it must show."""
    rhythm: Text
    """How often the source changes, in words."""
    check_days: int
    """A state that was not confirmed for this many days is stale."""
    state_days: int | None = None
    """A state whose own date is older than this many days is stale; None: it may be old."""
    media_types: tuple[str, ...] = ()
    """Types that the server may say; none: the bytes alone tell."""
    max_bytes: int = 64 * 2**20
    judge: Judge
    fetch: Fetch | None = None
    """None: the file is given by hand, or read piece by piece by a client of its own."""
    may_be_empty: bool = False
    """Whether a file without a row says something: that nothing has changed."""
    may_lose: float = 0.02
    """A capture with fewer rows than this share less than the one in use is refused."""
    pause: float = 1.0
    """Seconds between two requests to a host."""
    loopback: bool = False
    """Plain http to this machine is allowed; only ever set in sources.toml, for trials."""

    def __post_init__(self) -> None:
        if not are_patterns(self.links):
            raise ValueError(f"{self.name}: links are at most {MAX_HOPS} regular expressions")

    @property
    def fetchable(self) -> bool:
        """Whether `pim sources refresh` can fetch it as things are."""
        return self.fetch is not None and bool(self.address or self.links)


@cache
def declared_sources() -> tuple[Source, ...]:
    """Every declared source, by name. Raises ValueError where two have the same name."""
    found: dict[str, Source] = {}
    for module in pkgutil.iter_modules(sources.declared.__path__, "sources.declared."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Source) and found.setdefault(value.name, value) is not value:
                raise ValueError(f"two sources are named {value.name}")
    return tuple(found[name] for name in sorted(found))


Overrides = Mapping[str, Mapping[str, object]]
"""What `sources.toml` says: keys of a source, by its name."""


def all_sources(overrides: Overrides | None = None) -> dict[str, Source]:
    """Every source by name, with what `sources.toml` says instead."""
    return {
        source.name: _overridden(source, (overrides or {}).get(source.name, {}))
        for source in declared_sources()
    }


def fetch_order(sources: Iterable[Source]) -> list[Source]:
    """Sources in the order to fetch them: the description of a service before what uses it.

    By name the changes of a set come after its states, which say what to ask for.
    """
    return sorted(sources, key=lambda one: (one.name != "terytws1", one.name))


def source_named(name: str, catalogue: Mapping[str, Source]) -> Source:
    """The source of this name. Raises PimError `PIM-SNP-002`, which lists the names."""
    if name in catalogue:
        return catalogue[name]
    names = ", ".join(sorted(catalogue))
    raise PimError(
        "PIM-SNP-002",
        Text(f"Nie ma źródła „{name}”.", f"There is no source '{name}'."),
        fix=Text(f"Wybierz jedno z: {names}.", f"Choose one of: {names}."),
        exit_code=Exit.USAGE,
    )


def _overridden(source: Source, keys: Mapping[str, object]) -> Source:
    if not keys:
        return source
    address = str(keys.get("address", source.address))
    hosts, links = keys.get("hosts"), keys.get("links")
    pause = keys.get("pause", source.pause)
    return replace(
        source,
        address=address,
        page=str(keys.get("page", source.page)),
        links=tuple(map(str, links)) if isinstance(links, list) else source.links,
        hosts=frozenset(map(str, hosts)) if isinstance(hosts, list) else source.hosts,
        pause=float(pause) if isinstance(pause, int | float) else source.pause,
        loopback=keys.get("loopback") is True,
    )


def are_patterns(values: Iterable[object]) -> bool:
    """Whether these can be the `links` of a source: few enough, and regular expressions."""
    found = list(values)
    try:
        patterns = [re.compile(value) for value in found if isinstance(value, str)]
    except re.error:
        return False
    return len(patterns) == len(found) <= MAX_HOPS
