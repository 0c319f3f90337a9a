"""How much of each document was understood."""

from schemas.columns import integer, reference, string
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.text import Text


class DocumentCoverage(Table):
    """One row a document that was given, also one that could not be read."""

    name_pl = "kompletnosc_dokumentow"
    title = Text("Co zrozumiano z dokumentów", "What was understood of the documents")
    description = Text(
        "Ile bloków każdego dokumentu zrozumiano i w których miejscach są pozostałe. Dokument, "
        "którego nie dało się odczytać, ma kod błędu.",
        "How many blocks of each document were understood, and where the others are. A document "
        "that could not be read has an error code.",
    )
    row = Text("jeden dokument", "one document")
    max_loss = 1.0

    document = string(
        "dokument",
        "Dokument",
        "Document",
        "Nazwa pliku dokumentu.",
        "File name of the document.",
        key=True,
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
    sha256 = string(
        "sha256",
        "Suma SHA-256",
        "SHA-256",
        "Suma kontrolna pliku.",
        "Checksum of the file.",
        pattern=r"[0-9a-f]{64}",
    )
    media_type = string(
        "typ",
        "Typ pliku",
        "Media type",
        "Rodzaj dokumentu.",
        "Kind of document.",
        null=True,
        max_length=100,
    )
    blocks = integer(
        "bloki",
        "Bloki",
        "Blocks",
        "Liczba nagłówków, akapitów, punktów i komórek z tekstem.",
        "Number of headings, paragraphs, items and cells with text.",
    )
    understood = integer(
        "zrozumiane",
        "Zrozumiane",
        "Understood",
        "Ile bloków zrozumiano: są w nich fakty, ich kontekst albo znane tytuły.",
        "How many were understood: they hold facts, their context or known titles.",
    )
    facts = integer(
        "fakty",
        "Fakty",
        "Facts",
        "Ile faktów znaleziono w dokumencie.",
        "How many facts were found in the document.",
    )
    not_understood_pl = string(
        "niezrozumiane",
        "Niezrozumiane",
        "Not understood, in Polish",
        "Miejsca bloków, których nie zrozumiano.",
        "Places of the blocks that were not understood, in Polish.",
        null=True,
        max_length=4000,
    )
    not_understood_en = string(
        "niezrozumiane_en",
        "Niezrozumiane po angielsku",
        "Not understood",
        "Miejsca bloków, których nie zrozumiano, po angielsku.",
        "Places of the blocks that were not understood.",
        null=True,
        max_length=4000,
    )
    error_code = string(
        "kod_bledu",
        "Kod błędu",
        "Error code",
        "Dlaczego dokumentu nie odczytano (docs/errors.md).",
        "Why the document was not read (docs/errors.md).",
        null=True,
        pattern=r"PIM-[A-Z]{2,4}-\d{3}",
    )
