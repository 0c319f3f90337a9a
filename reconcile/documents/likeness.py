"""Whether two texts tell the same: by the stems of their telling words."""

import re
from functools import lru_cache

from reconcile.matching.folding import fold_text

_STEM = 5
_EMPTY = {
    *("i", "oraz", "a", "w", "we", "z", "ze", "na", "do", "od", "dla", "o", "po", "przy", "pod"),
    *("nad", "przez", "to", "jest", "sie", "ich", "jej", "jego", "nie", "tym", "tej", "tego"),
    *("te", "ta", "ten", "czy", "lub", "np", "przed", "danej", "poprzez", "takze", "rowniez"),
    *("ktore", "ktory", "ktora", "jako", "the", "of", "and", "for", "in", "on", "with", "by"),
    *("miast", "miasto", "miasta", "siec", "sieci"),
}
_SHORT_FORMS = {
    "pu": "plan ulepszen",
    "mid": "miejska inicjatywa dzialania",
    "bs": "bank swiatowy",
    "jst": "jednostka samorzadu terytorialnego",
    "ppp": "partnerstwo publiczno prywatne",
}


@lru_cache(maxsize=10_000)
def stems(text: str) -> frozenset[str]:
    """The first letters of the telling words, known abbreviations written out."""
    words = re.findall(r"\w+", fold_text(text))
    written_out = " ".join(_SHORT_FORMS.get(word, word) for word in words).split()
    return frozenset(word[:_STEM] for word in written_out if word not in _EMPTY)


def likeness(first: str, second: str) -> float:
    """Share of the shorter text's stems that the other has, from 0 to 1."""
    one, other = stems(first), stems(second)
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


ALIKE = 0.5
"""From here on two texts of one list tell the same."""
