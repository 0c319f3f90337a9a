"""What the check of an intake workbook found, for people and programs."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from exports.intake.checked import Problem, cell_of
from exports.intake.sheet import Layout
from schemas.intake import sheet_name
from schemas.table import Severity, Table
from schemas.text import Lang, Text
from schemas.verdict import Finding
from sources.tabular.workbook import Found


@dataclass(frozen=True)
class Facts:
    """What is known now: the text of the table's file, and accepted rows of every table."""

    own: pl.DataFrame
    """The table's facts as text, with `_source` and `_place`."""
    accepted: Mapping[str, pl.DataFrame]
    stops: frozenset[tuple[str, tuple[str, ...]]]
    """Rules of the whole table that its facts break already, with their places."""


@dataclass(frozen=True)
class Intake:
    """What the check of a workbook found."""

    table: type[Table]
    file: str
    found: Found
    rows: int
    accepted: pl.DataFrame
    """Accepted rows as text, in the columns of the table."""
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    """What is wrong with the table as a whole: its columns, its rules."""
    minted: Mapping[int, str]
    """The identifier that a new row got, by the number of the row."""
    remarks: tuple[Text, ...]
    facts: Facts

    @property
    def blocked(self) -> bool:
        """Nothing of the workbook can be taken."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def refused(self) -> bool:
        """A row, or the table, was not taken."""
        return self.blocked or bool(self.problems)

    @property
    def rejected(self) -> int:
        """How many rows have something to mend."""
        return len({problem.row for problem in self.problems})

    def as_dict(self) -> dict[str, object]:
        """The result as JSON data; a place is sheet and cell."""
        layout = layout_of(self.table, self.found)
        return {
            "table": self.table.name,
            "file": self.file,
            "sheet": self.found.sheet,
            "rows": self.rows,
            "accepted": self.accepted.height,
            "rejected": self.rejected,
            "refused": self.blocked,
            "findings": [finding.as_dict() for finding in self.findings],
            "problems": [
                {
                    "sheet": self.found.sheet,
                    "cell": cell_of(layout, problem),
                    "row": problem.row,
                    "columns": list(problem.columns),
                    "value": problem.value,
                    "rule": problem.rule,
                    "reason": problem.reason._asdict(),
                }
                for problem in self.problems
            ],
            "new_identifiers": [
                {"row": row, "identifier": minted} for row, minted in self.minted.items()
            ],
            "remarks": [remark._asdict() for remark in self.remarks],
        }

    def lines(self, lang: Lang) -> list[str]:
        """What a person should know beside the problems of single cells."""
        minted = [
            Text(f"Wiersz {row}: nowy identyfikator {new}.", f"Row {row}: new identifier {new}.")
            for row, new in self.minted.items()
        ]
        said = [stop_text(finding) for finding in self.findings] + [*self.remarks, *minted]
        return [text.of(lang) for text in said]


def layout_of(table: type[Table], found: Found) -> Layout:
    """The layout of the sheet as it came, so that every cell keeps its address."""
    headers = tuple(zip(found.header.texts, found.header.columns, strict=True))
    return Layout(sheet_name(table), found.header_row, found.places, headers, found.state)


def stop_text(finding: Finding) -> Text:
    """A finding of the whole table as one sentence."""
    places = ", ".join(finding.places)
    return Text(f"{finding.message.pl} ({places})", f"{finding.message.en} ({places})")
