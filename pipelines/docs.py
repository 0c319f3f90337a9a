"""The parts of `docs/` that follow from the code: commands, settings, tables, points.

`python -m pipelines.docs` writes them; with `--check` it only says which are out of date. What
stands before and after these parts is written by hand.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from pipelines.settings import SETTINGS
from schemas.columns import Column
from schemas.datasets import DataSet
from schemas.derive.dictionary import NOTHING, dictionary
from schemas.errors import Exit
from schemas.files import write_text
from schemas.registry import all_datasets, all_tables, tables_of
from schemas.table import Table

DOCS = Path(__file__).parent.parent / "docs"
BEGIN = "<!-- from here on written by `make docs` -->\n"
END = "<!-- up to here -->\n"


def commands() -> str:
    """The help page of every command, in English and 90 columns wide."""
    os.environ |= {"PIM_LANG": "en", "COLUMNS": "90"}
    # The language is decided when the commands are imported.
    from typer.main import get_command

    from pipelines.cli import app
    from pipelines.helping import pages

    return "\n".join(f"## {path}\n\n```\n{page}\n```\n" for path, page in pages(get_command(app)))


def settings(help_pages: str) -> str:
    """Every setting as a table; it has an option where a help page shows one."""
    lines = ["| setting | option | variable | default | meaning | znaczenie |\n"]
    lines.append("|---|---|---|---|---|---|\n")
    for name, setting in SETTINGS.items():
        flag = f"--{name.replace('_', '-')}"
        option = f"`{flag}`" if f"  {flag} " in help_pages else ""
        default = f"`{setting.default}`" if setting.default else ""
        cells = [f"`{name}`", option, f"`PIM_{name.upper()}`", default]
        lines.append(_row([*cells, setting.meaning.en, setting.meaning.pl]))
    return "".join(lines)


def tables() -> str:
    """Every data set with its tables, then the tables that stay inside."""
    parts = [_contents()]
    for dataset in all_datasets():
        parts.append(_dataset(dataset))
        parts += [_table(table) for table in tables_of(dataset)]
    parts.append(
        "## inside · wewnętrzne\n\nTables that only the working warehouse has. "
        "Tabele, które są tylko w magazynie roboczym.\n"
    )
    parts += [_table(table) for table in all_tables() if table.dataset is None]
    return "\n".join(parts)


def _contents() -> str:
    lines = ["| data set · zbiór | tables · tabele |\n|---|---|\n"]
    for dataset in all_datasets():
        names = ", ".join(f"[`{t.name}`](#{t.name})" for t in tables_of(dataset))
        lines.append(_row([f"`{dataset.slug}`", names]))
    return "".join(lines)


def _dataset(dataset: DataSet) -> str:
    title, description = dataset.title, dataset.description
    return (
        f"## {dataset.slug}\n\n**{title.en}.** {description.en}\n\n"
        f"**{title.pl}.** {description.pl}\n"
    )


def _table(table: type[Table]) -> str:
    heading = (
        f"### {table.name}\n\n`{table.name_pl}`: {table.title.en} · {table.title.pl}. "
        f"One row is {table.row.en}; jeden wiersz to {table.row.pl}.\n\n"
        f"{table.description.en}\n\n{table.description.pl}\n\n"
        "| column | kolumna | type | meaning | znaczenie |\n|---|---|---|---|---|\n"
    )
    lines = [heading]
    for column, facts in zip(table.columns, dictionary([table]), strict=True):
        name = f"`{column.name}`{'?' if column.null else ''}"
        cells = [
            f"**{name}**" if column.key else name,
            f"`{column.name_pl}`",
            _type(column, facts),
            f"{column.title.en}. {column.description.en}",
            f"{column.title.pl}. {column.description.pl}",
        ]
        lines.append(_row(cells))
    for column in table.columns:
        if column.codes:
            codes = [f"`{code}` {code.label.en} · {code.label.pl}" for code in column.codes]
            lines.append(f"\n`{column.name}`: {'; '.join(codes)}.\n")
    return "".join(lines)


def _type(column: Column, facts: dict[str, str]) -> str:
    parts = [facts["type_en"]]
    if facts["rules_en"] != NOTHING:
        parts.append(facts["rules_en"])
    if column.references is not None:
        parts.append(f"→ `{column.references.table.name}.{column.references.name}`")
    return ", ".join(parts)


def points() -> str:
    """Every point of dane.gov.pl that the program judges, and the command that does it."""
    from exports.danegov import checking, hosting, verifying

    found = [
        (point.number, point.must, point.title, "check") for point in checking.declared_points()
    ]
    for more, command in ((hosting.POINTS, "check --online"), (verifying.POINTS, "verify")):
        found += [(number, True, title, command) for number, title, _ in more]
    lines = [
        "| point | | what is judged | co się bada | `pim portal …` |\n|---:|---|---|---|---|\n"
    ]
    for number, must, title, command in sorted(found, key=lambda one: (one[0], not one[1])):
        kind = "must" if must else "should"
        lines.append(_row([str(number), kind, title.en, title.pl, f"`{command}`"]))
    return "".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def pages_of_docs() -> dict[Path, str]:
    """Every page as it should be: what was written by hand, and the part that is made."""
    helps = commands()
    made = {
        "cli.md": helps,
        "dane-gov-pl.md": points(),
        "settings.md": settings(helps),
        "tables.md": tables(),
    }
    return {DOCS / name: _with_part(DOCS / name, part) for name, part in made.items()}


def _with_part(path: Path, part: str) -> str:
    text = path.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    return before + BEGIN + part + END + rest.split(END)[1]


def main(words: list[str]) -> Exit:
    """Write the pages, or with `--check` name those that are out of date and exit with 3."""
    pages = pages_of_docs()
    stale = [path for path, text in pages.items() if path.read_text(encoding="utf-8") != text]
    for path in stale:
        if "--check" in words:
            sys.stdout.write(f"docs/{path.name} is out of date: make docs\n")
        else:
            write_text(path, pages[path])
    return Exit.DATA if stale and "--check" in words else Exit.OK


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
