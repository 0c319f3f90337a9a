"""What a place to publish at can do, and how it fails."""

from collections.abc import Callable, Sequence
from typing import Protocol

from exports.targets.plan import Item, Plan
from schemas.errors import Exit, PimError
from schemas.text import Text

Sent = Callable[[Item], None]
"""Told of every file once it is there."""


class Target(Protocol):
    """A place to publish at. All methods raise PimError `PIM-TGT-…` with exit code 6."""

    def missing(self, plan: Plan) -> list[Item]:
        """What is not there yet with the same bytes, in the order of sending."""

    def send(self, plan: Plan, items: Sequence[Item], sent: Sent) -> bool:
        """Send what is missing and make the release current; False where it was already.

        Nothing that was published is deleted. When it is stopped, the next try goes on.
        """


def failed(where: str, reason: str) -> PimError:
    """The error `PIM-TGT-003`: the target refused, or could not be reached."""
    return PimError(
        "PIM-TGT-003",
        Text(
            "Cel publikacji odmówił albo nie odpowiada.",
            "The publish target refused or does not answer.",
        ),
        where=where,
        why=Text(reason, reason),
        fix=Text(
            "Sprawdź adres, uprawnienia i miejsce, potem powtórz polecenie: wyśle tylko to, "
            "czego brakuje.",
            "Check address, permissions and room, then repeat the command: it sends only what is "
            "missing.",
        ),
        exit_code=Exit.PUBLISH,
    )
