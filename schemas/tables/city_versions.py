"""Cities and gminas through time: what each was called, and under which code, in which states."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import boolean, code, date, reference, string
from schemas.counting import Rows
from schemas.datasets import CITY_REGISTER
from schemas.table import RowRule, Severity, Table, TableRule, Tables
from schemas.tables.city_register import GminaKind
from schemas.tables.register import Cities, CityIds, RegisterStates
from schemas.text import Text


class Version(Table):
    """Columns of what a gmina was over a run of register states, one after the other."""

    valid_from = date(
        "wazne_od",
        "Ważne od",
        "Valid from",
        "Najwcześniejszy znany stan rejestru, który to pokazuje; wcześniej mogło być tak samo.",
        "Earliest known state of the register that shows this; it may have been so before.",
        key=True,
    )
    valid_to = date(
        "wazne_do",
        "Ważne do",
        "Valid to",
        "Ostatni stan rejestru, który to pokazuje; pole jest puste, jeśli to stan najnowszy.",
        "Last state of the register that shows this; empty where it is the newest one.",
        null=True,
        missing="X",
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Siedmiocyfrowy kod gminy; ostatnia cyfra mówi, jakiego jest rodzaju.",
        "Seven-digit code of the gmina; its last digit tells the kind.",
        pattern=r"\d{6}[123]",
    )
    gmina_name = string(
        "nazwa_gminy",
        "Nazwa gminy",
        "Gmina name",
        "Nazwa gminy w rejestrze TERC.",
        "Name of the gmina in the TERC register.",
        max_length=100,
    )
    gmina_kind = code(
        GminaKind,
        "rodzaj_gminy",
        "Rodzaj gminy",
        "Gmina kind",
        "Czy gmina jest miejska, wiejska czy miejsko-wiejska.",
        "Whether the gmina is urban, rural or urban-rural.",
    )
    powiat_rights = boolean(
        "prawa_powiatu",
        "Prawa powiatu",
        "Powiat rights",
        "Czy gmina jest miastem na prawach powiatu, czyli jednocześnie gminą i powiatem.",
        "Whether the gmina is a city with powiat rights: a gmina and a powiat at once.",
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
    voivodeship_name = string(
        "wojewodztwo",
        "Województwo",
        "Voivodeship",
        "Nazwa województwa.",
        "Name of the voivodeship.",
        max_length=100,
    )
    first_state = reference(
        RegisterStates.state_id,
        "pierwszy_stan",
        "Pierwszy stan",
        "First state",
        "Stan rejestru TERC, który pokazuje to jako pierwszy.",
        "State of the TERC register that shows this first.",
    )
    last_state = reference(
        RegisterStates.state_id,
        "ostatni_stan",
        "Ostatni stan",
        "Last state",
        "Najnowszy stan rejestru TERC, który to pokazuje.",
        "Newest state of the TERC register that shows this.",
    )


IN_ORDER = RowRule(
    name="valid_from_before_valid_to",
    good=Version.valid_from.col <= Version.valid_to.col,
    message=Text("Wersja kończy się, zanim się zaczęła.", "The version ends before it begins."),
    columns=(Version.valid_from, Version.valid_to),
)


class KnownVersions(Version):
    """Facts: the participating cities in the states of TERC that were at hand in 2026."""

    name_pl = "znane_wersje_miast"
    title = Text("Znane wersje miast", "Known versions of cities")
    description = Text(
        "Miasta programu w stanach rejestru TERC z lat 2016, 2020, 2023 i 2025.",
        "Participating cities in the states of the TERC register of 2016, 2020, 2023 and 2025.",
    )
    row = Text("jedno miasto w ciągu kolejnych stanów", "one city over a run of states")
    rules = (IN_ORDER,)

    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta.",
        "Permanent identifier of the city.",
        key=True,
    )


class UnitVersions(Version):
    """Derived by `reconcile.versions` from full files of TERC; empty where none is given."""

    name_pl = "gminy_w_czasie"
    title = Text("Wszystkie gminy w czasie", "All gminas through time")
    description = Text(
        "Wszystkie gminy w podanych stanach rejestru TERC, z kolejnymi kodami i nazwami.",
        "All gminas in the states of the TERC register that were given, with their codes and "
        "names one after the other.",
    )
    row = Text("jedna gmina w ciągu kolejnych stanów", "one gmina over a run of states")

    unit = string(
        "gmina",
        "Gmina",
        "Gmina",
        "Stały identyfikator gminy, a jeśli go nie ma: jej pierwszy kod i dzień.",
        "Permanent identifier of the gmina; where it has none, its first code and the day.",
        key=True,
        pattern=r"cit-\d{4}|\d{7}@\d{4}-\d{2}-\d{2}",
    )
    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator gminy; brakuje go gminie, której jeszcze nie nadano.",
        "Permanent identifier of the gmina; empty where none has been minted yet.",
        null=True,
    )


class CityVersions(Version):
    """Derived by `reconcile.versions` from `KnownVersions` and full files of TERC."""

    name_pl = "miasta_w_czasie"
    title = Text("Miasta programu w czasie", "Cities of the programme through time")
    description = Text(
        "Kody, nazwy, rodzaje i położenie miast programu w kolejnych stanach rejestru TERC. Nowy "
        "wiersz zaczyna się, gdy któraś z tych cech się zmienia.",
        "Codes, names, kinds and location of the participating cities in the states of the TERC "
        "register, one after the other. A new row begins when any of these changes.",
    )
    row = Text("jedno miasto w ciągu kolejnych stanów", "one city over a run of states")
    rows = Rows(
        "f", "wersja miasta / wersje miast / wersji miast", "version of a city / versions of cities"
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


def ids_to_mint(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Lines that `city_ids.csv` lacks, ready to be added: id, code, day."""
    minted = tables[CityIds.name].get_column("city_id")
    highest = minted.str.slice(4).cast(pl.Int64).max() if minted.len() else 0
    last = highest if isinstance(highest, int) else 0
    missing = frame.filter(pl.col("city_id").is_null()).sort("unit", "valid_from")
    firsts = missing.unique("unit", keep="first", maintain_order=True)
    return [
        f"cit-{last + number:04},{terc},{day}"
        for number, (terc, day) in enumerate(firsts.select("terc", "valid_from").rows(), start=1)
    ]


UnitVersions.rules = (
    IN_ORDER,
    TableRule(
        name="every_gmina_has_an_id",
        broken=ids_to_mint,
        message=Text(
            "Gminy nie mają stałego identyfikatora: dopisz te wiersze do city_ids.csv.",
            "Gminas have no permanent identifier: add these lines to city_ids.csv.",
        ),
        severity=Severity.WARN,
    ),
)
CityVersions.rules = (IN_ORDER,)
