"""Points 18 and 34 to 47: every published table, by the one reader of packages and one scan more.

The reader (`exports.validate`) judges all rows of all packages; each of its rules belongs to a
point. What it does not look at (codes, JSON, coordinates, personal data, signs that are told to
the portal) one SQL query a file finds out.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from exports.danegov.case import Case
from exports.danegov.points import point
from exports.danegov.results import Finding, Note, NotJudged, TableSeen
from schemas.columns import Column
from schemas.text import Text

_MEND = Text(
    "Popraw fakty lub deklarację tabeli i zbuduj wydanie od nowa.",
    "Mend the facts or the declaration of the table and make the release anew.",
)
_NUMBERS = ("integer", "number")
_Check = Callable[[Case], Iterator[Finding]]
_CODES = frozenset(
    {"terc", "simc", "ulic", "regon", "nip", "krs", "code", "codes", "id", "version"}
)
"""Words in the names of columns of codes: texts for us, and numbers where they are all digits."""
_PORTAL_NUMBERS = frozenset({"integer", "number", "year"})


def _by_rule(*rules: str) -> _Check:
    """A check that finds what the reader of packages says of these rules."""

    def check(case: Case) -> Iterator[Finding]:
        for folder, problem in case.problems:
            if problem.rule in rules:
                yield _finding(folder, problem.place, problem.message, problem.example)

    return check


def _by_form(*kinds: str) -> _Check:
    """A check that finds cells of columns of these types that are not of their form."""

    def check(case: Case) -> Iterator[Finding]:
        for folder, problem in case.problems:
            if problem.rule == "form" and case.kinds.get((folder, problem.place)) in kinds:
                yield _finding(folder, problem.place, problem.message, problem.example)

    return check


def _finding(folder: str, place: str, what: Text, example: str) -> Finding:
    shown = f" „{example}”" if example else ""
    return Finding(f"{folder}/{place}", Text(f"{what.pl}{shown}", f"{what.en}{shown}"))


encoding = point(
    34,
    Text(
        "CSV: UTF-8, przecinek, cudzysłów, jeden znak końca wiersza",
        "CSV: UTF-8, comma, quotes, one line end",
    ),
    fix=_MEND,
)(_by_rule("encoding", "line_end"))
mark = point(
    34, Text("CSV nie ma znacznika BOM", "CSV has no byte order mark"), fix=_MEND, must=False
)(_by_rule("bom"))
header = point(
    35,
    Text(
        "Jeden nagłówek: nazwy różne, niepuste, ASCII", "One header: names differ, ASCII, not empty"
    ),
    fix=_MEND,
)(_by_rule("header"))


@point(
    36,
    Text(
        "Jest co najmniej jeden wiersz i każdy ma tyle komórek, co nagłówek",
        "There is at least one row, and each has the cells of the header",
    ),
    fix=_MEND,
)
def rows(case: Case) -> Iterator[Finding]:
    """Point 36."""
    yield from _by_rule("structure")(case)
    yield from _scanned(36)(case)
    for csv in case.csvs:
        if csv.rows == 0:
            yield Finding(csv.offer.ident, Text("Nie ma wierszy.", "There are no rows."))
        if csv.offer.rows is not None and csv.rows != csv.offer.rows:
            what = f"{csv.rows} != {csv.offer.rows}"
            yield Finding(csv.offer.ident, Text(what, what))


blanks = point(
    37,
    Text(
        "Nie ma pustych komórek, jest znak umowny", "No cell is empty: a special sign stands there"
    ),
    fix=_MEND,
)(_by_rule("empty", "undeclared_sign"))
numbers = point(
    38,
    Text("Liczby w kolumnie mają jedną postać", "The numbers of a column have one form"),
    fix=_MEND,
)(_by_form(*_NUMBERS))
dates = point(
    39,
    Text(
        "Daty RRRR-MM-DD, czas RRRR-MM-DDTGG:MM:SS, True/False",
        "Dates YYYY-MM-DD, times YYYY-MM-DDTHH:MM:SS, True/False",
    ),
    fix=_MEND,
)(_by_form("date", "datetime", "boolean"))


def _scanned(number: int) -> _Check:
    """A check that finds what the scan of each file says for a point."""

    def check(case: Case) -> Iterator[Finding]:
        for csv in case.csvs:
            for found in csv.found:
                if found.number == number:
                    yield Finding(f"{csv.offer.ident}: {found.column}", found.what)

    return check


codes = point(
    40,
    Text(
        "Kody mają swoją długość, zera z przodu i obok kolumnę z nazwą lub kluczem",
        "Codes have their length, leading zeros, and a column with a name or key beside them",
    ),
    fix=_MEND,
)(_scanned(40))
formulas = point(41, Text("Żadna komórka nie jest formułą", "No cell is a formula"), fix=_MEND)(
    _by_rule("formula")
)


@point(
    42,
    Text(
        "Nie ma JSON, okresów ISO ani komórek ponad 32 000 B",
        "No JSON, no ISO durations, no cell over 32,000 B",
    ),
    fix=_MEND,
)
def plain_cells(case: Case) -> Iterator[Finding]:
    """Point 42."""
    yield from _by_rule("too_long")(case)
    yield from _scanned(42)(case)


@point(
    43,
    Text(
        "Wszystkie wiersze są zgodne z opisem i przechodzą walidator portalu",
        "All rows fit their schema and pass the portal's validator",
    ),
    fix=_MEND,
)
def valid(case: Case) -> Iterator[Finding]:
    """Point 43."""
    rules = ("required", "enum", "pattern", "max_length", "minimum", "maximum")
    yield from _by_rule(*rules)(case)
    for csv in case.csvs:
        for error in _seen(case)[csv.path].errors:
            yield Finding(csv.offer.ident, Text(error, error))


def _seen(case: Case) -> Mapping[Path, TableSeen]:
    if case.validated is None:
        raise NotJudged(
            Text(
                "Walidator portalu (goodtables) nie jest zainstalowany: make portal-validator.",
                "The portal's validator (goodtables) is not installed: make portal-validator.",
            )
        )
    return case.validated


@point(
    44,
    Text(
        "Portal rozpozna te typy kolumn, które deklarujemy",
        "The portal infers the types that we declare",
    ),
    fix=Text(
        "Zmień kolumnę albo dopisz różnicę do listy dozwolonych (docs/dane-gov-pl.md).",
        "Change the column, or add the difference to the list (docs/dane-gov-pl.md).",
    ),
)
def types(case: Case) -> Iterator[Finding | Note]:
    """Point 44."""
    for csv in case.csvs:
        told = _seen(case)[csv.path].types
        if len(told) != len(csv.columns):
            yield Finding(csv.offer.ident, Text(str(told), str(told)))
            continue
        for column, kind, listed in judged_types(csv.columns, told, csv.blank):
            what = f"{column.kind} > {kind}"
            found = Finding(f"{csv.offer.ident}: {column.name_in('pl')}", Text(what, what))
            yield Note(found) if listed else found


def judged_types(
    columns: Sequence[Column], inferred: Sequence[str], blank: Collection[Column]
) -> Iterator[tuple[Column, str, bool]]:
    """Columns that the portal takes for another type, the type, and whether that is listed.

    Listed is: a code (its leading zero stays in `repr`; an editor may set the type in the panel);
    a moment, whose form the portal's index knows and its guesser does not; and a column of signs
    alone (`blank`), which says nothing of its type.
    """
    for column, kind in zip(columns, inferred, strict=True):
        if kind == column.kind:
            continue
        code = column.kind == "string" and kind in _PORTAL_NUMBERS
        known = code and bool(_CODES & set(column.name.split("_")))
        moment = column.kind == "datetime" and kind == "string"
        yield column, kind, known or moment or column in blank


coordinates = point(
    45,
    Text(
        "Współrzędne są liczbami WGS84 w granicach i mają etykietę",
        "Coordinates are WGS84 numbers in range and have a label",
    ),
    fix=_MEND,
)(_scanned(45))
keys = point(
    46,
    Text(
        "Klucze są różne, odwołania trafiają, wiersze są posortowane",
        "Keys are unique, references resolve, rows are sorted",
    ),
    fix=_MEND,
)(_by_rule("key", "order", "foreign_key"))
personal = point(
    47,
    Text("Nie ma danych osobowych", "There are no personal data"),
    fix=Text(
        "Usuń adres, telefon lub numer osoby z faktów.",
        "Take the person's address, telephone or number out of the facts.",
    ),
)(_scanned(47))


@point(
    18,
    Text(
        "Zadeklarowane znaki umowne to te, które stoją w pliku",
        "The special signs that are declared are those in the file",
    ),
    fix=Text("Zbuduj wydanie od nowa: pim release.", "Make the release anew: pim release."),
)
def signs(case: Case) -> Iterator[Finding]:
    """Point 18."""
    standing = {csv.offer.ident: csv.signs for csv in case.csvs}
    for resource in case.feed.resources:
        told = resource.texts("specialSigns/specialSign")
        if len(set(told)) != len(told) or set(told) != set(standing.get(resource.ident, ())):
            what = f"{told} != {sorted(standing.get(resource.ident, ()))}"
            yield Finding(resource.place, Text(what, what))
