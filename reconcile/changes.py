"""Change files of TERC as transitions of gminas."""

from datetime import date

import polars as pl

from reconcile.identity import with_city_id
from schemas.tables.city_transitions import Change, CityTransitions, Proof

_PARTS = ("WOJ", "POW", "GMI", "RODZ")
_WHOLE = r"^\d{6}[123]$"
"""The code of a whole gmina."""


def transitions_of(
    changes: pl.DataFrame, index: pl.DataFrame, *, since: date, until: date, state_id: str
) -> pl.DataFrame:
    """What a change file says of whole gminas: columns of `Transition`.

    `changes` is the frame of a change file of TERC: `change` (D, U or M), `state_before`,
    `state_after`, each TERC column with `_before` and `_after`, `split_from` and `merged_into`.
    `since` and `until` are the days that the file is about, for units that it gives no state date;
    `state_id` is its key in `RegisterStates`. `index` by `reconcile.identity.code_index`. A gmina
    removed and added on six equal digits changed its kind; one that is said to go into one other
    gmina was merged, one that comes from one other was split off.
    """
    by = pl.col("state_after").fill_null(until)
    told = pl.when(pl.col("state_before") < by).then("state_before").otherwise(pl.lit(since))
    rows = changes.select(
        *(_code(side) for side in ("before", "after")),
        from_name="NAZWA_before",
        to_name="NAZWA_after",
        changed_after=pl.when(told < by).then(told),
        changed_by=by,
        split_from="split_from",
        merged_into="merged_into",
    ).filter(pl.col("from_terc").is_not_null() | pl.col("to_terc").is_not_null())
    rows = _rejoined(rows)
    before, after = pl.col("from_terc"), pl.col("to_terc")
    moved = rows.with_columns(
        change=pl.when(before.is_null())
        .then(pl.lit(Change.CREATED.value))
        .when(after.is_null())
        .then(pl.lit(Change.ABOLISHED.value))
        .when(before.str.slice(0, 6) == after.str.slice(0, 6))
        .then(pl.lit(Change.KIND.value))
        .otherwise(pl.lit(Change.RECODED.value)),
        meant=pl.coalesce(before, after),
    ).filter((before != after).fill_null(value=True))
    renamed = rows.filter(pl.col("from_name") != pl.col("to_name")).with_columns(
        from_terc=after, change=pl.lit(Change.RENAMED.value), meant=before
    )
    linked = _linked(moved)
    both = pl.concat([linked, renamed.select(linked.columns)])
    gone = pl.col("change").is_in([Change.ABOLISHED.value, Change.MERGED.value])
    whole = both.with_columns(
        terc=pl.when(gone).then("from_terc").otherwise("to_terc"),
        proof=pl.lit(Proof.CHANGES.value),
        states=pl.lit(state_id),
        notes=pl.lit(None, pl.String),
    )
    known = with_city_id(whole, index, code="meant", day=pl.col("changed_after"))
    return known.select(list(CityTransitions.schema())).sort("changed_by", "change", "terc")


def _linked(moved: pl.DataFrame) -> pl.DataFrame:
    """Rises and ends with the one other gmina that the file names, where it is one."""
    born, gone = (
        pl.col("change") == Change.CREATED.value,
        pl.col("change") == Change.ABOLISHED.value,
    )
    parent, heir = (
        pl.when(pl.col(link).str.contains(_WHOLE)).then(link)
        for link in ("split_from", "merged_into")
    )
    split, merged = born & parent.is_not_null(), gone & heir.is_not_null()
    return moved.with_columns(
        change=pl.when(split)
        .then(pl.lit(Change.SPLIT.value))
        .when(merged)
        .then(pl.lit(Change.MERGED.value))
        .otherwise("change"),
        from_terc=pl.when(split).then(parent).otherwise("from_terc"),
        to_terc=pl.when(merged).then(heir).otherwise("to_terc"),
    )


def _code(side: str) -> pl.Expr:
    """The code of a side where it is a whole gmina, else null."""
    code = pl.concat_str(*(f"{part}_{side}" for part in _PARTS))
    name = "from_terc" if side == "before" else "to_terc"
    return pl.when(code.str.contains(_WHOLE)).then(code).alias(name)


def _rejoined(rows: pl.DataFrame) -> pl.DataFrame:
    """Removed and added gminas with the same six digits as one change."""
    stem = pl.coalesce("to_terc", "from_terc").str.slice(0, 6).alias("stem")
    gone = rows.filter(pl.col("to_terc").is_null()).with_columns(stem)
    born = rows.filter(pl.col("from_terc").is_null()).with_columns(stem)
    pairs = gone.join(born, on="stem", suffix="_new")
    joined = pairs.select(
        "from_terc",
        "from_name",
        "changed_after",
        to_terc="to_terc_new",
        to_name="to_name_new",
        changed_by="changed_by_new",
        split_from=pl.lit(None, pl.String),
        merged_into=pl.lit(None, pl.String),
    )
    paired = (
        pl.col("to_terc").is_null() & pl.col("from_terc").is_in(pairs["from_terc"].implode())
    ) | (pl.col("from_terc").is_null() & pl.col("to_terc").is_in(pairs["to_terc_new"].implode()))
    rest = rows.filter(~paired.fill_null(value=False))
    return pl.concat([rest, joined.select(rows.columns)])
