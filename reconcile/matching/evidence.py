"""What stands around a name, held against each gmina that the name may be.

Evidence only ever takes candidates away. It never makes a name out of nothing.
"""

import polars as pl

from reconcile.matching.contexts import Networks, network_members, voivodeship_codes
from reconcile.matching.folding import folded
from reconcile.matching.keys import stem
from reconcile.matching.register import Register

# Which RODZ a word of kind allows, the likelier first. A „gmina wiejska” of an older list may be
# urban-rural now, never urban: villages become towns every year.
_KINDS = {
    "urban": ("1", "3"),
    "town": ("13",),
    "mixed": ("3",),
    "rural": ("2", "3"),
}


def evidence(readings: pl.DataFrame, register: Register, networks: Networks) -> pl.DataFrame:
    """What each reading's surroundings say, a row a reading.

    `readings` have the columns of `queries.parsed` and those of the caller's rows:
    `context_voivodeship`, `context_network`, `context_is_town`. Added are `woj`, `powiats`
    (lists of codes, null where nothing is said), `not_understood` (something is said, and it is
    in no register), `is_city`, `network_known`.
    """
    frame = _voivodeships(readings, register)
    frame = _powiats(frame, register)
    members, cities = network_members(frame["context_network"], networks)
    frame = frame.join(cities, left_on="context_network", right_on="text", how="left")
    return frame.with_columns(
        is_city=pl.col("is_city").fill_null(value=False)
        | pl.col("context_is_town").fill_null(value=False),
        network_known=pl.col("context_network").is_in(members["text"].implode()),
    )


def _voivodeships(frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    for column in ("context_voivodeship", "voivodeship"):
        codes = voivodeship_codes(frame[column], register).with_columns(said=pl.lit(value=True))
        renamed = codes.rename({"woj": f"woj_{column}", "said": f"said_{column}"})
        frame = frame.join(renamed, left_on=column, right_on="text", how="left")
    beside, within = pl.col("woj_context_voivodeship"), pl.col("woj_voivodeship")
    unknown = pl.any_horizontal(
        pl.col(f"said_{column}").is_not_null() & pl.col(f"woj_{column}").is_null()
        for column in ("context_voivodeship", "voivodeship")
    )
    return frame.with_columns(
        woj=pl.coalesce(within, beside),
        not_understood=unknown | ((beside != within).fill_null(value=False)),
    )


def _powiats(frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Column `powiats` from „pow. kaliski” and from „k. Kalisza”."""
    named = (
        frame.filter(pl.col("powiat").is_not_null())
        .select("rid", stem=stem(pl.col("powiat").str.strip_chars(" .,()")))
        .join(register.powiats, on="stem", how="left")
    )
    near_fold = pl.col("near").str.replace_all(r"[^\p{L}]+", "")
    near = (
        frame.filter(pl.col("near").is_not_null())
        .select("rid", text=near_fold)
        .with_columns(fold=folded(pl.col("text")))
        .join(register.surroundings, on="fold", how="left")
        .select("rid", "powiat")
    )
    said = (
        pl.concat([named.select("rid", "powiat"), near])
        .group_by("rid")
        .agg(powiats=pl.col("powiat").drop_nulls().unique().sort())
    )
    frame = frame.join(said, on="rid", how="left")
    empty = (pl.col("powiats").list.len() == 0).fill_null(value=False)
    return frame.with_columns(not_understood=pl.col("not_understood") | empty)


def judged(candidates: pl.DataFrame) -> pl.DataFrame:
    """Candidates with what speaks against each: `fits_place`, `kind_rank`.

    `candidates` have a reading's evidence and a gmina's columns. `fits_place` is false where
    voivodeship, powiat or code are others; `kind_rank` is 0 or 1 by how well the kind fits, null
    where it does not.
    """
    rodz = pl.col("rodz")
    fits_place = (
        (pl.col("woj_said").is_null() | (pl.col("woj_said") == pl.col("woj")))
        & (pl.col("powiats").is_null() | pl.col("powiats").list.contains(pl.col("powiat_code")))
        & (pl.col("code").is_null() | (pl.col("code") == pl.col("terc")))
    )
    rank = pl.coalesce(
        pl.when(pl.col("kind").is_null()).then(0),
        *(
            pl.when((pl.col("kind") == kind) & rodz.is_in(list(digits))).then(number)
            for kind, allowed in _KINDS.items()
            for number, digits in enumerate(allowed)
        ),
    )
    # A network of cities, and a caller who knows that it is a town, rule out the rural gmina.
    as_town = pl.when(pl.col("is_city") & (rodz == "2")).then(None).otherwise(rank)
    return candidates.with_columns(
        fits_place=fits_place.fill_null(value=False), kind_rank=as_town.cast(pl.Int8)
    )
