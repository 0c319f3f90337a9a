"""Every written form of a Polish territorial code, read by one parser.

Each form is a line of `code_forms.READINGS`: a pattern for the whole text and what of it makes
the TERC code. A text is accepted when all readings that fit it give the same TERC code. So a
lost leading zero is put back where only one code can be meant (`20101` is `020101`), and is
refused where two can (`201011` is gmina 201011, or gmina 0201011 without its zero).

`parse_code` reads one text, `parse_codes` a column. Both walk the same list.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from schemas.errors import PimError
from schemas.text import Text
from sources.code_forms import EDGES, NO_TERC, READINGS, SHORT_PART, CodeForm, Reading


class Level(StrEnum):
    """What a code stands for."""

    VOIVODESHIP = "voivodeship"
    POWIAT = "powiat"
    GMINA = "gmina"
    PART = "part"
    """Part of a gmina: its town (4), its rural area (5), a district (8) or delegatura (9)"""


class Refusal(StrEnum):
    """Why a text is not accepted as a code."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    """A zero is lost and two codes can be meant."""
    NO_TERC = "no_terc"
    """A BDL unit outside TERC: Poland, a macroregion, region, subregion or pseudo unit."""


@dataclass(frozen=True, slots=True)
class Code:
    """A territorial code that was understood."""

    text: str
    """What stood there."""
    form: CodeForm
    terc: str
    """2 digits for a voivodeship, 4 for a powiat, 7 for a gmina, 6 where its kind is unknown."""
    level: Level
    restored: bool
    """Whether a lost zero was put back."""


REFUSALS: dict[Refusal, Text] = {
    Refusal.UNKNOWN: Text(
        "To nie jest kod terytorialny w żadnym znanym zapisie.",
        "This is not a territorial code in any known form.",
    ),
    Refusal.AMBIGUOUS: Text(
        "Kod zgubił zero na początku albo rodzaj na końcu i może znaczyć różne jednostki.",
        "The code lost its leading zero or its kind and can mean different units.",
    ),
    Refusal.NO_TERC: Text(
        "Ta jednostka Banku Danych Lokalnych nie ma kodu TERC.",
        "This unit of the Local Data Bank has no TERC code.",
    ),
}
"""What each refusal means, for people."""

_NUMBERS = {Refusal.UNKNOWN: "001", Refusal.AMBIGUOUS: "002", Refusal.NO_TERC: "003"}
_FIXES: dict[Refusal, Text] = {
    Refusal.UNKNOWN: Text(
        "Podaj kod TERC z zerem na początku, na przykład 0201011.",
        "Give the TERC code with its leading zero, such as 0201011.",
    ),
    Refusal.AMBIGUOUS: Text(
        "Podaj pełny kod z zerem na początku; możliwe: {candidates}.",
        "Give the whole code with its leading zero; possible: {candidates}.",
    ),
    Refusal.NO_TERC: Text(
        "Podaj województwo, powiat albo gminę.", "Give a voivodeship, a powiat or a gmina."
    ),
}


def parse_code(text: str, *, form: CodeForm | None = None) -> Code:
    """Read one code in any written form.

    `form` says how the code is known to be written, where that is known: then a lost zero is
    never ambiguous. Raises PimError `PIM-COD-001` (not a code), `PIM-COD-002` (a lost zero that
    can mean two units) or `PIM-COD-003` (a unit outside TERC).
    """
    stripped = text.strip(EDGES)
    plain = re.sub(SHORT_PART, r"0\1-", stripped)
    if re.fullmatch(NO_TERC, plain):
        raise _refused(text, Refusal.NO_TERC)
    found: dict[str, Reading] = {}
    for reading in READINGS:
        match = re.fullmatch(reading.pattern, plain)
        if match and form in (None, reading.form):
            found.setdefault(reading.terc.format(**match.groupdict()), reading)
    if len(found) != 1:
        refusal = Refusal.AMBIGUOUS if found else Refusal.UNKNOWN
        raise _refused(text, refusal, tuple(sorted(found)))
    terc, reading = found.popitem()
    return Code(text, reading.form, terc, level_of(terc), reading.restored or plain != stripped)


def _refused(text: str, refusal: Refusal, candidates: tuple[str, ...] = ()) -> PimError:
    return PimError(
        f"PIM-COD-{_NUMBERS[refusal]}",
        REFUSALS[refusal],
        where=repr(text[:40]),
        fix=_FIXES[refusal].fill(candidates=", ".join(candidates)),
    )


def parse_codes(texts: pl.Series, *, form: CodeForm | None = None) -> pl.DataFrame:
    """Read a column of codes: the same as `parse_code`, for bulk.

    Gives one row for each text, in order: `text`, `form`, `terc`, `level`, `restored`,
    `refusal`. Where `refusal` is not null the others are null; so is everything for a null.
    """
    readings = [reading for reading in READINGS if form in (None, reading.form)]
    frame = (
        texts.alias("text")
        .to_frame()
        .with_columns(pl.col("text").str.strip_chars(EDGES).alias("s"))
    )
    frame = frame.with_columns(plain=pl.col("s").str.replace_all(SHORT_PART, "0${1}-"))
    # "=" marks where a pattern fitted: one pass of the regex finds and builds.
    unmarked = pl.col("plain").str.replace("^=", "?")
    tried = frame.select(
        unmarked.str.replace(
            f"^(?:{reading.pattern})$", "=" + re.sub("{(.)}", r"${\1}", reading.terc)
        ).alias(str(number))
        for number, reading in enumerate(readings)
    ).with_columns(pl.when(pl.all().str.starts_with("=")).then(pl.all().str.strip_prefix("=")))
    fits = {number: pl.col(str(number)).is_not_null() for number in range(len(readings))}
    frame = frame.with_columns(
        candidates=tried.select(
            pl.concat_list(pl.all()).list.drop_nulls().list.unique()
        ).to_series(),
        form=tried.select(
            pl.coalesce(
                pl.when(fit).then(pl.lit(readings[number].form.value))
                for number, fit in fits.items()
            )
        ).to_series(),
        restored=tried.select(
            pl.any_horizontal(fit & readings[number].restored for number, fit in fits.items())
        ).to_series(),
    ).with_columns(count=pl.col("candidates").list.len(), terc=pl.col("candidates").list.first())
    frame = frame.with_columns(
        refusal=pl.when(pl.col("plain").str.contains(f"^(?:{NO_TERC})$"))
        .then(pl.lit(Refusal.NO_TERC.value))
        .when(pl.col("count") > 1)
        .then(pl.lit(Refusal.AMBIGUOUS.value))
        .when(pl.col("plain").is_not_null() & (pl.col("count") == 0))
        .then(pl.lit(Refusal.UNKNOWN.value)),
        restored=pl.col("restored") | (pl.col("plain") != pl.col("s")),
    )
    known = pl.col("refusal").is_null() & pl.col("plain").is_not_null()
    return frame.select(
        "text",
        pl.when(known).then("form").alias("form"),
        pl.when(known).then("terc").alias("terc"),
        pl.when(known).then(level_expr(pl.col("terc"))).alias("level"),
        pl.when(known).then("restored").alias("restored"),
        "refusal",
    )


def level_of(terc: str) -> Level:
    """The level of a TERC code of 2, 4, 6 or 7 digits."""
    if len(terc) == 2:
        return Level.VOIVODESHIP
    if len(terc) == 4:
        return Level.POWIAT
    return Level.PART if len(terc) == 7 and terc[6] in "4589" else Level.GMINA


def level_expr(terc: pl.Expr) -> pl.Expr:
    """`level_of` for a column."""
    size = terc.str.len_bytes()
    return (
        pl.when(size == 2)
        .then(pl.lit(Level.VOIVODESHIP.value))
        .when(size == 4)
        .then(pl.lit(Level.POWIAT.value))
        .when((size == 7) & terc.str.contains("[4589]$"))
        .then(pl.lit(Level.PART.value))
        .when(size >= 6)
        .then(pl.lit(Level.GMINA.value))
    )


def bdl_terc(unit_id: pl.Expr) -> pl.Expr:
    """TERC code of whole, correct BDL unit ids (12 digits), by cutting alone.

    For the panel of a billion rows, where `parse_codes` would be too slow. Null for units
    outside TERC and for pseudo units (`…998`).
    """
    woj, rest = unit_id.str.slice(2, 2), unit_id.str.slice(7, 5)
    inner = unit_id.str.slice(4, 3)
    return (
        pl.when((unit_id.str.len_bytes() != 12) | (woj == "00") | rest.str.ends_with("998"))
        .then(None)
        .when((rest == "00000") & (inner == "000"))
        .then(woj)
        .when(rest == "00000")
        .then(None)
        .when(rest.str.ends_with("000"))
        .then(woj + rest.str.slice(0, 2))
        .otherwise(woj + rest)
    )
