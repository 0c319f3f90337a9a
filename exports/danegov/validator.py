"""The portal's own validator, in an environment of its own: goodtables is unmaintained."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from exports.danegov.case import TableValidator
from exports.danegov.results import TableSeen
from schemas.errors import PimError
from schemas.text import Text

_SCRIPT = Path(__file__).with_name("goodtables_judge.py")
_SECONDS = 600
"""For all files together; each takes some milliseconds."""


def installed_validator(python: Path) -> TableValidator | None:
    """The validator that `python` (of `.venv-portal`) can run; None where there is none.

    It raises PimError `PIM-PRT-005` where it fails as a program, and never for a bad file.
    """
    if not python.is_file():
        return None

    def validate(
        paths: Sequence[Path], signs: Mapping[Path, Sequence[str]]
    ) -> Mapping[Path, TableSeen]:
        asked = [{"path": str(path), "signs": list(signs[path])} for path in paths]
        answer = _answer(python, json.dumps({"files": asked}))
        return dict(zip(paths, answer, strict=True))

    return validate


def _answer(python: Path, question: str) -> list[TableSeen]:
    try:
        # Our own script, by the Python of the setting; paths go in by stdin and no shell is asked.
        done = subprocess.run(  # noqa: S603
            [str(python), "-I", str(_SCRIPT)],
            input=question,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=_SECONDS,
            check=True,
        )
        told: object = json.loads(done.stdout)
        files = told["files"] if isinstance(told, dict) else []
        return [TableSeen(tuple(file["types"]), tuple(file["errors"])) for file in files]
    except subprocess.CalledProcessError as error:
        raise _failed(str(error.stderr).strip().rpartition("\n")[2][:300]) from error
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError, TypeError) as error:
        raise _failed(str(error)[:300]) from error


def _failed(why: str) -> PimError:
    return PimError(
        "PIM-PRT-005",
        Text("Walidator portalu nie zadziałał.", "The portal's validator could not be run."),
        why=Text(why, why),
        fix=Text(
            "Zainstaluj go od nowa: make portal-validator.",
            "Install it anew: make portal-validator.",
        ),
    )
