"""Indicators of the Local Data Bank: the list, what is kept of it, and the fetch itself.

The tables are made of what is kept on the disk, so a build needs no network; before the first
fetch they are empty. The fetch is an asset of its own, outside the main job, with a partition a
theme. All partitions that a run is given are fetched together: a request asks one city for a
hundred variables, of whatever theme.
"""

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import dagster as dg
import polars as pl

from assets.building import OWNERS, explained, table_asset
from assets.bulk import bulk_table_asset
from assets.house import FETCHING, House
from schemas.tables.city_codes import CityCodes, CodeSystem
from schemas.tables.indicator_variables import IndicatorTheme, IndicatorVariables
from schemas.tables.indicators import IndicatorRevisions, Indicators
from schemas.tables.register import Cities
from schemas.text import Text
from sources.bdl.kept import known_units, list_with_variables, rows_of, wanted_of
from sources.bdl.revisions import with_newest
from sources.bdl.store import BdlStore, folder_below
from sources.bdl.units import CityUnit
from sources.facts import read_facts
from sources.snapshots.store import Store

if TYPE_CHECKING:
    from sources.bdl.refresh import Fetched, Say

LIST = "indicator_list.csv"
"""The list of indicators, kept by hand among the facts."""
_TAKEN = Text(
    "Skoroszyt {name}: nowych wartości {new}, poprawionych {revised}.",
    "Workbook {name}: new values {new}, revised {revised}.",
)
_NOT_LISTED = Text(
    "Skoroszyt {name} („{subject}”) nie ma zmiennej z listy wskaźników, której numer już ustalono: "
    "dopisz wskaźnik do indicator_list.csv i uruchom pim sources indicators.",
    "Workbook {name} ('{subject}') has no variable of the list of indicators whose number is "
    "known: add the indicator to indicator_list.csv and run pim sources indicators.",
)


@table_asset(IndicatorVariables)
def indicator_variables(house: House) -> pl.DataFrame:
    """The list, and beside each line what the last fetch found for it."""
    return list_with_variables(_listed(house), _store(house).variables())


@bulk_table_asset(Indicators, needs=(Cities, IndicatorVariables))
def indicators(house: House) -> Iterator[pl.DataFrame]:
    """The newest revision of every kept value."""
    return _rows(house, pl.col("newest"))


@bulk_table_asset(IndicatorRevisions, needs=(Cities, IndicatorVariables))
def indicator_revisions(house: House) -> Iterator[pl.DataFrame]:
    """All kept values that were corrected later."""
    return _rows(house, pl.col("newest").not_())


with warnings.catch_warnings():
    # Dagster calls one run for all partitions beta. A run a partition would ask every city for
    # every theme apart: fourteen times as many calls.
    warnings.simplefilter("ignore", dg.BetaWarning)

    @dg.asset(
        key="bdl_observations",
        partitions_def=dg.StaticPartitionsDefinition([theme.value for theme in IndicatorTheme]),
        backfill_policy=dg.BackfillPolicy.single_run(),
        group_name=FETCHING,
        kinds={"parquet"},
        owners=OWNERS,
        description="Wartości wskaźników pobrane z Banku Danych Lokalnych, z wszystkimi rewizjami; "
        "partycja to dziedzina.\n\nEN: Values of indicators fetched from the Local Data Bank, with "
        "all revisions; a partition is a theme.",
    )
    def bdl_observations(
        context: dg.AssetExecutionContext, house: dg.ResourceParam[House]
    ) -> dg.MaterializeResult[None]:
        """Fetch what is due of the themes that the run was given."""
        with explained(house, "bdl_observations"):
            fetched = fetch_themes(
                house,
                frozenset(context.partition_keys),
                lambda text: context.log.info(f"{text.pl} / {text.en}"),
            )
        found = {name: count for name, count in fetched.as_dict().items() if isinstance(count, int)}
        unresolved = [one.wanted.indicator_id for one in fetched.unresolved]
        return dg.MaterializeResult(metadata={**found, "unresolved": ", ".join(unresolved) or "-"})


def planned_themes(house: House, themes: frozenset[str]) -> tuple[int, dict[str, int]]:
    """How many cities a fetch asks for, and how many indicators of each theme.

    Raises PimError `PIM-WH-006` before the first build, which makes the list of cities.
    """
    cities, _ = _cities(house)
    found = [one.theme.value for one in wanted_of(_listed(house))]
    return cities.height, {theme: found.count(theme) for theme in sorted(themes)}


def fetch_themes(house: House, themes: frozenset[str], say: "Say") -> "Fetched":
    """Fetch the indicators of some themes for all participating cities.

    Raises PimError `PIM-WH-006` before the first build, which makes the list of cities.
    """
    # Imported here: a build asks nobody, and the client takes a tenth of a second.
    from sources.bdl.fetching import fetch

    cities, units = _cities(house)
    fetched = fetch(
        folder_below(house.folder.snapshots),
        [one for one in wanted_of(_listed(house)) if one.theme.value in themes],
        {city: [terc] for city, terc in cities.select(Cities.city_id.col, Cities.terc.col).rows()},
        known=units,
        key=house.bdl_key,
        base=house.bdl_url,
        say=say,
    )
    take_workbooks(house, say)
    return fetched


def take_workbooks(house: House, say: "Say") -> None:
    """Add the values of all kept workbooks of the website to those of the service.

    Raises PimError `PIM-WH-006` before the first build, and `PIM-BDL-012` to `-016`.
    """
    snapshots = Store(house.folder.snapshots)
    kept = snapshots.kept("bdl")
    if not kept:
        return
    from sources.bdl.from_export import merge_export, observations_of_export, variables_of_export
    from sources.bdl.workbook import read_export

    _, units = _cities(house)
    store = _store(house)
    for one in kept:
        export = read_export(snapshots.path(one).read_bytes(), one.name)
        meant = variables_of_export(export, store.variables(), _listed(house))
        if meant is None:
            say(_NOT_LISTED.fill(name=one.name, subject=export.subject))
            continue
        subject_id, variables = meant
        rows = observations_of_export(
            export, variables, units, retrieved_on=one.retrieved.date(), sha256=one.sha256
        )
        counts = merge_export(store, subject_id, rows)
        say(_TAKEN.fill(name=one.name, new=counts.new, revised=counts.revised))


def _cities(house: House) -> tuple[pl.DataFrame, list[CityUnit]]:
    """The cities of the programme, and the units that they are known to be."""
    frames = house.load((Cities, CityCodes))
    cities, codes = frames[Cities.name], frames[CityCodes.name]
    system = CityCodes.code_system.col
    gminas, powiats = (
        codes.filter(system == one) for one in (CodeSystem.BDL_GMINA, CodeSystem.BDL_POWIAT)
    )
    return cities, known_units(gminas, powiats, cities)


def _rows(house: House, wanted: pl.Expr) -> Iterator[pl.DataFrame]:
    """The kept values of all partitions that there are, in pieces."""
    store = _store(house)
    cities = house.load((Cities,))[Cities.name]
    variables, listed = store.variables(), _listed(house)
    for piece in with_newest(store.pieces()):
        yield rows_of(piece.filter(wanted), variables, listed, cities)


def _listed(house: House) -> pl.DataFrame:
    return read_facts(house.facts / LIST, shown_as=f"{house.facts.name}/{LIST}")


def _store(house: House) -> BdlStore:
    return BdlStore(folder_below(house.folder.snapshots))
