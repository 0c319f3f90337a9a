"""What a release changed, as one JSON object: the pages, the changelogs and the feeds read it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.release.diff import Change, Row, TableDiff, diff_tables
from exports.release.naming import row_names
from exports.release.schema_version import Level, SchemaChange
from exports.release.telling import first_release, sentences
from schemas.datasets import DataSet
from schemas.table import Table
from schemas.text import Text

FORMAT = 2
CHANGES = "changes.json"
SCHEMA = "changes.schema.json"

Json = dict[str, object]


@dataclass(frozen=True)
class SchemaStep:
    """The schema of a data set before and now."""

    dataset: DataSet
    before: str | None
    """None where the data set is new."""
    after: str
    changes: tuple[SchemaChange, ...] = ()


@dataclass(frozen=True)
class Changes:
    """What a release changed against the one before it."""

    diffs: tuple[TableDiff, ...]
    """Every published table."""
    data: Json
    """What `changes.json` holds."""

    @property
    def summary(self) -> list[Text]:
        """The sentences for people."""
        found = self.data["summary"]
        pairs = zip(found["pl"], found["en"], strict=True) if isinstance(found, dict) else ()
        return [Text(pl, en) for pl, en in pairs]


def changes_of(
    facts: Mapping[str, str | None],
    tables: Sequence[type[Table]],
    old: Path | None,
    new: Path,
    *,
    same: Collection[type[Table]] = (),
    schemas: Sequence[SchemaStep] = (),
    withdrawn: Sequence[Text] = (),
) -> Changes:
    """Compare two trees. `facts` are `version`, `date` and `previous`; `same` as `diff_tables`.

    `withdrawn` are sentences about what was taken back since.
    """
    diffs = diff_tables(tables, old, new, same)
    told = [_table(diff, old or new, new) for diff in diffs]
    if old is None:
        rows = sum(diff.after for diff in diffs)
        summary = [first_release(tables, rows, len({table.dataset for table in tables}))]
    else:
        said = [
            (diff, text) for diff, (_, texts) in zip(diffs, told, strict=True) for text in texts
        ]
        # What repeats other tables is told of where nothing else would be.
        kept = [text for diff, text in said if diff.table.rows.told] or [text for _, text in said]
        summary = [*kept, *_schema_sentences(schemas)]
    summary += withdrawn
    if not summary:
        summary = [
            Text(
                "Zmieniły się tylko opisy; wiersze tabel są te same.",
                "Only descriptions changed; the rows of all tables are the same.",
            )
        ]
    data: Json = {
        "$schema": SCHEMA,
        "format": FORMAT,
        **facts,
        "severity": _SEVERITIES[_gravest(diffs if old is not None else (), schemas)],
        "summary": {"pl": [text.pl for text in summary], "en": [text.en for text in summary]},
        "schemas": [_schema(step) for step in schemas],
        "tables": [table for table, _ in told],
    }
    return Changes(tuple(diffs), data)


_SEVERITIES = ("none", "addition", "correction", "loss", "breaking")
"""From nothing to what may break a reader's program."""


def _severity(diff: TableDiff) -> int:
    if diff.rekeyed:
        return 4
    if diff.removed or any(cells.lost for cells in diff.cells.values()):
        return 3
    if any(cells.corrected for cells in diff.cells.values()):
        return 2
    return 1 if diff.touched else 0


def _gravest(diffs: Sequence[TableDiff], schemas: Sequence[SchemaStep]) -> int:
    breaking = any(change.level is Level.MAJOR for step in schemas for change in step.changes)
    return max([4 if breaking else 0, *map(_severity, diffs)])


def _table(diff: TableDiff, old: Path, new: Path) -> tuple[Json, list[Text]]:
    table = diff.table
    names = {
        "added": row_names(table, diff.added_rows, new) if diff.added_rows else [],
        "removed": row_names(table, diff.removed_rows, old) if diff.removed_rows else [],
        "changed": (
            row_names(table, [change.row for change in diff.changed_rows], new)
            if diff.changed_rows
            else []
        ),
    }
    texts = list(sentences(diff, names["added"], names["removed"], names["changed"]))
    told: Json = {
        "table": table.name,
        "dataset": table.dataset.slug if table.dataset else "",
        "title": table.title._asdict(),
        "severity": _SEVERITIES[0 if diff.is_new else _severity(diff)],
        "new": diff.is_new,
        "rekeyed": diff.rekeyed,
        "rows_before": diff.before,
        "rows_after": diff.after,
        "added": diff.added,
        "removed": diff.removed,
        "changed": diff.changed,
        "columns": {name: vars(cells) for name, cells in diff.cells.items()},
        "added_rows": [
            {"name": name._asdict(), "row": dict(row)}
            for name, row in zip(names["added"], diff.added_rows, strict=True)
        ],
        "removed_rows": [
            {"name": name._asdict(), "row": dict(row)}
            for name, row in zip(names["removed"], diff.removed_rows, strict=True)
        ],
        "changed_rows": [
            {"name": name._asdict(), **_changed(table, change)}
            for name, change in zip(names["changed"], diff.changed_rows, strict=True)
        ],
    }
    return told, texts


def _changed(table: type[Table], change: Change) -> Json:
    return {
        "key": _key(table, change.row),
        "cells": {name: {"old": old, "new": new} for name, (old, new) in change.cells.items()},
    }


def _key(table: type[Table], row: Row) -> dict[str, str | None]:
    return {column.name: row[column.name] for column in table.key}


def _schema(step: SchemaStep) -> Json:
    return {
        "dataset": step.dataset.slug,
        "before": step.before,
        "after": step.after,
        "changes": [change.as_dict() for change in step.changes],
    }


_KINDS: Mapping[str, Text] = {
    "table_removed": Text("znikła tabela {table}", "table {table} is gone"),
    "table_added": Text("przybyła tabela {table}", "table {table} came"),
    "column_removed": Text("znikła kolumna {table}.{column}", "column {table}.{column} is gone"),
    "column_added": Text("przybyła kolumna {table}.{column}", "column {table}.{column} came"),
    "type": Text("zmienił się typ kolumny {table}.{column}", "{table}.{column} has another type"),
    "key": Text("zmienił się klucz tabeli {table}", "table {table} has another key"),
    "order": Text("zmieniła się kolejność kolumn {table}", "columns of {table} are reordered"),
    "label_removed": Text(
        "z listy {table}.{column} znikła wartość „{detail}”",
        "list {table}.{column} lost the value '{detail}'",
    ),
    "label_added": Text(
        "do listy {table}.{column} doszła wartość „{detail}”",
        "list {table}.{column} got the value '{detail}'",
    ),
}


def _schema_sentences(steps: Sequence[SchemaStep]) -> Iterator[Text]:
    for step in steps:
        title = step.dataset.title
        if step.before is None:
            yield Text(f"Nowy zbiór „{title.pl}”.", f"New data set '{title.en}'.")
        for change in step.changes:
            if change.kind in _KINDS:
                said = _KINDS[change.kind].fill(
                    table=change.table, column=change.column, detail=change.detail
                )
                yield Text(
                    f"Schemat zbioru „{title.pl}” ma wersję {step.after}: {said.pl}.",
                    f"The schema of data set '{title.en}' has version {step.after}: {said.en}.",
                )
