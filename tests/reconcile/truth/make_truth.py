"""Make the truth set of the name matcher, from the real TERC and SIMC.

    python -m tests.reconcile.truth.make_truth

The expected answers are what a careful person with both registers at hand would say; nothing of
the matcher is used here. Each file has rows drawn with a seed of its own and rows written by
hand. The matcher is tuned on `tuning.csv`; what is in it is not in `held_aside.csv`, which is
for measuring only.
"""

import csv
import io
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from schemas.files import write_text
from tests.reconcile.truth.desk import POLISH, TOWN, Gmina, Registers, fold

HERE = Path(__file__).parent
SETS = (
    ("tuning", (20261124, 4703, 918, 3301), "handwritten.csv"),
    ("held_aside", (77,), "handwritten_held_aside.csv"),
)
"""File, seeds, and the rows written by hand that go with it."""
HEADER = ("query", "context_voivodeship", "context_network", "expected", "kind")
LETTERS = "abcdefghijklmnoprstuwyz"


class Row(NamedTuple):
    """A row of the truth set."""

    query: str
    voivodeship: str
    network: str
    expected: str
    kind: str


class Maker:
    """Rows of every systematic kind, the same for the same seed."""

    def __init__(self, registers: Registers, seed: int) -> None:
        self.has = registers
        self.chance = random.Random(seed)  # noqa: S311 - the same choice each time is the point
        plain = [gmina for gmina in registers.gminas if registers.is_plain(gmina)]
        self.plain = plain
        self.towns = [gmina for gmina in plain if gmina.rodz in TOWN]

    def some(self, gminas: list[Gmina], count: int) -> list[Gmina]:
        """So many of them, each once."""
        return self.chance.sample(gminas, min(count, len(gminas)))

    def rows(self) -> Iterator[Row]:
        """All rows but those written by hand."""
        for make in (
            self.spelling, self.letters, self.typing, self.signs, self.encodings, self.cuts,
            self.homonyms, self.offices, self.contradictions, self.places, self.others,
        ):  # fmt: skip
            yield from make()

    def spelling(self) -> Iterator[Row]:
        """As registered, in capitals, in small letters."""
        for gmina in self.some(self.plain, 60):
            yield Row(gmina.name, "", "", gmina.terc, "exact")
        for gmina in self.some(self.plain, 24):
            name = self.chance.choice([gmina.name.upper(), gmina.name.lower()])
            yield Row(name, "", "", gmina.terc, "letter_case")

    def letters(self) -> Iterator[Row]:
        """Diacritics missing, half missing, or of the wrong kind."""
        polish = [g for g in self.plain if g.name.lower().translate(POLISH) != g.name.lower()]
        for gmina in self.some(polish, 60):
            bare = gmina.name.translate(POLISH).translate(str.maketrans("ŁŚŻŹĆ", "LSZZC"))
            expected = "AMBIGUOUS" if bare in self.has.places else gmina.terc
            yield Row(bare, "", "", expected, "missing_diacritics")
        twice = [g for g in polish if sum(s in "ąćęłńóśźż" for s in g.name) > 1]
        for gmina in self.some(twice, 24):
            at = self.chance.choice([i for i, s in enumerate(gmina.name) if s in "ąćęłńóśźż"])
            half = gmina.name[:at] + gmina.name[at].translate(POLISH) + gmina.name[at + 1 :]
            expected = "AMBIGUOUS" if half in self.has.places else gmina.terc
            yield Row(half, "", "", expected, "missing_diacritics")
        kreska = str.maketrans("źż", "żź")
        swapped = [g for g in polish if g.name.translate(kreska) != g.name]
        for gmina in self.some(swapped, 12):
            yield Row(gmina.name.translate(kreska), "", "", gmina.terc, "wrong_diacritics")
        added = [
            g for g in self.plain if len(fold(g.name)) >= 8 and re.search("[acelnosz]", g.name)
        ]
        for gmina in self.some(added, 24):
            at = self.chance.choice([i for i, s in enumerate(gmina.name) if s in "acelnosz"])
            letter = dict(zip("acelnosz", "ąćęłńóśż", strict=True))[gmina.name[at]]
            name = gmina.name[:at] + letter + gmina.name[at + 1 :]
            if name not in self.has.places:
                yield Row(name, "", "", gmina.terc, "wrong_diacritics")

    def slip(self, name: str, at: int) -> str:
        """One typing error at a place."""
        letter = self.chance.choice(LETTERS)
        return self.chance.choice(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + name[at] + name[at:],
            ]
        )

    def slips(
        self, gminas: list[Gmina], count: int, places: Callable[[int], list[int]]
    ) -> Iterator[tuple[str, Gmina]]:
        """Names with one error that can only mean the gmina, and are no other place."""
        found = 0
        for gmina in self.some(gminas, len(gminas)):
            at = self.chance.choice(places(len(gmina.name)))
            name = self.slip(gmina.name, at)
            name = name[0].upper() + name[1:]
            folded = fold(name)
            good = (
                self.has.near(folded) == {fold(gmina.name)}
                and folded not in self.has.place_folds
                and folded not in self.has.by_fold
                and " " not in gmina.name[max(0, at - 1) : at + 2]
                and "-" not in gmina.name[max(0, at - 1) : at + 2]
            )
            if good:
                found += 1
                yield name, gmina
            if found == count:
                return

    def typing(self) -> Iterator[Row]:
        """Slips of the finger within long names, at the edges of longer ones, and in towns."""
        long = [g for g in self.plain if len(g.name) >= 7]
        for name, gmina in self.slips(long, 110, lambda n: list(range(1, n - 2))):
            yield Row(name, "", "", gmina.terc, "typing_error")
        longer = [g for g in self.towns if len(g.name) >= 8]
        for name, gmina in self.slips(longer, 20, lambda n: [0, n - 2]):
            yield Row(name, "", "", gmina.terc, "typing_error_at_edge")
        short = [g for g in self.towns if len(g.name) in {5, 6}]
        for name, gmina in self.slips(short, 20, lambda n: list(range(1, n - 2))):
            expected = gmina.terc if len(gmina.name) == 6 else "AMBIGUOUS"
            yield Row(name, "", "", expected, "typing_error_short")
        pairs = [
            g
            for name, group in self.has.by_name.items()
            for g in group
            if Counter(x.rodz for x in group) == {"1": 1, "2": 1}
            and g.rodz == "1"
            and len(name) > 6
        ]
        for name, gmina in self.slips(pairs, 20, lambda n: list(range(1, n - 2))):
            yield Row(name, "", "PIM", gmina.terc, "typing_error_with_network")

    def signs(self) -> Iterator[Row]:
        """Hyphens, dashes and spaces as they come."""
        joined = [g for g in self.plain if re.search("[ -]", g.name)]
        changes = (
            lambda name: name.replace("-", " ").replace(" ", "  "),
            lambda name: name.replace("-", " - "),
            lambda name: name.replace("-", "–"),
            lambda name: name.replace(" ", "-"),
            lambda name: name.replace("-", "").replace(" ", ""),
            lambda name: f" {name}\u00a0",
        )
        for number, gmina in enumerate(self.some(joined, 36)):
            yield Row(changes[number % 6](gmina.name), "", "", gmina.terc, "hyphens_and_spaces")
        for gmina in self.some([g for g in self.plain if "ó" in g.name], 6):
            apart = unicodedata.normalize("NFD", gmina.name)
            yield Row(apart, "", "", gmina.terc, "hyphens_and_spaces")

    def encodings(self) -> Iterator[Row]:
        """Bytes read in the wrong encoding, and letters lost."""
        polish = [g for g in self.plain if g.name.lower().translate(POLISH) != g.name.lower()]
        ways = [
            ("utf-8", "cp1250"), ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "iso8859-2"),
            ("cp1250", "latin-1"), ("cp1250", "iso8859-2"), ("iso8859-2", "cp1250"),
            ("iso8859-2", "latin-1"),
        ]  # fmt: skip
        for number, gmina in enumerate(self.some(polish, 64)):
            true, wrong = ways[number % len(ways)]
            spoilt = "".join(_decoded(letter.encode(true), wrong) for letter in gmina.name)
            if spoilt != gmina.name:
                yield Row(spoilt, "", "", gmina.terc, "mojibake")
        for number, gmina in enumerate(self.some([g for g in polish if len(g.name) > 4], 18)):
            sign = "?\ufffd"[number % 2]
            lost = "".join(
                s if s.lower() == s.lower().translate(POLISH) else sign for s in gmina.name
            )
            kept = sum(s.isalnum() for s in lost)
            alike = [
                g
                for g in self.has.gminas
                if len(g.name) == len(lost)
                and all(a in (b, sign) for a, b in zip(lost, g.name, strict=True))
            ]
            if kept >= 4 and {g.name for g in alike} == {gmina.name}:
                yield Row(lost, "", "", gmina.terc, "lost_letters")

    def cuts(self) -> Iterator[Row]:
        """The usual short words for the second part of a name."""
        short = {
            "Wielkopolski": "Wlkp.", "Wielkopolska": "Wlkp.", "Mazowiecki": "Maz.",
            "Mazowiecka": "Maz.", "Śląski": "Śl.", "Śląska": "Śl.", "Śląskie": "Śl.",
            "Podlaski": "Podl.", "Podlaska": "Podl.", "Lubelski": "Lub.", "Kujawski": "Kuj.",
            "Kujawska": "Kuj.", "Gdański": "Gd.", "Pomorski": "Pom.", "nad": "n.",
            "Małopolski": "Młp.", "Opolskie": "Opol.", "Świętokrzyski": "Św.", "Zdrój": "Zdr.",
        }  # fmt: skip
        cuttable = [
            g for g in self.plain if any(word in short for word in re.split("[ -]", g.name))
        ]
        for gmina in self.some(cuttable, 40):
            cut = re.sub(r"\w+", lambda word: short.get(word[0], word[0]), gmina.name)
            yield Row(cut, "", "", gmina.terc, "abbreviation")

    def homonyms(self) -> Iterator[Row]:
        """Names of several gminas: bare, with a voivodeship, and in a network of cities."""
        shared = [group for group in self.has.by_name.values() if len(group) > 1]
        for group in self.chance.sample(shared, 40):
            yield Row(group[0].name, "", "", "AMBIGUOUS", "homonym")
        for group in self.chance.sample(shared, 50):
            gmina = self.chance.choice(group)
            same = [g for g in group if g.voivodeship == gmina.voivodeship]
            longer = self.has.begins_another(gmina, within=gmina.voivodeship)
            expected = gmina.terc if len(same) == 1 and not longer else "AMBIGUOUS"
            yield Row(gmina.name, gmina.voivodeship, "", expected, "homonym_with_voivodeship")
        for group in self.chance.sample(shared, 40):
            towns = [g for g in group if g.rodz in TOWN]
            only = len(towns) == 1 and not self.has.begins_another(towns[0])
            expected = towns[0].terc if only else "AMBIGUOUS"
            yield Row(group[0].name, "", "PIM", expected, "homonym_with_network")

    def offices(self) -> Iterator[Row]:
        """Words of kind and office before the name as registered."""
        pairs = [g for g in self.has.by_name.values() if {x.rodz for x in g} == {"1", "2"}]
        pairs = [group for group in pairs if len(group) == 2]
        town = ("Miasto {}", "m. {}", "UM {}", "Gmina Miejska {}", "Urząd Miasta {}", "{} - miasto")
        rural = ("gmina wiejska {}", "UG {}", "Wójt Gminy {}", "{} (gmina wiejska)", "gm. w. {}")
        for number, group in enumerate(self.chance.sample(pairs, 48)):
            rodz, words = ("1", town) if number % 2 else ("2", rural)
            gmina = next(g for g in group if g.rodz == rodz)
            text = words[number // 2 % len(words)].format(gmina.name)
            yield Row(text, "", "", gmina.terc, "office")
        mixed = [g for g in self.plain if g.rodz == "3"]
        both = ("Miasto i Gmina {}", "Urząd Miasta i Gminy {}", "Gmina {}", "UMiG {}", "gm. {}")
        for number, gmina in enumerate(self.some(mixed, 25)):
            yield Row(both[number % 5].format(gmina.name), "", "", gmina.terc, "office")
        tails = ("{}, woj. {}", "{} (woj. {})", "{} ({})", "{}, {}")
        for number, gmina in enumerate(self.some(self.plain, 24)):
            text = tails[number % 4].format(gmina.name, gmina.voivodeship)
            yield Row(text, "", "", gmina.terc, "with_voivodeship")

    def contradictions(self) -> Iterator[Row]:
        """A voivodeship that has no such gmina."""
        for gmina in self.some(self.plain, 36):
            wrong = self.chance.choice([v for v in self.has.voivodeships if v != gmina.voivodeship])
            yield Row(gmina.name, wrong, "", "NONE", "contradiction")

    def places(self) -> Iterator[Row]:
        """Villages: any, those that look like a gmina, and those with a word of their kind."""
        # A few hamlets are called „Z Góry” or „Do Laska”, which anybody reads as a phrase.
        phrase = re.compile(r"(?:[WZwz]e?|[DdOo][od]) ")
        villages = sorted(
            p for p in self.has.places if fold(p) not in self.has.by_fold and not phrase.match(p)
        )
        for village in self.chance.sample(villages, 60):
            yield Row(village, "", "", "NONE", "village")
        lookalikes = [v for v in villages if len(fold(v)) > 4 and self.has.near(fold(v))]
        for village in self.chance.sample(lookalikes, 90):
            yield Row(village, "", "", "NONE", "village_like_a_gmina")
        for village in self.chance.sample(lookalikes, 20):
            yield Row(village, "", "PIM", "NONE", "village_like_a_gmina")
        accented = sorted(
            p
            for p in self.has.places
            if fold(p) in self.has.by_fold and p not in self.has.by_name and " " not in p
        )
        for village in self.chance.sample(accented, 20):
            yield Row(village, "", "", "AMBIGUOUS", "village_like_a_gmina")

    def others(self) -> Iterator[Row]:
        """Powiats, voivodeships, districts, and words that mean nothing."""
        for powiat in self.chance.sample(self.has.powiats, 24):
            text = self.chance.choice(["{}", "powiat {}", "pow. {}", "Powiat {}"]).format(powiat)
            yield Row(text, "", "", "NONE", "powiat")
        for name in self.chance.sample(self.has.voivodeships, 8):
            yield Row(self.chance.choice([name, f"woj. {name}"]), "", "", "NONE", "voivodeship")
        for district in self.chance.sample(self.has.districts, 12):
            if fold(district) not in self.has.by_fold:
                yield Row(district, "", "", "NONE", "district")
        for _ in range(40):
            syllables = (
                self.chance.choice(LETTERS) + self.chance.choice("aeiouy") for _ in range(4)
            )
            word = "".join(syllables)[: self.chance.randint(4, 8)]
            if word not in self.has.by_fold and not self.has.near(word):
                yield Row(word.capitalize(), "", "", "NONE", "nonsense")


def _decoded(data: bytes, encoding: str) -> str:
    """Bytes as a program shows them that keeps what the encoding does not know."""
    shown = ""
    for byte in data:
        try:
            shown += bytes([byte]).decode(encoding)
        except UnicodeDecodeError:
            shown += chr(byte)
    return shown


def handwritten(name: str) -> Iterator[Row]:
    """Rows that a person wrote."""
    with (HERE / name).open(encoding="utf-8", newline="") as handle:
        yield from (Row(*row) for row in list(csv.reader(handle))[1:])


def _by_kind(row: Row) -> tuple[str, Row]:
    return row.kind, row


def main() -> None:
    """Write both files."""
    registers = Registers()
    taken: set[tuple[str, ...]] = set()
    for name, seeds, by_hand in SETS:
        drawn = (row for seed in seeds for row in Maker(registers, seed).rows())
        found = {row[:3]: row for row in (*drawn, *handwritten(by_hand))}
        rows = [row for row in found.values() if row[:3] not in taken]
        taken |= set(found)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADER)
        rows.sort(key=_by_kind)
        writer.writerows(rows)
        write_text(HERE / f"{name}.csv", text.getvalue())


if __name__ == "__main__":
    main()
