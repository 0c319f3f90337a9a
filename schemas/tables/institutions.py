"""Institutions of the programme, the roles that they had, and how to reach them."""

import polars as pl

from schemas.columns import Codes, code, identifier, reference, string
from schemas.counting import Rows
from schemas.datasets import CHRONICLE
from schemas.table import RowRule
from schemas.tables.editions import Editions
from schemas.tables.shared import Evidence
from schemas.text import Text


class InstitutionRole(Codes):
    """What an institution did in an edition."""

    ORGANISER = "organiser", "organizator", "organiser"
    PARTNER = "strategic_partner", "partner strategiczny", "strategic partner"
    EXPERTS = "experts", "eksperci", "experts"
    SELECTION = "selection", "wybór uczestników naboru", "selection of participants"
    CONTRIBUTOR = "contributor", "współtwórca raportu końcowego", "contributor to the final report"
    FACILITATOR = (
        "facilitator",
        "prowadzenie warsztatów i Lokalnych Partnerstw",
        "facilitator of workshops and Local Partnerships",
    )
    AUTHOR = "report_author", "autor raportu podsumowującego", "author of the summary report"
    INSPIRATION = "inspiration", "źródło metody", "source of the method"
    INFORMATION = "information", "informowanie o programie", "publisher of programme news"


class ContactChannel(Codes):
    """The way in which an institution can be reached."""

    EMAIL = "email", "adres poczty elektronicznej", "e-mail address"
    WEB = "web", "strona internetowa", "web page"
    SOCIAL = "social_media", "profil w mediach społecznościowych", "social media profile"
    HASHTAG = "hashtag", "hasztag", "hashtag"


class Institutions(Evidence):
    """Ministries, partners and other bodies that took part in the programme."""

    name_pl = "instytucje"
    title = Text("Instytucje", "Institutions")
    description = Text(
        "Ministerstwa, partnerzy i inne instytucje związane z programem; ich zadania są w tabeli "
        "ról.",
        "Ministries, partners and other bodies connected with the programme; what they did is in "
        "the table of roles.",
    )
    row = Text("jedna instytucja", "one institution")
    rows = Rows("f", "instytucja / instytucje / instytucji", "institution / institutions")
    dataset = CHRONICLE

    institution_id = identifier(
        "ins",
        "id_instytucji",
        "Identyfikator instytucji",
        "Institution identifier",
        "Stały identyfikator instytucji w tym zbiorze.",
        "Permanent identifier of the institution in this data set.",
    )
    institution_name_pl = string(
        "nazwa_pl",
        "Nazwa polska",
        "Polish name",
        "Polska nazwa instytucji, jeśli jest używana w źródłach.",
        "Polish name of the institution, where the sources use one.",
        null=True,
        max_length=200,
    )
    institution_name_en = string(
        "nazwa_en",
        "Nazwa angielska",
        "English name",
        "Angielska nazwa instytucji, jeśli jest znana.",
        "English name of the institution, where known.",
        null=True,
        max_length=200,
    )
    abbreviation = string(
        "skrot",
        "Skrót",
        "Abbreviation",
        "Skrót nazwy używany w dokumentach programu.",
        "Abbreviation used in the documents of the programme.",
        null=True,
        max_length=20,
    )


Institutions.rules = (
    RowRule(
        name="some_name",
        good=Institutions.institution_name_pl.col.is_not_null()
        | Institutions.institution_name_en.col.is_not_null(),
        message=Text(
            "Instytucja nie ma nazwy polskiej ani angielskiej.",
            "The institution has neither a Polish nor an English name.",
        ),
        columns=(Institutions.institution_name_pl, Institutions.institution_name_en),
    ),
)


class InstitutionRoles(Evidence):
    """What each institution did in each edition."""

    name_pl = "role_instytucji"
    title = Text("Role instytucji w edycjach", "Roles of institutions by edition")
    description = Text(
        "Zadania, jakie instytucje miały w poszczególnych edycjach programu.",
        "What the institutions did in each edition of the programme.",
    )
    row = Text(
        "jedna rola jednej instytucji w jednej edycji",
        "one role of one institution in one edition",
    )
    rows = Rows(
        "f",
        "rola instytucji / role instytucji / ról instytucji",
        "role of an institution / roles of institutions",
    )
    dataset = CHRONICLE

    institution_id = reference(
        Institutions.institution_id,
        "id_instytucji",
        "Identyfikator instytucji",
        "Institution identifier",
        "Instytucja, która miała tę rolę.",
        "The institution that had the role.",
        key=True,
    )
    edition_id = reference(
        Editions.edition_id,
        "id_edycji",
        "Identyfikator edycji",
        "Edition identifier",
        "Edycja, w której instytucja miała tę rolę.",
        "The edition in which the institution had the role.",
        key=True,
    )
    role = code(
        InstitutionRole,
        "rola",
        "Rola",
        "Role",
        "Co instytucja robiła w tej edycji.",
        "What the institution did in the edition.",
        key=True,
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


class Contacts(Evidence):
    """Public addresses of institutions; never of a person."""

    name_pl = "kontakty"
    title = Text("Kontakty instytucji", "Institutional contacts")
    description = Text(
        "Publiczne adresy instytucji programu podane w jego dokumentach. Tabela nie zawiera danych "
        "kontaktowych osób.",
        "Public addresses of the programme's institutions as given in its documents. No contact "
        "of a person is held.",
    )
    row = Text("jeden adres jednej instytucji", "one address of one institution")
    institutional = True
    rows = Rows("m", "kontakt / kontakty / kontaktów", "contact / contacts")
    dataset = CHRONICLE

    contact_id = identifier(
        "con",
        "id_kontaktu",
        "Identyfikator kontaktu",
        "Contact identifier",
        "Stały identyfikator kontaktu w tym zbiorze.",
        "Permanent identifier of the contact in this data set.",
    )
    institution_id = reference(
        Institutions.institution_id,
        "id_instytucji",
        "Identyfikator instytucji",
        "Institution identifier",
        "Instytucja, do której prowadzi kontakt.",
        "The institution that the contact leads to.",
    )
    channel = code(
        ContactChannel,
        "kanal",
        "Kanał kontaktu",
        "Contact channel",
        "Rodzaj kontaktu: adres poczty, strona, profil, hasztag.",
        "Kind of contact: e-mail, web page, profile, hashtag.",
    )
    contact_value = string(
        "adres_kontaktu",
        "Adres kontaktu",
        "Contact address",
        "Adres, nazwa profilu (bez znaku @) lub hasztag.",
        "Address, profile name (without the @) or hashtag.",
        max_length=200,
    )


Contacts.rules = (
    RowRule(
        name="email_shape",
        good=(Contacts.channel.col != pl.lit(ContactChannel.EMAIL.value))
        | Contacts.contact_value.col.str.contains(r"^[a-z0-9-]+@[a-z0-9.-]+\.[a-z]+$"),
        message=Text(
            "To nie jest adres skrzynki instytucji: przed znakiem @ może stać jedno słowo, bez "
            "imienia i nazwiska.",
            "This is not an institution's mailbox: one word may stand before the @, not a "
            "person's name.",
        ),
        columns=(Contacts.channel, Contacts.contact_value),
    ),
)
