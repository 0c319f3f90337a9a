"""ULIC: streets."""

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

ULIC = Source(
    name="ulic",
    title=Text("ULIC: ulice", "ULIC: streets"),
    publisher=GUS,
    page=TERYT_PAGE,
    address=TERYT_FORM,
    hosts=ETERYT_HOSTS,
    licence=GUS_LICENCE,
    attribution=TERYT_ATTRIBUTION,
    rhythm=Text("codziennie; sprawdzamy co miesiąc", "every day; we look every month"),
    check_days=31,
    state_days=62,
    max_bytes=64 * 2**20,
    judge=teryt("ULIC"),
    fetch=teryt_set("ULIC"),
)
