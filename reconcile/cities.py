"""The cities of the programme in the register: who they are, and under which codes."""

from collections.abc import Sequence

import polars as pl

from reconcile.history import OBSERVED
from reconcile.identity import with_city_id
from schemas.tables.city_codes import CityCodes, CodeSystem
from schemas.tables.participants import ParticipantKind
from schemas.tables.register import Cities


def cities_of(
    participants: pl.DataFrame, index: pl.DataFrame, layers: Sequence[pl.DataFrame]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of `Cities`, and all that is known of these cities (columns of `OBSERVED`).

    `index` by `reconcile.identity.code_index`. `layers` have the columns of `OBSERVED`; where
    two show a city in the same state, the first one counts. A city whose code is unknown, or
    that no layer shows, has no row.
    """
    meant = (
        with_city_id(participants.filter(kind=ParticipantKind.CITY.value), index)
        .select("participant_id", "city_id")
        .drop_nulls()
    )
    observed = (
        pl.concat(
            layer.select(list(OBSERVED)).join(meant, on="city_id", how="semi") for layer in layers
        )
        .with_columns(unit="city_id")
        .unique(["state_date", "city_id"], keep="first", maintain_order=True)
        .sort("city_id", "state_date")
    )
    newest = observed.unique("city_id", keep="last", maintain_order=True)
    cities = meant.join(newest, on="city_id").select(
        "city_id", "participant_id", "terc", city_name="gmina_name"
    )
    return cities.select(list(Cities.schema())).sort("city_id"), observed


def with_present_codes(
    participants: pl.DataFrame, gminas: pl.DataFrame, index: pl.DataFrame
) -> pl.DataFrame:
    """Participants with the code that their city has now, where the register gave it a new one.

    `participants` may be text as read, or typed; `gminas` has `terc` of whole gminas of the
    present register, `index` is by `reconcile.identity.code_index`. A decision for a city
    holds through changes of its code; a code that leads to no gmina of today stays as it is.
    Codes are held without their last digit, the kind, which is what changes most often.
    """
    stem = pl.col("terc").str.slice(0, 6).alias("stem")
    now = (
        with_city_id(gminas.select("terc", stem), index, code="stem")
        .drop_nulls("city_id")
        .unique("city_id", keep="none")
        .select("city_id", present="terc")
    )
    found = with_city_id(participants.with_columns(stem), index, code="stem").join(
        now, on="city_id", how="left", maintain_order="left"
    )
    terc = pl.coalesce("present", "terc").alias("terc")
    return found.with_columns(terc).select(participants.columns)


def codes_of(known: pl.DataFrame, cities: pl.DataFrame, versions: pl.DataFrame) -> pl.DataFrame:
    """The rows of `CityCodes`: known codes of our cities, and those of TERC from `CityVersions`.

    A version gives the code of the gmina, that of its town where it is urban-rural, and that of
    the powiat where the city is one.
    """
    terc = pl.col("terc")
    systems = (
        (CodeSystem.TERC, versions, terc),
        (
            CodeSystem.TERC_TOWN,
            versions.filter(terc.str.ends_with("3")),
            terc.str.slice(0, 6) + "4",
        ),
        (CodeSystem.TERC_POWIAT, versions.filter("powiat_rights"), pl.col("powiat_code")),
    )
    shape = list(CityCodes.schema())
    ours = known.join(cities, on="city_id", how="semi").select(shape)
    derived = [
        rows.select(
            city_id="city_id", code_system=pl.lit(system.value), city_code=code, state="last_state"
        ).select(shape)
        for system, rows, code in systems
    ]
    codes = pl.concat([ours, *derived])
    key = ["city_id", "code_system", "city_code"]
    return codes.group_by(key).agg(pl.col("state").max()).select(shape).sort(key)


def european_codes(lau: pl.DataFrame, cities: pl.DataFrame) -> pl.DataFrame:
    """Rows like those of `KnownCodes`: LAU, NUTS 3 and NUTS 2 of our cities.

    `lau` has terc6, lau_id, nuts_3, nuts_2 and state. A LAU code holds the TERC code without the
    kind of gmina, so a change of kind does not part a city from it.
    """
    ours = cities.select("city_id", terc6=pl.col("terc").str.slice(0, 6)).join(lau, on="terc6")
    systems = {"lau_id": CodeSystem.LAU, "nuts_3": CodeSystem.NUTS_3, "nuts_2": CodeSystem.NUTS_2}
    return pl.concat(
        ours.select(
            "city_id", code_system=pl.lit(system.value), city_code=pl.col(column), state="state"
        )
        for column, system in systems.items()
    )
