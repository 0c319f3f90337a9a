"""States of an invented register, and the facts and real files that tests of identity share."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import polars as pl

from reconcile.history import gminas_of, identify
from schemas.gate import check
from schemas.table import Table
from schemas.tables.city_codes import KnownCodes
from schemas.tables.city_transitions import KnownTransitions
from schemas.tables.city_versions import KnownVersions
from schemas.tables.participants import Participants
from schemas.tables.register import CityIds, RegisterStates
from schemas.tables.units import Units
from sources.facts import CURATED, read_facts
from sources.teryt.tables import RegisterFile, described, read_units
from tests.shared import SHARED

TERYT = SHARED / "data" / "registries" / "teryt"
FOUR_STATES = (
    "TERC_2016-01-01_oldxml.xml",
    "TERC_Urzedowy_2020-09-26.zip",
    "TERC_Urzedowy_2023-01-01.zip",
    "terc_urzedowy_2025-12.xlsx",
)
DAYS = tuple(date(year, 1, 1) for year in (2016, 2020, 2023, 2025))

NOTHING = pl.DataFrame(schema=KnownTransitions.schema())
"""No reviewed change at all."""


_accepted: dict[str, pl.DataFrame] = {}


def facts(table: type[Table]) -> pl.DataFrame:
    """Accepted facts of a table, which must all be good."""
    if table.name not in _accepted:
        _accepted[table.name] = _check(table)
    return _accepted[table.name]


def _check(table: type[Table]) -> pl.DataFrame:
    referred = {c.references.table for c in table.references if c.references} - {table}
    known = {other.name: facts(other) for other in referred if other.name != "documents"}
    if any(other.name == "documents" for other in referred):
        documents = read_facts(CURATED / "documents.csv").select("document_id")
        known["documents"] = documents
    verdict = check(table, read_facts(CURATED / f"{table.name}.csv"), known)
    assert verdict.findings == ()
    return verdict.accepted.select([column.name for column in table.columns])


FACTS = (
    RegisterStates,
    CityIds,
    KnownTransitions,
    KnownVersions,
    KnownCodes,
    Units,
    Participants,
)


@cache
def real_files() -> tuple[RegisterFile, ...]:
    """The four real states of TERC."""
    return tuple(described(TERYT / name) for name in FOUR_STATES)


@cache
def real_gminas() -> pl.DataFrame:
    """Gminas of the four real states."""
    return gminas_of(read_units(real_files()))


@cache
def real_history() -> pl.DataFrame:
    """The same, followed through time by codes alone: without any reviewed change."""
    return identify(real_gminas(), facts(CityIds), NOTHING)


def state(day: date, *gminas: tuple[str, str]) -> pl.DataFrame:
    """One state of an invented register: code and name of each gmina, parents made up."""
    powiats = sorted({terc[:4] for terc, _ in gminas})
    rows = [
        *((terc, name, "gmina", terc[6], terc[:4], day) for terc, name in gminas),
        *((code, f"powiat {code}", _rank(code), None, code[:2], day) for code in powiats),
        *(
            (code, f"WOJ {code}", "województwo", None, None, day)
            for code in sorted({powiat[:2] for powiat in powiats})
        ),
    ]
    return pl.DataFrame(rows, schema=Units.schema(), orient="row")


def _rank(powiat: str) -> str:
    return "miasto na prawach powiatu" if powiat[2] >= "6" else "powiat"


def history(
    states: Sequence[pl.DataFrame],
    ids: dict[str, tuple[str, date]],
    transitions: pl.DataFrame = NOTHING,
) -> pl.DataFrame:
    """Invented states followed through time."""
    return identify(gminas_of(pl.concat(states)), anchors(ids), transitions)


def anchors(ids: dict[str, tuple[str, date]]) -> pl.DataFrame:
    """Identifiers with the code that each had on a day."""
    rows = [(city, terc, day) for city, (terc, day) in ids.items()]
    return pl.DataFrame(rows, schema=CityIds.schema(), orient="row")


def change(
    what: str,
    city: str | None,
    codes: tuple[str | None, str | None],
    days: tuple[date | None, date],
    *,
    names: tuple[str | None, str | None] = (None, None),
    proof: str = "review",
    states: str | None = None,
) -> pl.DataFrame:
    """One reviewed change."""
    before, after = codes
    gone = what in {"abolished", "merged"}
    row = (
        days[1],
        what,
        before if gone else after,
        city,
        days[0],
        before,
        after,
        *names,
        proof,
        states,
        None,
    )
    return pl.DataFrame([row], schema=KnownTransitions.schema(), orient="row")
