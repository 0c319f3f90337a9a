"""The yearly workbook of GUS on area and population, by town and gmina."""

from schemas.text import Text
from sources.catalogue import Source
from sources.keepers import GUS, GUS_LICENCE, POPULATION_ATTRIBUTION, XLSX
from sources.snapshots.reading import population
from sources.ways import by_address

POPULATION = Source(
    name="population",
    title=Text(
        "Powierzchnia i ludność w przekroju terytorialnym",
        "Area and population in the territorial profile",
    ),
    publisher=GUS,
    page="https://stat.gov.pl/obszary-tematyczne/ludnosc/ludnosc/",
    # The file has another name and address every year: sources.toml says which.
    hosts=frozenset({"stat.gov.pl"}),
    licence=GUS_LICENCE,
    attribution=POPULATION_ATTRIBUTION,
    rhythm=Text("raz w roku, między kwietniem a lipcem", "once a year, between April and July"),
    check_days=366,
    media_types=(XLSX,),
    max_bytes=32 * 2**20,
    judge=population,
    fetch=by_address,
    may_lose=0.05,
)
