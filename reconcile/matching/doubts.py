"""When a single candidate is still not a match: what a careful person would ask about first."""

import polars as pl

from reconcile.matching.folding import DIACRITICS, POLISH
from reconcile.matching.register import Register

# Endings of surnames, streets and adjectives; a gmina's name seldom has them.
_ADJECTIVE = r"(?:sk|ck|dzk)(?:i|a|ie)$"
_SURNAME = r"(?:sk|ck|dzk)(?:i|a|ie)$|wicz$|czyk$|iak$"
# Neighbours on a Polish keyboard, and letters that sound alike (ó, u) or look alike (i, y).
_NEIGHBOURS = (
    "qw we er rt ty yu ui io op as sd df fg gh hj jk kl zx xc cv vb bn nm qa ws ed rf tg yh uj ik "
    "ol az sx dc fv gb hn jm aw se dr ft gy hu ji ko lp zs xd cf vg bh nj mk ou iy"
)
_SLIPS = [pair for two in _NEIGHBOURS.split() for pair in (two, two[::-1])]
_FOREIGN = f"[qvx{''.join(sign for sign in DIACRITICS if sign not in POLISH)}]"
_VOWELS = list("aeiouy")
_SHORTEST_FORM = 7
_SHORTEST_TYPO = 6
_SHORTEST_OF_ANY_LETTER = 7
_SHORTEST_AT_AN_EDGE = 7
_SHORTEST_AT_FIRST_LETTER = 8
_SHORTEST_WITH_ADDED_DIACRITICS = 7
_SHORTEST_BLIND = 9


def doubts(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The rows with `doubt`: a rule's name, or null where nothing speaks against the candidate.

    `rows` are candidates that are left alone by the evidence, with the reading's columns, the
    columns of `typos.near`, and `has_longer_town`, `has_longer_city`, `has_longer` (longer names
    that begin so), `near_names` (how many are one error away).
    """
    how = pl.col("how")
    exact = pl.col("exact").is_in(register.localities["exact"].implode())
    fold = pl.col("fold").is_in(register.localities["fold"].implode())
    spelt = how.is_in(["exact", "missing_diacritics", "inflected"])
    spelt |= how == "wrong_diacritics"
    by_longer = (spelt & (pl.col("rodz") == "2") & pl.col("has_longer_town")) | (
        spelt & (pl.col("rodz") == "3") & pl.col("has_longer_city")
    )
    any_longer = how.is_in(["wrong_diacritics", "typing_error"]) & pl.col("has_longer")
    is_short = pl.col("fold").str.len_chars() < _SHORTEST_WITH_ADDED_DIACRITICS
    bare = (how == "inflected") & pl.col("governed").is_null() & pl.col("is_single_word")
    evidence = pl.col("is_city") | pl.col("woj_said").is_not_null()
    district = (
        (how == "exact")
        & pl.col("fold").is_in(
            register.others.filter(pl.col("what") == "district")["fold"].implode()
        )
        & pl.col("kind").is_null()
        & ~pl.col("has_gmina_word")
    )
    doubt = (
        pl.when(by_longer | any_longer)
        .then(pl.lit("longer_name"))
        .when(district)
        .then(pl.lit("district_of_that_name"))
        .when(how.is_in(["missing_diacritics", "wrong_diacritics"]) & exact)
        .then(pl.lit("place_of_that_name"))
        # „Zielonagóra” is a village, and Zielona Góra written without its space.
        .when((how == "exact") & pl.col("written").is_in(register.localities["clean"].implode()))
        .then(pl.lit("place_of_that_name"))
        .when(
            (how == "wrong_diacritics")
            & (is_short & ~evidence | pl.lit(not register.knows_localities) & ~pl.col("is_city"))
        )
        .then(pl.lit("doubtful_spelling"))
        .when(bare & (fold | pl.col("fold").str.contains(_ADJECTIVE)))
        .then(pl.lit("place_of_that_name"))
        .when(
            bare
            & ~evidence
            & (
                pl.lit(not register.knows_localities)
                | ~pl.col("has_capital")
                | (~pl.col("is_locative") & (pl.col("fold").str.len_chars() < _SHORTEST_FORM))
            )
        )
        .then(pl.lit("doubtful_form"))
        .when(bare & (pl.col("near_names") > 0))
        .then(pl.lit("near_names"))
        .when((how == "typing_error") & (pl.col("near_names") > 1))
        .then(pl.lit("near_names"))
        .when((how == "typing_error") & ~_is_plain_typo(register, evidence))
        .then(pl.lit("doubtful_spelling"))
    )
    return rows.with_columns(doubt=doubt)


def _is_plain_typo(register: Register, evidence: pl.Expr) -> pl.Expr:
    """Whether an error is one that fingers make, and not another name's difference.

    Villages and gminas differ by one letter so often (7.5 % of all localities are one letter
    from a single gmina) that the place of the error decides: names differ at their beginning
    and end, fingers slip anywhere. Where localities are not known, only swapped letters in the
    long name of what is surely a town are left.
    """
    length = pl.col("name_fold").str.len_chars()
    swapped = pl.col("error") == "swapped"
    ends_like_a_name = pl.col("fold").str.tail(2).is_in(sorted(register.endings))
    doubled = (pl.col("error") == "extra") & (
        (pl.col("at") > 0) & (pl.col("fold").str.slice(pl.col("at") - 1, 1) == pl.col("wrong"))
    )
    # „nn” written as „n” is the same slip the other way round.
    doubled |= (pl.col("error") == "missing") & (
        pl.col("name_fold").str.slice(pl.col("at"), 2) == pl.col("right") + pl.col("right")
    )
    doubled |= (
        (pl.col("error") == "missing")
        & (pl.col("at") > 0)
        & (pl.col("name_fold").str.slice(pl.col("at") - 1, 2) == pl.col("right") + pl.col("right"))
    )
    # Mirosławice and Mirosławiec are two places; other endings are not told apart by a swap.
    turned = swapped & ~pl.col("fold").str.contains(r"(?:ce|ec)$")
    at_end = ~doubled & ~turned & (pl.col("away_from_end") <= 1)
    # „Krynicy” is a form of Krynica, not an error in Krynice.
    at_end_by_form = (
        (pl.col("away_from_end") == 0)
        & (pl.col("error") == "changed")
        & pl.col("wrong").is_in(_VOWELS)
        & pl.col("right").is_in(_VOWELS)
    )
    # A second word that is right vouches for the first: „Hąty Wrocławskie”.
    at_first = (pl.col("at") == 0) & ~swapped & pl.col("is_single_word")
    surname = pl.col("fold").str.contains(_SURNAME) & (
        pl.col("fold").str.tail(3) != pl.col("name_fold").str.tail(3)
    )
    surname &= pl.col("is_single_word")
    short_surname = (
        pl.col("is_single_word")
        & pl.col("fold").str.contains(_SURNAME)
        & (length < _SHORTEST_AT_FIRST_LETTER)
    )
    # Two names often differ by one letter (Łukasz, Lubasz), but seldom by the one beside it,
    # and seldom does one hold all letters of the other in their order.
    slip = (
        swapped
        | ((pl.col("error") == "changed") & (pl.col("wrong") + pl.col("right")).is_in(_SLIPS))
        | ((pl.col("error") == "extra") & (pl.col("at") > 0))
    )
    # Words of the language are near as well („kominek”, Koźminek); they have no capital letter.
    # Foreign spelling („Sosnovka”) or a word cut in two („To-poo-ka”) is a second difference.
    twofold = (
        pl.col("is_twofold")
        | pl.col("exact").str.contains(_FOREIGN)
        | (pl.col("is_single_word") & pl.col("written").str.contains(r"[ '-]"))
    )
    plain = (
        (length >= _SHORTEST_TYPO)
        & (pl.col("has_capital") | evidence)
        & ((length >= _SHORTEST_OF_ANY_LETTER) | slip | evidence)
        & ~(at_first & (pl.col("error") == "changed") & ~slip & ~evidence)
        & ~(at_end & ends_like_a_name)
        & ~at_end_by_form
        & ~((pl.col("away_from_end") <= 1) & (length < _SHORTEST_AT_AN_EDGE))
        & ~twofold
        & ~(at_first & (length < _SHORTEST_AT_FIRST_LETTER) & ~evidence)
        & ~(at_first & (length < _SHORTEST_AT_AN_EDGE))
        & ~surname
        & ~short_surname
    )
    if register.knows_localities:
        return plain
    return plain & pl.col("is_city") & (length >= _SHORTEST_BLIND) & swapped
