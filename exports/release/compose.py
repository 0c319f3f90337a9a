"""Laying out a release: the staged tree, everything published before, and what tells of it.

The steps are in the order in which one needs the other; the manifest is last, so that a folder
with one is whole.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.danegov.feed import write_feed
from exports.danegov.rules import FOLDER as DANEGOV
from exports.dcat.catalogues import write_catalogues, write_descriptions
from exports.landing.page import write_pages
from exports.listing import Listing
from exports.release.changes import Changes
from exports.release.draft import Draft
from exports.release.entries import entry_facts, list_offers
from exports.release.history import VERSIONS, write_changes, write_history
from exports.release.identity import data_id
from exports.release.manifest import (
    MANIFEST,
    PUBLIC_KEY,
    SUMS,
    files_below,
    manifest,
    outside_manifest,
)
from exports.release.offers import POOL
from exports.release.plan import Plan
from exports.release.stamp import Stamp, is_stamped, restamped
from exports.release.told import Told, read_manifest
from exports.release.versions import Version, versions_in
from exports.release.withdrawal import Withdrawal, covering, refuse_built, tombstones
from schemas.errors import PimError
from schemas.files import sha256, write_json, write_text
from schemas.text import Text


@dataclass(frozen=True)
class Composed:
    """A release that is laid out, and may be judged and made current."""

    tree: Path
    listing: Listing
    changes: Changes
    hashes: Mapping[str, str]
    """sha256 of the files, taken while they were laid out."""


def compose(plan: Plan, tree: Path) -> Composed:
    """Lay out the release in `tree`, a folder that is not there yet.

    Raises PimError `PIM-REL-002` (the staged tree is not what the build left), `PIM-REL-006`
    (an address would disappear), `PIM-REL-007` (a withdrawn address is still built), and what
    the renderings raise.
    """
    told = read_manifest(plan.staging)
    before = read_manifest(plan.current) if plan.current else None
    refuse_built(plan.withdrawals, told.files)
    draft = Draft(tree, plan.current)
    tree.mkdir(parents=True)
    contents = _stage(plan, told, draft)
    listing, steps = list_offers(plan, draft, before)
    write_feed(listing, tree / DANEGOV)
    write_catalogues(listing, tree)
    write_descriptions(listing, tree)
    write_pages(listing, tree)
    draft.note_new()
    # Bytes that were withdrawn have the same address when they are made again.
    refuse_built(plan.withdrawals, draft.hashes)
    changes = write_changes(plan, draft, before, steps)
    _carry(plan, draft)
    write_history(plan, draft)
    tombstones(draft, plan.withdrawals)
    if before is not None:
        _refuse_lost(before, draft, contents, plan.withdrawals)
    facts = {
        **plan.publication.facts(),
        "base_url": plan.publication.base_url,
        "previous": before.version if before else None,
        "data_id": data_id(plan.staging, told),
        **plan.facts,
        "datasets": [entry_facts(entry) for entry in listing.entries],
        "withdrawn": [one.as_dict() for one in plan.withdrawals],
    }
    _seal(plan, draft, facts, contents)
    read_now = {path: draft.hashes[path] for path in draft.read_now}
    return Composed(tree, listing, changes, read_now)


def _stage(plan: Plan, told: Told, draft: Draft) -> dict[str, str]:
    """Bring in the staged tree with the stamp of the release; hashes of DuckDB files' content."""
    old = Stamp(told.version, told.date)
    contents: dict[str, str] = {}
    for path, file in told.files.items():
        source = plan.staging / path
        try:
            if file.content_sha256 is not None:
                contents[path] = _database(
                    plan, source, draft.root / path, old, file.content_sha256
                )
                continue
            digest = sha256(source)
        except OSError as error:
            raise _not_as_built(path) from error
        if digest != file.sha256:
            raise _not_as_built(path)
        if is_stamped(path) and old != plan.stamp:
            text = source.read_text(encoding="utf-8")
            draft.text(path, restamped(path, text, old, plan.stamp))
        else:
            draft.put(source, path, digest)
    return contents


def _database(plan: Plan, source: Path, target: Path, old: Stamp, content: str) -> str:
    shutil.copyfile(source, target)
    if old == plan.stamp:
        return content
    plan.database.restamp(target, plan.publication.facts())
    return plan.database.content(target)


def _carry(plan: Plan, draft: Draft) -> None:
    """Link in every file that was ever published below `files/` and `versions/`.

    The newest version before this one has them all, since each takes over those of the one before.
    After a rollback files of later versions lie there, too: those are not of it.
    """
    taken = [one for one in versions_in(plan.releases) if one < plan.version]
    if not taken:
        return
    newest = plan.releases / str(taken[-1])
    told = read_manifest(newest)
    for folder in (POOL, VERSIONS):
        for name, source in files_below(newest / folder):
            path = f"{folder}/{name}"
            grave = path.rpartition("/")[0] in told.graves
            if path in draft.hashes or grave or covering(plan.withdrawals, path):
                continue
            known = told.files.get(path)
            if known or (folder == VERSIONS and Version.read(path.split("/")[1]) in taken):
                draft.take(source, path, known.sha256 if known else None)


def _refuse_lost(
    before: Told, draft: Draft, contents: Mapping[str, str], withdrawals: Sequence[Withdrawal]
) -> None:
    lost = [
        path
        for path in before.files
        if path not in draft.hashes and path not in contents and not covering(withdrawals, path)
    ]
    if lost:
        more = f" (+{len(lost) - 5})" if len(lost) > 5 else ""
        raise PimError(
            "PIM-REL-006",
            Text(
                "Zniknąłby adres, który był już opublikowany.",
                "An address that was published would disappear.",
            ),
            where=", ".join(lost[:5]) + more,
            why=Text(
                "Opublikowane adresy zostają na zawsze; znika tylko to, co świadomie wycofano.",
                "Published addresses stay for ever; only what was withdrawn on purpose goes.",
            ),
            fix=Text(
                "Przywróć tabelę albo wycofaj adres: pim release withdraw ADRES.",
                "Bring the table back, or withdraw the address: pim release withdraw ADDRESS.",
            ),
        )


def _seal(
    plan: Plan, draft: Draft, facts: Mapping[str, object], contents: Mapping[str, str]
) -> None:
    """Write the manifest, the checksums and the signatures."""
    own = f"{VERSIONS}/{plan.publication.version}/{MANIFEST}"
    described = manifest(
        draft.root, facts=facts, content=contents, known=draft.hashes, leave_out=(own,)
    )
    write_json(draft.root / MANIFEST, described)
    (draft.root / own).hardlink_to(draft.root / MANIFEST)
    write_sums(draft.root, draft.hashes)
    if plan.signer is not None:
        (draft.root / PUBLIC_KEY).write_bytes(plan.signer.public_key())
        for path in (MANIFEST, own, SUMS):
            plan.signer.sign(draft.root / path, f"pim {plan.stamp.version} {plan.stamp.date}")


def write_sums(tree: Path, known: Mapping[str, str] | None = None) -> None:
    """Write SHA256SUMS of a tree that has its manifest; `known` need not be taken again."""
    taken = known or {}
    lines = [
        f"{taken.get(path) or sha256(file)}  {path}\n"
        for path, file in files_below(tree)
        if path == MANIFEST or not outside_manifest(path)
    ]
    write_text(tree / SUMS, "".join(lines))


def _not_as_built(path: str) -> PimError:
    return PimError(
        "PIM-REL-002",
        Text(
            "To, co zbudowano, zostało potem zmienione.", "What was built has been changed since."
        ),
        where=path,
        fix=Text("Uruchom pim build --force.", "Run pim build --force."),
    )
