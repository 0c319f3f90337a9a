"""From bytes to text: which encoding it is, and whether the Polish letters are whole."""

import re

from schemas.text import Text
from sources.teryt.refusals import refused

# The six letters whose place differs; the other twelve are the same in both code pages.
_CP1250 = "ąśźĄŚŹ".encode("cp1250")
_LATIN2 = "ąśźĄŚŹ".encode("iso-8859-2")
_POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"


def _misread(codec: str) -> set[str]:
    """What each Polish letter of UTF-8 looks like when it is read as another encoding."""
    return {letter.encode().decode(codec, errors="ignore") for letter in _POLISH}


MOJIBAKE = "|".join(
    sorted(
        re.escape(pair)
        for pair in _misread("cp1250") | _misread("iso-8859-2") | _misread("cp1252")
        if len(pair) == 2
    )
)
"""Regex for Polish letters that were decoded wrongly once and saved so: «Ä…» for «ą»."""
DAMAGE = rf"{MOJIBAKE}|\x{{FFFD}}|[\x{{80}}-\x{{9F}}]|[a-z]\?[a-zó]"
"""Regex (of polars) for any letters that cannot be right: misread, replaced or lost to `?`."""


def to_utf8(data: bytes, name: str) -> tuple[bytes, str]:
    """The text as UTF-8 without BOM, and the encoding it came in.

    Raises PimError `PIM-TRY-008` when the bytes fit no encoding that Polish files use.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        if _is_utf8(data):
            return data, "utf-8-sig"
        raise _mixed(name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16").encode(), "utf-16"
        except UnicodeDecodeError as error:
            raise _mixed(name) from error
    if _is_utf8(data):
        return data, "utf-8"
    codec = legacy_encoding(data)
    if codec is None:
        raise _mixed(name)
    try:
        return data.decode(codec).encode(), codec
    except UnicodeDecodeError as error:
        raise _mixed(name) from error


def legacy_encoding(data: bytes) -> str | None:
    """Tell `cp1250` from `iso-8859-2` by the letters ą, ś and ź; None where both kinds occur.

    With none of these letters both give the same text, and cp1250 is named.
    """
    windows = sum(map(data.count, (bytes([byte]) for byte in _CP1250)))
    latin = sum(map(data.count, (bytes([byte]) for byte in _LATIN2)))
    if windows and latin:
        return None
    return "iso-8859-2" if latin else "cp1250"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mixed(name: str) -> Exception:
    return refused(
        8,
        Text(
            "Nie da się odczytać polskich liter: plik miesza kodowania.",
            "The Polish letters cannot be read: the file mixes encodings.",
        ),
        where=name,
    )
