"""Sending the current release to where the public reads it."""

from dataclasses import dataclass

from exports.targets.addresses import Secrets, target_of
from exports.targets.plan import Item, plan_of
from exports.targets.target import Sent
from pipelines.settings import Settings
from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.folder import DataFolder, nothing_built


@dataclass(frozen=True)
class Publication:
    """What `pim publish` did, or would do."""

    target: str
    version: str
    dry_run: bool
    changed: bool
    """Whether anything at the target is another than before; of a dry run, would be."""
    files: tuple[Item, ...]
    """What was sent, in its order."""
    unchanged: int
    """Files that were there already."""

    @property
    def bytes(self) -> int:
        """What was sent, in bytes."""
        return sum(item.bytes for item in self.files)

    def as_dict(self) -> dict[str, object]:
        """The same as JSON data."""
        return {
            "target": self.target,
            "version": self.version,
            "dry_run": self.dry_run,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "bytes": self.bytes,
            "files": [{"path": item.path, "bytes": item.bytes} for item in self.files],
        }


def publish(settings: Settings, address: str | None, *, dry_run: bool, sent: Sent) -> Publication:
    """Send what the target does not have; the setting `publish_target` where no address is given.

    Raises PimError `PIM-TGT-…` (exit 6 where the target fails), `PIM-WH-006` where nothing was
    built and `PIM-REL-015` for a damaged release.
    """
    where = address or settings.publish_target
    if not where:
        raise PimError(
            "PIM-TGT-005",
            Text("Nie wiadomo, dokąd publikować.", "It is not known where to publish."),
            fix=Text(
                "Podaj cel po pim publish albo w ustawieniu publish_target.",
                "Give a target after pim publish, or in the setting publish_target.",
            ),
            exit_code=Exit.USAGE,
        )
    target = target_of(where, _secrets(settings))
    public = DataFolder(settings.data).verify().public
    if not public.is_dir():
        raise nothing_built(public)
    plan = plan_of(public)
    missing = target.missing(plan)
    changed = bool(missing) if dry_run else target.send(plan, missing, sent)
    paths = {item.path for item in missing}
    return Publication(
        where,
        plan.version,
        dry_run,
        changed,
        tuple(missing),
        sum(item.path not in paths for item in plan.items),
    )


def _secrets(settings: Settings) -> Secrets:
    return Secrets(
        password=settings.publish_password.reveal(),
        s3_endpoint=settings.s3_endpoint,
        s3_region=settings.s3_region,
        s3_key_id=settings.s3_key_id.reveal(),
        s3_secret=settings.s3_secret.reveal(),
    )
