"""One table, declared once. Everything else about a table is derived from its class.

A declaration is a subclass of `Table` in `schemas/tables/` with one line a column:

    class Networks(Table):
        name_pl = "sieci"
        title = Text("Sieci tematyczne", "Thematic networks")
        ...
        network_id = identifier("net", "id_sieci", ...)
        edition_id = reference(Editions.edition_id, "id_edycji", ...)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import polars as pl

from schemas.columns import Column
from schemas.counting import ROWS, Rows
from schemas.datasets import DataSet
from schemas.text import Lang, Text

Tables = Mapping[str, pl.DataFrame]
"""Accepted frames by table name: what references and whole-table rules are held against."""


class Severity(StrEnum):
    """What a broken rule does: `warn` shows it, `reject` sets the row aside, `block` stops."""

    WARN = "warn"
    REJECT = "reject"
    BLOCK = "block"


@dataclass(frozen=True)
class RowRule:
    """A rule over the columns of one row, beyond what the columns say themselves."""

    name: str
    good: pl.Expr
    """True where the row keeps the rule; null counts as kept."""
    message: Text
    """What is wrong, for an official: one sentence."""
    columns: tuple[Column, ...]
    severity: Severity = Severity.REJECT


@dataclass(frozen=True)
class TableRule:
    """A rule over a whole table, such as a count that must hold."""

    name: str
    broken: Callable[[pl.DataFrame, Tables], Sequence[str]]
    """The places where the rule is broken (keys or sentences), empty when it is kept."""
    message: Text
    severity: Severity = Severity.BLOCK


@dataclass(frozen=True)
class ScanRule:
    """A rule over a whole table that may be longer than memory: asked in SQL, of rows at rest."""

    name: str
    query: str
    """SELECT of one text, the place, for each place where the rule is broken. The accepted rows
    are `accepted`, in the order of the key, so that `lag(…) OVER ()` is the row above."""
    message: Text
    severity: Severity = Severity.BLOCK


class Table:
    """Base of all table declarations; see the module's docstring for the shape."""

    name: ClassVar[str] = ""
    """Name in the warehouse: the class name in snake case."""
    name_pl: ClassVar[str] = ""
    """Published Polish name, also the file name: ASCII snake case."""
    title: ClassVar[Text]
    description: ClassVar[Text]
    row: ClassVar[Text]
    """What one row is."""
    rows: ClassVar[Rows] = ROWS
    """How rows are counted and called where changes are told; every published table has its own."""
    dataset: ClassVar[DataSet | None] = None
    """The data set that publishes the table; None keeps it inside."""
    rules: ClassVar[tuple[RowRule | TableRule | ScanRule, ...]] = ()
    bulk: ClassVar[bool] = False
    """May be longer than memory: its rows are made, judged, stored and published in pieces. Then
    it has no `TableRule`, and no table refers to it, which would need all its keys at once."""
    institutional: ClassVar[bool] = False
    """Its e-mail addresses and telephone numbers are those of offices: they may be published."""
    max_rejected: ClassVar[float] = 0.0
    """Share of rows that may be rejected before publishing stops. Curated facts: none."""
    max_loss: ClassVar[float] = 0.2
    """Share of rows that may vanish against the last build before the table is stopped."""
    columns: ClassVar[tuple[Column, ...]] = ()
    key: ClassVar[tuple[Column, ...]] = ()
    references: ClassVar[tuple[Column, ...]] = ()

    def __init_subclass__(cls) -> None:
        """Collect the columns in the order of declaration, shared (mixin) ones last."""
        found: dict[str, Column] = {}
        for base in cls.__mro__:
            for name, value in list(vars(base).items()):
                if isinstance(value, Column) and name not in found:
                    found[name] = value if base is cls else value.of_table(cls)
                    setattr(cls, name, found[name])
        if "name" not in vars(cls):
            cls.name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()
        cls.columns = tuple(found.values())
        cls.key = tuple(column for column in cls.columns if column.key)
        cls.references = tuple(column for column in cls.columns if column.references)
        if any(column.references.table.bulk for column in cls.references if column.references):
            raise ValueError(f"{cls.name} refers to a table that may be longer than memory")

    @classmethod
    def name_in(cls, lang: Lang) -> str:
        """The published name of the table in a language."""
        return cls.name_pl if lang == "pl" else cls.name

    @classmethod
    def schema(cls) -> dict[str, pl.DataType]:
        """Column names and polars types of an accepted frame."""
        return {column.name: column.dtype for column in cls.columns}
