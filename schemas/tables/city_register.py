"""The city register: participating cities, and the gminas they may be confused with."""

from schemas.columns import Codes, code, date, reference, string
from schemas.counting import Rows
from schemas.datasets import CITIES_AND_NETWORKS
from schemas.table import Table
from schemas.tables.participants import Participants
from schemas.tables.units import Units
from schemas.text import Text


class GminaKind(Codes):
    """The kind of a whole gmina: the last digit of its TERC code, 1 to 3."""

    URBAN = "urban", "gmina miejska", "urban gmina"
    RURAL = "rural", "gmina wiejska", "rural gmina"
    URBAN_RURAL = "urban_rural", "gmina miejsko-wiejska", "urban-rural gmina"


class NameRelation(Codes):
    """How the name of a gmina stands to the name of the participating city."""

    SELF = "self", "to miasto", "the city itself"
    HOMONYM = "homonym", "ta sama nazwa, inna gmina", "same name, another gmina"
    NEAR = "near_name", "podobna nazwa, inna gmina", "similar name, another gmina"


class CityRegister(Table):
    """Derived by `reconcile.namesakes` from participants and units; never edited."""

    name_pl = "rejestr_miast"
    title = Text("Rejestr miast i nazw podobnych", "Register of cities and similar names")
    description = Text(
        "Miasta uczestniczące w programie z kodem TERC, rodzajem gminy, powiatem "
        "i województwem, a obok nich gminy o tej samej lub podobnej nazwie, z którymi można "
        "je pomylić. Na podstawie rejestru TERC Głównego Urzędu Statystycznego.",
        "Participating cities with TERC code, kind of gmina, powiat and voivodeship, and beside "
        "them the gminas of the same or a similar name that they may be confused with. Based on "
        "the TERC register of Statistics Poland.",
    )
    row = Text(
        "jedna gmina zestawiona z jednym uczestnikiem", "one gmina set beside one participant"
    )
    rows = Rows(
        "f",
        "nazwa w rejestrze / nazwy w rejestrze / nazw w rejestrze",
        "name in the register / names in the register",
    )
    dataset = CITIES_AND_NETWORKS

    participant_id = reference(
        Participants.participant_id,
        "id_uczestnika",
        "Identyfikator uczestnika",
        "Participant identifier",
        "Miasto uczestniczące w programie, z którym zestawiono gminę.",
        "Participating city that the gmina is set beside.",
        key=True,
    )
    terc = reference(
        Units.terc,
        "terc",
        "Kod TERC",
        "TERC code",
        "Siedmiocyfrowy kod gminy w rejestrze TERC.",
        "Seven-digit code of the gmina in the TERC register.",
        key=True,
    )
    gmina_name = string(
        "nazwa_gminy",
        "Nazwa gminy",
        "Gmina name",
        "Nazwa gminy w rejestrze TERC.",
        "Name of the gmina in the TERC register.",
        max_length=100,
    )
    relation = code(
        NameRelation,
        "relacja",
        "Relacja nazw",
        "Relation of names",
        "Czy gmina jest tym miastem, czy tylko nosi taką samą lub podobną nazwę.",
        "Whether the gmina is the city, or only has the same or a similar name.",
    )
    gmina_kind = code(
        GminaKind,
        "rodzaj_gminy",
        "Rodzaj gminy",
        "Gmina kind",
        "Czy gmina jest miejska, wiejska czy miejsko-wiejska.",
        "Whether the gmina is urban, rural or urban-rural.",
    )
    powiat_code = string(
        "kod_powiatu",
        "Kod powiatu",
        "Powiat code",
        "Czterocyfrowy kod TERC powiatu.",
        "Four-digit TERC code of the powiat.",
        pattern=r"\d{4}",
    )
    powiat_name = string(
        "powiat",
        "Powiat",
        "Powiat",
        "Nazwa powiatu albo miasta na prawach powiatu.",
        "Name of the powiat or of the city with powiat rights.",
        max_length=100,
    )
    voivodeship_code = string(
        "kod_wojewodztwa",
        "Kod województwa",
        "Voivodeship code",
        "Dwucyfrowy kod TERC województwa.",
        "Two-digit TERC code of the voivodeship.",
        pattern=r"\d{2}",
    )
    voivodeship_name = string(
        "wojewodztwo",
        "Województwo",
        "Voivodeship",
        "Nazwa województwa.",
        "Name of the voivodeship.",
        max_length=100,
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, na który rejestr TERC podaje gminę.",
        "Day for which the TERC register lists the gmina.",
    )
