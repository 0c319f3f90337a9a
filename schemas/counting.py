"""How the rows of a table are counted and called in sentences: 1 miasto, 3 miasta, 5 miast."""

from dataclasses import dataclass
from typing import Literal

from schemas.text import Text

Gender = Literal["m", "p", "f", "n"]
"""Of a Polish word: masculine, masculine of persons, feminine, neuter."""
_SINGULAR: dict[Gender, str] = {"m": "", "p": "", "f": "a", "n": "o"}


def polish_form(number: int, one: str, few: str, many: str) -> str:
    """The form of a Polish word after a number: 1 wiersz, 2 wiersze, 5 wierszy, 22 wiersze."""
    if number == 1:
        return one
    last, teens = number % 10, number % 100
    return few if 2 <= last <= 4 and not 12 <= teens <= 14 else many


@dataclass(frozen=True)
class Rows:
    """The words for one row of a table and for several, and the column that names a row.

    Published tables have different words, so that a sentence need not name the table, too.
    """

    gender: Gender
    polish: str
    """After 1, after 2 to 4, and after 5: `miasto / miasta / miast`."""
    english: str
    """After 1 and after other numbers: `city / cities`."""
    named_by: str = ""
    """Column that names a row for people, where that is no column called name or title."""
    told: bool = True
    """Whether sentences tell of its changes: a table that repeats others says nothing new."""

    def one(self) -> Text:
        """What a single row is."""
        return Text(self.polish.split(" / ")[0], self.english.split(" / ")[0])

    def count(self, number: int) -> Text:
        """A number of rows: 3 miasta, 3 cities. Raises ValueError for forms that are too few."""
        one, few, many = self.polish.split(" / ")
        single, several = self.english.split(" / ")
        return Text(
            f"{number} {polish_form(number, one, few, many)}",
            f"{number} {single if number == 1 else several}",
        )

    def verb(self, number: int, stem: str) -> str:
        """The past of a Polish verb: 1 miasto zyskało, 3 miasta zyskały, 5 miast zyskało."""
        few = "o" if self.gender == "p" else "y"
        return stem + polish_form(number, _SINGULAR[self.gender], few, "o")


ROWS = Rows("m", "wiersz / wiersze / wierszy", "row / rows")
"""For tables that are not published: no sentence tells of them."""
