"""A typed client for API v1 of the Local Data Bank; the shapes are in `sources.bdl.shapes`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TypeVar
from urllib.parse import urlencode

from sources.bdl import refusals
from sources.bdl.answers import Kept
from sources.bdl.asking import Asker
from sources.bdl.fields import Object
from sources.bdl.shapes import (
    Attribute,
    Series,
    Subject,
    Unit,
    UnitData,
    Variable,
    parse_attribute,
    parse_page,
    parse_series,
    parse_subject,
    parse_unit,
    parse_variable,
)

BASE = "https://bdl.stat.gov.pl/api/v1/"
PAGE_SIZE = 100
"""The largest page that clients of the service use."""
VARIABLES_AT_ONCE = 100
"""Variables in one by-unit request: one full page, and an address of about 1.5 kB."""
DAY = 86_400.0
MONTH = 30 * DAY

_READINGS = 3
_UNIT_PAGES = 42
"""Of the list of gminas: 4,180 units. Guessed with before it has been read."""
_MAX_ENTRIES = 200_000
"""Of one list; the longest, all variables, has some 173 thousand."""

T = TypeVar("T")
Query = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Listed:
    """The entries of a list, each with the answer it came in (None where it was not kept)."""

    entries: list[Object]
    answers: list[Kept | None]


class BdlClient:
    """See the module. One object for one run, used by one thread at a time.

    `fresh` is everywhere the age in seconds up to which a kept answer is used unasked.
    """

    def __init__(self, asker: Asker, *, base: str = BASE) -> None:
        self._asker = asker
        self._base = base.rstrip("/") + "/"

    @property
    def calls(self) -> int:
        """Requests made so far."""
        return self._asker.calls

    def attributes(self, *, fresh: float = MONTH) -> list[Attribute]:
        """All attributes that values can have."""
        return self._all("attributes", [], parse_attribute, fresh)

    def units(self, *, level: int, parent_id: str = "", fresh: float = MONTH) -> list[Unit]:
        """All units of a level, those of the past too: 42 pages for the gminas."""
        query = [("level", str(level))]
        query += [("parent-id", parent_id)] if parent_id else []
        return self._all("units", query, parse_unit, fresh)

    def subjects(self, *, parent_id: str = "", fresh: float = MONTH) -> list[Subject]:
        """The subjects below a subject, or the categories."""
        query = [("parent-id", parent_id)] if parent_id else []
        return self._all("subjects", query, parse_subject, fresh)

    def subject(self, subject_id: str, *, fresh: float = DAY) -> Subject:
        """One subject, with the time of its last update."""
        address = self._address(f"subjects/{subject_id}", [])
        answer, _ = self._asker.ask(address, fresh)
        return parse_subject(answer, address)

    def variables(self, subject_id: str, *, fresh: float = MONTH) -> list[Variable]:
        """The variables of a subject (P…)."""
        return self._all("variables", [("subject-id", subject_id)], parse_variable, fresh)

    def data_by_unit(
        self,
        unit_id: str,
        variable_ids: Iterable[int],
        *,
        years: Sequence[int] = (),
        fresh: float = 0.0,
    ) -> UnitData:
        """Values of variables for one unit, of all years unless some are named.

        A hundred variables make one request. A variable that has no value for the unit is
        absent from the result.
        """
        wanted = sorted(set(variable_ids))
        asked_years = [("year", str(year)) for year in sorted(set(years))]
        path = f"data/by-unit/{unit_id}"
        where = self._address(path, [])
        series: list[Series] = []
        answers: list[Kept | None] = []
        for start in range(0, len(wanted), VARIABLES_AT_ONCE):
            batch = wanted[start : start + VARIABLES_AT_ONCE]
            found = self._list(path, [("var-id", str(n)) for n in batch] + asked_years, fresh)
            series += [parse_series(entry, where) for entry in found.entries]
            answers += found.answers
        unasked = {one.variable_id for one in series} - set(wanted)
        if unasked:
            raise refusals.unexpected_shape(
                where, f"variables that were not asked for: {sorted(unasked)[:5]}"
            )
        return UnitData(
            unit_id,
            tuple(series),
            tuple(kept.sha256 if kept else "" for kept in answers),
            tuple(kept.confirmed if kept else "" for kept in answers),
        )

    def unit_pages_due(self, *, level: int, fresh: float = MONTH) -> int:
        """Requests that `units` would make now."""
        return self._due("units", [("level", str(level))], fresh, _UNIT_PAGES)

    def variable_pages_due(self, subject_id: str, *, fresh: float = MONTH) -> int:
        """Requests that `variables` would make now."""
        return self._due("variables", [("subject-id", subject_id)], fresh, 1)

    def _due(self, path: str, query: Query, fresh: float, unread: int) -> int:
        """Pages of a list that are not kept fresh; `unread` where nothing is known of it."""
        first = self._asker.kept(self._page_address(path, query, 0))
        if first is None:
            return unread
        pages = -(-parse_page(first, path).total // PAGE_SIZE)
        addresses = [self._page_address(path, query, number) for number in range(pages)]
        return sum(not self._asker.is_fresh(address, fresh) for address in addresses)

    def _all(
        self, path: str, query: Query, parse: Callable[[Object, str], T], fresh: float
    ) -> list[T]:
        where = self._address(path, query)
        return [parse(entry, where) for entry in self._list(path, query, fresh).entries]

    def _list(self, path: str, query: Query, fresh: float) -> _Listed:
        """A whole list; read anew where it changes from page to page.

        Raises PimError `PIM-BDL-010` where it never stands still.
        """
        counts: list[int] = []
        for reading in range(_READINGS):
            # Kept pages may be what does not fit, so a repeat asks for all of them.
            found = self._read_once(path, query, 0.0 if reading else fresh, counts)
            if found is not None:
                return found
        shown = ", ".join(str(number) for number in counts)
        raise refusals.list_unstable(self._address(path, query), shown)

    def _read_once(
        self, path: str, query: Query, fresh: float, counts: list[int]
    ) -> _Listed | None:
        """The list, or None where its pages do not fit together."""
        found = _Listed([], [])
        for number in count():
            address = self._page_address(path, query, number)
            answer, kept = self._asker.ask(address, fresh)
            page = parse_page(answer, address)
            if page.total > _MAX_ENTRIES:
                raise refusals.unexpected_shape(address, f"a list of {page.total} entries")
            if number and page.total != counts[-1]:
                counts.append(page.total)
                return None
            counts.append(page.total)
            found.entries.extend(page.results)
            found.answers.extend([kept] * len(page.results))
            if len(found.entries) >= page.total or not page.results:
                break
        distinct = {str(entry.get("id")) for entry in found.entries}
        return found if len(distinct) == len(found.entries) == counts[-1] else None

    def _page_address(self, path: str, query: Query, number: int) -> str:
        return self._address(path, [*query, ("page", str(number)), ("page-size", str(PAGE_SIZE))])

    def _address(self, path: str, query: Query) -> str:
        return f"{self._base}{path}?{urlencode([*query, ('format', 'json'), ('lang', 'pl')])}"
