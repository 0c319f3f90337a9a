"""A name as written, taken apart: the name itself and what is said around it.

„Urząd Miasta i Gminy w Nasielsku (woj. mazowieckie)” is the name „Nasielsku”, asked for in the
locative, a gmina of mixed kind, in one voivodeship.
"""

import polars as pl

from reconcile.matching import words
from reconcile.matching.folding import MAX_LENGTH, cleaned, compact, folded
from reconcile.matching.mojibake import repaired

PARTS: dict[str, pl.DataType] = {
    "rid": pl.UInt32(),
    "qid": pl.UInt32(),
    "text": pl.String(),
    "name": pl.String(),
    "exact": pl.String(),
    "fold": pl.String(),
    "governed": pl.String(),
    "kind": pl.String(),
    "voivodeship": pl.String(),
    "powiat": pl.String(),
    "gmina": pl.String(),
    "near": pl.String(),
    "code": pl.String(),
    "is_repaired": pl.Boolean(),
    "has_gmina_word": pl.Boolean(),
    "has_capital": pl.Boolean(),
    "no_gmina": pl.String(),
}
"""Columns of `parsed`; see there."""


def parsed(queries: pl.DataFrame) -> pl.DataFrame:
    """Readings of texts: one row each, and more where a text was spoilt by an encoding.

    `queries` has `qid` and `query` (null and texts over `MAX_LENGTH` letters are left out). The
    result has the columns of `PARTS`: `rid` numbers the readings; `text` is all of it cleaned;
    `name` the name as written, in lower case, `exact` its letters and digits, `fold` the same
    without diacritics; `governed` is `gen`, `loc` or `nom` by the words before the name, null
    without such; `kind` (`mixed`, `urban`, `rural`, `town`), `voivodeship`, `powiat`, `gmina`,
    `near` and `code` are what stands around it; `no_gmina` (`organisation`, `powiat`,
    `voivodeship`, `place`) says which words of something else were found.
    """
    rows = queries.filter(pl.col("query").str.len_chars() <= MAX_LENGTH)
    mended = repaired(rows, "query").with_columns(is_repaired=pl.lit(value=True))
    readings = (
        pl.concat([rows.with_columns(is_repaired=pl.lit(value=False)), mended])
        .with_columns(text=cleaned(pl.col("query")))
        .filter(pl.col("text") != "")
        .unique(["qid", "text"], keep="first", maintain_order=True)
        .with_row_index("rid")
    )
    frame = _before(readings)
    # Most names stand alone, and need not be looked at for what may follow them.
    more = pl.col("rest").str.contains(words.MORE_THAN_A_NAME)
    frame = pl.concat([frame.filter(~more), _around(frame.filter(more))], how="diagonal")
    frame = frame.sort("rid")
    frame = frame.with_columns(name=pl.col("rest").str.strip_chars(" ,;:-()[]/"))
    frame = frame.with_columns(plain=folded(pl.col("name")))
    fold = pl.col("plain")
    return frame.with_columns(
        exact=compact(pl.col("name")),
        has_capital=pl.col("query").str.contains(r"\p{Lu}"),
        fold=compact(fold),
        no_gmina=pl.when(fold.str.contains(words.ORGANISATIONS))
        .then(pl.lit("organisation"))
        .when(fold.str.contains(words.COUNTIES))
        .then(pl.lit("powiat"))
        .when(fold.str.contains(words.REGIONS))
        .then(pl.lit("voivodeship"))
        .when(fold.str.contains(words.PLACES))
        .then(pl.lit("place")),
    ).select(pl.col(column).cast(dtype) for column, dtype in PARTS.items())


def _before(readings: pl.DataFrame) -> pl.DataFrame:
    """Columns `rest`, `governed` and `kind` from the words before the name."""
    text = pl.col("text")
    for pattern, whole in (*words.GLUED, *words.BOUND, words.NEAR_RIVER):
        text = text.str.replace(pattern, whole)
    frame = readings.with_columns(rest=text).with_columns(
        pl.col("rest").str.extract_groups(words.PREFIX).alias("split")
    )
    before = pl.col("before")
    kind = pl.coalesce(
        pl.when(before.str.contains(pattern)).then(pl.lit(kind))
        for kind, pattern in words.KINDS_BEFORE
    )
    locative, genitive = words.GOVERNING
    return (
        frame.with_columns(
            before=pl.col("split").struct[0],
            rest=pl.coalesce(pl.col("split").struct[1], pl.col("rest")),
        )
        .with_columns(
            kind=kind,
            governed=pl.when(before.str.contains(locative))
            .then(pl.lit("loc"))
            .when(before.str.contains(genitive))
            .then(pl.lit("gen"))
            .when(before.is_not_null())
            .then(pl.lit("nom")),
            has_gmina_word=before.str.contains(words.GMINA_WORD).fill_null(value=False),
        )
        .drop("split", "before")
    )


def _around(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns for what stands after the name, each taken off `rest` in turn."""
    rest = pl.col("rest")
    frame = frame.with_columns(
        code=rest.str.extract(words.CODE),
        rest=rest.str.replace(words.POSTCODE, "").str.replace(words.ADDRESS_AFTER, ""),
    ).with_columns(
        rest=pl.when(pl.col("code").is_not_null())
        .then(rest.str.replace(r"(?:terc:? *)?\d{7}", ""))
        .otherwise(rest)
        .str.strip_chars(" ,;:-/()"),
    )
    for column, pattern in (
        ("powiat", words.POWIAT_AFTER),
        ("voivodeship", words.VOIVODESHIP_AFTER),
        ("bare", words.VOIVODESHIP_BARE),
        ("powiat_2", words.POWIAT_AFTER),
        ("near", words.NEAR_AFTER),
    ):
        frame = _taken(frame, column, pattern)
    after = [_tail(rest, pattern, kind) for kind, pattern in words.KINDS_AFTER]
    frame = frame.with_columns(
        pl.coalesce("voivodeship", "bare"),
        pl.coalesce("powiat", "powiat_2"),
        kind_after=pl.coalesce(kind for kind, _ in after),
        rest=pl.coalesce(*(cut for _, cut in after), rest),
    )
    frame = _taken(frame, "gmina", words.GMINA_AFTER)
    return frame.with_columns(kind=pl.coalesce("kind_after", "kind"))


def _tail(rest: pl.Expr, pattern: str, kind: str) -> tuple[pl.Expr, pl.Expr]:
    """The kind, where `pattern` finds it after the name, and the name without it."""
    cut = rest.str.extract(pattern)
    return pl.when(cut.is_not_null()).then(pl.lit(kind)), cut


def _taken(frame: pl.DataFrame, column: str, pattern: str) -> pl.DataFrame:
    """Group 2 of `pattern` as `column`, and `rest` cut down to group 1, where it is found."""
    rest = pl.col("rest")
    return frame.with_columns(
        rest.str.extract(pattern, 2).alias(column),
        rest=pl.coalesce(rest.str.extract(pattern, 1), rest).str.strip_chars(" ,;:-/("),
    )
