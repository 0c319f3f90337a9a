"""Places that are no gmina but whose names a matcher would take for one.

One locality in thirteen is one letter away from a single gmina („Krzeszkowice”, „Krzeszowice”).
The register of gminas does not know them, so their names are kept as a list of their own.
"""

import polars as pl

from reconcile.matching.folding import cleaned, compact, folded
from reconcile.matching.register import Register
from reconcile.matching.typos import near


def lookalikes(localities: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Names of `localities` (column `name`) to be told from gminas: one column `name`, sorted.

    Kept are names that are one typing error from a gmina's, or the same but for diacritics, or
    like one of its inflected forms. Names that gminas bear as well are left out.
    """
    names = localities.select(name=pl.col("name").str.strip_chars()).drop_nulls().unique()
    keyed = names.with_columns(clean=cleaned(pl.col("name")))
    keyed = keyed.with_columns(fold=folded(compact(pl.col("clean"))))
    keyed = keyed.filter(~pl.col("clean").is_in(register.names["clean"].implode()))
    alike = pl.concat(
        [
            near(keyed.select("fold"), register.deletions).select("fold"),
            register.names.select("fold"),
            register.forms.select("fold"),
        ]
    )
    return keyed.filter(pl.col("fold").is_in(alike["fold"].implode())).select("name").sort("name")
