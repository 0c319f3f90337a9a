"""Tables inside MID documents: actions, schedules and stakeholders, row by row, for review."""

from schemas.columns import code as coded
from schemas.columns import date, integer, reference, string
from schemas.table import Table
from schemas.tables.documents import DatePrecision, date_rules
from schemas.tables.mid_documents import QUOTE, MidDocuments
from schemas.text import Text


class FromMidTable(Table):
    """Mixin: a row of a table of a MID document, with its evidence."""

    document = reference(
        MidDocuments.document,
        "dokument",
        "Dokument",
        "Document",
        "Ścieżka pliku w folderze dokumentów.",
        "Path of the file in the folder of documents.",
        key=True,
    )
    row_number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejny numer wiersza w dokumencie.",
        "Number of the row in the document, in its order.",
        key=True,
        minimum=1,
    )
    quote = string(
        "cytat",
        "Cytat",
        "Quote",
        "Wiersz tabeli tak, jak go zapisano; komórki rozdziela kreska.",
        "The row of the table as written; cells are separated by a bar.",
        max_length=QUOTE,
    )
    page = integer(
        "strona",
        "Strona",
        "Page",
        "Strona dokumentu, jeśli format ma strony.",
        "Page of the document, where the format has pages.",
        null=True,
        minimum=1,
    )
    rule = string(
        "regula",
        "Reguła",
        "Rule",
        "Nazwa reguły, która odczytała wiersz.",
        "Name of the rule that read the row.",
        max_length=60,
    )


class WithPeriod(Table):
    """Mixin: when something is to be done, as written and as days."""

    institution = string(
        "instytucja",
        "Instytucja",
        "Institution",
        "Kto odpowiada: tylko instytucja albo jej wydział, nigdy osoba.",
        "Who is responsible: only an institution or its department, never a person.",
        null=True,
        max_length=QUOTE,
    )
    period_written = string(
        "termin_zapis",
        "Termin w zapisie",
        "Period as written",
        "Termin tak, jak go zapisano.",
        "The period as written.",
        null=True,
        max_length=QUOTE,
    )
    period_start = date(
        "termin_od",
        "Początek",
        "Start",
        "Pierwszy dzień terminu; puste, gdy podano tylko koniec.",
        "First day of the period; empty where only its end is given.",
        null=True,
    )
    period_end = date(
        "termin_do",
        "Koniec",
        "End",
        "Ostatni dzień terminu.",
        "Last day of the period.",
        null=True,
    )
    date_precision = coded(
        DatePrecision,
        "dokladnosc_daty",
        "Dokładność terminu",
        "Precision of the period",
        "Jak dokładnie podano termin; kwartał ma dokładność miesiąca.",
        "How exactly the period is given; a quarter has the precision of a month.",
        null=True,
    )


class MidActions(FromMidTable, WithPeriod):
    """Actions of the tables of actions."""

    name_pl = "dzialania_mid"
    title = Text("Działania z dokumentów MID", "Actions of MID documents")
    description = Text(
        "Działania z tabel działań w dokumentach MID.",
        "Actions from the tables of actions in MID documents.",
    )
    max_loss = 1.0
    row = Text("jedno działanie", "one action")

    action = string(
        "dzialanie",
        "Działanie",
        "Action",
        "Nazwa działania tak, jak ją zapisano.",
        "Name of the action as written.",
        max_length=QUOTE,
    )


class MidSchedule(FromMidTable, WithPeriod):
    """Rows of the schedules."""

    name_pl = "harmonogramy_mid"
    title = Text("Harmonogramy z dokumentów MID", "Schedules of MID documents")
    description = Text(
        "Wiersze harmonogramów w dokumentach MID, także tych zaznaczanych w kwartałach.",
        "Rows of the schedules in MID documents, also of those marked in quarters.",
    )
    max_loss = 1.0
    row = Text("jeden wiersz harmonogramu", "one row of a schedule")

    step = string(
        "etap",
        "Etap",
        "Step",
        "Etap albo zadanie tak, jak je zapisano.",
        "Step or task as written.",
        max_length=QUOTE,
    )


class MidStakeholders(FromMidTable):
    """Stakeholders of the tables of stakeholders."""

    name_pl = "interesariusze_mid"
    title = Text("Interesariusze z dokumentów MID", "Stakeholders of MID documents")
    description = Text(
        "Interesariusze z tabel w dokumentach MID: grupy i instytucje, nigdy osoby.",
        "Stakeholders from the tables of MID documents: groups and institutions, never persons.",
    )
    max_loss = 1.0
    row = Text("jeden interesariusz", "one stakeholder")

    stakeholder = string(
        "interesariusz",
        "Interesariusz",
        "Stakeholder",
        "Grupa albo instytucja tak, jak ją zapisano.",
        "Group or institution as written.",
        max_length=QUOTE,
    )
    role = string(
        "rola",
        "Rola",
        "Role",
        "Rola, oczekiwania albo wpływ tak, jak je zapisano.",
        "Role, expectations or influence as written.",
        null=True,
        max_length=QUOTE,
    )


for _table in (MidActions, MidSchedule):
    _table.rules = date_rules(_table.period_start, _table.period_end, _table.date_precision)
