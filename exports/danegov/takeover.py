"""Taking over what was entered on the portal by hand: its numbers, told once with our identifiers.

The file is TOML: `"miasta-i-sieci" = 1234`, a line for each data set and each of its resources.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from exports.danegov.choosing import choose
from exports.listing import Listing
from schemas.errors import Exit, PimError
from schemas.text import Text

_MAX_BYTES = 1024 * 1024


def load_takeover(path: Path, listing: Listing) -> Mapping[str, int]:
    """Our identifiers and the portal's numbers. Raises PimError `PIM-PRT-003`.

    Every identifier must be one that is sent, every number positive and named once, and a
    resource needs the number of its data set too: else the portal refuses the whole file.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise _refused(path, f"> {_MAX_BYTES} B")
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(path, str(error)) from error
    numbers: dict[str, int] = {}
    for ident, number in found.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise _refused(path, f"{ident} = {number!r}")
        numbers[ident] = number
    sets = {entry.dataset.slug: offers for entry, offers in choose(listing).entries}
    parents = {offer.ident: slug for slug, offers in sets.items() for offer in offers}
    for ident in numbers:
        if ident not in sets and ident not in parents:
            raise _refused(path, ident)
        if ident in parents and parents[ident] not in numbers:
            raise _refused(path, f"{ident}: {parents[ident]}?")
    for names in (sets, parents):
        own = [number for ident, number in numbers.items() if ident in names]
        if len(set(own)) != len(own):
            raise _refused(path, ", ".join(str(number) for number in sorted(own)))
    return numbers


def _refused(path: Path, detail: str) -> PimError:
    return PimError(
        "PIM-PRT-003",
        Text(
            "Plik z numerami do przejęcia wpisów na portalu jest niepoprawny.",
            "The file of numbers for taking over entries of the portal is not right.",
        ),
        where=f"{path.name}: {detail}",
        fix=Text(
            "W każdym wierszu: nasz identyfikator = numer z adresu wpisu na portalu. Zasób "
            "wymaga też numeru swojego zbioru.",
            "In each line: our identifier = the number in the address of the portal's entry. A "
            "resource needs the number of its data set, too.",
        ),
        exit_code=Exit.USAGE,
    )
