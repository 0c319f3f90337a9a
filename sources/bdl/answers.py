"""Answers as they came: immutable bytes by their sha256, and what was asked when.

An answer is kept with its ETag, so that the service can say "not modified" instead of sending
it again. The address is kept, the key is not: it travels in a header and never gets here.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from schemas.files import replacing, write_json


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of the last good answer to an address."""

    address: str
    sha256: str
    etag: str
    last_modified: str
    retrieved: str
    """When these bytes first came: ISO, UTC, seconds."""
    confirmed: str
    """When the service last gave them or said that they still hold."""


class AnswerStore:
    """The folder of answers. Writes are whole or not at all, so readers need no lock."""

    def __init__(self, folder: Path) -> None:
        self._bodies = folder / "bodies"
        self._index = folder / "index"

    def find(self, address: str) -> tuple[Kept, bytes] | None:
        """The last answer to an address, or None where it is missing or damaged."""
        try:
            facts = json.loads(self._entry(address).read_text(encoding="utf-8"))
            kept = Kept(**facts)
            body = self._body(kept.sha256).read_bytes()
        except (OSError, ValueError, TypeError):
            return None
        if kept.address != address or hashlib.sha256(body).hexdigest() != kept.sha256:
            return None
        return kept, body

    def keep(
        self, address: str, body: bytes, moment: float, *, etag: str, last_modified: str
    ) -> Kept:
        """Keep an answer that came at a moment (seconds since 1970)."""
        digest = hashlib.sha256(body).hexdigest()
        path = self._body(digest)
        if not path.is_file():
            with replacing(path) as temporary:
                temporary.write_bytes(body)
        known = self.find(address)
        now = as_iso(moment)
        first = known[0].retrieved if known and known[0].sha256 == digest else now
        kept = Kept(address, digest, etag, last_modified, first, now)
        write_json(self._entry(address), asdict(kept))
        return kept

    def confirm(self, kept: Kept, moment: float) -> Kept:
        """Note that the service said that an answer still holds."""
        confirmed = Kept(**{**asdict(kept), "confirmed": as_iso(moment)})
        write_json(self._entry(kept.address), asdict(confirmed))
        return confirmed

    def _body(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():
            raise ValueError("not a sha256")
        return self._bodies / digest[:2] / f"{digest}.json"

    def _entry(self, address: str) -> Path:
        name = hashlib.sha256(address.encode()).hexdigest()
        return self._index / name[:2] / f"{name}.json"


def as_iso(moment: float) -> str:
    """Seconds since 1970 as `2026-11-05T12:00:00`, UTC."""
    return datetime.fromtimestamp(int(moment), UTC).strftime("%Y-%m-%dT%H:%M:%S")


def age(kept: Kept, moment: float) -> float:
    """Seconds since the service last gave or confirmed an answer; never negative."""
    confirmed = datetime.fromisoformat(kept.confirmed).replace(tzinfo=UTC)
    return max(0.0, moment - confirmed.timestamp())
