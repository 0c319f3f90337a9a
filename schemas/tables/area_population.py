"""Area and population of the participating cities, from the yearly workbook of GUS."""

from schemas.columns import Column, code, date, integer, reference
from schemas.counting import Rows
from schemas.datasets import INDICATORS
from schemas.missing import MissingReason
from schemas.table import Table
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
        "Powierzchnia i liczba ludności gmin, którymi są miasta programu, z publikacji GUS "
        "„Powierzchnia i ludność w przekroju terytorialnym”. Pusta, dopóki nie pobrano pliku.",
        "Area and population of the gminas that the participating cities are, from the GUS "
        "publication 'Area and population in the territorial profile'. Empty until its file has "
        "been fetched.",
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
