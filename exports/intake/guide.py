"""The sheet that explains: what to do, and what each column means; Polish first, English second."""

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.cells import cell_at, fixed, height_of
from exports.intake.choices import form_of
from exports.intake.helping import NEW_ROW
from exports.intake.paper import fit_to_page
from schemas.columns import Column
from schemas.intake import is_minted, may_be_empty, sheet_name
from schemas.table import Table
from schemas.text import LANGS, Lang, Text

NAME = "Instrukcja"

_STEPS = (
    Text(
        "Wypełnij arkusz „{sheet}”: jeden wiersz to {row_pl}.",
        "Fill the sheet '{sheet}': one row is {row_en}.",
    ),
    Text(
        "Zacznij pod wierszem z przykładem. Wierszy „opis” i „przykład” nie trzeba usuwać, "
        "program je pomija.",
        "Begin below the example. The rows 'opis' and 'przykład' may stay: the program skips them.",
    ),
    Text(
        "Kolumny z gwiazdką (ciemniejszy nagłówek) są wymagane. Brakującą wartość w zaczętym "
        "wierszu widać na żółto. Jeśli wartości nie ma albo nie jest znana, zostaw komórkę pustą.",
        "Columns with a star (darker header) are required. What lacks in a row that was begun is "
        "yellow. If there is no value, or it is not known, leave the cell empty.",
    ),
    Text(
        "Gdzie jest lista, wybierz z niej. Z napisu „net-0004 · Rewitalizacja” program czyta "
        "to, co stoi przed kropką „·”; sam kod też wystarczy.",
        "Where there is a list, choose from it. Of 'net-0004 · Rewitalizacja' the program reads "
        "what stands before the dot '·'; the code alone is enough, too.",
    ),
    Text(
        "Nie wpisuj formuł, nie scalaj komórek i nie zmieniaj nagłówków. Kolumny wolno "
        "przestawiać, a wiersze dodawać i usuwać.",
        "Write no formulas, merge no cells and change no headers. Columns may be moved, and rows "
        "added and deleted.",
    ),
    Text(
        "Nie podawaj imion, nazwisk, prywatnych telefonów ani adresów: ta tabela będzie publiczna.",
        "Give no names of persons and no private telephone numbers or addresses: this table will "
        "be public.",
    ),
    Text(
        "Zapisz plik jako .xlsx i odeślij. Otrzymasz go z powrotem z zaznaczonymi komórkami do "
        "poprawy i z powodem przy każdej.",
        "Save the file as .xlsx and send it back. It returns with the cells to mend marked, and "
        "the reason beside each.",
    ),
)
_HEADS = {
    "pl": ("Kolumna", "Co wpisać", "Wymagana", "Postać"),
    "en": ("Column", "What to write", "Required", "Form"),
}
_WIDTHS = (30, 62, 14, 44)


def write_guide(book: Workbook, table: type[Table]) -> None:
    """Write the sheet, first in the workbook."""
    sheet: Worksheet = book.create_sheet(NAME, 0)
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCD", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    row = 1
    for lang in LANGS:
        row = _part(sheet, row, table, lang)
        sheet.row_breaks.append(Break(id=row))
        row += 2
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    fit_to_page(sheet)


def _part(sheet: Worksheet, row: int, table: type[Table], lang: Lang) -> int:
    """One language; the number of the row below it."""
    _words(sheet, row, table.title.of(lang), title=True)
    _words(sheet, row + 1, table.description.of(lang))
    heading = Text("Jak wypełnić", "How to fill it in").of(lang)
    cell = cell_at(sheet, row + 3, 1)
    cell.value, cell.font = heading, looks.STRONG
    row += 4
    for number, step in enumerate(_STEPS, start=1):
        said = step.fill(sheet=sheet_name(table), row_pl=table.row.pl, row_en=table.row.en)
        _words(sheet, row, f"{number}. {said.of(lang)}")
        row += 1
    row += 1
    for place, text in enumerate(_HEADS[lang], start=1):
        fixed(sheet, row, place, text, looks.HEADER, looks.HEADER_FILL)
    for column in table.columns:
        row += 1
        for place, text in enumerate(_about(column, lang), start=1):
            font = looks.STRONG if place == 1 else looks.TEXT
            fixed(sheet, row, place, text, font, looks.NO_FILL)
        sheet.row_dimensions[row].height = height_of(
            zip(_about(column, lang), _WIDTHS, strict=True)
        )
    return row + 1


def _about(column: Column, lang: Lang) -> tuple[str, str, str, str]:
    required = Text("nie", "no") if may_be_empty(column) else Text("tak", "yes")
    form = NEW_ROW if is_minted(column) else form_of(column)
    return (
        column.title.of(lang),
        column.description.of(lang),
        required.of(lang),
        form.of(lang),
    )


def _words(sheet: Worksheet, row: int, text: str, *, title: bool = False) -> None:
    """A paragraph across all columns."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
    cell = cell_at(sheet, row, 1)
    cell.value = text
    cell.font = looks.TITLE if title else looks.TEXT
    cell.alignment = looks.WRAPPED
    width = sum(_WIDTHS) * (0.7 if title else 1.0)
    sheet.row_dimensions[row].height = height_of([(text, width)], 22 if title else 15)
