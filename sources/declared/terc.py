"""TERC: the units of the territorial division, the register that cities are known by."""

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

TERC = Source(
    name="terc",
    title=Text("TERC: podział terytorialny", "TERC: territorial division"),
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
    max_bytes=8 * 2**20,
    judge=teryt("TERC", city_register=True),
    fetch=teryt_set("TERC"),
)
