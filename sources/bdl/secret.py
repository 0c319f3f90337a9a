"""A secret that cannot slip out: printing, logging, pickling or comparing it shows nothing."""

import hmac
from typing import NoReturn


class Secret:
    """A text, such as the key to the Local Data Bank, that only `reveal` gives back.

    `str`, `repr`, format strings, tracebacks with local values and `dataclasses.asdict` show
    three dots. An empty secret is false.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text.strip()

    def reveal(self) -> str:
        """The text itself: for the header of a request, and for nothing else."""
        return self._text

    def hide_in(self, text: str) -> str:
        """A text with every occurrence of the secret blotted out: for what a server says back."""
        return text.replace(self._text, "***") if self._text else text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    # A hash would be the same for the same key in every log.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "Secret(***)" if self._text else "Secret()"

    def __str__(self) -> str:
        return "***" if self._text else ""

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")
