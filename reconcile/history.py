"""Gminas followed through full states of the TERC register: who is who."""

from datetime import date

import polars as pl

from reconcile.identity import code_spans
from schemas.errors import PimError
from schemas.tables.city_register import GminaKind
from schemas.tables.city_transitions import Change
from schemas.text import Text

KINDS = {
    "1": GminaKind.URBAN.value,
    "2": GminaKind.RURAL.value,
    "3": GminaKind.URBAN_RURAL.value,
}
_RIGHTS = "na prawach powiatu"
ATTRIBUTES = {
    "terc": pl.String(),
    "gmina_name": pl.String(),
    "gmina_kind": pl.String(),
    "powiat_rights": pl.Boolean(),
    "powiat_code": pl.String(),
    "powiat_name": pl.String(),
    "voivodeship_name": pl.String(),
}
"""What a gmina is in one state. A new version begins where any of it changes."""
OBSERVED = {"state_date": pl.Date(), "unit": pl.String(), "city_id": pl.String(), **ATTRIBUTES}
"""One gmina in one state. `unit` is its permanent identifier or, without one, its first code."""


def gminas_of(units: pl.DataFrame) -> pl.DataFrame:
    """Whole gminas of one or more full states: `state_date` and the columns of `ATTRIBUTES`.

    `units` has the columns of `Units`, of all states one below the other.
    """
    parents = units.select("state_date", parent="terc", name="unit_name", what="unit_type")
    gminas = units.filter(pl.col("kind").is_in(list(KINDS))).with_columns(
        powiat_code=pl.col("terc").str.slice(0, 4), voivodeship=pl.col("terc").str.slice(0, 2)
    )
    joined = gminas.join(
        parents, left_on=["state_date", "powiat_code"], right_on=["state_date", "parent"]
    ).join(
        parents.drop("what"),
        left_on=["state_date", "voivodeship"],
        right_on=["state_date", "parent"],
        suffix="_voivodeship",
    )
    return joined.select(
        "state_date",
        "terc",
        gmina_name="unit_name",
        gmina_kind=pl.col("kind").replace_strict(KINDS),
        powiat_rights=pl.col("what").str.ends_with(_RIGHTS),
        powiat_code="powiat_code",
        powiat_name="name",
        voivodeship_name=pl.col("name_voivodeship").str.to_lowercase(),
    ).sort("state_date", "terc")


def identify(gminas: pl.DataFrame, ids: pl.DataFrame, transitions: pl.DataFrame) -> pl.DataFrame:
    """The gminas of all states with `unit` and `city_id`: columns of `OBSERVED`.

    From state to state a gmina is followed by a reviewed change of its code, else by the same
    code, else by the same six digits (only its kind changed), and never by its name. The chain
    takes the identifier that any of its codes has. Raises PimError `PIM-CIT-001` where that
    gives one gmina two identifiers, or two gminas one.
    """
    chained: list[pl.DataFrame] = []
    before = pl.DataFrame(schema={"terc": pl.String(), "chain": pl.String()})
    last: date | None = None
    for day in gminas.get_column("state_date").unique().sort():
        now = gminas.filter(state_date=day).select("terc")
        links = before.select("terc", "chain").clear()
        if last is not None:
            links = _links(before, now, _between(transitions, last, day))
        first = pl.format("{}@{}", "terc", pl.lit(day))
        before = now.join(links, on="terc", how="left").with_columns(
            pl.coalesce("chain", first).alias("chain")
        )
        chained.append(before.with_columns(state_date=pl.lit(day)))
        last = day
    if not chained:
        return pl.DataFrame(schema=OBSERVED)
    chains = pl.concat(chained)
    named = chains.join(_named(chains, code_spans(ids, transitions)), on="chain", how="left")
    return (
        gminas.join(named, on=["state_date", "terc"])
        .with_columns(unit=pl.coalesce("city_id", "chain"))
        .select(list(OBSERVED))
        .sort("state_date", "terc")
    )


def _between(transitions: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Changes that may have been made after one day and by another, in order."""
    after = pl.col("changed_after").fill_null(date.min)
    return transitions.filter((pl.col("changed_by") > first) & (after < last)).sort("changed_by")


def _links(before: pl.DataFrame, now: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Which code of the later state goes on which chain: `terc`, `chain`."""
    kind = pl.col("change")
    moves = changes.filter(kind.is_in([Change.KIND.value, Change.RECODED.value]))
    ends = changes.filter(kind.is_in([Change.ABOLISHED.value, Change.MERGED.value]))
    births = changes.filter(kind.is_in([Change.CREATED.value, Change.SPLIT.value]))
    # A code that ended and came again within the interval is another gmina's by then.
    reused = ends.join(births, left_on="from_terc", right_on="to_terc").select(terc="from_terc")
    followed = _followed(before.join(reused, on="terc", how="anti"), now, moves)
    same = followed.join(now, on="terc")
    old = followed.join(same, on="chain", how="anti").select("chain", _stem())
    fresh = births.select(terc="to_terc").drop_nulls()
    new = now.join(same, on="terc", how="anti").join(fresh, on="terc", how="anti")
    kin = new.with_columns(_stem()).join(old, on="stem").select("terc", "chain")
    return pl.concat([same.select("terc", "chain"), kin])


def _stem() -> pl.Expr:
    return pl.col("terc").str.slice(0, 6).alias("stem")


def _followed(before: pl.DataFrame, now: pl.DataFrame, moves: pl.DataFrame) -> pl.DataFrame:
    """Chains with the code that reviewed changes lead to, until one that the state has."""
    steps = moves.unique("from_terc", keep="first", maintain_order=True).select(
        terc="from_terc", to="to_terc"
    )
    followed = before.select("terc", "chain")
    for _ in range(moves.height):
        there = pl.col("terc").is_in(now.get_column("terc").implode())
        joined = followed.join(steps, on="terc", how="left")
        moved = joined.select(
            pl.when(there).then("terc").otherwise(pl.coalesce("to", "terc")).alias("terc"), "chain"
        )
        if moved.sort("chain").equals(followed.sort("chain")):
            break
        followed = moved
    return followed


def _named(chains: pl.DataFrame, spans: pl.DataFrame) -> pl.DataFrame:
    """The identifier of each chain: `chain`, `city_id`."""
    day = pl.col("state_date")
    held = (pl.col("after").is_null() | (day > pl.col("after"))) & (
        pl.col("before").is_null() | (day < pl.col("before"))
    )
    matched = chains.join(spans, on="terc").filter(held)
    named = matched.select("chain", "city_id").unique()
    doubtful = pl.concat(
        [
            named.filter(pl.col("chain").is_duplicated()).get_column("city_id"),
            matched.filter(pl.struct("state_date", "city_id").is_duplicated())
            .get_column("city_id")
            .unique(),
            _twice(chains, named),
        ]
    )
    if not doubtful.is_empty():
        listed = ", ".join(doubtful.unique().sort().head(5))
        raise PimError(
            "PIM-CIT-001",
            Text(
                "Identyfikatory gmin są sprzeczne ze stanami rejestru.",
                "Identifiers of gminas do not fit the states of the register.",
            ),
            where="city_ids.csv, known_transitions.csv",
            why=Text(
                f"Jedna gmina miałaby dwa identyfikatory albo dwie gminy jeden: {listed}.",
                f"One gmina would have two identifiers, or two gminas one: {listed}.",
            ),
            fix=Text(
                "Popraw w tych plikach kody i daty wymienionych identyfikatorów.",
                "Mend the codes and days of these identifiers in the two files.",
            ),
        )
    return named


def _twice(chains: pl.DataFrame, named: pl.DataFrame) -> pl.Series:
    """Identifiers that two gminas of the same state would have."""
    rows = chains.join(named, on="chain").select("state_date", "city_id")
    return rows.filter(rows.is_duplicated()).get_column("city_id").unique()
