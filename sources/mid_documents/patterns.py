"""What MID documents look like, declared: titles, headings, labels, heads of tables.

All patterns read folded text (`words.fold`): lower case, no diacritics, plain dashes.
"""

import re
from dataclasses import dataclass

from schemas.tables.mid_documents import MidField, MidPart

MID = re.compile(
    r"\bmiejsk(?:a|iej) inicjatyw(?:a|y) dzialan(?:ia)?\b"
    r"|\b(?:municipal|city|urban) action plan\b|\bmunicipal (?:action )?initiative\b"
)
"""The name of a MID."""
MID_LABEL = re.compile(r"^(?:karta )?mid\b")
ABOUT_MIDS = re.compile(
    r"\b(?:przewodnik|poradnik|podrecznik|instrukcj\w+|wytyczn\w+|szablon\w*|wzor\b|wzoru|zasad\w*"
    r"|regulamin\w*|karta oceny|ocena|prezentacj\w+|warsztat\w*|konferencj\w+|szkoleni\w+|lista mid"
    r"|zestawienie|guide|guidelines|template|manual|presentation|workshop)\b"
)
"""A title with one of these tells of MIDs and is none."""
CITY_LINE = re.compile(
    r"^(?:gmina(?: miejska(?:-wiejska)?| miejsko-wiejska| miasto)?|miasto(?: i gmina)?"
    r"|urzad (?:miasta(?: i gminy)?|miejski w|gminy)|city of|municipality of|town of|m\.) .{3,60}$"
)
CITY_OF_MID = re.compile(
    r"(?:dla |of |for )?(?:gminy(?: miejskiej| miasta?)?|miasta|the city of) \S.*$"
)
OFFICE_LINE = re.compile(r"(?:urzad|wydzial|biuro|departament|referat|starostwo)\b")
PROGRAMME = re.compile(
    r"partnersk\w+ inicjatyw\w+ miast|\bpim ?\d?\b|cities partnership initiative|world bank"
    r"|bank\w* swiatow\w+|ministerstw\w+|fundusz\w+ europejsk\w+|^zalacznik|^projekt$"
)
"""The programme and those who run it: neither title nor city."""

HEADINGS: dict[MidPart, re.Pattern[str]] = {
    MidPart.CHALLENGE: re.compile(
        r"\bwyzwani\w+|\b(?:opis|istota|definicja|charakterystyka) problem\w+|^problem\w*$"
        r"|\bchallenges?\b"
    ),
    MidPart.ACTIONS: re.compile(
        r"\bdzialani(?:a|e|ach|om)\b|\bdzialan\b|\bzadani(?:a|e)\b|\bprzedsiewzieci(?:a|e)\b"
        r"|\bproponowane rozwiazani\w+|\bpropozycj[ea] rozwiaz\w+|\bplan operacyjny\b"
        r"|\bactions?\b|\bactivities\b|\bmeasures\b"
    ),
    MidPart.SCHEDULE: re.compile(
        r"\bharmonogram\w*|\bkalendarz\w*|\bterminarz\w*|\bos czasu\b|\betapy\b|\bramy czasowe\b"
        r"|\bkamienie milowe\b|\bschedule\b|\btimeline\b|\btimetable\b|\bmilestones\b"
    ),
    MidPart.STAKEHOLDERS: re.compile(
        r"\binteresariusz\w*|\blokalne(?:go)? partnerstw\w+|\bpartnerzy\b|\bpartnerow\b"
        r"|\bgrupy (?:docelowe|odbiorcow)\b|\bstakeholders?\b|\blocal (?:partnership|group)\b"
    ),
    MidPart.COMMUNICATION: re.compile(
        # Public transport is „komunikacja miejska”.
        r"\bkomunikacj\w+\b"
        r"(?! (?:miejsk|zbiorow|publiczn|autobus|tramwaj|kolej|rower|samochod|drogow))"
        r"|\b(?:informacja|promocja) i (?:promocja|informacja)\b|\bdzialania informacyjn\w+"
        r"|\bcommunications?\b"
    ),
    MidPart.DIAGNOSIS: re.compile(
        r"\bdiagnoz\w+|\banaliza (?:sytuacji|stanu|swot|problem\w*)\b"
        r"|\bstan (?:obecny|istniejacy)\b|\buwarunkowani\w+|\bkontekst\w*|\bdiagnosis\b"
        r"|\bcontext\b|\bcurrent situation\b|\bbaseline\b"
    ),
    MidPart.GOALS: re.compile(
        r"\bcel(?:e|ow|u)?\b|\bwizj[aei]\b|\brezultaty\b|\bgoals?\b|\bobjectives?\b|\baims?\b|\bvision\b"
    ),
    MidPart.FINANCING: re.compile(
        r"\bfinansowani\w+|\bbudzet\w*|\bkoszt(?:y|orys\w*|ow)\b|\bzrodla finansow\w+|\bbudget\b"
        r"|\bfinancing\b|\bfunding\b|\bcosts?\b"
    ),
    MidPart.RISKS: re.compile(r"\bryzyk(?:a|o|iem)?\b|\bzagrozeni\w+|\brisks?\b"),
    MidPart.MONITORING: re.compile(
        r"\bmonitor(?:owani\w+|ing\w*)\b|\bwskaznik\w*|\bewaluacj\w+|\bindicators?\b|\bevaluation\b"
    ),
}
SENTENCE = re.compile(
    r"\b(?:zostan\w+|bedzie|beda|jest|sa|byl[ayo]?|zostal\w*|brak|nie|patrz|zob|opisan\w+ w"
    r"|przedstawion\w+|wskazan\w+|zawiera\w*|obejmuj\w*|will|is|are|was|were|not|see|shall)\b"
)
"""Words that a sentence has and a heading has not."""
AND = re.compile(r"\s*(?:,|/|&|\bi\b|\boraz\b|\band\b|\bwraz z\b)\s*")
PLACEHOLDER = re.compile(
    r"^[\W_]*(?:(?:do|zostanie) (?:uzupelnieni\w+|uzupelnion\w+|opracowani\w+)|w (?:przygotowaniu|"
    r"opracowaniu)|nie dotyczy|brak|n/?d|tbd|to be (?:added|completed|done)|lorem ipsum\b.*"
    r"|wpisz\b.*|uzupelnij\b.*|xx+|todo)?[\W_]*$"
)
"""Content that is none."""
TOC_LINE = re.compile(r"(?:\.{3,}|…|_{3,}|·{3,}).*$|\s\d{1,3}$")
OPENING = re.compile(
    r"^(?:wstep|wprowadzenie|streszczenie|podsumowanie|slowo wstepne|spis tresci|spis|introduction"
    r"|summary|executive summary|contents|table of contents|o miescie|informacje o miescie)$"
)
"""Chapters with which the title page is over."""

LABELS: dict[MidField, re.Pattern[str]] = {
    MidField.CITY: re.compile(
        r"(?:nazwa )?(?:miast[oa]|gmin[ay]|jst|samorzadu?|miast[oa]/gmin[ay]|gmin[ay]/miast[oa]"
        r"|uczestnika?|beneficjent)(?: uczestnicz\w+| partnersk\w+)?(?: \(miasta\))?"
        r"|(?:name of the )?(?:city|town|municipality|participant)(?: name)?"
    ),
    MidField.NETWORK: re.compile(
        r"(?:nazwa )?sie(?:c|ci)(?: tematyczn\w+)?(?: pim\w*)?(?: miast)?"
        r"|(?:thematic )?network(?: name)?"
    ),
    MidField.TITLE: re.compile(
        r"(?:tytul|nazwa|temat)(?: (?:mid|dokumentu|inicjatywy|miejskiej inicjatywy dzialan(?:ia)?"
        r"|przedsiewziecia))?(?: \(mid\))?|title(?: of the (?:plan|document|initiative))?|topic"
    ),
    MidField.CHALLENGE: re.compile(
        r"(?:(?:glowne|wybrane|zdefiniowane|kluczowe) )?wyzwani[ea](?: (?:miasta|gminy|miejskie|"
        r"rozwojowe|wybrane przez miasto))?|(?:glowny )?problem(?: miasta)?"
        r"|(?:main |key |our )?challenge"
    ),
    MidField.INSTITUTION: re.compile(
        r"(?:autor(?:zy|stwo)?|opracowa(?:nie|l|la|li)|przygotowa(?:nie|l|la|li)|sporzadzil\w*"
        r"|zespol(?: miejski| autorski| projektowy| opracowujacy)?|instytucja|jednostka"
        r"|jednostka (?:opracowujaca|odpowiedzialna)|koordynator(?:zy)?)"
        r"(?: dokumentu| mid| opracowania| tresci)?|(?:authors?|prepared by|institution|team)"
    ),
    MidField.DATE: re.compile(
        r"(?:data|wersja z(?: dnia)?|stan na(?: dzien)?|sporzadzono|opracowano)"
        r"(?: (?:opracowania|sporzadzenia|dokumentu|wydania|wersji|przyjecia|mid|przygotowania))?"
        r"|(?:date|version of|as of)(?: of the (?:document|plan))?"
    ),
}
"""Labels before a colon, or in the cell to the left of a value."""


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads of the columns of one kind of table."""

    part: MidPart
    name: re.Pattern[str]
    second: re.Pattern[str]
    weak_name: re.Pattern[str] | None = None
    """A name that holds only where no column names actions: „Podmiot | Rola”."""


_WHO = re.compile(
    r"\b(?:odpowiedzialn\w+|realizator\w*|jednostk\w+|wykonawc\w+|podmiot\w*|instytucj\w+|lider"
    r"|koordynator\w*|kto|responsib\w+|lead|owner|who|institution)\b"
)
TABLES = (
    Heads(
        MidPart.STAKEHOLDERS,
        re.compile(r"\b(?:interesariusz\w*|grup[ay]|partner(?:zy)?|stakeholders?|groups?)\b"),
        re.compile(
            r"\b(?:rol[ae]|oczekiwani\w+|potrzeb\w+|wplyw\w*|zaangazowani\w+|interes|interesy"
            r"|znaczenie|sposob\w*|role|expectations?|influence|interests?|needs|involvement"
            r"|zadani[ea])\b"
        ),
        re.compile(r"\b(?:podmiot(?:y)?|instytucj[ae])\b(?! odpowiedzialn)"),
    ),
    Heads(
        MidPart.SCHEDULE,
        re.compile(
            r"\b(?:etap\w*|faz[ay]|krok\w*|kamien\w* milow\w*|czynnosc\w*|stage|step"
            r"|phase|milestones?)\b"
        ),
        _WHO,
    ),
    Heads(
        MidPart.ACTIONS,
        re.compile(
            r"\b(?:dzialani[ae]|dzialan|zadani[ae]|przedsiewzieci[ea]|projekt|projekty"
            r"|rozwiazani[ea]|actions?|activit(?:y|ies)|measures?|tasks?)\b"
        ),
        _WHO,
    ),
)
"""The first whose name is in the head of a table is its kind, unless the chapter says another."""
ABOUT = re.compile(
    r"^(?:krotki )?(?:opis\w*|koszt\w*|budzet|szacunkow\w+ koszt\w*|zrodl[oa] finansowania"
    r"|rezultat\w*|wskaznik\w*|uwagi|description|costs?|budget|results?|indicators?|funding)\b"
)
"""What else tells that a row with the name of an action is the head of a table."""
WHEN = re.compile(
    r"\b(?:termin\w*|okres\w*|dat[ay]|kiedy|czas|start|od|do|rozpoczeci\w+|zakonczeni\w+|poczatek"
    r"|koniec|when|dates?|deadline|period|from|to|end|timing|lata)\b|^rok$|^year$"
)
MARK = re.compile(r"^(?:x+|v|✓|✔|■|█|▪|●|•|\+|tak|yes)$")
"""What marks a quarter or year of a schedule."""
