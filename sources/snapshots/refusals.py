"""Why a capture is refused, whatever the source: the errors `PIM-SNP-…` from 010 on."""

from schemas.errors import Exit, PimError
from schemas.text import Text

KEPT = Text(
    "Ostatni dobry stan zostaje w użyciu. Pobierz plik jeszcze raz, prosto ze źródła, i podaj go "
    "tak, jak przyszedł.",
    "The last good state stays in use. Get the file again, straight from the source, and give it "
    "as it came.",
)


def _refused(code: str, what: Text, where: str, why: Text | None = None) -> PimError:
    return PimError(code, what, where=where, why=why, fix=KEPT, exit_code=Exit.DATA)


def empty(where: str) -> PimError:
    """No bytes, or no rows."""
    return _refused("PIM-SNP-010", Text("Plik jest pusty.", "The file is empty."), where)


def too_large(where: str, size: int, limit: int) -> PimError:
    """More bytes than this source ever has."""
    return _refused(
        "PIM-SNP-011",
        Text("Plik jest za duży dla tego źródła.", "The file is too large for this source."),
        where,
        Text(
            f"Ma {size} bajtów, granica to {limit}.", f"It has {size} bytes, the limit is {limit}."
        ),
    )


def web_page(where: str) -> PimError:
    """A page of HTML came instead of the file, perhaps with status 200."""
    return _refused(
        "PIM-SNP-012",
        Text("Zamiast pliku przyszła strona internetowa.", "A web page came instead of the file."),
        where,
        Text(
            "Serwisy odpowiadają stroną i statusem 200, kiedy pobranie się nie uda.",
            "Sites answer with a page and status 200 when a download fails.",
        ),
    )


def other_form(where: str, wanted: Text, detail: str | Text = "") -> PimError:
    """The file has another form than this source, or is broken."""
    more = detail if isinstance(detail, Text) else Text(detail, detail)
    return _refused(
        "PIM-SNP-013",
        Text("Plik ma inną postać niż to źródło.", "The file has another form than the source."),
        where,
        Text(
            f"Powinien to być {wanted.pl}. {more.pl}".rstrip(),
            f"It should be {wanted.en}. {more.en}".rstrip(),
        ),
    )


def truncated(where: str, rows: int) -> PimError:
    """As many rows as a spreadsheet holds: the rest was cut off."""
    return _refused(
        "PIM-SNP-014",
        Text(
            "Plik kończy się tam, gdzie arkusze ucinają dane.",
            "The file ends where spreadsheets cut data off.",
        ),
        where,
        Text(f"Ma {rows} wierszy.", f"It has {rows} rows."),
    )


def shrank(where: str, rows: int, before: int) -> PimError:
    """Fewer rows than the snapshot in use, by more than the source may lose."""
    error = _refused(
        "PIM-SNP-015",
        Text("Plik ma za mało wierszy.", "The file has too few rows."),
        where,
        Text(
            f"Ma {rows} wierszy, a stan w użyciu {before}.",
            f"It has {rows} rows, and the state in use has {before}.",
        ),
    )
    error.fix = Text(
        f"{KEPT.pl} Jeżeli ubytek jest prawdziwy, dodaj --allow-loss.",
        f"{KEPT.en} If the loss is real, add --allow-loss.",
    )
    return error


def other_version(where: str) -> PimError:
    """Another version of a set than the official one, which alone has every unit."""
    return _refused(
        "PIM-SNP-016",
        Text(
            "To inna wersja zbioru; potrzebna jest urzędowa (podstawowa).",
            "This is another version of the set; the official one is needed.",
        ),
        where,
        Text(
            "Wersje adresowa i statystyczna mają inne jednostki, więc część zniknęłaby bez śladu.",
            "The address and statistical versions have other units, so some would vanish.",
        ),
    )
