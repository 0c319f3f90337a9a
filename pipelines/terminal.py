"""How `pim` talks: results to stdout, everything else to stderr, one language at a time.

Text that came from outside is stripped of control characters before a terminal sees it.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from schemas.errors import PimError
from schemas.text import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_CELL = 48


def language() -> Lang:
    """The language of this run: `--lang`, then `PIM_LANG`, else Polish.

    Looked up before the command line is parsed, since the help is in one language, too.
    """
    words = sys.argv[1:]
    chosen = os.environ.get("PIM_LANG", "pl")
    for i, word in enumerate(words):
        if word == "--lang" and i + 1 < len(words):
            chosen = words[i + 1]
        elif word.startswith("--lang="):
            chosen = word.removeprefix("--lang=")
    return "en" if chosen == "en" else "pl"


def say(pl: str, en: str) -> str:
    """One sentence in the language of this run."""
    return Text(pl, en).of(language())


def console(stream: TextIO | None = None) -> "Console":
    """A rich console without markup; colours only where the terminal and `NO_COLOR` allow."""
    from rich.console import Console

    return Console(file=stream or sys.stdout, markup=False, highlight=False, emoji=False)


def clean(text: object) -> str:
    """A value as one line that cannot steer the terminal."""
    shown = "" if text is None else str(text)
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", shown.replace("\n", " ").replace("\t", " "))


def print_json(data: object) -> None:
    """The result of a command as one JSON object on stdout."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Plain lines on stdout."""
    for line in lines:
        sys.stdout.write(line + "\n")


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout: drawn for a person, tab-separated in a pipe."""
    if not sys.stdout.isatty():
        print_lines("\t".join(clean(cell) for cell in row) for row in [header, *rows])
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold", max_width=_CELL)
    for row in rows:
        table.add_row(*(clean(cell) for cell in row))
    console().print(table)


def print_error(error: PimError, *, as_json: bool = False) -> None:
    """An error with its code, place, reason and fix, on stderr."""
    if as_json:
        sys.stderr.write(json.dumps({"error": error.as_dict()}, ensure_ascii=False) + "\n")
        return
    out = console(sys.stderr)
    out.print(f"{say('Błąd', 'Error')} {error.code}", style="bold red")
    for label, text in error.lines(language()):
        out.print(f"  {label}: {clean(text)}")


def print_warning(text: Text) -> None:
    """One line of warning on stderr."""
    console(sys.stderr).print(f"{say('Uwaga', 'Warning')}: {text.of(language())}", style="yellow")
