"""The queue of review: everything that waits for a person, and what became of decisions."""

from schemas.columns import Codes, code, date, string
from schemas.table import RowRule, Severity, Table
from schemas.tables.decisions import ITEM_ID, Decided, ItemKind
from schemas.text import Text


class ItemState(Codes):
    """How an item stands."""

    OPEN = "open", "czeka", "waiting"
    EXPIRED = "expired", "decyzja wygasła", "decision expired"
    DEFERRED = "deferred", "odłożona", "deferred"
    DECIDED = "decided", "rozstrzygnięta", "decided"
    GONE = "gone", "decyzja zbędna", "decision not needed"


class ReviewItems(Table):
    """One row a question for people; derived by `reconcile.review`."""

    name_pl = "sprawy_do_decyzji"
    title = Text("Sprawy do decyzji", "Items for review")
    description = Text(
        "Wszystko, czego nie rozstrzyga reguła: nazwy miast, sprzeczności, nowe fakty i dane z "
        "dokumentów MID, z decyzją, jeśli zapadła i nadal obowiązuje.",
        "Everything that no rule decides: names of cities, conflicts, new facts and values of MID "
        "documents, with the decision where one was made and still holds.",
    )
    row = Text("jedna sprawa", "one item")
    max_loss = 1.0

    item_id = string(
        "id_sprawy",
        "Identyfikator sprawy",
        "Item identifier",
        "Skrót tego, o co się pyta; nie zależy od kolejności ani od odpowiedzi.",
        "A hash of what is asked; it depends neither on order nor on answers.",
        key=True,
        pattern=ITEM_ID,
    )
    kind = code(
        ItemKind, "rodzaj", "Rodzaj sprawy", "Kind of item", "O co się pyta.", "What is asked."
    )
    state = code(
        ItemState, "stan", "Stan sprawy", "State of the item", "Czy czeka.", "Whether it waits."
    )
    question = string(
        "pytanie",
        "Pytanie",
        "Question",
        "Nazwa, przedmiot sprzeczności albo treść faktu.",
        "The name, the subject of the conflict or the content of the fact.",
        max_length=1000,
    )
    context = string(
        "kontekst",
        "Kontekst",
        "Context",
        "Co wiadomo obok: sieć, województwo, tabela, wartość w faktach.",
        "What is known beside it: network, voivodeship, table, value in the facts.",
        null=True,
        max_length=1000,
    )
    choices = string(
        "do_wyboru",
        "Do wyboru",
        "Choices",
        "Kandydaci albo wartości, rozdzieleni średnikiem.",
        "Candidates or values, separated by semicolons.",
        null=True,
        max_length=8000,
    )
    table_name = string(
        "tabela",
        "Tabela",
        "Table",
        "Tabela, z której wzięła się sprawa.",
        "The table that the item comes from.",
        max_length=100,
    )
    row_key = string(
        "klucz",
        "Klucz",
        "Key",
        "Klucz wiersza tej tabeli; części rozdziela „ | ”.",
        "Key of the row of that table; its parts are separated by ' | '.",
        max_length=500,
    )
    document = string(
        "dokument",
        "Dokument",
        "Document",
        "Dokument, od którego sprawa się zaczęła, jeśli jest jeden.",
        "The document that the item begins with, where it is one.",
        null=True,
        max_length=300,
    )
    fingerprint = string(
        "skrot_wyboru",
        "Skrót wyboru",
        "Fingerprint of the choice",
        "Skrót tego, co jest do wyboru; decyzja obowiązuje, dopóki się nie zmieni.",
        "A hash of what there is to choose from; a decision holds until it changes.",
        pattern=r"[0-9a-f]{16}",
    )
    decided = code(
        Decided,
        "decyzja",
        "Decyzja",
        "Decision",
        "Co postanowiono, także gdy decyzja wygasła.",
        "What was decided, also where the decision has expired.",
        null=True,
    )
    value = string(
        "wartosc",
        "Wartość",
        "Value",
        "Wybrane miasto albo wartość.",
        "The chosen city or value.",
        null=True,
        max_length=300,
    )
    reason = string(
        "powod",
        "Powód decyzji",
        "Reason of the decision",
        "Powód podany przy decyzji.",
        "The reason given with the decision.",
        null=True,
        max_length=500,
    )
    decided_on = date(
        "data_decyzji", "Data decyzji", "Decided on", "Dzień decyzji.", "Its day.", null=True
    )
    why_pl = string(
        "dlaczego_wygasla",
        "Dlaczego nie obowiązuje",
        "Why it does not hold, in Polish",
        "Co się zmieniło od decyzji.",
        "What has changed since the decision, in Polish.",
        null=True,
        max_length=1000,
    )
    why_en = string(
        "dlaczego_wygasla_en",
        "Dlaczego nie obowiązuje, po angielsku",
        "Why it does not hold",
        "Co się zmieniło od decyzji, po angielsku.",
        "What has changed since the decision.",
        null=True,
        max_length=1000,
    )


ReviewItems.rules = (
    RowRule(
        name="decision_expired",
        good=ReviewItems.state.col != ItemState.EXPIRED.value,
        message=Text(
            "Decyzja wygasła i nie jest stosowana, bo zmieniło się to, na czym ją oparto "
            "(PIM-REV-001). Zobacz „pim review list --state expired”.",
            "A decision has expired and is not applied, since what it was made on has changed "
            "(PIM-REV-001). See 'pim review list --state expired'.",
        ),
        columns=(ReviewItems.question, ReviewItems.value),
        severity=Severity.WARN,
    ),
    RowRule(
        name="decision_not_needed",
        good=ReviewItems.state.col != ItemState.GONE.value,
        message=Text(
            "Decyzji nic już nie wymaga i można ją usunąć z decisions.csv (PIM-REV-002).",
            "Nothing asks for the decision any more; it can go from decisions.csv (PIM-REV-002).",
        ),
        columns=(ReviewItems.question, ReviewItems.value),
        severity=Severity.WARN,
    ),
)
