"""How a kind of fact is declared: its place, its shape, and what becomes of its parts."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from sources.documents.words import Terms


class Shape(Enum):
    """How facts lie in a section, a table or a sentence. Names of their parts in brackets."""

    ITEMS = auto()
    """List items under a heading (`text`; `label`: a heading between)."""
    PARAGRAPHS = auto()
    """List items, or paragraphs where there are none (`text`)."""
    PAIRS = auto()
    """A title and what belongs to it: heading and paragraph, two cells, or «title – text»
    (`label`, `body`)."""
    VALUE = auto()
    """What follows a heading, or stands after its colon (`text`)."""
    RECORDS = auto()
    """A table with a fact in each row; its header names the parts."""
    MATRIX = auto()
    """A table between networks and something else, either way round (`network`, `axis`, `cell`)."""
    COLUMNS = auto()
    """A table with a network over each column (`network`, `text`)."""
    SENTENCES = auto()
    """Anything that a regular expression finds in a block (its named groups)."""


@dataclass(frozen=True)
class Field:
    """A column of the fact: the part that it comes from, and the rules that may derive it.

    The parts `network` and `edition` may also be looked for around the place.
    """

    column: str
    part: str
    rules: tuple[str, ...] = ("text",)
    header: Terms | None = None
    """In a table of records: how its column is called."""
    optional: bool = False


@dataclass(frozen=True)
class Pattern:
    """One kind of fact. The first shape that gives facts in a section is taken."""

    table: str
    shapes: tuple[Shape, ...]
    fields: tuple[Field, ...]
    opens: Terms | None = None
    """Words of the heading over it."""
    in_network: bool = False
    """A network's heading opens it, too, and other headings leave it in that network."""
    keep: Terms | None = None
    """Words without which a text is something else."""
    names: bool = False
    """The texts are names of cities: capitalised, short, no sentence."""
    subs: bool = False
    """Titles that are not known lie within the section."""
    each: tuple[str, re.Pattern[str]] | None = None
    """A part, and what in it is a fact each (in folded text)."""
    sentence: re.Pattern[str] | None = None
    """For SENTENCES, in folded text."""


MEMBER = re.compile(
    r"(?:^|(?<=[,;])|(?<= i )|(?<= oraz ))\s*(?P<member>[^,;]+?)\s*(?=$|[,;]| i | oraz )"
)
"""A member of a list in a sentence or a cell: parted by commas, «i» and «oraz»."""
