"""Words as patterns see them: without case, diacritics, numbering and spoilt letters."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
_TELLING = frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻ")
"""Letters that only Polish text has; ó stands in other languages, and in spoilt text, too."""
_SINGLE = {"cp1250": ("cp1252", "latin-1"), "iso8859-2": ("cp1252", "latin-1")}
_PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2013\u2014", "-") | dict.fromkeys("„”“»«\"'\u2019", "")
)
_ENUMERATION = re.compile(
    r"^(?:(?:rozdzia[łl]|cz[ęe][śs][ćc]|chapter|part|section|pkt|krok)\s+)?"
    r"(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivx]{1,5}|[a-z])[.):]+|\d{1,2}(?:\.\d{1,2})*(?=\s)"
    r"|(?:(?<=\s)(?:\d{1,2}|[ivx]{1,5})(?=\s)))\s*[-–—:]?\s*",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Lower case without diacritics; ł is l, dashes and quotes are plain, spaces single."""
    return re.sub(r"\s+", " ", _plain(text)).strip()


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.lower().replace("ł", "l"))
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_PLAIN)


def unfolded(text: str, start: int, end: int) -> str:
    """The stretch of a text that the letters `start` to `end` of its folded form come from."""
    positions: list[int] = []
    was_space = True
    for at, letter in enumerate(text):
        for plain in _plain(letter):
            if not (plain.isspace() and was_space):
                positions.append(at)
            was_space = plain.isspace()
    taken = positions[start:end]
    return text[taken[0] : taken[-1] + 1] if taken else ""


def without_number(text: str) -> str:
    """A heading without its number: `3.2. Harmonogram` and `Rozdział IV. Harmonogram`."""
    return _ENUMERATION.sub("", text, count=1).strip()


def cut(text: str, limit: int) -> str:
    """The beginning of a text, up to the last whole word within `limit` characters."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1].rsplit(" ", 1)[0] if " " in text[:limit] else text[:limit]
    return head[:limit].rstrip(" ,;:–-")


@dataclass(frozen=True)
class Letters:
    """How the letters of one document are to be read, and how to find the original again."""

    pairs: dict[str, str] = field(default_factory=dict)
    """What stands in the document to the letter that is meant; empty: all is well."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Decide for a whole document: only one without any Polish letter is mended.

        A single sign tells nothing (`m³`), so the way that gives most Polish letters must give
        at least three different ones.
        """
        whole = "\n".join(texts)
        best: dict[str, str] = {}
        for pairs in _ways():
            used = {spoilt: meant for spoilt, meant in pairs.items() if spoilt in whole}
            rest = whole
            for spoilt in used:
                rest = rest.replace(spoilt, "")
            if len(used) > max(len(best), 2) and not _TELLING & set(rest):
                best = used
        return cls(best)

    def read(self, text: str) -> str:
        """The text as it was meant."""
        for spoilt, meant in self.pairs.items():
            text = text.replace(spoilt, meant)
        return text

    def back(self, text: str) -> str:
        """The text as it stands in the document: the opposite of `read`."""
        for spoilt, meant in self.pairs.items():
            text = text.replace(meant, spoilt)
        return text


def _ways() -> Iterable[dict[str, str]]:
    """Ways in which Polish letters get spoilt."""
    for shown in ("cp1250", "cp1252", "latin-1", "iso8859-2"):
        yield _pairs("utf-8", shown)
    for kept, wrong in _SINGLE.items():
        for shown in wrong:
            yield _pairs(kept, shown)


def _pairs(kept: str, shown: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in _POLISH:
        spoilt = letter.encode(kept).decode(shown, errors="replace")
        # White space and controls do not survive a reader, so nothing can be told from them.
        if spoilt != letter and spoilt.isprintable() and "\ufffd" not in spoilt:
            found[spoilt] = letter
    return found
