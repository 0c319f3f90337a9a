"""Localities, their kinds and streets, as TERYT lists them. They stay inside the house."""

from schemas.columns import date, reference, string
from schemas.table import Table
from schemas.tables.register import CityIds
from schemas.text import Text


class LocalityKinds(Table):
    """WMRODZ: facts, or the file where it is given."""

    name_pl = "rodzaje_miejscowosci"
    title = Text("Rodzaje miejscowości (WMRODZ)", "Kinds of localities (WMRODZ)")
    description = Text(
        "Rodzaje miejscowości w rejestrze TERYT: wieś, osada, miasto, część miasta i inne.",
        "Kinds of localities in the TERYT register: village, settlement, town, part of a town.",
    )
    row = Text("jeden rodzaj miejscowości", "one kind of locality")

    kind = string(
        "rodzaj",
        "Rodzaj miejscowości",
        "Locality kind",
        "Dwucyfrowy kod rodzaju (RM).",
        "Two-digit code of the kind (RM).",
        key=True,
        pattern=r"\d{2}",
    )
    kind_name = string(
        "nazwa_rodzaju",
        "Nazwa rodzaju",
        "Kind name",
        "Nazwa rodzaju po polsku, tak jak w rejestrze.",
        "Name of the kind in Polish, as in the register.",
        max_length=100,
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, od którego obowiązuje ten spis rodzajów.",
        "Day since which this list of kinds holds.",
    )


class Localities(Table):
    """SIMC, where a file of it is given.

    A locality belongs to a gmina by its permanent identifier: SIMC and TERC are seldom of the same
    day, and in between gminas change their codes.
    """

    name_pl = "miejscowosci"
    title = Text("Miejscowości (SIMC)", "Localities (SIMC)")
    description = Text(
        "Miejscowości i ich części z rejestru SIMC Głównego Urzędu Statystycznego.",
        "Localities and their parts of the SIMC register kept by Statistics Poland.",
    )
    row = Text("jedna miejscowość albo jej część", "one locality or part of one")
    # Localities of a new gmina wait for its identifier.
    max_rejected = 0.02

    sym = string(
        "sym",
        "Identyfikator SIMC",
        "SIMC identifier",
        "Siedmiocyfrowy, stały identyfikator miejscowości.",
        "Seven-digit permanent identifier of the locality.",
        key=True,
        pattern=r"\d{7}",
    )
    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator gminy, w której leży miejscowość.",
        "Permanent identifier of the gmina that the locality lies in.",
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Gmina, a w gminie miejsko-wiejskiej jej miasto albo obszar wiejski.",
        "Gmina; within an urban-rural gmina its town or its rural area.",
        pattern=r"\d{7}",
    )
    locality_name = string(
        "nazwa_miejscowosci",
        "Nazwa miejscowości",
        "Locality name",
        "Nazwa miejscowości tak, jak zapisuje ją GUS.",
        "Name of the locality as Statistics Poland writes it.",
        max_length=100,
    )
    kind = reference(
        LocalityKinds.kind,
        "rodzaj",
        "Rodzaj miejscowości",
        "Locality kind",
        "Dwucyfrowy kod rodzaju (RM).",
        "Two-digit code of the kind (RM).",
    )
    base_sym = reference(
        sym,
        "sym_podstawowej",
        "Miejscowość podstawowa",
        "Base locality",
        "Miejscowość, której to jest część; miejscowość samodzielna wskazuje siebie.",
        "Locality that this is a part of; one that stands alone refers to itself.",
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, na który rejestr podaje miejscowość.",
        "Day for which the register lists the locality.",
    )


class Streets(Table):
    """ULIC, where files of it and of SIMC are given."""

    name_pl = "ulice"
    title = Text("Ulice (ULIC)", "Streets (ULIC)")
    description = Text(
        "Ulice, place i inne nazwane miejsca z rejestru ULIC Głównego Urzędu Statystycznego.",
        "Streets, squares and other named places of the ULIC register kept by Statistics Poland.",
    )
    row = Text("jedna ulica w jednej miejscowości", "one street in one locality")
    # ULIC moves daily, SIMC once a year.
    max_rejected = 0.02

    sym = reference(
        Localities.sym,
        "sym",
        "Identyfikator SIMC",
        "SIMC identifier",
        "Miejscowość, w której leży ulica.",
        "Locality that the street lies in.",
        key=True,
    )
    street_sym = string(
        "sym_ul",
        "Identyfikator nazwy ulicy",
        "Street name identifier",
        "Pięciocyfrowy identyfikator nazwy; ta sama nazwa ma go w każdej miejscowości.",
        "Five-digit identifier of the name; a name has the same one in every locality.",
        key=True,
        pattern=r"\d{5}",
    )
    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator gminy, w której leży ulica.",
        "Permanent identifier of the gmina that the street lies in.",
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Gmina, jej część, dzielnica albo delegatura, w której leży ulica.",
        "Gmina, its part, district or delegatura that the street lies in.",
        # A street of a city with districts may be listed in each of them.
        key=True,
        pattern=r"\d{7}",
    )
    prefix = string(
        "cecha",
        "Cecha",
        "Prefix",
        "Skrót przed nazwą, na przykład ul. albo pl., jeśli jest.",
        "Short word before the name, such as ul. or pl., where there is one.",
        null=True,
        max_length=20,
    )
    name_1 = string(
        "nazwa_1",
        "Nazwa",
        "Name",
        "Część nazwy, według której układa się ulice.",
        "Part of the name that streets are sorted by.",
        max_length=200,
    )
    name_2 = string(
        "nazwa_2",
        "Dalsza część nazwy",
        "Rest of the name",
        "Część nazwy, którą czyta się przed pierwszą, jeśli jest.",
        "Part of the name that is read before the first, where there is one.",
        null=True,
        max_length=200,
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, na który rejestr podaje ulicę.",
        "Day for which the register lists the street.",
    )
