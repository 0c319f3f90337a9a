"""Facts kept by hand: one CSV file a table in a folder, by default `sources/curated/`.

The files are small and reviewed, so they are read strictly: whole, UTF-8, every row with
the cells of the header. What is not so is refused with its line, never mended silently.
"""

import csv
import io
from pathlib import Path

import polars as pl

from schemas.errors import Exit, PimError
from schemas.text import Text

CURATED = Path(__file__).parent / "curated"
"""The facts that the project carries."""

MAX_BYTES = 20 * 1024 * 1024
_MAX_CELL = 100_000
_LINES_SHOWN = 10
_INSIDE_A_LETTER = "unexpected end of data"
"""What Python says of UTF-8 that ends between the bytes of one letter."""


def read_facts(path: Path, *, shown_as: str = "") -> pl.DataFrame:
    """A facts file as a frame of text columns, plus `_source` and `_place` ("line 4").

    `shown_as` is the name that people see for the file (default: its name). Raises PimError
    `PIM-SRC-001` (no such file) to `PIM-SRC-006`, or `PIM-SRC-008` (unreadable). The columns are
    not judged here.
    """
    name = shown_as or path.name
    return parse_facts(_bytes_of(path, name), name)


def parse_facts(data: bytes, name: str, *, separator: str = ",") -> pl.DataFrame:
    """Bytes of a facts file as a frame; see `read_facts`. `name` is for messages only."""
    text = _decode(data, name)
    header, rows, lines = _rows_of(text, name, separator)
    columns = {column: [row[i] for row in rows] for i, column in enumerate(header)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(header, pl.String()))
    return frame.with_columns(
        pl.lit(name).alias("_source"),
        pl.Series("_place", [f"line {line}" for line in lines], dtype=pl.String),
    )


def _bytes_of(path: Path, name: str) -> bytes:
    if not path.is_file():
        raise PimError(
            "PIM-SRC-001",
            Text("Nie ma pliku z danymi.", "There is no such file of facts."),
            where=name,
            fix=Text(
                "Dodaj plik albo popraw ustawienie `facts`.",
                "Add the file, or mend the setting `facts`.",
            ),
            exit_code=Exit.SOURCE,
        )
    if path.stat().st_size > MAX_BYTES:
        raise PimError(
            "PIM-SRC-002",
            Text("Plik jest za duży.", "The file is too large."),
            where=name,
            why=Text(f"Granica to {MAX_BYTES} bajtów.", f"The limit is {MAX_BYTES} bytes."),
            fix=Text("Podziel plik albo sprawdź, czy to ten.", "Split it, or check it is the one."),
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(name, error) from error


def unreadable(name: str, error: OSError) -> PimError:
    """The error `PIM-SRC-008`: a file is there, and the system does not let us read it."""
    reason = error.strerror or type(error).__name__
    return PimError(
        "PIM-SRC-008",
        Text("Nie można odczytać pliku.", "The file cannot be read."),
        where=name,
        why=Text(f"System odpowiedział: {reason}.", f"The system answered: {reason}."),
        fix=Text(
            "Popraw uprawnienia pliku albo zapisz go jeszcze raz.",
            "Mend the permissions of the file, or save it again.",
        ),
        exit_code=Exit.SOURCE,
    )


def _decode(data: bytes, name: str) -> str:
    if not data.strip():
        raise PimError(
            "PIM-SRC-003",
            Text("Plik jest pusty.", "The file is empty."),
            where=name,
            fix=Text(
                "Przywróć plik z repozytorium; pusta tabela ma sam wiersz nagłówka.",
                "Restore the file from the repository; an empty table is its header line alone.",
            ),
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"{name}, line {line}"
        if error.reason == _INSIDE_A_LETTER:
            raise _cut_off(where) from error
        raise PimError(
            "PIM-SRC-004",
            Text("Plik nie jest zapisany w UTF-8.", "The file is not UTF-8."),
            where=where,
            why=Text(
                "To nie jest zwykły tekst: ma bajty zerowe, jak UTF-16 albo plik binarny.",
                "It is no plain text: it has zero bytes, as UTF-16 or a binary file.",
            )
            if b"\0" in data
            else Text(
                "Wygląda na zapis Windows-1250 z arkusza kalkulacyjnego.",
                "It looks like Windows-1250 from a spreadsheet.",
            ),
            fix=Text("Zapisz plik jako „CSV UTF-8”.", "Save the file as 'CSV UTF-8'."),
        ) from error
    if not text.endswith("\n"):
        raise _cut_off(f"{name}, line {text.count(chr(10)) + 1}")
    return text


def _cut_off(where: str) -> PimError:
    return PimError(
        "PIM-SRC-005",
        Text("Plik jest ucięty.", "The file is cut off."),
        where=where,
        why=Text(
            "Ostatni wiersz nie kończy się znakiem nowego wiersza.",
            "The last line does not end with a newline.",
        ),
        fix=Text("Pobierz lub zapisz plik jeszcze raz.", "Fetch or save the file again."),
    )


def _rows_of(text: str, name: str, separator: str) -> tuple[list[str], list[list[str]], list[int]]:
    """Header, rows and the line each row begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    csv.field_size_limit(_MAX_CELL)
    rows: list[list[str]] = []
    lines: list[int] = []
    ragged: list[int] = []
    begins = 1
    try:
        header = next(reader)
        begins = reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                ragged.append(begins)
            elif row:
                rows.append(row)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        why = Text("Niepoprawny zapis CSV ({error}).", "Wrong CSV ({error}).").fill(error=error)
        raise _damaged(name, [begins], why) from error
    if len(set(header)) != len(header) or not all(header):
        why = Text(
            "Nazwa kolumny jest pusta albo się powtarza.",
            "A column name is empty or stands there twice.",
        )
        raise _damaged(name, [1], why)
    if ragged:
        why = Text("Kolumn w nagłówku: {n}.", "Columns in the header: {n}.").fill(n=len(header))
        raise _damaged(name, ragged, why)
    return header, rows, lines


def _damaged(name: str, lines: list[int], why: Text) -> PimError:
    shown = ", ".join(str(line) for line in lines[:_LINES_SHOWN])
    return PimError(
        "PIM-SRC-006",
        Text("Wiersze pliku CSV są uszkodzone.", "Lines of the CSV file are damaged."),
        where=f"{name}, line {shown}",
        why=why,
        fix=Text(
            "Popraw wskazane wiersze: tyle komórek, ile w nagłówku, cudzysłowy parami.",
            "Mend these lines: as many cells as the header, quotes in pairs.",
        ),
    )
