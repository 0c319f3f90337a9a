"""Frictionless Table Schema v2 of a table, in one language.

Only what official and common readers agree on is used: no `fieldsMatch`, no `list` type, no
object `missingValues` (they break at least two tools each). What the standard has no word
for stands in private properties (`_…`) and in the twins `title@en` or `title@pl`.
"""

from collections.abc import Collection

from schemas.columns import LIST_SEPARATOR, Column
from schemas.datasets import DataSet
from schemas.table import Table
from schemas.text import Lang, Text

TABLE_SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"


def other(lang: Lang) -> Lang:
    """The other of the two languages."""
    return "en" if lang == "pl" else "pl"


def twins(lang: Lang, title: Text, description: Text) -> dict[str, object]:
    """Title and description in `lang`, and their twins (`title@en`) in the other language."""
    twin = other(lang)
    return {
        "title": title.of(lang),
        f"title@{twin}": title.of(twin),
        "description": description.of(lang),
        f"description@{twin}": description.of(twin),
    }


def package_name(dataset: DataSet, lang: Lang) -> str:
    """Name of a data package: the slug of its data set, with `-en` for the English twin.

    Names stay for ever and differ, so both packages fit in one catalogue.
    """
    return dataset.slug if lang == "pl" else f"{dataset.slug}-en"


def declared_signs(table: type[Table]) -> tuple[str, ...]:
    """The special signs that may stand in the table: those of its nullable columns, sorted."""
    return tuple(sorted({column.missing for column in table.columns if column.null}))


def member_pattern(column: Column) -> str | None:
    """The pattern of one value of a column; of one member where a cell holds several."""
    if column.many and column.references is not None:
        return column.references.pattern
    return column.pattern


def _pattern(column: Column) -> str | None:
    pattern = member_pattern(column)
    if pattern is None or column.codes:
        return None
    if column.many:
        return f"({pattern})({LIST_SEPARATOR}({pattern}))*"
    # Readers put ^ and $ around it, which would bind to the outer alternatives only.
    return f"({pattern})" if "|" in pattern else pattern


def _constraints(column: Column, *, sole_key: bool, lang: Lang) -> dict[str, object]:
    limits: dict[str, object | None] = {
        "required": True if not column.null else None,
        "unique": True if sole_key else None,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "maxLength": column.max_length,
        "pattern": _pattern(column),
        "enum": list(column.values_in(lang)) or None,
    }
    return {name: limit for name, limit in limits.items() if limit is not None}


def field(column: Column, lang: Lang) -> dict[str, object]:
    """One field: name, type, texts in both languages, constraints, private notes.

    `_codes` gives the warehouse's code of each label, `_decimals` the places of a number,
    `_unit` the unit of measure.
    """
    sole_key = column.key and len(column.table.key) == 1
    found: dict[str, object] = {
        "name": column.name_in(lang),
        "type": column.kind,
        **twins(lang, column.title, column.description),
    }
    if column.kind == "boolean":
        found |= {"trueValues": ["True"], "falseValues": ["False"]}
    constraints = _constraints(column, sole_key=sole_key, lang=lang)
    if constraints:
        found["constraints"] = constraints
    if column.codes:
        found["categories"] = list(column.values_in(lang))
        found["_codes"] = {code.label.of(lang): str(code) for code in column.codes}
    if column.kind == "number":
        found["_decimals"] = column.scale or 0
    if column.unit is not None:
        found["_unit"] = column.unit.of(lang)
    return found


def _reference(column: Column, target: Column, lang: Lang) -> dict[str, object]:
    table = target.table
    note: dict[str, object] = {
        "field": column.name_in(lang),
        "resource": table.name_in(lang),
        "reference_field": target.name_in(lang),
    }
    if table.dataset is not None:
        note["package"] = package_name(table.dataset, lang)
    if column.many:
        note["separator"] = LIST_SEPARATOR
    return note


def table_schema(
    table: type[Table],
    lang: Lang,
    *,
    among: Collection[type[Table]] = (),
    signs: Collection[str] | None = None,
) -> dict[str, object]:
    """The Table Schema of `table` with names, labels and texts in `lang`.

    `among` are the tables of the same package: references to them, and to the table itself,
    become foreign keys; those to other published tables, and cells that hold several
    references, are listed in `_references`. `signs` are the special signs that really stand
    in the file (default: all that may). `missingValues` is "" and these.
    """
    foreign: list[dict[str, object]] = []
    notes: list[dict[str, object]] = []
    for column in table.references:
        target = column.references
        if target is None:
            continue
        inside = target.table is table or target.table in among
        if not inside and target.table.dataset is None:
            continue
        if column.many or not inside:
            notes.append(_reference(column, target, lang))
            continue
        # A reference to the own table is written "": that is what all readers understand.
        resource = "" if target.table is table else target.table.name_in(lang)
        foreign.append(
            {
                "fields": [column.name_in(lang)],
                "reference": {"resource": resource, "fields": [target.name_in(lang)]},
            }
        )
    shown = declared_signs(table) if signs is None else tuple(sorted(signs))
    schema: dict[str, object] = {
        "$schema": TABLE_SCHEMA,
        "fields": [field(column, lang) for column in table.columns],
        "missingValues": ["", *shown],
        "primaryKey": [column.name_in(lang) for column in table.key],
    }
    if foreign:
        schema["foreignKeys"] = foreign
    if notes:
        schema["_references"] = notes
    return schema
