"""Which editions a document is about. Apart from documents, which editions themselves cite."""

from schemas.columns import reference
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.table import Table
from schemas.tables.documents import Documents
from schemas.tables.editions import Editions
from schemas.text import Text


class DocumentEditions(Table):
    """Links between documents and the editions that they are about."""

    name_pl = "dokumenty_edycji"
    title = Text("Dokumenty poszczególnych edycji", "Documents of each edition")
    description = Text(
        "Których edycji programu dotyczy dokument; dokument może dotyczyć kilku edycji.",
        "Which editions of the programme a document is about; it may be about several.",
    )
    row = Text("jeden dokument w jednej edycji", "one document and one edition")
    rows = Rows(
        "m",
        "dokument edycji / dokumenty edycji / dokumentów edycji",
        "document of an edition / documents of editions",
    )
    dataset = CHRONICLE

    document_id = reference(
        Documents.document_id,
        "id_dokumentu",
        "Identyfikator dokumentu",
        "Document identifier",
        "Dokument, którego dotyczy wiersz.",
        "The document that the row is about.",
        key=True,
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, której dotyczy dokument.",
        "The edition that the document is about.",
        key=True,
    )
