"""Which column of a table a header means: by its English or Polish name or title."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from schemas.columns import Column
from schemas.intake import STATE, folded, names_of
from schemas.table import Table
from schemas.text import Text
from sources.tabular import refusals


@dataclass(frozen=True)
class Header:
    """The header row, column by column as it came."""

    texts: tuple[str, ...]
    columns: tuple[Column | None, ...]
    """The declared column of each; None for one that the table does not have."""

    @property
    def canonical(self) -> bool:
        """The names are those of a facts file, so its cells hold codes and nothing else."""
        return all(
            column is None or column.name == text
            for text, column in zip(self.texts, self.columns, strict=True)
        )

    def names(self) -> list[str]:
        """A different name for each: the English one of a declared column, else as it came."""
        taken = {column.name for column in self.columns if column is not None}
        names: list[str] = []
        for text, column in zip(self.texts, self.columns, strict=True):
            name = column.name if column is not None else text or "?"
            while column is None and name in taken:
                name += "?"
            taken.add(name)
            names.append(name)
        return names


def matches(table: type[Table], texts: Sequence[str]) -> int:
    """How many columns of the table these headers name."""
    known = _by_name(table)
    return len({known[folded(text)].name for text in texts if folded(text) in known})


def named_otherwise(table: type[Table], texts: Sequence[str]) -> bool:
    """A header names a column by something else than the English name of a facts file."""
    known = _by_name(table)
    return any(folded(text) in known and known[folded(text)].name != text for text in texts)


def enough(table: type[Table], found: int) -> bool:
    """So many named columns make a header row; fewer may be words in any row."""
    return found >= min(2, len(table.columns))


def read_header(table: type[Table], texts: Sequence[str], name: str) -> Header:
    """The header row. Raises PimError `PIM-TAB-006` (none) or `PIM-TAB-007` (a name twice)."""
    if not enough(table, matches(table, texts)):
        raise refusals.no_header(name, table.name, [text for text in texts if text])
    known = _by_name(table)
    columns = tuple(known.get(folded(text)) for text in texts)
    twice = [
        text
        for text, column in zip(texts, columns, strict=True)
        if column is not None and columns.count(column) > 1
    ]
    if twice:
        raise refusals.repeated_header(name, twice)
    return Header(tuple(texts), columns)


def is_state(text: str) -> bool:
    """The header of the column that says how a row is, in a workbook of ours."""
    return folded(text) in {folded(word) for word in STATE}


def suggestions(table: type[Table], header: Header) -> list[Text]:
    """For each header that is not known: which missing column it may have been."""
    present = {column.name for column in header.columns if column is not None}
    missing = {
        name: column
        for column in table.columns
        if column.name not in present
        for name in names_of(column)
    }
    found = []
    for text, column in zip(header.texts, header.columns, strict=True):
        close = get_close_matches(folded(text), missing, n=1) if column is None and text else []
        if close:
            meant = missing[close[0]].title
            found.append(
                Text(
                    f"Nagłówek „{text}” nie jest znany. Czy to „{meant.pl}”?",
                    f"The header '{text}' is not known. Is it '{meant.en}'?",
                )
            )
    return found


def _by_name(table: type[Table]) -> dict[str, Column]:
    return {name: column for column in table.columns for name in names_of(column)}
