"""Names kept by hand for matching: other names of cities, and names that are no gmina."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from sources.facts import read_facts

FOLDER = Path(__file__).parent / "curated" / "names"


@dataclass(frozen=True)
class KnownNames:
    """What people call gminas, and what only sounds like one."""

    aliases: pl.DataFrame
    """alias, terc, language, period, source: former, foreign and usual short names."""
    lookalikes: list[str]
    """Places, rivers and words that a name might be taken for a gmina's."""


def read_names(folder: Path = FOLDER) -> KnownNames:
    """Read both lists; raises the errors of `sources.facts.read_facts`."""
    lookalikes = read_facts(folder / "lookalikes.csv", shown_as="names/lookalikes.csv")
    return KnownNames(
        aliases=read_facts(folder / "aliases.csv", shown_as="names/aliases.csv"),
        lookalikes=lookalikes.get_column("name").to_list(),
    )
