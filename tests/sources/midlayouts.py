"""MID documents in layouts that real cities use, and the facts that stand in them.

`python -m tests.sources.midlayouts` makes the files in `fixtures/mids/` of them: PDF and DOCX as
LibreOffice saves them.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.sources.midmaking import B, H, Layout, P, Page, T, as_docx

REQUIRED = frozenset({"challenge", "actions", "schedule", "stakeholders", "communication"})

NUMBERED = Layout(
    name="numbered",
    front=(
        P("Partnerska Inicjatywa Miast 2021-2023"),
        H("Miejska Inicjatywa Działania", 1),
        P("Miasto: Żyrardów"),
        P("Sieć: Miasto Zielone"),
        P("Tytuł: Zielone podwórka osady fabrycznej"),
        P("Data opracowania: 15 marca 2023 r."),
        P("Opracowanie: Zuzanna Wymyślona, Wydział Ochrony Środowiska Urzędu Miasta Żyrardowa, "
          "tel. 46 858 15 00"),
    ),
    chapters=(
        (
            H("1. Wprowadzenie"),
            P("Dokument powstał w ramach programu i jest owocem pracy zespołu miejskiego oraz "
              "mieszkańców. Plan komunikacji opisano w dalszej części."),
        ),
        (
            H("2. Diagnoza sytuacji"),
            P("Podwórka osady są w większości utwardzone, a temperatura przekracza 40 stopni."),
        ),
        (
            H("3. Wyzwanie"),
            P("Podwórka osady fabrycznej przegrzewają się i nie zatrzymują wody. Dotyczy to 63 "
              "podwórek, na których mieszka 4 tys. osób."),
        ),
        (
            H("4. Proponowane działania"),
            P("Zespół zaproponował trzy działania."),
            T((
                ("Lp.", "Działanie", "Jednostka odpowiedzialna", "Termin", "Koszt"),
                ("1.", "Zieleń na 12 podwórkach", "Wydział Gospodarki Komunalnej",
                 "II kwartał 2023 – IV kwartał 2024", "600 000 zł"),
                ("2.", "Ogród deszczowy przy Resursie", "Zakład Zieleni Sp. z o.o.",
                 "do końca 2024 r.", "120 000 zł"),
                ("3.", "Szkółka drzew miejskich", "Anna Zmyślna", "2024", "80 000 zł"),
            )),
        ),
        (
            H("5. Harmonogram"),
            T((
                ("Etap", "Początek", "Koniec"),
                ("Inwentaryzacja podwórek", "04.2023", "06.2023"),
                ("Projekty i uzgodnienia", "07.2023", "12.2023"),
                ("Roboty i nasadzenia", "01.2024", "11.2024"),
            )),
        ),
        (
            H("6. Interesariusze"),
            T((
                ("Interesariusz", "Rola", "Wpływ"),
                ("Wspólnoty mieszkaniowe", "współgospodarz podwórek", "duży"),
                ("Szkoła Podstawowa nr 2 im. Jana Kochanowskiego", "opieka nad ogrodem", "średni"),
                ("Grażyna Nieistniejąca", "ogrodniczka społeczna", "średni"),
            )),
        ),
        (
            H("7. Plan komunikacji"),
            P("Mieszkańcy dowiedzą się o działaniach ze spotkań i ze strony miasta."),
            B("spotkania na podwórkach"),
        ),
        (H("8. Monitoring i wskaźniki"), P("Temperatura będzie mierzona co roku w lipcu.")),
    ),
    values={
        "city": "Żyrardów",
        "network": "Miasto Zielone",
        "title": "Zielone podwórka osady fabrycznej",
        "challenge": "Podwórka osady fabrycznej przegrzewają się i nie zatrzymują wody. Dotyczy to "
        "63 podwórek, na których mieszka 4 tys. osób.",
        "institution": "Wydział Ochrony Środowiska Urzędu Miasta Żyrardowa",
        "date": "2023-03-15",
        "language": "pl",
    },
    parts=REQUIRED | {"diagnosis", "monitoring"},
    actions=(
        ("Zieleń na 12 podwórkach", "Wydział Gospodarki Komunalnej"),
        ("Ogród deszczowy przy Resursie", "Zakład Zieleni Sp. z o.o."),
        ("Szkółka drzew miejskich", ""),
    ),
    schedule=(
        ("Inwentaryzacja podwórek", "2023-04-01", "2023-06-30"),
        ("Projekty i uzgodnienia", "2023-07-01", "2023-12-31"),
        ("Roboty i nasadzenia", "2024-01-01", "2024-11-30"),
    ),
    stakeholders=("Wspólnoty mieszkaniowe", "Szkoła Podstawowa nr 2 im. Jana Kochanowskiego"),
    forbidden=("Wymyślona", "Zmyślna", "Nieistniejąca", "858 15 00"),
)  # fmt: skip

TITLE_PAGE = Layout(
    name="title_page",
    front=(
        H("MIEJSKA INICJATYWA DZIAŁAŃ", 1),
        H("Racibórz pije deszczówkę: retencja w śródmieściu", 2),
        P("Sieć Miasto Zielone"),
        P("Urząd Miasta Racibórz"),
        P("Racibórz, luty 2023 r."),
        Page(),
        H("Spis treści", 1),
        P("Wstęp .................................................. 3"),
        P("Rozdział I. Wyzwanie .............................. 3"),
        P("Rozdział II. Interesariusze ........................ 4"),
        P("Rozdział III. Działania ............................. 5"),
        P("Rozdział IV. Harmonogram działań ................ 6"),
        P("Rozdział V. Plan komunikacji z interesariuszami ... 7"),
        Page(),
        H("Wstęp"),
        P("Racibórz należy do sieci od 2022 roku i szuka sposobów na zatrzymanie wody w mieście."),
    ),
    chapters=(
        (
            H("Rozdział I. Wyzwanie"),
            P("Ulewy zalewają śródmieście, a miesiąc później brakuje wody dla drzew."),
            Page(),
        ),
        (
            H("Rozdział II. Interesariusze"),
            P("Najważniejsi są mieszkańcy, szkoły i spółka wodociągowa."),
            T((
                ("Grupa", "Oczekiwania", "Sposób zaangażowania"),
                ("Mieszkańcy śródmieścia", "suche piwnice", "warsztaty"),
                ("Wodociągi Raciborskie Sp. z o.o.", "mniej wód opadowych w kanalizacji", "umowa"),
            )),
            Page(),
        ),
        (
            H("Rozdział III. Działania"),
            B("ogrody deszczowe przy szkołach"),
            B("dopłaty do zbiorników na deszczówkę dla mieszkańców"),
            Page(),
        ),
        (
            H("Rozdział IV. Harmonogram działań"),
            T((
                ("Działanie", "I kw. 2023", "II kw. 2023", "III kw. 2023", "IV kw. 2023"),
                ("Wybór szkół", "x", "x", "", ""),
                ("Budowa ogrodów", "", "", "x", "x"),
                ("Nabór wniosków o dopłaty", "", "X", "", ""),
            )),
            Page(),
        ),
        (
            H("Rozdział V. Plan komunikacji z interesariuszami"),
            P("Komunikacja z mieszkańcami odbywa się przez rady osiedli oraz gazetę miejską."),
            Page(),
        ),
    ),
    values={
        "city": "Racibórz",
        "network": "Sieć Miasto Zielone",
        "title": "Racibórz pije deszczówkę: retencja w śródmieściu",
        "challenge": "Ulewy zalewają śródmieście, a miesiąc później brakuje wody dla drzew.",
        "institution": "Urząd Miasta Racibórz",
        "date": "2023-02",
        "language": "pl",
    },
    parts=REQUIRED,
    schedule=(
        ("Wybór szkół", "2023-01-01", "2023-06-30"),
        ("Budowa ogrodów", "2023-07-01", "2023-12-31"),
        ("Nabór wniosków o dopłaty", "2023-04-01", "2023-06-30"),
    ),
    stakeholders=("Mieszkańcy śródmieścia", "Wodociągi Raciborskie Sp. z o.o."),
    pages={"challenge": 3, "stakeholders": 4, "actions": 5, "schedule": 6, "communication": 7},
)  # fmt: skip

FORM_TEAM = (
    "Jan Wymyślny – Biuro Partnerstwa Urzędu Miejskiego w Koszalinie; j.wymyslny@example.org"
)
FORM = Layout(
    name="form",
    front=(
        H("KARTA MIEJSKIEJ INICJATYWY DZIAŁANIA (MID)", 1),
        T((
            ("Nazwa miasta", "Gmina Miasto Koszalin"),
            ("Sieć tematyczna", "Miasto Inicjatyw PPP"),
            ("Tytuł MID", "„Pływalnia, która na siebie zarabia”"),
            ("Data sporządzenia", "2023-02-28"),
            ("Zespół", FORM_TEAM),
        )),
    ),
    chapters=(
        (T((
            ("Wyzwanie", "Pływalnia wymaga modernizacji, na którą miasto nie ma środków."),
            ("Cele", "Nowa pływalnia bez wzrostu zadłużenia."),
            ("Działania", "1) test rynku; 2) wybór partnera prywatnego; 3) umowa o partnerstwie."),
        )),),
        (T((
            ("Harmonogram", "Test rynku do czerwca 2023 r., umowa w 2024 r."),
            ("Interesariusze", "Kluby sportowe, mieszkańcy, operatorzy pływalni."),
            ("Plan komunikacji", "Konsultacje i dni otwarte."),
            ("Ryzyka", "brak"),
        )),),
    ),
    values={
        "city": "Gmina Miasto Koszalin",
        "network": "Miasto Inicjatyw PPP",
        "title": "Pływalnia, która na siebie zarabia",
        "challenge": "Pływalnia wymaga modernizacji, na którą miasto nie ma środków",
        "institution": "Biuro Partnerstwa Urzędu Miejskiego w Koszalinie",
        "date": "2023-02-28",
        "language": "pl",
    },
    parts=REQUIRED | {"goals"},
    forbidden=("Wymyślny", "wymyslny"),
)  # fmt: skip

ENGLISH = Layout(
    name="english",
    front=(
        H("Municipal Action Plan", 1),
        P("City: Gdansk"),
        P("Network: Green City Network"),
        P("Title: Cool Streets"),
        P("Date: March 2023"),
        P("Prepared by: City of Gdańsk Office of Green Infrastructure"),
    ),
    chapters=(
        (H("Challenge"), P("The streets of the city are too hot in summer and trees are dying.")),
        (
            H("Actions and timeline"),
            T((
                ("Action", "Responsible", "From", "To"),
                ("Plant 300 trees", "City Greenery Department", "April 2023", "November 2023"),
                ("Cool roofs of two schools", "Office of Investments", "Q1 2024", "Q3 2024"),
            )),
        ),
        (
            H("Stakeholders"),
            T((
                ("Stakeholder", "Role"),
                ("Residents", "care for the trees"),
                ("Schools", "host the roofs"),
            )),
        ),
        (H("Communication"), P("Residents will be informed by local media and at meetings.")),
    ),
    values={
        "network": "Green City Network",
        "title": "Cool Streets",
        "challenge": "The streets of the city are too hot in summer and trees are dying.",
        "institution": "City of Gdańsk Office of Green Infrastructure",
        "date": "2023-03",
        "language": "en",
        "city": "Gdansk",
    },
    parts=REQUIRED,
    actions=(
        ("Plant 300 trees", "City Greenery Department"),
        ("Cool roofs of two schools", "Office of Investments"),
    ),
    schedule=(
        ("Plant 300 trees", "2023-04-01", "2023-11-30"),
        ("Cool roofs of two schools", "2024-01-01", "2024-09-30"),
    ),
    stakeholders=("Residents", "Schools"),
)  # fmt: skip

INCOMPLETE = Layout(
    name="incomplete",
    front=(
        H("Miejska Inicjatywa Działania miasta Uniejów", 1),
        P("w ramach sieci Miasto Zielone"),
    ),
    chapters=(
        (H("Wyzwanie"), P("Kurort termalny zużywa zbyt wiele wody pitnej.")),
        (
            H("Działania"),
            P("Harmonogram zostanie opracowany w 2024 roku. Plan komunikacji opracuje wykonawca."),
            H("Odzysk ciepła", 2),
            P("Odzysk ciepła z wód zrzutowych pozwoli zmniejszyć zużycie wody i gazu."),
        ),
        (H("Harmonogram"), P("Do uzupełnienia.")),
        (H("Komunikacja miejska"), P("W mieście działają dwie linie autobusowe, obie do kurortu.")),
    ),
    values={
        "city": "miasta Uniejów",
        "network": "Miasto Zielone",
        "challenge": "Kurort termalny zużywa zbyt wiele wody pitnej.",
        "language": "pl",
    },
    parts=frozenset({"challenge", "actions"}),
)

SPOILT = Layout(
    name="spoilt",
    front=(
        P("Miejska Inicjatywa Działań"),
        P("Gmina Piława"),
        P("Sieć Cyfrowa"),
        P("Tytuł: Urząd bez kolejek, usługi świadczone zdalnie"),
        P("styczeń 2023"),
    ),
    chapters=(
        (
            P("WYZWANIE"),
            P("Mieszkańcy tracą czas w urzędzie, bo usługi nie są dostępne przez sieć."),
        ),
        (P("Proponowane działania"), P("Elektroniczne biuro obsługi oraz szkolenia dla seniorów.")),
        (P("Harmonogram"), P("Biuro powstanie w 2023 r., a szkolenia odbędą się w 2024 r.")),
        (P("Interesariusze"), P("Mieszkańcy, urzędnicy, biblioteka, sołectwa i szkoły.")),
        (
            P("Plan komunikacji"),
            P("Ulotka z podatkami, ogłoszenia w sklepach i media społecznościowe."),
        ),
    ),
    values={
        "city": "Gmina Piława",
        "network": "Sieć Cyfrowa",
        "title": "Urząd bez kolejek, usługi świadczone zdalnie",
        "challenge": "Mieszkańcy tracą czas w urzędzie, bo usługi nie są dostępne przez sieć.",
        "date": "2023-01",
        "language": "pl",
    },
    parts=REQUIRED,
)

METROPOLIS = Layout(
    name="metropolis",
    front=(
        H("Miejska Inicjatywa Działania: Wspólne zakupy energii", 1),
        P("Uczestnik: Stowarzyszenie Metropolia Warszawa"),
        P("Sieć: Miasto efektywne energetycznie"),
        P("Autorzy:"),
        B("Biuro Stowarzyszenia Metropolia Warszawa"),
        B("Ewa Urojona"),
        P("Wersja z dnia 10.09.2025"),
    ),
    chapters=(
        (
            H("Wyzwania i cele"),
            P("Gminy metropolii płacą za energię różne ceny, bo kupują ją osobno."),
        ),
        (H("Plan działań"), B("audyt umów"), B("przetarg wspólny dla 30 gmin")),
        (
            H("Ramy czasowe"),
            T((
                ("Kamień milowy", "Data", "Odpowiedzialny"),
                ("Audyt umów zakończony", "31.12.2025", "Biuro Stowarzyszenia"),
                ("Przetarg ogłoszony", "marzec 2026", "Gmina wiodąca"),
            )),
        ),
        (H("Partnerzy"), P("Gminy metropolii, operator sieci i Urząd Regulacji Energetyki.")),
        (H("Informacja i promocja"), P("Wyniki przetargu zostaną podane na stronie internetowej.")),
        (H("Finansowanie"), P("Koszty audytu pokrywa stowarzyszenie ze składek członkowskich.")),
    ),
    values={
        "city": "Stowarzyszenie Metropolia Warszawa",
        "network": "Miasto efektywne energetycznie",
        "title": "Wspólne zakupy energii",
        "challenge": "Gminy metropolii płacą za energię różne ceny, bo kupują ją osobno.",
        "institution": "Biuro Stowarzyszenia Metropolia Warszawa",
        "date": "2025-09-10",
        "language": "pl",
    },
    parts=REQUIRED | {"goals", "financing"},
    schedule=(
        ("Audyt umów zakończony", "2025-12-31", "2025-12-31"),
        ("Przetarg ogłoszony", "2026-03-01", "2026-03-31"),
    ),
    forbidden=("Urojona",),
)  # fmt: skip

LAYOUTS = (NUMBERED, TITLE_PAGE, FORM, ENGLISH, INCOMPLETE, SPOILT, METROPOLIS)
KNOWN_NETWORKS = {
    "Miasto Zielone": "net-0004",
    "Sieć Zielona": "net-0004",
    "Green City Network": "net-0004",
    "Miasto Cyfrowe": "net-0005",
    "Sieć Cyfrowa": "net-0005",
    "Miasto Inicjatyw PPP": "net-0006",
    "rewitalizacja": "net-0002",
    "Miasto efektywne energetycznie": "net-0007",
    "Miasto kompaktowe": "net-0008",
}
KNOWN_PARTICIPANTS = ("Racibórz", "Żyrardów", "Uniejów", "Stowarzyszenie Metropolia Warszawa")


FILES = Path(__file__).parent / "fixtures" / "mids"


def make_files() -> None:
    """Write the files anew, after a layout was changed."""
    with TemporaryDirectory() as folder:
        for layout in LAYOUTS:
            Path(folder, f"{layout.name}.docx").write_bytes(as_docx(layout.pieces()))
        convert("pdf", Path(folder).glob("*.docx"), FILES)
        # By way of another format, so that the file is wholly that of the office program.
        convert("odt", Path(folder).glob("*.docx"), Path(folder))
        convert("docx", Path(folder).glob("*.odt"), FILES)


def convert(form: str, files: Iterable[Path], target: Path) -> None:
    """Convert files with LibreOffice."""
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(target)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True)


if __name__ == "__main__":
    make_files()
