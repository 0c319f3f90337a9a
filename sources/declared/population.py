"""The yearly workbook of GUS on area and population, by town and gmina."""

from schemas.text import Text
from sources.catalogue import Source
from sources.keepers import GUS, GUS_LICENCE, POPULATION_ATTRIBUTION, XLSX
from sources.snapshots.reading import population
from sources.ways import by_page

_TITLE = r"powierzchnia.i.ludno(?:ść|sc).w.przekroju.terytorialnym\D{0,10}(?P<year>\d{4})"
"""As in the title of an edition, in the address of its page and in the name of its file."""

POPULATION = Source(
    name="population",
    title=Text(
        "Powierzchnia i ludność w przekroju terytorialnym",
        "Area and population in the territorial profile",
    ),
    publisher=GUS,
    page="https://stat.gov.pl/obszary-tematyczne/ludnosc/ludnosc/",
    # The file has another name and address every year: from the list of publications to the page
    # of the newest edition, from there to its workbook; a corrected one is named "errata".
    links=(
        rf"^(?=\S*\.html ).*?{_TITLE}",
        rf"^(?=\S*\.xlsx ).*?{_TITLE}(?:\S*(?P<prefer>errata))?",
    ),
    hosts=frozenset({"stat.gov.pl"}),
    licence=GUS_LICENCE,
    attribution=POPULATION_ATTRIBUTION,
    rhythm=Text("raz w roku, między kwietniem a lipcem", "once a year, between April and July"),
    check_days=366,
    media_types=(XLSX,),
    max_bytes=32 * 2**20,
    judge=population,
    fetch=by_page,
    may_lose=0.05,
)
