"""Which gmina a code means: permanent identifiers, whatever code a gmina had and when.

`CityIds` says which code each gmina had on one day; `KnownTransitions` say which code became
which. Together they give every code that a gmina ever had. See docs/identity.md.
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from reconcile.namesakes import fold
from schemas.tables.city_transitions import Change

Day = date | pl.Expr | None
"""A day for all rows, or an expression that gives one for each row, or any day."""

_MOVES = (Change.KIND.value, Change.RECODED.value)
_BIRTHS = (Change.CREATED.value, Change.SPLIT.value)
_ENDS = (Change.ABOLISHED.value, Change.MERGED.value)
_SPANS = ("city_id", "terc", "after", "before", "since")


def code_spans(ids: pl.DataFrame, transitions: pl.DataFrame) -> pl.DataFrame:
    """Every code of every gmina: `city_id`, `terc`, `after`, `before`, `since`, sorted.

    `ids` and `transitions` have the columns of `CityIds` and `Transition`. A code means the
    gmina on days later than `after` and earlier than `before`; null is no bound. Where the day
    of a change is known only by an interval, old and new code both hold within it. `since` is the
    first day that is proved: before it, down to `after`, the code is only not ruled out.
    """
    moves = transitions.filter(pl.col("change").is_in(_MOVES)).with_columns(
        pl.col("changed_after").fill_null(date.min)
    )
    anchors = ids.select("city_id", "terc", day="state_date")
    later = pl.col("changed_by") > pl.col("day")
    earlier = pl.col("changed_after") < pl.col("day")
    found = pl.concat(
        [
            _reached(anchors, moves, ("from_terc", "to_terc", "changed_by"), later),
            _reached(anchors, moves, ("to_terc", "from_terc", "changed_after"), earlier),
        ]
    )
    proved = found.group_by("city_id", "terc").agg(since=pl.col("day").min())
    return _bounded(proved, transitions).sort("city_id", "terc")


def _reached(
    anchors: pl.DataFrame, moves: pl.DataFrame, way: tuple[str, str, str], in_time: pl.Expr
) -> pl.DataFrame:
    """Codes that follow from the anchors one way in time: `city_id`, `terc`, `day`."""
    here, there, day = way
    edge = found = anchors
    while not edge.is_empty():
        edge = (
            edge.join(moves.drop("city_id", "terc"), left_on="terc", right_on=here)
            .filter(in_time)
            .select("city_id", terc=there, day=day)
            .join(found, on=["city_id", "terc"], how="anti")
        )
        found = pl.concat([found, edge])
    return found


def _bounded(codes: pl.DataFrame, transitions: pl.DataFrame) -> pl.DataFrame:
    """Bounds of each code: open where the first event does not bring it, or the last end it."""
    change = pl.col("change")
    events = [
        transitions.filter(change.is_in(kinds)).select(
            "city_id",
            terc=side,
            day="changed_by",
            arrival=pl.lit(side == "to_terc"),
            after="changed_after",
        )
        for side, kinds in (("to_terc", _MOVES + _BIRTHS), ("from_terc", _MOVES + _ENDS))
    ]
    bounds = (
        pl.concat(events)
        .sort("city_id", "terc", "day", "arrival")
        .group_by("city_id", "terc", maintain_order=True)
        .agg(
            pl.when(pl.col("arrival").first()).then(pl.col("after").first()).alias("after"),
            pl.when(~pl.col("arrival").last()).then(pl.col("day").last()).alias("before"),
        )
    )
    return codes.join(bounds, on=["city_id", "terc"], how="left").select(_SPANS)


def code_index(spans: pl.DataFrame) -> pl.DataFrame:
    """What `with_city_id` looks codes up in: `code`, `city_id`, `after`, `before`.

    Beside the seven digits, two shorter codes mean a whole gmina: six digits, without the kind,
    and the four digits of a powiat that is a city (its number in the voivodeship is 61 or more,
    and its only gmina is 01 of kind 1). Parts of a gmina (kinds 4, 5, 8, 9) are not in it.
    """
    terc = pl.col("terc")
    own = spans.rename({"terc": "code"}).select("code", "city_id", "after", "before")
    stems = own.with_columns(pl.col("code").str.slice(0, 6))
    powiats = spans.filter(terc.str.contains(r"^\d\d[6-9]\d011$")).select(
        terc.str.slice(0, 4).alias("code"), "city_id", "after", "before"
    )
    bounds = [
        pl.when(pl.col(name).null_count() == 0).then(limit).alias(name)
        for name, limit in (("after", pl.col("after").min()), ("before", pl.col("before").max()))
    ]
    wide = stems.group_by("code", "city_id").agg(bounds).select(own.columns)
    return pl.concat([own, wide, powiats]).sort("code", "city_id")


def with_city_id(
    frame: pl.DataFrame, index: pl.DataFrame, *, code: str = "terc", day: Day = None
) -> pl.DataFrame:
    """The frame with `city_id`, in its order; null where the code means no gmina or several.

    `day` is when the code was written down, not what the row is about: statistics of 1995 may
    be keyed by the codes of today. Without it, a code counts whenever it was in force.
    """
    wanted = frame.select(pl.col(code).alias("code"), _day(day).alias("day")).unique()
    held = pl.col("after").is_null() | pl.col("day").is_null() | (pl.col("day") > pl.col("after"))
    holds = (
        pl.col("before").is_null() | pl.col("day").is_null() | (pl.col("day") < pl.col("before"))
    )
    found = (
        wanted.drop_nulls("code")
        .join(index, on="code")
        .filter(held & holds)
        .group_by("code", "day")
        .agg(pl.col("city_id").unique())
        .filter(pl.col("city_id").list.len() == 1)
        .select("code", "day", pl.col("city_id").list.first())
    )
    keyed = frame.drop("city_id", strict=False).with_columns(
        pl.col(code).alias("_code"), _day(day).alias("_day")
    )
    return keyed.join(
        found,
        left_on=["_code", "_day"],
        right_on=["code", "day"],
        how="left",
        nulls_equal=True,
        maintain_order="left",
    ).drop("_code", "_day")


def gmina_code(terc: pl.Expr) -> pl.Expr:
    """The code by which `with_city_id` knows the gmina that a unit is, or is a part of.

    A town or rural area (kinds 4 and 5) has the six digits of its gmina; a district or
    delegatura (8 and 9) lies in the only gmina of its powiat.
    """
    kind = terc.str.slice(6)
    return (
        pl.when(kind.is_in(["4", "5"]))
        .then(terc.str.slice(0, 6))
        .when(kind.is_in(["8", "9"]))
        .then(terc.str.slice(0, 4))
        .otherwise(terc)
    )


def _day(day: Day) -> pl.Expr:
    return day.cast(pl.Date) if isinstance(day, pl.Expr) else pl.lit(day, pl.Date)


def once(frame: pl.DataFrame, *, by: Sequence[str] = (), code: str = "terc") -> pl.DataFrame:
    """One row for a city and `by`, in the order of the frame: that of the longest code.

    A city with powiat rights comes twice, as a powiat and as a gmina, with the same values.
    Rows without `city_id` stay.
    """
    numbered = frame.with_row_index("_row")
    known = numbered.filter(pl.col("city_id").is_not_null())
    kept = known.sort(-pl.col(code).str.len_bytes().cast(pl.Int64), "_row").unique(
        ["city_id", *by], keep="first", maintain_order=True
    )
    rest = numbered.filter(pl.col("city_id").is_null())
    return pl.concat([kept, rest]).sort("_row").drop("_row")


def resolve(
    name: str, gminas: pl.DataFrame, *, voivodeship: str = "", kind: str = ""
) -> pl.DataFrame:
    """All gminas that a name may mean, by code: it never picks one.

    `gminas` has the columns of `Version` (all versions, or those of one day by `as_of`). Letter
    case and Polish letters do not matter. `voivodeship` and `kind` narrow the answer, and may
    still leave several: one powiat can have an urban and a rural gmina of the same name.
    """
    wanted = gminas.filter(fold(pl.col("gmina_name")) == pl.select(fold(pl.lit(name))).item())
    if voivodeship:
        place = pl.select(fold(pl.lit(voivodeship))).item()
        wanted = wanted.filter(fold(pl.col("voivodeship_name")) == place)
    if kind:
        wanted = wanted.filter(pl.col("gmina_kind") == kind)
    return wanted.sort("terc", "valid_from")
