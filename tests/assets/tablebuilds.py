"""All tables built from a folder of facts and one of documents: a build without its packages."""

import importlib
import pkgutil
from datetime import date
from pathlib import Path

import dagster as dg

import assets
from assets.house import House
from exports.publication import Publication
from schemas.registry import all_tables
from warehouse.folder import DataFolder


def assets_by_name() -> dict[str, dg.AssetsDefinition]:
    """Every asset of every module of `assets/`, by each of its keys."""
    return {
        key.to_user_string(): asset
        for module in pkgutil.iter_modules(assets.__path__, "assets.")
        for asset in vars(importlib.import_module(module.name)).values()
        if isinstance(asset, dg.AssetsDefinition)
        for key in asset.keys
    }


def build_tables(data: Path, facts: Path, documents: Path | None) -> House:
    """Build every table; the house holds what went wrong, the reports what was found."""
    names = {table.name for table in all_tables()}
    found = assets_by_name()
    publication = Publication(version="2026.1.0", date=date(2026, 1, 1))
    house = House(DataFolder(data).prepare(), facts, publication, documents=documents)
    with dg.DagsterInstance.ephemeral() as instance:
        done = dg.materialize(
            [asset for name, asset in sorted(found.items()) if name in names],
            instance=instance,
            resources={"house": house},
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            raise_on_error=False,
        )
    assert done.success, house.errors
    return house
