"""How a document is refused, and the limits that it is held to."""

from typing import Literal

from schemas.errors import Exit, PimError
from schemas.text import Text

MAX_BYTES = 64 * 2**20
"""Bytes of a file as it comes."""
MAX_UNPACKED = 256 * 2**20
MAX_MEMBER = 128 * 2**20
"""Bytes of one stream of a PDF."""
MAX_BLOCKS = 200_000
MAX_BLOCK = 100_000
"""Characters of one block."""
MAX_PAGES = 1_000
MAX_DEPTH = 100
"""How deep elements of HTML, and tables in cells, may be nested."""
MAX_COLUMNS = 1_000
"""Columns looked at in a table or sheet."""

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".pptx", ".xlsx", ".ods")

_SAVE_AGAIN = Text(
    "Otwórz dokument w programie, w którym powstał, i zapisz go jeszcze raz.",
    "Open the document in the program that made it and save it again.",
)


def missing(where: str) -> PimError:
    """`PIM-DOC-001`: there is no such document."""
    return PimError(
        "PIM-DOC-001",
        Text("Nie ma takiego dokumentu.", "There is no such document."),
        where=where,
        fix=Text(
            "Sprawdź ścieżkę i ustawienie `documents`.", "Check the path and `documents` setting."
        ),
        exit_code=Exit.SOURCE,
    )


def unknown_kind(where: str) -> PimError:
    """`PIM-DOC-002`: no reader for this ending."""
    return PimError(
        "PIM-DOC-002",
        Text("Tego rodzaju dokumentu nie czytamy.", "This kind of document is not read."),
        where=where,
        fix=Text("Zapisz go jako jeden z: {endings}.", "Save it as one of: {endings}.").fill(
            endings=", ".join(ENDINGS)
        ),
    )


def wrong_ending(where: str, found: str) -> PimError:
    """`PIM-DOC-003`: the content is of another kind than the name says."""
    return PimError(
        "PIM-DOC-003",
        Text(
            "Treść pliku nie zgadza się z zakończeniem jego nazwy.",
            "The content of the file is not what the ending of its name says.",
        ),
        where=where,
        why=Text("Treść to: {kind}.", "The content is: {kind}.").fill(kind=found),
        fix=Text(
            "Nadaj plikowi właściwe zakończenie albo zapisz go w tym formacie.",
            "Give the file its right ending, or save it in that format.",
        ),
    )


Counted = Literal[
    "blocks",
    "bytes",
    "bytes of a stream",
    "bytes unpacked",
    "cells",
    "characters of a block",
    "columns",
    "files",
    "letters",
    "nested elements",
    "nested groups",
    "nested tables",
    "pages",
    "sheets",
    "slides",
    "streams",
]
"""What there is too much of."""
_COUNTED: dict[Counted, str] = {
    "blocks": "liczba bloków",
    "bytes": "liczba bajtów",
    "bytes of a stream": "liczba bajtów strumienia",
    "bytes unpacked": "liczba bajtów po rozpakowaniu",
    "cells": "liczba komórek",
    "characters of a block": "liczba znaków bloku",
    "columns": "liczba kolumn",
    "files": "liczba plików",
    "letters": "liczba liter",
    "nested elements": "zagnieżdżenie elementów",
    "nested groups": "zagnieżdżenie grup",
    "nested tables": "zagnieżdżenie tabel",
    "pages": "liczba stron",
    "sheets": "liczba arkuszy",
    "slides": "liczba slajdów",
    "streams": "liczba strumieni",
}


def limit(most: int, counted: Counted) -> Text:
    """Which limit was passed: how many of what there may be."""
    return Text(f"Granica: {_COUNTED[counted]} {most}.", f"The limit: {most} {counted}.")


def too_large(where: str, why: Text) -> PimError:
    """`PIM-DOC-004`: beyond the limits; `why` says which (`limit`)."""
    return PimError(
        "PIM-DOC-004",
        Text(
            "Dokument przekracza bezpieczne granice i nie został odczytany.",
            "The document is beyond the safe limits and was not read.",
        ),
        where=where,
        why=why,
        fix=Text(
            "Podziel dokument na części albo sprawdź, czy to ten.",
            "Split the document, or check that it is the one.",
        ),
    )


def encrypted(where: str) -> PimError:
    """`PIM-DOC-005`: a password is needed."""
    return PimError(
        "PIM-DOC-005",
        Text("Dokument jest zabezpieczony hasłem.", "The document is locked with a password."),
        where=where,
        fix=Text("Zapisz go bez hasła.", "Save it without a password."),
    )


def damaged(where: str, detail: str = "") -> PimError:
    """`PIM-DOC-006`: broken or cut off; `detail` is for developers."""
    return PimError(
        "PIM-DOC-006",
        Text("Dokument jest uszkodzony albo ucięty.", "The document is damaged or cut off."),
        where=where,
        why=Text(detail, detail) if detail else None,
        fix=_SAVE_AGAIN,
    )


def declaration(where: str) -> PimError:
    """`PIM-DOC-007`: XML with a document type or entities of its own."""
    return PimError(
        "PIM-DOC-007",
        Text(
            "Dokument ma deklarację typu (DTD), której programy biurowe nie zapisują.",
            "The document has a type declaration (DTD), which office programs never write.",
        ),
        where=where,
        fix=_SAVE_AGAIN,
    )


def no_text(where: str) -> PimError:
    """`PIM-DOC-008`: nothing to read, such as a scan."""
    return PimError(
        "PIM-DOC-008",
        Text("W dokumencie nie ma tekstu.", "The document has no text."),
        where=where,
        why=Text(
            "To pusty plik albo skan, czyli same obrazy stron.",
            "It is an empty file or a scan, which is pictures of pages only.",
        ),
        fix=Text(
            "Poproś autora o wersję z tekstem albo rozpoznaj pismo (OCR).",
            "Ask the author for a version with text, or run text recognition (OCR).",
        ),
    )
