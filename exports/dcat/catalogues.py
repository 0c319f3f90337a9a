"""The catalogues of a release: DCAT-AP 3.0.1 in three forms, and 2.1 in one.

rdflib takes 0.4 s to load, so it is loaded when a catalogue is written and not before.
"""

from pathlib import Path

from exports.listing import Listing
from schemas.files import write_json, write_text

TURTLE, RDF_XML, JSON_LD = "catalog.ttl", "catalog.rdf", "catalog.jsonld"
TURTLE_2_1 = "catalog-2.1.ttl"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
"""The first line of RDF/XML as we write it."""


def write_catalogues(listing: Listing, tree: Path) -> None:
    """Write the four catalogue files into `tree`: the same listing gives the same bytes.

    `catalog.ttl`, `catalog.rdf` and `catalog.jsonld` hold one graph in DCAT-AP 3.0.1 (the one
    whose quality is scored); `catalog-2.1.ttl` says the same in 2.1, for portals that judge by
    its shapes, as dane.gov.pl does.
    """
    from exports.dcat import graph, serialising

    newest = serialising.ordered(graph.catalogue(listing))
    write_text(tree / TURTLE, serialising.turtle(newest))
    write_text(tree / RDF_XML, serialising.rdf_xml(newest))
    write_text(tree / JSON_LD, serialising.json_ld(newest))
    older = serialising.ordered(graph.catalogue(listing, "2.1"))
    write_text(tree / TURTLE_2_1, serialising.turtle(older))


def write_descriptions(listing: Listing, tree: Path) -> None:
    """Write what else describes a release: the same listing gives the same bytes.

    `<slug>/schema.org.jsonld` for each data set and `schema.org.jsonld` for all (search engines),
    `CITATION.cff` (how to cite) and `vocab.ttl` (what the words of the linked files mean).
    """
    from exports.dcat import addresses, citation, schema_org, serialising
    from exports.dcat.vocabulary import vocabulary

    for entry in listing.entries:
        folder = tree / entry.dataset.slug
        write_json(folder / schema_org.FILE, schema_org.of_dataset(listing, entry))
    write_json(tree / schema_org.FILE, schema_org.of_all(listing))
    write_text(tree / citation.FILE, citation.citation(listing))
    tables = {offer.table: None for entry in listing.entries for offer in entry.files}
    words = vocabulary(listing.publication, [table for table in tables if table is not None])
    write_text(tree / addresses.VOCABULARY, serialising.turtle(serialising.ordered(words)))
