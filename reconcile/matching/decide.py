"""From candidates and evidence to one answer: a gmina, several that it may be, or none."""

import polars as pl

from reconcile.matching.choose import SHORTENED, TYPO, candidates
from reconcile.matching.claims import HOWS
from reconcile.matching.doubts import doubts
from reconcile.matching.register import Register


def decided(
    readings: pl.DataFrame, claims: pl.DataFrame, members: pl.DataFrame, register: Register
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Answers and their candidates.

    `readings` with evidence, `claims` of `claims.all_claims`, `members` with `text` (network)
    and `terc6`. The first frame has, a row a reading: `rid`, `rule` (of a match, a doubt or a
    refusal), `terc` (null unless matched), `decided_by` (the evidence that took other candidates
    away, null if none did). The second: `rid`, `terc`, the candidates to show.
    """
    rows = candidates(readings, claims, members, register)
    answers = _answers(readings.join(_facts(rows, register), on="rid", how="left"), register)
    return answers, _shown(rows, answers)


def _facts(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """What the rules look at, a row a reading that has candidates."""
    facts = rows.group_by("rid").agg(
        pl.col("main_rank", "chosen", "has_longer_here").first(),
        pl.col("is_main").sum().alias("mains"),
        (pl.col("is_main") & pl.col("fits_place")).sum().alias("placed"),
        (pl.col("rank") == SHORTENED).any().alias("is_shortened"),
    )
    chosen = rows.filter("is_chosen")
    first = chosen.unique("rid", keep="first").select("rid", chosen_terc="terc", chosen_how="how")
    several = (
        chosen.filter(pl.col("chosen") > 1)
        .group_by("rid")
        .agg(
            pl.col("rodz").sort().str.join("").alias("kinds"),
            pl.col("powiat_code").n_unique().alias("powiats_chosen"),
            pl.col("nid").n_unique().alias("names_chosen"),
        )
    )
    lone = chosen.filter(pl.col("chosen") == 1)
    alone = lone.select("rid", "rodz", pl.lit(1, pl.UInt32).alias("one"))
    doubtful = doubts(lone, register).select("rid", "doubt")
    member = rows.filter("is_the_member").select(
        "rid", member_terc="terc", member_rank="rank", member_how="how"
    )
    for part in (first, several, alone, doubtful, member):
        facts = facts.join(part, on="rid", how="left")
    return facts.with_columns(
        pl.coalesce("kinds", "rodz"),
        pl.coalesce("powiats_chosen", "one"),
        pl.coalesce("names_chosen", "one"),
    ).drop("rodz", "one")


def _answers(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rule that holds for each reading, tried in order, and the code where it is a match."""
    bare_form = (pl.col("chosen_how") == "inflected") & pl.col("governed").is_null()
    weak = (
        pl.col("main_rank").is_null()
        | (pl.col("main_rank") >= TYPO)
        | bare_form.fill_null(value=False)
    )
    other = pl.col("fold").replace_strict(
        dict(register.others.iter_rows()), default=None, return_dtype=pl.String
    )
    place = pl.col("fold").is_in(register.localities["fold"].implode())
    inside = pl.col("gmina").str.replace_all(r"[^\p{L}]+", "")
    elsewhere = pl.col("gmina").is_not_null() & (inside != pl.col("exact"))
    respelt = pl.col("member_how").is_in(["missing_diacritics", "wrong_diacritics", "typing_error"])
    weaker = respelt & (pl.col("member_rank") > pl.col("main_rank")) & (pl.col("main_rank") <= 2)
    clash = weaker | (
        (pl.col("member_rank") == SHORTENED)
        & (pl.col("main_rank") <= 2)
        & pl.col("kinds").str.contains("1")
    )
    # Where a village has exactly this name, it need not be an error in the member's.
    clash |= (pl.col("member_how") == "typing_error") & place
    has_member = pl.col("member_terc").is_not_null() & ~elsewhere
    is_pair = (
        (pl.col("names_chosen") == 1) & (pl.col("powiats_chosen") == 1) & (pl.col("kinds") == "12")
    )
    several = (
        pl.when((pl.col("names_chosen") > 1) | (pl.col("main_rank") == TYPO))
        .then(pl.lit("near_names"))
        .when(is_pair)
        .then(pl.lit("town_and_rural"))
        .otherwise(pl.lit("homonyms"))
    )
    rule = (
        pl.when(has_member & clash)
        .then(pl.lit("near_member"))
        .when(
            has_member & (pl.col("member_terc") == pl.col("chosen_terc")) & (pl.col("chosen") == 1)
        )
        .then(
            pl.when(pl.col("doubt").is_null())
            .then(pl.col("chosen_how"))
            .otherwise(pl.lit("network_member"))
        )
        .when(has_member)
        .then(pl.lit("network_member"))
        .when(weak & pl.col("no_gmina").is_not_null())
        .then(pl.col("no_gmina"))
        .when(weak & other.is_not_null())
        .then(other)
        .when(elsewhere)
        .then(pl.lit("locality"))
        .when((pl.col("main_rank") == TYPO) & place & pl.col("is_shortened"))
        .then(pl.lit("shortened"))
        .when((pl.col("main_rank") == TYPO) & place)
        .then(pl.lit("other_place"))
        .when(pl.col("main_rank").is_null() & pl.col("is_shortened").fill_null(value=False))
        .then(pl.lit("shortened"))
        .when(pl.col("main_rank").is_null())
        .then(pl.lit("nothing_found"))
        .when("not_understood")
        .then(pl.lit("context_not_understood"))
        .when((pl.col("chosen") == 0) & pl.col("has_longer_here"))
        .then(pl.lit("shortened"))
        .when(pl.col("placed") == 0)
        .then(pl.lit("place_contradicted"))
        .when(pl.col("chosen") == 0)
        .then(pl.lit("kind_contradicted"))
        .when(pl.col("chosen") > 1)
        .then(several)
        .otherwise(pl.coalesce("doubt", "chosen_how"))
    )
    return _with_code(rows.with_columns(rule=rule))


def _with_code(rows: pl.DataFrame) -> pl.DataFrame:
    matched = pl.col("rule").is_in([how for how in HOWS if how != "shortened"])
    by_place = pl.col("placed") < pl.col("mains")
    by_kind = pl.col("chosen") < pl.col("placed")
    return rows.select(
        "rid",
        "rule",
        terc=pl.when(pl.col("rule") == "network_member")
        .then("member_terc")
        .when(matched)
        .then("chosen_terc"),
        decided_by=pl.when(~matched)
        .then(None)
        .when(by_place)
        .then(pl.lit("place"))
        .when(by_kind & pl.col("kind").is_not_null())
        .then(pl.lit("kind"))
        .when(by_kind)
        .then(pl.lit("city")),
    )


def _shown(rows: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """The candidates behind an answer: the match, or those that a person should choose from."""
    both = rows.join(answers.select("rid", "rule", answer="terc"), on="rid")
    rule = pl.col("rule")
    longer = (pl.col("rank") == SHORTENED) & pl.col("fits_place")
    asked = rule.is_in(["longer_name", "near_member", "shortened", "near_names"])
    near = (rule == "near_names") & (pl.col("how") == "typing_error") & pl.col("fits_place")
    left = (
        pl.when(pl.col("chosen") > 0)
        .then("is_chosen")
        .when(pl.col("main_rank").is_not_null())
        .then("is_main")
        .otherwise(pl.col("rank") == SHORTENED)
    )
    shown = (
        pl.when(pl.col("answer").is_not_null())
        .then(pl.col("terc") == pl.col("answer"))
        .otherwise(left | near | (asked & (longer | pl.col("is_the_member"))))
    )
    return both.filter(shown & (rule != "nothing_found")).select("rid", "terc")
