"""How the networks work: forms of work, workshop components, changes of the rules."""

from schemas.columns import Codes, code, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.tables.editions import Editions
from schemas.tables.shared import Evidence
from schemas.text import Text


class WorkParty(Codes):
    """Who takes part in a form of work."""

    CITIES = "cities", "miasta", "cities"
    WORLD_BANK = "world_bank", "Bank Światowy", "World Bank"
    MINISTRIES = "ministries", "ministerstwa", "ministries"


class WorkshopComponents(Evidence):
    """Workshop topics that all networks of an edition share."""

    name_pl = "komponenty_warsztatowe"
    title = Text("Komponenty warsztatowe", "Workshop components")
    description = Text(
        "Tematy warsztatów planowanych dla całej edycji, poza tematami poszczególnych sieci.",
        "Topics of workshops planned for a whole edition, beside those of each network.",
    )
    row = Text("jeden komponent warsztatowy", "one workshop component")
    rows = Rows(
        "m",
        "komponent warsztatowy / komponenty warsztatowe / komponentów warsztatowych",
        "workshop component / workshop components",
        named_by="topic_pl",
    )
    dataset = CHRONICLE

    component_id = identifier(
        "wc",
        "id_komponentu",
        "Identyfikator komponentu",
        "Component identifier",
        "Stały identyfikator komponentu w tym zbiorze.",
        "Permanent identifier of the component in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, dla której zaplanowano komponent.",
        "The edition that the component was planned for.",
    )
    topic_pl = string(
        "temat",
        "Temat",
        "Topic in Polish",
        "Temat warsztatów.",
        "Topic of the workshops, in Polish.",
        max_length=200,
    )
    topic_en = string(
        "temat_en",
        "Temat po angielsku",
        "Topic in English",
        "Temat warsztatów po angielsku.",
        "Topic of the workshops, in English.",
        max_length=200,
    )


class WorkForms(Evidence):
    """Forms of work in an edition and what each is for."""

    name_pl = "formy_pracy"
    title = Text("Formy pracy", "Forms of work")
    description = Text(
        "Formy współpracy w edycji i ich cel; kto w nich uczestniczy, podaje osobna tabela.",
        "Forms of cooperation in an edition and what they are for; a separate table says who "
        "takes part.",
    )
    row = Text("jedna forma pracy", "one form of work")
    rows = Rows(
        "f",
        "forma pracy / formy pracy / form pracy",
        "form of work / forms of work",
        named_by="form_pl",
    )
    dataset = CHRONICLE

    work_form_id = identifier(
        "wf",
        "id_formy_pracy",
        "Identyfikator formy pracy",
        "Work form identifier",
        "Stały identyfikator formy pracy w tym zbiorze.",
        "Permanent identifier of the form of work in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, w której stosowano tę formę pracy.",
        "The edition in which the form of work was used.",
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejny numer formy pracy w edycji.",
        "Running number of the form of work in the edition.",
        minimum=1,
    )
    form_pl = string(
        "forma_pracy",
        "Forma pracy",
        "Form of work in Polish",
        "Nazwa formy pracy.",
        "Name of the form of work, in Polish.",
        max_length=200,
    )
    form_en = string(
        "forma_pracy_en",
        "Forma pracy po angielsku",
        "Form of work in English",
        "Nazwa formy pracy po angielsku.",
        "Name of the form of work, in English.",
        max_length=200,
    )
    purpose_pl = string(
        "cel",
        "Cel",
        "Purpose in Polish",
        "Czemu służy ta forma pracy, jeśli źródło to podaje.",
        "What the form of work is for, in Polish, where the source says so.",
        null=True,
        max_length=200,
    )
    purpose_en = string(
        "cel_en",
        "Cel po angielsku",
        "Purpose in English",
        "Czemu służy ta forma pracy, po angielsku, jeśli źródło to podaje.",
        "What the form of work is for, in English, where the source says so.",
        null=True,
        max_length=200,
    )


class WorkFormParticipants(Evidence):
    """Who takes part in each form of work."""

    name_pl = "uczestnicy_form_pracy"
    title = Text("Uczestnicy form pracy", "Who takes part in the forms of work")
    description = Text(
        "Kto uczestniczy w każdej formie pracy, jeśli źródło to podaje: miasta, Bank Światowy, "
        "ministerstwa.",
        "Who takes part in each form of work, where the source says so: cities, the World Bank, "
        "ministries.",
    )
    row = Text("jedna strona w jednej formie pracy", "one party in one form of work")
    rows = Rows(
        "f",
        "strona formy pracy / strony form pracy / stron form pracy",
        "party to a form of work / parties to forms of work",
    )
    dataset = CHRONICLE

    work_form_id = reference(
        WorkForms.work_form_id,
        "id_formy_pracy",
        "Identyfikator formy pracy",
        "Work form identifier",
        "Forma pracy, której dotyczy wiersz.",
        "The form of work that the row is about.",
        key=True,
    )
    party = code(
        WorkParty,
        "uczestnik",
        "Uczestnik",
        "Party",
        "Kto uczestniczy w tej formie pracy.",
        "Who takes part in the form of work.",
        key=True,
    )


class RuleChanges(Evidence):
    """What changed in the rules of the programme between two editions."""

    name_pl = "zmiany_zasad"
    title = Text("Zmiany zasad między edycjami", "Rule changes between editions")
    description = Text(
        "Co zmieniło się w zasadach programu między kolejnymi edycjami.",
        "What changed in the rules of the programme from one edition to the next.",
    )
    row = Text("jedna zmiana zasady", "one change of a rule")
    rows = Rows(
        "f",
        "zmiana zasady / zmiany zasad / zmian zasad",
        "change of a rule / changes of rules",
        named_by="rule_after_pl",
    )
    dataset = CHRONICLE

    change_id = identifier(
        "rc",
        "id_zmiany",
        "Identyfikator zmiany",
        "Change identifier",
        "Stały identyfikator zmiany w tym zbiorze.",
        "Permanent identifier of the change in this data set.",
    )
    earlier_edition_id = reference(
        Editions.edition_id,
        "id_edycji_wczesniejszej",
        "Identyfikator edycji wcześniejszej",
        "Earlier edition identifier",
        "Edycja, w której obowiązywała dawna zasada.",
        "The edition in which the old rule held.",
    )
    later_edition_id = reference(
        Editions.edition_id,
        "id_edycji_pozniejszej",
        "Identyfikator edycji późniejszej",
        "Later edition identifier",
        "Edycja, od której obowiązuje nowa zasada.",
        "The edition from which the new rule holds.",
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejność zmiany w źródle.",
        "Position of the change in the source.",
        minimum=1,
    )
    rule_before_pl = string(
        "zasada_dawna",
        "Dawna zasada",
        "Old rule in Polish",
        "Jak było wcześniej, jeśli źródło to podaje.",
        "How it was before, in Polish, where the source says so.",
        null=True,
        max_length=300,
    )
    rule_after_pl = string(
        "zasada_nowa",
        "Nowa zasada",
        "New rule in Polish",
        "Jak jest po zmianie.",
        "How it is after the change, in Polish.",
        max_length=300,
    )
    rule_before_en = string(
        "zasada_dawna_en",
        "Dawna zasada po angielsku",
        "Old rule in English",
        "Jak było wcześniej, po angielsku.",
        "How it was before, in English.",
        null=True,
        max_length=300,
    )
    rule_after_en = string(
        "zasada_nowa_en",
        "Nowa zasada po angielsku",
        "New rule in English",
        "Jak jest po zmianie, po angielsku.",
        "How it is after the change, in English.",
        max_length=300,
    )
