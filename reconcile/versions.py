"""What a gmina was and when: runs of register states in which it stayed the same."""

from datetime import date
from typing import NamedTuple

import polars as pl

from reconcile.history import ATTRIBUTES, OBSERVED
from schemas.errors import PimError
from schemas.text import Text


class AsOf(NamedTuple):
    """The register of a day, and the state that it was taken from."""

    state_date: date
    gminas: pl.DataFrame


def versions_of(observed: pl.DataFrame) -> pl.DataFrame:
    """Runs of states in which a gmina stayed the same: columns of `UnitVersions`.

    `observed` has the columns of `OBSERVED`. `valid_to` is null in the newest state of all.
    """
    rows = observed.with_columns(
        order=pl.col("state_date").rank("dense").cast(pl.Int64), whole=pl.struct(list(ATTRIBUTES))
    ).sort("unit", "state_date")
    newest = pl.col("order").max()
    changed = (
        (pl.col("whole") != pl.col("whole").shift())
        | (pl.col("unit") != pl.col("unit").shift())
        | (pl.col("order") - pl.col("order").shift() != 1)
    )
    runs = rows.with_columns(run=changed.fill_null(value=True).cum_sum())
    return (
        runs.group_by("run", maintain_order=True)
        .agg(
            pl.col("unit", "city_id", *ATTRIBUTES).first(),
            valid_from=pl.col("state_date").first(),
            last=pl.col("state_date").last(),
            order=pl.col("order").last(),
        )
        .select(
            "unit",
            "city_id",
            "valid_from",
            pl.when(pl.col("order") != newest).then("last").alias("valid_to"),
            *ATTRIBUTES,
            first_state=pl.format("terc-{}", "valid_from"),
            last_state=pl.format("terc-{}", "last"),
        )
        .sort("unit", "valid_from")
    )


def observed_in(versions: pl.DataFrame, states: pl.Series) -> pl.DataFrame:
    """Versions spread over the states that lie within them: columns of `OBSERVED`.

    The reverse of `versions_of`. `states` holds the days of all states that the versions were
    made from.
    """
    last = pl.col("last_state").str.strip_prefix("terc-").str.to_date("%Y-%m-%d")
    days = states.unique().sort().alias("state_date").to_frame()
    unit = pl.col("unit") if "unit" in versions.columns else pl.col("city_id")
    spread = versions.with_columns(last=last, unit=unit).join_where(
        days,
        pl.col("valid_from") <= pl.col("state_date"),
        pl.col("last") >= pl.col("state_date"),
    )
    return spread.select(list(OBSERVED)).sort("state_date", "terc")


def as_of(versions: pl.DataFrame, states: pl.Series, day: date) -> AsOf:
    """The register of a day: the nearest state that is not later, and the gminas in it.

    `versions` and `states` as in `observed_in`. Raises PimError `PIM-CIT-002` for a day before
    the first state.
    """
    known = states.filter(states <= day)
    state = known.max()
    if not isinstance(state, date):
        first = states.cast(pl.String).min()
        raise PimError(
            "PIM-CIT-002",
            Text(
                "Nie ma stanu rejestru na ten dzień ani na wcześniejszy.",
                "There is no state of the register of this day or an earlier one.",
            ),
            where=day.isoformat(),
            why=Text(f"Pierwszy znany stan: {first!s}.", f"First known state: {first!s}."),
            fix=Text(
                "Podaj późniejszy dzień albo dodaj plik TERC z wcześniejszym stanem.",
                "Give a later day, or add a TERC file of an earlier state.",
            ),
        )
    last = pl.col("last_state").str.strip_prefix("terc-").str.to_date("%Y-%m-%d")
    held = versions.filter((pl.col("valid_from") <= state) & (last >= state))
    return AsOf(state, held.sort("terc"))
