"""Where documents disagree with each other, or with the facts."""

from schemas.columns import Codes, code, reference, string
from schemas.table import Table
from schemas.tables.conflicts import Conflicts
from schemas.text import Text


class DisagreementKind(Codes):
    """What documents disagree about."""

    COUNT = "count", "liczba", "count"
    DATE = "date", "data", "date"
    MEMBERSHIP = "membership", "przynależność do sieci", "membership of a network"
    NAME = "name", "nazwa sieci", "name of a network"
    SPELLING = "spelling", "pisownia", "spelling"
    TERM = "term", "termin", "term"
    TEXT = "text", "treść", "text"


class Judgement(Codes):
    """By which rule a disagreement was judged."""

    NAMED = "named", "rozstrzygnięta w tabeli sprzeczności", "judged in the table of conflicts"
    REGISTER = "register", "rejestr urzędowy", "official register"
    MORE_OFFICIAL = "more_official", "źródło bardziej urzędowe", "the more official source"
    NEWER = "newer", "źródło nowsze", "the newer source"
    OFFICIAL_NAME = "official_name", "nazwa przyjęta w faktach", "the name taken in the facts"
    DECISION = "decision", "decyzja człowieka", "a person's decision"
    PERSON = "person", "do decyzji człowieka", "left to a person"


class DocumentConflicts(Table):
    """Where documents disagree, with each other or the facts; joined to `conflicts` if judged."""

    name_pl = "sprzecznosci_dokumentow"
    title = Text("Sprzeczności w dokumentach", "Conflicts in documents")
    description = Text(
        "Miejsca, w których podane dokumenty różnią się między sobą albo od faktów, z "
        "rozstrzygnięciem i regułą. Rozstrzygnięte w tabeli sprzeczności mają jej identyfikator.",
        "Places where the given documents differ from each other or from the facts, with the "
        "judgement and its rule. Those judged in the table of conflicts carry its identifier.",
    )
    row = Text("jedna sprzeczność", "one conflict")
    max_loss = 1.0

    disagreement_id = string(
        "id_sprzecznosci_dokumentow",
        "Identyfikator",
        "Identifier",
        "Skrót przedmiotu i wartości.",
        "A hash of subject and values.",
        key=True,
        pattern=r"dis-[0-9a-f]{12}",
    )
    kind = code(
        DisagreementKind,
        "rodzaj",
        "Rodzaj",
        "Kind",
        "Czego dotyczy sprzeczność.",
        "What the conflict is about.",
    )
    subject = string(
        "przedmiot",
        "Przedmiot",
        "Subject",
        "Tabela i klucz, których dotyczy sprzeczność.",
        "Table and key that the conflict is about.",
        max_length=600,
    )
    found_values = string(
        "wartosci",
        "Wartości",
        "Values",
        "Wartości z nazwami dokumentów, które je podają.",
        "The values with the documents that give them.",
        max_length=2000,
    )
    judgement = code(
        Judgement,
        "rozstrzygniecie",
        "Rozstrzygnięcie",
        "Judgement",
        "Reguła rozstrzygnięcia.",
        "The rule of the judgement.",
    )
    judged_value = string(
        "wartosc_przyjeta",
        "Wartość przyjęta",
        "Judged value",
        "Wartość przyjęta; pusta, gdy czeka na decyzję.",
        "The value taken; empty where a decision is awaited.",
        null=True,
        max_length=300,
    )
    conflict_id = reference(
        Conflicts.conflict_id,
        "id_sprzecznosci",
        "Identyfikator sprzeczności",
        "Conflict identifier",
        "Sprzeczność rozstrzygnięta w tabeli sprzeczności.",
        "The conflict as judged in the table of conflicts.",
        null=True,
    )
