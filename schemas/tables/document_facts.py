"""Facts found in documents, and their evidence.

All of it stays inside: quotes are other people's sentences, and facts become public only when a
person has taken them into the facts kept by hand.
"""

from schemas.columns import Codes, code, integer, reference, string
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.text import Text

MAX_QUOTE = 200


class FactState(Codes):
    """How a fact of a document stands to the facts kept by hand."""

    AGREES = "agrees", "zgodny", "agrees"
    NEW = "new", "nowy", "new"
    DIFFERS = "differs", "różni się", "differs"
    UNDECIDED = "undecided", "nierozstrzygnięty", "undecided"


class DocumentFacts(Table):
    """One row a fact, however many documents state it; derived by `reconcile.documents`."""

    name_pl = "fakty_z_dokumentow"
    title = Text("Fakty z dokumentów", "Facts from documents")
    description = Text(
        "Fakty odczytane z podanych dokumentów i to, jak mają się do faktów prowadzonych ręcznie. "
        "Ten sam fakt z kilku dokumentów jest jednym wierszem.",
        "Facts read from the documents that were given, and how they stand to the facts kept by "
        "hand. The same fact from several documents is one row.",
    )
    row = Text("jeden fakt", "one fact")
    max_loss = 1.0

    fact_id = string(
        "id_faktu",
        "Identyfikator faktu",
        "Fact identifier",
        "Skrót tabeli i klucza faktu; taki sam, dopóki dokumenty mówią to samo.",
        "A hash of table and key of the fact; the same as long as the documents say the same.",
        key=True,
        pattern=r"fact-[0-9a-f]{12}",
    )
    table_name = string(
        "tabela",
        "Tabela",
        "Table",
        "Tabela, do której należy fakt; terms to terminy programu.",
        "Table that the fact belongs to; terms are the terms of the programme.",
        pattern=r"[a-z][a-z0-9_]*",
        max_length=100,
    )
    state = code(
        FactState,
        "stan",
        "Stan",
        "State",
        "Czy fakt zgadza się z faktami prowadzonymi ręcznie.",
        "Whether the fact agrees with the facts kept by hand.",
    )
    curated_key = string(
        "klucz_faktu",
        "Klucz w faktach",
        "Key in the facts",
        "Klucz wiersza faktów, z którym fakt się zgadza albo od którego się różni.",
        "Key of the row of the facts that the fact agrees with, or differs from.",
        null=True,
        max_length=200,
    )
    natural_key = string(
        "klucz_naturalny",
        "Klucz naturalny",
        "Natural key",
        "Po czym poznać, że dwa dokumenty podają ten sam fakt.",
        "What tells that two documents state the same fact.",
        max_length=600,
    )
    shown = string(
        "tresc",
        "Treść",
        "Content",
        "Wartości faktu w skrócie.",
        "The values of the fact, in short.",
        max_length=1000,
    )
    documents = integer(
        "liczba_dokumentow",
        "Liczba dokumentów",
        "Number of documents",
        "Ile dokumentów podaje ten fakt.",
        "How many documents state the fact.",
        minimum=1,
    )


class DocumentEvidence(Table):
    """One row a value of a fact in a document: as written, normalised, and the rule between."""

    name_pl = "dowody_z_dokumentow"
    title = Text("Dowody z dokumentów", "Evidence from documents")
    description = Text(
        "Każda wartość faktu z miejscem w dokumencie, cytatem, zapisem i regułą, która z zapisu "
        "daje wartość.",
        "Each value of a fact with its place in a document, a quote, what is written, and the rule "
        "that derives the value from it.",
    )
    row = Text("jedna wartość w jednym dokumencie", "one value in one document")
    max_loss = 1.0

    fact_id = reference(
        DocumentFacts.fact_id,
        "id_faktu",
        "Identyfikator faktu",
        "Fact identifier",
        "Fakt, którego dowodzi wiersz.",
        "The fact that the row proves.",
        key=True,
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejny numer dowodu w fakcie.",
        "Number of the piece of evidence within the fact.",
        key=True,
        minimum=1,
    )
    column_name = string(
        "kolumna",
        "Kolumna",
        "Column",
        "Kolumna tabeli, której dotyczy wartość.",
        "Column of the table that the value is of.",
        max_length=100,
    )
    written = string(
        "zapis",
        "Zapis",
        "As written",
        "Jak wartość zapisano w dokumencie; stoi w cytacie.",
        "How the value is written in the document; it stands in the quote.",
        max_length=MAX_QUOTE,
    )
    value = string(
        "wartosc",
        "Wartość",
        "Value",
        "Wartość ujednolicona.",
        "The normalised value.",
        max_length=MAX_QUOTE,
    )
    rule = string(
        "regula",
        "Reguła",
        "Rule",
        "Reguła, która z zapisu daje wartość.",
        "The rule that derives the value from what is written.",
        pattern=r"[a-z][a-z_]*(?::[a-z_]+)?",
        max_length=100,
    )
    document = string(
        "dokument",
        "Dokument",
        "Document",
        "Nazwa pliku dokumentu.",
        "File name of the document.",
        max_length=300,
    )
    document_id = reference(
        Documents.document_id,
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Dokument na liście dokumentów, jeśli plik jest znany.",
        "The document in the list of documents, where the file is known.",
        null=True,
    )
    place_pl = string(
        "miejsce",
        "Miejsce",
        "Place in Polish",
        "Strona, wiersz albo komórka.",
        "Page, line or cell, in Polish.",
        max_length=200,
    )
    place_en = string(
        "miejsce_en",
        "Miejsce po angielsku",
        "Place",
        "Strona, wiersz albo komórka, po angielsku.",
        "Page, line or cell.",
        max_length=200,
    )
    quote = string(
        "cytat",
        "Cytat",
        "Quote",
        "Fragment dokumentu, w którym stoi zapis.",
        "The piece of the document in which the value stands.",
        max_length=MAX_QUOTE,
    )
