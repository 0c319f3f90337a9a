"""Captures made for tests of snapshots."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from schemas.files import sha256
from schemas.text import Text
from sources.catalogue import Source, all_sources
from sources.snapshots.accepting import Capture, Outcome, take
from sources.snapshots.judging import text_table
from sources.snapshots.provenance import Provenance
from sources.snapshots.store import Store
from tests.sources.terytbytes import Row, csv_bytes, whole_terc

RETRIEVED = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
STEM = "TERC_Urzedowy_2025-02-03"
PAGE = b"<!DOCTYPE html><html><body>" + b"eTERYT " * 9_000 + b"</body></html>"
ROWS = whole_terc()
CSV = csv_bytes(ROWS)
TERC = all_sources()["terc"]
LAU = replace(all_sources()["lau"], judge=text_table("lau_id"))
"""A source whose judge wants a column and no more, for what holds for every source."""


def on_day(day: str, rows: list[Row] = ROWS) -> bytes:
    """The register in its state of another day."""
    return csv_bytes([(*row[:-1], day) for row in rows])


def capture(
    store: Store, data: bytes, name: str = f"{STEM}.zip", source: Source = TERC, **facts: object
) -> Outcome:
    """Hand bytes to the store as a file given by hand."""
    path = store.root.parent / "given"
    path.write_bytes(data)
    given = replace(Capture(path, name, fetched=False), **facts)  # type: ignore[arg-type]
    return take(store, source, given)


def tree(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder but the notes on how tries went."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file() and path.name != "status.json"
    }


def lau_bytes(rows: int = 2_477, year: int = 2020) -> bytes:
    """A table of LAU codes as GISCO makes it."""
    lines = ["country,nuts_2,nuts_3,lau_id,lau_name,year"]
    for number in range(rows):
        woj, rest = divmod(number, 24 * 99)
        powiat, gmina = divmod(rest, 99)
        code = f"1001{2 * woj + 2:02}120{powiat + 1:02}{gmina + 1:02}"
        lines.append(f"PL,PL21,PL214,{code},Gmina {number},{year}")
    return "\n".join([*lines, ""]).encode()


def captured(path: Path, source: str) -> Provenance:
    """What is known of a file as if it had been fetched and judged."""
    said, digest = Text("GUS", "Statistics Poland"), sha256(path)
    return Provenance(
        source=source,
        file=path.name,
        name=path.name,
        fetched=True,
        address="https://example.org/",
        requested=None,
        file_date=None,
        state_date=None,
        retrieved=RETRIEVED,
        media_type="",
        bytes=path.stat().st_size,
        sha256=digest,
        member=path.name,
        member_sha256=digest,
        rows=None,
        whole=True,
        publisher=said,
        licence=said,
        licence_url="",
        publishable=True,
        attribution=said,
        etag="",
        last_modified="",
    )


def keep(store: Store, path: Path, provenance: Provenance) -> None:
    """Make a file the snapshot in use."""
    store.keep(provenance, path)
    store.use(provenance)
