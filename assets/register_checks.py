"""Where two sources of the registers do not say the same: told, and never put right silently."""

from collections.abc import Iterator

import polars as pl

from assets.building import table_asset
from assets.house import House
from assets.register import given
from reconcile.history import gminas_of
from reconcile.identity import code_index, code_spans, with_city_id
from reconcile.register_checks import FOUND, after_changes, misnamed, unlike, way_to
from schemas.tables.city_transitions import CityTransitions
from schemas.tables.city_versions import UnitVersions
from schemas.tables.register import CityIds, RegisterStates
from schemas.tables.register_differences import Against, RegisterDifferences
from schemas.tables.units import Units
from sources.jst_list import read_jst
from sources.snapshots.store import Store
from sources.teryt.change_sets import KEYS
from sources.teryt.kept_changes import kept_changes
from sources.teryt.sets import SetName, Version
from sources.teryt.tables import RegisterFile, of_set, of_snapshot, read_file

_NEEDED = (CityIds, CityTransitions, UnitVersions, Units, RegisterStates)


@table_asset(RegisterDifferences, needs=_NEEDED)
def register_differences(house: House) -> pl.DataFrame:
    """States against the changes that lead to them, and the address list against TERC."""
    parts = [part for register in KEYS for part in _unexplained(house, register)]
    parts += _misnamed(house)
    if not parts:
        return pl.DataFrame(schema=RegisterDifferences.schema())
    # A finding is for people: a long one may end early.
    texts = pl.col(RegisterDifferences.expected.name, RegisterDifferences.found.name).str.slice(
        0, 500
    )
    return pl.concat(parts).select(list(RegisterDifferences.schema())).with_columns(texts)


def _unexplained(house: House, register: SetName) -> Iterator[pl.DataFrame]:
    """What states have that the state before and the change files do not lead to.

    Of TERC every state is looked at; of the long sets, the newest one.
    """
    changes = kept_changes(Store(house.folder.snapshots), register)
    files = _states(house, register)
    if not changes or len(files) < 2:
        return
    spans = [
        (file.state_date, max(file.state_date, file.file_date or file.state_date)) for file in files
    ]
    days = [(one.file.since, one.file.until) for one in changes]
    for goal in range(1 if register is SetName.TERC else len(files) - 1, len(files)):
        way = way_to(spans[: goal + 1], days)
        if way is None:
            continue
        before, now = read_file(files[way[0]]), read_file(files[goal])
        if Version.ADDRESS in (before.version, now.version):
            continue
        made = after_changes(
            before.frame.drop("STAN_NA"), [changes[at].file.frame for at in way[1]], KEYS[register]
        )
        yield unlike(made, now.frame.drop("STAN_NA"), KEYS[register]).with_columns(
            pl.lit(Against.CHANGES.value).alias(RegisterDifferences.against.name),
            pl.lit(files[goal].state_id).alias(RegisterDifferences.state_id.name),
        )


def _states(house: House, register: SetName) -> list[RegisterFile]:
    """The full states of a set that are kept, oldest first."""
    if register is SetName.TERC:
        return of_set(given(house), register)
    store = Store(house.folder.snapshots)
    kept = (of_snapshot(store.path(one), one) for one in store.kept(register.lower()))
    return of_set([file for file in kept if file is not None], register)


def _misnamed(house: House) -> Iterator[pl.DataFrame]:
    """Gminas that the address list in use has and TERC does not know, or not by that name."""
    store = Store(house.folder.snapshots)
    used = store.in_use("jst")
    if used is None:
        return
    frames = house.load(_NEEDED)
    index = code_index(code_spans(frames[CityIds.name], frames[CityTransitions.name]))
    today = gminas_of(frames[Units.name])
    day, since = Units.state_date, UnitVersions.valid_from
    named = with_city_id(today, index, day=day.col).rename({day.name: since.name})
    columns = (UnitVersions.city_id.name, UnitVersions.gmina_name.name, since.name)
    names = pl.concat([frames[UnitVersions.name].select(columns), named.select(columns)])
    listed = read_jst(store.path(used).read_bytes(), used.name).rows
    state = today.get_column(day.name).max()
    yield (
        misnamed(listed, names, index)
        .select(*FOUND)
        .with_columns(
            pl.lit(Against.ADDRESSES.value).alias(RegisterDifferences.against.name),
            pl.format("terc-{}", pl.lit(state)).alias(RegisterDifferences.state_id.name),
        )
    )
