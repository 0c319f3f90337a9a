"""Telling the format of a published file by its bytes, as the portal does."""

import json
import re
import zipfile
from pathlib import Path

_SNIFFED = 64 * 1024
_PARSED = 64 * 1024 * 1024
"""JSON up to this size is parsed; of a larger file the beginning has to do."""


def looks_like(path: Path, ending: str) -> bool:
    """Whether the beginning of a file is of the format that its ending says."""
    with path.open("rb") as handle:
        start = handle.read(_SNIFFED)
    if ending == "odt":
        return zipfile.is_zipfile(path) and b"application/vnd.oasis.opendocument.text" in start
    if b"\x00" in start:
        return False
    text = start.decode("utf-8", errors="replace").lstrip()
    if ending == "ttl":
        return bool(re.match(r"(@prefix|@base|PREFIX|BASE|<|#)", text))
    if ending in {"jsonld", "geojson"}:
        return _is_json(path, '"@context"' if ending == "jsonld" else '"FeatureCollection"', text)
    return not text.startswith(("{", "[", "<", "@prefix", "PK", "%PDF")) and "\n" in text


def _is_json(path: Path, word: str, start: str) -> bool:
    if word not in start:
        return False
    if path.stat().st_size > _PARSED:
        return True
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return True
