"""Filling a graph: things with classes and labels, concepts with their schemes, each said once."""

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from exports.dcat import terms
from schemas.text import LANGS, Text

ADMS = Namespace("http://www.w3.org/ns/adms#")
# rdflib's own DCAT is older and does not know `version`.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
OWL_VERSION = URIRef("http://www.w3.org/2002/07/owl#versionInfo")
# `DCTERMS.format` would be the method of str.
FORMAT = URIRef(f"{DCTERMS}format")

PREFIXES: dict[str, str] = {
    "adms": str(ADMS),
    "dcat": str(DCAT),
    "dcatap": str(DCATAP),
    "dct": str(DCTERMS),
    "eli": str(ELI),
    "foaf": str(FOAF),
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "spdx": str(SPDX),
    "vcard": str(VCARD),
    "xsd": str(XSD),
}
"""The prefixes of all serialisations."""


_Object = URIRef | Literal


class Sayings:
    """A graph without blank nodes that is being filled."""

    def __init__(self) -> None:
        self.said: dict[object, URIRef] = {}
        # Holds one graph and no contexts: a third of the time of rdflib's usual store.
        self.graph = Graph(store="SimpleMemory", bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            self.graph.bind(prefix, namespace)

    def say(self, subject: URIRef, *facts: tuple[URIRef, _Object]) -> URIRef:
        """State facts of a thing; returns it."""
        for predicate, value in facts:
            self.graph.add((subject, predicate, value))
        return subject

    def text(self, subject: URIRef, predicate: URIRef, text: Text) -> None:
        """State a text in both languages."""
        self.say(subject, *((predicate, Literal(text.of(lang), lang=lang)) for lang in LANGS))

    def thing(self, uri: str, *types: URIRef, label: Text | None = None) -> URIRef:
        """Something by its address, with its classes and label; said once, however often asked."""
        if (uri, types) in self.said:
            return self.said[uri, types]
        subject = self.say(URIRef(uri), *((RDF.type, kind) for kind in types))
        if label is not None:
            self.text(subject, RDFS.label, label)
        self.said[uri, types] = subject
        return subject

    def term(self, term: terms.Term, *types: URIRef) -> URIRef:
        """A concept of an EU vocabulary with its scheme, which both must be named."""
        if term in self.said:
            return self.said[term]
        subject = self.thing(term.uri, SKOS.Concept, *types)
        self.text(subject, SKOS.prefLabel, term.label)
        self.said[term] = self.say(subject, (SKOS.inScheme, self.authority_table(term.table)))
        return subject

    def authority_table(self, name: str) -> URIRef:
        """An EU authority table."""
        return self.scheme(f"{terms.AUTHORITY}{name}", terms.TABLES[name])

    def scheme(self, uri: str, title: Text) -> URIRef:
        """A vocabulary."""
        scheme = self.thing(uri, SKOS.ConceptScheme)
        self.text(scheme, SKOS.prefLabel, title)
        self.text(scheme, DCTERMS.title, title)
        return scheme

    def document(self, uri: str, title: Text) -> URIRef:
        """A page or a document."""
        if uri not in self.said:
            self.said[uri] = self.thing(uri, FOAF.Document)
            self.text(self.said[uri], DCTERMS.title, title)
        return self.said[uri]
