"""What cities said: the survey after the pilot, and the form by which they declared needs."""

from schemas.columns import date, identifier, integer, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.tables.editions import Editions
from schemas.tables.institutions import Contacts
from schemas.tables.networks import Networks
from schemas.tables.shared import Evidence
from schemas.text import Text


class SurveyItems(Evidence):
    """What the participants of an edition valued, by the survey made among them."""

    name_pl = "wyniki_ankiety"
    title = Text("Wyniki ankiety wśród uczestników", "Results of the participants' survey")
    description = Text(
        "Korzyści wskazane w ankiecie wśród uczestników edycji. Źródło nie podaje liczb ani "
        "odsetków odpowiedzi.",
        "Benefits named in the survey among the participants of an edition. The source gives no "
        "numbers or shares of answers.",
    )
    row = Text("jedna wskazana korzyść", "one benefit that was named")
    rows = Rows(
        "m",
        "wynik ankiety / wyniki ankiety / wyników ankiety",
        "result of the survey / results of the survey",
        named_by="topic_pl",
    )
    dataset = CHRONICLE

    item_id = identifier(
        "sur",
        "id_pozycji",
        "Identyfikator pozycji",
        "Item identifier",
        "Stały identyfikator pozycji ankiety w tym zbiorze.",
        "Permanent identifier of the survey item in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, której uczestników pytano.",
        "The edition whose participants were asked.",
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejność pozycji w źródle.",
        "Position of the item in the source.",
        minimum=1,
    )
    topic_pl = string(
        "temat",
        "Temat",
        "Topic",
        "Czego dotyczy korzyść.",
        "What the benefit is about, in Polish.",
        max_length=200,
    )
    emphasis_pl = string(
        "wyroznienie",
        "Wyróżnione słowa",
        "Emphasised words",
        "Słowa wyróżnione w źródle.",
        "Words that the source emphasises, in Polish.",
        null=True,
        max_length=200,
    )
    summary_en = string(
        "streszczenie_en",
        "Streszczenie po angielsku",
        "Summary in English",
        "Treść pozycji po angielsku.",
        "What the item says, in English.",
        max_length=300,
    )


class NeedsForms(Evidence):
    """Forms by which cities declared their needs before an edition."""

    name_pl = "formularze_potrzeb"
    title = Text("Formularze potrzeb miast", "Forms for the needs of cities")
    description = Text(
        "Formularze, w których miasta zgłaszały potrzeby przed ustaleniem zakresu sieci.",
        "Forms by which cities declared their needs before the scope of the networks was set.",
    )
    row = Text("jeden formularz", "one form")
    rows = Rows(
        "m",
        "formularz potrzeb / formularze potrzeb / formularzy potrzeb",
        "form of needs / forms of needs",
    )
    dataset = CHRONICLE

    needs_form_id = identifier(
        "nf",
        "id_formularza",
        "Identyfikator formularza",
        "Form identifier",
        "Stały identyfikator formularza w tym zbiorze.",
        "Permanent identifier of the form in this data set.",
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, do której zbierano potrzeby.",
        "The edition that the needs were collected for.",
    )
    deadline = date(
        "termin",
        "Termin",
        "Deadline",
        "Ostatni dzień zgłaszania potrzeb.",
        "Last day for declaring needs.",
    )
    submission_pl = string(
        "sposob_zgloszenia",
        "Sposób zgłoszenia",
        "Way of submission",
        "Jak można było zgłosić potrzeby.",
        "How needs could be declared, in Polish.",
        max_length=200,
    )
    contact_id = reference(
        Contacts.contact_id,
        "id_kontaktu",
        "Identyfikator kontaktu",
        "Contact identifier",
        "Kontakt podany przy formularzu.",
        "The contact given beside the form.",
        null=True,
    )
    notes = string(
        "uwagi",
        "Uwagi",
        "Notes",
        "Wyjaśnienia do wiersza.",
        "Explanations of the row.",
        null=True,
        max_length=300,
    )


class NeedsTopics(Evidence):
    """Topics on which a form asked cities for their needs."""

    name_pl = "tematy_formularza"
    title = Text("Tematy formularza potrzeb", "Topics of the form of needs")
    description = Text(
        "Tematy, w których miasta mogły zgłaszać potrzeby, pod roboczymi nazwami sieci.",
        "Topics in which cities could declare needs, under the working names of the networks.",
    )
    row = Text("jeden temat formularza", "one topic of a form")
    rows = Rows(
        "m",
        "temat formularza / tematy formularza / tematów formularza",
        "topic of the form / topics of the form",
    )
    dataset = CHRONICLE

    topic_id = identifier(
        "nt",
        "id_tematu",
        "Identyfikator tematu",
        "Topic identifier",
        "Stały identyfikator tematu w tym zbiorze.",
        "Permanent identifier of the topic in this data set.",
    )
    needs_form_id = reference(
        NeedsForms.needs_form_id,
        "id_formularza",
        "Identyfikator formularza",
        "Form identifier",
        "Formularz, którego częścią jest temat.",
        "The form that the topic belongs to.",
    )
    network_id = reference(
        Networks.network_id,
        "id_sieci",
        "Identyfikator sieci",
        "Network identifier",
        "Sieć, która powstała z tego tematu.",
        "The network that came out of the topic.",
    )
    number = integer(
        "numer",
        "Numer",
        "Number",
        "Kolejność tematu w źródle.",
        "Position of the topic in the source.",
        minimum=1,
    )
    working_name_pl = string(
        "nazwa_robocza",
        "Nazwa robocza",
        "Working name",
        "Nazwa robocza sieci użyta w zaproszeniu.",
        "Working name of the network in the invitation, in Polish.",
        max_length=100,
    )
    scope_pl = string(
        "zakres",
        "Zakres",
        "Scope in Polish",
        "Czego miała dotyczyć sieć.",
        "What the network was to be about, in Polish.",
        max_length=300,
    )
    scope_en = string(
        "zakres_en",
        "Zakres po angielsku",
        "Scope in English",
        "Czego miała dotyczyć sieć, po angielsku.",
        "What the network was to be about, in English.",
        max_length=300,
    )
