"""Where the sources disagree, and how it was judged."""

from schemas.columns import Codes, code, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import DATA_QUALITY
from schemas.table import RowRule, Table
from schemas.tables.documents import Documents
from schemas.tables.shared import Evidence
from schemas.text import Text


class ConflictKind(Codes):
    """What the sources disagree about."""

    COUNT = "count", "liczba", "count"
    DATE = "date", "data", "date"
    IDENTITY = "identity", "tożsamość", "identity"
    INSTITUTION = "institution", "nazwa instytucji", "name of an institution"
    MEMBERSHIP = "membership", "przynależność do sieci", "membership of a network"
    NAME = "name", "nazwa sieci", "name of a network"
    NUMBERING = "numbering", "numeracja", "numbering"
    PAGE_TITLE = "page_title", "tytuł strony", "title of a page"
    ROLE = "role", "rola", "role"
    RULE = "rule", "zasada", "rule"
    SPELLING = "spelling", "pisownia", "spelling"
    TERM = "term", "termin", "term"


class Confidence(Codes):
    """How sure a judgement is."""

    HIGH = "high", "wysoka", "high"
    MEDIUM = "medium", "średnia", "medium"
    LOW = "low", "niska", "low"


class Conflicts(Evidence):
    """Disagreements between sources and the judgement on each."""

    name_pl = "sprzecznosci"
    title = Text("Sprzeczności źródeł", "Conflicts between sources")
    description = Text(
        "Miejsca, w których źródła podają różne wartości, wartość przyjęta w danych i powód "
        "rozstrzygnięcia. Kto co podaje, pokazuje tabela wartości.",
        "Places where the sources give different values, the value taken in the data and the "
        "reason. The table of values shows who says what.",
    )
    row = Text("jedna sprzeczność", "one conflict")
    rows = Rows(
        "f",
        "sprzeczność źródeł / sprzeczności źródeł / sprzeczności źródeł",
        "conflict of sources / conflicts of sources",
        named_by="subject_pl",
    )
    dataset = DATA_QUALITY

    conflict_id = identifier(
        "cf",
        "id_sprzecznosci",
        "Identyfikator sprzeczności",
        "Conflict identifier",
        "Stały identyfikator sprzeczności w tym zbiorze.",
        "Permanent identifier of the conflict in this data set.",
    )
    kind = code(
        ConflictKind,
        "rodzaj",
        "Rodzaj sprzeczności",
        "Kind of conflict",
        "Czego dotyczy sprzeczność: liczby, daty, nazwy, przynależności.",
        "What the conflict is about: a count, a date, a name, a membership.",
    )
    subject_pl = string(
        "przedmiot",
        "Przedmiot",
        "Subject",
        "Czego dokładnie dotyczy sprzeczność.",
        "What exactly the conflict is about, in Polish.",
        max_length=200,
    )
    judged_value_pl = string(
        "wartosc_przyjeta",
        "Wartość przyjęta",
        "Judged value",
        "Wartość przyjęta w danych po rozstrzygnięciu.",
        "The value taken in the data after judgement, in Polish.",
        max_length=300,
    )
    reason_pl = string(
        "uzasadnienie",
        "Uzasadnienie",
        "Reason",
        "Dlaczego przyjęto tę wartość.",
        "Why that value was taken, in Polish.",
        max_length=500,
    )
    confidence = code(
        Confidence,
        "pewnosc",
        "Pewność",
        "Confidence",
        "Jak pewne jest rozstrzygnięcie.",
        "How sure the judgement is.",
    )


class ConflictValues(Table):
    """The values that were found, each with those who give it."""

    name_pl = "wartosci_sprzeczne"
    title = Text("Wartości w sprzecznych źródłach", "Values in conflicting sources")
    description = Text(
        "Wartości znalezione w źródłach dla każdej sprzeczności, z dokumentami, które je podają.",
        "The values found for each conflict, with the documents that give them.",
    )
    row = Text("jedna wartość w jednej sprzeczności", "one value in one conflict")
    rows = Rows(
        "f",
        "sprzeczna wartość / sprzeczne wartości / sprzecznych wartości",
        "conflicting value / conflicting values",
    )
    dataset = DATA_QUALITY

    conflict_id = reference(
        Conflicts.conflict_id,
        "id_sprzecznosci",
        "Identyfikator sprzeczności",
        "Conflict identifier",
        "Sprzeczność, której dotyczy wartość.",
        "The conflict that the value belongs to.",
        key=True,
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejny numer wartości w sprzeczności.",
        "Number of the value within the conflict.",
        key=True,
        minimum=1,
    )
    value_pl = string(
        "wartosc",
        "Wartość",
        "Value",
        "Wartość podana przez źródło.",
        "The value that the source gives.",
        max_length=200,
    )
    sources = reference(
        Documents.document_id,
        "zrodla",
        "Źródła",
        "Sources",
        "Identyfikatory dokumentów, które podają tę wartość, rozdzielone średnikiem.",
        "Identifiers of the documents that give the value, separated by semicolons.",
        null=True,
        many=True,
        missing="-",
    )
    register_pl = string(
        "rejestr",
        "Rejestr",
        "Register",
        "Rejestr urzędowy, który podaje tę wartość, jeśli nie podaje jej dokument.",
        "The official register that gives the value, where no document does.",
        null=True,
        max_length=100,
        missing="-",
    )


ConflictValues.rules = (
    RowRule(
        name="someone_says_it",
        good=ConflictValues.sources.col.is_not_null()
        | ConflictValues.register_pl.col.is_not_null(),
        message=Text(
            "Nie podano ani dokumentu, ani rejestru, z którego pochodzi wartość.",
            "Neither a document nor a register is given for the value.",
        ),
        columns=(ConflictValues.sources, ConflictValues.register_pl),
    ),
)
