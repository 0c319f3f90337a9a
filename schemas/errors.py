"""Errors that say what, where, why and how to mend it, in both languages."""

from enum import IntEnum

from schemas.text import Lang, Text, place_in


class Exit(IntEnum):
    """Exit codes of every `pim` command. They are a contract: never renumber them."""

    OK = 0
    UNEXPECTED = 1
    USAGE = 2
    DATA = 3
    STRICT = 4
    SOURCE = 5
    PUBLISH = 6
    INTERRUPTED = 130


class PimError(Exception):
    """A failure that a person can act on.

    `code` (such as `PIM-SRC-002`) never changes and is listed in `docs/errors.md`;
    `where` is a place such as `networks.csv, line 4`.
    """

    def __init__(
        self,
        code: str,
        what: Text,
        *,
        where: str = "",
        why: Text | None = None,
        fix: Text,
        exit_code: Exit = Exit.DATA,
    ) -> None:
        super().__init__(f"{code}: {what.en}" + (f" ({where})" if where else ""))
        self.code = code
        self.what = what
        self.where = where
        self.why = why
        self.fix = fix
        self.exit_code = exit_code

    def lines(self, lang: Lang) -> list[tuple[str, str]]:
        """Label and text of each part that is present, for the terminal."""
        labels = {
            "what": Text("Co", "What"),
            "where": Text("Gdzie", "Where"),
            "why": Text("Dlaczego", "Why"),
            "fix": Text("Jak naprawić", "How to fix"),
        }
        parts = {
            "what": self.what.of(lang),
            "where": place_in(self.where, lang),
            "why": self.why.of(lang) if self.why else "",
            "fix": self.fix.of(lang),
        }
        return [(labels[part].of(lang), text) for part, text in parts.items() if text]

    def as_dict(self) -> dict[str, object]:
        """The error as JSON data, both languages kept apart."""
        return {
            "code": self.code,
            "exit_code": int(self.exit_code),
            "where": self.where,
            "what": self.what._asdict(),
            "why": self.why._asdict() if self.why else None,
            "fix": self.fix._asdict(),
        }
