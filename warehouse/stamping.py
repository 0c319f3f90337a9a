"""Writing facts of a release into a DuckDB file that is not published yet."""

from collections.abc import Mapping
from pathlib import Path

from warehouse.about import Meta
from warehouse.opening import opened


def restamp(path: Path, facts: Mapping[str, str]) -> None:
    """Put the values of `facts` into `_meta`, where the names are known; rows stay in place.

    The file must be the caller's alone: it is changed in place.
    """
    key, value = Meta.key_name.name, Meta.value.name
    with opened(path, read_only=False) as connection:
        connection.executemany(
            f'UPDATE {Meta.name} SET "{value}" = ? WHERE "{key}" = ? AND "{value}" <> ?',  # noqa: S608
            [[text, name, text] for name, text in sorted(facts.items())],
        )
        connection.execute("CHECKPOINT")
