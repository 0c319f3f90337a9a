"""Discovery of tables and data sets: nobody edits a list.

Every subclass of `Table` that a module of `schemas/tables/` declares, and that has columns
and a Polish name, is a table.
"""

import importlib
import pkgutil
from difflib import get_close_matches
from functools import cache

import schemas.tables
from schemas.datasets import DataSet
from schemas.errors import Exit, PimError
from schemas.table import Table
from schemas.text import Text

_ALL_TABLES = Text("Nazwy tabel są w docs/tables.md.", "Names of tables are in docs/tables.md.")


@cache
def all_tables() -> tuple[type[Table], ...]:
    """Every table, referenced ones before those that refer to them, else by name.

    Raises ValueError where two classes have the same name.
    """
    found: dict[str, type[Table]] = {}
    for module in pkgutil.iter_modules(schemas.tables.__path__, "schemas.tables."):
        for value in vars(importlib.import_module(module.name)).values():
            if not (isinstance(value, type) and issubclass(value, Table) and value.name_pl):
                continue
            if found.setdefault(value.name, value) is not value:
                raise ValueError(f"two tables are named {value.name}")
    ordered: list[type[Table]] = []

    def place(table: type[Table]) -> None:
        if table in ordered:
            return
        for column in table.references:
            if column.references is not None and column.references.table is not table:
                place(found[column.references.table.name])
        ordered.append(table)

    for name in sorted(found):
        place(found[name])
    return tuple(ordered)


def table_named(name: str) -> type[Table]:
    """The table with this English or Polish name.

    Raises PimError `PIM-CLI-002` when there is none; the fix names those most like it.
    """
    tables = {name: table for table in all_tables() for name in (table.name, table.name_pl)}
    if name in tables:
        return tables[name]
    alike = ", ".join(get_close_matches(name, tables))
    raise PimError(
        "PIM-CLI-002",
        Text("Nie ma tabeli „{name}”.", "There is no table '{name}'.").fill(name=name),
        fix=Text(f"Może chodzi o: {alike}?", f"Perhaps: {alike}?") if alike else _ALL_TABLES,
        exit_code=Exit.USAGE,
    )


@cache
def all_datasets() -> tuple[DataSet, ...]:
    """Every data set that publishes at least one table, by slug."""
    used = {table.dataset for table in all_tables() if table.dataset}
    return tuple(sorted(used, key=lambda dataset: dataset.slug))


def tables_of(dataset: DataSet) -> tuple[type[Table], ...]:
    """The tables that a data set publishes, in order of reference."""
    return tuple(table for table in all_tables() if table.dataset is dataset)
