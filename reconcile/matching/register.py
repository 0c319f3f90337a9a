"""The register that names are held against, with every key that a look-up needs made once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import polars as pl

from reconcile.matching import keys
from reconcile.matching.typos import deletions


@dataclass(frozen=True)
class Register:
    """Gminas of one state of TERC, and frames to look names up in (`from_units` makes it).

    `nid` numbers the different names. `exact` is letters and digits in lower case, `fold` the
    same without diacritics.
    """

    gminas: pl.DataFrame
    """terc, name, unit_type, rodz, powiat (4 digits), woj (2 digits), voivodeship, nid."""
    names: pl.DataFrame
    """nid, clean (lower case), exact, fold, length (of fold), is_single_word."""
    forms: pl.DataFrame
    """nid, exact, fold, case: names in the genitive and locative."""
    tokens: pl.DataFrame
    """nid, token list of a name or form, without diacritics."""
    deletions: pl.DataFrame
    """nid, key, at: names with each letter left out in turn; see `typos`."""
    longer: pl.DataFrame
    """nid, longer_nid: names that begin with all words of another name."""
    shortened: pl.DataFrame
    """fold, begins, nid: the first words of a longer name, `begins` with its diacritics."""
    others: pl.DataFrame
    """fold, what: names of voivodeships, powiats and city districts."""
    voivodeships: pl.DataFrame
    """stem, woj."""
    powiats: pl.DataFrame
    """stem, powiat: by adjective or by town."""
    surroundings: pl.DataFrame
    """fold, powiat: powiats at and around a town, by any form of its name."""
    localities: pl.DataFrame
    """clean (lower case, with spaces), exact, fold: places that are no gmina."""
    knows_localities: bool
    endings: frozenset[str]
    """Last two letters that several names share: what a place name may end with."""

    @classmethod
    def from_units(cls, units: pl.DataFrame, localities: Iterable[str] | None = None) -> Self:
        """Make the register from TERC rows with the columns `terc`, `unit_name`, `unit_type`.

        `terc` has 2, 4 or 7 digits (voivodeship, powiat, gmina with its kind). `localities`
        are names of places that are no gmina but might be taken for one, such as villages one
        letter away; with them, more typing errors can be told from other places. Raises
        `PimError` when there is no gmina, or when urban-rural gminas are missing (the address
        version of TERC).
        """
        rows = units.select(
            pl.col("terc").str.strip_chars(),
            pl.col("unit_name").str.strip_chars().alias("name"),
            "unit_type",
        ).sort("terc")
        gminas = keys.gminas(rows)
        names = keys.keyed(gminas.select("nid", text="name").unique().sort("nid"))
        inflected = keys.inflected(names)
        return cls(
            gminas=gminas,
            names=names.select(
                "nid",
                "clean",
                "exact",
                "fold",
                length=pl.col("fold").str.len_chars(),
                is_single_word=pl.col("tokens").list.len() == 1,
            ),
            forms=inflected.select("nid", "exact", "fold", "case"),
            tokens=pl.concat([names.select("nid", "tokens"), inflected.select("nid", "tokens")]),
            deletions=deletions(names.select("nid", "fold"), "fold"),
            longer=keys.longer(names),
            shortened=keys.leading(names),
            others=keys.others(rows),
            voivodeships=keys.divisions(rows, 2, "woj"),
            powiats=keys.divisions(rows, 4, "powiat"),
            surroundings=keys.surroundings(rows, gminas, names, inflected),
            localities=keys.localities(() if localities is None else localities, names),
            knows_localities=localities is not None,
            endings=keys.endings(names),
        )
