"""Corrections of what sources give wrongly: applied before the gate, and guarded.

A correction changes a cell only while the source shows the very value that it was made for. When
the source is right, shows a third value, or has lost the row, the build says so.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import polars as pl

from schemas.table import Severity, Table
from schemas.text import Text
from schemas.verdict import Finding

CORRECTION_DONE = "correction_done"
CORRECTION_OTHER = "correction_other_value"
CORRECTION_LOST = "correction_row_missing"

_MESSAGES = {
    CORRECTION_DONE: Text(
        "Źródło podaje już właściwą wartość: sprostowanie można usunąć z corrections.csv "
        "(PIM-REV-003).",
        "The source gives the right value by now: the correction can go from corrections.csv "
        "(PIM-REV-003).",
    ),
    CORRECTION_OTHER: Text(
        "Źródło podaje teraz inną wartość niż ta, którą sprostowano: sprostowania nie "
        "zastosowano, sprawdź je (PIM-REV-004).",
        "The source now gives another value than the one that was corrected: the correction was "
        "not applied, look at it again (PIM-REV-004).",
    ),
    CORRECTION_LOST: Text(
        "W źródle nie ma wiersza, którego dotyczy sprostowanie (PIM-REV-005).",
        "The row that the correction is about is not in the source (PIM-REV-005).",
    ),
}


class Corrected(NamedTuple):
    """A frame after corrections, and what they have to tell."""

    frame: pl.DataFrame
    findings: tuple[Finding, ...]


class CorrectedPieces:
    """The rows of a table that come in pieces, each piece corrected as `corrected` does it.

    When all pieces were taken, `findings` are those of all of them; they may be taken again.
    """

    def __init__(
        self,
        table: type[Table],
        pieces: Callable[[], Iterator[pl.DataFrame]],
        corrections: pl.DataFrame,
    ) -> None:
        self._table = table
        self._pieces = pieces
        self._own = corrections.filter(pl.col("table_name") == table.name)
        self._told: dict[str, list[str]] = {}
        self._rows = 0

    def __call__(self) -> Iterator[pl.DataFrame]:
        """The pieces, corrected."""
        if self._own.is_empty():
            yield from self._pieces()
            return
        self._told, self._rows = {}, 0
        waiting = self._own
        for frame in self._pieces():
            self._rows += frame.height
            if not _has_key(self._table, frame):
                yield frame
                continue
            keys = frame.select(_key_text(self._table, frame).alias("row_key"))
            here = self._own.join(keys, on="row_key", how="semi")
            waiting = waiting.join(here, on="row_key", how="anti")
            found = corrected(self._table, frame, here)
            self._note(found.findings)
            yield found.frame
        if self._rows:
            self._told[CORRECTION_LOST] = [
                place_of(*row) for row in waiting.select("row_key", "column_name").iter_rows()
            ]

    def findings(self) -> tuple[Finding, ...]:
        """What corrections have to tell of the rows that were given."""
        return tuple(_findings(self._table, self._told))

    def _note(self, findings: tuple[Finding, ...]) -> None:
        for finding in findings:
            self._told.setdefault(finding.rule, []).extend(finding.places)


class _Seen(NamedTuple):
    """How many rows have the key of a correction, and show the wrong or the right value."""

    rows: int
    wrong: int
    right: int


def corrected(table: type[Table], frame: pl.DataFrame, corrections: pl.DataFrame) -> Corrected:
    """The rows of a table (text or typed) with the corrections (`Corrections`) that fit.

    An empty table says nothing about a correction: its source was not given. Applied twice, a
    correction changes nothing more.
    """
    own = corrections.filter(pl.col("table_name") == table.name)
    if own.is_empty() or frame.is_empty() or not _has_key(table, frame):
        return Corrected(frame, ())
    keys = frame.select(_key_text(table, frame)).to_series()
    told: dict[str, list[str]] = {rule: [] for rule in _MESSAGES}
    for key, name, wrong, right in own.select(
        "row_key", "column_name", "value_seen", "right_value"
    ).iter_rows():
        if name not in frame.columns:
            continue  # the gate says that the column is missing
        shown = _as_text(name, frame.schema[name])
        here = (keys == key).fill_null(value=False)
        seen = _seen(frame.select(shown).to_series().filter(here), wrong, right)
        if seen.wrong:
            hit = pl.lit(here) & (shown == (wrong or ""))
            put = pl.when(hit).then(pl.lit(right or "")).otherwise(shown)
            frame = frame.with_columns(pl.when(put != "").then(put).alias(name))
        elif rule := _told_of(seen):
            told[rule].append(place_of(key, name))
    return Corrected(frame, tuple(_findings(table, told)))


def place_of(key: str, column: str) -> str:
    """How a finding names the cell of a correction."""
    return f"{key}: {column}"


def _seen(values: pl.Series, wrong: str | None, right: str | None) -> _Seen:
    equal = (len(values.filter(values == (value or ""))) for value in (wrong, right))
    return _Seen(len(values), *equal)


def _told_of(seen: _Seen) -> str:
    """The rule of a correction that was not applied."""
    if not seen.rows:
        return CORRECTION_LOST
    return CORRECTION_DONE if seen.right == seen.rows else CORRECTION_OTHER


def _findings(table: type[Table], told: dict[str, list[str]]) -> Iterator[Finding]:
    for rule, places in told.items():
        if places:
            yield Finding(
                table.name, rule, Severity.WARN, _MESSAGES[rule], len(places), tuple(places)
            )


def _has_key(table: type[Table], frame: pl.DataFrame) -> bool:
    return all(column.name in frame.columns for column in table.key)


def _key_text(table: type[Table], frame: pl.DataFrame) -> pl.Expr:
    """The key of a row as rejected rows show it."""
    parts = [_as_text(column.name, frame.schema[column.name]) for column in table.key]
    return pl.concat_str(parts, separator=" | ")


def _as_text(name: str, dtype: pl.DataType) -> pl.Expr:
    """A cell as a facts file writes it; empty where there is no value."""
    value = pl.col(name)
    if dtype == pl.Boolean():
        value = pl.when(value).then(pl.lit("True")).when(~value).then(pl.lit("False"))
    elif isinstance(dtype, pl.Datetime):
        value = value.dt.strftime("%Y-%m-%dT%H:%M:%S")
    return value.cast(pl.String).fill_null("")
