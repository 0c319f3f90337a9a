"""The project's own rules for catalogues, which run without the official shapes.

The strictest of them: a catalogue says exactly what the listing says, no fact more or less.
"""

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from exports.dcat import terms
from exports.dcat.catalogues import JSON_LD, RDF_XML, TURTLE, TURTLE_2_1, XML_HEAD
from exports.listing import Entry, Listing
from exports.validate import Problem
from schemas.text import Text

if TYPE_CHECKING:
    from rdflib import Graph

MAX_BYTES = 64 * 1024 * 1024
"""A hundred times our largest catalogue."""
_FORMS = {TURTLE: "turtle", RDF_XML: "xml", JSON_LD: "json-ld", TURTLE_2_1: "turtle"}


def _brings_its_context(content: bytes) -> bool:
    """Whether JSON-LD has one context of plain names; rdflib would fetch one that is an address."""
    names: list[str] = []

    def seen(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names.extend(name for name, _ in pairs if name in {"@context", "@import"})
        return dict(pairs)

    try:
        document = json.loads(content, object_pairs_hook=seen)
    except (ValueError, RecursionError):
        return False
    context = document.get("@context") if isinstance(document, dict) else None
    return (
        names == ["@context"]
        and isinstance(context, dict)
        and all(isinstance(space, str) and name[:1] != "@" for name, space in context.items())
    )


def _has_no_entities(content: bytes) -> bool:
    """Whether XML is UTF-8 without a document type, which could grow beyond all bounds."""
    return content.startswith(XML_HEAD.encode()) and b"<!DOCTYPE" not in content


_SAFE = {RDF_XML: _has_no_entities, JSON_LD: _brings_its_context}
"""What must hold before rdflib is given a file that may come from anywhere."""


def read(path: Path) -> "Graph | None":
    """The graph of a catalogue file; None where it is missing, too large or no such file."""
    from xml.sax import SAXParseException

    from rdflib import Graph
    from rdflib.exceptions import ParserError

    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    safe = _SAFE.get(path.name)
    if safe is not None and not safe(path.read_bytes()):
        return None
    # The simple store takes a third of the time; the reader of JSON-LD wants the other.
    store = "default" if path.suffix == ".jsonld" else "SimpleMemory"
    try:
        with warnings.catch_warnings():
            # rdflib 7.6 warns of what its own JSON-LD reader does.
            warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated")
            return Graph(store, bind_namespaces="none").parse(path, format=_FORMS[path.name])
    # The readers of rdflib raise these for bytes that are no Turtle, XML or JSON-LD.
    except (SyntaxError, ValueError, ParserError, SAXParseException, RecursionError):
        return None


def catalogue_problems(tree: Path, listing: Listing) -> Iterator[Problem]:
    """What is wrong with the four catalogue files in `tree`."""
    from exports.dcat.graph import catalogue

    expected = {"2.1": catalogue(listing, "2.1"), "3.0.1": catalogue(listing)}
    for name in _FORMS:
        found = read(tree / name)
        if found is None:
            yield Problem(
                "catalogue_readable",
                name,
                Text("Katalogu nie da się odczytać.", "The catalogue cannot be read."),
            )
            continue
        wanted = expected["2.1" if name == TURTLE_2_1 else "3.0.1"]
        missing, extra = set(wanted) - set(found), set(found) - set(wanted)
        if missing or extra:
            example = min(" ".join(term.n3() for term in triple) for triple in missing or extra)
            yield Problem(
                "catalogue_facts",
                name,
                Text(
                    "Katalog mówi co innego niż wydanie: brakuje {missing}, za dużo {extra}.",
                    "The catalogue differs from the release: {missing} missing, {extra} too many.",
                ).fill(missing=len(missing), extra=len(extra)),
                len(missing) + len(extra),
                example[:100],
            )


def listing_problems(listing: Listing) -> Iterator[Problem]:
    """What keeps a listing from a catalogue with all its facts (points 53 to 56)."""
    given = listing.publication
    if given.licence.name not in terms.LICENCES:
        yield Problem(
            "licence",
            "publication",
            Text("Licencja nie ma kodu UE.", "The licence has no code of the EU."),
            example=given.licence.name,
        )
    if "@" not in given.contact:
        yield Problem(
            "contact",
            "publication",
            Text("Kontakt nie jest adresem e-mail.", "The contact is no e-mail address."),
            example=given.contact[:100],
        )
    for entry in listing.entries:
        for what in _gaps(listing, entry):
            yield Problem("described", entry.dataset.slug, what)


def _gaps(listing: Listing, entry: Entry) -> Iterator[Text]:
    dataset = entry.dataset
    if not set(dataset.categories) or not terms.THEMES.keys() >= set(dataset.categories):
        yield Text("Kategoria nie jest kategorią UE.", "A category is no theme of the EU.")
    if not dataset.keywords_pl or not dataset.keywords_en:
        yield Text("Brakuje słów kluczowych.", "Keywords are missing.")
    if not all((*dataset.title, *dataset.description)):
        yield Text("Brakuje tytułu lub opisu.", "A title or description is missing.")
    period = listing.period_of(entry)
    if period is None:
        yield Text("Nie podano okresu danych.", "The period of the data is not given.")
    elif period[0] > period[1]:
        yield Text("Okres danych kończy się przed początkiem.", "The period ends before it begins.")
    if not any(offer.format in terms.FILE_TYPES for offer in entry.files):
        yield Text("Nie ma pliku do katalogu.", "There is no file for the catalogue.")
    if entry.modified < entry.issued:
        yield Text("Zmieniony, zanim wydany.", "It was modified before it was issued.")
