"""From the rows of TERC to the table of units."""

from pathlib import Path

import polars as pl

from schemas.tables.units import Units
from sources.teryt.read import read_teryt
from sources.teryt.register import require_city_register
from sources.teryt.sets import SetName


def to_units(frame: pl.DataFrame) -> pl.DataFrame:
    """TERC rows in the shape of the table `Units`, sorted by code.

    Takes the columns WOJ, POW, GMI, RODZ, NAZWA, NAZWA_DOD, STAN_NA as String.
    """
    terc = pl.concat_str("WOJ", "POW", "GMI", "RODZ", ignore_nulls=True)
    size = terc.str.len_bytes()
    return frame.select(
        terc.alias(Units.terc.name),
        pl.col("NAZWA").alias(Units.unit_name.name),
        pl.col("NAZWA_DOD").alias(Units.unit_type.name),
        pl.col("RODZ").alias(Units.kind.name),
        pl.when(size == 4)
        .then(pl.col("WOJ"))
        .when(size > 4)
        .then(pl.concat_str("WOJ", "POW"))
        .alias(Units.parent.name),
        pl.col("STAN_NA").str.to_date("%Y-%m-%d").alias(Units.state_date.name),
    ).sort(Units.terc.name)


def read_register(path: Path) -> pl.DataFrame:
    """The units of a full official TERC file, with `_source`: what may be the city register.

    Raises PimError `PIM-TRY-001` to `-022` for a file that may not.
    """
    file = read_teryt(path, expect=SetName.TERC)
    require_city_register(file)
    return to_units(file.frame).with_columns(pl.lit(file.origin.member).alias("_source"))
