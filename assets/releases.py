"""Making, moving and judging releases of a data folder: what `pim release` and Dagster share.

No Dagster here, so that the command line starts without it.
"""

import shutil
from dataclasses import replace
from datetime import date

from assets.house import House
from assets.inputs import MADE_OF, program_hash
from assets.judging import datasets, portal_findings
from assets.refusing import no_build, no_candidate, not_written
from assets.released import (
    Made,
    Outcome,
    Rules,
    current_version,
    nothing_new,
    waiting_build,
    withdrawals_of,
)
from exports.publication import Publication
from exports.release.compose import Composed, compose
from exports.release.manifest import MANIFEST
from exports.release.plan import Database, Plan
from exports.release.pointer import drafted, freeze, point, refuse_no_link
from exports.release.told import Told, read_manifest
from exports.release.verify import verify
from exports.release.versions import Version, next_version, versions_in
from schemas.errors import PimError
from schemas.text import Text
from warehouse.content import content_hash
from warehouse.folder import DataFolder
from warehouse.stamping import restamp

PROBLEMS_SHOWN = 10
DATABASE = Database(content_hash, restamp)


def make_release(
    house: House, rules: Rules, *, dry_run: bool = False, allow_loss: frozenset[str] = frozenset()
) -> Made:
    """Make the next version of what the last build left, judge it, and make it current.

    Nothing is made where the data are those of the current release, or of one that was rolled
    back. With `rules.approval` the candidate waits for `approve`. Raises PimError `PIM-REL-001`
    (no build is waiting), `-002`, `-003`, `-006` to `-009`, and `PIM-PUB-003`; what was current
    stays current.
    """
    with house.writing():
        folder = house.folder
        refuse_no_link(folder.public)
        told = _built(house)
        taken = versions_in(folder.releases)
        # A link that was lost does not make the next release the first.
        current = current_version(folder) or max(taken, default=None)
        withdrawals = withdrawals_of(folder)
        if current and (found := nothing_new(folder, current, taken, told, withdrawals)):
            if not dry_run:
                point(folder.public, folder.releases / str(current))
            return found
        day = rules.day or date.fromisoformat(told.date)
        version = str(next_version(day, taken))
        plan = Plan(
            staging=folder.staging,
            rows=folder.publishable,
            releases=folder.releases,
            publication=replace(house.publication, version=version, date=day),
            datasets=datasets(),
            database=DATABASE,
            current=folder.releases / str(current) if current else None,
            withdrawals=withdrawals,
            facts={"revision": rules.revision, **{name: told.facts.get(name) for name in MADE_OF}},
            signer=rules.signer,
        )
        try:
            return _made(folder, plan, rules, allow_loss, dry_run=dry_run)
        except OSError as error:
            raise not_written(folder.releases, error) from error


def _made(
    folder: DataFolder, plan: Plan, rules: Rules, allow_loss: frozenset[str], *, dry_run: bool
) -> Made:
    """Lay out what is planned, judge it, and make it current, or what is wanted instead."""
    version = plan.publication.version
    final = folder.releases / version
    with drafted(final) as draft:
        composed = compose(plan, draft)
        _refuse_loss(composed, allow_loss)
        _judge(composed, plan)
        made = _told(composed, plan)
        if dry_run:
            return replace(made, outcome="dry_run")
        if rules.approval:
            shutil.rmtree(folder.candidates, ignore_errors=True)
            folder.candidates.mkdir(parents=True)
            freeze(draft, folder.candidates / version)
            return replace(made, outcome="awaiting")
        freeze(draft, final)
    point(folder.public, final)
    return made


def approve(folder: DataFolder, version: str, *, dry_run: bool = False) -> Made:
    """Make the candidate `version` current; with `dry_run` only see that it could be.

    Raises PimError `PIM-REL-012` where there is no such candidate, or where another release has
    become current since it was made.
    """
    with folder.writing():
        candidate = folder.candidates / version
        if Version.read(version) is None or not (candidate / MANIFEST).is_file():
            raise no_candidate(folder, version, "")
        told = read_manifest(candidate)
        current = current_version(folder)
        if told.facts.get("previous") != (str(current) if current else None):
            raise no_candidate(folder, version, f"{told.facts.get('previous')} != {current}")
        if not dry_run:
            final = folder.releases / version
            freeze(candidate, final)
            point(folder.public, final)
        outcome: Outcome = "dry_run" if dry_run else "released"
        return Made(outcome, version, str(current) if current else None, files=len(told.files))


def _built(house: House) -> Told:
    told = waiting_build(house.folder)
    if told is None:
        raise no_build(house.folder.staging, "")
    wanted = _lasting(house.publication) | {"program": program_hash()}
    inputs = told.facts.get("inputs")
    program = inputs.get("program") if isinstance(inputs, dict) else None
    found = {name: told.text(name) for name in wanted} | {"program": program}
    if found != wanted:
        other = ", ".join(sorted(name for name in wanted if found[name] != wanted[name]))
        raise no_build(house.folder.staging, other)
    return told


def _lasting(publication: Publication) -> dict[str, str]:
    """What a build and its release must say alike."""
    return {
        name: text
        for name, text in publication.facts().items()
        if name not in ("version", "date", "citation")
    }


def _told(composed: Composed, plan: Plan) -> Made:
    return Made(
        "released",
        plan.publication.version,
        plan.current.name if plan.current else None,
        tuple(composed.changes.summary),
        str(composed.changes.data["severity"]),
        len(read_manifest(composed.tree).files),
        plan.signer is not None,
    )


def _refuse_loss(composed: Composed, allow_loss: frozenset[str]) -> None:
    # pandera, which the gate brings along, takes a second that `pim release list` need not pay.
    from schemas.gate import loss_findings

    lost = [
        f"{diff.table.name} ({diff.before} -> {diff.after})"
        for diff in composed.changes.diffs
        if diff.table.name not in allow_loss and loss_findings(diff.table, diff.after, diff.before)
    ]
    if lost:
        names = " ".join(f"--allow-loss {one.split(' ')[0]}" for one in lost)
        raise PimError(
            "PIM-REL-008",
            Text(
                "Tabela straciła zbyt wiele wierszy od ostatniego wydania.",
                "A table lost too many rows since the last release.",
            ),
            where=", ".join(lost),
            fix=Text(
                f"Jeśli tak ma być: pim release {names}. Jeśli nie, popraw źródło i zbuduj.",
                f"If that is right: pim release {names}. If not, mend the source and build.",
            ),
        )


def _judge(composed: Composed, plan: Plan) -> None:
    verdict = verify(composed.tree, content_hash, known=composed.hashes)
    found = [f"{p.place} ({p.rule})" for p in verdict.problems]
    # What is not even whole is not shown to the portal's rules.
    found = found or [f"dane.gov.pl {line}" for line in portal_findings(composed, plan)]
    if found:
        raise PimError(
            "PIM-REL-009",
            Text(
                "Nowe wydanie nie przeszło kontroli. Bieżące zostaje.",
                "The new release did not pass its check. The current one stays.",
            ),
            where="; ".join(found[:PROBLEMS_SHOWN]),
            fix=Text(
                "Popraw to, co wymieniono (punkty opisuje docs/dane-gov-pl.md), i zbuduj ponownie; "
                "jeśli to nie dane ani ustawienia, zgłoś błąd z tym opisem.",
                "Mend what is listed (docs/dane-gov-pl.md tells the points) and build again; if it "
                "is neither data nor settings, report it with this description.",
            ),
        )
