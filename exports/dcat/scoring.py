"""The quality score that data.europa.eu gives a catalogue, by both of its methodologies.

The first has at most 405 points, the second (in force since 2026) 7.5 for a data set and 7.5 for
each file. What counts and how much is the portal's own list of metrics; a file is scored together
with its data set.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF
from rdflib.term import Node

from exports.dcat import terms
from exports.dcat.saying import ADMS, DCAT, DCATAP, FORMAT
from exports.listing import MEDIA_TYPES

FIRST_MAX, SECOND_MAX = 405, 7.5


@dataclass(frozen=True)
class Vocabularies:
    """Addresses that the scorer knows; the default holds those that we may use."""

    file_types: frozenset[str]
    non_proprietary: frozenset[str]
    machine_readable: frozenset[str]
    media_types: frozenset[str]
    licences: frozenset[str]
    access_rights: frozenset[str]


_FORMATS = frozenset(term.uri for term in terms.FILE_TYPES.values())
OURS = Vocabularies(
    file_types=_FORMATS,
    non_proprietary=_FORMATS,
    machine_readable=_FORMATS,
    media_types=frozenset(f"{terms.IANA}{name}" for name in MEDIA_TYPES.values()),
    licences=frozenset(term.uri for term in terms.LICENCES.values()),
    access_rights=frozenset({terms.PUBLIC.uri}),
)


@dataclass(frozen=True)
class Scored:
    """The score of one file and its data set."""

    dataset: str
    distribution: str
    first: int
    """Of 405."""
    second: float
    """Of 7.5: the mean of the data set's points and the file's."""
    lost: tuple[str, ...]
    """Metrics that are not met."""


@dataclass(frozen=True)
class _Asked:
    """What is looked at."""

    graph: Graph
    dataset: Node
    distribution: Node
    conforms: bool
    reachable: Callable[[str], bool]
    known: Vocabularies

    def values(self, of: Node, name: URIRef) -> list[str]:
        return [text for value in self.graph.objects(of, name) if (text := str(value).strip())]

    def all_in(self, of: Node, name: URIRef, known: frozenset[str]) -> bool:
        found = self.values(of, name)
        return bool(found) and known.issuperset(found)

    def answers(self, name: URIRef) -> bool:
        found = self.values(self.distribution, name)
        return bool(found) and all(map(self.reachable, found))


@dataclass(frozen=True)
class _Metric:
    """One metric with its points in the first methodology and its weight in the second."""

    name: str
    met: Callable[[_Asked], bool]
    first: int = 0
    second: float = 0


def _set(name: URIRef) -> Callable[[_Asked], bool]:
    return lambda asked: bool(asked.values(asked.dataset, name))


def _file(name: URIRef) -> Callable[[_Asked], bool]:
    return lambda asked: bool(asked.values(asked.distribution, name))


def _format(pick: Callable[[Vocabularies], frozenset[str]]) -> Callable[[_Asked], bool]:
    return lambda asked: asked.all_in(asked.distribution, FORMAT, pick(asked.known))


def _media(asked: _Asked) -> bool:
    return asked.all_in(asked.distribution, DCAT.mediaType, asked.known.media_types)


def _licence(asked: _Asked) -> bool:
    return asked.all_in(asked.distribution, DCTERMS.license, asked.known.licences)


def _rights(asked: _Asked) -> bool:
    return asked.all_in(asked.dataset, DCTERMS.accessRights, asked.known.access_rights)


_known_format = _format(lambda known: known.file_types)

_DATASET: tuple[_Metric, ...] = (
    _Metric("dct:title", _set(DCTERMS.title), 0, 1),
    _Metric("dct:description", _set(DCTERMS.description), 0, 1),
    _Metric("dcat:keyword", _set(DCAT.keyword), 30, 0.5),
    _Metric("dcat:theme", _set(DCAT.theme), 30, 0.5),
    _Metric("dct:spatial", _set(DCTERMS.spatial), 20, 0.5),
    _Metric("dct:temporal", _set(DCTERMS.temporal), 20, 0.5),
    _Metric("dct:issued", _set(DCTERMS.issued), 5, 0.25),
    _Metric("dct:modified", _set(DCTERMS.modified), 5, 0.25),
    _Metric("dct:relation", _set(DCTERMS.relation), 0, 0.25),
    _Metric("dcatap:applicableLegislation", _set(DCATAP.applicableLegislation), 0, 0.25),
    _Metric("dct:identifier", _set(DCTERMS.identifier), 0, 0.25),
    _Metric("adms:identifier", _set(ADMS.identifier), 0, 0.25),
    _Metric("dcat:landingPage", _set(DCAT.landingPage), 0, 0.25),
    _Metric("dct:publisher", _set(DCTERMS.publisher), 10, 0.5),
    _Metric("dcat:contactPoint", _set(DCAT.contactPoint), 20, 0.5),
    _Metric("dct:accessRights", _set(DCTERMS.accessRights), 10, 0.25),
    _Metric("dct:accessRights from vocabulary", _rights, 5, 0.25),
    _Metric("dct:provenance", _set(DCTERMS.provenance), 0, 0.25),
    _Metric("DCAT-AP compliance", lambda asked: asked.conforms, 30, 0),
)
_DISTRIBUTION: tuple[_Metric, ...] = (
    _Metric("dcat:accessURL", _file(DCAT.accessURL), 0, 1),
    _Metric("dcat:accessURL status", lambda asked: asked.answers(DCAT.accessURL), 50, 0.25),
    _Metric("dcat:downloadURL", _file(DCAT.downloadURL), 20, 0.25),
    _Metric("dcat:downloadURL status", lambda asked: asked.answers(DCAT.downloadURL), 30, 0.25),
    _Metric("dct:format", _file(FORMAT), 20, 0.5),
    _Metric("dcat:mediaType", _file(DCAT.mediaType), 10, 0.25),
    _Metric("format and media type", lambda asked: _known_format(asked) and _media(asked), 10, 0),
    _Metric("dct:format from vocabulary", _known_format, 0, 0.5),
    _Metric("dcat:mediaType from vocabulary", _media, 0, 0.25),
    _Metric("dct:format non-proprietary", _format(lambda known: known.non_proprietary), 20, 0.5),
    _Metric("dct:format machine-readable", _format(lambda known: known.machine_readable), 20, 0.5),
    _Metric("dct:title of the file", _file(DCTERMS.title), 0, 0.25),
    _Metric("dct:description of the file", _file(DCTERMS.description), 0, 0.5),
    _Metric("dct:issued of the file", _file(DCTERMS.issued), 0, 0.25),
    _Metric("dct:modified of the file", _file(DCTERMS.modified), 0, 0.25),
    _Metric("dcat:byteSize", _file(DCAT.byteSize), 5, 0.25),
    _Metric("dct:license", _file(DCTERMS.license), 20, 0.5),
    _Metric("dct:license known", _licence, 10, 0.5),
    _Metric("dct:rights", _file(DCTERMS.rights), 5, 0.25),
    _Metric("adms:status", _file(ADMS.status), 0, 0.25),
    _Metric("foaf:page", _file(FOAF.page), 0, 0.25),
)


def score(
    graph: Graph,
    *,
    conforms: bool,
    reachable: Callable[[str], bool],
    known: Vocabularies = OURS,
) -> list[Scored]:
    """The score of every file of every data set, by address.

    `conforms` says whether the catalogue keeps the official shapes, `reachable` whether an
    address answers (on the web, or in a tree that will be served).
    """
    found = []
    for dataset in sorted(graph.subjects(RDF.type, DCAT.Dataset), key=str):
        for distribution in sorted(graph.objects(dataset, DCAT.distribution), key=str):
            asked = _Asked(graph, dataset, distribution, conforms, reachable, known)
            met = [metric for metric in _DATASET + _DISTRIBUTION if metric.met(asked)]
            found.append(
                Scored(
                    str(dataset),
                    str(distribution),
                    sum(metric.first for metric in met),
                    sum(metric.second for metric in met) / 2,
                    tuple(m.name for m in _DATASET + _DISTRIBUTION if m not in met),
                )
            )
    return found
