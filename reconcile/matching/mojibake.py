r"""Texts whose bytes were read in the wrong encoding, put right again.

For each pair of a true and a wrong encoding every Polish letter has one spoilt form („Ł” as
„Ĺ\x81” or „£”). A text is put right only if all its letters then are letters that Polish uses:
the repair is exact, and the way back gives the same spoilt text. Several pairs may fit; the
names of the register decide between them.
"""

import polars as pl

from reconcile.matching.folding import POLISH

_LETTERS = POLISH + POLISH.upper()
# UTF-8 read by programs for one-byte texts, then the one-byte encodings among each other.
_PAIRS = (
    ("utf-8", "cp1250"),
    ("utf-8", "cp1252"),
    ("utf-8", "latin-1"),
    ("utf-8", "iso8859-2"),
    ("cp1250", "cp1252"),
    ("cp1250", "latin-1"),
    ("cp1250", "iso8859-2"),
    ("iso8859-2", "cp1252"),
    ("iso8859-2", "cp1250"),
    ("cp1250", "utf-8"),
)
_PLAIN = rf"^[a-zA-Z{_LETTERS}0-9 .,;:()\[\]/&!+\-–—„”\"'’]*$"  # noqa: RUF001


def _spoilt(letter: str, true: str, wrong: str) -> list[str]:
    """What a letter looks like when its bytes are read as `wrong`; several where bytes vanish.

    A byte without a meaning in the wrong encoding is kept as a control character by some
    programs and dropped by others.
    """
    if wrong == "utf-8":
        return []
    kept, dropped = "", ""
    for byte in letter.encode(true):
        try:
            sign = bytes([byte]).decode(wrong)
            dropped += sign
        except UnicodeDecodeError:
            sign = chr(byte)
        kept += sign
    return [form for form in {kept, dropped} if form and form != letter]


def _tables() -> list[dict[str, str]]:
    """For each pair, spoilt form to letter, where the way back is not in doubt."""
    tables = []
    for true, wrong in _PAIRS:
        table: dict[str, str] = {}
        doubtful: set[str] = set()
        for letter in _LETTERS:
            for form in _spoilt(letter, true, wrong):
                doubtful |= {form} if form in table else set()
                table[form] = letter
        kept = {
            form: table[form]
            for form in sorted(table, key=len, reverse=True)
            if form not in doubtful
        }
        if kept and kept not in tables:
            tables.append(kept)
    return tables


_TABLES = _tables()


def repaired(texts: pl.DataFrame, text: str) -> pl.DataFrame:
    """The rows whose column `text` can be put right, with the right text in it.

    A row comes once for each different repair, and not at all where nothing is spoilt or
    nothing fits. The other columns are kept.
    """
    odd = texts.filter(~pl.col(text).str.contains(_PLAIN))
    if odd.is_empty():
        return odd
    fixed = [
        odd.with_columns(
            pl.col(text).str.replace_many(list(table), list(table.values()), leftmost=True)
        )
        for table in _TABLES
    ]
    return pl.concat(fixed).filter(pl.col(text).str.contains(_PLAIN)).unique(maintain_order=True)
