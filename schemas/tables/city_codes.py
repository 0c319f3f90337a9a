"""Codes of the participating cities in the registers that data come keyed by."""

from schemas.columns import Codes, code, reference, string
from schemas.counting import Rows
from schemas.datasets import CITY_REGISTER
from schemas.table import RowRule, Table
from schemas.tables.register import Cities, CityIds, RegisterStates
from schemas.text import Text


class CodeSystem(Codes):
    """Whose code it is, and for which unit of the city."""

    TERC = "terc", "TERC: gmina", "TERC: gmina"
    TERC_TOWN = (
        "terc_town",
        "TERC: miasto w gminie miejsko-wiejskiej",
        "TERC: town within an urban-rural gmina",
    )
    TERC_POWIAT = (
        "terc_powiat",
        "TERC: powiat, którym jest to miasto",
        "TERC: powiat that the city is",
    )
    SIMC = "simc", "SIMC: miejscowość", "SIMC: locality"
    BDL_GMINA = "bdl_gmina", "BDL: jednostka poziomu 6 (gmina)", "BDL: unit of level 6 (gmina)"
    BDL_POWIAT = (
        "bdl_powiat",
        "BDL: jednostka poziomu 5 (powiat), którą jest to miasto",
        "BDL: unit of level 5 (powiat) that the city is",
    )
    LAU = "lau", "LAU: jednostka lokalna Eurostatu", "LAU: local unit of Eurostat"
    NUTS_3 = "nuts_3", "NUTS 3: podregion", "NUTS 3: subregion"
    NUTS_2 = "nuts_2", "NUTS 2: region", "NUTS 2: region"


class CodeColumns(Table):
    """Columns of one code of one city."""

    code_system = code(
        CodeSystem,
        "rodzaj_kodu",
        "Rodzaj kodu",
        "Code system",
        "Który rejestr i która jednostka ma ten kod.",
        "Which register and which unit has the code.",
        key=True,
    )
    city_code = string(
        "kod",
        "Kod",
        "Code",
        "Kod jako tekst: zera na początku są jego częścią.",
        "The code as text: leading zeros belong to it.",
        key=True,
        pattern=r"\d{4}|\d{7}|\d{12,13}|PL[0-9A-Z]{2,3}",
    )
    state = reference(
        RegisterStates.state_id,
        "stan_rejestru",
        "Stan rejestru",
        "Register state",
        "Najnowszy znany stan rejestru, w którym miasto ma ten kod.",
        "Newest known state of the register in which the city has the code.",
    )


_LENGTHS = {
    CodeSystem.TERC: 7,
    CodeSystem.TERC_TOWN: 7,
    CodeSystem.TERC_POWIAT: 4,
    CodeSystem.SIMC: 7,
    CodeSystem.BDL_GMINA: 12,
    CodeSystem.BDL_POWIAT: 12,
    CodeSystem.LAU: 13,
    CodeSystem.NUTS_3: 5,
    CodeSystem.NUTS_2: 4,
}

RULES = (
    RowRule(
        name="length_fits_system",
        good=CodeColumns.city_code.col.str.len_bytes()
        == CodeColumns.code_system.col.replace_strict(
            {system.value: length for system, length in _LENGTHS.items()}, default=None
        ),
        message=Text(
            "Kod ma inną liczbę znaków, niż mają kody tego rejestru.",
            "The code has another number of characters than the codes of this register.",
        ),
        columns=(CodeColumns.code_system, CodeColumns.city_code),
    ),
)


class KnownCodes(CodeColumns):
    """Facts: the codes of SIMC and BDL, which do not follow from TERC."""

    name_pl = "znane_kody_miast"
    title = Text("Znane kody miast", "Known codes of cities")
    description = Text(
        "Kody miast programu w rejestrze SIMC i w Banku Danych Lokalnych.",
        "Codes of the participating cities in the SIMC register and in the Local Data Bank.",
    )
    row = Text("jeden kod jednego miasta", "one code of one city")
    rules = RULES

    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta.",
        "Permanent identifier of the city.",
        key=True,
    )


class CityCodes(CodeColumns):
    """Derived by `reconcile.cities`: the known codes, and those of TERC from `CityVersions`."""

    name_pl = "kody_miast"
    title = Text("Kody miast w rejestrach", "Codes of cities in registers")
    description = Text(
        "Kody, pod którymi miasta programu występują w rejestrze TERYT i w Banku Danych "
        "Lokalnych. Miasto na prawach powiatu ma w nich dwa kody, a jest jednym miastem.",
        "Codes that the participating cities have in the TERYT register and in the Local Data "
        "Bank. A city with powiat rights has two codes there, and is one city.",
    )
    row = Text("jeden kod jednego miasta", "one code of one city")
    rows = Rows("m", "kod miasta / kody miast / kodów miast", "code of a city / codes of cities")
    dataset = CITY_REGISTER
    rules = RULES

    city_id = reference(
        Cities.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta.",
        "Permanent identifier of the city.",
        key=True,
    )
