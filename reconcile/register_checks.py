"""Whether sources of the registers say the same.

A state is held against the changes that lead to it, the address list of local governments against
TERC.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from reconcile.identity import with_city_id

Span = tuple[date, date]
"""The first and the last day on which a state is known to hold, or the days of a change file."""
FOUND = {"unit": pl.String(), "expected": pl.String(), "found": pl.String()}
"""Columns of what is told: an entry, what should be there, and what is."""
_SEPARATOR = ";"


def way_to(states: Sequence[Span], files: Sequence[Span]) -> tuple[int, tuple[int, ...]] | None:
    """How change files lead to the last of some states: the state they start from, and which.

    Both are numbers in the sequences; the nearest state that leads there is taken. None where the
    files leave a gap: then nothing can be said.
    """
    for start in range(len(states) - 2, -1, -1):
        steps = _steps(states[start], files, states[-1])
        if steps is not None:
            return start, steps
    return None


def _steps(here: Span, files: Sequence[Span], goal: Span) -> tuple[int, ...] | None:
    taken: list[int] = []
    while True:
        further = [
            (until, number)
            for number, (since, until) in enumerate(files)
            if here[0] <= since <= here[1] < until <= goal[1]
        ]
        if not further:
            return None
        until, number = max(further)
        taken.append(number)
        if until >= goal[0]:
            return tuple(taken)
        here = (until, until)


def after_changes(
    state: pl.DataFrame, changes: Sequence[pl.DataFrame], key: Sequence[str]
) -> pl.DataFrame:
    """A state with changes made in their order.

    `changes` are frames of change files: `change` and each column of the state with `_before` and
    `_after`. What the last change of a key says is what holds in the end.
    """
    steps: list[pl.DataFrame] = []
    for number, frame in enumerate(changes):
        rows = frame.with_row_index("row").with_columns(file=pl.lit(number))
        order = ("file", "row")
        gone = rows.filter(pl.col("change") != "D").select(
            *order,
            *(pl.col(f"{name}_before").alias(name) for name in key),
            there=pl.lit(value=False),
        )
        come = rows.filter(pl.col("change") != "U").select(
            *order,
            *(pl.col(f"{name}_after").alias(name) for name in state.columns),
            there=pl.lit(value=True),
        )
        steps += [gone, come]
    if not steps:
        return state
    last = (
        pl.concat(steps, how="diagonal")
        .sort("file", "row", "there")
        .unique(key, keep="last", maintain_order=True)
    )
    untouched = state.join(last, on=key, how="anti", nulls_equal=True)
    return pl.concat([untouched, last.filter("there").select(state.columns)])


def unlike(expected: pl.DataFrame, found: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Rows that two states do not have alike: columns of `FOUND`, sorted."""
    sides = [
        frame.select(*key, text=pl.concat_str(pl.all().fill_null(""), separator=_SEPARATOR))
        for frame in (expected, found)
    ]
    both = sides[0].join(sides[1], on=key, how="full", coalesce=True, nulls_equal=True)
    return (
        both.filter(pl.col("text").ne_missing(pl.col("text_right")))
        .select(unit=pl.concat_str(*key, ignore_nulls=True), expected="text", found="text_right")
        .sort("unit")
    )


def misnamed(listed: pl.DataFrame, names: pl.DataFrame, index: pl.DataFrame) -> pl.DataFrame:
    """Gminas of a list that no register knows, or that none ever called so: columns of `FOUND`.

    `listed` has terc and unit_name, as some day had them; `names` city_id, gmina_name and
    valid_from for all that a gmina was called; `index` is by `reconcile.identity.code_index`. A
    gmina is known by any code that it ever had, if the code meant no other one.
    """
    gminas = listed.filter(pl.col("terc").str.contains(r"^\d{6}[123]$"))
    known = with_city_id(gminas, index)
    called = names.group_by("city_id").agg(
        pl.col("gmina_name").unique().alias("ever"),
        pl.col("gmina_name").sort_by("valid_from").last().alias("expected"),
    )
    held = known.join(called, on="city_id", how="left")
    fits = pl.col("unit_name").is_in(pl.col("ever")).fill_null(value=False)
    rows = held.filter(~fits).select(unit="terc", expected="expected", found="unit_name")
    return rows.unique("unit", keep="first", maintain_order=True).sort("unit")
