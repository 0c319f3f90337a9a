"""SIMC: localities and their permanent identifiers."""

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

SIMC = Source(
    name="simc",
    title=Text("SIMC: miejscowości", "SIMC: localities"),
    publisher=GUS,
    page=TERYT_PAGE,
    address=TERYT_FORM,
    hosts=ETERYT_HOSTS,
    licence=GUS_LICENCE,
    attribution=TERYT_ATTRIBUTION,
    rhythm=Text(
        "raz w roku, 1 stycznia; sprawdzamy co miesiąc",
        "once a year, on 1 January; we look every month",
    ),
    check_days=31,
    state_days=400,
    max_bytes=32 * 2**20,
    judge=teryt("SIMC"),
    fetch=teryt_set("SIMC"),
)
