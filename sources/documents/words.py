"""Words in any of their forms: declared as stems, found in folded text with their places."""

import re
import unicodedata
from functools import cache, lru_cache

_GAP = r"(?:\W+\w+){0,2}?\W+"


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Lower case without diacritics, letter for letter: places stay what they were."""
    return "".join(map(_fold_letter, text))


@cache
def _fold_letter(letter: str) -> str:
    if letter in "łŁ":
        return "l"
    plain = unicodedata.normalize("NFKD", letter)[:1].lower()
    return plain[:1] or letter


class Terms:
    """Words that mean one thing: any of these phrases.

    A phrase is words in order, with at most two others between each (none, where `tight`); a
    star stands for any ending, so that `dzialan*` is Działania and Działań. A phrase after `=`
    has to be all of the text.
    """

    def __init__(self, *phrases: str, tight: bool = False) -> None:
        self.phrases = phrases
        patterns = (_pattern(phrase, r"[\s-]+" if tight else _GAP) for phrase in phrases)
        self._pattern = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))

    def search(self, text: str) -> tuple[int, int] | None:
        """Where the first phrase stands in a text as written."""
        found = self._pattern.search(fold(text))
        return found.span() if found else None

    def opens(self, text: str, within: int = 5) -> bool:
        """Whether a phrase begins among the first words of a text."""
        found = self.search(text)
        return found is not None and len(re.findall(r"\w+", text[: found[0]])) <= within


def _pattern(phrase: str, gap: str) -> str:
    words = phrase.removeprefix("=").split()
    found = gap.join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return rf"^\W*{found}\W*$" if phrase.startswith("=") else rf"\b{found}\b"


def stem_pattern(word: str) -> str:
    """A pattern for a word of a name in any case: `zielone` finds zielonych."""
    plain = re.escape(fold(word))
    if len(word) >= 6:
        return rf"{re.escape(fold(word)[:-2])}\w{{0,5}}"
    return rf"{re.escape(fold(word)[:-1])}\w{{0,4}}" if len(word) >= 4 else plain


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return re.findall(r"\w+", fold(text))
