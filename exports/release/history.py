"""What a release changed, and what all before it did, as files of its tree."""

from collections.abc import Iterable
from pathlib import Path

from exports.release.changes import CHANGES, SCHEMA, Changes, SchemaStep, changes_of
from exports.release.changes_schema import CHANGES_SCHEMA
from exports.release.diff import english
from exports.release.draft import Draft
from exports.release.feeds import NAMES, atom, changelog
from exports.release.pages import changes_page
from exports.release.plan import Plan
from exports.release.told import Told
from exports.release.versions import Version
from exports.release.withdrawal import Withdrawal
from schemas.files import replacing
from schemas.text import LANGS

VERSIONS = "versions"
"""The folder of what stays of every release: its manifest, its changes, its page."""


def write_changes(
    plan: Plan, draft: Draft, before: Told | None, steps: list[SchemaStep]
) -> Changes:
    """Compare with the release before; write the data, the pages, the changelogs, the feeds."""
    version = plan.publication.version
    same = [
        table
        for table in plan.tables
        if before is not None and _same(english(Path(), table).as_posix(), before, draft)
    ]
    facts = {
        "version": version,
        "date": plan.stamp.date,
        "previous": before.version if before else None,
    }
    withdrawn = [one.sentence() for one in _newly(plan.withdrawals, before)]
    changes = changes_of(
        facts, plan.tables, plan.current, draft.root, same=same, schemas=steps, withdrawn=withdrawn
    )
    own = f"{VERSIONS}/{version}"
    draft.json(f"{own}/{CHANGES}", changes.data)
    tables = {table.name: table for table in plan.tables}
    for lang in LANGS:
        page = NAMES["page"].of(lang)
        draft.text(f"{own}/{page}", changes_page(changes.data, lang, tables))
        draft.keep(f"{own}/{page}", f"changes/{page}")
    draft.keep(f"{own}/{CHANGES}", f"changes/{CHANGES}")
    draft.json(f"changes/{SCHEMA}", CHANGES_SCHEMA)
    return changes


def _same(path: str, before: Told, draft: Draft) -> bool:
    return path in before.files and before.hash_of(path) == draft.hashes.get(path)


def _newly(withdrawals: Iterable[Withdrawal], before: Told | None) -> list[Withdrawal]:
    """The withdrawals that the release before did not know."""
    known = before.facts.get("withdrawn") if before else None
    listed = known if isinstance(known, list) else []
    return [one for one in withdrawals if one.as_dict() not in listed]


def write_history(plan: Plan, draft: Draft) -> None:
    """Write changelogs and feeds of all releases, newest first."""
    found = sorted(
        filter(None, (Version.read(path.name) for path in (draft.root / VERSIONS).iterdir())),
        reverse=True,
    )
    history = [draft.read(f"{VERSIONS}/{version}/{CHANGES}") for version in found]
    for lang in LANGS:
        draft.text(NAMES["changelog"].of(lang), changelog(history, lang))
        path = NAMES["feed"].of(lang)
        with replacing(draft.root / path) as temporary:
            temporary.write_bytes(atom(history, lang, plan.publication))
        draft.note(path)
