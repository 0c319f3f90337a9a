"""What is known of the programme before a document is read: given, never kept here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sources.documents.words import Terms, fold, stem_pattern, words_of

PROGRAMME = Terms(
    "part*ersk* inicjatyw* miast*",
    "cities partnership initiative",
    "city partnership initiative",
    "partnership city initiative",
    "partnership initiative of cities",
)
"""The programme by its name, also with the usual misprint; «PIM» alone means many things."""
PROGRAMME_SHORT = re.compile(r"\bpim\d?\b")
_EMPTY = re.compile(r"siec\w{0,3}|miast\w{0,3}|pim\d?|network|city|cities|tematyczn\w*")
_MORE_WORDS = 3
"""So many other words may stand beside a network's name in a heading that says «sieć»."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a network."""

    network_id: str
    edition_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition and the years in its name."""

    edition_id: str
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Editions and networks with all their names, and what is known of the document at hand."""

    editions: Sequence[Edition] = ()
    names: Sequence[Name] = ()
    year: int = 0
    """The year of the document, 0 where it is unknown."""
    day: date | None = None
    """The day of the document, where it is known."""
    latest: int = 0
    """Number of the latest edition that the document names outright."""
    home: str = ""
    """The edition that the document is mostly about."""
    _cache: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _telling(self) -> list[tuple[Name, tuple[re.Pattern[str], ...]]]:
        found = []
        for name in self.names:
            words = [w for w in words_of(name.text) if not _EMPTY.fullmatch(w)]
            if words:
                patterns = tuple(re.compile(stem_pattern(word)) for word in words)
                found.append((name, patterns))
        return found

    @cached_property
    def mentions(self) -> list[tuple[Name, Terms]]:
        """Names to look for in running text, long ones first: those with «sieć» or «miasto».

        Others, such as «jakość powietrza», are words of any text, and need «sieć» before them.
        """
        phrases: dict[str, Name] = {}
        for name in self.names:
            words = words_of(name.text)
            if words and not re.match(r"siec|miast", words[0]):
                words = ["sieci", *words]
            phrases.setdefault(" ".join(_loose(word) for word in words), name)
            if words and words[0].startswith("miast"):
                with_network = " ".join(["siec*", *(_loose(word) for word in words)])
                phrases.setdefault(with_network, name)
        ordered = sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0]))
        return [(name, Terms(phrase, tight=True)) for phrase, name in ordered]

    def network_of(self, text: str) -> str:
        """The network that a heading, an item or a cell names and nothing else; or nothing."""
        if text not in self._cache:
            self._cache[text] = self._network_of(text, 0)
        return self._cache[text]

    def network_on(self, text: str) -> str:
        """The network that a member of a list of topics is about, with a few words more."""
        return self._network_of(text, _MORE_WORDS)

    def _network_of(self, text: str, spare: int) -> str:
        words = words_of(text)
        says_network = any(re.fullmatch(r"siec\w{0,3}|network", word) for word in words)
        words = [w for w in words if not _EMPTY.fullmatch(w) and not w.isdigit()]
        spare = _MORE_WORDS if says_network else spare
        best: dict[str, int] = {}
        for name, patterns in self._telling:
            hits = sum(any(p.fullmatch(word) for word in words) for p in patterns)
            covered = sum(any(p.fullmatch(word) for p in patterns) for word in words)
            if hits == len(patterns) and len(words) - covered <= spare:
                best[name.network_id] = max(hits, best.get(name.network_id, 0))
        top = [network for network, hits in best.items() if hits == max(best.values())]
        at_home = [network for network in top if self.edition_of_network(network) == self.home]
        chosen = top if len(top) == 1 else at_home
        return chosen[0] if len(chosen) == 1 else ""

    def edition_of_network(self, network_id: str) -> str:
        """The edition of a known network."""
        return next((n.edition_id for n in self.names if n.network_id == network_id), "")

    def edition_numbered(self, number: int) -> str:
        """The edition with this number, or nothing."""
        return next((e.edition_id for e in self.editions if e.number == number), "")

    def number_of(self, edition_id: str) -> int:
        """The number of an edition, 0 where it is unknown."""
        return next((e.number for e in self.editions if e.edition_id == edition_id), 0)

    def is_about_programme(self, texts: Sequence[str]) -> bool:
        """Whether a document is about the programme at all: what is not gives no facts."""
        if any(PROGRAMME.search(text) for text in texts):
            return True
        short = any(PROGRAMME_SHORT.search(fold(text)) for text in texts)
        return short and any(t.search(text) for text in texts for _, t in self.mentions)


def _loose(word: str) -> str:
    """A word of a name as a stem for `Terms`."""
    if len(word) >= 6:
        return word[:-2] + "*"
    return word[:-1] + "*" if len(word) >= 4 else word
