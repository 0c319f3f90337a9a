"""Where the participating cities lie, from the register of boundaries (PRG)."""

from schemas.columns import date, number, reference, string
from schemas.counting import Rows
from schemas.datasets import CITY_REGISTER
from schemas.table import Table
from schemas.tables.register import Cities
from schemas.text import Text

_DEGREE = Text("stopień", "degree")


class CityPlaces(Table):
    """A point inside each city, for maps; empty until boundaries have been fetched."""

    name_pl = "polozenie_miast"
    title = Text("Położenie miast", "Places of cities")
    description = Text(
        "Punkt wewnątrz granic każdego miasta (WGS84), z Państwowego Rejestru Granic. Same "
        "granice są obok w pliku GeoJSON. Pusta, dopóki nie pobrano granic.",
        "A point within the boundaries of each city (WGS84), from the National Register of "
        "Boundaries. The boundaries are beside it as GeoJSON. Empty until they have been fetched.",
    )
    row = Text("jedno miasto", "one city")
    rows = Rows(
        "n",
        "położenie miasta / położenia miast / położeń miast",
        "place of a city / places of cities",
    )
    dataset = CITY_REGISTER

    city_id = reference(
        Cities.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta.",
        "Permanent identifier of the city.",
        key=True,
    )
    place_name = string(
        "nazwa",
        "Nazwa",
        "Name",
        "Nazwa do podpisania punktu na mapie.",
        "Name to label the point on a map.",
        max_length=200,
    )
    longitude = number(
        "dlugosc_geo",
        "Długość geograficzna",
        "Longitude",
        "Długość geograficzna w układzie WGS84.",
        "Longitude in WGS84.",
        scale=5,
        minimum=-180,
        maximum=180,
        unit=_DEGREE,
    )
    latitude = number(
        "szerokosc_geo",
        "Szerokość geograficzna",
        "Latitude",
        "Szerokość geograficzna w układzie WGS84.",
        "Latitude in WGS84.",
        scale=5,
        minimum=-90,
        maximum=90,
        unit=_DEGREE,
    )
    retrieved_on = date(
        "data_pobrania",
        "Data pobrania",
        "Retrieved on",
        "Dzień, w którym pobrano granice.",
        "Day on which the boundaries were fetched.",
    )
