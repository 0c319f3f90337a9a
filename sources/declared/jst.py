"""Baza JST: the address list of local governments. No licence is stated: for checking only."""

from schemas.text import Text
from sources.catalogue import Licence, Source
from sources.keepers import MSWIA
from sources.snapshots.reading import jst
from sources.ways import by_address

JST = Source(
    name="jst",
    title=Text(
        "Baza teleadresowa jednostek samorządu terytorialnego",
        "Address list of local governments",
    ),
    publisher=MSWIA,
    page="https://www.gov.pl/web/mswia/baza-jst",
    hosts=frozenset({"www.gov.pl", "gov.pl"}),
    licence=Licence(
        Text("nie podano; używane tylko do sprawdzania", "not stated; used for checking only"),
        publishable=False,
    ),
    attribution=Text(
        "Źródło: Ministerstwo Spraw Wewnętrznych i Administracji, Baza JST",
        "Source: Ministry of the Interior and Administration, Baza JST",
    ),
    rhythm=Text("nieregularnie; sprawdzamy co pół roku", "irregularly; we look twice a year"),
    check_days=183,
    media_types=("text/csv", "application/vnd.ms-excel", "text/plain"),
    max_bytes=16 * 2**20,
    judge=jst,
    fetch=by_address,
)
