"""LAU: the local administrative units of Eurostat, with their NUTS regions."""

from schemas.text import Text
from sources.catalogue import Licence, Source
from sources.keepers import EUROSTAT
from sources.snapshots.reading import lau
from sources.ways import by_page

LAU = Source(
    name="lau",
    title=Text("LAU i NUTS: kody europejskie", "LAU and NUTS: European codes"),
    publisher=EUROSTAT,
    page="https://ec.europa.eu/eurostat/web/nuts/local-administrative-units",
    # Eurostat's page links workbooks, which nobody reads here; sources.toml says where a table is.
    hosts=frozenset({"ec.europa.eu", "gisco-services.ec.europa.eu"}),
    licence=Licence(
        Text(
            "ponowne wykorzystanie z podaniem źródła i uwagą o prawach autorskich",
            "reuse with the source and the copyright notice",
        ),
        "https://ec.europa.eu/eurostat/web/gisco/geodata/administrative-units",
    ),
    attribution=Text(
        "Źródło: Eurostat (GISCO); © EuroGeographics w zakresie granic administracyjnych",
        "Source: Eurostat (GISCO); © EuroGeographics for the administrative boundaries",
    ),
    rhythm=Text("raz w roku, pod koniec roku", "once a year, near its end"),
    check_days=366,
    media_types=("text/csv", "text/plain"),
    judge=lau,
    fetch=by_page,
    may_lose=0.05,
)
