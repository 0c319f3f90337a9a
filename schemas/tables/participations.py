"""Participations: who took part in which network of which edition."""

from collections.abc import Sequence

import polars as pl

from schemas.columns import Codes, code, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import CITIES_AND_NETWORKS
from schemas.table import TableRule, Tables
from schemas.tables.editions import Editions
from schemas.tables.networks import Networks, edition_of_network
from schemas.tables.participants import Participants
from schemas.tables.shared import Evidence
from schemas.text import Text


class ParticipationRole(Codes):
    """The role in the network. The pilot had leaders and partners, later all were equal."""

    LEADER = "leader", "lider", "leader"
    PARTNER = "partner", "partner", "partner"
    PARTICIPANT = "participant", "uczestnik", "participant"


class ParticipationWave(Codes):
    """How the participant came into the network."""

    CALL = "call", "wybrany w naborze", "selected in the call"
    JOINED_LATER = "joined_later", "dołączył po naborze", "joined after the call"
    APPOINTED = "appointed", "wyznaczony poza naborem", "appointed outside the call"


class Participations(Evidence):
    """One row for a participant in a network."""

    name_pl = "udzialy"
    title = Text("Udziały w sieciach", "Participations in networks")
    description = Text(
        "Kto brał udział w której sieci i edycji, w jakiej roli i jak do niej trafił, "
        "z nazwą zapisaną tak jak w źródle.",
        "Who took part in which network and edition, in which role and by which way, with the "
        "name as the source writes it.",
    )
    row = Text("udział jednego uczestnika w jednej sieci", "one participant in one network")
    rows = Rows(
        "m",
        "udział w sieci / udziały w sieciach / udziałów w sieciach",
        "participation / participations",
    )
    dataset = CITIES_AND_NETWORKS

    participation_id = identifier(
        "pcp",
        "id_udzialu",
        "Identyfikator udziału",
        "Participation identifier",
        "Stały identyfikator udziału w tym zbiorze.",
        "Permanent identifier of the participation in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja programu.",
        "Edition of the programme.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, w której uczestnik pracował.",
        "Network in which the participant worked.",
    )
    participant_id = reference(
        Participants.participant_id,
        "id_uczestnika",
        "Identyfikator uczestnika",
        "Participant identifier",
        "Uczestnik, o którym mowa.",
        "The participant that is meant.",
    )
    role = code(
        ParticipationRole,
        "rola",
        "Rola",
        "Role",
        "Rola uczestnika w sieci.",
        "Role of the participant in the network.",
    )
    wave = code(
        ParticipationWave,
        "tryb_wejscia",
        "Tryb wejścia",
        "Way in",
        "Jak uczestnik znalazł się w sieci.",
        "How the participant came into the network.",
    )
    name_as_written = string(
        "nazwa_w_zrodle",
        "Nazwa w źródle",
        "Name as written",
        "Nazwa uczestnika dokładnie tak, jak zapisano ją w źródle, także z błędem.",
        "Name of the participant exactly as the source writes it, errors included.",
        max_length=200,
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


def _listed_twice(frame: pl.DataFrame, tables: Tables) -> Sequence[str]:
    """Participations that repeat a participant of the same network."""
    pair = pl.struct("network_id", "participant_id")
    return frame.filter(pair.is_duplicated()).get_column("participation_id").sort().to_list()


Participations.rules = (
    edition_of_network("participation_id"),
    TableRule(
        name="once_in_a_network",
        broken=_listed_twice,
        message=Text(
            "Ten sam uczestnik jest w tej samej sieci więcej niż raz.",
            "The same participant is listed more than once in the same network.",
        ),
    ),
)
