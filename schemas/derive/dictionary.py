"""The data dictionary: one row for each published column, in both languages."""

from collections.abc import Iterable, Iterator
from functools import cache

from schemas.columns import Column
from schemas.table import Table
from schemas.text import LANGS, Lang, Text

COLUMNS: dict[str, Text] = {
    "table_pl": Text("tabela_pl", "table_pl"),
    "table_en": Text("tabela_en", "table_en"),
    "position": Text("kolejnosc", "position"),
    "column_pl": Text("kolumna_pl", "column_pl"),
    "column_en": Text("kolumna_en", "column_en"),
    "title_pl": Text("tytul_pl", "title_pl"),
    "title_en": Text("tytul_en", "title_en"),
    "description_pl": Text("opis_pl", "description_pl"),
    "description_en": Text("opis_en", "description_en"),
    "type_pl": Text("typ_pl", "type_pl"),
    "type_en": Text("typ_en", "type_en"),
    "key": Text("klucz", "key"),
    "required": Text("wymagana", "required"),
    "missing_sign": Text("znak_braku", "missing_sign"),
    "reference_pl": Text("odwolanie_pl", "reference_pl"),
    "reference_en": Text("odwolanie_en", "reference_en"),
    "values_pl": Text("wartosci_pl", "values_pl"),
    "values_en": Text("wartosci_en", "values_en"),
    "rules_pl": Text("zasady_pl", "rules_pl"),
    "rules_en": Text("zasady_en", "rules_en"),
}
"""Keys of a dictionary row and the headers that they are published under."""

NOTHING = "-"
"""Stands in a cell of the dictionary that has nothing to say; cells are never empty."""

KINDS: dict[str, Text] = {
    "string": Text("tekst", "text"),
    "integer": Text("liczba całkowita", "whole number"),
    "number": Text("liczba dziesiętna", "decimal number"),
    "boolean": Text("prawda lub fałsz (True, False)", "true or false (True, False)"),
    "date": Text("data RRRR-MM-DD", "date YYYY-MM-DD"),
    "datetime": Text("data i godzina", "date and time"),
}


def _type(column: Column) -> Text:
    if column.codes:
        return Text("wartość z listy", "value of a list")
    if column.many:
        return Text("lista identyfikatorów po średniku", "identifiers separated by semicolons")
    return KINDS[column.kind]


def _rules(column: Column) -> Iterator[Text]:
    if column.unit is not None:
        yield Text(f"jednostka: {column.unit.pl}", f"unit: {column.unit.en}")
    if column.kind == "number":
        yield Text("miejsc po kropce: {n}", "decimal places: {n}").fill(n=column.scale or 0)
    if column.minimum is not None:
        yield Text("co najmniej {n}", "at least {n}").fill(n=column.minimum)
    if column.maximum is not None:
        yield Text("co najwyżej {n}", "at most {n}").fill(n=column.maximum)
    if column.max_length is not None:
        yield Text("najwyżej {n} znaków", "at most {n} characters").fill(n=column.max_length)
    if column.url:
        yield Text("adres strony", "web address")
    elif column.pattern is not None and not column.codes:
        yield Text(f"wzór {column.pattern}", f"pattern {column.pattern}")


@cache
def _row(column: Column, position: int) -> dict[str, str]:
    target = column.references
    rules = tuple(_rules(column))
    found = {
        "position": str(position),
        "key": str(column.key),
        "required": str(not column.null),
        "missing_sign": column.missing if column.null else NOTHING,
    }
    for lang in LANGS:
        reference = f"{target.table.name_in(lang)}.{target.name_in(lang)}" if target else NOTHING
        found |= {
            f"table_{lang}": column.table.name_in(lang),
            f"column_{lang}": column.name_in(lang),
            f"title_{lang}": column.title.of(lang),
            f"description_{lang}": column.description.of(lang),
            f"type_{lang}": _type(column).of(lang),
            f"reference_{lang}": reference,
            f"values_{lang}": " | ".join(column.values_in(lang)) or NOTHING,
            f"rules_{lang}": "; ".join(rule.of(lang) for rule in rules) or NOTHING,
        }
    return {name: found[name] for name in COLUMNS}


def dictionary(tables: Iterable[type[Table]]) -> list[dict[str, str]]:
    """Dictionary rows (keys as in `COLUMNS`) of tables, in their order; no cell is empty."""
    return [
        dict(_row(column, position))
        for table in tables
        for position, column in enumerate(table.columns, start=1)
    ]


def headers(lang: Lang) -> list[str]:
    """The headers of the published dictionary in a language."""
    return [header.of(lang) for header in COLUMNS.values()]
