"""What a fetch will cost, said before its first call; one that does not fit is not begun."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from schemas.text import Text
from sources.bdl.limits import Limiter, shown
from sources.bdl.refusals import over_budget


@dataclass(frozen=True, slots=True)
class Budget:
    """Calls of a fetch against what the windows still allow."""

    calls: int
    left: Mapping[str, int]
    """Calls that each window still allows, by its name."""
    wait_seconds: float
    """Until the last call can be made."""

    @property
    def text(self) -> Text:
        """The announcement."""
        left = ", ".join(f"{name}: {calls}" for name, calls in self.left.items())
        minutes = ceil(self.wait_seconds / 60)
        return Text(
            f"Pobieranie wymaga najwyżej {self.calls} zapytań do Banku Danych Lokalnych "
            f"(zostało: {left}) i potrwa co najmniej {minutes} min.",
            f"Fetching needs at most {self.calls} calls to the Local Data Bank "
            f"(left: {left}) and takes at least {minutes} min.",
        )


def budget_for(limiter: Limiter, calls: int) -> Budget:
    """Hold a number of calls against the windows; nothing is spent.

    Raises PimError `PIM-BDL-009` where the last call would have to wait longer than the
    limiter's `max_wait`.
    """
    wait = limiter.wait_for(calls)
    budget = Budget(calls, limiter.left(), wait)
    if wait > limiter.max_wait:
        left = ", ".join(f"{name}: {number}" for name, number in budget.left.items())
        raise over_budget(calls, left, shown(limiter.now() + wait), ceil(wait / 60))
    return budget
