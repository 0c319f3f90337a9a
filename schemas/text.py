"""Text that people read, always in Polish and English together."""

import re
from typing import Literal, NamedTuple

Lang = Literal["pl", "en"]
"""A language that the project speaks: Polish first, English second."""

LANGS: tuple[Lang, ...] = ("pl", "en")

_LINE = re.compile(r"\bline (?=[0-9])")


def place_in(place: str, lang: Lang) -> str:
    """A place as people read it; in data it stands in English, as `line 4`."""
    return _LINE.sub("wiersz ", place) if lang == "pl" else place


class Text(NamedTuple):
    """One sentence, title or label in both languages."""

    pl: str
    en: str

    def of(self, lang: Lang) -> str:
        """The text in one language."""
        return self.pl if lang == "pl" else self.en

    def fill(self, **values: object) -> "Text":
        """Both languages with `{name}` places filled, as `str.format` does."""
        return Text(self.pl.format(**values), self.en.format(**values))
