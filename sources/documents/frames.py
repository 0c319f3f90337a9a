"""What was found in documents, as frames: pieces of evidence, and coverage."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import polars as pl

from schemas.text import Text
from sources.documents.folder import ReadFile
from sources.documents.model import Kind

if TYPE_CHECKING:
    from sources.documents.engine import Extraction

PIECES: dict[str, pl.DataType] = {
    "found": pl.Int64(),
    "table_name": pl.String(),
    "column_name": pl.String(),
    "written": pl.String(),
    "value": pl.String(),
    "rule": pl.String(),
    "document": pl.String(),
    "document_id": pl.String(),
    "place_pl": pl.String(),
    "place_en": pl.String(),
    "quote": pl.String(),
}
"""One value of one fact in one document. `found` numbers the facts as they were found."""

_SHOWN = 3_900


def pieces(files: Sequence[ReadFile]) -> pl.DataFrame:
    """All pieces of evidence, in the order of documents and places; columns of `PIECES`."""
    rows: list[tuple[object, ...]] = []
    number = 0
    for file in files:
        for fact in file.extraction.facts if file.extraction else ():
            number += 1
            for piece in fact.pieces:
                place = piece.place.text()
                value = piece.column, piece.written, piece.value, piece.rule
                where = file.name, file.document_id or None, place.pl, place.en
                rows.append((number, fact.table, *value, *where, piece.quote))
    return pl.DataFrame(rows, schema=PIECES, orient="row")


def coverage(files: Sequence[ReadFile]) -> pl.DataFrame:
    """One row a file: blocks, what of them was understood, and where the others are."""
    rows = []
    for file in files:
        places = _places(file.extraction) if file.extraction else Text("", "")
        found = file.extraction
        rows.append(
            {
                "document": file.name,
                "document_id": file.document_id or None,
                "sha256": file.sha256,
                "media_type": found.document.media_type if found else None,
                "blocks": len(found.document.blocks) if found else 0,
                "understood": len(_understood(found)) if found else 0,
                "facts": len(found.facts) if found else 0,
                "not_understood_pl": _short(places.pl),
                "not_understood_en": _short(places.en),
                "error_code": file.error.code if file.error else None,
            }
        )
    schema = dict.fromkeys(("blocks", "understood", "facts"), pl.Int64())
    texts = ("document", "document_id", "sha256", "media_type")
    more = ("not_understood_pl", "not_understood_en", "error_code")
    whole = {name: pl.String() for name in texts} | schema | {name: pl.String() for name in more}
    return pl.DataFrame(rows, schema=whole)


def _understood(extraction: "Extraction") -> set[int]:
    """Blocks that facts come from; all cells of a table that gave some."""
    blocks = extraction.document.blocks
    tables = {blocks[i].table for i in extraction.understood if blocks[i].kind is Kind.CELL}
    cells = {i for i, b in enumerate(blocks) if b.kind is Kind.CELL and b.table in tables}
    return set(extraction.understood) | cells


def _places(extraction: "Extraction") -> Text:
    understood = _understood(extraction)
    blocks = extraction.document.blocks
    places = dict.fromkeys(
        blocks[i].place.text() for i in range(len(blocks)) if i not in understood
    )
    return Text("; ".join(p.pl for p in places), "; ".join(p.en for p in places))


def _short(text: str) -> str | None:
    """A list that fits into its cell; where it is cut, it says so."""
    if len(text) <= _SHOWN:
        return text or None
    kept = text[:_SHOWN].rsplit("; ", 1)[0]
    return f"{kept}; …"


def values_of(extraction: "Extraction") -> Iterator[dict[str, str]]:
    """Each fact as its table and values, for tests and reports."""
    for fact in extraction.facts:
        yield {"table": fact.table} | {piece.column: piece.value for piece in fact.pieces}
