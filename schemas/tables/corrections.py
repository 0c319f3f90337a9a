"""Values that a source gives wrongly, with the right ones: applied before the gate."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import date, string
from schemas.table import RowRule, Table, TableRule, Tables
from schemas.text import Text


class Corrections(Table):
    """The reviewed file of corrections; `reconcile.review.corrections` applies them."""

    name_pl = "sprostowania"
    title = Text("Sprostowania", "Corrections")
    description = Text(
        "Błędne wartości źródeł z właściwymi: w której tabeli, wierszu i kolumnie, dlaczego i "
        "komu błąd zgłoszono. Działają, dopóki źródło pokazuje błędną wartość.",
        "Wrong values of sources with the right ones: in which table, row and column, why, and to "
        "whom the error was reported. They work as long as the source shows the wrong value.",
    )
    row = Text("jedno sprostowanie", "one correction")
    max_loss = 1.0

    table_name = string(
        "tabela",
        "Tabela",
        "Table",
        "Angielska nazwa tabeli.",
        "English name of the table.",
        key=True,
        pattern=r"[a-z][a-z0-9_]*",
    )
    row_key = string(
        "klucz",
        "Klucz",
        "Key",
        "Klucz wiersza; części rozdziela „ | ”.",
        "Key of the row; its parts are separated by ' | '.",
        key=True,
        max_length=500,
    )
    column_name = string(
        "kolumna",
        "Kolumna",
        "Column",
        "Angielska nazwa kolumny.",
        "English name of the column.",
        key=True,
        pattern=r"[a-z][a-z0-9_]*",
    )
    value_seen = string(
        "wartosc_w_zrodle",
        "Wartość w źródle",
        "Value seen",
        "Błędna wartość, którą pokazuje źródło; pusta, gdy wartości brak.",
        "The wrong value that the source shows; empty where it shows none.",
        null=True,
    )
    right_value = string(
        "wartosc_wlasciwa",
        "Wartość właściwa",
        "Right value",
        "Właściwa wartość; pusta, gdy wartości ma nie być.",
        "The right value; empty where there must be none.",
        null=True,
    )
    reason = string(
        "powod",
        "Powód",
        "Reason",
        "Skąd wiadomo, która wartość jest właściwa; bez nazwisk i kontaktów.",
        "How it is known which value is right; without names of people and contacts.",
        max_length=500,
    )
    reported_to = string(
        "zgloszono_do",
        "Zgłoszono do",
        "Reported to",
        "Instytucja, której zgłoszono błąd, jeśli zgłoszono; nigdy osoba.",
        "Institution that the error was reported to, where it was; never a person.",
        null=True,
        max_length=200,
    )
    corrected_on = date(
        "data_sprostowania",
        "Data sprostowania",
        "Corrected on",
        "Dzień wpisania sprostowania.",
        "Day on which the correction was entered.",
    )


def _not_to_correct(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Corrections of tables and columns that are not there, or of a key."""
    # The registry imports every table, this one too.
    from schemas.registry import all_tables

    good = {
        (table.name, column.name)
        for table in all_tables()
        if table is not Corrections
        for column in table.columns
        if not column.key
    }
    asked = frame.select("table_name", "column_name", "row_key").iter_rows()
    return [f"{t} {key}: {column}" for t, column, key in asked if (t, column) not in good]


Corrections.rules = (
    RowRule(
        name="value_changes",
        good=Corrections.value_seen.col.ne_missing(Corrections.right_value.col),
        message=Text(
            "Wartość właściwa jest taka sama jak w źródle.",
            "The right value is the same as that of the source.",
        ),
        columns=(Corrections.value_seen, Corrections.right_value),
    ),
    TableRule(
        name="known_column",
        broken=_not_to_correct,
        message=Text(
            "Nie ma takiej tabeli albo kolumny, albo jest to klucz, którego nie można sprostować.",
            "There is no such table or column, or it is a key, which cannot be corrected.",
        ),
    ),
)
