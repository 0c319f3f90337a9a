"""Releases of two small tables, for tests: what a build would leave, and versions made of it."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from exports.package import write_package
from exports.publication import Publication
from exports.release.compose import Composed, compose
from exports.release.manifest import MANIFEST, manifest
from exports.release.plan import Database, Plan
from exports.release.pointer import drafted, freeze, point
from exports.release.signing import Signer
from exports.release.told import read_manifest
from exports.release.verify import Verdict, verify
from exports.release.versions import Version, next_version, versions_in
from exports.release.withdrawal import Withdrawal
from schemas.datasets import DataSet
from schemas.files import write_json
from schemas.table import Table
from schemas.text import LANGS
from tests.exports.sample import SAMPLE, TABLES, Visits, frames, parquet
from warehouse.content import content_hash
from warehouse.database import assemble
from warehouse.stamping import restamp

DAY = date(2026, 11, 24)
DATASETS: list[tuple[DataSet, tuple[type[Table], ...]]] = [(SAMPLE, TABLES)]
DATABASE = Database(content_hash, restamp)

Frames = Mapping[str, pl.DataFrame]


def enough() -> dict[str, pl.DataFrame]:
    """The sample rows, and so many visits that their CSV is large enough for the portal."""
    found = frames()
    more = pl.DataFrame(
        [("plc-0010", "small", number, None, None) for number in range(100, 160)],
        schema=Visits.schema(),
        orient="row",
    )
    return found | {"visits": pl.concat([found["visits"], more])}


def later(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """One place more, one visit less, one name corrected, one population known."""
    places = frames["places"]
    more = places.head(1).with_columns(
        pl.lit("plc-0011").alias("place_id"), pl.lit("Żory").alias("place_name")
    )
    changed = places.with_columns(
        pl.when(pl.col("place_id") == "plc-0001")
        .then(pl.lit(7))
        .otherwise("people")
        .cast(pl.Int64)
        .alias("people"),
        pl.when(pl.col("place_id") == "plc-0002")
        .then(pl.lit("Łódź"))
        .otherwise("place_name")
        .alias("place_name"),
    )
    return frames | {
        "places": pl.concat([changed, more]),
        "visits": frames["visits"].filter(pl.col("number") != 159),
    }


@dataclass
class Place:
    """A data folder as far as releases need one."""

    root: Path
    signer: Signer | None = None
    withdrawals: tuple[Withdrawal, ...] = ()

    @property
    def public(self) -> Path:
        """What the public sees."""
        return self.root / "public"

    @property
    def releases(self) -> Path:
        """All versions."""
        return self.root / "releases"

    @property
    def current(self) -> Path | None:
        """The tree of the current version."""
        return self.public.resolve() if self.public.is_symlink() else None

    def build(self, given: Frames | None = None, day: date = DAY) -> None:
        """Leave what a build of these rows leaves."""
        staging, rows = self.root / "work" / "staging", self.root / "work" / "publishable"
        shutil.rmtree(self.root / "work", ignore_errors=True)
        ordered = {
            table.name: (given or enough())[table.name].sort([c.name for c in table.key])
            for table in TABLES
        }
        paths = parquet(rows, ordered)
        publication = Publication(str(Version.of_month(day)), day)
        for lang in LANGS:
            folder = staging / SAMPLE.slug if lang == "pl" else staging / "en" / SAMPLE.slug
            write_package(SAMPLE, TABLES, paths, lang, folder, publication)
        database = staging / "pim.duckdb"
        assemble(database, TABLES, paths, meta=publication.facts())
        content = {"pim.duckdb": content_hash(database)}
        described = manifest(staging, facts=publication.facts(), content=content)
        write_json(staging / MANIFEST, described)

    def plan(self, day: date = DAY) -> Plan:
        """The plan of the next version."""
        version = next_version(day, versions_in(self.releases))
        return Plan(
            staging=self.root / "work" / "staging",
            rows=self.root / "work" / "publishable",
            releases=self.releases,
            publication=Publication(str(version), day),
            datasets=DATASETS,
            database=DATABASE,
            current=self.current,
            withdrawals=self.withdrawals,
            facts={"revision": None, "snapshots": None},
            signer=self.signer,
        )

    def release(self, day: date = DAY, change: Callable[[Plan], Plan] = lambda p: p) -> Composed:
        """Make the next version and make it current."""
        self.releases.mkdir(parents=True, exist_ok=True)
        plan = change(self.plan(day))
        final = self.releases / plan.publication.version
        with drafted(final) as draft:
            composed = compose(plan, draft)
            freeze(draft, final)
        point(self.public, final)
        return replace(composed, tree=final)


def judged(tree: Path, key: str = "") -> Verdict:
    """The verdict on a release."""
    return verify(tree, content_hash, key=key)


def rules(tree: Path, key: str = "") -> set[str]:
    """The names of the rules that a release breaks."""
    return {problem.rule for problem in judged(tree, key).problems}


def reseal(tree: Path) -> None:
    """Write a manifest that fits a tree which was changed: what a forger without key can do."""
    told = read_manifest(tree)
    kept = tree / "versions" / told.version / MANIFEST
    kept.unlink()
    facts = {
        name: fact for name, fact in told.facts.items() if name not in ("format", "content_id")
    }
    content = {"pim.duckdb": content_hash(tree / "pim.duckdb")}
    described = manifest(tree, facts=facts, content=content)
    (tree / MANIFEST).unlink()
    write_json(tree / MANIFEST, described)
    shutil.copyfile(tree / MANIFEST, kept)
    from exports.release.compose import write_sums

    write_sums(tree)
