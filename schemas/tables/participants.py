"""Participants: the cities, and those that are no city."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import Codes, code, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import CITIES_AND_NETWORKS
from schemas.table import RowRule, TableRule, Tables
from schemas.tables.shared import Evidence
from schemas.tables.units import Units
from schemas.text import Text


class ParticipantKind(Codes):
    """What a participant is. Only a city has a TERC code."""

    CITY = "city", "miasto", "city"
    ASSOCIATION = "association", "stowarzyszenie", "association"
    METROPOLITAN_UNION = "metropolitan_union", "związek metropolitalny", "metropolitan union"
    FUNCTIONAL_AREA = (
        "functional_area",
        "porozumienie obszaru funkcjonalnego",
        "functional area agreement",
    )


class Participants(Evidence):
    """Who took part, once each, with the reviewed decision which gmina is meant."""

    name_pl = "uczestnicy"
    title = Text("Uczestnicy programu", "Participants of the programme")
    description = Text(
        "Miasta i inne podmioty, które brały udział w programie. Kod TERC wskazuje miasto "
        "jednoznacznie: sama nazwa nie wystarcza.",
        "Cities and other bodies that took part in the programme. The TERC code says which "
        "city is meant: a name alone does not.",
    )
    row = Text("jeden uczestnik programu", "one participant of the programme")
    rows = Rows("p", "uczestnik / uczestników / uczestników", "participant / participants")
    dataset = CITIES_AND_NETWORKS

    participant_id = identifier(
        "par",
        "id_uczestnika",
        "Identyfikator uczestnika",
        "Participant identifier",
        "Stały identyfikator uczestnika w tym zbiorze.",
        "Permanent identifier of the participant in this data set.",
    )
    official_name = string(
        "nazwa",
        "Nazwa urzędowa",
        "Official name",
        "Nazwa urzędowa: dla miasta taka jak w rejestrze TERC.",
        "Official name: for a city the one in the TERC register.",
        max_length=200,
    )
    kind = code(
        ParticipantKind,
        "rodzaj_uczestnika",
        "Rodzaj uczestnika",
        "Participant kind",
        "Czy uczestnik jest miastem, stowarzyszeniem, związkiem czy porozumieniem.",
        "Whether the participant is a city, an association, a union or an agreement.",
    )
    terc = reference(
        Units.terc,
        "terc",
        "Kod TERC",
        "TERC code",
        "Siedmiocyfrowy kod gminy w rejestrze TERC; mają go tylko miasta.",
        "Seven-digit code of the gmina in the TERC register; only cities have one.",
        null=True,
        missing="X",
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


def _names_differ(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Participants whose code belongs to a gmina of another name."""
    units = tables[Units.name].select("terc", "unit_name")
    both = frame.join(units, on="terc", how="inner")
    wrong = both.filter(pl.col("official_name") != pl.col("unit_name")).sort("participant_id")
    return wrong.select(
        pl.format("{}: {} ≠ {} {}", "participant_id", "official_name", "terc", "unit_name")
    ).to_series().to_list()  # fmt: skip


Participants.rules = (
    RowRule(
        name="only_cities_have_terc",
        good=(Participants.kind.col == ParticipantKind.CITY.value)
        == Participants.terc.col.is_not_null(),
        message=Text(
            "Kod TERC musi mieć każde miasto i nie może go mieć inny uczestnik.",
            "Every city must have a TERC code, and no other participant may have one.",
        ),
        columns=(Participants.kind, Participants.terc),
    ),
    RowRule(
        name="terc_is_of_gmina",
        good=Participants.terc.col.str.contains(r"^\d{6}[123]$"),
        message=Text(
            "Kod TERC miasta musi być siedmiocyfrowym kodem całej gminy (rodzaj 1, 2 lub 3).",
            "The TERC code of a city must be the seven-digit code of a whole gmina (kind 1, 2 "
            "or 3).",
        ),
        columns=(Participants.terc,),
    ),
    TableRule(
        name="name_matches_terc",
        broken=_names_differ,
        message=Text(
            "Nazwa miasta jest inna niż nazwa gminy o tym kodzie TERC.",
            "The name of the city differs from the name of the gmina with this TERC code.",
        ),
    ),
)
