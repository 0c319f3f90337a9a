"""What must hold in any full file before its rows are believed."""

from datetime import date

import polars as pl

from schemas.text import Text
from sources.teryt.letters import DAMAGE
from sources.teryt.raw import Raw
from sources.teryt.refusals import GET_ORIGINAL, refused
from sources.teryt.sets import Register

SHEET_LIMITS = (65_536, 1_048_576)
"""Rows where spreadsheets cut a file off without a word."""
_ISO_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def check_rows(raw: Raw, name: str) -> None:
    """Refuse an empty table (`PIM-TRY-002`) and one that ends at a sheet's limit (`-018`)."""
    if raw.frame.is_empty():
        raise refused(
            2,
            Text("Plik nie ma ani jednego wiersza danych.", "The file has no row of data."),
            where=name,
            source=True,
        )
    for limit in SHEET_LIMITS:
        if limit in (raw.lines, raw.frame.height, raw.frame.height + 1):
            raise refused(
                18,
                Text(
                    f"Plik kończy się dokładnie na wierszu {limit}: tu arkusze ucinają dane.",
                    f"The file ends exactly at row {limit}, where spreadsheets cut data off.",
                ),
                where=name,
            )


def check_letters(frame: pl.DataFrame, register: Register, name: str) -> None:
    """Refuse names whose Polish letters were misread or lost (`PIM-TRY-008`)."""
    for column in register.columns:
        if column in register.widths or column == "STAN_NA":
            continue
        bad = frame.get_column(column).filter(frame.get_column(column).str.contains(DAMAGE))
        if not bad.is_empty():
            raise refused(
                8,
                Text(
                    f"W {bad.len()} nazwach polskie litery są zniszczone.",
                    f"In {bad.len()} names the Polish letters are damaged.",
                ),
                where=f"{name}, {column}",
                why=Text(f"Na przykład {bad[0]!r}.", f"For example {bad[0]!r}."),
            )


def check_codes(frame: pl.DataFrame, register: Register, name: str) -> None:
    """Refuse codes that a spreadsheet made numbers (`PIM-TRY-015`) or that are none (`-016`)."""
    for column, width in register.widths.items():
        bad = _unlike(frame, column, rf"^[0-9]{{{width}}}$")
        if bad.is_empty():
            continue
        # A number has fewer digits, a decimal part or an exponent.
        numbers = bad.filter(bad.str.contains(r"^[0-9]+(?:[.,][0-9]+)?(?:[eE][+][0-9]+)?$"))
        if not numbers.is_empty():
            raise _spreadsheet(name, column, numbers[0], numbers.len())
        raise refused(
            16,
            Text(
                f"{bad.len()} kodów nie ma {width} cyfr.",
                f"{bad.len()} codes do not have {width} digits.",
            ),
            where=f"{name}, {column}",
            why=Text(f"Na przykład {bad[0]!r}.", f"For example {bad[0]!r}."),
        )
    first = register.columns[0]
    missing = frame.get_column(first).null_count()
    if missing:
        raise refused(
            16,
            Text(f"{missing} wierszy nie ma kodu.", f"{missing} rows have no code."),
            where=f"{name}, {first}",
        )


def state_date(frame: pl.DataFrame, name: str) -> date:
    """The one day that all rows name in STAN_NA.

    Raises PimError `PIM-TRY-017` for no day or more than one, `-015` for days in another form.
    """
    odd = _unlike(frame, "STAN_NA", _ISO_DAY)
    if not odd.is_empty():
        raise _spreadsheet(name, "STAN_NA", odd[0], odd.len())
    states = frame.get_column("STAN_NA").unique().sort()
    days = states.str.to_date("%Y-%m-%d", strict=False).to_list()
    day = days[0]
    if len(days) != 1 or not isinstance(day, date):
        listed = ", ".join(str(state) for state in states.head(5))
        raise refused(
            17,
            Text(
                "Plik nie ma jednej daty stanu (STAN_NA) we wszystkich wierszach.",
                "The file does not have one state date (STAN_NA) in all rows.",
            ),
            where=name,
            why=Text(f"Daty: {listed}.", f"Dates: {listed}."),
        )
    return day


def _unlike(frame: pl.DataFrame, column: str, pattern: str) -> pl.Series:
    values = frame.get_column(column).drop_nulls()
    return values.filter(~values.str.contains(pattern))


def _spreadsheet(name: str, column: str, example: str, count: int) -> Exception:
    return refused(
        15,
        Text(
            f"Plik zapisano w arkuszu: {count} wartości straciło swoją postać, "
            "na przykład zera na początku.",
            f"The file was saved in a spreadsheet: {count} values lost their form, "
            "such as leading zeros.",
        ),
        where=f"{name}, {column}",
        why=Text(f"Na przykład {example!r}.", f"For example {example!r}."),
        fix=GET_ORIGINAL,
    )
