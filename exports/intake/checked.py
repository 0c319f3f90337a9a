"""The workbook that goes back: the same rows in the same cells, with what is wrong marked.

It is made anew from the rows that were read, so nothing else of a file that came from anywhere
(formulas, links, pictures, hidden sheets) travels on under our name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.cells import CellValue, cell_at, fixed, height_of
from exports.intake.choices import Frames
from exports.intake.guide import write_guide
from exports.intake.lists import write_lists
from exports.intake.paper import fit_to_page
from exports.intake.saving import cell_text, named, to_bytes
from exports.intake.sheet import (
    Layout,
    Mark,
    mark,
    write_example,
    write_hints,
    write_row,
    write_sheet,
)
from exports.intake.template import example_of
from schemas.intake import KEYWORD
from schemas.table import Table
from schemas.text import Text

SUMMARY = "Podsumowanie"
MAX_PROBLEMS = 2_000
_WIDTHS = (11, 30, 34, 70, 22)
_HEADS = ("Komórka", "Kolumna", "Wartość", "Co jest nie tak", "Reguła")


@dataclass(frozen=True)
class Problem:
    """One broken rule of one row; `row` is that of the sheet, as people see it."""

    row: int
    columns: tuple[str, ...]
    value: str
    rule: str
    reason: Text


@dataclass(frozen=True)
class Summary:
    """What the check found, for the first sheet."""

    file: str
    rows: int
    accepted: int
    problems: tuple[Problem, ...]
    stops: tuple[str, ...] = ()
    """Why the table as a whole is not taken, in Polish."""
    remarks: tuple[str, ...] = ()


def checked(
    table: type[Table],
    frames: Frames,
    day: date,
    layout: Layout,
    rows: Mapping[int, Sequence[CellValue]],
    summary: Summary,
) -> bytes:
    """The workbook as XLSX. `rows` has, by number, the values for the places of the layout."""
    book = Workbook()
    book.remove(book.worksheets[0])
    ranges = write_lists(book, table, frames)
    sheet = write_sheet(book, table, layout, ranges)
    if layout.header_row + 1 not in rows:
        write_hints(sheet, layout)
        if layout.header_row + 2 not in rows:
            write_example(sheet, layout, example_of(table, frames))
    bad = {problem.row for problem in summary.problems}
    judged = not summary.stops or bool(bad)
    for number, values in rows.items():
        write_row(sheet, layout, number, values, good=number not in bad if judged else None)
    for wrong in marks(layout, summary.problems):
        mark(sheet, layout, wrong)
    write_guide(book, table)
    _write_summary(book, table, layout, summary)
    book.move_sheet(sheet.title, -2)
    book.move_sheet(SUMMARY, -book.index(book[SUMMARY]))
    book.active = 0
    named(book, table.title.pl, day, f"{KEYWORD}{table.name}")
    return to_bytes(book)


def marks(layout: Layout, problems: Sequence[Problem]) -> list[Mark]:
    """The cells that are wrong, each with all its reasons, in order of rows."""
    place_of = {c.name: p for p, (_, c) in zip(layout.places, layout.headers, strict=True) if c}
    reasons: dict[tuple[int, int], list[str]] = {}
    for problem in problems:
        for name in problem.columns:
            if name in place_of:
                said = reasons.setdefault((problem.row, place_of[name]), [])
                said += [problem.reason.pl] if problem.reason.pl not in said else []
    return [Mark(row, place, tuple(said)) for (row, place), said in sorted(reasons.items())]


def cell_of(layout: Layout, problem: Problem) -> str:
    """The first cell of a problem, such as `C7`; the row's first cell where none is meant."""
    for place, (_, column) in zip(layout.places, layout.headers, strict=True):
        if column is not None and column.name in problem.columns:
            return f"{get_column_letter(place)}{problem.row}"
    return f"A{problem.row}"


def _write_summary(book: Workbook, table: type[Table], layout: Layout, summary: Summary) -> None:
    sheet: Worksheet = book.create_sheet(SUMMARY)
    sheet.sheet_view.showGridLines = False
    for place, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    bad = len({problem.row for problem in summary.problems})
    good = not summary.problems and not summary.stops
    _line(sheet, 1, f"Wynik sprawdzenia: {table.title.pl}", looks.TITLE)
    _line(sheet, 2, f"Plik: {summary.file}, arkusz: {layout.name}", looks.QUIET)
    counts = f"Wiersze: {summary.rows}. Dobre: {summary.accepted}. Do poprawy: {bad}."
    _line(sheet, 4, counts, looks.FINE if good else looks.BAD)
    row = 5
    for text in (*summary.stops, *_advice(good), *summary.remarks):
        _line(sheet, row, text, looks.BAD if text in summary.stops else looks.TEXT)
        row += 1
    row += 1
    if summary.problems:
        for place, text in enumerate(_HEADS, start=1):
            fixed(sheet, row, place, text, looks.HEADER, looks.HEADER_FILL)
        sheet.freeze_panes = f"A{row + 1}"
        _write_problems(sheet, row + 1, table, layout, summary.problems)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    fit_to_page(sheet, row if summary.problems else None)


def _advice(good: bool) -> tuple[str, ...]:
    if good:
        return ("Wszystko jest w porządku. Nic nie trzeba poprawiać.",)
    return (
        "Komórki do poprawy są czerwone, puste wymagane żółte. Powód jest w komentarzu każdej.",
        "Popraw je w tym pliku, zapisz go jako .xlsx i odeślij; kolory mogą zostać.",
    )


def _write_problems(
    sheet: Worksheet, row: int, table: type[Table], layout: Layout, problems: Sequence[Problem]
) -> None:
    titles = {column.name: column.title.pl for column in table.columns}
    for problem in problems[:MAX_PROBLEMS]:
        cell = cell_of(layout, problem)
        names = ", ".join(titles.get(name, name) for name in problem.columns)
        texts = (cell, names, problem.value, problem.reason.pl, problem.rule)
        for place, text in enumerate(texts, start=1):
            fixed(sheet, row, place, text, looks.TEXT, looks.NO_FILL)
        link = cell_at(sheet, row, 1)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{layout.name}'!{cell}")
        link.font = looks.LINK
        widths = zip(texts, _WIDTHS, strict=True)
        sheet.row_dimensions[row].height = min(height_of(widths), 120)
        row += 1
    if len(problems) > MAX_PROBLEMS:
        more = len(problems) - MAX_PROBLEMS
        _line(sheet, row, f"i jeszcze {more}; wszystkie są zaznaczone w arkuszu.", looks.QUIET)


def _line(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
    cell = cell_at(sheet, row, 1)
    cell.value, cell.data_type = cell_text(text), "s"
    cell.font, cell.alignment = font, looks.WRAPPED
    size = 22 if font is looks.TITLE else 15
    sheet.row_dimensions[row].height = height_of([(text, sum(_WIDTHS))], size)
