"""Baza JST: the address list of local governments. No licence is stated: for checking only."""

from schemas.text import Text
from sources.catalogue import Licence, Source
from sources.keepers import MSWIA, XLSX
from sources.snapshots.reading import jst
from sources.ways import by_page

_FORM = r"(?<![a-z])(?:(?P<prefer>csv)|xlsx?)(?![a-z])"
_DAY = r"(?<!\d)(?P<day>\d\d)[._-]?(?P<month>\d\d)[._-]?(?P<year>20\d\d)(?!\d)"

JST = Source(
    name="jst",
    title=Text(
        "Baza teleadresowa jednostek samorządu terytorialnego",
        "Address list of local governments",
    ),
    publisher=MSWIA,
    page="https://www.gov.pl/web/mswia/baza-jst",
    # An attachment has no name in its address: words beside it say form and day. All forms are
    # read; of one day CSV is preferred, whose codes cannot have lost a zero in a cell of numbers.
    links=(rf"^/attachment/\S+ (?=.*{_FORM})(?:.*?{_DAY})?",),
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
    media_types=("text/csv", "application/vnd.ms-excel", XLSX, "text/plain"),
    max_bytes=16 * 2**20,
    judge=jst,
    fetch=by_page,
)
