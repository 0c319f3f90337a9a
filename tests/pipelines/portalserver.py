"""dane.gov.pl in small on the loopback: the documented shape of API 1.4, for one release."""

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from exports.danegov.choosing import choose
from exports.danegov.feed import data_date
from exports.danegov.rules import SCORES, VOIVODESHIPS
from exports.listing import Listing
from tests.servers import Exchange, Route

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"
INSTITUTION = "7"
FEED = "https://pim.example.org/danegov/harvester.xml"


class Answers:
    """What the portal answers by path; tests change it to make it wrong."""

    def __init__(self, listing: Listing, tree: Path) -> None:
        self.documents: dict[str, dict[str, Json]] = {}
        self.files: dict[str, bytes] = {}
        self.attributes: dict[str, dict[str, Json]] = {}
        self._institution(listing)
        for number, (entry, offers) in enumerate(choose(listing).entries, start=100):
            listed: list[Json] = []
            for place, offer in enumerate(offers, start=number * 10):
                ident = str(place)
                signs: list[Json] = [{"symbol": sign, "name": ""} for sign in offer.signs]
                told: dict[str, Json] = {
                    "title": offer.title.pl,
                    "data_date": data_date(entry, offer).isoformat(),
                    "format": offer.format,
                    "openness_score": SCORES[offer.format],
                    "special_signs": signs,
                    "link": listing.address(offer),
                }
                self.attributes[offer.ident] = told
                self.documents[f"/resources/{ident}"] = {"data": thing("resource", ident, told)}
                listed.append(thing("resource", ident, {"title": offer.title.pl}))
                self.files[f"/resources/{ident}/file"] = (tree / offer.path).read_bytes()
                if offer.format == "csv" and offer.table is not None:
                    heads: dict[str, Json] = {
                        f"col{n}": column.name_pl
                        for n, column in enumerate(offer.table.columns, start=1)
                    }
                    self.documents[f"/resources/{ident}/data"] = {
                        "data": [],
                        "meta": {"count": offer.rows, "headers_map": heads},
                    }
            self.documents[f"/datasets/{number}/resources"] = {"data": listed, "links": {}}
        self.documents["/reports/brokenlinks/data"] = {"data": [], "links": {}}

    def _institution(self, listing: Listing) -> None:
        listed: list[Json] = []
        for number, (entry, _) in enumerate(choose(listing).entries, start=100):
            source: dict[str, Json] = {
                "type": "xml",
                "url": FEED,
                "title": "PIM",
                "last_import_timestamp": f"{listing.publication.date}T05:10:00Z",
            }
            codes: list[Json] = [{"code": code, "title": ""} for code in entry.dataset.categories]
            areas: list[Json] = [{"name": f"Województwo {n.pl}"} for n in VOIVODESHIPS.values()]
            told: dict[str, Json] = {
                "title": entry.dataset.title.pl,
                "source": source,
                "license_name": "CC BY 4.0",
                "update_frequency": "Nieregularnie",
                "categories": codes,
                "keywords": list[Json](entry.dataset.keywords_pl),
                "regions": areas,
            }
            self.attributes[entry.dataset.slug] = told
            listed.append(thing("dataset", str(number), told))
            self.documents[f"/datasets/{number}"] = {"data": thing("dataset", str(number), told)}
        path = f"/institutions/{INSTITUTION}/datasets"
        self.documents[path] = {"data": listed, "links": {}}

    def routes(self, base: str = "/1.4") -> Mapping[str, Route]:
        """Routes for a server; files are answered with a redirect, as the portal does."""
        found: dict[str, Route] = {
            f"{base}{path}": _document(copy.deepcopy(document))
            for path, document in self.documents.items()
        }
        for path, content in self.files.items():
            found[f"{base}{path}"] = _moved(f"/media{path}")
            found[f"/media{path}"] = _bytes(content)
        return found


def thing(kind: str, ident: str, attributes: dict[str, Json]) -> Json:
    """A JSON:API object."""
    return {"type": kind, "id": ident, "attributes": attributes}


def _document(document: Json) -> Route:
    body = json.dumps(document).encode()
    return lambda exchange: exchange.send(200, body, {"Content-Type": "application/vnd.api+json"})


def _bytes(content: bytes) -> Route:
    return lambda exchange: exchange.send(200, content)


def _moved(to: str) -> Route:
    def route(exchange: Exchange) -> None:
        exchange.send(302, headers={"Location": to})

    return route
