"""The intake workbook: what an office sees, what helps it, and what must not stand in it."""

import io
import re
from datetime import date

import openpyxl
import polars as pl
import pytest
from openpyxl.styles import Font, PatternFill

from exports.intake import looks
from exports.intake.template import FIRST_ROW, template
from pipelines.checking import check_all
from reconcile.withholding import publishable
from schemas.intake import (
    EXAMPLE,
    HINT,
    KEYWORD,
    STATE,
    folded,
    header,
    names_of,
    sheet_name,
    values_of,
)
from schemas.registry import all_tables, table_named
from schemas.table import Table
from sources.facts import CURATED
from tests.things import Things

DAY = date(2026, 11, 1)
FILLABLE = ["mids", "recommendations", "editions", "events"]


@pytest.fixture(scope="module")
def shown() -> dict[str, pl.DataFrame]:
    """The publishable rows of the embedded facts."""
    _, accepted = check_all(CURATED, skip=None)
    return publishable(all_tables(), accepted)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module", params=FILLABLE)
def made(
    request: pytest.FixtureRequest, shown: dict[str, pl.DataFrame]
) -> tuple[type[Table], bytes]:
    table = table_named(request.param)
    return table, template(table, shown, DAY)


def test_the_header_is_declared_polish_and_locked(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    sheet = opened(data)[sheet_name(table)]
    cells = sheet[FIRST_ROW - 3]
    assert [cell.value for cell in cells] == [STATE.pl, *(header(c) for c in table.columns)]
    assert sheet.protection.sheet
    assert all(cell.protection.locked for cell in cells)
    assert sheet.freeze_panes == f"C{FIRST_ROW - 2}"


def test_cells_to_fill_are_open_and_codes_are_text(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    sheet = opened(data)[sheet_name(table)]
    for place, column in enumerate(table.columns, start=2):
        look = sheet.column_dimensions[openpyxl.utils.get_column_letter(place)]
        assert not look.protection.locked
        kinds = {"date": "yyyy-mm-dd", "integer": "0", "string": "@", "boolean": "@"}
        assert look.number_format == kinds[column.kind]


def test_hints_say_in_polish_what_is_declared(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    hints = [cell.value for cell in opened(data)[sheet_name(table)][FIRST_ROW - 2]]
    assert hints[0] == HINT
    for text, column in zip(hints[1:], table.columns, strict=True):
        assert str(text).startswith(column.description.pl)


def test_code_lists_are_drop_downs_of_polish_labels(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    book = opened(data)
    rules = book[sheet_name(table)].data_validations.dataValidation
    for rule, column in zip(rules, table.columns, strict=True):
        assert rule.prompt.startswith(column.description.pl[:200])
        if not column.codes:
            continue
        assert (rule.type, rule.errorStyle) == ("list", "stop")
        name, letter, first, last = re.fullmatch(
            r"'(\w+)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", rule.formula1
        ).groups()  # type: ignore[union-attr]
        listed = [row[0].value for row in book[name][f"{letter}{first}:{letter}{last}"]]
        assert listed == [code.label.pl for code in column.codes]


def test_references_are_drop_downs_with_names(shown: dict[str, pl.DataFrame]) -> None:
    book = opened(template(table_named("recommendations"), shown, DAY))
    texts = {str(cell.value) for row in book["Listy"] for cell in row}
    assert "net-0002 · Rewitalizacja, Partnerska Inicjatywa Miast (pilotaż)" in texts


def test_the_example_is_a_real_row(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    row = [cell.value for cell in opened(data)[sheet_name(table)][FIRST_ROW - 1]]
    assert row[0] == EXAMPLE
    assert re.fullmatch(r"[a-z]+-\d{4}", str(row[1]))


def test_instructions_are_polish_first_english_second(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    book = opened(data)
    assert book.sheetnames == ["Instrukcja", sheet_name(table), "Listy"]
    texts = [str(cell.value) for row in book["Instrukcja"] for cell in row if cell.value]
    polish, english = texts.index(table.title.pl), texts.index(table.title.en)
    assert texts.index("Jak wypełnić") > polish
    assert texts.index("How to fill it in") > english > polish
    for column in table.columns:
        assert {column.title.pl, column.title.en} <= set(texts)


def test_nothing_withheld_stands_in_a_workbook(shown: dict[str, pl.DataFrame]) -> None:
    _, accepted = check_all(CURATED, skip=None)
    table = table_named("mids")
    withheld = set(accepted["participations"]["participation_id"]) - set(
        shown["participations"]["participation_id"]
    )
    assert withheld
    book = opened(template(table, shown, DAY, shown["mids"]))
    texts = " ".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    assert not [key for key in withheld if key in texts]


def test_the_same_input_gives_the_same_bytes(made: tuple[type[Table], bytes]) -> None:
    table, data = made
    _, accepted = check_all(CURATED, skip=None)
    assert template(table, publishable(all_tables(), accepted), DAY) == data
    book = opened(data)
    assert book.properties.created.date() == DAY
    assert book.properties.keywords == f"{KEYWORD}{table.name}"


def test_a_table_without_rows_has_a_template_too() -> None:
    empty = {Things.name: pl.DataFrame(schema=Things.schema())}
    sheet = opened(template(Things, empty, DAY))[sheet_name(Things)]
    assert [cell.value for cell in sheet[FIRST_ROW - 1]] == [EXAMPLE, *[None] * len(Things.columns)]


def test_headers_and_labels_mean_one_thing_each() -> None:
    """What the reader takes for a column or a code is never two of them."""
    for table in all_tables():
        names = [name for column in table.columns for name in names_of(column)]
        names += [folded(word) for word in STATE]
        assert len(names) == len(set(names)), table.name
        for column in table.columns:
            codes = {str(code) for code in column.codes or ()}
            assert set(values_of(column).values()) == codes or column.kind == "boolean"
            labels = [label for code in column.codes or () for label in set(code.label)]
            assert len(labels) == len(set(labels)), column


def _luminance(colour: str) -> float:
    parts = [int(colour[-6:][i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (looks.HEADER, looks.HEADER_FILL),
        (looks.HEADER, looks.OPTIONAL_FILL),
        (looks.HINT, looks.HINT_FILL),
        (looks.SHOWN, looks.SHOWN_FILL),
        (looks.BAD, looks.BAD_FILL),
        (looks.FINE, looks.FINE_FILL),
    ],
)
def test_texts_can_be_read_on_their_colours(font: Font, fill: PatternFill) -> None:
    front, back = font.color, fill.fgColor
    assert front is not None
    assert back is not None
    light, dark = sorted((_luminance(front.rgb), _luminance(back.rgb)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
