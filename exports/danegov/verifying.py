"""Points 59 to 65: what the portal has made of a release, asked of its API after the import."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from exports.danegov.choosing import Choice, choose
from exports.danegov.feed import data_date
from exports.danegov.portal_api import BadAnswer, Portal, Rows, Thing, every, one, rows
from exports.danegov.results import Finding, PointResult
from exports.danegov.rules import FEED, FOLDER, SCORES, VOIVODESHIPS
from exports.listing import Entry, Listing, Offer
from schemas.text import Text

LICENCES = {"CC-BY-4.0": "CC BY 4.0", "CC0-1.0": "CC0 1.0"}
"""Our licences as the portal names them."""
FREQUENCIES: dict[str, tuple[str, ...]] = {
    "daily": ("codziennie", "dziennie"),
    "weekly": ("co tydzień", "tygodniowo"),
    "monthly": ("co miesiąc", "miesięcznie"),
    "quarterly": ("co kwartał", "kwartalnie"),
    "everyHalfYear": ("co pół roku", "półrocznie"),
    "yearly": ("co rok", "rocznie"),
    "irregular": ("nieregularnie", "nieregularna"),
    "notPlanned": ("nie planuje się", "nieplanowana", "aktualizacja nie jest planowana"),
}
"""How the portal may call a frequency in Polish, besides its own word for it."""
_LATER = Text(
    "Import trwa do doby, a listy portalu nadążają z opóźnieniem: sprawdź jutro. Jeśli wynik się "
    "powtarza, przeczytaj raport importu i napisz na kontakt@dane.gov.pl.",
    "An import takes up to a day, and the portal's lists lag behind: look again tomorrow. If it "
    "stays so, read the report of the import and write to kontakt@dane.gov.pl.",
)


@dataclass(frozen=True)
class Asked:
    """What is held against the portal."""

    portal: Portal
    listing: Listing
    institution: str
    """The portal's number of the institution."""
    known: Mapping[str, str] = field(default_factory=dict)
    """Numbers that our identifiers had on the portal before."""

    @property
    def address(self) -> str:
        """Where the harvester file is served."""
        return f"{self.listing.publication.base_url}{FOLDER}/{FEED}"

    @cached_property
    def choice(self) -> Choice:
        """What was sent."""
        return choose(self.listing)

    @cached_property
    def datasets(self) -> dict[str, Thing]:
        """Our data sets on the portal, by our identifier: harvested from our address, by title."""
        ours = {
            thing.text("title"): thing
            for thing in every(self.portal, f"/institutions/{self.institution}/datasets")
            if thing.node("source").get("url") == self.address
            and thing.node("source").get("type") == "xml"
        }
        return {
            entry.dataset.slug: ours[entry.dataset.title.pl]
            for entry, _ in self.choice.entries
            if entry.dataset.title.pl in ours
        }

    @cached_property
    def resources(self) -> dict[str, Thing]:
        """Our files on the portal, by our identifier: those listed by title, then each by number.

        The portal's lists come from a search index that lags; what it tells of one number does
        not.
        """
        found = {}
        for entry, offers in self.choice.entries:
            dataset = self.datasets.get(entry.dataset.slug)
            if dataset is None:
                continue
            listed = {
                thing.text("title"): thing.id
                for thing in every(self.portal, f"/datasets/{dataset.id}/resources")
            }
            for offer in offers:
                number = listed.get(offer.title.pl) or self.known.get(offer.ident)
                thing = one(self.portal, f"/resources/{number}") if number else None
                if thing is not None:
                    found[offer.ident] = thing
        return found

    @property
    def ids(self) -> dict[str, str]:
        """The portal's numbers of our data sets and files; none where its answers are no such."""
        try:
            found = self.datasets | self.resources
        except BadAnswer:
            return {}
        return {ident: thing.id for ident, thing in sorted(found.items())}

    def sent(self) -> Iterator[tuple[Entry, Offer, Thing]]:
        """Files that the portal has, with what was sent."""
        for entry, offers in self.choice.entries:
            for offer in offers:
                if offer.ident in self.resources:
                    yield entry, offer, self.resources[offer.ident]


_Check = Callable[[Asked], Iterator[Finding]]


def _differ(place: str, what: str, ours: object, theirs: object) -> Iterator[Finding]:
    if ours != theirs:
        text = Text(f"{what}: jest {theirs}, ma być {ours}", f"{what}: {theirs}, sent {ours}")
        yield Finding(place, text)


def _imported(asked: Asked) -> Iterator[Finding]:
    """Point 59."""
    released = asked.listing.publication.date.isoformat()
    for entry, _ in asked.choice.entries:
        slug = entry.dataset.slug
        if slug not in asked.datasets:
            what = Text(
                f"Na portalu nie ma tego zbioru z pliku {asked.address}.",
                f"The portal has no such data set of {asked.address}.",
            )
            yield Finding(slug, what)
            continue
        told = asked.datasets[slug].node("source").get("last_import_timestamp")
        if not isinstance(told, str) or told[:10] < released:
            yield from _differ(slug, "last_import_timestamp", f">= {released}", told)


def _described(asked: Asked) -> Iterator[Finding]:
    """Point 60."""
    for entry, offers in asked.choice.entries:
        for offer in offers:
            thing = asked.resources.get(offer.ident)
            if thing is None:
                yield Finding(
                    offer.ident, Text("Na portalu go nie ma.", "It is not on the portal.")
                )
                continue
            place = offer.ident
            yield from _differ(place, "title", offer.title.pl, thing.text("title"))
            day = data_date(entry, offer).isoformat()
            yield from _differ(place, "data_date", day, thing.text("data_date")[:10])
            yield from _differ(place, "format", offer.format, thing.text("format").lower())
            if thing.number("openness_score") < SCORES[offer.format]:
                score, least = thing.number("openness_score"), SCORES[offer.format]
                yield from _differ(place, "openness_score", f">= {least}", score)
            signs = set(thing.texts("special_signs", "symbol"))
            yield from _differ(place, "special_signs", sorted(offer.signs), sorted(signs))


def _same_bytes(asked: Asked) -> Iterator[Finding]:
    """Point 61."""
    for _, offer, thing in asked.sent():
        found = asked.portal.sha256(f"/resources/{thing.id}/file")
        yield from _differ(offer.ident, "sha256", offer.sha256, found)


def _tabular(asked: Asked) -> Iterator[Finding]:
    """Point 62."""
    for _, offer, thing in asked.sent():
        if offer.format != "csv" or offer.table is None:
            continue
        found = rows(asked.portal, thing.id) or Rows(-1, ())
        yield from _differ(offer.ident, "count", offer.rows, found.count)
        ours = tuple(column.name_in(offer.lang) for column in offer.table.columns)
        yield from _differ(offer.ident, "headers_map", ours, found.columns)


def _terms(asked: Asked) -> Iterator[Finding]:
    """Point 63."""
    licence = LICENCES.get(asked.listing.publication.licence.name)
    regions = sorted(name.pl for name in VOIVODESHIPS.values())
    for entry, _ in asked.choice.entries:
        slug = entry.dataset.slug
        listed = asked.datasets.get(slug)
        thing = one(asked.portal, f"/datasets/{listed.id}") if listed else None
        if thing is None:
            continue
        yield from _differ(slug, "license_name", licence, thing.text("license_name"))
        told = thing.text("update_frequency").lower()
        frequency = entry.dataset.frequency
        if told not in {frequency.lower(), *FREQUENCIES[frequency]}:
            yield from _differ(slug, "update_frequency", frequency, told)
        codes = thing.texts("categories", "code")
        if any(codes):
            yield from _differ(slug, "categories", sorted(entry.dataset.categories), sorted(codes))
        else:
            count = len(entry.dataset.categories)
            yield from _differ(slug, "categories", count, len(codes))
        tags = thing.texts("keywords", "name")
        missing = set(entry.dataset.keywords_pl) - set(tags)
        yield from _differ(slug, "keywords", set(), missing)
        told_regions = " ".join(thing.texts("regions", "hierarchy_label", "name")).lower()
        absent = [name for name in regions if name not in told_regions]
        yield from _differ(slug, "regions", [], absent)


def _no_broken_links(asked: Asked) -> Iterator[Finding]:
    """Point 64."""
    base = asked.listing.publication.base_url
    for row in every(asked.portal, "/reports/brokenlinks/data"):
        for value in row.attributes.values():
            cell = value.get("val", value.get("repr")) if isinstance(value, dict) else value
            if isinstance(cell, str) and cell.startswith(base):
                yield Finding(
                    cell,
                    Text(
                        "Portal uznał ten link za niedziałający.",
                        "The portal calls this link broken.",
                    ),
                )


def _same_numbers(asked: Asked) -> Iterator[Finding]:
    """Point 65."""
    for ident, number in asked.ids.items():
        if ident in asked.known:
            yield from _differ(ident, "id", asked.known[ident], number)


POINTS: tuple[tuple[int, Text, _Check], ...] = (
    (59, Text("Portal zaimportował nasz plik", "The portal has imported our file"), _imported),
    (60, Text("Zasoby są opisane tak, jak podano", "Resources are as they were sent"), _described),
    (61, Text("Portal ma te same bajty", "The portal has the same bytes"), _same_bytes),
    (62, Text("Podgląd tabeli ma wszystkie wiersze", "The preview has all rows"), _tabular),
    (63, Text("Licencja i opis zbioru są takie, jak podano", "Licence and texts are ours"), _terms),
    (64, Text("Żaden nasz link nie jest zepsuty", "No link of ours is broken"), _no_broken_links),
    (65, Text("Numery na portalu się nie zmieniły", "Numbers have not changed"), _same_numbers),
)
"""Number, title and check of each point."""


def verify(asked: Asked) -> list[PointResult]:
    """Ask the portal for everything that was sent; one result for each of points 59 to 65.

    An answer that is no such document is a finding. Raises what `portal` raises where the
    portal cannot be reached.
    """
    return [_judged(number, title, check, asked) for number, title, check in POINTS]


def _judged(number: int, title: Text, check: _Check, asked: Asked) -> PointResult:
    findings: list[Finding] = []
    try:
        findings.extend(check(asked))
    except BadAnswer as error:
        what = Text("Portal odpowiedział czymś innym.", "The portal answered something else.")
        findings.append(Finding(str(error), what))
    return PointResult(number, True, title, _LATER, tuple(findings))
