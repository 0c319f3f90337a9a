"""Which gminas a participating city may be confused with: homonyms and near names.

Who is meant is never found here: a city's TERC code is a reviewed fact in `participants`.
This module only shows what else the name could stand for.
"""

import duckdb
import polars as pl

from schemas.arrow import register
from schemas.tables.city_register import CityRegister, GminaKind, NameRelation

_FOLDED = dict(zip("ąćęłńóśźż", "acelnoszz", strict=True))

_KINDS = {
    "1": GminaKind.URBAN.value,
    "2": GminaKind.RURAL.value,
    "3": GminaKind.URBAN_RURAL.value,
}
"""Whole gminas by TERC kind. A town and the rural area inside an urban-rural gmina (4, 5),
districts (8) and delegations (9) lie within a gmina and are no namesakes of it."""

# A near name differs by one letter (Lublin, Lubin), or it begins with the same word and at
# least one of the two has more words (Pilawa, Piława Górna; Tomaszów Lubelski, Tomaszów
# Mazowiecki). In TERC of 2025 one letter brings 12 pairs, two letters would bring 123, most of
# which nobody would confuse.
_PAIRS = """
SELECT city.participant_id, gmina.terc,
       CASE WHEN gmina.terc = city.terc THEN $self
            WHEN gmina.folded = city.folded THEN $homonym
            ELSE $near END AS relation
FROM cities AS city
JOIN gminas AS gmina
  ON gmina.terc = city.terc
  OR gmina.folded = city.folded
  OR split_part(gmina.folded, ' ', 1) = split_part(city.folded, ' ', 1)
  OR levenshtein(gmina.folded, city.folded) = 1
"""


def fold(name: pl.Expr) -> pl.Expr:
    """A name for comparing: lower case, Polish letters to ASCII, hyphens as spaces."""
    ascii_only = name.str.to_lowercase().str.replace_many(_FOLDED)
    return ascii_only.str.replace_all(r"[\s\-]+", " ").str.strip_chars()


def city_register(participants: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """The rows of `CityRegister`, by participant and TERC code.

    `participants` and `units` are accepted frames of the tables of those names; `units` may
    be the embedded part of TERC or the full register. Participants without a code, or with
    one that `units` does not hold as a whole gmina, have no rows.
    """
    gminas = units.filter(pl.col("kind").is_in(list(_KINDS))).with_columns(
        fold(pl.col("unit_name")).alias("folded"),
        pl.col("kind").replace_strict(_KINDS).alias("gmina_kind"),
        pl.col("terc").str.slice(0, 4).alias("powiat_code"),
        pl.col("terc").str.slice(0, 2).alias("voivodeship_code"),
    )
    cities = participants.select("participant_id", "terc").join(
        gminas.select("terc", "folded"), on="terc", how="inner"
    )
    names = units.select(pl.col("terc"), pl.col("unit_name"))
    register = (
        _pairs(cities, gminas)
        .join(gminas.rename({"unit_name": "gmina_name"}), on="terc", how="inner")
        .join(_parent(names, "powiat"), on="powiat_code", how="left")
        .join(_parent(names, "voivodeship"), on="voivodeship_code", how="left")
        .with_columns(pl.col("voivodeship_name").str.to_lowercase())
    )
    return register.select(list(CityRegister.schema())).sort("participant_id", "terc")


def _parent(names: pl.DataFrame, level: str) -> pl.DataFrame:
    """Codes and names of units, named for a level of the register."""
    return names.rename({"terc": f"{level}_code", "unit_name": f"{level}_name"})


def _pairs(cities: pl.DataFrame, gminas: pl.DataFrame) -> pl.DataFrame:
    """Every city with itself, its homonyms and its near names."""
    with duckdb.connect(":memory:") as con:
        register(con, "cities", cities)
        register(con, "gminas", gminas.select("terc", "folded"))
        pairs = con.execute(
            _PAIRS,
            {
                "self": NameRelation.SELF.value,
                "homonym": NameRelation.HOMONYM.value,
                "near": NameRelation.NEAR.value,
            },
        ).fetchall()
    return pl.DataFrame(
        pairs, schema=dict.fromkeys(("participant_id", "terc", "relation"), pl.String), orient="row"
    )
