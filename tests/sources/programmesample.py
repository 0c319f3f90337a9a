"""One made-up report on the programme in several layouts, and the facts that it tells.

Its cities, recommendations and goals are not those of any real document.
"""

from collections.abc import Sequence
from functools import cache

from sources.documents.engine import extract
from sources.documents.known import lexicon_of
from sources.documents.lexicon import Lexicon
from sources.documents.model import Document
from sources.facts import CURATED, read_facts
from tests.sources.docmaking import Part, make_xlsx

Facts = set[tuple[str, frozenset[tuple[str, str]]]]
"""Facts as table and values."""

CITIES = {
    "Sieć Miasto Zielone": ("Toruń", "Nowy Targ", "Bielsko-Biała"),
    "Sieć Miasto Cyfrowe": ("Ełk", "Kędzierzyn-Koźle", "Nowe Miasto nad Pilicą"),
    "Miasto Inicjatyw PPP": ("Ząbki", "Ostrów Wielkopolski"),
}
NETWORKS = {
    "Sieć Miasto Zielone": "net-0004",
    "Sieć Miasto Cyfrowe": "net-0005",
    "Miasto Inicjatyw PPP": "net-0006",
}
SCOPES = {"Zmiany prawne": "law", "Usprawnienia finansowe": "finance", "Wiedza": "knowledge"}
RECOMMENDATIONS = {
    (network, scope): f"Zalecenie {n} dla samorządów w zakresie numer {m}"
    for n, network in enumerate(NETWORKS)
    for m, scope in enumerate(SCOPES)
}
ISSUES = {
    "Sieć Miasto Zielone": ("ochrona drzew przy ulicach", "woda deszczowa w parkach"),
    "Sieć Miasto Cyfrowe": ("jedno konto mieszkańca", "czujniki w autobusach"),
    "Miasto Inicjatyw PPP": ("umowy na wiele lat", "dialog z wykonawcami"),
}
STRATEGIC = "Lepsze życie w miastach każdej wielkości"
GOALS = {
    "Wspólna nauka": "Miasta uczą się od siebie i od ekspertów",
    "Mocniejsze kadry": "Urzędnicy wiedzą, jak prowadzić projekty rozwojowe",
}
SURVEY = ("Spotkania na żywo dały najwięcej", "Brakowało czasu na ćwiczenia")
CHANGES = (
    ("Dotychczas spotkania odbywały się raz w roku", "Teraz spotkania odbywają się co kwartał"),
    ("Dotychczas wymagano listu prezydenta miasta", "Teraz wystarczy zgłoszenie elektroniczne"),
)
FORMS = {
    "Spotkania robocze": ("praca w małych grupach", "miasta + BŚ"),
    "Wizyty w terenie": ("oglądanie gotowych inwestycji", "miasta + ministerstwa"),
}
PARTIES = {"miasta": "cities", "BŚ": "world_bank", "ministerstwa": "ministries"}
COMPONENTS = ("rekomendacje dla rządu", "propozycje zmian w ustawach")
ABOUT = "Partnerska Inicjatywa Miast łączy miasta w sieci tematyczne."
TITLE = "Założenia programu na lata 2021-2023"


def expected(*without: str) -> Facts:
    """All the facts of the report, but for these tables."""
    edition = ("edition_id", "ed-0002")
    facts: list[tuple[str, tuple[tuple[str, str], ...]]] = []
    for network, cities in CITIES.items():
        where = (("network_id", NETWORKS[network]), edition)
        facts += [("participations", (*where, ("participant_id", city))) for city in cities]
    for (network, scope), text in RECOMMENDATIONS.items():
        where = (("network_id", NETWORKS[network]), ("scope", SCOPES[scope]))
        facts.append(("recommendations", (*where, ("title_pl", text))))
    for network, issues in ISSUES.items():
        of_network = ("network_id", NETWORKS[network])
        facts += [("network_issues", (of_network, ("issue_pl", issue))) for issue in issues]
    facts.append(("goals", (edition, ("level", "strategic"), ("title_pl", STRATEGIC))))
    for title, text in GOALS.items():
        goal = (edition, ("level", "specific"), ("title_pl", title), ("summary_pl", text))
        facts.append(("goals", goal))
    pilot = ("edition_id", "ed-0001")
    facts += [("survey_items", (pilot, ("topic_pl", text))) for text in SURVEY]
    for before, after in CHANGES:
        editions = (("earlier_edition_id", "ed-0001"), ("later_edition_id", "ed-0002"))
        change = (*editions, ("rule_before_pl", before), ("rule_after_pl", after))
        facts.append(("rule_changes", change))
    for form, (purpose, parties) in FORMS.items():
        facts.append(("work_forms", (edition, ("form_pl", form), ("purpose_pl", purpose))))
        for party in parties.split(" + "):
            row = (edition, ("form_pl", form), ("party", PARTIES[party]))
            facts.append(("work_form_participants", row))
    facts += [("plan_components", (edition, ("component_pl", text))) for text in COMPONENTS]
    return {(table, frozenset(row)) for table, row in facts if table not in without}


_TABLES = frozenset(table for table, _ in expected())
_CONTEXT = {"network_name", "component_group", "voivodeship"}


def told(document: Document, lexicon: Lexicon | None = None) -> Facts:
    """The facts found in a document, of the tables of the report."""
    found = extract(document, lexicon or known())
    return {
        (
            fact.table,
            frozenset((p.column, p.value) for p in fact.pieces if p.column not in _CONTEXT),
        )
        for fact in found.facts
        if fact.table in _TABLES
    }


@cache
def known() -> Lexicon:
    """The lexicon of the facts kept by hand."""
    tables = ("editions", "networks", "network_names")
    return lexicon_of(*(read_facts(CURATED / f"{table}.csv") for table in tables))


def matrix(*, turned: bool = False) -> list[list[str]]:
    """Recommendations between scopes and networks."""
    if turned:
        head = ["Sieć", *SCOPES]
        return [head, *([n, *(RECOMMENDATIONS[n, s] for s in SCOPES)] for n in NETWORKS)]
    head = ["Zakres zalecenia", *NETWORKS]
    return [head, *([s, *(RECOMMENDATIONS[n, s] for n in NETWORKS)] for s in SCOPES)]


def as_slides() -> list[Part]:
    """Headings and lists, as in a deck: the order of the real one."""
    parts: list[Part] = [("h1", TITLE), ("p", ABOUT), ("p", f"Cel strategiczny PIM: {STRATEGIC}")]
    parts += [("h1", "Cele szczegółowe PIM"), ("table", [list(GOALS), list(GOALS.values())])]
    parts[-1:] = [("li", f"{title} – {text}") for title, text in GOALS.items()]
    for network, cities in CITIES.items():
        parts.append(("h1", network))
        parts += [("li", city) for city in cities]
        parts.append(("h1", "Przykładowe zagadnienia przekrojowe"))
        parts += [("li", issue) for issue in ISSUES[network]]
    parts += [("h1", "Plany ulepszeń z etapu pilotażowego"), ("table", matrix())]
    parts.append(("h1", "Wyniki ankiety wśród uczestników pilotażu"))
    parts += [("li", text) for text in SURVEY]
    parts.append(("h1", "Zmiany w zasadach na lata 2021-2023"))
    parts += [("li", f"{before}. {after}.") for before, after in CHANGES]
    parts.append(("h1", "Formy współpracy"))
    for form, (purpose, parties) in FORMS.items():
        parts += [("h2", form), ("p", f"{purpose} ({parties})")]
    parts.append(("h1", "Co zawiera Plan Ulepszeń"))
    return parts + [("li", text) for text in COMPONENTS]


def as_report() -> list[Part]:
    """Tables and sentences, other words in the headings, another order."""
    changes = [
        ["Nowa zasada", "Poprzednia zasada"],
        *([after, before] for before, after in CHANGES),
    ]
    cities = [["Lp.", "Województwo", "Miasto", "Nazwa sieci"]]
    cities += [["1", "-", city, network] for network in CITIES for city in CITIES[network]]
    records = [["Zalecenie", "Sieć", "Zakres"]]
    records += [[text, network, scope] for (network, scope), text in RECOMMENDATIONS.items()]
    forms = [[form, f"{purpose} ({who})"] for form, (purpose, who) in FORMS.items()]
    parts: list[Part] = [("h1", "Sprawozdanie z programu"), ("p", ABOUT), ("p", TITLE)]
    parts.append(("h1", "Co powiedzieli w ankiecie uczestnicy pilotażu"))
    parts += [("li", text) for text in SURVEY]
    parts += [("h1", "Nowe zasady PIM 2021-2023"), ("table", changes)]
    parts += [("h1", "Lista uczestników"), ("table", cities)]
    parts += [("h1", "Rekomendacje po pilotażu"), ("table", records)]
    for network, issues in ISSUES.items():
        parts.append(("h1", f"Tematy przekrojowe: {network}"))
        parts += [("li", issue) for issue in issues]
    parts += [("h1", "Cel strategiczny"), ("p", STRATEGIC), ("h1", "Cele operacyjne")]
    for title, text in GOALS.items():
        parts += [("h2", title), ("p", text)]
    parts += [("h1", "Sposoby pracy i podział ról"), ("table", forms)]
    parts.append(("h1", "Składowe Planu Ulepszeń"))
    return parts + [("li", text) for text in COMPONENTS]


def as_workbook() -> bytes:
    """Sheets: networks over their cities, recommendations the other way round, issues as rows."""
    depth = max(map(len, CITIES.values()))
    columns: list[Sequence[object]] = [[ABOUT], [], list(CITIES)]
    columns += [[c[i] if i < len(c) else None for c in CITIES.values()] for i in range(depth)]
    issues = [["Zagadnienie", "Sieć"]]
    issues += [[issue, network] for network in ISSUES for issue in ISSUES[network]]
    return make_xlsx({"Miasta": columns, "Zalecenia": matrix(turned=True), "Zagadnienia": issues})
