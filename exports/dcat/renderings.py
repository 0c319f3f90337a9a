"""Readers that take the facts out of each rendering of a release, by the words of that rendering.

A reader yields thing, kind of fact and value: the thing is a data set by its slug or a file by its
identifier. What a rendering lacks is not yielded; nothing is raised for a damaged one.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeGuard

from exports.danegov.reading import parse_feed
from exports.danegov.rules import FEED, FOLDER
from exports.dcat import addresses, rules, schema_org, terms
from exports.dcat.catalogues import TURTLE
from exports.listing import Entry, Listing, Offer
from exports.opening import DESCRIPTOR
from exports.parts import stem
from schemas.text import LANGS, Lang

Found = Iterator[tuple[str, str, str]]
TITLES = ("title_pl", "title_en")
DESCRIPTIONS = ("description_pl", "description_en")
_Node = Mapping[str, object]


def words(given: object) -> str:
    """Keywords as one value, in no order."""
    return " | ".join(sorted(set(map(str, given)))) if isinstance(given, list | tuple) else ""


def _is_node(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _json(path: Path) -> _Node:
    """A JSON object of the tree, empty where there is none."""
    try:
        if path.stat().st_size > rules.MAX_BYTES:
            return {}
        found: object = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if _is_node(found) else {}


def _nodes(node: _Node, key: str) -> list[dict[str, object]]:
    found = node.get(key)
    return [item for item in found if _is_node(item)] if isinstance(found, list) else []


def _names(columns: list[dict[str, object]]) -> str:
    return " ".join(str(column.get("name")) for column in columns)


def of_feed(tree: Path, _: Listing) -> Found:
    """The harvester file."""
    try:
        feed = parse_feed((tree / FOLDER / FEED).read_bytes())
    except (OSError, ValueError):
        return
    for item in feed.items():
        for kind, names in (("title", TITLES), ("description", DESCRIPTIONS)):
            for name, value in zip(names, item.bilingual(kind), strict=True):
                yield item.ident, name, value
        if item.kind == "resource":
            yield item.ident, "url", item.text("url")
            continue
        conditions = [item.text(f"conditions/{name}") for name in ("source", "modification")]
        licences = {("true", "true"): "CC-BY-4.0", ("", ""): "CC0-1.0"}
        yield item.ident, "licence", licences.get((conditions[0], conditions[1]), "?")
        yield item.ident, "frequency", item.text("updateFrequency")
        yield item.ident, "themes", " ".join(sorted(item.texts("categories/category")))
        yield item.ident, "modified", item.text("lastUpdateDate")[:10]
        yield item.ident, "page", item.text("url")
        tags = [tag.text for tag in item.node.findall("tags/tag") if tag.get("lang") == "pl"]
        yield item.ident, "keywords_pl", words(tags)


def of_catalogue(tree: Path, listing: Listing) -> Found:
    """`catalog.ttl`; its siblings hold the same graph."""
    from rdflib import Literal, URIRef
    from rdflib.namespace import DCTERMS, FOAF

    from exports.dcat.saying import DCAT, FORMAT, SPDX

    graph = rules.read(tree / TURTLE)
    if graph is None:
        return

    def one(of: URIRef, name: URIRef) -> str:
        return str(graph.value(of, name) or "")

    def texts(kind: str, of: URIRef, name: URIRef) -> Iterator[tuple[str, str]]:
        for value in graph.objects(of, name):
            if isinstance(value, Literal) and value.language:
                yield f"{kind}_{value.language}", str(value)

    frequencies = {term.uri: word for word, term in terms.FREQUENCIES.items()}
    licences = {term.uri: name for name, term in terms.LICENCES.items()}
    formats = {term.uri: kind for kind, term in terms.FILE_TYPES.items()}
    for entry in listing.entries:
        uri = URIRef(addresses.dataset(listing.publication, entry.dataset))
        slug = one(uri, DCTERMS.identifier)
        publisher = URIRef(one(uri, DCTERMS.publisher))
        for said in (
            *texts("title", uri, DCTERMS.title),
            *texts("description", uri, DCTERMS.description),
            *texts("publisher", publisher, FOAF.name),
        ):
            yield (slug, *said)
        yield slug, "frequency", frequencies.get(one(uri, DCTERMS.accrualPeriodicity), "?")
        codes = (str(value).rpartition("/")[2] for value in graph.objects(uri, DCAT.theme))
        yield slug, "themes", " ".join(sorted(codes))
        yield slug, "modified", one(uri, DCTERMS.modified)
        yield slug, "issued", one(uri, DCTERMS.issued)
        yield slug, "page", one(uri, DCAT.landingPage)
        tags = [
            str(word)
            for word in graph.objects(uri, DCAT.keyword)
            if isinstance(word, Literal) and word.language == "pl"
        ]
        yield slug, "keywords_pl", words(tags)
        for file in graph.objects(uri, DCAT.distribution):
            if not isinstance(file, URIRef):
                continue
            ident = str(file).rpartition("#")[2]
            yield slug, "licence", licences.get(one(file, DCTERMS.license), "?")
            yield from ((ident, *said) for said in texts("title", file, DCTERMS.title))
            described = texts("description", file, DCTERMS.description)
            yield from ((ident, *said) for said in described)
            yield ident, "url", one(file, DCAT.downloadURL)
            yield ident, "bytes", one(file, DCAT.byteSize)
            checksum = graph.value(file, SPDX.checksum)
            yield ident, "sha256", str(graph.value(checksum, SPDX.checksumValue) or "").lower()
            media = one(file, DCAT.mediaType).removeprefix(terms.IANA)
            yield ident, "media", media if one(file, FORMAT) in formats else "?"


def of_schema_org(tree: Path, listing: Listing) -> Found:
    """`schema.org.jsonld` of each data set, and of all."""
    whole = _nodes(_json(tree / schema_org.FILE), "dataset")
    for entry in listing.entries:
        slug = entry.dataset.slug
        own = _json(tree / slug / schema_org.FILE)
        among = [node for node in whole if node.get("@id") == own.get("@id")]
        for node in (own, *(among or [{}])):
            yield slug, "title_pl", str(node.get("name"))
            yield slug, "title_en", str(node.get("alternateName"))
            polish, _, english = str(node.get("description")).partition("\n\n")
            yield slug, "description_pl", polish
            yield slug, "description_en", english
            creator = node.get("creator")
            publisher = creator if _is_node(creator) else {}
            yield slug, "publisher_pl", str(publisher.get("name"))
            yield slug, "publisher_en", str(publisher.get("alternateName"))
            yield slug, "page", str(node.get("url"))
            yield slug, "modified", str(node.get("dateModified"))
            yield slug, "issued", str(node.get("datePublished"))
            yield slug, "licence", _licence(listing, node.get("license"))
            themes = (str(about.get("@id")).rpartition("/")[2] for about in _nodes(node, "about"))
            yield slug, "themes", " ".join(sorted(themes))
            for file in _nodes(node, "distribution"):
                ident = str(file.get("@id")).rpartition("#")[2]
                yield ident, "title_pl", str(file.get("name"))
                yield ident, "title_en", str(file.get("alternateName"))
                yield ident, "url", str(file.get("contentUrl"))
                yield ident, "bytes", str(file.get("contentSize")).removesuffix(" B")
                yield ident, "sha256", str(file.get("sha256"))
                yield ident, "media", str(file.get("encodingFormat"))


def _licence(listing: Listing, address: object) -> str:
    given = listing.publication.licence
    return given.name if address == given.path else "?"


def _folder(tree: Path, entry: Entry, lang: Lang) -> Path:
    return (tree if lang == "pl" else tree / "en") / entry.dataset.slug


def _is_of(offer: Offer, resource: _Node, digest: str) -> bool:
    """Whether a resource is the file of an offer: by its name, without a table by its bytes."""
    if offer.table is None:
        return offer.sha256 == digest
    file = stem(offer.table, offer.lang, offer.part)
    return resource.get("path") == f"{file}.{offer.format}"


def of_packages(tree: Path, listing: Listing) -> Found:
    """`datapackage.json` in both languages."""
    for entry in listing.entries:
        slug = entry.dataset.slug
        for lang in LANGS:
            twin = "en" if lang == "pl" else "pl"
            node = _json(_folder(tree, entry, lang) / DESCRIPTOR)
            yield slug, f"title_{lang}", str(node.get("title"))
            yield slug, f"title_{twin}", str(node.get(f"title@{twin}"))
            yield slug, f"description_{lang}", str(node.get("description"))
            yield slug, f"description_{twin}", str(node.get(f"description@{twin}"))
            publishers = _nodes(node, "contributors") or [{}]
            yield slug, f"publisher_{lang}", str(publishers[0].get("title"))
            told = node.get("keywords" if lang == "pl" else "keywords@pl")
            yield slug, "keywords_pl", words(told)
            licences = _nodes(node, "licenses") or [{}]
            yield slug, "licence", str(licences[0].get("name"))
            offers = [offer for offer in entry.files if offer.lang == lang]
            for resource in _nodes(node, "resources"):
                digest = str(resource.get("hash")).removeprefix("sha256:")
                offer = next((o for o in offers if _is_of(o, resource, digest)), None)
                if offer is None:
                    continue
                yield offer.ident, "sha256", digest
                yield offer.ident, "bytes", str(resource.get("bytes"))
                yield offer.ident, "media", str(resource.get("mediatype"))
                yield offer.ident, f"description_{lang}", str(resource.get("description"))
                yield offer.ident, f"description_{twin}", str(resource.get(f"description@{twin}"))
                schema = resource.get("schema")
                if _is_node(schema):
                    yield offer.ident, "columns", _names(_nodes(schema, "fields"))
                if offer.table is not None:
                    yield offer.ident, f"table_{lang}", str(resource.get("title"))
                    yield offer.ident, f"table_{twin}", str(resource.get(f"title@{twin}"))


def of_csvw(tree: Path, listing: Listing) -> Found:
    """The CSVW metadata beside each CSV."""
    for entry in listing.entries:
        for offer in entry.files:
            if offer.format != "csv" or offer.table is None:
                continue
            name = f"{stem(offer.table, offer.lang, offer.part)}.csv"
            node = _json(_folder(tree, entry, offer.lang) / f"{name}-metadata.json")
            for kind, term in (("table", "dc:title"), ("description", "dc:description")):
                for said in _nodes(node, term):
                    yield offer.ident, f"{kind}_{said.get('@language')}", str(said.get("@value"))
            schema = node.get("tableSchema")
            columns = _nodes(schema, "columns") if _is_node(schema) else []
            yield offer.ident, "columns", _names(columns)
            licence = node.get("dc:license")
            address = licence.get("@id") if _is_node(licence) else None
            yield entry.dataset.slug, "licence", _licence(listing, address)
            if offer.lang == "pl":
                yield entry.dataset.slug, "keywords_pl", words(node.get("dc:subject"))
