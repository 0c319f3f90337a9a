"""Names of people, and their contacts: found so that none of them is kept.

A first name in any case before a surname, or an office before two capitalised words. It errs
on the side of leaving out: what looks like a person is not quoted.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sources.documents.words import fold


def _words() -> tuple[list[str], list[str]]:
    """Stems of first names and words of office, from the file beside this module."""
    text = (Path(__file__).parent / "person_words.txt").read_text(encoding="utf-8")
    first, offices = (
        [line for line in part.splitlines() if line and not line.startswith("#")]
        for part in text.split("\n\n")
    )
    return sorted(first, key=len, reverse=True), offices


_FIRST, _OFFICES = _words()
_ENDINGS = r"(?:|a|y|i|ia|ie|ii|ę|ą|u|em|iem|owi|o|e|ego|emu|im|ka|ek|aw|awa|awem|awowi)"
_FIRST_NAME = re.compile(
    rf"(?<!\w)(?:{'|'.join(_FIRST)})"
    rf"{fold(_ENDINGS)}(?!\w)"
)
_SURNAME = re.compile(r"\s+(?:\w\.\s*)?(?P<surname>[^\W\d_][\w'-]+)(?:\s*-\s*[^\W\d_]\w+)?")
_OFFICE = re.compile(rf"(?<!\w)(?:{'|'.join(_OFFICES)})\b\.?:?")
_TWO_NAMES = re.compile(r"(?:\s+[^\W\d_]+\.)*\s+(?:[^\W\d_]\w*\.?\s+){1,2}[^\W\d_][\w-]+")
_CONTACT = re.compile(
    # Bounds, so that a long run of letters costs no more than its length.
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"
    r"|(?:tel\.?|kom\.?|telefon\w*|\+48)[:\s]*[\d][\d\s-]{6,14}\d"
    r"|(?<![\d-])\d{3}[ -]\d{3}[ -]\d{3}(?![\d-])",
    re.IGNORECASE,
)
_PLACES = {
    *("kazimierz dolny", "kazimierz biskupi", "kazimierza wielka", "jan kanty", "marki zielonka"),
    *("jana pawla", "maria magdalena", "stanislaw dolny", "adamow zamosc"),
}
_NOT_SURNAMES = {"i", "oraz", "w", "z", "na", "do", "od", "nad", "dla"}


def persons_in(text: str) -> list[tuple[int, int]]:
    """Where names of people and contacts stand in a text."""
    return sorted({*_named(text), *_office_holders(text), *(m.span() for m in _contacts(text))})


def _contacts(text: str) -> Iterator[re.Match[str]]:
    return _CONTACT.finditer(text)


def _named(text: str) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for first in _FIRST_NAME.finditer(folded):
        surname = _SURNAME.match(text, first.end())
        if surname is None or not text[first.start()].isupper():
            continue
        word = surname["surname"]
        if not word[0].isupper() or fold(word) in _NOT_SURNAMES:
            continue
        if folded[first.start() : surname.end()].strip() not in _PLACES:
            yield first.start(), surname.end()


def _office_holders(text: str) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for office in _OFFICE.finditer(folded):
        names = _TWO_NAMES.match(text, office.end())
        if names and _are_names(names.group().split()):
            yield office.start(), names.end()


def _are_names(words: list[str]) -> bool:
    """Two capitalised words or more, and not all in capitals: those may be any heading."""
    full = [word for word in words if not word.endswith(".")]
    return len(full) >= 2 and all(word[0].isupper() and not word.isupper() for word in full)
