"""What the change files of each set look like: kinds of change, and fields that come together."""

from enum import StrEnum

from sources.teryt.sets import SetName


class ChangeKind(StrEnum):
    """TypKorekty."""

    ADDED = "D"
    REMOVED = "U"
    MODIFIED = "M"
    """TERC and ULIC: name, kind or code."""
    ATTRIBUTES = "Z"
    """SIMC: attributes of a locality."""
    MOVED = "P"
    """SIMC: a locality in another unit."""


Group = tuple[tuple[str, str], ...]
"""Columns of the set with the stem of their fields; a group is given whole or not at all."""

_AREA: Group = (("WOJ", "Woj"), ("POW", "Pow"), ("GMI", "Gmi"))
_LOCALITY = "IdentyfikatorMiejscowosci"

GROUPS: dict[SetName, tuple[Group, ...]] = {
    SetName.TERC: (
        (*_AREA, ("RODZ", "Rodz")),
        (("NAZWA", "Nazwa"),),
        (("NAZWA_DOD", "NazwaDodatkowa"),),
    ),
    SetName.SIMC: (
        (*_AREA, ("RODZ_GMI", "Rodz")),
        (("RM", "RodzajMiejscowosci"),),
        (("MZ", "CzyNazwaZwyczajowa"),),
        (("NAZWA", "Nazwa"),),
        (("SYMPOD", _LOCALITY + "Podstawowej"),),
    ),
    SetName.ULIC: (
        (*_AREA, ("RODZ_GMI", "Rodz")),
        (("SYM", _LOCALITY),),
        (("SYM_UL", "IdentyfikatorNazwyUlicy"),),
        (("CECHA", "Cecha"), ("NAZWA_1", "Nazwa1"), ("NAZWA_2", "Nazwa2")),
    ),
}
"""NTS is not here: it has been frozen since 2017-01-01."""

KEYS: dict[SetName, tuple[str, ...]] = {
    SetName.TERC: ("WOJ", "POW", "GMI", "RODZ"),
    SetName.SIMC: ("SYM",),
    SetName.ULIC: ("SYM", "SYM_UL"),
}
"""Columns by which a row of one state is known in the next one."""
LINKS = {"split_from": "WyodrebnionoZIdentyfikatora", "merged_into": "WlaczonoDoIdentyfikatora"}
"""Fields that name other units, numbered from 1, by the column that collects them."""
