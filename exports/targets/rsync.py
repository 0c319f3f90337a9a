"""A server that is reached with rsync: over ssh, or an rsync daemon.

It gets the layout of `exports.targets.folder`: the release goes to `releases/<version>/`, which
nobody reads yet, then the link `public` is sent, which rsync replaces by a rename. What the release
before has is linked there and not sent again; what was sent before an interruption, neither.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.targets.plan import Item, Plan
from exports.targets.target import Sent, failed
from schemas.errors import Exit, PimError
from schemas.text import Text

_PATIENCE = 60
"""Seconds of silence after which rsync gives up."""
_LISTED = "--out-format=%i %n"


class Rsync:
    """Something that rsync can write to."""

    def __init__(self, address: str, password: str, shell: Sequence[str] = ()) -> None:
        """`address` as rsync wants it, without a final slash; `shell` starts ssh, if it does."""
        self._address = address
        # Our settings, secrets among them, are none of its business.
        ours = {name for name in os.environ if name.startswith("PIM_")}
        self._env = {name: os.environ[name] for name in os.environ.keys() - ours}
        self._env["LC_ALL"] = "C"
        if password:
            self._env["RSYNC_PASSWORD"] = password
        self._hidden = password
        self._shell = ["--rsh", " ".join(shell)] if shell else []

    def missing(self, plan: Plan) -> list[Item]:
        """What rsync would send, asked with the checksums of both sides."""
        with self._skeleton(plan) as folder:
            told = self._run(
                "--dry-run", "--recursive", "--checksum", _LISTED, f"{folder}/", self._address
            )
        if f"releases/{plan.version}/" in _names(told, "cd"):
            return list(plan.items)
        names = _names(self._send(plan, "--dry-run"), "<f", ">f")
        return [item for item in plan.items if item.path in names]

    def send(self, plan: Plan, items: Sequence[Item], sent: Sent) -> bool:
        """Send the release, the portal's files last, then move the link."""
        with self._skeleton(plan) as folder:
            self._run("--recursive", f"{folder}/", self._address)
            # Also where nothing is to be sent: the rest are second names of what is there.
            self._send(plan, "--exclude=/danegov/")
            self._send(plan)
            for item in items:
                sent(item)
            link = Path(folder) / "public"
            link.symlink_to(f"releases/{plan.version}")
            moved = self._run("--links", _LISTED, str(link), f"{self._address}/")
        return bool(items) or "public" in moved

    def _skeleton(self, plan: Plan) -> TemporaryDirectory[str]:
        """The folders that have to be there: rsync makes one level only."""
        folder = TemporaryDirectory(prefix="pim-publish-")
        (Path(folder.name) / "releases" / plan.version).mkdir(parents=True)
        return folder

    def _send(self, plan: Plan, *options: str) -> str:
        before = [f"--link-dest=../{plan.previous}"] if plan.previous else []
        return self._run(
            # Without times: what was written anew with the same bytes is linked all the same.
            *("--recursive", "--hard-links", "--perms", "--chmod=D755,F644", "--checksum"),
            *("--exclude=.*", "--partial-dir=.rsync-partial"),
            *before,
            *options,
            _LISTED,
            f"{plan.tree}/",
            f"{self._address}/releases/{plan.version}/",
        )

    def _run(self, *words: str) -> str:
        program = shutil.which("rsync")
        if program is None:
            raise PimError(
                "PIM-TGT-004",
                Text("Nie ma programu rsync.", "The program rsync is not installed."),
                where=self._address,
                fix=Text(
                    "Zainstaluj pakiet rsync i powtórz polecenie.",
                    "Install the package rsync and repeat the command.",
                ),
                exit_code=Exit.PUBLISH,
            )
        command = [program, f"--timeout={_PATIENCE}", *self._shell, *words]
        # Our own words; the address was read part by part in `exports.targets.addresses`.
        done = subprocess.run(  # noqa: S603
            command,
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            told = [line for line in done.stderr.splitlines() if line.strip()]
            reason = " ".join(told[:3])[:300] or f"rsync: {done.returncode}"
            raise failed(
                self._address, reason.replace(self._hidden, "***") if self._hidden else reason
            )
        return done.stdout


def _names(told: str, *beginnings: str) -> set[str]:
    """Names in what rsync itemizes (`<f+++++++++ name`), where the sign begins in such a way."""
    pairs = (line.partition(" ") for line in told.splitlines())
    return {name for sign, _, name in pairs if sign.startswith(beginnings)}
