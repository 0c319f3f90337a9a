"""What a careful person has on the desk: the registers of gminas and of localities."""

import csv
import io
import re
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from tests.shared import SHARED

TERYT = SHARED / "data" / "registries" / "teryt"
POLISH = str.maketrans("ąćęłńóśźż", "acelnoszz")
TOWN = ("1", "3")
"""RODZ of gminas that have a town."""


class Gmina(NamedTuple):
    """A gmina of the register."""

    terc: str
    name: str
    voivodeship: str

    @property
    def rodz(self) -> str:
        """1 urban, 2 rural, 3 urban-rural."""
        return self.terc[6]


def fold(text: str) -> str:
    """Letters only, lower case, without diacritics."""
    return "".join(sign for sign in text.lower().translate(POLISH) if sign.isalnum())


def one_apart(one: str, two: str) -> bool:
    """Whether texts differ by one letter changed, left out, put in, or two swapped."""
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), None)
    if at is None:
        return True
    if len(one) == len(two):
        swapped = one[:at] + one[at + 1 : at + 2] + one[at : at + 1] + one[at + 2 :]
        return one[at + 1 :] == two[at + 1 :] or swapped == two
    longer, shorter = (one, two) if len(one) > len(two) else (two, one)
    return longer[at + 1 :] == shorter[at:]


def shortened(text: str) -> set[str]:
    """A text, and the text with each letter left out; texts one apart share one of these."""
    return {text} | {text[:at] + text[at + 1 :] for at in range(len(text))}


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a register's CSV in its ZIP."""
    with zipfile.ZipFile(path) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".csv"))
        text = archive.read(member).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row["NAZWA"]]


class Registers:
    """What a careful person has on the desk."""

    def __init__(self) -> None:
        units = read(TERYT / "TERC_Urzedowy_2023-01-01.zip")
        regions = {u["WOJ"]: u["NAZWA"].lower() for u in units if not u["POW"]}
        self.gminas = [
            Gmina(u["WOJ"] + u["POW"] + u["GMI"] + u["RODZ"], u["NAZWA"], regions[u["WOJ"]])
            for u in units
            if u["RODZ"] in {"1", "2", "3"}
        ]
        self.voivodeships = sorted(regions.values())
        self.powiats = sorted({u["NAZWA"] for u in units if u["NAZWA_DOD"] == "powiat"})
        self.districts = sorted({u["NAZWA"] for u in units if u["RODZ"] in {"8", "9"}})
        self.places = {place["NAZWA"] for place in read(TERYT / "SIMC_Urzedowy_2020-09-26.zip")}
        self.by_name: dict[str, list[Gmina]] = defaultdict(list)
        self.by_fold: dict[str, set[str]] = defaultdict(set)
        self.beginning: dict[str, list[Gmina]] = defaultdict(list)
        for gmina in self.gminas:
            for gap in re.finditer("[ -]", gmina.name):
                self.beginning[gmina.name[: gap.start()]].append(gmina)
            self.by_name[gmina.name].append(gmina)
            self.by_fold[fold(gmina.name)].add(gmina.name)
        self.place_folds = {fold(place) for place in self.places}
        parts = {district.split("-", 1)[1] for district in self.districts if "-" in district}
        self.district_folds = {fold(name) for name in (*self.districts, *parts)}
        self.cut_folds: dict[str, set[str]] = defaultdict(set)
        for name in self.by_fold:
            for text in shortened(name):
                self.cut_folds[text].add(name)

    def is_plain(self, gmina: Gmina) -> bool:
        """Whether the bare name can only mean this gmina."""
        return (
            len(self.by_name[gmina.name]) == 1
            and len(self.by_fold[fold(gmina.name)]) == 1
            and fold(gmina.name) not in self.district_folds
            and not self.begins_another(gmina)
        )

    def begins_another(self, gmina: Gmina, *, within: str = "") -> bool:
        """Whether people also call a larger town so, by the beginning of its name."""
        longer = [g for g in self.beginning[gmina.name] if within in {"", g.voivodeship}]
        if gmina.rodz == "2":
            return any(g.rodz in TOWN for g in longer)
        return gmina.rodz == "3" and any(g.rodz == "1" for g in longer)

    def near(self, text: str) -> set[str]:
        """Folds of gmina names one letter from a folded text."""
        some = set().union(*(self.cut_folds.get(cut, set()) for cut in shortened(text)))
        return {name for name in some if one_apart(name, text)}
