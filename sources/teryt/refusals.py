"""How a TERYT file is refused: one way to raise, and the ways to mend that many share."""

from schemas.errors import Exit, PimError
from schemas.text import Text

GET_ORIGINAL = Text(
    "Pobierz plik jeszcze raz z eTERYT (eteryt.stat.gov.pl, Pobieranie, Pliki pełne) i podaj "
    "go tak, jak przyszedł: jako ZIP, bez otwierania i zapisywania w arkuszu.",
    "Download the file again from eTERYT (eteryt.stat.gov.pl, Pobieranie, Pliki pełne) and give "
    "it as it came: as a ZIP, never opened and saved in a spreadsheet.",
)
TRY_LATER = Text(
    "Pobierz plik ponownie później; do tego czasu obowiązuje ostatni dobry.",
    "Download the file again later; until then the last good one stays in use.",
)


def refused(
    number: int,
    what: Text,
    *,
    where: str = "",
    why: Text | None = None,
    fix: Text = GET_ORIGINAL,
    source: bool = False,
) -> PimError:
    """The error `PIM-TRY-<number>`; `source` marks a fault of the download, not of the data."""
    code = f"PIM-TRY-{number:03}"
    exit_code = Exit.SOURCE if source else Exit.DATA
    return PimError(code, what, where=where, why=why, fix=fix, exit_code=exit_code)


def other_set(said: str, found: str, where: str) -> PimError:
    """A file that holds another set than its name or the caller says."""
    return refused(
        19,
        Text(
            f"Plik miał być zbiorem {said}, a zawiera {found}.",
            f"The file should be the set {said} and holds {found}.",
        ),
        where=where,
    )
