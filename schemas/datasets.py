"""The data sets: what goes out together, under one address and one licence.

A table joins a data set by naming it; adding a data set is one entry here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from schemas.text import Text

Frequency = Literal[
    "daily",
    "weekly",
    "monthly",
    "quarterly",
    "everyHalfYear",
    "yearly",
    "irregular",
    "notPlanned",
]
"""Update frequencies in the words of dane.gov.pl."""


@dataclass(frozen=True)
class Flags:
    """What the law calls a data set, who decided it, when and why.

    The act of 11 August 2021 (Dz.U. 2023 poz. 1524, art. 2) and Implementing Regulation (EU)
    2023/138 define the kinds. The owner is a unit or a role, never a person.
    """

    owner: Text
    decided: date
    reason: Text
    dynamic: bool = False
    high_value: bool = False
    high_value_ec: bool = False
    """On the list of the European Commission; then also `high_value`."""
    research: bool = False


ORDINARY = Flags(
    owner=Text("Zespół projektu „PIM – otwarte dane”", "Team of the project 'PIM open data'"),
    decided=date(2026, 11, 24),
    reason=Text(
        "Opis programu i wskaźniki miast nie należą do żadnej z sześciu kategorii rozporządzenia "
        "(UE) 2023/138, nie zmieniają się w czasie rzeczywistym i nie są wynikiem badań naukowych.",
        "The description of the programme and indicators of cities belong to none of the six "
        "themes of Regulation (EU) 2023/138, do not change in real time and come from no "
        "scientific research.",
    ),
)
"""Neither of high value nor dynamic nor of research."""


@dataclass(frozen=True)
class DataSet:
    """A published data set: its address part, texts and portal facts."""

    slug: str
    """Folder and address part, for ever."""
    title: Text
    description: Text
    keywords_pl: tuple[str, ...]
    keywords_en: tuple[str, ...]
    categories: tuple[str, ...]
    """Category codes of dane.gov.pl, the same as EU data themes."""
    frequency: Frequency = "irregular"
    flags: Flags | None = None
    """None: nobody has decided yet. Then the portal is told no to each, and the check says so."""


CITIES_AND_NETWORKS = DataSet(
    slug="miasta-i-sieci",
    title=Text(
        "Partnerska Inicjatywa Miast: miasta i sieci",
        "Cities' Partnership Initiative: cities and networks",
    ),
    description=Text(
        "Edycje programu, sieci tematyczne i wszystkie nazwy, jakie nosiły, uczestnicy i ich "
        "udział w sieciach, z kodami TERC miast i z nazwami, z którymi można je pomylić.",
        "Editions of the programme, thematic networks and every name that they have borne, "
        "participants and the networks that they joined, with the TERC codes of the cities and "
        "the names that they may be confused with.",
    ),
    keywords_pl=("Partnerska Inicjatywa Miast", "miasta", "polityka miejska", "sieci miast"),
    keywords_en=("Cities' Partnership Initiative", "cities", "urban policy", "city networks"),
    categories=("REGI", "GOVE"),
    flags=ORDINARY,
)
ACTION_PLANS = DataSet(
    slug="mid",
    title=Text(
        "Miejskie Inicjatywy Działania (MID)",
        "Municipal action plans (MID)",
    ),
    description=Text(
        "Miejskie Inicjatywy Działania: plany, które każdy uczestnik opracowuje w sieci. Zbiór "
        "pokazuje także to, czego o nich nie wiadomo.",
        "Municipal action plans: what every participant of a network prepares. The data set "
        "also shows what is not known about them.",
    ),
    keywords_pl=("Miejska Inicjatywa Działania", "MID", "Partnerska Inicjatywa Miast"),
    keywords_en=("municipal action plan", "MID", "Cities' Partnership Initiative"),
    categories=("REGI", "GOVE"),
    flags=ORDINARY,
)
IMPROVEMENT_PLANS = DataSet(
    slug="plany-ulepszen",
    title=Text(
        "Plany Ulepszeń i rekomendacje dla administracji centralnej",
        "Improvement plans and recommendations to central government",
    ),
    description=Text(
        "Plany Ulepszeń sieci tematycznych, ich wymagane części, rekomendacje (prawo, finanse, "
        "wiedza) i dobre praktyki.",
        "Improvement plans of the thematic networks, their required parts, recommendations "
        "(law, finance, knowledge) and good practices.",
    ),
    keywords_pl=("Plan Ulepszeń", "rekomendacje", "dobre praktyki", "polityka miejska"),
    keywords_en=("improvement plan", "recommendations", "good practice", "urban policy"),
    categories=("REGI", "GOVE"),
    flags=ORDINARY,
)
CHRONICLE = DataSet(
    slug="kronika",
    title=Text(
        "Kronika Partnerskiej Inicjatywy Miast",
        "Chronicle of the Cities' Partnership Initiative",
    ),
    description=Text(
        "Nabory i wydarzenia, dokumenty, instytucje i ich role, cele, zagadnienia, formy pracy, "
        "zmiany zasad, ankiety, strategie oraz liczby w czasie.",
        "Calls and events, documents, institutions and their roles, goals, issues, forms of "
        "work, rule changes, surveys, strategies and counts over time.",
    ),
    keywords_pl=("Partnerska Inicjatywa Miast", "wydarzenia", "dokumenty", "historia programu"),
    keywords_en=("Cities' Partnership Initiative", "events", "documents", "programme history"),
    categories=("REGI", "GOVE"),
    flags=ORDINARY,
)
DATA_QUALITY = DataSet(
    slug="jakosc-danych",
    title=Text(
        "Jakość danych o Partnerskiej Inicjatywie Miast",
        "Quality of the data on the Cities' Partnership Initiative",
    ),
    description=Text(
        "Ile wiadomo o każdej edycji, gdzie źródła są sprzeczne i jak to rozstrzygnięto, ile "
        "wierszy odrzucono i z jakiego powodu.",
        "How much is known of each edition, where sources disagree and how it was judged, how "
        "many rows were rejected and why.",
    ),
    keywords_pl=("jakość danych", "kompletność", "sprzeczności źródeł"),
    keywords_en=("data quality", "completeness", "conflicting sources"),
    categories=("GOVE", "REGI"),
    flags=ORDINARY,
)
CITY_REGISTER = DataSet(
    slug="rejestr-miast",
    title=Text(
        "Rejestr miast Partnerskiej Inicjatywy Miast: kody i zmiany w czasie",
        "Register of the cities of the Cities' Partnership Initiative: codes and changes",
    ),
    description=Text(
        "Stałe identyfikatory miast i gmin, które nie zmieniają się razem z kodem, nazwą ani "
        "rodzajem gminy; miasta programu w kolejnych stanach rejestru TERC, ich kody w TERYT "
        "i w Banku Danych Lokalnych oraz wszystkie zmiany kodów, nazw i rodzajów gmin od 2016 "
        "roku, każda z dowodem. Na podstawie rejestrów Głównego Urzędu Statystycznego.",
        "Permanent identifiers of cities and gminas that do not change with the code, the name "
        "or the kind of a gmina; the participating cities in the states of the TERC register, "
        "their codes in TERYT and in the Local Data Bank, and all changes of codes, names and "
        "kinds of gminas since 2016, each with its evidence. Based on registers of Statistics "
        "Poland.",
    ),
    keywords_pl=("miasta", "gminy", "TERYT", "kody terytorialne", "zmiany podziału terytorialnego"),
    keywords_en=("cities", "gminas", "TERYT", "territorial codes", "territorial changes"),
    categories=("REGI", "GOVE"),
    frequency="yearly",
    flags=ORDINARY,
)
INDICATORS = DataSet(
    slug="wskazniki",
    title=Text(
        "Wskaźniki miast Partnerskiej Inicjatywy Miast",
        "Indicators of the cities of the Cities' Partnership Initiative",
    ),
    description=Text(
        "Wskaźniki z Banku Danych Lokalnych GUS ważne dla sieci programu: ludność, zieleń, "
        "powietrze, transport, mieszkania, energia, budżet i fundusze unijne, usługi cyfrowe. "
        "Każda wartość ma atrybut nadany przez GUS i powód, jeśli jej brak; poprawki GUS są "
        "zachowane jako rewizje. Dopóki danych nie pobrano, zbiór zawiera tylko listę wskaźników.",
        "Indicators of the Local Data Bank of Statistics Poland that matter for the networks of "
        "the programme: population, green areas, air, transport, housing, energy, budget and EU "
        "funds, digital services. Every value has the attribute that Statistics Poland gave it, "
        "and a reason where it is missing; corrections are kept as revisions. Until data have "
        "been fetched the data set holds the list of indicators alone.",
    ),
    keywords_pl=("wskaźniki miast", "Bank Danych Lokalnych", "statystyka publiczna", "miasta"),
    keywords_en=("city indicators", "Local Data Bank", "official statistics", "cities"),
    categories=("REGI", "SOCI", "ENVI"),
    flags=ORDINARY,
)
