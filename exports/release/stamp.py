"""The version and the date in a staged tree: a build writes some, the release its own.

A build cannot know which version it will become, and when. So a release puts its own stamp into
the few files that carry one, and everything else keeps the bytes that were judged.
"""

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from exports.opening import DESCRIPTOR


class Stamp(NamedTuple):
    """What a file says of its release."""

    version: str
    date: str
    """YYYY-MM-DD."""


NEUTRAL = Stamp("0.0.0", "0001-01-01")
"""The stamp under which two releases of the same data are the same."""


def is_stamped(path: str) -> bool:
    """Whether a file of a package carries version and date."""
    name = PurePosixPath(path).name
    return name == DESCRIPTOR or (name.startswith("README") and name.endswith(".md"))


def restamped(path: str, text: str, old: Stamp, new: Stamp) -> str:
    """The text of a stamped file with another stamp, else letter for letter the same.

    Raises ValueError where the old stamp does not stand where it should: then the text is not
    that of a build of `old`.
    """
    if PurePosixPath(path).name == DESCRIPTOR:
        before, after = _in_descriptor(old), _in_descriptor(new)
        found = text.count(before)
        changed = text.replace(before, after)
    else:
        # Version and date always stand together; a date alone may be one of the data.
        pair = rf"(?<![\w.]){re.escape(old.version)}( z | of |, ){re.escape(old.date)}(?!\d)"
        changed, found = re.subn(pair, rf"{new.version}\g<1>{new.date}", text)
    if found == 0 or (found > 1 and PurePosixPath(path).name == DESCRIPTOR):
        raise ValueError(f"{path} does not carry the stamp {old.version} of {old.date}")
    return changed


def _in_descriptor(stamp: Stamp) -> str:
    return f'\n  "version": "{stamp.version}",\n  "created": "{stamp.date}T00:00:00Z",\n'
