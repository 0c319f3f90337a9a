"""Snapshots of registers that are one file each, as rows of `RegisterStates`."""

from datetime import UTC

import polars as pl

from schemas.tables.register import RegisterName, RegisterStates, Terms
from sources.snapshots.store import Store

SOURCES = {
    RegisterName.POPULATION: Terms.GUS,
    RegisterName.BOUNDARIES: Terms.GUGIK,
}
"""Sources that published tables are made of, by their name, with the terms of their keeper.

Those of TERYT and LAU are known by their own readers.
"""


def states_in_use(store: Store) -> pl.DataFrame:
    """What is in use of `SOURCES`: a source that says no day is of the day of its retrieval."""
    rows = []
    for register, terms in SOURCES.items():
        used = store.in_use(register.value)
        if used is None:
            continue
        retrieved = used.retrieved.astimezone(UTC).replace(tzinfo=None)
        day = used.state_date or retrieved.date()
        rows.append(
            (
                f"{register.value}-{day}",
                register.value,
                day,
                used.file_date,
                retrieved,
                used.member,
                # Of a workbook the other one is that of its content, which nobody can repeat.
                used.sha256 if used.member == used.name else used.member_sha256,
                used.rows or 0,
                terms.value,
                None,
            )
        )
    return pl.DataFrame(rows, schema=RegisterStates.schema(), orient="row")
