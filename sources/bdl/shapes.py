"""Answers of API v1 of the Local Data Bank as typed values, in both dialects of its JSON.

The documentation and the service differ: `value` and `val`, `display` and `name`, a year as
number and as text. Both are read. Numbers with a decimal point become Decimal, never float.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from sources.bdl.fields import (
    Object,
    as_object,
    decimal_of,
    identifier_of,
    is_number,
    number_of,
    optional_text,
    text_of,
    year_of,
)
from sources.bdl.refusals import unexpected_shape

_SHOWN = 80
_LABEL = 500


@dataclass(frozen=True, slots=True)
class Unit:
    """A territorial unit. Levels: 0 Poland, 2 voivodeship, 5 powiat, 6 gmina."""

    id: str
    name: str
    level: int
    kind: str
    """Digit of the kind of a gmina; empty where there is none."""
    parent_id: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: K (category), G (group) or P (subgroup, which has variables)."""

    id: str
    name: str
    parent_id: str
    levels: tuple[int, ...]
    last_update: str


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable: one cell of the dimensions of a subject."""

    id: int
    subject_id: str
    labels: tuple[str, ...]
    """Its places on the dimensions n1 to n5, as many as the subject has."""
    level: int
    """The lowest level that has values: 6 means gminas."""
    unit_id: int | None
    unit_name: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """What stands beside a value and says how to take it."""

    id: int
    display: str
    symbol: str
    description: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a variable in one year, exactly as it came."""

    year: int
    value: Decimal | None
    attribute: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """All values of one variable for one unit."""

    variable_id: int
    last_update: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class UnitData:
    """Values of some variables for one unit, with where they came from."""

    unit_id: str
    series: tuple[Series, ...]
    sha256: tuple[str, ...]
    """Of the answer that each series came from, in the order of `series`."""
    retrieved: tuple[str, ...]
    """When that answer was given or last confirmed: ISO, UTC, in the order of `series`."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list."""

    total: int
    """Entries of the whole list, as the service says on this page."""
    results: tuple[Object, ...]


def parse_page(answer: Object, where: str) -> Page:
    """The envelope of a list. Raises PimError `PIM-BDL-002`."""
    results = answer.get("results")
    if not isinstance(results, list):
        raise unexpected_shape(where, "no list `results`")
    return Page(
        total=number_of(answer, "totalRecords", where),
        results=tuple(as_object(entry, where) for entry in results),
    )


def parse_unit(entry: Object, where: str) -> Unit:
    """A territorial unit. Raises PimError `PIM-BDL-002`."""
    kind = entry.get("kind")
    return Unit(
        id=identifier_of(entry, "id", where),
        name=text_of(entry, "name", where),
        level=number_of(entry, "level", where),
        kind="" if kind is None else str(kind),
        parent_id=optional_text(entry, "parentId"),
    )


def parse_subject(entry: Object, where: str) -> Subject:
    """A subject, from a list or by itself. Raises PimError `PIM-BDL-002`."""
    levels = entry.get("levels")
    return Subject(
        id=identifier_of(entry, "id", where),
        name=text_of(entry, "name", where),
        parent_id=optional_text(entry, "parentId"),
        levels=tuple(level for level in levels if isinstance(level, int))
        if isinstance(levels, list)
        else (),
        last_update=optional_text(entry, "lastUpdate"),
    )


def parse_variable(entry: Object, where: str) -> Variable:
    """A variable. Raises PimError `PIM-BDL-002`."""
    unit_id = entry.get("measureUnitId")
    return Variable(
        id=number_of(entry, "id", where),
        subject_id=identifier_of(entry, "subjectId", where),
        labels=tuple(_dimensions(entry)),
        level=number_of(entry, "level", where),
        unit_id=unit_id if is_number(unit_id) else None,
        unit_name=optional_text(entry, "measureUnitName"),
    )


def parse_attribute(entry: Object, where: str) -> Attribute:
    """An attribute, in either dialect. Raises PimError `PIM-BDL-002`."""
    display = "name" if "name" in entry else "display"
    return Attribute(
        id=number_of(entry, "id", where),
        display=text_of(entry, display, where),
        symbol=optional_text(entry, "symbol").strip(),
        description=optional_text(entry, "description"),
    )


def parse_series(entry: Object, where: str) -> Series:
    """The values of one variable. Raises PimError `PIM-BDL-002`."""
    values = entry.get("values")
    if not isinstance(values, list):
        raise unexpected_shape(where, "no list `values`")
    return Series(
        variable_id=number_of(entry, "id", where),
        last_update=optional_text(entry, "lastUpdate"),
        values=tuple(_value(as_object(value, where), where) for value in values),
    )


def _value(entry: Object, where: str) -> Value:
    names = [name for name in ("val", "value") if entry.get(name) is not None]
    if len({entry[name] for name in names}) > 1:
        raise unexpected_shape(where, "`val` and `value` differ")
    number = entry[names[0]] if names else None
    if number is not None and not (is_number(number) or isinstance(number, Decimal)):
        raise unexpected_shape(where, f"a value that is no number: {str(number)[:_SHOWN]!r}")
    attribute = entry.get("attrId")
    if attribute is not None and not is_number(attribute):
        raise unexpected_shape(where, "`attrId` is no whole number")
    return Value(
        year=year_of(entry.get("year"), where),
        value=None if number is None else decimal_of(str(number), where),
        attribute=attribute if is_number(attribute) else None,
    )


def _dimensions(entry: Object) -> Iterator[str]:
    for name in ("n1", "n2", "n3", "n4", "n5"):
        label = entry.get(name)
        if isinstance(label, str) and label.strip():
            yield " ".join(label.split())[:_LABEL]
