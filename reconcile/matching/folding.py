"""Letters made comparable: case, diacritics, dashes, spaces.

Every replacement is one letter for one letter, so a folded text is as long as the text itself
and positions in one are positions in the other.
"""

import polars as pl

POLISH = "ąćęłńóśźż"
"""The nine letters that Polish adds to the Latin alphabet."""

_ASCII_OF_POLISH = "acelnoszz"
_FOREIGN = "äöüßáéíúýčďěňřšťůžàèìòùâêîôûåøëïőűățșļķņūīēā"
_ASCII_OF_FOREIGN = "aousaeiuycdenrstuzaeiouaeiouaoeiouatslknuiea"
_FOLDED = dict(zip(POLISH + _FOREIGN, _ASCII_OF_POLISH + _ASCII_OF_FOREIGN, strict=True))

DIACRITICS = tuple(_FOLDED)
"""Letters with diacritics that are known here, Polish ones and those of other languages."""
_TABLE = str.maketrans("".join(_FOLDED), "".join(_FOLDED.values()))

# What people and programs write for a dash, and signs that carry nothing in a name.
_DASHES = "‐‑‒–—−"  # noqa: RUF001
_SPACES = "\u00a0\u2007\u2009\u202f\t\r\n\v\f"
_NOTHING = "\u200b\u200c\u200d\u2060\ufeff\u00ad\"„”“»«'’‘`*•"  # noqa: RUF001

MAX_LENGTH = 200
"""Longer texts are not names and are not looked at: a bound on the work a hostile file makes."""


def fold_text(text: str) -> str:
    """Lower case without diacritics, letter by letter, of a single text."""
    return text.lower().translate(_TABLE)


def folded(text: pl.Expr) -> pl.Expr:
    """Lower-case text without diacritics; the input is in lower case already."""
    return text.str.replace_many(list(_FOLDED), list(_FOLDED.values()))


def compact(text: pl.Expr) -> pl.Expr:
    """Only letters and digits."""
    return text.str.replace_all(r"[^\p{L}\p{N}]+", "")


def cleaned(text: pl.Expr) -> pl.Expr:
    """Lower case, composed letters, one kind of dash, single spaces, no quotation marks."""
    signs = [*_DASHES, *_SPACES, *_NOTHING]
    into = ["-"] * len(_DASHES) + [" "] * len(_SPACES) + [""] * len(_NOTHING)
    return (
        text.str.normalize("NFC")
        .str.replace_many(signs, into)
        .str.to_lowercase()
        .str.replace_all(r" +", " ")
        .str.strip_chars(" ,;:-")
    )
