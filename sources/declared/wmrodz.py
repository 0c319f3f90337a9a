"""WMRODZ: the kinds of localities that SIMC refers to."""

from schemas.text import Text
from sources.catalogue import Source
from sources.keepers import (
    ETERYT_HOSTS,
    GUS,
    GUS_LICENCE,
    TERYT_ATTRIBUTION,
    TERYT_FORM,
    TERYT_PAGE,
)
from sources.snapshots.judging import teryt
from sources.ways import teryt_set

WMRODZ = Source(
    name="wmrodz",
    title=Text("WMRODZ: rodzaje miejscowości", "WMRODZ: kinds of localities"),
    publisher=GUS,
    page=TERYT_PAGE,
    address=TERYT_FORM,
    hosts=ETERYT_HOSTS,
    licence=GUS_LICENCE,
    attribution=TERYT_ATTRIBUTION,
    rhythm=Text(
        "rzadko, od 2013 r. bez zmian; sprawdzamy co miesiąc",
        "rarely, unchanged since 2013; we look every month",
    ),
    check_days=31,
    max_bytes=2**20,
    judge=teryt("WMRODZ"),
    fetch=teryt_set("WMRODZ"),
)
