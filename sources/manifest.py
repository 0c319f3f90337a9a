"""`sources.toml`: what changes of a source without code, such as the address of a yearly file."""

import tomllib
from pathlib import Path

from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.catalogue import Overrides, are_patterns, declared_sources

_KEYS = 'address = "…", page = "…", links = ["…"], hosts = ["…"], pause = 1.0'


def load_overrides(path: Path, *, must_exist: bool = False) -> Overrides:
    """Read `sources.toml`: a table a source, with what may change without code.

    Keys: `address`, `page`, `links`, `hosts`, `pause`, `loopback`.

    No file means no overrides, unless it must exist. Raises PimError `PIM-SNP-001`.
    """
    if not path.is_file() and not must_exist:
        return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _bad_manifest(str(path), str(error)) from error
    known = {source.name for source in declared_sources()}
    for name, keys in found.items():
        if name not in known:
            raise _bad_manifest(f"{path}: [{name}]", f"sources: {', '.join(sorted(known))}")
        if not isinstance(keys, dict) or not all(_fits(key, keys[key]) for key in keys):
            raise _bad_manifest(f"{path}: [{name}]", _KEYS)
    return found


def _fits(key: str, value: object) -> bool:
    match key:
        case "address" | "page":
            return isinstance(value, str)
        case "links":
            return isinstance(value, list) and are_patterns(value)
        case "hosts":
            return isinstance(value, list) and all(isinstance(host, str) for host in value)
        case "pause":
            return type(value) in (int, float) and 0 <= float(str(value)) <= 3_600
        case "loopback":
            return isinstance(value, bool)
    return False


def _bad_manifest(where: str, detail: str) -> PimError:
    return PimError(
        "PIM-SNP-001",
        Text("Nie można użyć pliku z adresami źródeł.", "The file of addresses cannot be used."),
        where=where,
        why=Text(detail, detail),
        fix=Text(
            "Popraw wskazane miejsce; wzór jest w docs/sources.md.",
            "Mend this place; docs/sources.md has a sample.",
        ),
        exit_code=Exit.USAGE,
    )
