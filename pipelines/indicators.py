"""Fetching indicators of the Local Data Bank from the command line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assets.indicators import fetch_themes, planned_themes
from assets.indicators import take_workbooks as add_workbooks
from pipelines.house import house_of
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.tables.indicator_variables import IndicatorTheme
from schemas.text import Text
from sources.bdl.refresh import Fetched, Say


def fetch_indicators(settings: Settings, themes: Sequence[str], say: Say) -> Fetched:
    """Fetch what is due of some themes, or of all where none is named.

    Raises PimError `PIM-CLI-004` for a theme that does not exist, `PIM-WH-006` before the first
    build, and those of `sources.bdl` when the service fails; what was fetched before stays.
    """
    wanted = _themes(themes)
    house = house_of(settings)
    house.folder.verify()
    return fetch_themes(house, wanted, say)


@dataclass(frozen=True)
class Planned:
    """What a fetch of indicators is about."""

    cities: int
    themes: dict[str, int]
    """Indicators of each theme."""

    def as_dict(self) -> dict[str, object]:
        """The plan as JSON data."""
        plan = [{"theme": theme, "indicators": n} for theme, n in self.themes.items()]
        return {"cities": self.cities, "plan": plan}

    def lines(self) -> Iterator[Text]:
        """The plan for people."""
        yield Text("Miast: {n}.", "Cities: {n}.").fill(n=self.cities)
        for theme, count in self.themes.items():
            yield Text("{theme}: wskaźników {n}", "{theme}: {n} indicators").fill(
                theme=theme, n=count
            )


def plan_indicators(settings: Settings, themes: Sequence[str]) -> Planned:
    """What `fetch_indicators` would ask about, if all is due; nobody is asked, nothing written.

    Raises PimError `PIM-CLI-004` and `PIM-WH-006` as it does.
    """
    wanted = _themes(themes)
    house = house_of(settings)
    house.folder.verify()
    return Planned(*planned_themes(house, wanted))


def _themes(themes: Sequence[str]) -> frozenset[str]:
    known = [theme.value for theme in IndicatorTheme]
    unknown = sorted(set(themes) - set(known))
    if unknown:
        raise PimError(
            "PIM-CLI-004",
            Text("Nie ma takiej dziedziny wskaźników.", "There is no such theme of indicators."),
            where=", ".join(unknown),
            fix=Text(f"Dziedziny: {', '.join(known)}.", f"Themes: {', '.join(known)}."),
            exit_code=Exit.USAGE,
        )
    return frozenset(themes or known)


def take_workbooks(settings: Settings, say: Say) -> None:
    """Add the values of the workbooks that were given by hand.

    Before the first build there are no cities to add them for; then it is said what to do.
    """
    house = house_of(settings)
    try:
        add_workbooks(house, say)
    except PimError as error:
        if error.code != "PIM-WH-006":
            raise
        say(
            Text(
                "Wartości wejdą do danych po pim build i pim sources indicators.",
                "The values get into the data by pim build and pim sources indicators.",
            )
        )


def summary(fetched: Fetched) -> Iterator[Text]:
    """What a fetch did, for people."""
    counts = fetched.counts
    yield Text(
        "Zapytań: {calls}, nowych wartości: {new}, poprawionych: {revised}, bez zmian: {same}.",
        "Calls: {calls}, new values: {new}, revised: {revised}, unchanged: {same}.",
    ).fill(calls=fetched.calls, new=counts.new, revised=counts.revised, same=counts.unchanged)
    if fetched.missing_cities:
        yield Text(
            "Miast, których nie ma w banku: {n} ({cities}).",
            "Cities that the bank does not have: {n} ({cities}).",
        ).fill(n=len(fetched.missing_cities), cities=", ".join(fetched.missing_cities))
    if fetched.unresolved:
        names = ", ".join(one.wanted.indicator_id for one in fetched.unresolved)
        yield Text(
            "Wskaźników bez jednej pasującej zmiennej: {n} ({names}). Popraw indicator_list.csv.",
            "Indicators without one variable that fits: {n} ({names}). Mend indicator_list.csv.",
        ).fill(n=len(fetched.unresolved), names=names)
