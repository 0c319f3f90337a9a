"""Units of the territorial division, as the TERC register of GUS lists them."""

from schemas.columns import date, reference, string
from schemas.table import Table
from schemas.text import Text


class Units(Table):
    """TERC rows: the part around the participating cities, or the full register if given."""

    name_pl = "jednostki_terc"
    title = Text("Jednostki podziału terytorialnego (TERC)", "Territorial units (TERC)")
    description = Text(
        "Województwa, powiaty i gminy z rejestru TERC Głównego Urzędu Statystycznego.",
        "Voivodeships, powiats and gminas of the TERC register kept by Statistics Poland.",
    )
    row = Text("jedna jednostka podziału terytorialnego", "one territorial unit")

    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Kod jednostki: 2 cyfry województwa, 4 powiatu albo 7 gminy z jej rodzajem.",
        "Code of the unit: 2 digits for a voivodeship, 4 for a powiat, 7 for a gmina with "
        "its kind.",
        key=True,
        pattern=r"\d{2}|\d{4}|\d{7}",
    )
    unit_name = string(
        "nazwa",
        "Nazwa",
        "Name",
        "Nazwa jednostki tak, jak zapisuje ją GUS.",
        "Name of the unit as Statistics Poland writes it.",
        max_length=100,
    )
    unit_type = string(
        "typ_jednostki",
        "Typ jednostki",
        "Unit type",
        "Nazwa dodatkowa z rejestru, na przykład powiat albo gmina miejska.",
        "Additional name in the register, such as powiat or gmina miejska.",
        max_length=100,
    )
    kind = string(
        "rodzaj",
        "Rodzaj jednostki",
        "Unit kind",
        "Cyfra rodzaju (RODZ); nie mają jej województwa i powiaty.",
        "Digit of the kind (RODZ); voivodeships and powiats have none.",
        null=True,
        pattern=r"[1-9]",
        missing="X",
    )
    parent = reference(
        terc,
        "terc_nadrzednej",
        "Kod TERC jednostki nadrzędnej",
        "TERC code of the parent unit",
        "Powiat gminy albo województwo powiatu; województwo nie ma jednostki nadrzędnej.",
        "Powiat of a gmina or voivodeship of a powiat; a voivodeship has no parent.",
        null=True,
        missing="X",
    )
    state_date = date(
        "stan_na",
        "Stan na dzień",
        "State date",
        "Dzień, na który rejestr podaje jednostkę.",
        "Day for which the register lists the unit.",
    )
