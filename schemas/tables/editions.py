"""Editions of the programme."""

from schemas.columns import boolean, code, date, identifier, integer, string
from schemas.counting import Rows
from schemas.datasets import CITIES_AND_NETWORKS
from schemas.table import RowRule
from schemas.tables.documents import DatePrecision, date_rules
from schemas.tables.shared import Evidence
from schemas.text import Text


class Editions(Evidence):
    """The pilot and the editions that followed. Counts of participants stand in `counts`."""

    name_pl = "edycje"
    title = Text("Edycje programu", "Editions of the programme")
    description = Text(
        "Pilotaż i kolejne edycje Partnerskiej Inicjatywy Miast: okres, organizator, partner, "
        "umowa, czas pracy sieci i finansowanie.",
        "The pilot and the later editions of the Cities' Partnership Initiative: period, "
        "organiser, partner, agreement, time of the networks' work and funding.",
    )
    row = Text("jedna edycja programu", "one edition of the programme")
    rows = Rows("f", "edycja / edycje / edycji", "edition / editions")
    dataset = CITIES_AND_NETWORKS

    edition_id = identifier(
        "ed",
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Stały identyfikator edycji w tym zbiorze.",
        "Permanent identifier of the edition in this data set.",
    )
    number = integer(
        "numer",
        "Numer edycji",
        "Edition number",
        "Kolejny numer edycji; pilotaż ma numer 1.",
        "Number of the edition in order; the pilot is number 1.",
        minimum=1,
    )
    edition_name_pl = string(
        "nazwa_pl",
        "Nazwa polska",
        "Polish name",
        "Nazwa edycji po polsku, jak w dokumentach programu.",
        "Name of the edition in Polish, as in the documents of the programme.",
        max_length=200,
    )
    edition_name_en = string(
        "nazwa_en",
        "Nazwa angielska",
        "English name",
        "Nazwa edycji po angielsku, jeśli była używana.",
        "Name of the edition in English, where one was used.",
        null=True,
        max_length=200,
    )
    period_start = integer(
        "rok_od",
        "Okres: od roku",
        "Period: from year",
        "Pierwszy rok okresu podawanego w nazwie edycji.",
        "First year of the period that the edition is named by.",
        minimum=2015,
        maximum=2100,
    )
    period_end = integer(
        "rok_do",
        "Okres: do roku",
        "Period: to year",
        "Ostatni rok okresu podawanego w nazwie edycji.",
        "Last year of the period that the edition is named by.",
        minimum=2015,
        maximum=2100,
    )
    organiser = string(
        "organizator",
        "Organizator",
        "Organiser",
        "Instytucja, która organizowała edycję w chwili jej rozpoczęcia.",
        "Institution that organised the edition when it began.",
        max_length=200,
    )
    partner = string(
        "partner",
        "Partner strategiczny",
        "Strategic partner",
        "Instytucja, z którą organizator prowadził edycję, jeśli taka była.",
        "Institution with which the organiser ran the edition, where there was one.",
        null=True,
        max_length=200,
    )
    agreement_date = date(
        "data_umowy",
        "Data umowy",
        "Agreement date",
        "Dzień podpisania umowy organizatora z partnerem.",
        "Day on which the organiser and the partner signed their agreement.",
        null=True,
    )
    agreement_months = integer(
        "umowa_miesiecy",
        "Czas trwania umowy (miesiące)",
        "Length of the agreement (months)",
        "Na ile miesięcy podpisano umowę.",
        "For how many months the agreement was signed.",
        null=True,
        minimum=1,
        unit=Text("miesiąc", "month"),
    )
    operation_start = date(
        "praca_od",
        "Praca sieci: od",
        "Work of the networks: from",
        "Pierwszy dzień okresu, w którym sieci zaczęły pracę, z podaną dokładnością.",
        "First day of the period in which the networks began to work, as exactly as stated.",
        null=True,
    )
    operation_end = date(
        "praca_do",
        "Praca sieci: do",
        "Work of the networks: to",
        "Ostatni dzień okresu, w którym sieci skończyły pracę, z podaną dokładnością.",
        "Last day of the period in which the networks ended their work, as exactly as stated.",
        null=True,
    )
    operation_precision = code(
        DatePrecision,
        "dokladnosc_pracy",
        "Dokładność dat pracy sieci",
        "Precision of the dates of work",
        "Jak dokładnie źródła podają początek i koniec pracy sieci.",
        "How exactly the sources give the beginning and the end of the networks' work.",
        null=True,
    )
    end_is_planned = boolean(
        "koniec_planowany",
        "Koniec planowany",
        "End is planned",
        "Czy data końca jest tylko planem, którego wykonania źródła nie potwierdzają.",
        "Whether the end is only a plan that no source confirms as kept.",
    )
    funding = string(
        "finansowanie",
        "Finansowanie",
        "Funding",
        "Z jakich środków edycja jest finansowana, jeśli źródła to mówią.",
        "What the edition is funded from, where the sources say so.",
        null=True,
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


Editions.rules = (
    *date_rules(Editions.operation_start, Editions.operation_end, Editions.operation_precision),
    RowRule(
        name="period_in_order",
        good=Editions.period_start.col <= Editions.period_end.col,
        message=Text(
            "Okres edycji kończy się wcześniej, niż się zaczyna.",
            "The period of the edition ends before it begins.",
        ),
        columns=(Editions.period_start, Editions.period_end),
    ),
    RowRule(
        name="agreement_has_partner",
        good=Editions.agreement_date.col.is_null() | Editions.partner.col.is_not_null(),
        message=Text(
            "Podano datę umowy, ale nie podano partnera.",
            "An agreement date is given, but no partner.",
        ),
        columns=(Editions.agreement_date, Editions.partner),
    ),
)
