"""The rules that a column's declaration implies, each with its name and its sentence.

The gate's pandera model is built from these, so is every explanation that a person reads.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from schemas.columns import LIST_SEPARATOR, Column
from schemas.text import Text

SPECIAL_SIGNS = ("-", ".", "X", ":", "#")
# A spreadsheet runs such a cell; the full-width signs count in East Asian settings. A dash
# alone is a special sign, and has its own rule.
_FORMULA = r"^(?:[=+@\t\r\uff1d\uff0b\uff0d\uff20]|-[\s\S])"
# Control signs (mojibake leaves them), invisible and private ones (PDF leaves them), and the
# sign of a broken character; tabs and line feeds may stand inside a text.
_UNCLEAN = r"^\s|\s$|[[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\x{FFFD}]--[\t\n]]"


@dataclass(frozen=True)
class CellRule:
    """A rule over one cell: `good` is true or null where the cell keeps it."""

    name: str
    good: pl.Expr
    message: Text


STRUCTURE_MESSAGES: dict[str, Text] = {
    "unknown_column": Text(
        "Plik ma kolumnę, której tabela nie zna.", "The file has a column that is not declared."
    ),
    "missing_column": Text(
        "W pliku brakuje kolumny tabeli.", "A column of the table is missing from the file."
    ),
    "type": Text(
        "Wartość nie jest {kind_pl}.",
        "The value is not {kind_en}.",
    ),
    "not_nullable": Text("Wartość jest wymagana, a jej brak.", "A required value is missing."),
    "key": Text(
        "Klucz powtarza się w kilku wierszach; nie wiadomo, który jest właściwy.",
        "The key stands in several rows; it is not known which one is right.",
    ),
    "reference": Text(
        "Wartości nie ma w tabeli „{target_pl}”.", "The value is not found in table '{target}'."
    ),
    "shrunk": Text(
        "Tabela straciła zbyt wiele wierszy od ostatniego zasilenia: było {before}, jest {after}. "
        "Jeśli tak ma być, podaj --allow-loss {table}.",
        "The table lost too many rows since the last build: {before} then, {after} now. "
        "If that is meant, give --allow-loss {table}.",
    ),
}
"""Sentences of the rules that the gate applies itself."""

KIND_NAMES: dict[str, Text] = {
    "string": Text("tekstem", "a text"),
    "integer": Text("liczbą całkowitą", "a whole number"),
    "number": Text("liczbą dziesiętną z kropką", "a decimal number with a point"),
    "boolean": Text("wartością True albo False", "True or False"),
    "date": Text("datą w postaci RRRR-MM-DD", "a date of the form YYYY-MM-DD"),
    "datetime": Text("datą z godziną co do sekundy", "a date with time to the second"),
}


def cell_rules(column: Column) -> Iterator[CellRule]:
    """The rules of one column, in the order in which they are explained."""
    value = pl.col(column.name)
    if column.kind == "string":
        yield from _text_rules(column)
    if column.minimum is not None:
        yield CellRule(
            "minimum",
            value >= column.minimum,
            Text("Wartość jest mniejsza niż {n}.", "The value is below {n}.").fill(
                n=column.minimum
            ),
        )
    if column.maximum is not None:
        yield CellRule(
            "maximum",
            value <= column.maximum,
            Text("Wartość jest większa niż {n}.", "The value is above {n}.").fill(n=column.maximum),
        )


def _pattern_message(column: Column, pattern: str) -> Text:
    if column.url:
        return Text(
            "Adres ma się zaczynać od http:// albo https:// i nie mieć spacji.",
            "A web address must begin with http:// or https:// and have no spaces.",
        )
    # Officials do not read patterns: `net-[0-9]{4}` is shown as net-0000.
    form = re.sub(r"\[0-9\]\{(\d+)\}", lambda digits: "0" * int(digits[1]), pattern)
    if re.fullmatch(r"[\w|-]+", form):
        forms = form.split("|")
        return Text(
            f"Zapis ma mieć postać {' lub '.join(forms)}, gdzie 0 to dowolna cyfra.",
            f"The value must have the form {' or '.join(forms)}, where 0 is any digit.",
        )
    return Text(
        f"Zapis nie pasuje do wzoru {pattern}.", f"The value does not match the pattern {pattern}."
    )


def _text_rules(column: Column) -> Iterator[CellRule]:
    value = pl.col(column.name)
    if column.codes:
        codes = [str(member) for member in column.codes]
        yield CellRule(
            "code",
            value.is_in(codes),
            Text(
                "Wartości nie ma na liście kodów: {codes}.",
                "The value is not in the code list: {codes}.",
            ).fill(codes=", ".join(codes)),
        )
        return
    if column.pattern is not None:
        yield CellRule(
            "pattern",
            value.str.contains(f"^(?:{column.pattern})$"),
            _pattern_message(column, column.pattern),
        )
    if column.max_length is not None:
        yield CellRule(
            "max_length",
            value.str.len_chars() <= column.max_length,
            Text("Tekst jest dłuższy niż {n} znaków.", "The text is over {n} characters.").fill(
                n=column.max_length
            ),
        )
    if column.many:
        yield CellRule(
            "list",
            value == value.str.split(LIST_SEPARATOR).list.unique().list.sort().list.join(";"),
            Text(
                "Lista po średnikach ma być posortowana i bez powtórzeń.",
                "A list with semicolons must be sorted and without repeats.",
            ),
        )
    yield CellRule(
        "clean_text",
        ~value.str.contains(_UNCLEAN),
        Text(
            "Tekst ma spacje na brzegach albo niewidoczne lub zepsute znaki.",
            "The text has outer spaces, or invisible or broken characters.",
        ),
    )
    yield CellRule(
        "formula",
        ~value.str.contains(_FORMULA),
        Text(
            "Tekst zaczyna się znakiem, który arkusz uzna za formułę (= + - @).",
            "The text begins with a sign that a spreadsheet takes for a formula (= + - @).",
        ),
    )
    yield CellRule(
        "special_sign",
        ~value.is_in(SPECIAL_SIGNS),
        Text(
            "Tekst jest znakiem umownym, który oznacza brak wartości; brak zapisz pustą komórką.",
            "The text is a special sign for a missing value; leave the cell empty instead.",
        ),
    )
