"""One column: declared on one line of a table, and nowhere else.

The functions at the end (`string`, `integer`, `code`, `reference`, …) are what a table
declaration uses. All of them take, in this order, the Polish column name, the Polish and
English title and the Polish and English description.
"""

import copy
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Self

import polars as pl

from schemas.text import Lang, Text

if TYPE_CHECKING:
    from schemas.table import Table

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime"]
"""The value type of a column. Codes and identifiers are strings: a leading zero is data."""

Sign = Literal["-", ".", "X", ":", "#"]
"""Special signs that dane.gov.pl knows: what stands in a published cell without a value."""

LIST_SEPARATOR = ";"
"""Between the members of a cell that refers to several rows (`many=True`)."""

_POLARS: dict[Kind, pl.DataType] = {
    "string": pl.String(),
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
}
_DUCKDB: dict[Kind, str] = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}


class Codes(StrEnum):
    """A code list. Members are declared as `NAME = "code", "etykieta", "label"`.

    The code is what the warehouse keeps; the labels are what the Polish and the English
    package publish. The first line of the docstring is for developers only.
    """

    label: Text

    def __new__(cls, code: str, pl_label: str, en_label: str) -> Self:
        """Make a member that is its code and carries its labels."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = Text(pl_label, en_label)
        return member


class Column:
    """A column of a table: its names, type, rules and texts.

    Reading `SomeTable.some_column` gives the Column, so a misspelt name fails in the type
    checker and at import. `col` is the polars expression for it.
    """

    name: str = ""
    table: "type[Table]"

    def __init__(
        self,
        kind: Kind,
        name_pl: str,
        title: Text,
        description: Text,
        *,
        key: bool = False,
        null: bool = False,
        references: "Column | None" = None,
        many: bool = False,
        pattern: str | None = None,
        minimum: int | None = None,
        maximum: int | None = None,
        max_length: int | None = None,
        codes: type[Codes] | None = None,
        scale: int | None = None,
        unit: Text | None = None,
        missing: Sign = ".",
        url: bool = False,
    ) -> None:
        self.kind: Kind = kind
        self.name_pl = name_pl
        self.title = title
        self.description = description
        self.key = key
        self.null = null and not key
        self.references = references
        self.many = many
        # `\d` would let the digits of other scripts in.
        self.pattern = pattern and pattern.replace(r"\d", "[0-9]")
        self.minimum = minimum
        self.maximum = maximum
        self.max_length = max_length
        self.codes = codes
        self.scale = scale
        self.unit = unit
        self.missing: Sign = missing
        self.url = url

    def __set_name__(self, owner: "type[Table]", name: str) -> None:
        self.name = name
        self.table = owner

    def __repr__(self) -> str:
        return f"{getattr(getattr(self, 'table', None), '__name__', '?')}.{self.name}"

    def of_table(self, table: "type[Table]") -> "Column":
        """The same column in another table: how shared (mixin) columns are inherited."""
        twin = copy.copy(self)
        twin.table = table
        return twin

    @property
    def col(self) -> pl.Expr:
        """The polars expression that reads this column."""
        return pl.col(self.name)

    @property
    def dtype(self) -> pl.DataType:
        """The polars type of an accepted frame. Numbers are decimals: sums stay exact."""
        if self.kind == "number":
            return pl.Decimal(18, self.scale or 0)
        return _POLARS[self.kind]

    @property
    def sql_type(self) -> str:
        """The DuckDB type."""
        return f"DECIMAL(18,{self.scale or 0})" if self.kind == "number" else _DUCKDB[self.kind]

    def name_in(self, lang: Lang) -> str:
        """The published column name in a language; English is the warehouse's own."""
        return self.name_pl if lang == "pl" else self.name

    def values_in(self, lang: Lang) -> tuple[str, ...]:
        """The labels that the published column may hold, or nothing for a free column."""
        return tuple(code.label.of(lang) for code in self.codes) if self.codes else ()


def string(
    name_pl: str,
    title_pl: str,
    title_en: str,
    desc_pl: str,
    desc_en: str,
    *,
    key: bool = False,
    null: bool = False,
    pattern: str | None = None,
    max_length: int = 2000,
    missing: Sign = ".",
    url: bool = False,
) -> Column:
    """A text. `url=True` marks a web address, which must begin with http:// or https://."""
    return Column(
        "string",
        name_pl,
        Text(title_pl, title_en),
        Text(desc_pl, desc_en),
        key=key,
        null=null,
        pattern=r"https?://\S+" if url else pattern,
        max_length=max_length,
        missing=missing,
        url=url,
    )


def integer(
    name_pl: str,
    title_pl: str,
    title_en: str,
    desc_pl: str,
    desc_en: str,
    *,
    key: bool = False,
    null: bool = False,
    minimum: int | None = 0,
    maximum: int | None = None,
    unit: Text | None = None,
    missing: Sign = ".",
) -> Column:
    """A whole number, not negative unless `minimum` says so."""
    return Column(
        "integer",
        name_pl,
        Text(title_pl, title_en),
        Text(desc_pl, desc_en),
        key=key,
        null=null,
        minimum=minimum,
        maximum=maximum,
        unit=unit,
        missing=missing,
    )


def number(
    name_pl: str,
    title_pl: str,
    title_en: str,
    desc_pl: str,
    desc_en: str,
    *,
    scale: int,
    null: bool = False,
    minimum: int | None = None,
    maximum: int | None = None,
    unit: Text | None = None,
    missing: Sign = ".",
) -> Column:
    """A decimal with a fixed number of places (`scale`), published with all of them."""
    return Column(
        "number",
        name_pl,
        Text(title_pl, title_en),
        Text(desc_pl, desc_en),
        null=null,
        minimum=minimum,
        maximum=maximum,
        scale=scale,
        unit=unit,
        missing=missing,
    )


def boolean(
    name_pl: str, title_pl: str, title_en: str, desc_pl: str, desc_en: str, *, null: bool = False
) -> Column:
    """True or False."""
    texts = Text(title_pl, title_en), Text(desc_pl, desc_en)
    return Column("boolean", name_pl, *texts, null=null)


def date(
    name_pl: str,
    title_pl: str,
    title_en: str,
    desc_pl: str,
    desc_en: str,
    *,
    key: bool = False,
    null: bool = False,
    missing: Sign = ".",
) -> Column:
    """A calendar day, YYYY-MM-DD."""
    texts = Text(title_pl, title_en), Text(desc_pl, desc_en)
    return Column("date", name_pl, *texts, key=key, null=null, missing=missing)


def timestamp(
    name_pl: str, title_pl: str, title_en: str, desc_pl: str, desc_en: str, *, null: bool = False
) -> Column:
    """A moment in UTC, YYYY-MM-DDTHH:MM:SS."""
    texts = Text(title_pl, title_en), Text(desc_pl, desc_en)
    return Column("datetime", name_pl, *texts, null=null)


def code(
    codes: type[Codes],
    name_pl: str,
    title_pl: str,
    title_en: str,
    desc_pl: str,
    desc_en: str,
    *,
    key: bool = False,
    null: bool = False,
    missing: Sign = ".",
) -> Column:
    """A value of a code list: the code in the warehouse, its label in what is published."""
    texts = Text(title_pl, title_en), Text(desc_pl, desc_en)
    return Column("string", name_pl, *texts, key=key, null=null, codes=codes, missing=missing)


def identifier(
    prefix: str, name_pl: str, title_pl: str, title_en: str, desc_pl: str, desc_en: str
) -> Column:
    """The key of a table of things: an opaque id such as `net-0003`, minted once by hand."""
    texts = Text(title_pl, title_en), Text(desc_pl, desc_en)
    return Column("string", name_pl, *texts, key=True, pattern=rf"{prefix}-\d{{4}}")


def reference(
    target: Column,
    name_pl: str,
    title_pl: str,
    title_en: str,
    desc_pl: str,
    desc_en: str,
    *,
    key: bool = False,
    null: bool = False,
    many: bool = False,
    missing: Sign = ".",
) -> Column:
    """A value that must be found in another table's column.

    With `many`, the cell holds several of them, separated by `;` and sorted.
    """
    return Column(
        target.kind,
        name_pl,
        Text(title_pl, title_en),
        Text(desc_pl, desc_en),
        key=key,
        null=null,
        many=many,
        references=target,
        pattern=None if many else target.pattern,
        missing=missing,
    )
