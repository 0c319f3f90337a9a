"""The look-up keys of a register: names, their forms, parts, and what lies around them."""

from collections.abc import Iterable

import polars as pl

from reconcile.matching.folding import cleaned, compact, folded
from reconcile.matching.inflection import forms
from schemas.errors import PimError
from schemas.text import Text

GMINA_KINDS = ("1", "2", "3")
"""RODZ of gminas: urban, rural, urban-rural. 4 and 5 are the parts of an urban-rural gmina."""

_DISTRICTS = ("8", "9")
_FEWEST_FOR_ENDING = 3
_MOST_WORDS = 5
# „kaliski”, „kaliskiego”, „kaliskim” as „kalisk”; „łódzki wschodni” as „lodzk wschodn”.
_CASE_ENDING = r"\b(\w+?)(?:iego|iem|im|iej|ie|ego|ym|ej|i|a|y)\b"


def keyed(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with keys of their column `text`: `exact`, `fold`, and the word list `tokens`."""
    clean = cleaned(pl.col("text"))
    words = folded(clean).str.replace_all(r"[\s()\-]+", " ").str.strip_chars().str.split(" ")
    return rows.with_columns(
        exact=compact(clean), fold=folded(compact(clean)), tokens=words, clean=clean
    )


def stem(words: pl.Expr) -> pl.Expr:
    """A voivodeship's or powiat's name without case endings: „kaliskiego” as „kalisk”."""
    plain = folded(words.str.to_lowercase()).str.replace_all("-", " ", literal=True)
    return plain.str.replace_all(_CASE_ENDING, "$1").str.strip_chars()


def gminas(rows: pl.DataFrame) -> pl.DataFrame:
    """Gminas of TERC rows (`terc`, `name`, `unit_type`) with their voivodeship's name.

    Raises `PimError` where the register has none, or no urban-rural ones.
    """
    voivodeships = rows.filter(pl.col("terc").str.len_chars() == 2).select(
        pl.col("terc").alias("woj"), pl.col("name").str.to_lowercase().alias("voivodeship")
    )
    units = rows.filter(pl.col("terc").str.len_chars() == 7).with_columns(
        rodz=pl.col("terc").str.slice(6, 1)
    )
    found = units.filter(pl.col("rodz").is_in(GMINA_KINDS)).with_columns(
        powiat=pl.col("terc").str.slice(0, 4),
        woj=pl.col("terc").str.slice(0, 2),
        nid=pl.col("name").rank("dense").cast(pl.UInt32),
    )
    kinds = set(units["rodz"])
    if found.is_empty() or ("4" in kinds and "3" not in kinds):
        raise PimError(
            "PIM-MAT-001",
            Text(
                "W rejestrze brakuje gmin: z takim plikiem nie da się dopasowywać nazw.",
                "The register lacks gminas: names cannot be matched with such a file.",
            ),
            why=Text(
                "Wersja adresowa TERC nie zawiera gmin miejsko-wiejskich i pięciu miast.",
                "The address version of TERC lacks urban-rural gminas and five cities.",
            ),
            fix=Text(
                "Podaj wersję urzędową (podstawową) rejestru TERC.",
                "Give the official (basic) version of the TERC register.",
            ),
        )
    return found.join(voivodeships, on="woj", how="left", maintain_order="left")


def inflected(names: pl.DataFrame) -> pl.DataFrame:
    """Genitives and locatives of `keyed` names: `nid`, `case` and the keys of each form."""
    rows = [
        (nid, form.text, form.case)
        for nid, clean in names.select("nid", "clean").iter_rows()
        for form in sorted(forms(clean))
    ]
    schema = {"nid": pl.UInt32, "text": pl.String, "case": pl.String}
    return keyed(pl.DataFrame(rows, schema=schema, orient="row")).unique(
        ["nid", "case", "fold", "exact"], maintain_order=True
    )


def leading(names: pl.DataFrame) -> pl.DataFrame:
    """Every name by each run of its first words, shorter than itself: `begins`, `fold`, `nid`.

    `begins` has the letters as they are, `fold` without diacritics.
    """
    tokens = pl.col("tokens")
    runs = [
        names.filter(tokens.list.len() > count).select(
            tokens.list.head(count).list.join("").alias("fold"), "exact", "nid"
        )
        for count in range(1, _MOST_WORDS)
    ]
    begins = pl.col("exact").str.head(pl.col("fold").str.len_chars())
    return pl.concat(runs).select("fold", "nid", begins=begins).unique(maintain_order=True)


def longer(names: pl.DataFrame) -> pl.DataFrame:
    """Names that begin with the words of another: `nid`, `longer_nid`."""
    others = leading(names).select("begins", longer_nid="nid")
    return names.join(others, left_on="exact", right_on="begins").select("nid", "longer_nid")


def others(rows: pl.DataFrame) -> pl.DataFrame:
    """Units that are no gmina by name: `fold`, `what` (voivodeship, powiat, district).

    A district counts under its own name too: „Wrocław-Krzyki” as „Krzyki”. A powiat that is a
    city is left out, because its name is the gmina's.
    """
    digits = pl.col("terc").str.len_chars()
    what = (
        pl.when(digits == 2)
        .then(pl.lit("voivodeship"))
        .when((digits == 4) & (pl.col("unit_type") == "powiat"))
        .then(pl.lit("powiat"))
        .when(pl.col("terc").str.slice(6, 1).is_in(_DISTRICTS))
        .then(pl.lit("district"))
    )
    units = rows.with_columns(what=what, text="name").filter(pl.col("what").is_not_null())
    own = units.filter(pl.col("what") == "district").with_columns(
        text=pl.col("name").str.replace("^[^-]+-", "")
    )
    return (
        keyed(pl.concat([units, own]))
        .select("fold", "what")
        .unique("fold", keep="first", maintain_order=True)
    )


def divisions(rows: pl.DataFrame, digits: int, code: str) -> pl.DataFrame:
    """Voivodeships (2 digits) or powiats (4) by the stem of their name: `stem`, `code`."""
    units = rows.filter(pl.col("terc").str.len_chars() == digits)
    return units.select(stem(pl.col("name")).alias("stem"), pl.col("terc").alias(code))


def surroundings(
    rows: pl.DataFrame, of: pl.DataFrame, names: pl.DataFrame, cases: pl.DataFrame
) -> pl.DataFrame:
    """Powiats at and around a town by any form of its name: `fold`, `powiat`.

    Around Częstochowa lies the powiat „częstochowski”: one of the same voivodeship that is
    called after the town, as far as the first letters tell.
    """
    land = rows.filter(pl.col("unit_type") == "powiat").select(
        pl.col("terc").alias("land"),
        pl.col("terc").str.slice(0, 2).alias("woj"),
        folded(pl.col("name").str.to_lowercase()).alias("adjective"),
    )
    towns = of.select("nid", "woj", "powiat").join(names.select("nid", "fold"), on="nid")
    fold = pl.col("fold")
    # A case ending is dropped before „-ski”, but four letters must agree: „lodz”, „lodzki”.
    shared = fold.str.head(pl.max_horizontal(pl.lit(4), fold.str.len_chars().cast(pl.Int64) - 2))
    around = (
        towns.join(land, on="woj")
        .filter(pl.col("adjective").str.starts_with(shared))
        .select("nid", powiat="land")
    )
    powiats = pl.concat([towns.select("nid", "powiat"), around]).unique(maintain_order=True)
    all_names = pl.concat([names.select("nid", "fold"), cases.select("nid", "fold")])
    return all_names.join(powiats, on="nid").select("fold", "powiat").unique(maintain_order=True)


def localities(places: Iterable[str], names: pl.DataFrame) -> pl.DataFrame:
    """Places that are no gmina: `clean`, `exact`, `fold`. Names of gminas are left out."""
    texts = pl.DataFrame({"text": sorted(set(places))}, schema={"text": pl.String})
    return (
        keyed(texts)
        .select("clean", "exact", "fold")
        .unique(maintain_order=True)
        .filter(~pl.col("clean").is_in(names["clean"].implode()))
    )


def endings(names: pl.DataFrame) -> frozenset[str]:
    """Last two letters of at least three names: what a place name may well end with."""
    counts = names.select(ending=pl.col("fold").str.tail(2)).group_by("ending").len()
    return frozenset(counts.filter(pl.col("len") >= _FEWEST_FOR_ENDING)["ending"])
