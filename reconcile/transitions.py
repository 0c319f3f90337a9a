"""What changed between states of the register, put together with what was known before."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from schemas.columns import LIST_SEPARATOR
from schemas.tables.city_transitions import Change, CityTransitions, Proof

COLUMNS = CityTransitions.schema()

_WEIGHT = {
    Proof.REVIEW.value: 0,
    Proof.BDL.value: 1,
    Proof.CHANGES.value: 2,
    Proof.STATES.value: 3,
}
"""Of several descriptions of one change, the first of these gives kind, codes and notes."""


def known_codes(spans: pl.DataFrame, states: Sequence[date]) -> pl.DataFrame:
    """The codes that gminas are known to have had on some days, without names.

    Gives the columns that `derived` takes. `spans` by `reconcile.identity.code_spans`.
    """
    days = pl.DataFrame({"state_date": pl.Series(states, dtype=pl.Date)})
    day = pl.col("state_date")
    proved = (day >= pl.col("since")) & (pl.col("before").is_null() | (day < pl.col("before")))
    return (
        spans.join(days, how="cross")
        .filter(proved)
        .select("state_date", "terc", "city_id", unit="city_id", gmina_name=pl.lit(None, pl.String))
    )


def derived(observed: pl.DataFrame) -> pl.DataFrame:
    """Changes between neighbouring states: columns of `Transition`.

    `observed` has `state_date`, `unit`, `city_id`, `terc` and `gmina_name` (null where only the
    code is known: then no change of name is seen).
    """
    rows = _beside(observed)
    steady = pl.col("old_order") == pl.col("order") - 1
    moved = rows.filter(steady & (pl.col("terc") != pl.col("old_terc")))
    stem = pl.col("terc").str.slice(0, 6) == pl.col("old_terc").str.slice(0, 6)
    code_change = (
        pl.when(stem).then(pl.lit(Change.KIND.value)).otherwise(pl.lit(Change.RECODED.value))
    )
    renamed = rows.filter(steady & (pl.col("gmina_name") != pl.col("old_gmina_name")))
    born = rows.filter(~steady.fill_null(value=False) & pl.col("day_before").is_not_null())
    gone = rows.filter(
        (pl.col("next_order") != pl.col("order") + 1).fill_null(value=True)
        & pl.col("day_after").is_not_null()
    )
    now, then = ("terc", "gmina_name"), ("old_terc", "old_gmina_name")
    return pl.concat(
        [
            _rows(moved, code_change, then, now, ("old_state_date", "state_date")),
            _rows(
                renamed.with_columns(old_terc="terc"),
                pl.lit(Change.RENAMED.value),
                then,
                now,
                ("old_state_date", "state_date"),
            ),
            _rows(born, pl.lit(Change.CREATED.value), None, now, ("day_before", "state_date")),
            _rows(gone, pl.lit(Change.ABOLISHED.value), now, None, ("state_date", "day_after")),
        ]
    ).sort("changed_by", "change", "terc")


def _beside(observed: pl.DataFrame) -> pl.DataFrame:
    """Each row with its unit one state earlier (`old_…`) and the days around its state.

    `order` numbers the states; `day_before` and `day_after` are null at the ends.
    """
    days = observed.get_column("state_date").unique().sort()
    states = pl.DataFrame(
        {
            "state_date": days,
            "order": pl.int_range(days.len(), eager=True),
            "day_before": days.shift(1),
            "day_after": days.shift(-1),
        }
    )
    ordered = observed.join(states, on="state_date").sort("unit", "state_date")
    return ordered.with_columns(
        *(
            pl.col(name).shift().over("unit").alias(f"old_{name}")
            for name in ("order", "terc", "gmina_name", "state_date")
        ),
        next_order=pl.col("order").shift(-1).over("unit"),
    )


def _rows(
    rows: pl.DataFrame,
    change: pl.Expr,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
    days: tuple[str, str],
) -> pl.DataFrame:
    """Rows of one sort in the shape of `Transition`; `days` are the columns of the interval."""
    nothing = pl.lit(None, pl.String)
    old = [pl.col(name) for name in before] if before else [nothing, nothing]
    new = [pl.col(name) for name in after] if after else [nothing, nothing]
    return rows.select(
        changed_by=days[1],
        change=change,
        terc=pl.coalesce(new[0], old[0]),
        city_id="city_id",
        changed_after=days[0],
        from_terc=old[0],
        to_terc=new[0],
        from_name=old[1],
        to_name=new[1],
        proof=pl.lit(Proof.STATES.value),
        states=pl.format("terc-{};terc-{}", *days),
        notes=nothing,
    ).select(list(COLUMNS))


def combined(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Descriptions of changes from several sides, each change once: columns of `Transition`.

    Two rows are one change when kind of event and codes (for a name: the names) agree and their
    intervals overlap: the change lies in what the intervals have in common. A change that the
    states show in one step, and others in several, is told in several.
    """
    rows = pl.concat([part.select(list(COLUMNS)) for part in parts])
    change = pl.col("change")
    born = change.is_in([Change.CREATED.value, Change.SPLIT.value])
    gone = change.is_in([Change.ABOLISHED.value, Change.MERGED.value])
    renamed = change == Change.RENAMED.value
    start = pl.col("changed_after").fill_null(date.min)
    keys = ("event", "key_from", "key_to", "key_name")
    rows = _without_leaps(rows).with_columns(
        start.alias("start"),
        event=pl.when(born)
        .then(pl.lit("born"))
        .when(gone)
        .then(pl.lit("gone"))
        .when(renamed)
        .then(pl.lit("name"))
        .otherwise(pl.lit("code")),
        key_from=pl.when(~born).then("from_terc"),
        key_to=pl.when(~gone).then("to_terc"),
        key_name=pl.when(renamed).then("to_name"),
        weight=pl.col("proof").replace_strict(_WEIGHT, return_dtype=pl.Int64),
    )
    order = (*keys, "start", "changed_by", "weight")
    rows = rows.sort(order, nulls_last=True, maintain_order=True).with_columns(
        reach=pl.col("changed_by").cum_max().shift().over(keys)
    )
    apart = (pl.col("start") >= pl.col("reach")).fill_null(value=True)
    rows = rows.with_columns(cluster=apart.cast(pl.Int64).cum_sum().over(keys))
    states = pl.col("states").drop_nulls().str.split(LIST_SEPARATOR).explode()
    # Two change files may tell of one change: of equals the first, always the same one.
    best = rows.sort("weight", maintain_order=True).group_by(*keys, "cluster", maintain_order=True)
    merged = best.agg(
        pl.col("change", "terc", "from_terc", "to_terc", "proof", "notes").first(),
        pl.col("city_id", "from_name", "to_name").drop_nulls().first(),
        pl.col("changed_by").min(),
        pl.col("changed_after").max(),
        states.drop_nulls().unique().sort().str.join(LIST_SEPARATOR).alias("states"),
    ).with_columns(pl.when(pl.col("states") != "").then("states").alias("states"))
    return merged.select(list(COLUMNS)).sort("changed_by", "change", "terc")


def _without_leaps(rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out changes of code seen from state to state that others tell step by step."""
    coded = pl.col("change").is_in([Change.KIND.value, Change.RECODED.value])
    seen = rows.filter(coded & (pl.col("proof") == Proof.STATES.value))
    told = rows.filter(coded & (pl.col("proof") != Proof.STATES.value)).select(
        "city_id", "from_terc", "to_terc", pl.col("changed_by").alias("told_by")
    )
    inside = pl.col("told_by").is_between("changed_after", "changed_by", closed="right")
    first = seen.join(told.drop("to_terc"), on=["city_id", "from_terc"]).filter(inside)
    last = seen.join(told.drop("from_terc"), on=["city_id", "to_terc"]).filter(inside)
    direct = seen.join(told, on=["city_id", "from_terc", "to_terc"])
    leaps = (
        first.join(last, on=["city_id", "from_terc", "to_terc", "changed_by"], how="semi")
        .join(direct, on=["city_id", "from_terc", "to_terc"], how="anti")
        .select("change", "from_terc", "to_terc", "changed_by", "proof")
    )
    return rows.join(leaps, on=leaps.columns, how="anti", maintain_order="left")
