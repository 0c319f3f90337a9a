"""Tables that explain the others inside a DuckDB file: `_meta`, `_dictionary`, `_codes`.

They are declared like every table, so they have comments and Polish views too; a leading
underscore keeps them apart from the data.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from schemas.columns import Codes, Column, boolean, integer, string
from schemas.derive.ddl import columns_of
from schemas.errors import PimError
from schemas.table import Table
from schemas.text import Text


class Meta(Table):
    """Facts about the file itself."""

    name = "_meta"
    name_pl = "_metadane"
    title = Text("Metadane pliku", "Metadata of the file")
    description = Text(
        "Wersja, data, licencja i sposób cytowania tego pliku.",
        "Version, date, licence and citation of this file.",
    )
    row = Text("Jedna informacja o pliku.", "One fact about the file.")

    key_name = string("klucz", "Klucz", "Key", "Nazwa informacji.", "Name of the fact.", key=True)
    value = string("wartosc", "Wartość", "Value", "Treść informacji.", "The fact.")


class Dictionary(Table):
    """Data dictionary: every column of every table."""

    name = "_dictionary"
    name_pl = "_slownik"
    title = Text("Słownik danych", "Data dictionary")
    description = Text(
        "Co znaczy każda kolumna każdej tabeli.", "What every column of every table means."
    )
    row = Text("Jedna kolumna jednej tabeli.", "One column of one table.")

    table_name = string(
        "tabela", "Tabela", "Table", "Angielska nazwa tabeli.", "English table name.", key=True
    )
    position = integer(
        "pozycja", "Pozycja", "Position", "Miejsce w tabeli, od 1.", "Place, from 1.", key=True
    )
    column_name = string(
        "kolumna", "Kolumna", "Column", "Angielska nazwa kolumny.", "English column name."
    )
    table_name_pl = string(
        "tabela_pl", "Tabela po polsku", "Polish table", "Nazwa polskiego widoku.", "Polish view."
    )
    column_name_pl = string(
        "kolumna_pl",
        "Kolumna po polsku",
        "Polish column",
        "Nazwa kolumny w polskim widoku.",
        "Name of the column in the Polish view.",
    )
    data_type = string("typ", "Typ", "Type", "Typ danych w DuckDB.", "Data type in DuckDB.")
    title_pl = string("tytul_pl", "Tytuł", "Polish title", "Tytuł po polsku.", "Title in Polish.")
    title_en = string(
        "tytul_en", "Tytuł angielski", "English title", "Tytuł po angielsku.", "Title in English."
    )
    description_pl = string(
        "opis_pl", "Opis", "Polish description", "Opis po polsku.", "Description in Polish."
    )
    description_en = string(
        "opis_en",
        "Opis angielski",
        "English description",
        "Opis po angielsku.",
        "Description in English.",
    )
    unit_pl = string(
        "jednostka_pl", "Jednostka", "Polish unit", "Jednostka miary.", "Unit in Polish.", null=True
    )
    unit_en = string(
        "jednostka_en",
        "Jednostka po angielsku",
        "English unit",
        "Jednostka miary po angielsku.",
        "Unit in English.",
        null=True,
    )
    allowed = string(
        "dozwolone",
        "Dozwolone wartości",
        "Allowed values",
        "Kody z listy, zakres liczb lub wzorzec (wyrażenie regularne).",
        "Codes of the list, range of numbers or pattern (regular expression).",
        null=True,
    )
    code_list = string(
        "lista_kodow",
        "Lista kodów",
        "Code list",
        "Nazwa listy w tabeli _kody.",
        "Name of the list in the table _codes.",
        null=True,
    )
    in_key = boolean(
        "w_kluczu", "W kluczu", "In the key", "Czy należy do klucza.", "Whether it is in the key."
    )
    may_be_empty = boolean(
        "moze_byc_pusta",
        "Może być pusta",
        "May be empty",
        "Czy wartość może być nieznana.",
        "Whether the value may be unknown.",
    )
    refers_to = string(
        "odsyla_do",
        "Odsyła do",
        "Refers to",
        "Tabela i kolumna, w której musi być ta wartość.",
        "Table and column where the value must be found.",
        null=True,
    )


class CodeLists(Table):
    """Every code list of the file."""

    name = "_codes"
    name_pl = "_kody"
    title = Text("Listy kodów", "Code lists")
    description = Text(
        "Kody używane w tabelach i ich polskie oraz angielskie etykiety.",
        "Codes used in the tables and their Polish and English labels.",
    )
    row = Text("Jeden kod jednej listy.", "One code of one list.")

    code_list = string(
        "lista_kodow", "Lista kodów", "Code list", "Nazwa listy.", "Name of the list.", key=True
    )
    position = integer(
        "pozycja", "Pozycja", "Position", "Miejsce na liście, od 1.", "Place, from 1.", key=True
    )
    code = string("kod", "Kod", "Code", "Wartość w tabelach.", "The value in the tables.")
    label_pl = string("etykieta_pl", "Etykieta", "Polish label", "Po polsku.", "In Polish.")
    label_en = string(
        "etykieta_en", "Etykieta angielska", "English label", "Po angielsku.", "In English."
    )


def meta_rows(facts: Mapping[str, str]) -> pl.DataFrame:
    """`_meta`: the facts that the caller gives, such as version, date, licence, citation."""
    rows = [{"key_name": key, "value": value} for key, value in facts.items()]
    return pl.DataFrame(rows, schema=Meta.schema())


def dictionary_rows(tables: Iterable[type[Table]], *, origin: bool = False) -> pl.DataFrame:
    """`_dictionary` of these tables."""
    rows = [
        _entry(table, position, column)
        for table in tables
        for position, column in enumerate(columns_of(table, origin=origin), start=1)
    ]
    return pl.DataFrame(rows, schema=Dictionary.schema())


def code_rows(tables: Iterable[type[Table]]) -> pl.DataFrame:
    """`_codes` of the lists that these tables use.

    Raises PimError `PIM-WH-010` where two different lists have one name.
    """
    lists: dict[str, type[Codes]] = {}
    for table in tables:
        for column in table.columns:
            if column.codes is None:
                continue
            name = code_list_name(column.codes)
            if lists.setdefault(name, column.codes) is not column.codes:
                raise _same_name(name)
    rows = [
        {
            "code_list": name,
            "position": position,
            "code": code.value,
            "label_pl": code.label.pl,
            "label_en": code.label.en,
        }
        for name, codes in lists.items()
        for position, code in enumerate(codes, start=1)
    ]
    return pl.DataFrame(rows, schema=CodeLists.schema())


def code_list_name(codes: type[Codes]) -> str:
    """The name of a code list in the warehouse: its class name in snake case."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", codes.__name__).lower()


def _entry(table: type[Table], position: int, column: Column) -> dict[str, object]:
    target = column.references
    return {
        "table_name": table.name,
        "position": position,
        "column_name": column.name,
        "table_name_pl": table.name_pl,
        "column_name_pl": column.name_pl,
        "data_type": column.sql_type,
        "title_pl": column.title.pl,
        "title_en": column.title.en,
        "description_pl": column.description.pl,
        "description_en": column.description.en,
        "unit_pl": column.unit.pl if column.unit else None,
        "unit_en": column.unit.en if column.unit else None,
        "allowed": _allowed(column),
        "code_list": code_list_name(column.codes) if column.codes else None,
        "in_key": column.key,
        "may_be_empty": column.null,
        "refers_to": f"{target.table.name}.{target.name}" if target else None,
    }


def _allowed(column: Column) -> str | None:
    """What a value may be, readable in both languages."""
    if column.codes:
        return "; ".join(code.value for code in column.codes)
    if column.pattern:
        return column.pattern
    parts: Sequence[str] = [
        f"{sign} {bound}"
        for sign, bound in ((">=", column.minimum), ("<=", column.maximum))
        if bound is not None
    ]
    return ", ".join(parts) or None


def _same_name(name: str) -> PimError:
    return PimError(
        "PIM-WH-010",
        Text("Dwie różne listy kodów mają tę samą nazwę.", "Two code lists have the same name."),
        where=name,
        fix=Text(
            "Zmień nazwę klasy jednej z nich w schemas/tables/.",
            "Rename the class of one of them in schemas/tables/.",
        ),
    )
