"""From the list of indicators to variables: chosen by name, because numbers are not ours.

A line of the list names a subject (`P2425`) and, where the total is not meant, patterns for the
labels of its dimensions: `w miastach + ogół*|razem`. Patterns are joined by ` + `, alternatives
by `|`, and `*` stands for anything; case does not matter, nor does the order of dimensions.
A dimension that no pattern speaks of must be the total, or have one label only.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from schemas.tables.indicator_variables import IndicatorTheme, Resolution
from sources.bdl.shapes import Variable
from sources.bdl.units import POWIAT_LEVEL

_TOTALS = frozenset({"ogółem", "razem"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of the list of indicators."""

    indicator_id: str
    theme: IndicatorTheme
    subject_id: str
    selection: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a line of the list means in the Local Data Bank now."""

    wanted: Wanted
    resolution: Resolution
    variable: Variable | None = None
    candidates: tuple[str, ...] = ()
    """Labels of the variables that fit, or, where none does, of all the subject has."""


def resolve(wanted: Wanted, variables: Iterable[Variable]) -> Resolved:
    """Find the one variable that a line of the list means.

    Variables that exist for voivodeships only are no candidates. None or several that fit are a
    result, not an error: the other indicators go on.
    """
    usable = [v for v in variables if v.level >= POWIAT_LEVEL]
    varying = _varying(usable)
    patterns = [_pattern(part) for part in wanted.selection.split(" + ") if part.strip()]
    fitting = [v for v in usable if _fits(v, patterns, varying)]
    if len(fitting) == 1:
        return Resolved(wanted, Resolution.FOUND, fitting[0])
    state = Resolution.AMBIGUOUS if fitting else Resolution.NOT_FOUND
    return Resolved(wanted, state, None, tuple(labels_of(v) for v in fitting or usable))


def labels_of(variable: Variable) -> str:
    """The labels of a variable as people write them."""
    return " + ".join(variable.labels)


def _varying(variables: Sequence[Variable]) -> frozenset[int]:
    """Positions of the dimensions that have more than one label."""
    width = max((len(v.labels) for v in variables), default=0)
    labels = [{v.labels[i : i + 1] for v in variables} for i in range(width)]
    return frozenset(i for i, found in enumerate(labels) if len(found) > 1)


def _fits(variable: Variable, patterns: Sequence[re.Pattern[str]], varying: frozenset[int]) -> bool:
    places = range(len(variable.labels))
    if len(patterns) > len(variable.labels):
        return False
    return any(
        _match(patterns, [variable.labels[i] for i in chosen])
        and all(_is_total(variable.labels[i]) for i in places if i in varying and i not in chosen)
        for chosen in permutations(places, len(patterns))
    )


def _match(patterns: Sequence[re.Pattern[str]], labels: Sequence[str]) -> bool:
    pairs = zip(patterns, labels, strict=True)
    return all(pattern.fullmatch(label) for pattern, label in pairs)


def _is_total(label: str) -> bool:
    return label.casefold() in _TOTALS


def _pattern(part: str) -> re.Pattern[str]:
    alternatives = (
        ".*".join(re.escape(" ".join(piece.split())) for piece in alternative.strip().split("*"))
        for alternative in part.split("|")
    )
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)
