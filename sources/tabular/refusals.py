"""Why a file of rows is refused as a whole: the errors `PIM-TAB-…`, each said once."""

from collections.abc import Iterable
from pathlib import Path

from schemas.errors import Exit, PimError
from schemas.text import Text

KINDS = Text(
    "CSV (przecinki, średniki albo tabulatory), XLSX, Parquet, JSON",
    "CSV (commas, semicolons or tabs), XLSX, Parquet, JSON",
)
SAVE_AS_XLSX = Text(
    "Otwórz plik w arkuszu, sprawdź go i zapisz jako „Skoroszyt programu Excel (.xlsx)”.",
    "Open the file in a spreadsheet, look at it and save it as 'Excel Workbook (.xlsx)'.",
)
_ASK_AGAIN = Text(
    "Poproś nadawcę o plik jeszcze raz albo przepisz wiersze do nowego szablonu: "
    "„pim intake template”.",
    "Ask the sender for the file again, or copy the rows into a new template: "
    "'pim intake template'.",
)


def missing_file(path: Path) -> PimError:
    """There is no such file; a folder or a device is none."""
    return PimError(
        "PIM-TAB-001",
        Text("Nie ma takiego pliku.", "There is no such file."),
        where=str(path),
        why=Text("To nie jest plik.", "This is not a file.") if path.exists() else None,
        fix=Text("Popraw ścieżkę do pliku.", "Mend the path of the file."),
        exit_code=Exit.SOURCE,
    )


def unknown_kind(name: str, found: Text, fix: Text | None = None) -> PimError:
    """The bytes are of no kind that is read."""
    return PimError(
        "PIM-TAB-002",
        Text("Pliku tego rodzaju nie czytamy.", "Files of this kind are not read."),
        where=name,
        why=found,
        fix=fix or Text(f"Podaj plik jednego z rodzajów: {KINDS.pl}.", f"Give one of: {KINDS.en}."),
    )


def too_large(name: str, why: Text) -> PimError:
    """The file, or what it unpacks to, is beyond the limits; nothing of it was read."""
    return PimError(
        "PIM-TAB-003",
        Text(
            "Plik przekracza bezpieczne granice i nie został odczytany.",
            "The file is beyond the safe limits and was not read.",
        ),
        where=name,
        why=why,
        fix=_ASK_AGAIN,
    )


def damaged(name: str, detail: str) -> PimError:
    """The file is broken inside."""
    return PimError(
        "PIM-TAB-004",
        Text("Plik jest uszkodzony.", "The file is damaged."),
        where=name,
        why=Text(f"Szczegół: {detail}.", f"Detail: {detail}."),
        fix=_ASK_AGAIN,
    )


def macros(name: str) -> PimError:
    """The workbook carries a program."""
    return PimError(
        "PIM-TAB-005",
        Text("Skoroszyt ma makra.", "The workbook has macros."),
        where=name,
        why=Text(
            "Makro to program, który mógłby zmienić wartości; takich plików nie przyjmujemy.",
            "A macro is a program that could change values; such files are not taken.",
        ),
        fix=SAVE_AS_XLSX,
    )


def no_header(name: str, table: str, seen: Iterable[str]) -> PimError:
    """No row has the names of the columns of the table."""
    shown = ", ".join(text[:40] for text in list(seen)[:12]) or "-"
    return PimError(
        "PIM-TAB-006",
        Text(
            f"Nie ma wiersza z nazwami kolumn tabeli „{table}”.",
            f"No row has the column names of table '{table}'.",
        ),
        where=name,
        why=Text(f"Są za to: {shown}.", f"There are instead: {shown}."),
        fix=Text(
            "Sprawdź, czy to właściwy plik i arkusz, i przywróć wiersz nagłówka z szablonu.",
            "See that it is the right file and sheet, and bring the template's header row back.",
        ),
    )


def repeated_header(name: str, headers: Iterable[str]) -> PimError:
    """Two columns claim to be the same one."""
    shown = ", ".join(headers)
    return PimError(
        "PIM-TAB-007",
        Text("Ta sama kolumna stoi w pliku dwa razy.", "A column stands in the file twice."),
        where=name,
        why=Text(f"Powtórzone nagłówki: {shown}.", f"Repeated headers: {shown}."),
        fix=Text("Zostaw jedną z tych kolumn.", "Keep one of these columns."),
    )


def no_sheet(name: str, sheets: Iterable[str]) -> PimError:
    """It cannot be told which table the workbook is about."""
    shown = ", ".join(text[:40] for text in list(sheets)[:12]) or "-"
    return PimError(
        "PIM-TAB-008",
        Text(
            "Nie wiadomo, której tabeli dotyczy ten plik.",
            "It is not known which table this file is about.",
        ),
        where=name,
        why=Text(f"Arkusze w pliku: {shown}.", f"Sheets in the file: {shown}."),
        fix=Text("Podaj tabelę po --table.", "Name the table after --table."),
        exit_code=Exit.USAGE,
    )


def not_rows(name: str, detail: Text) -> PimError:
    """JSON or Parquet that is no plain list of rows."""
    return PimError(
        "PIM-TAB-009",
        Text(
            "Plik nie jest prostą listą wierszy.",
            "The file is no plain list of rows.",
        ),
        where=name,
        why=detail,
        fix=Text(
            "Zapisz jeden obiekt na wiersz, bez obiektów i list w środku.",
            "Write one object a row, without objects and lists inside.",
        ),
    )


def register_file(name: str, source: str) -> PimError:
    """A file of a register or of statistics, which has its own way in."""
    return PimError(
        "PIM-TAB-010",
        Text(
            "To plik źródła GUS, a nie tabela z faktami.",
            "This is a file of a source of GUS, not a table of facts.",
        ),
        where=name,
        why=Text(
            "Rejestry i statystyki sprawdza i przechowuje „pim sources”.",
            "Registers and statistics are checked and kept by 'pim sources'.",
        ),
        fix=Text(
            f"Użyj: pim sources add {name} --source {source}.",
            f"Use: pim sources add {name} --source {source}.",
        ),
        exit_code=Exit.USAGE,
    )
