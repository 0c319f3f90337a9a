"""The city register: whether a TERC file may be it, and the counts that must hold in it."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from schemas.text import Text
from sources.teryt.read import TerytFile
from sources.teryt.refusals import refused
from sources.teryt.sets import Scope, SetName, Version

KINDS = ("1", "2", "3", "4", "5", "8", "9")
"""RODZ: 1 urban, 2 rural, 3 urban-rural gmina; 4 town and 5 rural area in 3; 8 district of
Warszawa; 9 delegatura of Kraków, Łódź, Poznań, Wrocław."""
POWIATS_SINCE = date(2013, 1, 1)
"""Since Wałbrzych got its powiat rights back there are 380 powiats; before, 373 to 380."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units of each sort a TERC table has."""

    voivodeships: int
    powiats: int
    gminas: int
    """Kinds 1, 2 and 3."""
    by_kind: dict[str, int]
    """Rows of each RODZ."""


def counts_of(frame: pl.DataFrame) -> Counts:
    """Count the units of a frame with the columns of TERC."""
    kinds = frame.get_column("RODZ").drop_nulls().value_counts(sort=False)
    by_kind = dict(sorted(zip(kinds["RODZ"], kinds["count"], strict=True)))
    return Counts(
        frame.filter(pl.col("POW").is_null()).height,
        frame.filter(pl.col("POW").is_not_null() & pl.col("GMI").is_null()).height,
        sum(by_kind.get(kind, 0) for kind in "123"),
        by_kind,
    )


def broken_counts(frame: pl.DataFrame, state: date) -> tuple[Text, ...]:
    """The rules of a full official TERC that this frame breaks, each as a sentence.

    16 voivodeships, 380 powiats, 2,470 to 2,490 gminas, as many towns (4) and rural areas (5)
    as urban-rural gminas (3) and in the same ones, a parent for every unit, no code twice,
    known kinds only.
    """
    counts = counts_of(frame)
    kinds = counts.by_kind
    powiats = range(380, 381) if state >= POWIATS_SINCE else range(370, 381)
    broken: list[Text] = []

    def hold(good: bool, pl_text: str, en_text: str) -> None:
        if not good:
            broken.append(Text(pl_text, en_text))

    hold(
        counts.voivodeships == 16,
        f"Jest {counts.voivodeships} województw zamiast 16.",
        f"There are {counts.voivodeships} voivodeships instead of 16.",
    )
    hold(
        counts.powiats in powiats,
        f"Jest {counts.powiats} powiatów zamiast 380.",
        f"There are {counts.powiats} powiats instead of 380.",
    )
    hold(
        2470 <= counts.gminas <= 2490,
        f"Jest {counts.gminas} gmin; powinno być od 2470 do 2490.",
        f"There are {counts.gminas} gminas; there should be 2470 to 2490.",
    )
    hold(
        kinds.get("3") == kinds.get("4") == kinds.get("5"),
        "Miast (4) i obszarów wiejskich (5) nie jest tyle, ile gmin miejsko-wiejskich (3).",
        "Towns (4) and rural areas (5) are not as many as urban-rural gminas (3).",
    )
    strange = ", ".join(kind for kind in kinds if kind not in KINDS)
    hold(not strange, f"Nieznany rodzaj: {strange}.", f"Unknown kind: {strange}.")
    twice = ", ".join(repeated_codes(frame)[:5])
    hold(not twice, f"Kod jest dwa razy: {twice}.", f"Code is there twice: {twice}.")
    alone = ", ".join(orphans(frame)[:5])
    hold(not alone, f"Nie ma jednostki nadrzędnej: {alone}.", f"No parent unit: {alone}.")
    return tuple(broken)


def repeated_codes(frame: pl.DataFrame) -> list[str]:
    """TERC codes that more than one row has, sorted."""
    codes = _codes(frame).get_column("terc")
    return codes.filter(codes.is_duplicated()).unique().sort().to_list()


def orphans(frame: pl.DataFrame) -> list[str]:
    """TERC codes of units without their parent, sorted.

    The parent of a powiat is its voivodeship, of a gmina its powiat, of a town or rural area
    its gmina of kind 3, of a district or delegatura the gmina of kind 1 in its powiat.
    """
    codes = _codes(frame)
    kind, terc = pl.col("RODZ"), pl.col("terc")
    parents = codes.with_columns(
        parent=pl.when(terc.str.len_bytes() == 4)
        .then(terc.str.slice(0, 2))
        .when(kind.is_in(["4", "5"]))
        .then(terc.str.slice(0, 6) + "3")
        .when(kind.is_in(["8", "9"]))
        .then(terc.str.slice(0, 4) + "1")
        .when(terc.str.len_bytes() == 7)
        .then(terc.str.slice(0, 4))
    ).drop_nulls("parent")
    cities = codes.filter(kind == "1").select(terc=terc.str.slice(0, 4) + "1")
    known = pl.concat([codes.select("terc"), cities]).unique()
    alone = parents.join(known, left_on="parent", right_on="terc", how="anti")
    return alone.get_column("terc").sort().to_list()


def require_city_register(file: TerytFile) -> None:
    """Refuse a file that is not the whole official TERC.

    Raises PimError `PIM-TRY-020` (another set or the address version, which loses the five
    largest cities), `-021` (a part) or `-022` (counts that do not hold).
    """
    only_terc = Text(
        "Rejestrem miast może być tylko TERC w wersji urzędowej (podstawowej).",
        "Only TERC in its official version can be the register of cities.",
    )
    if file.register is not SetName.TERC:
        why = Text(f"Plik jest zbiorem {file.register}.", f"The file is the set {file.register}.")
        raise refused(20, only_terc, where=file.origin.member, why=why)
    if file.version is Version.ADDRESS:
        why = Text(
            "To wersja adresowa: nie ma w niej gmin miejsko-wiejskich ani całych miast Warszawy, "
            "Krakowa, Łodzi, Poznania i Wrocławia.",
            "This is the address version: it has no urban-rural gminas and no whole cities of "
            "Warszawa, Kraków, Łódź, Poznań and Wrocław.",
        )
        raise refused(20, only_terc, where=file.origin.member, why=why)
    if file.scope is Scope.PART:
        raise refused(
            21,
            Text(
                f"To część zbioru TERC ({file.rows} wierszy), a nie cały rejestr.",
                f"This is a part of TERC ({file.rows} rows), not the whole register.",
            ),
            where=file.origin.member,
        )
    broken = broken_counts(file.frame, file.state_date)
    if broken:
        raise refused(
            22,
            Text("Liczby jednostek w TERC się nie zgadzają.", "The counts of TERC do not hold."),
            where=file.origin.member,
            why=Text(" ".join(text.pl for text in broken), " ".join(text.en for text in broken)),
        )


def _codes(frame: pl.DataFrame) -> pl.DataFrame:
    parts = pl.concat_str("WOJ", "POW", "GMI", "RODZ", ignore_nulls=True)
    return frame.select(parts.alias("terc"), "RODZ")
