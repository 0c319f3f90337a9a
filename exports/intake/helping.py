"""What helps while a workbook is filled: hints, drop-down lists, limits, what still lacks."""

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from exports.intake import looks
from exports.intake.choices import form_of
from schemas.columns import Column
from schemas.intake import is_minted
from schemas.text import Text

LAST_ROW = 5_000
"""Down to here cells have drop-down lists; an intake is never longer."""

_FAR = -(10**15)
_DAYS = ("1", "401768")
"""1900-01-01 and 2999-12-31 as spreadsheets count days."""


NEW_ROW = Text(
    "W nowym wierszu zostaw puste: numer nada zespół danych.",
    "Leave it empty in a new row: the data team gives the number.",
)


def hint(column: Column) -> str:
    """What an office has to know of a column, in Polish."""
    form = NEW_ROW if is_minted(column) else form_of(column)
    return f"{column.description.pl} {form.pl}"


def add_choices(
    sheet: Worksheet, place: int, first: int, column: Column, choices: str | None
) -> None:
    """A drop-down list or limits from row `first` on, and a note beside the selected cell.

    `choices` is the range of the list, where the column has one.
    """
    letter = get_column_letter(place)
    rule = _validation(column, choices)
    rule.promptTitle = column.title.pl[:32]
    rule.prompt = hint(column)[:255]
    rule.showInputMessage = True
    rule.add(f"{letter}{first}:{letter}{LAST_ROW}")
    sheet.add_data_validation(rule)


def show_missing(sheet: Worksheet, place: int, first: int, left: int, right: int) -> None:
    """Colour an empty cell of a required column where the row has something else."""
    letter = get_column_letter(place)
    row = f"${get_column_letter(left)}{first}:${get_column_letter(right)}{first}"
    lacks = Rule(
        type="expression",
        formula=[f"AND(COUNTA({row})>0,ISBLANK({letter}{first}))"],
        dxf=DifferentialStyle(fill=looks.MISSING_FILL),
    )
    sheet.conditional_formatting.add(f"{letter}{first}:{letter}{LAST_ROW}", lacks)


def _validation(column: Column, choices: str | None) -> DataValidation:
    rule = DataValidation(
        allow_blank=True,
        errorTitle="Sprawdź wartość",
        error=form_of(column).pl,
        showErrorMessage=True,
    )
    if choices is not None and not column.many:
        rule.type, rule.formula1 = "list", choices
        # A reference may be written, too: a new thing is not in the list yet.
        rule.errorStyle = "warning" if column.references is not None else "stop"
    elif column.kind in {"integer", "number"}:
        rule.type, rule.operator = "whole" if column.kind == "integer" else "decimal", "between"
        rule.formula1 = str(_FAR if column.minimum is None else column.minimum)
        rule.formula2 = str(-_FAR if column.maximum is None else column.maximum)
    elif column.kind == "date":
        # Days before 1900 are text in a spreadsheet, so only a warning.
        rule.type, rule.operator, rule.errorStyle = "date", "between", "warning"
        rule.formula1, rule.formula2 = _DAYS
    elif column.kind == "string" and column.max_length and not column.many:
        rule.type, rule.operator = "textLength", "lessThanOrEqual"
        rule.formula1 = str(column.max_length)
    return rule
