"""Names of cities in documents, and what the register answers."""

from schemas.columns import Codes, code, integer, reference, string
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.tables.networks import Networks
from schemas.text import Text


class MatchStatus(Codes):
    """The answer to a name."""

    MATCH = "MATCH", "dopasowana", "matched"
    AMBIGUOUS = "AMBIGUOUS", "niejednoznaczna", "ambiguous"
    NONE = "NONE", "bez dopasowania", "no match"


class NameMatches(Table):
    """One row a name of a city in a document and network; what is not MATCH waits for a person."""

    name_pl = "dopasowania_nazw"
    title = Text("Nazwy miast w dokumentach", "Names of cities in documents")
    description = Text(
        "Nazwy uczestników tak, jak zapisano je w dokumentach, z odpowiedzią rejestru i "
        "kandydatami. Nazwy niejednoznaczne i bez dopasowania czekają na decyzję człowieka.",
        "Names of participants as the documents write them, with the answer of the register and "
        "the candidates. Ambiguous ones and those without a match wait for a person's decision.",
    )
    row = Text("jedna nazwa w jednej sieci", "one name in one network")
    max_loss = 1.0

    match_id = string(
        "id_dopasowania",
        "Identyfikator",
        "Identifier",
        "Skrót nazwy, sieci i województwa; nie zależy od dokumentu.",
        "A hash of name, network and voivodeship; it does not depend on the document.",
        key=True,
        pattern=r"match-[0-9a-f]{12}",
    )
    written = string(
        "zapis",
        "Zapis",
        "As written",
        "Nazwa tak, jak w dokumencie.",
        "The name as in the document.",
        max_length=100,
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, w której wymieniono nazwę, jeśli jest znana.",
        "The network in which the name is listed, where it is known.",
        null=True,
    )
    network_name = string(
        "nazwa_sieci",
        "Nazwa sieci",
        "Name of the network",
        "Sieć tak, jak w dokumencie.",
        "The network as in the document.",
        null=True,
        max_length=200,
    )
    voivodeship = string(
        "wojewodztwo",
        "Województwo",
        "Voivodeship",
        "Województwo podane przy nazwie.",
        "The voivodeship given with the name.",
        null=True,
        max_length=100,
    )
    status = code(
        MatchStatus,
        "wynik",
        "Wynik",
        "Status",
        "Odpowiedź rejestru.",
        "The answer of the register.",
    )
    value = string(
        "wartosc",
        "Wartość",
        "Value",
        "Identyfikator uczestnika, a dla nowych kod TERC; pusta, gdy nie rozstrzygnięto.",
        "Identifier of the participant, the TERC code of a new one; empty where undecided.",
        null=True,
        pattern=r"par-\d{4}|\d{7}",
    )
    official_name = string(
        "nazwa_urzedowa",
        "Nazwa urzędowa",
        "Official name",
        "Nazwa w rejestrze albo na liście uczestników.",
        "The name in the register or in the list of participants.",
        null=True,
        max_length=200,
    )
    candidates = string(
        "kandydaci",
        "Kandydaci",
        "Candidates",
        "Jednostki, które mogą się tak nazywać: TERC, nazwa, rodzaj, województwo.",
        "Units that may bear the name: TERC, name, kind, voivodeship.",
        null=True,
        max_length=4000,
    )
    score = integer(
        "ocena",
        "Ocena",
        "Score",
        "Pewność dopasowania od 0 do 100.",
        "Certainty of the match from 0 to 100.",
        maximum=100,
    )
    rule = string(
        "regula",
        "Reguła",
        "Rule",
        "Reguła dopasowania (docs/matching.md).",
        "The rule of matching (docs/matching.md).",
        max_length=100,
    )
    reason_pl = string(
        "powod",
        "Powód",
        "Reason in Polish",
        "Dlaczego taki wynik.",
        "Why this is the answer, in Polish.",
        max_length=4000,
    )
    reason_en = string(
        "powod_en",
        "Powód po angielsku",
        "Reason",
        "Dlaczego taki wynik, po angielsku.",
        "Why this is the answer.",
        max_length=4000,
    )
    document = string(
        "dokument",
        "Dokument",
        "Document",
        "Pierwszy dokument, który podaje nazwę.",
        "The first document that gives the name.",
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
        "Fragment dokumentu z nazwą.",
        "The piece of the document with the name.",
        max_length=200,
    )
