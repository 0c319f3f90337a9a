"""Candidates of each reading: ranked by rule, and chosen among by the evidence."""

import polars as pl

from reconcile.matching.claims import HOWS
from reconcile.matching.evidence import judged
from reconcile.matching.register import Register

TYPO = HOWS["typing_error"]
SHORTENED = HOWS["shortened"]
_READING = (
    "rid", "exact", "fold", "governed", "kind", "code", "powiats", "is_city", "has_gmina_word",
    "has_capital",
)  # fmt: skip


def candidates(
    readings: pl.DataFrame, claims: pl.DataFrame, members: pl.DataFrame, register: Register
) -> pl.DataFrame:
    """Claims as gminas, each once a reading, with evidence, `rank` and what was chosen.

    `is_main` marks the gminas of the strongest rule that found any (`main_rank`, `main_how`),
    `is_chosen` those of them that the evidence leaves (`chosen` counts them). `is_the_member` is
    the only one that belongs to the network named. `has_longer…` tell of longer names that begin
    so: at all where the place fits, with the same letters, of a town, of a city.
    """
    rows = _joined(claims, readings, members, register)
    return _with_rivals(_with_choice(_ranked(rows)))


def _joined(
    claims: pl.DataFrame, readings: pl.DataFrame, members: pl.DataFrame, register: Register
) -> pl.DataFrame:
    gminas = register.gminas.with_row_index("uid").join(
        register.names.select("nid", "is_single_word"), on="nid", maintain_order="left"
    )
    gminas = gminas.rename({"powiat": "powiat_code"}).with_columns(terc6=pl.col("terc").str.head(6))
    by_name = claims.filter(pl.col("nid").is_not_null()).drop("terc6").join(gminas, on="nid")
    by_code = claims.filter(pl.col("terc6").is_not_null()).drop("nid").join(gminas, on="terc6")
    said = readings.select(*_READING, "context_network", written="name", woj_said="woj")
    networks = members.with_columns(is_member=pl.lit(value=True))
    return judged(
        pl.concat([by_name, by_code], how="diagonal")
        .join(said, on="rid")
        .join(
            networks, left_on=["context_network", "terc6"], right_on=["text", "terc6"], how="left"
        )
        .with_columns(pl.col("is_member").fill_null(value=False))
    )


def _ranked(rows: pl.DataFrame) -> pl.DataFrame:
    how = pl.col("how")
    asked = pl.col("governed").is_in(["gen", "loc"]).fill_null(value=False)
    # „miasta Leszna” and „Lubanie” without diacritics are as good as the plain name.
    raised = ((how == "inflected") & asked) | (
        (how == "missing_diacritics") & (pl.col("exact") == pl.col("fold"))
    )
    rank = pl.when(raised).then(1).otherwise(how.replace_strict(HOWS, return_dtype=pl.Int8))
    rows = (
        rows.with_columns(rank=rank)
        .sort("rid", "rank", "uid", "how")
        .unique(["rid", "uid"], keep="first", maintain_order=True)
    )
    strongest = rows.filter(pl.col("rank") < SHORTENED).unique("rid", keep="first")
    return rows.join(
        strongest.select("rid", main_rank="rank", main_how="how"),
        on="rid",
        how="left",
        maintain_order="left",
    ).with_columns(is_main=(pl.col("rank") == pl.col("main_rank")).fill_null(value=False))


def _with_choice(rows: pl.DataFrame) -> pl.DataFrame:
    fits = pl.col("is_main") & pl.col("fits_place") & pl.col("kind_rank").is_not_null()
    best = rows.filter(fits).group_by("rid").agg(best_kind=pl.col("kind_rank").min())
    rows = rows.join(best, on="rid", how="left", maintain_order="left")
    chosen = fits & (pl.col("kind_rank") == pl.col("best_kind")).fill_null(value=False)
    rows = rows.with_columns(is_chosen=chosen)
    counts = rows.group_by("rid").agg(chosen=pl.col("is_chosen").sum())
    return rows.join(counts, on="rid", maintain_order="left")


def _with_rivals(rows: pl.DataFrame) -> pl.DataFrame:
    """Columns about longer names, near names and members of the network."""
    longer = (pl.col("rank") == SHORTENED) & pl.col("fits_place")
    # An exact name begins another only if its letters do: „Pilawa”, but not „Piława Górna”.
    letters = pl.col("same_letters") | (pl.col("main_how") != "exact")
    as_kind = letters & (pl.col("kind_rank") <= pl.col("best_kind")).fill_null(value=False)
    rivals = (
        rows.filter(longer)
        .group_by("rid")
        .agg(
            has_longer_here=pl.lit(value=True),
            has_longer=pl.col("same_letters").any(),
            has_longer_town=(as_kind & (pl.col("rodz") != "2")).any(),
            has_longer_city=(as_kind & (pl.col("rodz") == "1")).any(),
        )
    )
    typos = rows.filter("fits_place", pl.col("how") == "typing_error")
    near = typos.group_by("rid").agg(near_names=pl.col("nid").n_unique())
    members = rows.filter("is_member", "fits_place", pl.col("kind_rank").is_not_null())
    only = members.group_by("rid").agg(member_uid=pl.col("uid").first(), members=pl.len())
    for part in (rivals, near, only.filter(pl.col("members") == 1).drop("members")):
        rows = rows.join(part, on="rid", how="left", maintain_order="left")
    flags = [pl.col(name).fill_null(value=False) for name in rivals.columns if name != "rid"]
    return rows.with_columns(
        *flags,
        pl.col("near_names").fill_null(0),
        is_the_member=(pl.col("uid") == pl.col("member_uid")).fill_null(value=False),
    )
