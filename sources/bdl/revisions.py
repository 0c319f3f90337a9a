"""Revisions: a value that changed stands beside the one before it, never in its place.

Pure functions on frames. Kept rows have the columns of `OBSERVED` and `revision`, counted from
1 for each city, variable and year.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from sources.bdl.observations import KEY, OBSERVED

REVISED: Mapping[str, pl.DataType] = {**OBSERVED, "revision": pl.Int64()}
"""Columns of kept observations."""
ORDER = ("variable_id", "city", "year", "revision")
"""How kept observations are sorted: a variable stands together."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a capture brought, in rows."""

    new: int = 0
    """Never seen before."""
    revised: int = 0
    """Another value or attribute than the newest kept one."""
    unchanged: int = 0
    stale: int = 0
    """From before what is kept: an old answer never becomes a new revision."""
    absent: int = 0
    """Kept, of a city and variable that the capture has, but no longer given; they stay."""

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new + other.new,
            self.revised + other.revised,
            self.unchanged + other.unchanged,
            self.stale + other.stale,
            self.absent + other.absent,
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """Kept observations after a capture, and what it brought."""

    kept: pl.DataFrame
    counts: Counts


def merge(kept: pl.DataFrame, capture: pl.DataFrame) -> Merged:
    """Add a capture to kept observations. No kept row is changed or dropped.

    Values are compared as digits, attributes as numbers; a new date alone is no revision. Merging
    the same capture again changes nothing. Raises ValueError where the capture has two rows for
    one city, variable and year.
    """
    if capture.select(pl.struct(KEY).is_duplicated().any()).item():
        raise ValueError("a capture has one row for each city, variable and year")
    newest = latest(kept)
    compared = capture.join(newest, on=list(KEY), how="left", suffix="_kept", maintain_order="left")
    known = pl.col("revision").is_not_null()
    same = pl.col("value").eq_missing(pl.col("value_kept")) & pl.col("attribute").eq_missing(
        pl.col("attribute_kept")
    )
    older = (pl.col("retrieved_on") < pl.col("retrieved_on_kept")).fill_null(value=False) | (
        pl.col("source_date") < pl.col("source_date_kept")
    ).fill_null(value=False)
    compared = compared.with_columns(
        _state=pl.when(~known)
        .then(pl.lit("new"))
        .when(same)
        .then(pl.lit("unchanged"))
        .when(older)
        .then(pl.lit("stale"))
        .otherwise(pl.lit("revised")),
        revision=pl.col("revision").fill_null(0) + 1,
    )
    counted = dict(compared.group_by("_state").len().rows())
    added = compared.filter(pl.col("_state").is_in(["new", "revised"])).select(REVISED.keys())
    return Merged(
        pl.concat([kept.select(REVISED.keys()), added]).sort(ORDER),
        Counts(
            counted.get("new", 0),
            counted.get("revised", 0),
            counted.get("unchanged", 0),
            counted.get("stale", 0),
            _absent(newest, capture),
        ),
    )


def latest(kept: pl.DataFrame) -> pl.DataFrame:
    """The newest revision of each value."""
    return kept.filter(pl.col("revision") == pl.col("revision").max().over(KEY))


def with_newest(pieces: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Kept rows that come in pieces, in `ORDER`, with `newest`: true for the newest revision.

    The rows may be cut anywhere: the last one of a piece waits for the next, to be compared. A
    copy is no later revision: it stays for the gate, which sets both aside.
    """
    held = nothing_kept()
    for piece in pieces:
        rows = pl.concat([held, piece])
        held = rows.tail(1)
        other = [pl.col(name) != pl.col(name).shift(-1) for name in KEY]
        last = pl.col("revision") >= pl.col("revision").shift(-1)
        told = rows.with_columns(newest=pl.any_horizontal(*other, last))
        yield told.head(rows.height - held.height)
    yield held.with_columns(newest=pl.lit(value=True))


def nothing_kept() -> pl.DataFrame:
    """No observations yet."""
    return pl.DataFrame(schema=dict(REVISED))


def _absent(newest: pl.DataFrame, capture: pl.DataFrame) -> int:
    seen = capture.select("city", "variable_id").unique()
    return (
        newest.join(seen, on=["city", "variable_id"], how="semi")
        .join(capture, on=list(KEY), how="anti")
        .height
    )
