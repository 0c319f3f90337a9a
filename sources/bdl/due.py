"""What has to be asked: variables that changed, and units that were never asked for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

import polars as pl

from sources.bdl.client import VARIABLES_AT_ONCE
from sources.bdl.shapes import Variable
from sources.bdl.units import GMINA_LEVEL, CityUnit

EMPTY_AGAIN = timedelta(days=7)
"""A unit without any value of a variable is asked again after this time: empty is not final."""


@dataclass(frozen=True, slots=True)
class Task:
    """One unit and the variables to ask it for."""

    city: CityUnit
    variable_ids: tuple[int, ...]

    @property
    def calls(self) -> int:
        """Requests that it takes, if no answer has more than one page."""
        return ceil(len(self.variable_ids) / VARIABLES_AT_ONCE)


def level_of(variable: Variable) -> int:
    """The level of the units that a variable is asked for: the gmina where it has one."""
    return min(variable.level, GMINA_LEVEL)


def tasks_due(
    cities: Sequence[CityUnit],
    variables: Sequence[Variable],
    updated: Mapping[int, date | None],
    asked: pl.DataFrame,
    today: date,
) -> list[Task]:
    """What to ask, unit by unit.

    `updated` has the last update of each variable by the service; `asked` is as
    `sources.bdl.store.ASKED`. A pair of unit and variable is due when it was never asked, when
    the variable was updated since, or when there was nothing and that is some days ago.
    """
    units = pl.DataFrame(
        [(city.unit_id, city.level) for city in cities],
        schema={"unit_id": pl.String, "level": pl.Int64},
        orient="row",
    )
    wanted = pl.DataFrame(
        [(one.id, level_of(one), updated.get(one.id)) for one in variables],
        schema={"variable_id": pl.Int64, "level": pl.Int64, "updated": pl.Date},
        orient="row",
    ).unique("variable_id", keep="first", maintain_order=True)
    pairs = units.join(wanted, on="level").join(
        asked, on=["unit_id", "variable_id"], how="left", maintain_order="left"
    )
    never = pl.col("asked_on").is_null()
    newer = (pl.col("updated") > pl.col("source_date")).fill_null(value=False)
    unknown = pl.col("updated").is_null() & pl.col("source_date").is_not_null()
    empty = pl.col("source_date").is_null() & (pl.col("asked_on") <= today - EMPTY_AGAIN)
    due = (
        pairs.filter(never | newer | unknown | empty)
        .group_by("unit_id")
        .agg(pl.col("variable_id").unique().sort())
    )
    ids: dict[str, list[int]] = dict(due.rows())
    return [Task(city, tuple(ids[city.unit_id])) for city in cities if city.unit_id in ids]
