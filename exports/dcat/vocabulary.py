"""`vocab.ttl`: what the tables, columns and codes of the linked files mean, in both languages."""

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD

from exports.dcat import addresses
from exports.dcat.saying import Sayings
from exports.publication import Publication
from exports.twins import links_to
from schemas.columns import Codes, Column
from schemas.table import Table
from schemas.text import Text

_LABELS = Text("{title}: etykieta", "{title}: label")
_RANGES = {
    "string": RDFS.Literal,
    "integer": XSD.integer,
    "number": XSD.decimal,
    "boolean": XSD.boolean,
    "date": XSD.date,
    "datetime": XSD.dateTime,
}


class _Vocabulary(Sayings):
    def __init__(self, publication: Publication) -> None:
        super().__init__()
        self.publication = publication

    def table(self, table: type[Table]) -> None:
        kind = self.thing(
            addresses.table_class(self.publication, table), RDFS.Class, label=table.title
        )
        self.text(kind, RDFS.comment, table.description)
        for column in table.columns:
            self.column(column, kind)

    def column(self, column: Column, domain: URIRef) -> None:
        uri = addresses.column_property(self.publication, column)
        name = self.thing(uri, RDF.Property, label=column.title)
        self.text(name, RDFS.comment, column.description)
        self.say(name, (RDFS.domain, domain), (RDFS.range, self.range(column)))
        if column.codes is not None:
            title = Text(
                _LABELS.pl.format(title=column.title.pl), _LABELS.en.format(title=column.title.en)
            )
            label = self.thing(f"{uri}/label", RDF.Property, label=title)
            self.say(label, (RDFS.domain, domain), (RDFS.range, RDF.langString))
            self.codes(column.codes, column.title)

    def range(self, column: Column) -> URIRef:
        target = links_to(column)
        if column.codes is not None:
            return SKOS.Concept
        if target is not None:
            return URIRef(addresses.table_class(self.publication, target))
        return RDFS.Resource if column.url else _RANGES[column.kind]

    def codes(self, codes: type[Codes], title: Text) -> None:
        """A code list, named after the first column that uses it."""
        uri = addresses.code_list(self.publication, codes)
        if codes in self.said:
            return
        scheme = self.said[codes] = self.thing(uri, SKOS.ConceptScheme)
        self.text(scheme, SKOS.prefLabel, title)
        for code in codes:
            concept = self.thing(addresses.code_concept(self.publication, code), SKOS.Concept)
            self.text(concept, SKOS.prefLabel, code.label)
            self.say(concept, (SKOS.inScheme, scheme), (SKOS.notation, Literal(code.value)))


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
