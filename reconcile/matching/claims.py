"""Which names of the register a written name may stand for, and by which rule.

Each function gives rows `rid`, `nid`, `how`. What is found is not yet decided: `decide` weighs
it against what stands around the name.
"""

import polars as pl

from reconcile.matching import words
from reconcile.matching.folding import DIACRITICS, POLISH, folded
from reconcile.matching.register import Register
from reconcile.matching.typos import near

HOWS = {
    "exact": 1,
    "code": 1,
    "missing_diacritics": 2,
    "alias": 2,
    "inflected": 2,
    "abbreviated": 2,
    "lost_letters": 2,
    "wrong_diacritics": 2,
    "typing_error": 3,
    "shortened": 4,
}
"""Rules by how strong they are: only the strongest that found something decide."""

_LONG_WORD = 7
_SOFT = "óśźńć"
_SOFT_PLAIN = "osznc"
_TYPO_COLUMNS = ("name_fold", "error", "at", "away_from_end", "wrong", "right", "is_twofold")


def all_claims(readings: pl.DataFrame, register: Register, aliases: pl.DataFrame) -> pl.DataFrame:
    """All rows `rid`, `nid`, `how`, `nid` null and `terc6` filled for aliases.

    `readings` as `evidence.evidence` gives them; `aliases` with `fold`, `exact`, `terc6`. Rows
    of typing errors have the columns of `typos.near`; others have nulls there.
    """
    cases = inflected(readings, register)
    bare_code = readings.filter((pl.col("fold") == "") & pl.col("code").is_not_null())
    found = pl.concat(
        [
            spelling(readings, register),
            other_names(readings, aliases),
            abbreviated(readings, register),
            lost_letters(readings, register),
            bare_code.select("rid", terc6=pl.col("code").str.head(6), how=pl.lit("code")),
        ],
        how="diagonal",
    )
    # Most names are found as they are, and then their neighbours do not matter. They do in a
    # network, and for a form: „Jasienca” may be of Jasieniec, or an error in Jasienica.
    alone = ~pl.col("rid").is_in(found["rid"].implode()) | pl.col("network_known")
    return pl.concat(
        [
            found,
            cases,
            beginnings(readings, cases, register),
            typing_errors(readings.filter(alone), register),
        ],
        how="diagonal",
    )


def beginnings(readings: pl.DataFrame, cases: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Longer names that begin with the words written, or with those of an inflected name.

    `same_letters` is true where diacritics agree too.
    """
    written = readings.join(register.shortened, on="fold").select(
        "rid", "nid", same_letters=pl.col("begins") == pl.col("exact")
    )
    of_form = cases.join(register.longer, on="nid").select(
        "rid", nid="longer_nid", same_letters=pl.lit(value=True)
    )
    return pl.concat([written, of_form]).with_columns(how=pl.lit("shortened"))


def spelling(readings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The same letters, with or without the right diacritics."""
    pairs = readings.select("rid", "exact", "fold").join(
        register.names.select("nid", "fold", right="exact"), on="fold"
    )
    same = pl.col("exact") == pl.col("right")
    exact = pairs.filter(same).select("rid", "nid", how=pl.lit("exact"))
    other = pairs.filter(~same)
    added = has_added_diacritics(other, "exact", "right")
    rest = other.select(
        "rid",
        "nid",
        how=pl.when(added).then(pl.lit("wrong_diacritics")).otherwise(pl.lit("missing_diacritics")),
    )
    return pl.concat([exact, rest])


def has_added_diacritics(pairs: pl.DataFrame, written: str, right: str) -> pl.Series:
    """Whether `written` has a diacritic where `right` has a plain letter or another diacritic.

    Both are the same without diacritics. A missing diacritic is what a keyboard makes, and ź
    and ż are taken for each other; an added one may make another name („Piława”, „Pilawa”).
    """
    letters = pairs.select(
        pl.col(written).str.replace_all("ź", "ż", literal=True).str.split("").alias("w"),
        pl.col(right).str.replace_all("ź", "ż", literal=True).str.split("").alias("r"),
    ).with_row_index("pair")
    wrong = (
        letters.explode("w", "r")
        .filter((pl.col("w") != pl.col("r")) & pl.col("w").is_in(DIACRITICS))["pair"]
        .unique()
    )
    return letters["pair"].is_in(wrong.implode()).alias("added")


def inflected(readings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """A genitive or locative form, in a case that the words before the name allow.

    The rows also have `is_locative`, whether the form is one (or both).
    """
    pairs = readings.select("rid", "exact", "fold", "governed").join(
        register.forms.select("nid", "fold", "case", right="exact"), on="fold"
    )
    pairs = pairs.filter(
        (pl.col("governed") != "loc").fill_null(value=True) | (pl.col("case") == "loc")
    )
    # Declension itself changes these letters („Krosno”, „Krośnie”), and the forms here need not.
    soften = {
        name: pl.col(name).str.replace_many(list(_SOFT), list(_SOFT_PLAIN))
        for name in ("exact", "right")
    }
    added = has_added_diacritics(pairs.with_columns(**soften), "exact", "right")
    kept = pairs.filter(~added).group_by("rid", "nid", maintain_order=True)
    return kept.agg((pl.col("case") == "loc").any().alias("is_locative")).with_columns(
        how=pl.lit("inflected")
    )


def other_names(readings: pl.DataFrame, aliases: pl.DataFrame) -> pl.DataFrame:
    """Former and foreign names; their diacritics may be missing, but not others added."""
    pairs = readings.select("rid", "fold", "exact").join(
        aliases.rename({"exact": "right"}), on="fold"
    )
    added = has_added_diacritics(pairs, "exact", "right")
    return pairs.filter(~added).select("rid", "terc6", how=pl.lit("alias"))


def abbreviated(readings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Words cut short by a dot, or by custom: „Gorzów Wlkp.”, „Góra św. Małgorzaty”."""
    known = "|".join(words.BARE_ABBREVIATIONS)
    plain = folded(pl.col("name"))
    some = readings.filter(plain.str.contains(rf"\w\.|\b(?:{known})$"))
    tokens = (
        some.select("rid", token=plain.str.replace_all(r"\.[ -]*", ". ").str.strip_chars())
        .with_columns(pl.col("token").str.split_exact(" ", 0).struct[0].alias("first"))
        .with_columns(token=pl.col("token").str.replace_all(r"[ \-()]+", " ").str.split(" "))
        .with_columns(count=pl.col("token").list.len())
        .filter(pl.col("count").is_between(2, 5))
    )
    parts = tokens.with_columns(at=pl.int_ranges(0, pl.col("count"))).explode("token", "at")
    stem = pl.col("token").str.strip_chars_end(".")
    is_cut = pl.col("token").str.ends_with(".") | stem.is_in(words.BARE_ABBREVIATIONS)
    parts = parts.with_columns(
        is_cut=is_cut,
        stem=pl.when(is_cut).then(stem.replace(words.ABBREVIATIONS)).otherwise(stem),
    )
    # One whole word, the longest, leads to the candidates; then all words have to fit.
    whole = (
        parts.filter(~pl.col("is_cut"))
        .sort(pl.col("stem").str.len_chars(), descending=True, maintain_order=True)
        .unique("rid", keep="first", maintain_order=True)
    )
    # „Zielona G.” is clear, „Stary S.” is not: many names have such a first word.
    initial = parts.filter("is_cut", pl.col("stem").str.len_chars() == 1, pl.col("at") > 0)["rid"]
    short = pl.col("stem").str.len_chars() < _LONG_WORD
    whole = whole.filter(~(short & pl.col("rid").is_in(initial.implode())))
    theirs = register.tokens.with_columns(count=pl.col("tokens").list.len()).filter(
        pl.col("count") > 1
    )
    theirs = theirs.with_row_index("form").with_columns(at=pl.int_ranges(0, pl.col("count")))
    theirs = theirs.explode("tokens", "at")
    found = whole.select("rid", "count", "at", "stem").join(
        theirs.select("form", "nid", "count", "at", stem="tokens"), on=["count", "at", "stem"]
    )
    compared = (
        found.select("rid", "form", "nid")
        .join(parts.select("rid", "at", "stem", "is_cut"), on="rid")
        .join(theirs.select("form", "at", "tokens"), on=["form", "at"])
    )
    fits = (
        pl.when("is_cut")
        .then(pl.col("tokens").str.starts_with(pl.col("stem")))
        .otherwise(pl.col("tokens") == pl.col("stem"))
    )
    good = compared.group_by("rid", "form", "nid").agg(fits.all().alias("fits")).filter("fits")
    return good.select("rid", "nid", how=pl.lit("abbreviated")).unique()


def lost_letters(readings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Each Polish letter replaced by a question mark or by the sign for a broken letter."""
    letters = list(POLISH)
    key = pl.col("name").str.replace_all("[^\\p{L}\\p{N}?\ufffd]+", "")
    some = readings.filter(pl.col("name").str.contains("[?\ufffd]")).select(
        "rid", key=key.str.replace_all("\ufffd", "?")
    )
    exact = pl.col("exact")
    variants = [
        exact.str.replace_many(letters, ["?"]),
        exact.str.replace_many(letters, ["??"]),
        # Programs for western Europe know ó and no other Polish letter.
        exact.str.replace_many([sign for sign in letters if sign != "ó"], ["?"]),
    ]
    keys = pl.concat(register.names.select("nid", key=variant) for variant in variants)
    enough = pl.col("key").str.replace_all("?", "", literal=True).str.len_chars() >= 3
    return (
        some.filter(enough)
        .join(keys.unique(), on="key")
        .select("rid", "nid", how=pl.lit("lost_letters"))
        .unique()
    )


def typing_errors(readings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """One error away, whatever the error; `decide` judges whether that is enough.

    `is_twofold` is true where diacritics of the rest are wrong as well („Kałusz”, „Kalisz”).
    """
    # A repaired text is right or it is not: an error in it would be a guess upon a guess.
    plain = readings.filter(~pl.col("is_repaired"))
    found = near(plain.select("fold"), register.deletions)
    pairs = (
        plain.select("rid", "fold", "exact")
        .join(found, on="fold")
        .join(register.names.select("nid", name="exact"), on="nid")
        .with_columns(
            exact=_without(pl.col("exact"), pl.col("left_out")),
            name=_without(pl.col("name"), pl.col("name_at")),
        )
    )
    twofold = has_added_diacritics(pairs, "exact", "name")
    return pairs.with_columns(is_twofold=twofold).select(
        "rid", "nid", *_TYPO_COLUMNS, how=pl.lit("typing_error")
    )


def _without(text: pl.Expr, at: pl.Expr) -> pl.Expr:
    """The text without its letter at a place, whole where the place is -1."""
    return text.str.head(pl.max_horizontal(at, 0)) + text.str.slice(at + 1)
