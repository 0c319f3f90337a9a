"""`vocab.ttl`: what the tables, columns and codes of the linked files mean, in both languages."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD

from exports.dcat import addresses
from exports.dcat.graph import PREFIXES
from exports.publication import Publication
from exports.twins import links_to
from schemas.columns import Column
from schemas.table import Table
from schemas.text import LANGS, Text

_LABELS = Text("{title}: etykieta", "{title}: label")
_RANGES = {
    "string": RDFS.Literal,
    "integer": XSD.integer,
    "number": XSD.decimal,
    "boolean": XSD.boolean,
    "date": XSD.date,
    "datetime": XSD.dateTime,
}


class _Vocabulary:
    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.graph = Graph(store="SimpleMemory", bind_namespaces="none")
        for prefix, space in PREFIXES.items():
            self.graph.bind(prefix, space)

    def thing(
        self, uri: str, kind: URIRef, naming: URIRef, name: Text, comment: Text | None = None
    ) -> URIRef:
        subject = URIRef(uri)
        self.graph.add((subject, RDF.type, kind))
        for lang in LANGS:
            self.graph.add((subject, naming, Literal(name.of(lang), lang=lang)))
            if comment is not None:
                self.graph.add((subject, RDFS.comment, Literal(comment.of(lang), lang=lang)))
        return subject

    def table(self, table: type[Table]) -> None:
        uri = addresses.table_class(self.publication, table)
        kind = self.thing(uri, RDFS.Class, RDFS.label, table.title, table.description)
        for column in table.columns:
            self.column(column, kind)

    def column(self, column: Column, domain: URIRef) -> None:
        uri = addresses.column_property(self.publication, column)
        name = self.thing(uri, RDF.Property, RDFS.label, column.title, column.description)
        self.graph.add((name, RDFS.domain, domain))
        self.graph.add((name, RDFS.range, self.range(column)))
        if column.codes is not None:
            titles = (
                _LABELS.pl.format(title=column.title.pl),
                _LABELS.en.format(title=column.title.en),
            )
            label = self.thing(f"{uri}/label", RDF.Property, RDFS.label, Text(*titles))
            self.graph.add((label, RDFS.domain, domain))
            self.graph.add((label, RDFS.range, RDF.langString))
            self.codes(column)

    def range(self, column: Column) -> URIRef:
        target = links_to(column)
        if column.codes is not None:
            return SKOS.Concept
        if target is not None:
            return URIRef(addresses.table_class(self.publication, target))
        return RDFS.Resource if column.url else _RANGES[column.kind]

    def codes(self, column: Column) -> None:
        if column.codes is None:
            return
        uri = URIRef(addresses.code_list(self.publication, column.codes))
        if (uri, RDF.type, SKOS.ConceptScheme) in self.graph:
            return
        # The list is named after the first column that uses it.
        scheme = self.thing(str(uri), SKOS.ConceptScheme, SKOS.prefLabel, column.title)
        for code in column.codes:
            concept = self.thing(
                addresses.code_concept(self.publication, code),
                SKOS.Concept,
                SKOS.prefLabel,
                code.label,
            )
            self.graph.add((concept, SKOS.inScheme, scheme))
            self.graph.add((concept, SKOS.notation, Literal(code.value)))


def vocabulary(publication: Publication, tables: list[type[Table]]) -> Graph:
    """Classes, properties and concepts of `tables`.

    Raises ValueError where two code lists have the same class name, which is their address.
    """
    lists = {column.codes for table in tables for column in table.columns if column.codes}
    if len({codes.__name__ for codes in lists}) != len(lists):
        raise ValueError("two code lists have the same name")
    found = _Vocabulary(publication)
    for table in tables:
        found.table(table)
    return found.graph
