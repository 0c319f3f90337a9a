"""Fields of a JSON object, read strictly: a wrong type is an error with its place, no guess.

An identifier must be text: as a number its leading zeros would be gone.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeGuard

from schemas.errors import PimError
from sources.bdl.refusals import not_json, unexpected_shape

Object = Mapping[str, object]
"""One JSON object."""

_SHOWN = 80
_ID_LENGTH = 40
_DIGITS = 18


def parse_json(body: bytes, where: str) -> Object:
    """Decode an answer that must be one JSON object.

    Raises PimError `PIM-BDL-001` (no JSON) or `PIM-BDL-002` (JSON of another kind).
    """
    try:
        found = json.loads(body, parse_float=Decimal, parse_constant=_refuse_constant)
    # RecursionError: JSON that nests without end.
    except (ValueError, RecursionError) as error:
        raise not_json(where, repr(body[:_SHOWN].decode("utf-8", "replace"))) from error
    if not isinstance(found, dict):
        raise unexpected_shape(where, f"a {type(found).__name__} instead of an object")
    return found


def error_text(body: bytes) -> str:
    """What the service says in the body of an error, in one line; empty where it says nothing.

    Reads `{"errors": [...]}`, `{"result", "reason"}` and `{"errorResult"}`.
    """
    try:
        answer = parse_json(body, "")
    except PimError:
        return ""
    errors = answer.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else answer
    if not isinstance(first, Mapping):
        return ""
    names = ("result", "reason", "solution", "errorResult", "errorReason", "errorSolution")
    said = [optional_text(first, name) for name in names]
    return "; ".join(part for part in said if part)[:300]


def year_of(year: object, where: str) -> int:
    """A year of four digits, written as number or text. Raises PimError `PIM-BDL-002`."""
    text = str(year)
    if not (isinstance(year, int | str) and text.isascii() and text.isdigit() and len(text) == 4):
        raise unexpected_shape(where, f"`year` is {text[:_SHOWN]!r}")
    return int(text)


def decimal_of(digits: str, where: str) -> Decimal:
    """A number of a size that can be written out: `1e999999` would fill the memory.

    Raises PimError `PIM-BDL-002`.
    """
    number = Decimal(digits)
    if len(digits) > 2 * _DIGITS or (number and not -_DIGITS <= number.adjusted() <= _DIGITS):
        raise unexpected_shape(where, f"a number of an impossible size: {digits[:_SHOWN]}")
    return number


def identifier_of(entry: Object, name: str, where: str) -> str:
    """An identifier, as text. Raises PimError `PIM-BDL-002`."""
    text = text_of(entry, name, where)
    if not (text.isascii() and text.isalnum() and len(text) <= _ID_LENGTH):
        raise unexpected_shape(where, f"`{name}` is {text[:_SHOWN]!r}")
    return text


def text_of(entry: Object, name: str, where: str) -> str:
    """A text with single spaces. Raises PimError `PIM-BDL-002`."""
    text = entry.get(name)
    if not isinstance(text, str):
        raise unexpected_shape(where, f"no text `{name}`")
    return " ".join(text.split())


def optional_text(entry: Object, name: str) -> str:
    """A text with single spaces, or nothing."""
    text = entry.get(name)
    return " ".join(text.split()) if isinstance(text, str) else ""


def number_of(entry: Object, name: str, where: str) -> int:
    """A whole number, not negative. Raises PimError `PIM-BDL-002`."""
    number = entry.get(name)
    if not is_number(number) or number < 0:
        raise unexpected_shape(where, f"no whole number `{name}`")
    return number


def is_number(found: object) -> TypeGuard[int]:
    """Whether it is a whole number; true and false are none."""
    return isinstance(found, int) and not isinstance(found, bool)


def as_object(entry: object, where: str) -> Object:
    """An entry of a list that must be an object. Raises PimError `PIM-BDL-002`."""
    if not isinstance(entry, Mapping):
        raise unexpected_shape(where, "an entry that is no object")
    return entry


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
