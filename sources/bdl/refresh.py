"""One fetch of indicators: counted, announced, resumed where it broke off, merged.

First what seldom changes (units, variables of the subjects), then one city as a probe: its
answer says when each variable was last updated. Only variables that were updated since, or that
a city was never asked for, are asked for, a hundred in one request.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.errors import PimError
from schemas.tables.indicator_variables import Resolution
from schemas.text import Text
from sources.bdl.answers import as_iso
from sources.bdl.budget import budget_for
from sources.bdl.capture import capture_all
from sources.bdl.client import VARIABLES_AT_ONCE, BdlClient
from sources.bdl.due import level_of, tasks_due
from sources.bdl.limits import Limiter
from sources.bdl.observations import day_of
from sources.bdl.revisions import Counts
from sources.bdl.selection import Resolved, Wanted, resolve
from sources.bdl.shapes import Variable
from sources.bdl.store import BdlStore
from sources.bdl.units import (
    GMINA_LEVEL,
    Cities,
    CityUnit,
    is_city_county,
    units_of_cities,
)

Say = Callable[[Text], None]
"""Told what a fetch is about to do."""
_GONE = {"PIM-BDL-004", "PIM-BDL-005"}


@dataclass(frozen=True)
class Fetched:
    """What a fetch did."""

    calls: int
    counts: Counts
    asked_units: int
    missing_cities: tuple[str, ...]
    """Cities that the Local Data Bank has no unit for."""
    refused_units: tuple[str, ...]
    """Units that the service did not know when asked for values."""
    unresolved: tuple[Resolved, ...]
    """Lines of the list that mean no variable, or several."""

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "calls": self.calls,
            "new": self.counts.new,
            "revised": self.counts.revised,
            "unchanged": self.counts.unchanged,
            "stale": self.counts.stale,
            "absent": self.counts.absent,
            "asked_units": self.asked_units,
            "missing_cities": list(self.missing_cities),
            "refused_units": list(self.refused_units),
            "unresolved": [
                {
                    "indicator_id": one.wanted.indicator_id,
                    "subject_id": one.wanted.subject_id,
                    "state": one.resolution.value,
                    "candidates": list(one.candidates),
                }
                for one in self.unresolved
            ],
        }


def fetch_indicators(
    client: BdlClient,
    limiter: Limiter,
    store: BdlStore,
    wanted: Sequence[Wanted],
    cities: Cities,
    *,
    known: Sequence[CityUnit] = (),
    say: Say = lambda text: None,
) -> Fetched:
    """Fetch what is due and merge it into the kept observations.

    `known` are units of cities that need not be looked up. Raises PimError `PIM-BDL-009` before
    the first call where the fetch does not fit into the limits, `PIM-BDL-013` where another
    process fetches, and what the client raises. Whatever happens, kept observations stay whole,
    and answers that came are not asked for again soon.
    """
    given = {unit.city for unit in known}
    sought = {city: codes for city, codes in cities.items() if city not in given}
    with store.writing():
        say(budget_for(limiter, calls_at_most(client, wanted, sought, known)).text)
        units, missing = _units(client, sought, known, cities)
        resolved = resolve_all(client, wanted)
        store.save_variables(resolved)
        variables = {r.variable.id: r.variable for r in resolved if r.variable}
        updated = last_updates(client, units, variables.values())
        today = _today(limiter)
        tasks = tasks_due(units, list(variables.values()), updated, store.asked(), today)
        say(budget_for(limiter, sum(task.calls for task in tasks)).text)
        counts, refused = capture_all(client, store, tasks, variables, today)
    return Fetched(
        client.calls,
        counts,
        len(tasks),
        tuple(missing),
        tuple(refused),
        tuple(r for r in resolved if r.resolution is not Resolution.FOUND),
    )


def calls_at_most(
    client: BdlClient, wanted: Sequence[Wanted], sought: Cities, known: Sequence[CityUnit] = ()
) -> int:
    """Calls that a fetch takes if everything is due, less what is kept fresh.

    `sought` are the cities whose units have to be looked up.
    """
    batches = -(-len(wanted) // VARIABLES_AT_ONCE)
    codes = [code for codes in sought.values() for code in codes]
    units = len(known) + len(codes) + sum(is_city_county(code) for code in codes)
    subjects = {one.subject_id for one in wanted}
    return (
        (client.unit_pages_due(level=GMINA_LEVEL) if sought else 0)
        + sum(client.variable_pages_due(subject) for subject in subjects)
        # Probes of both levels, and the subjects of variables that the probed city lacks.
        + batches * (units + 2)
        + len(subjects)
    )


def _units(
    client: BdlClient, sought: Cities, known: Sequence[CityUnit], cities: Cities
) -> tuple[list[CityUnit], list[str]]:
    """Known units of the cities and those looked up; and the cities that have none."""
    given = [unit for unit in known if unit.city in cities]
    if not sought:
        return given, []
    found, missing = units_of_cities(client.units(level=GMINA_LEVEL), sought)
    return [*given, *found], missing


def resolve_all(client: BdlClient, wanted: Iterable[Wanted]) -> list[Resolved]:
    """What every line of the list means now. A subject that is gone has no variables."""
    known: dict[str, list[Variable]] = {}
    resolved: list[Resolved] = []
    for one in wanted:
        if one.subject_id not in known:
            try:
                known[one.subject_id] = client.variables(one.subject_id)
            except PimError as error:
                if error.code not in _GONE:
                    raise
                known[one.subject_id] = []
        resolved.append(resolve(one, known[one.subject_id]))
    return resolved


def last_updates(
    client: BdlClient, cities: Sequence[CityUnit], variables: Iterable[Variable]
) -> dict[int, date | None]:
    """When each variable was last updated: by a probe of one city, else by its subject."""
    found: dict[int, date | None] = {}
    by_level: dict[int, list[Variable]] = {}
    for variable in variables:
        by_level.setdefault(level_of(variable), []).append(variable)
    for level, asked in sorted(by_level.items()):
        probe = next((city for city in cities if city.level == level), None)
        if probe is not None:
            data = client.data_by_unit(probe.unit_id, [one.id for one in asked])
            found |= {one.variable_id: day_of(one.last_update) for one in data.series}
        for one in asked:
            if one.id not in found:
                found[one.id] = day_of(client.subject(one.subject_id).last_update)
    return found


def _today(limiter: Limiter) -> date:
    return date.fromisoformat(as_iso(limiter.now())[:10])
