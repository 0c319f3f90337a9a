"""The log: one for every command and every library, on stderr, by Python's `logging`.

`pim` alone logs what is a warning; `-v` says what it does, `-vv` also what libraries say. A
module logs with `logging.getLogger(__name__)` and a sentence (`schemas.text.Text`), which comes
out in the language of the run. A line never steers a terminal and never shows a secret.
"""

import logging
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from html import escape
from urllib.parse import quote
from zoneinfo import ZoneInfo

from pipelines import terminal
from pipelines.settings import load_settings
from schemas.text import Text
from sources.bdl.secret import Secret

ROOMS = ("assets", "exports", "pipelines", "reconcile", "schemas", "sources", "warehouse")
"""Our own loggers; all others are those of libraries."""

_LOG = logging.getLogger(__name__)
_OURS = (logging.WARNING, logging.INFO, logging.DEBUG)
# Below this, libraries write down headers and bodies of requests.
_THEIRS = (logging.WARNING, logging.WARNING, logging.INFO)
_WARSAW = ZoneInfo("Europe/Warsaw")
_CREDENTIALS = re.compile(r"(?<=://)[^/\s@]+@")


class _Stderr(logging.Handler):
    """Writes records where all messages of `pim` go, as text or as JSON."""

    secrets: Sequence[str] = ()
    """What is blotted out, in every spelling in which it might turn up."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record as one line; a traceback follows as lines of its own."""
        message = self.hidden(_sentence(record))
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
        level = record.levelname.lower()
        if terminal.MANNER.as_json:
            more = {"trace": self.hidden(trace)} if trace else {}
            terminal.log_line(level, message, logger=record.name, **more)
            return
        moment = datetime.fromtimestamp(record.created, _WARSAW)
        head = f"{moment:%H:%M:%S} {level} {record.name}: {message}"
        terminal.print_lines([head, *self.hidden(trace).splitlines()], sys.stderr)

    def hidden(self, text: str) -> str:
        """The text with every secret blotted out."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return _CREDENTIALS.sub("***@", text)


def _sentence(record: logging.LogRecord) -> str:
    if isinstance(record.msg, Text):
        return record.msg.of(terminal.language())
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        # A library that fills its own sentence in wrongly is no reason to stop a build.
        return f"{record.msg} {record.args}"


_HANDLER = _Stderr()


def set_up(*, verbose: int = 0, quiet: bool = False, log_format: str | None = None) -> None:
    """Configure the log of this run: the one place that does, before a command begins.

    Raises PimError `PIM-CFG-001` to `-003` where the settings are not right.
    """
    settings = load_settings({"log_format": log_format})
    terminal.MANNER = terminal.Manner(
        quiet=quiet, verbose=verbose > 0, as_json=settings.log_format == "json"
    )
    texts = [one.reveal() for one in vars(settings).values() if isinstance(one, Secret) and one]
    _HANDLER.secrets = [way for text in texts for way in (text, quote(text, ""), escape(text))]
    step = min(verbose, 2)
    root = logging.getLogger()
    root.setLevel(_THEIRS[step])
    root.addHandler(_HANDLER)
    for room in ROOMS:
        logging.getLogger(room).setLevel(_OURS[step])
    # What libraries warn of is a line of the log, too, and no paragraph between its lines.
    logging.captureWarnings(True)


def log_crash(error: BaseException) -> str:
    """Log where a mistake of the program was made; return what it says, fit to be shown."""
    _LOG.critical(Text("ślad błędu", "trace of the error"), exc_info=error)
    return _HANDLER.hidden(f"{type(error).__name__}: {error}")


@contextmanager
def logged(command: str) -> Iterator[None]:
    """Log that a command begins, and how long it took."""
    _LOG.info(Text(f"początek: {command}", f"begins: {command}"))
    began = time.monotonic()
    try:
        yield
    finally:
        seconds = f"{time.monotonic() - began:.1f} s"
        _LOG.info(Text(f"koniec: {command}, {seconds}", f"ends: {command}, {seconds}"))
