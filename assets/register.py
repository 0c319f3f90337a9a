"""The city register: states of TERYT, permanent identifiers, cities and gminas through time."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from assets.building import facts_asset, table_asset
from assets.house import House
from reconcile.changes import transitions_of
from reconcile.cities import cities_of, codes_of, european_codes
from reconcile.history import OBSERVED, gminas_of, identify
from reconcile.identity import code_index, code_spans, gmina_code, with_city_id
from reconcile.transitions import combined, derived, known_codes
from reconcile.versions import observed_in, versions_of
from schemas.table import Table
from schemas.tables.city_codes import CityCodes, KnownCodes
from schemas.tables.city_transitions import CityTransitions, KnownTransitions
from schemas.tables.city_versions import CityVersions, KnownVersions, UnitVersions
from schemas.tables.localities import Localities, LocalityKinds, Streets
from schemas.tables.participants import Participants
from schemas.tables.register import Cities, CityIds, RegisterStates
from schemas.tables.units import Units
from sources.lau_codes import LauTable
from sources.register_states import states_in_use
from sources.snapshots.store import Store
from sources.teryt.kept_changes import KeptChanges, changes_as_states, kept_changes
from sources.teryt.sets import SetName
from sources.teryt.tables import (
    RegisterFile,
    described,
    of_set,
    of_snapshot,
    read_newest,
    read_units,
    to_localities,
    to_locality_kinds,
    to_register_states,
    to_streets,
)

_IDENTITY = (CityIds, KnownTransitions)
_CITIES = (*_IDENTITY, KnownVersions, UnitVersions, Units, Participants, RegisterStates)

city_ids = facts_asset(CityIds)
known_transitions = facts_asset(KnownTransitions)
known_versions = facts_asset(KnownVersions)
known_codes_of_cities = facts_asset(KnownCodes)


def given(house: House) -> tuple[RegisterFile, ...]:
    """The full files of TERYT that this build has: of other sets the one in use, of TERC all.

    A TERC that a setting names goes before a snapshot of the same state.
    """
    store = Store(house.folder.snapshots)
    kept = list(store.kept("terc"))
    kept += [used for name in ("simc", "ulic", "wmrodz") if (used := store.in_use(name))]
    files = [of_snapshot(store.path(snapshot), snapshot) for snapshot in kept]
    found = [file for file in files if file is not None]
    if house.terc is not None and house.terc not in {file.path for file in found}:
        found.append(_described(house.terc, house.terc.stat().st_mtime_ns))
    return tuple(found)


def given_changes(house: House) -> tuple[KeptChanges, ...]:
    """The change files of TERC that are kept."""
    return kept_changes(Store(house.folder.snapshots), SetName.TERC)


@cache
def _described(path: Path, changed: int) -> RegisterFile:  # noqa: ARG001 - part of the key
    """What a file is; read once, and again when it changes."""
    return described(path)


@table_asset(RegisterStates)
def register_states(house: House) -> pl.DataFrame:
    """States that the facts were made from, those of files that were given, and change files."""
    parts = (
        to_register_states(given(house)),
        changes_as_states(given_changes(house)),
        states_in_use(Store(house.folder.snapshots)),
    )
    found = pl.concat(parts)
    lau = _lau(house)
    if lau is not None:
        found = pl.concat([found, lau.state()])
    return _over(house.read_facts(RegisterStates), found, RegisterStates)


@table_asset(UnitVersions, needs=_IDENTITY)
def unit_versions(house: House) -> pl.DataFrame:
    """All gminas through the states of TERC that were given."""
    ids, known = _identity(house)
    return versions_of(identify(gminas_of(read_units(given(house))), ids, known))


@table_asset(Cities, needs=_CITIES)
def cities(house: House) -> pl.DataFrame:
    """Which gmina each participating city is."""
    return _cities(house)[0]


@table_asset(CityVersions, needs=_CITIES)
def city_versions(house: House) -> pl.DataFrame:
    """Participating cities through all known states."""
    return versions_of(_cities(house)[1]).drop(UnitVersions.unit.name)


@table_asset(CityTransitions, needs=(KnownTransitions, UnitVersions))
def city_transitions(house: House) -> pl.DataFrame:
    """Known changes, those that change files tell, and those that the given states show."""
    frames = house.load((UnitVersions, RegisterStates))
    (ids, known), days = _identity(house), _days(given(house))
    if days.is_empty():
        return combined([known])
    states = _terc_states(frames[RegisterStates.name])
    spans = code_spans(ids, known)
    shown = observed_in(frames[UnitVersions.name], days)
    coded = known_codes(spans, sorted(set(states) - set(days)))
    return combined([known, derived(pl.concat([shown.select(coded.columns), coded]))])


@table_asset(CityCodes, needs=(KnownCodes, CityVersions))
def city_codes(house: House) -> pl.DataFrame:
    """Codes of SIMC and BDL as facts, those of TERC from the versions, LAU where it is given."""
    frames = house.load((KnownCodes, Cities, CityVersions))
    lau = _lau(house)
    known = [frames[KnownCodes.name]]
    if lau is not None:
        known.append(european_codes(lau.codes(), frames[Cities.name]))
    return codes_of(
        pl.concat(known, how="diagonal"), frames[Cities.name], frames[CityVersions.name]
    )


def _lau(house: House) -> LauTable | None:
    """The table of LAU and NUTS in use."""
    store = Store(house.folder.snapshots)
    used = store.in_use("lau")
    return LauTable(store.path(used), used) if used else None


@table_asset(LocalityKinds)
def locality_kinds(house: House) -> pl.DataFrame:
    """WMRODZ where it is given, else the facts."""
    file = read_newest(given(house), SetName.WMRODZ)
    return to_locality_kinds(file.frame) if file else house.read_facts(LocalityKinds)


@table_asset(Localities, needs=_IDENTITY)
def localities(house: House) -> pl.DataFrame:
    """SIMC where it is given."""
    file = read_newest(given(house), SetName.SIMC)
    if file is None:
        return pl.DataFrame(schema=Localities.schema())
    return _in_gminas(house, to_localities(file.frame))


@table_asset(Streets, needs=_IDENTITY)
def streets(house: House) -> pl.DataFrame:
    """ULIC where it and SIMC are given: a street stands in a locality."""
    files = given(house)
    file = read_newest(files, SetName.ULIC)
    if file is None or not of_set(files, SetName.SIMC):
        return pl.DataFrame(schema=Streets.schema())
    return _in_gminas(house, to_streets(file.frame))


def _cities(house: House) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of `Cities`, and these cities in every state: given files first, then the facts."""
    frames = house.load(_CITIES)
    states = _terc_states(frames[RegisterStates.name])
    index = code_index(code_spans(*_identity(house)))
    today = with_city_id(gminas_of(frames[Units.name]), index, day=Units.state_date.col)
    layers = (
        observed_in(frames[UnitVersions.name], _days(given(house))),
        observed_in(frames[KnownVersions.name], states),
        today.with_columns(CityIds.city_id.col.alias(UnitVersions.unit.name)).select(
            list(OBSERVED)
        ),
    )
    return cities_of(frames[Participants.name], index, layers)


def _identity(house: House) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Identifiers, and every change of code that was reviewed or that a change file tells.

    So a gmina that GUS says has a new code stays who it is before anybody reviewed that.
    """
    frames = house.load(_IDENTITY)
    ids, known = frames[CityIds.name], frames[KnownTransitions.name]
    index = code_index(code_spans(ids, known))
    told = [
        transitions_of(
            one.file.frame,
            index,
            since=one.file.since,
            until=one.file.until,
            state_id=one.state_id,
        )
        for one in given_changes(house)
    ]
    return ids, combined([known, *told])


def _terc_states(states: pl.DataFrame) -> pl.Series:
    """Days of all states of TERC among the states of registers."""
    terc = RegisterStates.register.col == SetName.TERC.lower()
    return states.filter(terc).get_column(RegisterStates.state_date.name)


def _days(files: Sequence[RegisterFile]) -> pl.Series:
    """The states of TERC among the files."""
    days: list[date] = [file.state_date for file in of_set(files, SetName.TERC)]
    return pl.Series(days, dtype=pl.Date)


def _in_gminas(house: House, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with the identifier of the gmina that their code meant on the day of their state."""
    index = code_index(code_spans(*_identity(house)))
    keyed = rows.with_columns(gmina=gmina_code(Localities.terc.col))
    return with_city_id(keyed, index, code="gmina", day=Localities.state_date.col).drop("gmina")


def _over(facts: pl.DataFrame, rows: pl.DataFrame, table: type[Table]) -> pl.DataFrame:
    """Facts (text) with rows beside them that take the place of facts with the same key."""
    key = [column.name for column in table.key]
    text = rows.with_columns(
        pl.col(pl.Datetime("us")).dt.strftime("%Y-%m-%dT%H:%M:%S"), pl.exclude(pl.Datetime("us"))
    ).cast(pl.String)
    rest = facts.join(text, on=key, how="anti", maintain_order="left")
    return pl.concat([rest, text], how="diagonal")
