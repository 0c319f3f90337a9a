"""The semantic version of the schema of a data set: computed from two descriptors, never typed.

Major: a program that reads the data may break (a table or column is gone, renamed or of another
type, a key is another, a label of a list is gone). Minor: something came. Patch: only texts and
limits are other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

FIRST = "1.0.0"

Json = Mapping[str, object]


class Level(IntEnum):
    """How much a change asks of those who read the data."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True)
class SchemaChange:
    """One change of a schema."""

    level: Level
    kind: str
    """`table_removed`, `table_added`, `column_removed`, `column_added`, `type`, `key`,
    `order`, `label_removed`, `label_added` or `texts`."""
    table: str
    column: str = ""
    detail: str = ""

    def as_dict(self) -> dict[str, str]:
        """The change as JSON data."""
        return {
            "level": self.level.name.lower(),
            "kind": self.kind,
            "table": self.table,
            "column": self.column,
            "detail": self.detail,
        }


def schema_changes(old: Json, new: Json) -> list[SchemaChange]:
    """What changed between the schemas of two descriptors of one package, gravest first."""
    before, after = _tables(old), _tables(new)
    found = [SchemaChange(Level.MAJOR, "table_removed", name) for name in before.keys() - after]
    found += [SchemaChange(Level.MINOR, "table_added", name) for name in after.keys() - before]
    for name in before.keys() & after:
        found += _table_changes(name, before[name], after[name])
    return sorted(found, key=lambda one: (-one.level, one.table, one.column, one.kind, one.detail))


def next_schema_version(version: str, changes: Sequence[SchemaChange]) -> str:
    """The version after these changes; the same where there are none."""
    major, minor, patch = map(int, version.split("."))
    match max((change.level for change in changes), default=Level.NONE):
        case Level.MAJOR:
            return f"{major + 1}.0.0"
        case Level.MINOR:
            return f"{major}.{minor + 1}.0"
        case Level.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case _:
            return version


def _objects(value: object) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _tables(descriptor: Json) -> dict[str, Json]:
    """The schema of each table by its published name; parts of a table have one schema."""
    return {
        str(resource.get("_table", resource["name"])): schema
        for resource in _objects(descriptor.get("resources"))
        if isinstance(schema := resource.get("schema"), dict)
    }


def _table_changes(table: str, old: Json, new: Json) -> Iterator[SchemaChange]:
    before = {str(field["name"]): field for field in _objects(old.get("fields"))}
    after = {str(field["name"]): field for field in _objects(new.get("fields"))}
    for name in before.keys() - after:
        yield SchemaChange(Level.MAJOR, "column_removed", table, name)
    for name in after.keys() - before:
        yield SchemaChange(Level.MINOR, "column_added", table, name)
    for name in before.keys() & after:
        yield from _column_changes(table, name, before[name], after[name])
    if old.get("primaryKey") != new.get("primaryKey"):
        yield SchemaChange(Level.MAJOR, "key", table)
    shared = [name for name in before if name in after]
    if shared != [name for name in after if name in before]:
        # Readers that go by position would take one column for another.
        yield SchemaChange(Level.MAJOR, "order", table)


def _column_changes(table: str, name: str, old: Json, new: Json) -> Iterator[SchemaChange]:
    kinds = [f"{one.get('type')}/{one.get('_decimals', '')}" for one in (old, new)]
    if kinds[0] != kinds[1]:
        detail = " -> ".join(kind.rstrip("/") for kind in kinds)
        yield SchemaChange(Level.MAJOR, "type", table, name, detail)
        return
    before, after = _labels(old), _labels(new)
    for label in before - after:
        yield SchemaChange(Level.MAJOR, "label_removed", table, name, label)
    for label in after - before:
        yield SchemaChange(Level.MINOR, "label_added", table, name, label)
    if before == after and old != new:
        yield SchemaChange(Level.PATCH, "texts", table, name)


def _labels(field: Json) -> set[str]:
    found = field.get("categories")
    return set(map(str, found)) if isinstance(found, list) else set()
