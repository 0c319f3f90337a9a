"""What a release says about itself: handed in by the caller, the same for all its files."""

from dataclasses import dataclass, field
from datetime import date

from schemas.errors import Exit, PimError
from schemas.text import Lang, Text


@dataclass(frozen=True)
class Source:
    """A register or collection that the data come from, and who must be named for it."""

    title: Text
    path: str
    """Its web address."""


@dataclass(frozen=True)
class Licence:
    """A licence by its Open Definition identifier."""

    name: str
    title: Text
    path: str


CC_BY_4 = Licence(
    "CC-BY-4.0",
    Text(
        "Creative Commons Uznanie autorstwa 4.0 Międzynarodowe",
        "Creative Commons Attribution 4.0 International",
    ),
    "https://creativecommons.org/licenses/by/4.0/",
)
TERYT = Source(
    Text(
        "Rejestr TERYT (TERC, SIMC), Główny Urząd Statystyczny",
        "TERYT register (TERC, SIMC), Statistics Poland",
    ),
    "https://eteryt.stat.gov.pl/",
)
BDL = Source(
    Text("Bank Danych Lokalnych, Główny Urząd Statystyczny", "Local Data Bank, Statistics Poland"),
    "https://bdl.stat.gov.pl/",
)
PROGRAMME_PAGES = Source(
    Text(
        "Strony i dokumenty Partnerskiej Inicjatywy Miast; ich wykaz to tabela „dokumenty” w "
        "zbiorze „kronika”",
        "Pages and documents of the Cities' Partnership Initiative; they are listed in table "
        "'documents' of the data set 'kronika'",
    ),
    "https://www.gov.pl/web/fundusze-regiony/partnerska-inicjatywa-miast",
)


@dataclass(frozen=True)
class Publication:
    """Version, date, address, publisher, contact, licence and sources of one release.

    The defaults are neutral: nothing pretends to come from a ministry. `date` is the release
    date, the only date that reaches published files.
    """

    version: str
    date: date
    base_url: str = "https://pim.example.org/"
    """Where the public folder is served, with a final slash."""
    publisher: Text = Text(
        "Zespół projektu „PIM – otwarte dane”", "Team of the project 'PIM open data'"
    )
    contact: str = "kontakt@pim.example.org"
    """An institutional e-mail or a web address; never a person's."""
    homepage: str = "https://pim.example.org/"
    licence: Licence = CC_BY_4
    attribution: tuple[Text, ...] = ()
    """Lines that a re-user must repeat, such as those that a register's terms demand."""
    sources: tuple[Source, ...] = field(default=(PROGRAMME_PAGES, TERYT, BDL))

    def __post_init__(self) -> None:
        """Refuse addresses that would break every link (`PIM-EXP-020`)."""
        for name, address, end in (
            ("base_url", self.base_url, "/"),
            ("homepage", self.homepage, ""),
        ):
            if not address.startswith(("https://", "http://")) or not address.endswith(end):
                raise PimError(
                    "PIM-EXP-020",
                    Text(
                        "„{address}” nie jest pełnym adresem (base_url kończy się ukośnikiem).",
                        "'{address}' is not a full address (base_url ends with a slash).",
                    ).fill(address=address),
                    where=name,
                    fix=Text(
                        "Podaj w ustawieniach adres podobny do https://pim.example.org/.",
                        "Set an address such as https://pim.example.org/.",
                    ),
                    exit_code=Exit.USAGE,
                )

    def facts(self) -> dict[str, str]:
        """What the manifest and the DuckDB file say of the release, as texts."""
        citation = f"{self.publisher.pl}, PIM Otwarte Dane, {self.version}, {self.base_url}"
        return {
            "version": self.version,
            "date": self.date.isoformat(),
            "publisher_pl": self.publisher.pl,
            "publisher_en": self.publisher.en,
            "contact": self.contact,
            "homepage": self.homepage,
            "licence": self.licence.name,
            "licence_url": self.licence.path,
            "citation": citation,
        }

    def cited(self, title: Text, address: str) -> Text:
        """How something with a title is cited, without a full stop."""
        named = {"version": self.version, "date": self.date.isoformat(), "address": address}
        pl = "{publisher}, „{title}”, wersja {version}, {date}, {address}"
        en = "{publisher}, '{title}', version {version}, {date}, {address}"
        return Text(
            pl.format(publisher=self.publisher.pl, title=title.pl, **named),
            en.format(publisher=self.publisher.en, title=title.en, **named),
        )

    def address(self, slug: str, lang: Lang, file: str = "") -> str:
        """The web address of a data set's folder in a language, or of a file in it."""
        return f"{self.base_url}{'' if lang == 'pl' else 'en/'}{slug}/{file}"
