"""How `pim` talks: results to stdout, everything else to stderr, one language at a time.

Text that came from outside is stripped of control characters before a terminal sees it.
"""

import json
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, TextIO

from pipelines.settings import load_settings
from schemas.errors import PimError
from schemas.text import LANGS, Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

# Control codes, line separators, and signs that turn the direction of writing.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
SCHEMA_VERSION = 1
"""Version of what `--json` prints: grows when a name vanishes or means something else."""
_GAP = "  "
_RED = "\x1b[1;31m{}\x1b[0m"


@dataclass
class Manner:
    """How this run talks on stderr: `-q`, `-v` and `--log-format json`."""

    quiet: bool = False
    """Errors only."""
    verbose: bool = False
    """Lines of a log and no bar between them."""
    as_json: bool = False
    """Every line is one JSON object, as collectors of logs want it."""


MANNER = Manner()
"""Set by `pipelines.cli.run` and, once the command line is parsed, by `pipelines.logs.set_up`."""


@cache
def language() -> Lang:
    """The language of this run, from `--lang`, `PIM_LANG` or `pim.toml`; Polish else.

    Found before the command line is parsed, since the help is in one language, too. What is
    wrong with a setting is told by the command that reads it.
    """
    flag = flag_in(sys.argv[1:], "--lang")
    for lang in LANGS:
        if lang == (flag or os.environ.get("PIM_LANG")):
            return lang
    try:
        return load_settings().lang
    except PimError:
        return "pl"


def flag_in(words: Sequence[str], flag: str) -> str:
    """The value that a command line gives a flag; "" where it gives none."""
    if flag in words[:-1]:
        return words[words.index(flag) + 1]
    return next((w.removeprefix(f"{flag}=") for w in words if w.startswith(f"{flag}=")), "")


def say(pl: str, en: str) -> str:
    """One sentence in the language of this run."""
    return Text(pl, en).of(language())


def console(stream: TextIO) -> "Console":
    """A rich console without markup; colours only where the terminal and `NO_COLOR` allow."""
    from rich.console import Console

    return Console(file=stream, markup=False, highlight=False, emoji=False)


def clean(text: object) -> str:
    """A value as one line that cannot steer the terminal."""
    shown = "" if text is None else str(text)
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", shown.replace("\n", " ").replace("\t", " "))


def print_json(data: Mapping[str, object]) -> None:
    """The result of a command as one JSON object on stdout, with the version of its form."""
    _write(sys.stdout, _json({"schema_version": SCHEMA_VERSION, **data}, indent=2) + "\n")


def print_lines(lines: Iterable[str], stream: TextIO | None = None) -> None:
    """Plain lines, on stdout unless another stream is given; on a screen, cut between words."""
    out = stream or sys.stdout
    shown = [clean(line) for line in lines]
    if out.isatty():
        shown = [part for line in shown for part in _folded(line)]
    _write(out, "".join(f"{line}\n" for line in shown))


def tell(lines: Iterable[str], *, grave: bool = False) -> None:
    """What is said beside the result, on stderr; with `-q` only what is `grave`."""
    if MANNER.quiet and not grave:
        return
    if not MANNER.as_json:
        print_lines(lines, sys.stderr)
        return
    for line in lines:
        log_line("error" if grave else "info", line)


def draws() -> bool:
    """Whether stderr can show something that moves: a screen that no robot watches."""
    if MANNER.quiet or MANNER.verbose or MANNER.as_json or os.environ.get("CI"):
        return False
    return sys.stderr.isatty() and os.environ.get("TERM") not in (None, "dumb")


def log_line(level: str, message: str, **more: object) -> None:
    """One line of the log as a JSON object on stderr; its time is UTC."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    _write(sys.stderr, _json({"time": now, "level": level, "message": message, **more}) + "\n")


def print_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on stdout: drawn for a person, tab-separated (TSV) in a pipe or a file.

    A table that is wider than the screen is shown row by row, one line a column.
    """
    lines = [list(map(clean, header))]
    numeric = [True] * len(header)
    for row in rows:
        lines.append(list(map(clean, row)))
        for i, cell in enumerate(row):
            numeric[i] &= cell is None or isinstance(cell, int | float | Decimal)
    if not sys.stdout.isatty():
        _write(sys.stdout, "".join("\t".join(line) + "\n" for line in lines))
        return
    screen = shutil.get_terminal_size().columns
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > screen:
        _write(sys.stdout, "".join(_record(lines[0], line, screen) for line in lines[1:]))
        return
    lines.insert(1, ["─" * width for width in widths])
    for line in lines:
        cells = [
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ]
        _write(sys.stdout, _GAP.join(cells).rstrip() + "\n")


def print_error(error: PimError, *, as_json: bool = False) -> None:
    """An error with its code, place, reason and fix, on stderr."""
    if MANNER.as_json:
        log_line("error", error.what.of(language()), error=error.as_dict())
        return
    if as_json:
        _write(sys.stderr, _json({"error": error.as_dict()}) + "\n")
        return
    headline = f"{say('Błąd', 'Error')} {error.code}"
    _write(sys.stderr, (_RED.format(headline) if _coloured(sys.stderr) else headline) + "\n")
    parts = [*error.lines(language()), (say("Opis", "More"), f"docs/errors.md ({error.code})")]
    print_lines((f"  {label}: {text}" for label, text in parts), sys.stderr)


def _coloured(stream: TextIO) -> bool:
    """As no-color.org and force-color.org have it."""
    if os.environ.get("NO_COLOR"):
        return False
    able = stream.isatty() and os.environ.get("TERM") not in (None, "dumb")
    return able or bool(os.environ.get("FORCE_COLOR"))


def _folded(line: str) -> list[str]:
    wrapped = textwrap.wrap(
        line,
        shutil.get_terminal_size().columns,
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapped or [""]


def _record(names: Sequence[str], cells: Sequence[str], screen: int) -> str:
    """One row as lines `name  value`, long values wrapped beside their name."""
    column = max(map(len, names))
    lines = []
    for name, cell in zip(names, cells, strict=True):
        room = max(screen - column - len(_GAP), 20)
        wrapped = textwrap.wrap(cell, room) or [""]
        lines.append(f"{name:<{column}}{_GAP}{wrapped[0]}".rstrip())
        lines += [" " * (column + len(_GAP)) + more for more in wrapped[1:]]
    return "\n".join([*lines, "─" * min(screen, column + 40), ""])


def _json(data: object, indent: int | None = None) -> str:
    try:
        text = json.dumps(data, ensure_ascii=False, indent=indent, default=str, allow_nan=False)
    except ValueError:
        text = json.dumps(_finite(data), ensure_ascii=False, indent=indent, default=str)
    # JSON itself escapes only what stands below the space.
    return _CONTROL.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def _finite(data: object) -> object:
    """The data with null for what JSON has no number for: infinity, and what is none (NaN)."""
    if isinstance(data, Mapping):
        return {name: _finite(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_finite(value) for value in data]
    return None if isinstance(data, float) and not isfinite(data) else data


def _write(stream: TextIO, text: str) -> None:
    """Write; a reader who has had enough (`| head -1`) changes nothing about how a run ends.

    Raises OSError where the system will not take a result; messages that it will not take are lost.
    """
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if stream is sys.stderr or isinstance(error, BrokenPipeError):
            return
        raise OSError(error.errno, error.strerror, "stdout") from error
