"""A graph without blank nodes as Turtle, RDF/XML and JSON-LD: sorted, so the same bytes each time.

They are written here, since rdflib's own writers take five times as long and sort less; rdflib's
readers get the same graph back from all three.
"""

import json
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from exports.dcat.catalogues import XML_HEAD
from exports.dcat.saying import PREFIXES

Ordered = list[tuple[str, list[tuple[str, list[Node]]]]]
"""Subjects in order, each with its predicates in order (type first), each with its values."""

_TYPE = str(RDF.type)


def ordered(graph: Graph) -> Ordered:
    """All that a graph says, sorted: what the writers below take."""

    def place(triple: tuple[Node, Node, Node]) -> tuple[str, bool, str, str, str, str]:
        subject, predicate, value = triple
        kind = str(getattr(value, "datatype", "")), str(getattr(value, "language", ""))
        return str(subject), str(predicate) != _TYPE, str(predicate), str(value), *kind

    found: Ordered = []
    for subject, triples in groupby(sorted(graph, key=place), key=lambda triple: str(triple[0])):
        facts = groupby(triples, key=lambda triple: str(triple[1]))
        found.append((subject, [(name, [triple[2] for triple in group]) for name, group in facts]))
    return found


class _Short:
    """Addresses with a prefix where one fits."""

    def __init__(self) -> None:
        self.known: dict[str, str | None] = {}

    def name(self, uri: str) -> str | None:
        if uri not in self.known:
            self.known[uri] = next(
                (
                    f"{prefix}:{uri[len(space) :]}"
                    for prefix, space in PREFIXES.items()
                    # Letters, digits and _ need no escape in any of the forms.
                    if uri.startswith(space) and uri[len(space) :].replace("_", "a").isalnum()
                ),
                None,
            )
        return self.known[uri]

    def strict(self, uri: str) -> str:
        """For a predicate in RDF/XML, which must have a prefix."""
        name = self.name(uri)
        if name is None:
            raise ValueError(f"no prefix for {uri}")
        return name


def turtle(given: Ordered) -> str:
    """The graph as Turtle, a block for each subject."""
    short = _Short()

    def shown(value: Node) -> str:
        if isinstance(value, URIRef):
            return short.name(str(value)) or value.n3()
        if isinstance(value, Literal) and value.datatype is not None:
            kind = str(value.datatype)
            return f"{Literal(str(value)).n3()}^^{short.name(kind) or URIRef(kind).n3()}"
        return value.n3()

    parts = [f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items()]
    for subject, facts in given:
        lines = [
            f"    {'a' if name == _TYPE else short.name(name) or f'<{name}>'} "
            + ", ".join(shown(value) for value in values)
            for name, values in facts
        ]
        parts.append(f"\n{URIRef(subject).n3()}\n" + " ;\n".join(lines) + " .\n")
    return "".join(parts)


def json_ld(given: Ordered) -> str:
    """The graph as compact JSON-LD, one node for each subject, with its prefixes inside."""
    short = _Short()

    def shown(value: Node) -> object:
        if isinstance(value, URIRef):
            return {"@id": short.name(str(value)) or str(value)}
        if isinstance(value, Literal) and value.language:
            return {"@value": str(value), "@language": value.language}
        if isinstance(value, Literal) and value.datatype not in {None, XSD.string}:
            kind = str(value.datatype)
            return {"@value": str(value), "@type": short.name(kind) or kind}
        return str(value)

    nodes: list[dict[str, object]] = []
    for subject, facts in given:
        node: dict[str, object] = {"@id": subject}
        for name, values in facts:
            if name == _TYPE:
                node["@type"] = [short.name(str(value)) or str(value) for value in values]
            else:
                node[short.name(name) or name] = [shown(value) for value in values]
        nodes.append(node)
    document = {"@context": PREFIXES, "@graph": nodes}
    # Without spaces json's C encoder is used, which is ten times as fast.
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def rdf_xml(given: Ordered) -> str:
    """The graph as RDF/XML; every predicate must have one of the prefixes."""
    short = _Short()

    def shown(name: str, value: Node) -> str:
        if not isinstance(value, Literal):
            return f"    <{name} rdf:resource={quoteattr(str(value))}/>\n"
        about = ""
        if value.language:
            about = f" xml:lang={quoteattr(value.language)}"
        elif value.datatype is not None:
            about = f" rdf:datatype={quoteattr(str(value.datatype))}"
        return f"    <{name}{about}>{escape(str(value))}</{name}>\n"

    spaces = "".join(f'\n    xmlns:{prefix}="{space}"' for prefix, space in PREFIXES.items())
    parts = [f"{XML_HEAD}\n<rdf:RDF{spaces}>\n"]
    for subject, facts in given:
        parts.append(f"  <rdf:Description rdf:about={quoteattr(subject)}>\n")
        for predicate, values in facts:
            name = short.strict(predicate)
            parts += [shown(name, value) for value in values]
        parts.append("  </rdf:Description>\n")
    return "".join((*parts, "</rdf:RDF>\n"))
