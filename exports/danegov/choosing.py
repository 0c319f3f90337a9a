"""Which files go to the portal: the Polish ones in forms that it scores, within its limits.

What is too small or too large for it stays on our own site and is named, never dropped unsaid.
"""

from dataclasses import dataclass

from exports.danegov.rules import MAX_BYTES, MIN_BYTES
from exports.listing import Entry, Listing, Offer
from schemas.text import Text

_LINKED = ("jsonld", "ttl")
"""Forms of four and five stars; one of them goes beside each CSV, the first that there is."""
_EMPTY = Text("Tabela nie ma ani jednego wiersza.", "The table has no row.")
_SMALL = Text(
    "Plik ma {n} B, a portal przyjmuje od {least} B.",
    "The file has {n} B, and the portal takes {least} B or more.",
)
_WITH_IT = Text("Zostaje razem ze swoim CSV.", "It stays with its CSV.")
_LARGE = Text(
    "Plik ma {n} B, a portal przyjmuje najwyżej {most} B.",
    "The file has {n} B, and the portal takes {most} B at most.",
)


@dataclass(frozen=True)
class LeftOut:
    """A file that stays on our own site, and why."""

    offer: Offer
    why: Text


@dataclass(frozen=True)
class Choice:
    """What goes to the portal, and what would have gone there were it not for its limits."""

    entries: tuple[tuple[Entry, tuple[Offer, ...]], ...]
    """Data sets with at least one file, in the order of the listing."""
    left_out: tuple[LeftOut, ...]

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All files that go there."""
        return tuple(offer for _, offers in self.entries for offer in offers)


def choose(listing: Listing) -> Choice:
    """Choose the files of every data set.

    Per table the Polish CSV and its linked twin; boundaries as GeoJSON. A table whose CSV is
    beyond the portal's limits stays away with its twin: one without the other would mislead.
    """
    entries: list[tuple[Entry, tuple[Offer, ...]]] = []
    left_out: list[LeftOut] = []
    for entry in listing.entries:
        taken: list[Offer] = []
        for offers in _groups(entry):
            first = offers[0]
            refused = [LeftOut(offer, why) for offer in offers if (why := _refusal(offer))]
            if refused and refused[0].offer is first:
                left_out += [refused[0], *(LeftOut(twin, _WITH_IT) for twin in offers[1:])]
                continue
            left_out += refused
            outside = [item.offer for item in refused]
            taken += [offer for offer in offers if offer not in outside]
        if taken:
            entries.append((entry, tuple(taken)))
    return Choice(tuple(entries), tuple(left_out))


def _groups(entry: Entry) -> list[list[Offer]]:
    """The files of one table, or one file without a table, that the portal can score."""
    polish = [offer for offer in entry.files if offer.lang == "pl"]
    groups: list[list[Offer]] = []
    for offer in polish:
        if offer.format == "csv" and offer.table is not None:
            twins = [
                twin
                for form in _LINKED
                for twin in polish
                if twin.table is offer.table and twin.format == form
            ]
            groups.append([offer, *twins[:1]])
        elif offer.table is None and offer.format == "geojson":
            groups.append([offer])
    return groups


def _refusal(offer: Offer) -> Text | None:
    if offer.rows == 0:
        return _EMPTY
    if offer.bytes < MIN_BYTES:
        return _SMALL.fill(n=offer.bytes, least=MIN_BYTES)
    if offer.bytes > MAX_BYTES:
        return _LARGE.fill(n=offer.bytes, most=MAX_BYTES)
    return None
