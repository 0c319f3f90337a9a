"""What Dagster shows of a table: texts, columns, checks, a preview. Derived from its class."""

import dagster as dg
import polars as pl

from schemas.columns import Column
from schemas.table import Table
from schemas.text import LANGS, Lang, Text, place_in
from schemas.verdict import Finding

GATE_CHECK = "bramka"
"""The check that every table has: columns, cells, key, references and row count.

One check and not five: each costs some 20 ms in Dagster's log, and its page lists what broke.
"""
_GATE_TEXT = (
    "Kolumny, typy, wzory, zakresy, kody, klucz, odwołania i liczba wierszy są w porządku. / "
    "Columns, types, patterns, ranges, codes, key, references and row count are right."
)
PREVIEW_ROWS = 5
"""Rows of a table that its page in Dagster shows."""
_PREVIEW_CELL = 60


def describe(table: type[Table]) -> str:
    """Polish first, one plain line; then English."""
    return (
        f"{table.title.pl}: {table.description.pl}\n\n"
        f"Jeden wiersz to {table.row.pl}.\n\n"
        f"EN: {table.title.en}. {table.description.en} One row is {table.row.en}."
    )


def group_of(table: type[Table]) -> str:
    """The asset group: the data set, or `wewnetrzne` for tables that stay inside."""
    return table.dataset.slug.replace("-", "_") if table.dataset else "wewnetrzne"


def column_schema(table: type[Table]) -> dg.TableSchema:
    """The columns as Dagster shows them, with texts in both languages."""
    return dg.TableSchema(columns=[_column(column) for column in table.columns])


def _column(column: Column) -> dg.TableColumn:
    other = []
    if column.references is not None:
        other.append(f"→ {column.references.table.name}.{column.references.name}")
    if column.pattern:
        other.append(column.pattern)
    if column.codes:
        other.append(", ".join(column.codes))
    return dg.TableColumn(
        name=column.name,
        type=column.sql_type,
        description=f"{column.title.pl}. {column.description.pl} / {column.title.en}. "
        f"{column.description.en}",
        constraints=dg.TableColumnConstraints(
            nullable=column.null,
            unique=column.key and len(column.table.key) == 1,
            other=other,
        ),
        tags={"pl": column.name_pl},
    )


def check_name(table: type[Table], rule: str) -> str:
    """The asset check that a gate rule is reported under."""
    return rule if rule in {own.name for own in table.rules} else GATE_CHECK


def check_specs(table: type[Table]) -> list[dg.AssetCheckSpec]:
    """The checks of a table: the gate's, which blocks what follows, then its own rules."""
    described = {GATE_CHECK: _GATE_TEXT} | {
        rule.name: f"{rule.message.pl} / {rule.message.en}" for rule in table.rules
    }
    return [
        dg.AssetCheckSpec(name, asset=table.name, description=text, blocking=name == GATE_CHECK)
        for name, text in described.items()
    ]


def preview(frame: pl.DataFrame, rows: int = PREVIEW_ROWS) -> str:
    """The first rows as a Markdown table; long cells are cut."""
    shown = frame.head(rows).select(
        pl.all()
        .cast(pl.String)
        .fill_null("")
        .str.slice(0, _PREVIEW_CELL)
        .str.replace_all("|", "\\|", literal=True)
    )
    lines = ["| " + " | ".join(shown.columns) + " |", "|" + "---|" * shown.width]
    lines += ["| " + " | ".join(row) + " |" for row in shown.rows()]
    return "\n".join(lines)


def advice(findings: list[Finding]) -> str:
    """What is wrong and what to do, in Polish then English, for a check's page."""
    rejected = f"`pim rejected --table {findings[0].table}`"
    fix = Text(
        f"**Co zrobić:** {rejected} pokaże wiersze; popraw je w źródle i zasil ponownie.",
        f"**What to do:** {rejected} shows the rows; mend them at the source and build again.",
    )
    return "\n\n".join(part for lang in LANGS for part in (_listed(findings, lang), fix.of(lang)))


def _listed(findings: list[Finding], lang: Lang) -> str:
    lines = []
    for finding in findings:
        places = "; ".join(place_in(place, lang) for place in finding.places)
        what = f"{finding.message.of(lang)} ({finding.rule}, {finding.count})"
        lines.append(f"- {what} {places}".rstrip())
    return "\n".join(lines)
