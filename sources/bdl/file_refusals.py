"""Errors of files around the Local Data Bank: those we keep, edit, or are given."""

from schemas.errors import PimError
from schemas.text import Text
from sources.bdl.refusals import detail_of, source_error

_EXPORT_AGAIN = Text(
    "Pobierz tabelę z bdl.stat.gov.pl jeszcze raz jako XLSX i nie zmieniaj jej.",
    "Export the table from bdl.stat.gov.pl again as XLSX and do not change it.",
)


def limits_unreadable(where: str, detail: str) -> PimError:
    """`PIM-BDL-011`: the file that counts calls cannot be used."""
    return source_error(
        "PIM-BDL-011",
        Text(
            "Nie można użyć pliku, w którym liczone są zapytania.",
            "The file that counts the calls cannot be used.",
        ),
        where=where,
        why=detail_of(detail),
        fix=Text(
            "Jeśli nikt inny teraz nie pobiera, usuń ten plik; liczenie zacznie się od nowa.",
            "If nobody else is fetching now, delete the file; counting begins anew.",
        ),
    )


def damaged(where: str) -> PimError:
    """`PIM-BDL-012`: a file of kept observations is not what was written."""
    return source_error(
        "PIM-BDL-012",
        Text(
            "Plik z zachowanymi wskaźnikami jest uszkodzony.",
            "A file of kept indicators is damaged.",
        ),
        where=where,
        fix=Text(
            "Przywróć plik z kopii zapasowej. Bez kopii usuń go i pobierz dane od nowa; "
            "wcześniejsze rewizje przepadną.",
            "Restore the file from a backup. Without one delete it and fetch anew; earlier "
            "revisions are lost then.",
        ),
    )


def busy(where: str) -> PimError:
    """`PIM-BDL-013`: another run is fetching into the same folder."""
    return source_error(
        "PIM-BDL-013",
        Text(
            "Inny proces pobiera teraz wskaźniki.",
            "Another process is fetching indicators now.",
        ),
        where=where,
        fix=Text("Poczekaj, aż skończy.", "Wait until it has ended."),
    )


def other_workbook(where: str, why: Text) -> PimError:
    """`PIM-BDL-014`: a workbook that is no export of the Local Data Bank, or a changed one."""
    return PimError(
        "PIM-BDL-014",
        Text(
            "To nie jest skoroszyt pobrany z Banku Danych Lokalnych.",
            "This is not a workbook exported from the Local Data Bank.",
        ),
        where=where,
        why=why,
        fix=_EXPORT_AGAIN,
    )


def workbook_unreadable(where: str, detail: str | Text) -> PimError:
    """`PIM-BDL-015`: a damaged workbook, or one beyond the limits."""
    return PimError(
        "PIM-BDL-015",
        Text("Skoroszytu nie da się odczytać.", "The workbook cannot be read."),
        where=where,
        why=detail_of(detail) if isinstance(detail, str) else detail,
        fix=_EXPORT_AGAIN,
    )


def unread_cells(where: str, count: int, shown: list[str]) -> PimError:
    """`PIM-BDL-016`: cells that are neither a number nor a sign of this source."""
    return PimError(
        "PIM-BDL-016",
        Text(
            "W skoroszycie są komórki, które nie są liczbą ani znanym znakiem ({count}).",
            "The workbook has cells that are neither a number nor a known sign ({count}).",
        ).fill(count=count),
        where=f"{where}, {'; '.join(shown)}",
        fix=_EXPORT_AGAIN,
    )


def bad_list(where: str, theme: str, known: str) -> PimError:
    """`PIM-BDL-017`: a line of the list of indicators has a theme that does not exist."""
    return PimError(
        "PIM-BDL-017",
        Text(
            "Lista wskaźników ma nieznaną dziedzinę „{theme}”.",
            "The list of indicators has the unknown theme '{theme}'.",
        ).fill(theme=theme),
        where=f"indicator_list.csv, {where}",
        fix=Text("Wpisz jedną z: {known}.", "Write one of: {known}.").fill(known=known),
    )
