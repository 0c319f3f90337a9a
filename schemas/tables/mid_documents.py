"""What was read from documents of municipal action plans (MID): kept inside, for review.

Nothing of these tables is published. What they hold becomes a fact only when a person writes it
into the facts files.
"""

from schemas.columns import Codes, boolean, code, integer, reference, string
from schemas.table import RowRule, Severity, Table
from schemas.tables.action_plans import MidParts, Mids
from schemas.tables.document_coverage import DocumentCoverage
from schemas.tables.name_matches import MatchStatus
from schemas.tables.networks import Networks
from schemas.tables.participants import Participants
from schemas.text import Text

QUOTE = 200
"""Characters of a quote at most."""


class MidField(Codes):
    """What a MID document says of itself."""

    CITY = "city", "miasto", "city"
    NETWORK = "network", "sieć", "network"
    TITLE = "title", "tytuł", "title"
    CHALLENGE = "challenge", "wyzwanie", "challenge"
    INSTITUTION = "institution", "instytucja autorów", "authors' institution"
    DATE = "date", "data", "date"
    PAGES = "pages", "liczba stron", "number of pages"
    LANGUAGE = "language", "język", "language"


class MidPart(Codes):
    """Chapters that a MID may have; which of them it must have, `mid_parts` says."""

    CHALLENGE = "challenge", "wyzwanie", "challenge"
    ACTIONS = "actions", "działania", "actions"
    SCHEDULE = "schedule", "harmonogram", "schedule"
    STAKEHOLDERS = "stakeholders", "interesariusze", "stakeholders"
    COMMUNICATION = "communication", "plan komunikacji", "communication plan"
    DIAGNOSIS = "diagnosis", "diagnoza", "diagnosis"
    GOALS = "goals", "cele", "goals"
    FINANCING = "financing", "finansowanie", "financing"
    RISKS = "risks", "ryzyka", "risks"
    MONITORING = "monitoring", "monitorowanie i wskaźniki", "monitoring and indicators"


class Presence(Codes):
    """Whether a part is there."""

    PRESENT = "present", "jest", "present"
    EMPTY = "empty", "tylko nagłówek", "heading only"
    ABSENT = "absent", "brak", "absent"


class Comparison(Codes):
    """How a value of a document stands to the curated facts of the same MID."""

    SAME = "same", "zgodna z faktami", "same as the facts"
    NEW = "new", "nowa, do sprawdzenia", "new, to be reviewed"
    DIFFERS = "differs", "inna niż w faktach", "differs from the facts"
    NOT_COMPARED = "not_compared", "nie porównano", "not compared"


class MidDocuments(Table):
    """One row for each document that is a MID."""

    name_pl = "dokumenty_mid"
    title = Text("Dokumenty MID", "MID documents")
    description = Text(
        "Dokumenty Miejskich Inicjatyw Działania z folderu dokumentów: które to miasto i która "
        "sieć oraz ile wymaganych części zawiera dokument.",
        "Documents of municipal action plans from the folder of documents: which city and "
        "network it is, and how many of the required parts the document has.",
    )
    max_loss = 1.0
    row = Text("jeden dokument MID", "one document of a municipal action plan")

    document = reference(
        DocumentCoverage.document,
        "dokument",
        "Dokument",
        "Document",
        "Ścieżka pliku w folderze dokumentów.",
        "Path of the file in the folder of documents.",
        key=True,
    )
    sha256 = string(
        "sha256",
        "Suma SHA-256",
        "SHA-256",
        "Suma kontrolna pliku, z którego odczytano wartości.",
        "Checksum of the file that the values were read from.",
        pattern=r"[0-9a-f]{64}",
    )
    match_status = code(
        MatchStatus,
        "wynik_dopasowania",
        "Wynik dopasowania miasta",
        "Outcome of matching the city",
        "Czy wiadomo, które to miasto; bez dopasowania także wtedy, gdy dokument go nie podaje.",
        "Whether the city is certain; no match also where the document names none.",
    )
    match_rule = string(
        "regula_dopasowania",
        "Reguła dopasowania",
        "Rule of matching",
        "Reguła, która dała ten wynik; pusta, gdy dokument nie podaje miasta.",
        "The rule that gave this outcome; empty where the document names no city.",
        null=True,
        max_length=100,
    )
    candidates = string(
        "kandydaci",
        "Możliwe miasta",
        "Possible cities",
        "Gminy, które mogą być tym miastem, jeśli reguła nie rozstrzygnęła, którą z nich jest.",
        "Gminas that the city may be, where no rule settled it.",
        null=True,
        max_length=4000,
    )
    match_reason_pl = string(
        "powod_dopasowania",
        "Powód po polsku",
        "Reason in Polish",
        "Dlaczego miasto dopasowano albo nie, po polsku.",
        "Why the city was matched or not, in Polish.",
        max_length=4000,
    )
    match_reason_en = string(
        "powod_dopasowania_en",
        "Powód po angielsku",
        "Reason in English",
        "Dlaczego miasto dopasowano albo nie, po angielsku.",
        "Why the city was matched or not, in English.",
        max_length=4000,
    )
    participant_id = reference(
        Participants.participant_id,
        "id_uczestnika",
        "Identyfikator uczestnika",
        "Participant identifier",
        "Uczestnik, którego dotyczy dokument, jeśli to pewne.",
        "Participant that the document is about, where certain.",
        null=True,
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, w której powstał dokument, jeśli podaje jej znaną nazwę.",
        "Network that the document comes from, where it gives a known name of it.",
        null=True,
    )
    mid_id = reference(
        Mids.mid_id,
        "id_mid",
        "Identyfikator MID",
        "MID identifier",
        "MID z tabeli faktów, jeśli miasto i sieć wskazują ją jednoznacznie.",
        "MID of the facts, where city and network point to exactly one.",
        null=True,
    )
    required_parts = integer(
        "czesci_wymagane",
        "Wymagane części",
        "Required parts",
        "Ile części powinna mieć MID według opisu organizatora.",
        "How many parts a MID should have according to the organiser.",
    )
    present_parts = integer(
        "czesci_obecne",
        "Obecne wymagane części",
        "Required parts present",
        "Ile z wymaganych części ma dokument.",
        "How many of the required parts the document has.",
    )
    left_out = integer(
        "pominiete",
        "Pominięte zapisy",
        "Entries left out",
        "Ile zapisów pominięto, bo podawały osobę albo kontakt zamiast instytucji.",
        "How many entries were left out because they named a person or contact.",
    )


class MidDocumentValues(Table):
    """The values that a MID document gives of itself, each with its evidence."""

    name_pl = "wartosci_dokumentow_mid"
    title = Text("Dane z dokumentów MID", "Metadata of MID documents")
    description = Text(
        "Miasto, sieć, tytuł, wyzwanie, instytucja, data, liczba stron i język każdego dokumentu "
        "MID, z cytatem i porównaniem z faktami.",
        "City, network, title, challenge, institution, date, pages and language of each MID "
        "document, with the quote and a comparison with the facts.",
    )
    max_loss = 1.0
    row = Text("jedna wartość z dokumentu MID", "one value of a MID document")

    document = reference(
        MidDocuments.document,
        "dokument",
        "Dokument",
        "Document",
        "Ścieżka pliku w folderze dokumentów.",
        "Path of the file in the folder of documents.",
        key=True,
    )
    field = code(
        MidField,
        "pole",
        "Pole",
        "Field",
        "Czego dotyczy wartość.",
        "What the value is about.",
        key=True,
    )
    value = string(
        "wartosc",
        "Wartość",
        "Value",
        "Wartość po ujednoliceniu, na przykład data jako RRRR-MM-DD.",
        "The value made uniform, such as a date as YYYY-MM-DD.",
        max_length=300,
    )
    written = string(
        "zapis",
        "Zapis",
        "As written",
        "Wartość tak, jak ją zapisano; stoi w cytacie.",
        "The value as written; it stands in the quote.",
        max_length=QUOTE,
    )
    quote = string(
        "cytat",
        "Cytat",
        "Quote",
        "Fragment dokumentu z tą wartością.",
        "The stretch of the document with the value.",
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
        "Nazwa reguły, która znalazła wartość.",
        "Name of the rule that found the value.",
        max_length=60,
    )
    curated_value = string(
        "wartosc_w_faktach",
        "Wartość w faktach",
        "Value in the facts",
        "Co o tej MID mówi tabela faktów.",
        "What the facts say of this MID.",
        null=True,
        max_length=500,
    )
    comparison = code(
        Comparison,
        "porownanie",
        "Porównanie",
        "Comparison",
        "Czy wartość zgadza się z faktami.",
        "Whether the value agrees with the facts.",
    )


class MidDocumentParts(Table):
    """Completeness: every part for every document, present or not."""

    name_pl = "czesci_dokumentow_mid"
    title = Text("Kompletność dokumentów MID", "Completeness of MID documents")
    description = Text(
        "Które części ma każdy dokument MID, na której stronie i pod jakim nagłówkiem.",
        "Which parts each MID document has, on which page and under which heading.",
    )
    max_loss = 1.0
    row = Text("jedna część jednego dokumentu MID", "one part of one MID document")

    document = reference(
        MidDocuments.document,
        "dokument",
        "Dokument",
        "Document",
        "Ścieżka pliku w folderze dokumentów.",
        "Path of the file in the folder of documents.",
        key=True,
    )
    part = code(
        MidPart,
        "czesc",
        "Część",
        "Part",
        "O którą część chodzi.",
        "Which part it is.",
        key=True,
    )
    is_required = boolean(
        "wymagana",
        "Wymagana",
        "Required",
        "Czy organizator wymienia tę część w opisie MID.",
        "Whether the organiser names the part in the description of a MID.",
    )
    mid_part_id = reference(
        MidParts.mid_part_id,
        "id_czesci",
        "Identyfikator części",
        "Part identifier",
        "Wymagana część z tabeli faktów.",
        "The required part in the facts.",
        null=True,
    )
    presence = code(
        Presence,
        "obecnosc",
        "Obecność",
        "Presence",
        "Czy dokument ma tę część.",
        "Whether the document has the part.",
    )
    page = integer(
        "strona",
        "Strona",
        "Page",
        "Strona, na której część się zaczyna, jeśli format ma strony.",
        "Page on which the part begins, where the format has pages.",
        null=True,
        minimum=1,
    )
    place_pl = string(
        "miejsce",
        "Miejsce po polsku",
        "Place in Polish",
        "Miejsce w dokumencie słowami, po polsku.",
        "Place in the document in words, in Polish.",
        null=True,
        max_length=100,
    )
    place_en = string(
        "miejsce_en",
        "Miejsce po angielsku",
        "Place in English",
        "Miejsce w dokumencie słowami, po angielsku.",
        "Place in the document in words, in English.",
        null=True,
        max_length=100,
    )
    quote = string(
        "cytat",
        "Cytat",
        "Quote",
        "Nagłówek tak, jak go zapisano.",
        "The heading as written.",
        null=True,
        max_length=QUOTE,
    )
    rule = string(
        "regula",
        "Reguła",
        "Rule",
        "Nazwa reguły, która rozpoznała część.",
        "Name of the rule that recognised the part.",
        null=True,
        max_length=60,
    )


MidDocumentValues.rules = (
    RowRule(
        name="agrees_with_facts",
        good=MidDocumentValues.comparison.col != Comparison.DIFFERS.value,
        message=Text(
            "Dokument MID podaje inną wartość niż tabela faktów; rozstrzygnij, która jest dobra.",
            "The MID document gives another value than the facts; decide which is right.",
        ),
        columns=(MidDocumentValues.value, MidDocumentValues.curated_value),
        severity=Severity.WARN,
    ),
    RowRule(
        name="written_in_quote",
        good=MidDocumentValues.quote.col.str.contains(MidDocumentValues.written.col, literal=True),
        message=Text(
            "Wartość nie stoi w cytacie, na który się powołuje.",
            "The value does not stand in the quote that it is taken from.",
        ),
        columns=(MidDocumentValues.written, MidDocumentValues.quote),
    ),
)
