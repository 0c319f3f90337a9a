"""The written forms of a territorial code, as patterns. `sources.codes` reads with them."""

from dataclasses import dataclass
from enum import StrEnum


class CodeForm(StrEnum):
    """How a code was written."""

    VOIVODESHIP = "voivodeship"
    """`02`"""
    POWIAT = "powiat"
    """`0201`"""
    TERC6 = "terc6"
    """`020101`: a gmina without its kind"""
    TERC7 = "terc7"
    """`0201011`"""
    PADDED = "padded"
    """`0201000`, `020100`, `0200000`: a powiat or voivodeship filled up with zeros"""
    SPACED = "spaced"
    """`020101 1`, `020101_1`: the kind apart, as in GUS tables and in boundaries (PRG)"""
    DASHED = "dashed"
    """`02-01-01-1`, `02-01-01`, `02-01`"""
    LAU13 = "lau13"
    """`1001121200101`: Eurostat LAU 2017-2020, `10` and a BDL id without its last digit"""
    BDL12 = "bdl12"
    """`011212001011`: unit id of the Local Data Bank"""
    NTS10 = "nts10"
    """`1100201011`: region, voivodeship, subregion, powiat, gmina, kind"""
    NTS9 = "nts9"
    """NTS without the kind, which is Eurostat LAU 2016"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: a pattern with groups, and the TERC code made of them."""

    form: CodeForm
    pattern: str
    terc: str
    """TERC code with the groups as `{w}{p}{g}{r}`."""
    restored: bool = False
    """Whether a lost leading zero is put back."""


# Voivodeships have even numbers from 02 to 32; of 02, 04, 06, 08 a spreadsheet leaves one digit.
_W = "(?P<w>0[2468]|1[02468]|2[02468]|3[02])"
_LOST = "(?P<w>[2468])"
_P = "(?P<p>0[1-9]|[1-9][0-9])"
_G = "(?P<g>0[1-9]|[1-9][0-9])"
_CITY = "(?P<g>00)(?P<r>1)"
"""Gmina 00 of kind 1: a whole city before 2002, such as Warszawa 1431001."""
_R = "(?P<r>[1-589])"
_SPACE = "[ _\u00a0-]"
EDGES = " \t\r\n\u00a0"
"""What may stand around a code and is no part of it."""
SHORT_PART = r"\b([0-9])-"
"""A part of a dashed code without its zero, as in `2-1-01-1`."""


def _both(form: CodeForm, tail: str, terc: str) -> tuple[Reading, Reading]:
    """A form with its first zero, and the same with that zero lost."""
    return (
        Reading(form, _W + tail, "{w}" + terc),
        Reading(form, _LOST + tail, "0{w}" + terc, restored=True),
    )


READINGS: tuple[Reading, ...] = (
    *_both(CodeForm.VOIVODESHIP, "", ""),
    *_both(CodeForm.POWIAT, _P, "{p}"),
    *_both(CodeForm.TERC6, _P + _G, "{p}{g}"),
    *_both(CodeForm.TERC7, _P + _G + _R, "{p}{g}{r}"),
    Reading(CodeForm.TERC7, _W + _P + _CITY, "{w}{p}{g}{r}"),
    *_both(CodeForm.PADDED, _P + "000?", "{p}"),
    *_both(CodeForm.PADDED, "00000?", ""),
    *_both(CodeForm.SPACED, _P + _G + _SPACE + _R, "{p}{g}{r}"),
    *_both(CodeForm.DASHED, "-" + _P, "{p}"),
    *_both(CodeForm.DASHED, "-" + _P + "-" + _G, "{p}{g}"),
    *_both(CodeForm.DASHED, "-" + _P + "-" + _G + "-" + _R, "{p}{g}{r}"),
    Reading(CodeForm.LAU13, "100[1-7]" + _W + "[0-9]{3}" + _P + _G, "{w}{p}{g}"),
    Reading(CodeForm.BDL12, "0[1-7]" + _W + "[0-9]{3}" + _P + _G + _R, "{w}{p}{g}{r}"),
    Reading(CodeForm.BDL12, "0[1-7]" + _W + "[0-9]{3}" + _P + _CITY, "{w}{p}{g}{r}"),
    Reading(CodeForm.BDL12, "0[1-7]" + _W + "[0-9]{3}" + _P + "000", "{w}{p}"),
    Reading(CodeForm.BDL12, "0[1-7]" + _W + "0{8}", "{w}"),
    Reading(CodeForm.BDL12, "[1-7]" + _W + "[0-9]{3}" + _P + _G + _R, "{w}{p}{g}{r}", True),
    Reading(CodeForm.BDL12, "[1-7]" + _W + "[0-9]{3}" + _P + "000", "{w}{p}", True),
    Reading(CodeForm.BDL12, "[1-7]" + _W + "0{8}", "{w}", True),
    Reading(CodeForm.NTS10, "[1-6]" + _W + "[0-9]{2}" + _P + _G + _R, "{w}{p}{g}{r}"),
    Reading(CodeForm.NTS10, "[1-6]" + _W + "[0-9]{2}" + _P + "000", "{w}{p}"),
    Reading(CodeForm.NTS10, "[1-6]" + _W + "0{7}", "{w}"),
    Reading(CodeForm.NTS9, "[1-6]" + _W + "[0-9]{2}" + _P + _G, "{w}{p}{g}"),
)

NO_TERC = (
    "0{7}|0{12}|0?[1-7]0{10}|"
    f"0?[1-7]{_W}(?:[1-9][0-9]{{2}}|0[1-9][0-9]|00[1-9])0{{5}}|"
    "0?[1-7][0-9]{7}998"
)
"""BDL units that have no TERC code; the last is `…998`, "district not established"."""
