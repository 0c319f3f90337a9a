"""States of the registers that rows come from, and the permanent identifiers of gminas."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import Codes, code, date, identifier, integer, reference, string, timestamp
from schemas.counting import Rows
from schemas.datasets import CITY_REGISTER
from schemas.table import Table, TableRule, Tables
from schemas.tables.participants import ParticipantKind, Participants
from schemas.text import Text


class RegisterName(Codes):
    """A register, or a set of TERYT, that is taken as it stood on a day."""

    TERC = "terc", "TERC: jednostki podziału terytorialnego", "TERC: territorial units"
    TERC_CHANGES = "terc_changes", "TERC: zmiany między stanami", "TERC: changes between states"
    SIMC = "simc", "SIMC: miejscowości", "SIMC: localities"
    ULIC = "ulic", "ULIC: ulice", "ULIC: streets"
    WMRODZ = "wmrodz", "WMRODZ: rodzaje miejscowości", "WMRODZ: kinds of localities"
    BDL = "bdl", "BDL: Bank Danych Lokalnych", "BDL: Local Data Bank"
    LAU = "lau", "LAU: jednostki lokalne Eurostatu", "LAU: local units of Eurostat"
    POPULATION = (
        "population",
        "GUS: powierzchnia i ludność w przekroju terytorialnym",
        "Statistics Poland: area and population in the territorial profile",
    )
    BOUNDARIES = "boundaries", "PRG: granice gmin i miast", "PRG: boundaries of gminas and towns"


class Terms(Codes):
    """On which terms a register may be used, with the line that must be shown."""

    GUS = (
        "gus",
        "wolno wykorzystywać ponownie z podaniem źródła: Główny Urząd Statystyczny",
        "reuse is allowed with the source given: Statistics Poland (GUS)",
    )
    EUROSTAT = (
        "eurostat",
        "wolno wykorzystywać ponownie z podaniem źródła: Eurostat (GISCO), © EuroGeographics",
        "reuse is allowed with the source given: Eurostat (GISCO), © EuroGeographics",
    )
    GUGIK = (
        "gugik",
        "wolno wykorzystywać bezpłatnie z podaniem źródła: GUGiK, Państwowy Rejestr Granic",
        "reuse is free with the source given: GUGiK, National Register of Boundaries",
    )


class RegisterStates(Table):
    """What every row of the city register is proved by: facts, or full files that were given."""

    name_pl = "stany_rejestrow"
    title = Text("Stany rejestrów", "States of the registers")
    description = Text(
        "Pliki rejestrów, z których pochodzą wiersze tego zbioru: na jaki dzień rejestr "
        "odczytano, kiedy plik pobrano, jego suma kontrolna i warunki wykorzystania.",
        "Files of registers that the rows of this data set come from: the day of the state, when "
        "the file was retrieved, its checksum and the terms of use.",
    )
    row = Text("jeden rejestr na jeden dzień", "one register on one day")
    rows = Rows(
        "m",
        "stan rejestru / stany rejestrów / stanów rejestrów",
        "state of a register / states of registers",
    )
    dataset = CITY_REGISTER

    state_id = string(
        "id_stanu",
        "Identyfikator stanu",
        "State identifier",
        "Rejestr i dzień, na który go odczytano; zmian: dzień przed nimi i dzień po nich.",
        "The register and the day of its state; of changes, the days before and after them.",
        key=True,
        pattern=r"[a-z_]+(-\d{4}-\d{2}-\d{2}){1,2}",
    )
    register = code(
        RegisterName,
        "rejestr",
        "Rejestr",
        "Register",
        "Rejestr albo zbiór rejestru TERYT.",
        "The register, or the set of the TERYT register.",
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, na który rejestr podaje dane: według treści pliku, nie według jego nazwy. Pliku "
        "zmian: dzień stanu, do którego zmiany prowadzą.",
        "Day that the data stand for: by the content of the file, not by its name. Of a file of "
        "changes, the day of the state that they lead to.",
    )
    file_date = date(
        "data_w_nazwie",
        "Data w nazwie pliku",
        "Date in the file name",
        "Dzień, o który zapytano rejestr, jeśli mówi o nim nazwa pliku.",
        "Day that the register was asked for, where the file name says it.",
        null=True,
    )
    retrieved = timestamp(
        "pobrano",
        "Pobrano",
        "Retrieved",
        "Chwila pobrania pliku (czas UTC); pusta, jeśli nie jest znana.",
        "Moment of retrieval (UTC); empty where it is not known.",
        null=True,
    )
    file_name = string(
        "plik",
        "Plik",
        "File",
        "Nazwa pliku z wierszami, w archiwum: nazwa jego składnika.",
        "Name of the file with the rows; in an archive, that of its member.",
        max_length=200,
    )
    sha256 = string(
        "sha256",
        "Suma kontrolna SHA-256",
        "SHA-256 checksum",
        "Suma kontrolna tego pliku.",
        "Checksum of this file.",
        pattern=r"[0-9a-f]{64}",
    )
    file_rows = integer(
        "liczba_wierszy",
        "Liczba wierszy",
        "Number of rows",
        "Ile wierszy danych ma plik.",
        "How many rows of data the file has.",
    )
    terms = code(
        Terms,
        "warunki_wykorzystania",
        "Warunki wykorzystania",
        "Terms of use",
        "Na jakich warunkach wolno wykorzystywać dane i jakie źródło trzeba podać.",
        "On which terms the data may be used, and which source must be given.",
    )
    notes = string(
        "uwagi",
        "Uwagi",
        "Notes",
        "Wyjaśnienia do wiersza.",
        "Explanations of the row.",
        null=True,
        max_length=500,
    )


class CityIds(Table):
    """Minted once, by hand, and never changed: see docs/identity.md."""

    name_pl = "identyfikatory_gmin"
    title = Text("Stałe identyfikatory miast i gmin", "Permanent identifiers of cities and gminas")
    description = Text(
        "Stały identyfikator każdej gminy i kod TERC, który miała w podanym dniu. Identyfikator "
        "nie zmienia się, gdy gmina zmienia kod, nazwę, rodzaj albo prawa powiatu.",
        "A permanent identifier for every gmina, and the TERC code that it had on the given day. "
        "The identifier stays when the gmina changes its code, name, kind or powiat rights.",
    )
    row = Text("jedna gmina, także zniesiona", "one gmina, abolished ones too")
    rows = Rows(
        "m",
        "identyfikator gminy / identyfikatory gmin / identyfikatorów gmin",
        "identifier of a gmina / identifiers of gminas",
        named_by="terc",
    )
    dataset = CITY_REGISTER

    city_id = identifier(
        "cit",
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta lub gminy; nie jest kodem ani skrótem nazwy.",
        "Permanent identifier of the city or gmina; neither a code nor short for a name.",
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Siedmiocyfrowy kod gminy w podanym dniu.",
        "Seven-digit code of the gmina on the given day.",
        pattern=r"\d{6}[123]",
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, w którym gmina miała ten kod.",
        "Day on which the gmina had this code.",
    )


class Cities(Table):
    """Derived by `reconcile.cities`: which gmina each participating city is."""

    name_pl = "miasta"
    title = Text("Miasta programu", "Cities of the programme")
    description = Text(
        "Miasta uczestniczące w programie ze stałym identyfikatorem i dzisiejszym kodem TERC.",
        "Participating cities with their permanent identifier and today's TERC code.",
    )
    row = Text("jedno miasto uczestniczące w programie", "one participating city")
    rows = Rows("n", "miasto / miasta / miast", "city / cities")
    dataset = CITY_REGISTER

    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta.",
        "Permanent identifier of the city.",
        key=True,
    )
    participant_id = reference(
        Participants.participant_id,
        "id_uczestnika",
        "Identyfikator uczestnika",
        "Participant identifier",
        "Uczestnik programu, którym jest to miasto.",
        "Participant of the programme that the city is.",
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Siedmiocyfrowy kod gminy w najnowszym stanie rejestru TERC.",
        "Seven-digit code of the gmina in the newest state of the TERC register.",
        pattern=r"\d{6}[123]",
    )
    city_name = string(
        "nazwa_miasta",
        "Nazwa miasta",
        "City name",
        "Nazwa miasta w najnowszym stanie rejestru TERC.",
        "Name of the city in the newest state of the TERC register.",
        max_length=100,
    )


def _without_id(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Participating cities that have no row here."""
    cities = tables[Participants.name].filter(kind=ParticipantKind.CITY.value)
    missing = cities.join(frame, on="participant_id", how="anti").sort("participant_id")
    return missing.select(pl.format("{}: {}", "participant_id", "terc")).to_series().to_list()


Cities.rules = (
    TableRule(
        name="every_city_has_an_id",
        broken=_without_id,
        message=Text(
            "Miasto programu nie ma stałego identyfikatora: jego kodu TERC nie ma wśród kodów, "
            "które gminy miały kiedykolwiek.",
            "A participating city has no permanent identifier: its TERC code is not among the "
            "codes that gminas have ever had.",
        ),
    ),
)
