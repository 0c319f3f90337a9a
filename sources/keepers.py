"""Who keeps the sources, on which terms, and the line that whoever uses them must show."""

from schemas.text import Text
from sources.catalogue import Licence

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

GUS = Text("Główny Urząd Statystyczny", "Statistics Poland")
GUGIK = Text(
    "Główny Urząd Geodezji i Kartografii", "Head Office of Geodesy and Cartography of Poland"
)
MSWIA = Text(
    "Ministerstwo Spraw Wewnętrznych i Administracji",
    "Ministry of the Interior and Administration",
)
EUROSTAT = Text("Eurostat", "Eurostat")

GUS_LICENCE = Licence(
    Text(
        "ponowne wykorzystanie z podaniem źródła (zasady GUS)",
        "reuse with the source given (terms of Statistics Poland)",
    ),
    "https://stat.gov.pl/copyright",
)
TERYT_ATTRIBUTION = Text(
    "Źródło: Główny Urząd Statystyczny, rejestr TERYT (eteryt.stat.gov.pl)",
    "Source: Statistics Poland, TERYT register (eteryt.stat.gov.pl)",
)
BDL_ATTRIBUTION = Text(
    "Źródło: Główny Urząd Statystyczny, Bank Danych Lokalnych (bdl.stat.gov.pl)",
    "Source: Statistics Poland, Local Data Bank (bdl.stat.gov.pl)",
)
POPULATION_ATTRIBUTION = Text(
    "Źródło: Główny Urząd Statystyczny, „Powierzchnia i ludność w przekroju terytorialnym”",
    "Source: Statistics Poland, 'Area and population in the territorial profile'",
)

TERYT_PAGE = "https://eteryt.stat.gov.pl/"
TERYT_FORM = (
    "https://eteryt.stat.gov.pl/eTeryt/rejestr_teryt/udostepnianie_danych/baza_teryt/"
    "uzytkownicy_indywidualni/pobieranie/pliki_pelne.aspx?contrast=default"
)
TERYT_CHANGES_FORM = TERYT_FORM.replace("pliki_pelne", "pliki_aktualizacyjne")
TERYTWS_HOSTS = frozenset({"uslugaterytws1.stat.gov.pl", "uslugaterytws1test.stat.gov.pl"})
"""The service, and the trial service that GUS keeps beside it."""
ETERYT_HOSTS = frozenset({"eteryt.stat.gov.pl"}) | TERYTWS_HOSTS
