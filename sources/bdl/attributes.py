"""Attributes of the Local Data Bank: they decide whether a 0 is a zero or no value at all.

With 4, 14, 50 and 91 the service gives the number 0 although there is no value; with 15 it
shows a dash. A loader that ignores the attribute publishes false zeros. The list is that of the
service (`/attributes`); an attribute that is not in it is refused by the gate, never guessed.
"""

import polars as pl

from schemas.missing import MissingReason
from schemas.tables.indicators import ValueAttribute

MISSING: dict[ValueAttribute, MissingReason] = {
    ValueAttribute.A4: MissingReason.NO_DATA,
    ValueAttribute.A14: MissingReason.METHOD_CHANGED,
    ValueAttribute.A15: MissingReason.NOT_PRESENTED,
    ValueAttribute.A50: MissingReason.NOT_YET,
    ValueAttribute.A91: MissingReason.NO_DATA,
}
"""Attributes that say that there is no value, with the reason."""

_ZERO = r"^-?0(?:\.0+)?$"


def judged(value: pl.Expr, attribute: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Value and reason of a missing one, from the value and the attribute as they came (text).

    Where the attribute says that there is none, a zero becomes null. Another number stays beside
    the reason: they contradict each other, and the rule of the table sets such a row aside.
    """
    reason = attribute.replace_strict(
        {code.value: why.value for code, why in MISSING.items()},
        default=None,
        return_dtype=pl.String,
    )
    no_value = reason.is_not_null() & value.str.contains(_ZERO)
    return pl.when(~no_value.fill_null(value=False)).then(value), reason
