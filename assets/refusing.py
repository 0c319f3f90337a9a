"""Why a release cannot be made or approved, in words."""

from pathlib import Path

from schemas.errors import Exit, PimError
from schemas.text import Text
from warehouse.folder import DataFolder


def no_build(staging: Path, other: str) -> PimError:
    """The error `PIM-REL-001`; `other` names what differs from the build."""
    return PimError(
        "PIM-REL-001",
        Text("Nie ma z czego zrobić wydania.", "There is nothing to make a release of."),
        where=str(staging),
        why=Text(
            f"Od zbudowania zmieniło się: {other}."
            if other
            else "Ostatnie zasilenie się nie udało albo go nie było.",
            f"Changed since the build: {other}."
            if other
            else "The last build failed, or there was none.",
        ),
        fix=Text("Uruchom pim build.", "Run pim build."),
    )


def no_candidate(folder: DataFolder, version: str, since: str) -> PimError:
    """The error `PIM-REL-012`; `since` says which release became current meanwhile."""
    known = sorted(path.name for path in folder.candidates.glob("[!.]*"))
    return PimError(
        "PIM-REL-012",
        Text("Tego wydania nie można zatwierdzić.", "This release cannot be approved."),
        where=version,
        why=Text(
            f"Bieżące wydanie jest inne niż wtedy, gdy je przygotowano ({since}).",
            f"Another release is current than when it was made ({since}).",
        )
        if since
        else None,
        fix=Text(
            "Przygotuj je ponownie: pim release. Czekają: {known}.",
            "Make it again: pim release. Waiting: {known}.",
        ).fill(known=", ".join(known) or "-"),
        exit_code=Exit.USAGE,
    )


def not_written(releases: Path, error: OSError) -> PimError:
    """The error `PIM-REL-016`: the disk would not take the release."""
    reason = error.strerror or type(error).__name__
    return PimError(
        "PIM-REL-016",
        Text(
            "Wydania nie udało się zapisać. Bieżące zostaje.",
            "The release could not be written. The current one stays.",
        ),
        where=str(releases),
        why=Text(f"System odpowiedział: {reason}.", f"The system answered: {reason}."),
        fix=Text(
            "Zwolnij miejsce albo popraw uprawnienia i powtórz pim release.",
            "Free some room or mend permissions, and repeat pim release.",
        ),
        exit_code=Exit.PUBLISH,
    )
