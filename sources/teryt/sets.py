"""The sets of TERYT: their columns, the width of each code, and when a file is the whole set."""

from dataclasses import dataclass
from enum import StrEnum


class SetName(StrEnum):
    """A set of the TERYT register."""

    TERC = "TERC"
    """Units of the territorial division."""
    SIMC = "SIMC"
    """Localities."""
    ULIC = "ULIC"
    """Streets."""
    WMRODZ = "WMRODZ"
    """Kinds of localities."""
    NTS = "NTS"
    """Statistical units, frozen at 2017-01-01."""


class Version(StrEnum):
    """The version of a set that a file holds."""

    OFFICIAL = "official"
    """GUS: «podstawowa», in file names `Urzedowy`."""
    ADDRESS = "address"
    """GUS: «adresowa». Its TERC leaves out urban-rural gminas and the five largest cities."""
    STATISTICAL = "statistical"
    """GUS: «statystyczna», of SIMC only."""


class Scope(StrEnum):
    """Whether a file is the whole set."""

    COMPLETE = "complete"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Register:
    """The shape of one set."""

    name: SetName
    columns: tuple[str, ...]
    """In the order of the file."""
    widths: dict[str, int]
    """Number of digits of each code column. STAN_NA is checked as a date."""
    whole: int
    """A file with fewer rows is not the whole set, whatever it says."""


_AREA = {"WOJ": 2, "POW": 2, "GMI": 2}

REGISTERS: dict[SetName, Register] = {
    register.name: register
    for register in (
        Register(
            SetName.TERC,
            ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA"),
            {**_AREA, "RODZ": 1},
            3_000,  # the address version of 2022 has 3,567
        ),
        Register(
            SetName.SIMC,
            (
                *("WOJ", "POW", "GMI", "RODZ_GMI", "RM"),
                *("MZ", "NAZWA", "SYM", "SYMPOD", "STAN_NA"),
            ),
            {**_AREA, "RODZ_GMI": 1, "RM": 2, "MZ": 1, "SYM": 7, "SYMPOD": 7},
            80_000,  # 96,196 in the address version of 2018
        ),
        Register(
            SetName.ULIC,
            (
                *("WOJ", "POW", "GMI", "RODZ_GMI", "SYM"),
                *("SYM_UL", "CECHA", "NAZWA_1", "NAZWA_2", "STAN_NA"),
            ),
            {**_AREA, "RODZ_GMI": 1, "SYM": 7, "SYM_UL": 5},
            150_000,  # streets of 2012 were more than 230,000
        ),
        Register(
            SetName.WMRODZ,
            ("RM", "NAZWA_RM", "STAN_NA"),
            {"RM": 2},
            8,  # 12 since 2013-02-28
        ),
        Register(
            SetName.NTS,
            (
                *("POZIOM", "REGION", "WOJ", "PODREG", "POW"),
                *("GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA"),
            ),
            {"POZIOM": 1, "REGION": 1, "PODREG": 2, **_AREA, "RODZ": 1},
            3_500,  # 4,231 in the last one
        ),
    )
}

ALIASES = {"NAZDOD": "NAZWA_DOD"}
"""Names that a column had before 2018, and still has in the description by GUS."""


def register_of(columns: tuple[str, ...]) -> Register | None:
    """The set that has exactly these columns in this order; letter case and aliases aside."""
    names = tuple(ALIASES.get(name, name) for name in (column.upper() for column in columns))
    return next((reg for reg in REGISTERS.values() if reg.columns == names), None)
