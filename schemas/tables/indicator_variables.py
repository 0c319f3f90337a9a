"""The list of indicators that are followed, and what it means in the Local Data Bank (BDL)."""

from schemas.columns import Codes, code, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import INDICATORS
from schemas.table import Table
from schemas.tables.networks import Networks
from schemas.text import Text


class IndicatorTheme(Codes):
    """What an indicator is about; also the partition in which its values are fetched and kept."""

    POPULATION = "population", "ludność", "population"
    LAND = "land", "powierzchnia i użytkowanie gruntów", "area and land use"
    GREENERY = "greenery", "tereny zieleni", "green areas"
    ENVIRONMENT = "environment", "woda, ścieki i odpady", "water, sewage and waste"
    AIR = "air", "jakość powietrza", "air quality"
    ENERGY = "energy", "energia i ciepło", "energy and heat"
    TRANSPORT = "transport", "transport", "transport"
    HOUSING = "housing", "mieszkalnictwo", "housing"
    REGENERATION = "regeneration", "rewitalizacja", "urban regeneration"
    PLANNING = "planning", "planowanie przestrzenne", "spatial planning"
    BUDGET = "budget", "budżet gminy", "municipal budget"
    EU_FUNDS = "eu_funds", "fundusze unijne", "EU funds"
    ECONOMY = "economy", "gospodarka i rynek pracy", "economy and labour market"
    DIGITAL = "digital", "usługi cyfrowe i partycypacja", "digital services and participation"


class Resolution(Codes):
    """Whether the choice on the list has been found among the variables of the subject."""

    NOT_FETCHED = "not_fetched", "jeszcze nie pobrano", "not fetched yet"
    FOUND = "found", "znaleziono", "found"
    NOT_FOUND = "not_found", "nie znaleziono w BDL", "not found in BDL"
    AMBIGUOUS = "ambiguous", "pasuje więcej niż jedna zmienna", "more than one variable fits"


class ValueScope(Codes):
    """The lowest level of units that a variable has values for."""

    GMINA = "gmina", "gmina", "gmina"
    POWIAT = "powiat", "powiat (tylko miasta na prawach powiatu)", "powiat (city counties only)"


class IndicatorVariables(Table):
    """Made from `indicator_list.csv`, kept by hand, and what the last fetch found for it."""

    name_pl = "zmienne_wskaznikow"
    title = Text("Lista wskaźników", "List of indicators")
    description = Text(
        "Wskaźniki Banku Danych Lokalnych wybrane dla sieci programu: temat w BDL, wybór "
        "w temacie i powód wyboru. Kolumny od stanu w BDL są puste, dopóki danych nie pobrano.",
        "Indicators of the Local Data Bank chosen for the networks of the programme: subject in "
        "BDL, choice within it and why. The columns from the state in BDL on are empty until "
        "data have been fetched.",
    )
    row = Text("jeden wybrany wskaźnik", "one chosen indicator")
    rows = Rows("m", "wskaźnik / wskaźniki / wskaźników", "indicator / indicators")
    dataset = INDICATORS

    indicator_id = identifier(
        "ind",
        "id_wskaznika",
        "Identyfikator wskaźnika",
        "Indicator identifier",
        "Stały identyfikator wskaźnika na liście.",
        "Permanent identifier of the indicator on the list.",
    )
    theme = code(
        IndicatorTheme,
        "dziedzina",
        "Dziedzina",
        "Theme",
        "Dziedzina, do której należy wskaźnik.",
        "Theme that the indicator belongs to.",
    )
    network_ids = reference(
        Networks.network_id,
        "id_sieci",
        "Sieci",
        "Networks",
        "Identyfikatory sieci, dla których wskaźnik jest ważny, rozdzielone średnikiem.",
        "Identifiers of the networks that the indicator matters for, separated by semicolons.",
        many=True,
    )
    indicator_name_pl = string(
        "nazwa_wskaznika",
        "Nazwa wskaźnika",
        "Indicator name in Polish",
        "Nazwa wskaźnika po polsku.",
        "Polish name of the indicator.",
        max_length=200,
    )
    indicator_name_en = string(
        "nazwa_wskaznika_en",
        "Nazwa wskaźnika po angielsku",
        "Indicator name in English",
        "Nazwa wskaźnika po angielsku.",
        "English name of the indicator.",
        max_length=200,
    )
    subject_id = string(
        "id_tematu_bdl",
        "Identyfikator tematu BDL",
        "BDL subject identifier",
        "Identyfikator podgrupy (tematu) w Banku Danych Lokalnych.",
        "Identifier of the subgroup (subject) in the Local Data Bank.",
        pattern=r"P\d{1,6}",
    )
    subject_name_pl = string(
        "nazwa_tematu_bdl",
        "Nazwa tematu BDL",
        "BDL subject name",
        "Nazwa podgrupy w Banku Danych Lokalnych.",
        "Name of the subgroup in the Local Data Bank, in Polish.",
        max_length=300,
    )
    selection = string(
        "wybor_w_temacie",
        "Wybór w temacie",
        "Choice within the subject",
        "Wzorce etykiet wymiarów rozdzielone znakami „ + ”; puste oznacza ogółem.",
        "Patterns of dimension labels separated by ' + '; empty means the total.",
        null=True,
        max_length=400,
        missing="X",
    )
    why_pl = string(
        "powod",
        "Powód wyboru",
        "Why chosen, in Polish",
        "Dlaczego wskaźnik jest ważny dla tych sieci.",
        "Why the indicator matters for these networks, in Polish.",
        max_length=400,
    )
    why_en = string(
        "powod_en",
        "Powód wyboru po angielsku",
        "Why chosen, in English",
        "Dlaczego wskaźnik jest ważny dla tych sieci, po angielsku.",
        "Why the indicator matters for these networks.",
        max_length=400,
    )
    resolution = code(
        Resolution,
        "stan_w_bdl",
        "Stan w BDL",
        "State in BDL",
        "Czy wybór z listy znaleziono wśród zmiennych tematu.",
        "Whether the choice was found among the variables of the subject.",
    )
    variable_id = integer(
        "id_zmiennej_bdl",
        "Identyfikator zmiennej BDL",
        "BDL variable identifier",
        "Numer zmiennej, którą wskaźnik oznacza teraz w Banku Danych Lokalnych.",
        "Number of the variable that the indicator means in the Local Data Bank now.",
        null=True,
        minimum=1,
    )
    variable_labels = string(
        "etykiety_zmiennej",
        "Etykiety zmiennej",
        "Variable labels",
        "Etykiety zmiennej w wymiarach tematu, rozdzielone znakami „ + ”.",
        "Labels of the variable on the dimensions of the subject, separated by ' + '.",
        null=True,
        max_length=1000,
    )
    unit = string(
        "jednostka_miary",
        "Jednostka miary",
        "Unit of measure",
        "Jednostka miary podana przez GUS.",
        "Unit of measure that Statistics Poland gives.",
        null=True,
        max_length=100,
    )
    scope = code(
        ValueScope,
        "poziom_danych",
        "Poziom danych",
        "Level of the data",
        "Najniższy poziom jednostek, dla których zmienna ma wartości.",
        "Lowest level of units that the variable has values for.",
        null=True,
    )
