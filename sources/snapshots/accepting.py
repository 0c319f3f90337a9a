"""From a capture to a snapshot: judged, compared with what is there, and kept or refused.

The last good state stays in use whatever comes: the lock moves only to a whole capture that was
believed, with a state at least as new.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from schemas.errors import PimError
from schemas.files import sha256
from schemas.text import Text
from sources.catalogue import Judgement, Source
from sources.sheets import OLE
from sources.snapshots.provenance import Provenance
from sources.snapshots.refusals import empty, shrank, too_large, truncated
from sources.snapshots.store import Store, safe_name
from sources.snapshots.verdicts import MEANING, NOTHING, Verdict

CUTS = (65_536, 1_048_576)
"""Lines that spreadsheets hold: an old one, and one of today."""


@dataclass(frozen=True)
class Capture:
    """Bytes that came, and what is known of them before they are looked at."""

    path: Path
    name: str
    fetched: bool
    address: str = ""
    requested: date | None = None
    media_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of one capture or try."""

    source: str
    verdict: Verdict
    provenance: Provenance | None = None
    """Of the capture, where it is kept or was there already."""
    error: PimError | None = None
    """Why it was refused, or not fetched."""
    locked: bool = False
    """Whether the lock names this capture."""
    spare: bool = True
    """Whether there is a good state to go on with."""

    @property
    def meaning(self) -> Text:
        """The verdict in words."""
        if self.spare or self.verdict not in (Verdict.REFUSED, Verdict.FAILED):
            return MEANING[self.verdict]
        return NOTHING[self.verdict]


def take(store: Store, source: Source, capture: Capture, *, allow_loss: bool = False) -> Outcome:
    """Judge a capture and keep it, or refuse it with the reason; then note how it went.

    Raises PimError `PIM-SNP-003` where what is in use is damaged; a refusal does not raise.
    """
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        judgement = _judge(source, capture)
        found = _provenance(source, capture, judgement, now)
        with store.writing():
            outcome = _settle(store, source, found, capture, allow_loss)
            _note(store, outcome, now)
    except PimError as error:
        if error.code == "PIM-SNP-003":
            raise
        spare = store.in_use(source.name) is not None
        outcome = Outcome(source.name, Verdict.REFUSED, error=error, spare=spare)
        verdict = {
            "source": source.name,
            "name": capture.name,
            "address": capture.address,
            "retrieved": now.isoformat(),
            "error": error.as_dict(),
        }
        with store.writing():
            store.refuse(source.name, capture.path, capture.name, verdict)
            _note(store, outcome, now)
    return outcome


def confirm(store: Store, source: Source) -> Outcome:
    """Note that the source said itself: nothing has changed."""
    now = datetime.now(UTC).replace(microsecond=0)
    used = store.in_use(source.name)
    outcome = Outcome(source.name, Verdict.UNCHANGED, provenance=used, locked=used is not None)
    with store.writing():
        _note(store, outcome, now)
    return outcome


def fail(store: Store, source: Source, error: PimError) -> Outcome:
    """Note that the source could not be fetched."""
    now = datetime.now(UTC).replace(microsecond=0)
    spare = store.in_use(source.name) is not None
    outcome = Outcome(source.name, Verdict.FAILED, error=error, spare=spare)
    with store.writing():
        _note(store, outcome, now)
    return outcome


def _judge(source: Source, capture: Capture) -> Judgement:
    size = capture.path.stat().st_size
    if size == 0:
        raise empty(capture.name)
    if size > source.max_bytes:
        raise too_large(capture.name, size, source.max_bytes)
    judgement = source.judge(capture.path, capture.name)
    if judgement.rows is not None:
        if judgement.rows <= 0 and not source.may_be_empty:
            raise empty(capture.name)
        # With or without its header the file may fill the sheet to the last line.
        if judgement.rows in CUTS or judgement.rows + 1 in CUTS:
            raise truncated(capture.name, judgement.rows)
    return judgement


def _settle(
    store: Store, source: Source, found: Provenance, capture: Capture, allow_loss: bool
) -> Outcome:
    """Keep a capture that was believed, and move the lock where it is the newest whole one."""
    in_use = store.in_use(source.name)
    for kept in store.kept(source.name):
        if kept.member_sha256 == found.member_sha256 and kept.whole == found.whole:
            found = kept
    if in_use is not None and found.member_sha256 == in_use.member_sha256:
        return Outcome(source.name, Verdict.UNCHANGED, in_use, locked=True)
    if not found.whole:
        store.keep(found, capture.path)
        return Outcome(source.name, Verdict.PART, found)
    older = in_use is not None and _older(found.state_date, in_use.state_date)
    if older:
        store.keep(found, capture.path)
        return Outcome(source.name, Verdict.HISTORY, found)
    before = in_use.rows if in_use is not None else None
    if before is not None and found.rows is not None and not allow_loss:
        least = before * (1 - source.may_lose)
        if found.rows < least:
            raise shrank(capture.name, found.rows, before)
    store.keep(found, capture.path)
    store.use(found)
    return Outcome(source.name, Verdict.ACCEPTED, found, locked=True)


def _older(state: date | None, than: date | None) -> bool:
    return state is not None and than is not None and state < than


def _note(store: Store, outcome: Outcome, now: datetime) -> None:
    before = store.status(outcome.source)
    store.note(
        outcome.source,
        {
            "checked": now.isoformat(),
            "verdict": str(outcome.verdict),
            "confirmed": now.isoformat() if outcome.verdict.confirms else before.get("confirmed"),
            "error": outcome.error.as_dict() if outcome.error else None,
        },
    )


def _provenance(
    source: Source, capture: Capture, judgement: Judgement, now: datetime
) -> Provenance:
    # eTERYT names every answer as it likes, so a type that is not expected is not believed.
    said = capture.media_type in source.media_types
    return Provenance(
        source=source.name,
        file=safe_name(capture.name),
        name=capture.name,
        fetched=capture.fetched,
        address=capture.address or source.page,
        requested=capture.requested,
        file_date=judgement.file_date,
        state_date=judgement.state_date,
        retrieved=now,
        media_type=capture.media_type if said else media_type_of(capture.path),
        bytes=capture.path.stat().st_size,
        sha256=sha256(capture.path),
        member=judgement.member,
        member_sha256=judgement.member_sha256,
        rows=judgement.rows,
        whole=judgement.whole,
        publisher=source.publisher,
        licence=source.licence.name,
        licence_url=source.licence.url,
        publishable=source.licence.publishable,
        attribution=source.attribution,
        etag=capture.etag,
        last_modified=capture.last_modified,
    )


def media_type_of(path: Path) -> str:
    """The media type by the first bytes; for files whose server did not say it."""
    with path.open("rb") as file:
        head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"PK"):
        inside = b"[Content_Types].xml" in head or b"xl/" in head
        office = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return office if inside else "application/zip"
    if head.startswith(OLE):
        return "application/vnd.ms-excel"
    if head.startswith(b"<"):
        return "application/xml"
    return "application/json" if head.startswith((b"{", b"[")) else "text/csv"
