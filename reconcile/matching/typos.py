"""One typing error: a letter left out, put in, changed, or two neighbours swapped.

Two texts are one such error apart exactly if they share a text that is made by leaving out one
letter of each (or of one of them), so near names are found by a join and not by comparing every
text with every name: 100,000 texts against the full register cost a join of a million rows.
Where the letters were left out tells which error it is.
"""

import polars as pl

_NONE_LEFT_OUT = -1
MIN_LENGTH = 5
"""Shorter texts are near too many names to tell anything."""


def deletions(rows: pl.DataFrame, text: str) -> pl.DataFrame:
    """The rows, each as often as its `text` has letters and once more, with `key` and `at`.

    `key` is the text without the letter at place `at` (from 0), and the whole text where `at`
    is -1. Texts under `MIN_LENGTH` letters are left out.
    """
    column = pl.col(text)
    long = rows.filter(column.str.len_chars() >= MIN_LENGTH)
    at = long.with_columns(at=pl.int_ranges(0, column.str.len_chars().cast(pl.Int64))).explode("at")
    cut = at.with_columns(
        key=column.str.slice(0, pl.col("at").cast(pl.UInt32)) + column.str.slice(pl.col("at") + 1)
    )
    whole = long.with_columns(at=pl.lit(_NONE_LEFT_OUT, dtype=pl.Int64), key=column)
    return pl.concat([whole, cut])


def near(texts: pl.DataFrame, register_deletions: pl.DataFrame) -> pl.DataFrame:
    """Names one error away: `fold` of the text, `nid`, `error`, `at`, `away_from_end`.

    `texts` has a column `fold`. `error` is `missing`, `extra`, `changed` or `swapped`; `at` is
    the place in the name, or in the text where a letter is extra; `away_from_end` is 0 at the
    last letter; `wrong` and `right` are the letters of a changed one; without the letters at
    `left_out` and `name_at` (-1: none) both are the same. Equal texts are no error.
    """
    ours = deletions(texts.select("fold").unique(maintain_order=True), "fold")
    theirs = register_deletions.rename({"fold": "name_fold", "at": "name_at"})
    both = ours.join(theirs, on="key").filter(pl.col("fold") != pl.col("name_fold"))
    at, name_at = pl.col("at"), pl.col("name_at")
    letter = pl.col("fold").str.slice(at, 1)
    right = pl.col("name_fold").str.slice(name_at, 1)
    swapped = (
        ((at - name_at).abs() == 1) & (at >= 0) & (name_at >= 0) & (letter == right)
        # The same letter left out in neighbouring places, so the two changed places.
    )
    error = (
        pl.when(at == _NONE_LEFT_OUT)
        .then(pl.lit("missing"))
        .when(name_at == _NONE_LEFT_OUT)
        .then(pl.lit("extra"))
        .when(at == name_at)
        .then(pl.lit("changed"))
        .when(swapped)
        .then(pl.lit("swapped"))
    )
    place = pl.when(name_at == _NONE_LEFT_OUT).then(at).otherwise(pl.max_horizontal(at, name_at))
    length = pl.max_horizontal(pl.col("fold").str.len_chars(), pl.col("name_fold").str.len_chars())
    return (
        both.with_columns(error=error, place=place, wrong=letter, right=right)
        .filter(pl.col("error").is_not_null())
        .with_columns(away_from_end=length.cast(pl.Int64) - 1 - pl.col("place"))
        .sort("fold", "nid", "away_from_end")
        .unique(["fold", "nid"], keep="first", maintain_order=True)
        .select(
            "fold",
            "nid",
            "name_fold",
            "error",
            pl.col("place").alias("at"),
            pl.col("at").alias("left_out"),
            "name_at",
            "away_from_end",
            "wrong",
            "right",
        )
    )
