"""Points 5 to 9: the identifiers and texts of the harvester file."""

from collections import Counter
from collections.abc import Iterator

from exports.danegov.case import Case
from exports.danegov.points import point
from exports.danegov.results import Finding, Note
from exports.danegov.rules import (
    IDENTIFIER,
    MAX_DESCRIPTION,
    MAX_TITLE,
)
from schemas.text import Text


@point(
    5,
    Text("Identyfikatory mają dozwoloną postać", "Identifiers are of the form that is allowed"),
    fix=Text(
        "Nazwij tabelę lub zbiór krócej: 1-36 znaków, małe litery, cyfry, kropka, podkreślenie, "
        "łącznik.",
        "Give the table or data set a shorter name: 1-36 characters, small letters, digits, dot, "
        "underscore, hyphen.",
    ),
)
def identifier_form(case: Case) -> Iterator[Finding]:
    """Point 5."""
    for item in case.feed.items():
        if not IDENTIFIER.fullmatch(item.ident):
            yield Finding(item.place, Text(f"„{item.ident}”", f"'{item.ident}'"))


@point(
    6,
    Text("Identyfikatory są różne w całym pliku", "Identifiers are unique in the whole file"),
    fix=Text(
        "Zmień identyfikator nowego wpisu; stare zostają na zawsze.",
        "Change the identifier of the new entry; old ones stay for ever.",
    ),
)
def identifiers_unique(case: Case) -> Iterator[Finding]:
    """Point 6."""
    for ident, count in Counter(item.ident for item in case.feed.items()).items():
        if count > 1:
            yield Finding(ident, Text(f"Występuje {count} razy.", f"It is there {count} times."))


@point(
    7,
    Text("Nic nie zniknęło od poprzedniego wydania", "Nothing has vanished since the last release"),
    fix=Text(
        "Portal usuwa na zawsze to, czego w pliku nie ma. Przywróć wpis albo wycofaj go "
        "świadomie: pim release withdraw.",
        "The portal deletes for good what is missing. Bring the entry back, or withdraw it on "
        "purpose: pim release withdraw.",
    ),
)
def nothing_vanished(case: Case) -> Iterator[Finding | Note]:
    """Point 7."""
    if case.before is None:
        return
    now = {item.ident for item in case.feed.items()}
    for item in case.before.items():
        if item.ident in now:
            continue
        if item.ident in case.withdrawn:
            what = Text("Wycofany decyzją.", "Withdrawn by decision.")
            yield Note(Finding(item.ident, what))
        else:
            yield Finding(item.ident, Text("Zniknął z pliku.", "It has vanished from the file."))


@point(
    8,
    Text("Są polskie tytuły i opisy", "Polish titles and descriptions are there"),
    fix=Text(
        "Popraw teksty zbioru (schemas/datasets.py) lub tabeli: tytuł do 300, opis do 1000 znaków.",
        "Mend the texts of the data set (schemas/datasets.py) or table: title up to 300, "
        "description up to 1000 characters.",
    ),
)
def polish_texts(case: Case) -> Iterator[Finding]:
    """Point 8."""
    yield from _texts(case, "polish")


@point(
    8,
    Text("Są angielskie tytuły i opisy", "English titles and descriptions are there"),
    fix=Text("Dopisz tekst angielski.", "Add the English text."),
    must=False,
)
def english_texts(case: Case) -> Iterator[Finding]:
    """Point 8, the recommended part."""
    yield from _texts(case, "english")


def _texts(case: Case, lang: str) -> Iterator[Finding]:
    for item in case.feed.items():
        for name, most in (("title", MAX_TITLE), ("description", MAX_DESCRIPTION)):
            text = item.text(f"{name}/{lang}")
            if not text.strip() or text != text.strip() or len(text) > most:
                shown = f"{name}/{lang}: „{text[:60]}”, {len(text)}"
                yield Finding(item.place, Text(shown, shown))


@point(
    9,
    Text("Zasoby zbioru mają różne tytuły", "Resources of a data set have different titles"),
    fix=Text("Dodaj do tytułu format.", "Add the format to the title."),
    must=False,
)
def titles_unique(case: Case) -> Iterator[Finding]:
    """Point 9."""
    for dataset in case.feed.datasets:
        for lang in ("polish", "english"):
            titles = Counter(dataset.texts(f"resources/resource/title/{lang}"))
            for title, count in titles.items():
                if count > 1:
                    yield Finding(dataset.place, Text(f"„{title}”: {count}", f"'{title}': {count}"))
