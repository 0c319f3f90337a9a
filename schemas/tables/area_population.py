"""Area and population of the participating cities, from the yearly workbook of GUS."""

from schemas.columns import Column, code, date, integer, reference
from schemas.counting import Rows
from schemas.datasets import INDICATORS
from schemas.missing import MissingReason
from schemas.table import RowRule, Table
from schemas.tables.register import Cities
from schemas.text import Text


def _reason(name_pl: str, of_pl: str, of_en: str) -> Column:
    return code(
        MissingReason,
        name_pl,
        f"Powód braku {of_pl}",
        f"Reason for no {of_en}",
        "Dlaczego nie ma wartości, jeśli jej brak.",
        "Why there is no value, where there is none.",
        null=True,
        missing="X",
    )


class AreaPopulation(Table):
    """One row a city and state of the territorial division; empty until a workbook is there."""

    name_pl = "powierzchnia_i_ludnosc"
    title = Text("Powierzchnia i ludność miast", "Area and population of cities")
    description = Text(
        "Powierzchnia i liczba ludności gmin, którymi są miasta programu, i samych miast, z "
        "publikacji GUS "
        "„Powierzchnia i ludność w przekroju terytorialnym”. Pusta, dopóki nie pobrano pliku.",
        "Area and population of the gminas that the participating cities are, and of the towns "
        "alone, from the GUS publication 'Area and population in the territorial profile'. Empty "
        "until its file has been fetched.",
    )
    row = Text("jedno miasto w jednym roku", "one city in one year")
    rows = Rows(
        "m",
        "roczny stan miasta / roczne stany miast / rocznych stanów miast",
        "yearly state of a city / yearly states of cities",
    )
    dataset = INDICATORS
    max_rejected = 0.01

    city_id = reference(
        Cities.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta.",
        "Permanent identifier of the city.",
        key=True,
    )
    state_date = date(
        "stan_na",
        "Stan na",
        "State date",
        "Dzień, na który podano podział terytorialny i powierzchnię.",
        "Day of the territorial division and area.",
        key=True,
    )
    area_ha = integer(
        "powierzchnia_ha",
        "Powierzchnia",
        "Area",
        "Powierzchnia gminy.",
        "Area of the gmina.",
        null=True,
        unit=Text("hektar", "hectare"),
    )
    area_missing = _reason("powod_braku_powierzchni", "powierzchni", "area")
    population = integer(
        "ludnosc",
        "Ludność",
        "Population",
        "Liczba ludności gminy.",
        "Population of the gmina.",
        null=True,
        unit=Text("osoba", "person"),
    )
    population_missing = _reason("powod_braku_ludnosci", "ludności", "population")
    town_area_ha = integer(
        "powierzchnia_miasta_ha",
        "Powierzchnia miasta",
        "Area of the town",
        "Powierzchnia samego miasta; w gminie miejsko-wiejskiej bez obszaru wiejskiego.",
        "Area of the town alone; in an urban-rural gmina without the rural area.",
        null=True,
        unit=Text("hektar", "hectare"),
    )
    town_area_missing = _reason(
        "powod_braku_powierzchni_miasta", "powierzchni miasta", "area of the town"
    )
    town_population = integer(
        "ludnosc_miasta",
        "Ludność miasta",
        "Population of the town",
        "Liczba ludności samego miasta; w gminie miejsko-wiejskiej bez obszaru wiejskiego.",
        "Population of the town alone; in an urban-rural gmina without the rural area.",
        null=True,
        unit=Text("osoba", "person"),
    )
    town_population_missing = _reason(
        "powod_braku_ludnosci_miasta", "ludności miasta", "population of the town"
    )


def _value_or_reason(value: Column, reason: Column) -> RowRule:
    return RowRule(
        f"{value.name}_or_reason",
        value.col.is_null() == reason.col.is_not_null(),
        Text(
            "Potrzebna jest wartość albo powód jej braku, a nie oba naraz.",
            "Either a value or the reason why there is none is needed, not both.",
        ),
        (value, reason),
    )


AreaPopulation.rules = (
    _value_or_reason(AreaPopulation.area_ha, AreaPopulation.area_missing),
    _value_or_reason(AreaPopulation.population, AreaPopulation.population_missing),
    _value_or_reason(AreaPopulation.town_area_ha, AreaPopulation.town_area_missing),
    _value_or_reason(AreaPopulation.town_population, AreaPopulation.town_population_missing),
)
