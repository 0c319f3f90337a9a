"""What the special signs in the cells of a statistical table mean: one table of signs a source.

The same sign means opposite things: `-` is zero in a table of Statistics Poland (GUS) and "no
information" in the Local Data Bank (BDL). So a sign is never read without its source, and a
sign that the source does not define is an error of the cell, not a missing value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from schemas.missing import MissingReason


class SignSource(StrEnum):
    """A source whose cells hold special signs."""

    GUS_TABLES = "gus_tables"
    """Workbooks and yearbooks of Statistics Poland: «znaki umowne»."""
    BDL_EXPORT = "bdl_export"
    """Workbooks that the website of the Local Data Bank makes."""


@dataclass(frozen=True, slots=True)
class Sign:
    """The meaning of one sign: a number, or the reason why there is none."""

    value: str | None = None
    missing: MissingReason | None = None
    below_precision: bool = False
    """A zero that stands for something smaller than the table shows."""


SIGNS: Mapping[SignSource, Mapping[str, Sign]] = MappingProxyType(
    {
        SignSource.GUS_TABLES: {
            "-": Sign(value="0"),
            "0": Sign(value="0", below_precision=True),
            ".": Sign(missing=MissingReason.NO_DATA),
            "x": Sign(missing=MissingReason.NOT_APPLICABLE),
            "#": Sign(missing=MissingReason.SECRET),
        },
        SignSource.BDL_EXPORT: {
            "-": Sign(missing=MissingReason.NOT_PRESENTED),
            "0": Sign(value="0"),
            ".": Sign(missing=MissingReason.NO_DATA),
            "x": Sign(missing=MissingReason.NO_DATA),
            "#": Sign(missing=MissingReason.SECRET),
        },
    }
)
"""Every sign of every source. A sign that a source lacks here is not a sign there."""

REVISED = "*"
"""GUS puts it beside a number: the number was corrected after it had been published."""

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
"""Dashes that an editor program puts in the place of `-`."""
_EDGES = " \t\r\n\u00a0\u202f"
_NUMBER = r"^[-\u2212]?[0-9]{1,15}(?:[.,][0-9]{1,9})?$"
_GROUPED = r"^[-\u2212]?[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]{1,9})?$"


def read_signs(cells: pl.Series, source: SignSource) -> pl.DataFrame:
    """Read cells (as text) into numbers or reasons; one row a cell, in order.

    Columns: `value` (a plain decimal as text, exactly the digits of the cell), `missing` (code
    of MissingReason), `below_precision`, `revised`, and `unread`: the cell itself where it is
    neither a number nor a sign of the source. An empty or null cell has nothing in any column.
    """
    signs = SIGNS[source]
    frame = cells.cast(pl.String).str.strip_chars(_EDGES).alias("cell").to_frame()
    bare = pl.col("cell").str.strip_suffix(REVISED).str.strip_chars_end(_EDGES)
    if source is not SignSource.GUS_TABLES:
        bare = pl.col("cell")
    frame = frame.with_columns(bare=bare)
    sign = pl.col("bare").str.replace(f"^[{_DASHES}]$", "-").str.to_lowercase()
    is_number = pl.col("bare").str.contains(_NUMBER) | pl.col("bare").str.contains(_GROUPED)
    plain = (
        pl.col("bare")
        .str.replace_all("[ \u00a0\u202f]", "")
        .str.replace("\u2212", "-", literal=True)
        .str.replace(",", ".", literal=True)
    )
    value = {name: found.value for name, found in signs.items()}
    missing = {name: found.missing and found.missing.value for name, found in signs.items()}
    small = [name for name, found in signs.items() if found.below_precision]
    known = sign.is_in(list(signs))
    return frame.select(
        value=pl.when(known)
        .then(sign.replace_strict(value, default=None, return_dtype=pl.String))
        .when(is_number)
        .then(plain),
        missing=sign.replace_strict(missing, default=None, return_dtype=pl.String),
        below_precision=sign.is_in(small).fill_null(value=False),
        revised=(pl.col("bare") != pl.col("cell")).fill_null(value=False),
        unread=pl.when((pl.col("cell") != "") & ~known & ~is_number).then("cell"),
    )
