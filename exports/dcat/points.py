"""Points 51 to 58 of the acceptance list of dane.gov.pl: the catalogues of a release."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from exports.danegov.results import Finding, PointResult
from exports.dcat import addresses, agreement, rules, terms
from exports.dcat.catalogues import TURTLE
from exports.dcat.shapes import ShapeSet, violations
from exports.landing.reading import page_problems
from exports.listing import Listing
from exports.validate import Problem
from schemas.text import LANGS, Text

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

    from exports.dcat.scoring import Scored

Reachable = Callable[[str], bool]
"""Whether an address answers."""

_BUILD = Text("Zbuduj wydanie od nowa: pim release.", "Make the release anew: pim release.")
_ELI = re.compile(r"https?://[^/]+/eli/\S+")
_WORDS = ("format", "license", "mediaType", "media type", "accessRights")
_NO_SHAPES = Text(
    "Nie ma migawki urzędowych reguł SHACL; zastosowano tylko własne.",
    "There is no snapshot of the official SHACL shapes; only our own rules were run.",
)
_UNREADABLE = Text("Katalogu nie da się odczytać.", "The catalogue cannot be read.")


def files_of(tree: Path, listing: Listing) -> Reachable:
    """Addresses that a server will answer once it serves `tree`."""
    base, root = listing.publication.base_url, tree.resolve()

    def answers(address: str) -> bool:
        inside = address.removeprefix(base)
        path = tree / inside
        return inside != address and path.resolve().is_relative_to(root) and path.is_file()

    return answers


class _Case:
    """A release and what is found in it, each looked at once."""

    def __init__(
        self, tree: Path, listing: Listing, shapes: tuple[ShapeSet, ...], reachable: Reachable
    ) -> None:
        self.tree = tree
        self.listing = listing
        self.shapes = shapes
        self.reachable = reachable

    @cached_property
    def graph(self) -> "Graph | None":
        return rules.read(self.tree / TURTLE)

    @cached_property
    def broken(self) -> list[Problem]:
        """Violations of the official shapes, by catalogues that can be read."""
        return [
            problem
            for shapes in self.shapes
            if rules.read(self.tree / shapes.catalogue) is not None
            for problem in violations(self.tree, shapes)
        ]

    @cached_property
    def scored(self) -> "list[Scored]":
        from exports.dcat.scoring import score

        if self.graph is None:
            return []
        return score(self.graph, conforms=not self.broken, reachable=self.reachable)

    @cached_property
    def own(self) -> list[Problem]:
        return list(rules.catalogue_problems(self.tree, self.listing))

    def objects(self, subject: str, name: "URIRef") -> list[object]:
        from rdflib import URIRef

        return list(self.graph.objects(URIRef(subject), name)) if self.graph is not None else []


_Check = Callable[[_Case], Iterator[Finding]]


def _said(problems: Iterable[Problem]) -> Iterator[Finding]:
    for problem in problems:
        example = f" ({problem.example})" if problem.example else ""
        what = Text(*(f"{text}{example}" for text in problem.message))
        yield Finding(problem.place, what)


def _shapes(case: _Case) -> Iterator[Finding]:
    yield from _said(problem for problem in case.own if problem.rule == "catalogue_readable")
    yield from _said(case.broken)


def _score(case: _Case) -> Iterator[Finding]:
    from exports.dcat.scoring import FIRST_MAX, SECOND_MAX

    if case.graph is None or not case.scored:
        yield Finding(TURTLE, _UNREADABLE)
    for one in case.scored:
        if one.first < FIRST_MAX or one.second < SECOND_MAX:
            what = f"{one.first}/{FIRST_MAX}, {one.second:g}/{SECOND_MAX}: {', '.join(one.lost)}"
            yield Finding(one.distribution, Text(what, what))


def _lost(case: _Case, wanted: Callable[[str], bool]) -> Iterator[Finding]:
    for one in case.scored:
        lost = [name for name in one.lost if wanted(name) and not name.endswith("status")]
        if lost:
            yield Finding(one.distribution, Text(", ".join(lost), ", ".join(lost)))


def _vocabularies(case: _Case) -> Iterator[Finding]:
    yield from _said(p for p in rules.listing_problems(case.listing) if p.rule == "licence")
    yield from _lost(case, lambda name: any(word in name for word in _WORDS))


def _described(case: _Case) -> Iterator[Finding]:
    yield from _said(p for p in rules.listing_problems(case.listing) if p.rule != "licence")
    yield from _lost(case, lambda name: not any(word in name for word in _WORDS))


def _law(case: _Case) -> Iterator[Finding]:
    from exports.dcat.saying import DCATAP

    for entry in case.listing.entries:
        uri = addresses.dataset(case.listing.publication, entry.dataset)
        laws = [str(law) for law in case.objects(uri, DCATAP.applicableLegislation)]
        if not laws or not all(map(_ELI.fullmatch, laws)):
            what = Text("Brakuje adresu ELI aktu.", "There is no ELI address of an act.")
            yield Finding(entry.dataset.slug, what)
        high = bool(entry.dataset.flags and entry.dataset.flags.high_value)
        if high != bool(case.objects(uri, DCATAP.hvdCategory)):
            what = Text(
                "Kategoria danych o wysokiej wartości i znacznik nie zgadzają się.",
                "The category of high-value data and the flag do not agree.",
            )
            yield Finding(entry.dataset.slug, what)


def _tagged(case: _Case) -> Iterator[Finding]:
    from rdflib.namespace import DCTERMS

    from exports.dcat.saying import DCAT

    for entry in case.listing.entries:
        uri = addresses.dataset(case.listing.publication, entry.dataset)
        files = map(str, case.objects(uri, DCAT.distribution))
        for thing in (uri, *files):
            names = [DCTERMS.title, DCTERMS.description, *([DCAT.keyword] if thing == uri else [])]
            for name in names:
                tags = {getattr(text, "language", None) for text in case.objects(thing, name)}
                if tags != set(LANGS):
                    what = f"{name}: {sorted(map(str, tags))}"
                    yield Finding(thing, Text(what, what))


def _agreed(case: _Case) -> Iterator[Finding]:
    yield from _said(problem for problem in case.own if problem.rule == "catalogue_facts")
    yield from _said(page_problems(case.tree, case.listing))
    yield from _said(agreement.disagreements(case.tree, case.listing))


def _scored_formats(case: _Case) -> Iterator[Finding]:
    from exports.dcat.saying import DCAT, FORMAT

    known = {term.uri for term in terms.FILE_TYPES.values()}
    for entry in case.listing.entries:
        uri = addresses.dataset(case.listing.publication, entry.dataset)
        for file in map(str, case.objects(uri, DCAT.distribution)):
            if not known.issuperset(map(str, case.objects(file, FORMAT))):
                what = Text("Format spoza słownika UE.", "The format is in no EU vocabulary.")
                yield Finding(file, what)


_POINTS: tuple[tuple[int, _Check, Text], ...] = (
    (
        51,
        _shapes,
        Text(
            "Katalogi spełniają reguły SHACL: DCAT-AP 3.0.1, a drugi 2.1.1 i reguły portalu",
            "Catalogues keep the SHACL shapes: DCAT-AP 3.0.1, the second 2.1.1 and the portal's",
        ),
    ),
    (
        52,
        _score,
        Text(
            "Ocena data.europa.eu: 405 z 405 i 7,5 z 7,5",
            "Score of data.europa.eu: 405 of 405 and 7.5 of 7.5",
        ),
    ),
    (
        53,
        _vocabularies,
        Text(
            "Licencja, dostęp, format i typ pliku są ze słowników UE i IANA",
            "Licence, access, format and media type come from vocabularies of the EU and IANA",
        ),
    ),
    (
        54,
        _described,
        Text(
            "Wydawca, kontakt, obszar, okres, pochodzenie i inne fakty są podane",
            "Publisher, contact, area, period, provenance and the other facts are given",
        ),
    ),
    (
        55,
        _law,
        Text(
            "Zbiór wskazuje akt prawny (ELI), a kategorię HVD tylko z jej znacznikiem",
            "A data set names its law (ELI), and an HVD category only with the flag",
        ),
    ),
    (
        56,
        _tagged,
        Text(
            "Tytuły, opisy i słowa kluczowe są po polsku i po angielsku",
            "Titles, descriptions and keywords are in Polish and English",
        ),
    ),
    (
        57,
        _agreed,
        Text(
            "XML, DCAT, schema.org, paczki, CSVW i strony podają te same fakty",
            "XML, DCAT, schema.org, packages, CSVW and pages state the same facts",
        ),
    ),
    (
        58,
        _scored_formats,
        Text(
            "W katalogu są tylko formaty ze słownika UE (Parquet jest poza nim)",
            "The catalogue holds only formats of the EU vocabulary (Parquet stays out)",
        ),
    ),
)


def _left_out(listing: Listing) -> tuple[Finding, ...]:
    """Formats that each data set offers on our own site alone."""
    found = []
    for entry in listing.entries:
        formats = {offer.format for offer in entry.files} - terms.FILE_TYPES.keys()
        for name in sorted(formats):
            what = Text(
                "{name}: tylko na naszej stronie, nie w katalogu.",
                "{name}: on our own site alone, not in the catalogue.",
            ).fill(name=name)
            found.append(Finding(entry.dataset.slug, what))
    return tuple(found)


def catalogue_points(
    tree: Path,
    listing: Listing,
    shapes: tuple[ShapeSet, ...] = (),
    reachable: Reachable | None = None,
) -> list[PointResult]:
    """Points 51 to 58 for the release in `tree`, which is not changed.

    `shapes` are the official ones (`exports.dcat.shapes.shape_sets`), needed by point 51;
    `reachable` says whether an address answers, by default whether its file is in `tree`.
    """
    case = _Case(tree, listing, shapes, reachable or files_of(tree, listing))
    return [
        PointResult(
            number,
            must=True,
            title=title,
            fix=_BUILD,
            findings=tuple(check(case)),
            notes=_left_out(listing) if number == 58 else (),
            not_judged=_NO_SHAPES if number == 51 and not shapes else None,
        )
        for number, check, title in _POINTS
    ]


def judge_catalogues(
    tree: Path,
    listing: Listing,
    shapes: tuple[ShapeSet, ...] = (),
    reachable: Reachable | None = None,
) -> list[Problem]:
    """All that is wrong with the catalogues in `tree`, by point: empty for a good release."""
    return [
        Problem(f"point_{result.number}", finding.place, finding.what)
        for result in catalogue_points(tree, listing, shapes, reachable)
        for finding in result.findings
    ]
