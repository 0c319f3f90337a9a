"""Words of the EU vocabularies that a catalogue uses, with the labels that a reader sees.

Every concept is declared in the catalogue itself (class, scheme, label), so that a validator
needs no copy of the vocabularies. Source: Publications Office of the EU, authority tables.
"""

from dataclasses import dataclass

from exports.listing import FileFormat
from schemas.datasets import Frequency
from schemas.text import Lang, Text

AUTHORITY = "http://publications.europa.eu/resource/authority/"
IANA = "http://www.iana.org/assignments/media-types/"
"""With http, as the quality assessments of data.europa.eu know the media types."""
NUTS = "http://data.europa.eu/nuts/code/"
"""Regions of Eurostat as linked data."""


TABLES: dict[str, Text] = {
    "access-right": Text("Prawa dostępu", "Access rights"),
    "country": Text("Państwa i terytoria", "Countries and territories"),
    "data-theme": Text("Kategorie danych", "Data themes"),
    "distribution-status": Text("Stany dystrybucji", "Distribution statuses"),
    "file-type": Text("Typy plików", "File types"),
    "frequency": Text("Częstotliwości", "Frequencies"),
    "language": Text("Języki", "Languages"),
    "licence": Text("Licencje", "Licences"),
    "planned-availability": Text("Planowana dostępność", "Planned availability"),
}
"""The EU authority tables that are used, by the end of their address, and what they are called."""


@dataclass(frozen=True)
class Term:
    """A concept of an EU authority table."""

    table: str
    code: str
    label: Text

    @property
    def uri(self) -> str:
        """Its address."""
        return f"{AUTHORITY}{self.table}/{self.code}"


def _frequency(code: str, pl: str, en: str) -> Term:
    return Term("frequency", code, Text(pl, en))


FREQUENCIES: dict[Frequency, Term] = {
    "daily": _frequency("DAILY", "codziennie", "daily"),
    "weekly": _frequency("WEEKLY", "co tydzień", "weekly"),
    "monthly": _frequency("MONTHLY", "co miesiąc", "monthly"),
    "quarterly": _frequency("QUARTERLY", "co kwartał", "quarterly"),
    "everyHalfYear": _frequency("ANNUAL_2", "dwa razy w roku", "twice a year"),
    "yearly": _frequency("ANNUAL", "co rok", "annual"),
    "irregular": _frequency("IRREG", "nieregularnie", "irregular"),
    "notPlanned": _frequency("NOT_PLANNED", "nie planuje się", "not planned"),
}
"""The portal's words for how often data change, as EU frequencies."""

THEMES: dict[str, Term] = {
    code: Term("data-theme", code, Text(pl, en))
    for code, pl, en in (
        (
            "AGRI",
            "Rolnictwo, rybołówstwo, leśnictwo i żywność",
            "Agriculture, fisheries, forestry and food",
        ),
        ("ECON", "Gospodarka i finanse", "Economy and finance"),
        ("EDUC", "Edukacja, kultura i sport", "Education, culture and sport"),
        ("ENER", "Energia", "Energy"),
        ("ENVI", "Środowisko", "Environment"),
        ("GOVE", "Rząd i sektor publiczny", "Government and public sector"),
        ("HEAL", "Zdrowie", "Health"),
        ("INTR", "Kwestie międzynarodowe", "International issues"),
        (
            "JUST",
            "Sprawiedliwość, system prawny i bezpieczeństwo publiczne",
            "Justice, legal system and public safety",
        ),
        ("REGI", "Regiony i miasta", "Regions and cities"),
        ("SOCI", "Ludność i społeczeństwo", "Population and society"),
        ("TECH", "Nauka i technologia", "Science and technology"),
        ("TRAN", "Transport", "Transport"),
    )
}
"""EU data themes by the category code of dane.gov.pl, which is the same."""

FILE_TYPES: dict[FileFormat, Term] = {
    "csv": Term("file-type", "CSV", Text("CSV", "CSV")),
    "jsonld": Term("file-type", "JSON_LD", Text("JSON-LD", "JSON-LD")),
    "ttl": Term("file-type", "RDF_TURTLE", Text("RDF Turtle", "RDF Turtle")),
    "geojson": Term("file-type", "GEOJSON", Text("GeoJSON", "GeoJSON")),
}
"""Formats that are distributions. Parquet is none: it would cost points for being unknown to the
lists of non-proprietary and machine-readable formats, so it is offered on our own pages alone."""

LANGUAGES: dict[Lang, Term] = {
    "pl": Term("language", "POL", Text("polski", "Polish")),
    "en": Term("language", "ENG", Text("angielski", "English")),
}
LICENCES: dict[str, Term] = {
    "CC-BY-4.0": Term(
        "licence",
        "CC_BY_4_0",
        Text("Creative Commons Uznanie autorstwa 4.0", "Creative Commons Attribution 4.0"),
    ),
    "CC0-1.0": Term(
        "licence",
        "CC0",
        Text("Creative Commons CC0 1.0", "Creative Commons CC0 1.0 Universal"),
    ),
}
"""EU licences by their Open Definition identifier."""
LICENCE_TYPES: dict[str, str] = {"CC_BY_4_0": "Attribution", "CC0": "PublicDomain"}
"""What ADMS calls the kind of each of them."""

PUBLIC = Term("access-right", "PUBLIC", Text("publiczne", "public"))
POLAND = Term("country", "POL", Text("Polska", "Poland"))
STABLE = Term("planned-availability", "STABLE", Text("stała", "stable"))
COMPLETED = Term("distribution-status", "COMPLETED", Text("ukończone", "completed"))

LEGISLATION: tuple[tuple[str, Text], ...] = (
    (
        "http://data.europa.eu/eli/dir/2019/1024/oj",
        Text(
            "Dyrektywa (UE) 2019/1024 w sprawie otwartych danych i ponownego wykorzystywania "
            "informacji sektora publicznego",
            "Directive (EU) 2019/1024 on open data and the re-use of public sector information",
        ),
    ),
    (
        "https://eli.gov.pl/eli/DU/2021/1641/ogl",
        Text(
            "Ustawa z dnia 11 sierpnia 2021 r. o otwartych danych i ponownym wykorzystywaniu "
            "informacji sektora publicznego",
            "Act of 11 August 2021 on open data and the re-use of public sector information",
        ),
    ),
)
"""ELI addresses of the law that data are opened by."""
HIGH_VALUE_ACT: tuple[str, Text] = (
    "http://data.europa.eu/eli/reg_impl/2023/138/oj",
    Text(
        "Rozporządzenie wykonawcze (UE) 2023/138 w sprawie zbiorów danych o wysokiej wartości",
        "Implementing Regulation (EU) 2023/138 on high-value datasets",
    ),
)
"""What a data set on the list of the European Commission is opened by, too."""

VOIVODESHIPS: dict[str, str] = {
    "02": "PL51",
    "04": "PL61",
    "06": "PL81",
    "08": "PL43",
    "10": "PL71",
    "12": "PL21",
    "14": "PL9",
    "16": "PL52",
    "18": "PL82",
    "20": "PL84",
    "22": "PL63",
    "24": "PL22",
    "26": "PL72",
    "28": "PL62",
    "30": "PL41",
    "32": "PL42",
}
"""NUTS region of each voivodeship, by the first two digits of a TERC code. Mazowieckie is one
region of level 1 (two of level 2), the others are regions of level 2. Source: Eurostat."""
