"""Whether two releases say the same, whatever their version and date."""

from pathlib import Path

from exports.release.manifest import content_id
from exports.release.stamp import NEUTRAL, Stamp, is_stamped, restamped
from exports.release.told import Told


def data_id(staging: Path, told: Told) -> str:
    """One id for what the packages of a staged tree say, whatever their version and date.

    Two releases with the same id have nothing new for anyone. Raises PimError `PIM-REL-002`
    where a file is not what the build left.
    """
    old = Stamp(told.version, told.date)
    digests: dict[str, str] = {}
    for path, file in told.files.items():
        if is_stamped(path):
            text = restamped(path, (staging / path).read_text(encoding="utf-8"), old, NEUTRAL)
            digests[path] = content_id({path: text})
        elif file.sha256 is not None:
            digests[path] = file.sha256
    return content_id(digests)
