"""PRG: the boundaries of gminas and towns that GUGiK keeps, by its WFS service."""

from schemas.text import Text
from sources.catalogue import Licence, Source
from sources.keepers import GUGIK
from sources.snapshots.reading import boundaries
from sources.ways import by_address

BOUNDARIES = Source(
    name="boundaries",
    title=Text("PRG: granice gmin i miast", "PRG: boundaries of gminas and towns"),
    publisher=GUGIK,
    page="https://www.geoportal.gov.pl/dane/panstwowy-rejestr-granic",
    address=(
        "https://mapy.geoportal.gov.pl/wss/service/PZGIK/PRG/WFS/AdministrativeBoundaries"
        "?SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=ms:A03_Granice_gmin"
    ),
    hosts=frozenset({"mapy.geoportal.gov.pl"}),
    licence=Licence(
        Text(
            "bezpłatnie: art. 40a ust. 2 Prawa geodezyjnego i kartograficznego",
            "free of charge: art. 40a(2) of the Geodetic and Cartographic Law",
        ),
        "https://isap.sejm.gov.pl/isap.nsf/DocDetails.xsp?id=WDU19890300163",
    ),
    attribution=Text(
        "Źródło: Państwowy Rejestr Granic, Główny Urząd Geodezji i Kartografii (geoportal.gov.pl)",
        "Source: National Register of Boundaries, Head Office of Geodesy and Cartography of "
        "Poland (geoportal.gov.pl)",
    ),
    rhythm=Text("raz w roku, stan na 1 stycznia", "once a year, state of 1 January"),
    check_days=366,
    media_types=("application/gml+xml", "text/xml", "application/xml"),
    max_bytes=512 * 2**20,
    judge=boundaries,
    fetch=by_address,
)
