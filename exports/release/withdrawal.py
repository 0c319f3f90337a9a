"""Taking something back: a reviewed line with a reason, and a tombstone where it was."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from exports.release.draft import Draft
from schemas.errors import Exit, PimError
from schemas.text import LANGS, Text


@dataclass(frozen=True)
class Withdrawal:
    """What was taken back, when it was decided and why."""

    address: str
    """Path below the public folder; with a final slash, everything below it."""
    decided: date
    reason: Text

    def covers(self, path: str) -> bool:
        """Whether a path is taken back by this line."""
        return path == self.address or (
            self.address.endswith("/") and path.startswith(self.address)
        )

    def as_dict(self) -> dict[str, object]:
        """The line as JSON data."""
        return {
            "address": self.address,
            "decided": self.decided.isoformat(),
            "reason": self.reason._asdict(),
        }

    def sentence(self) -> Text:
        """What changelogs say."""
        return Text(
            f"Wycofano {self.address}: {self.reason.pl}",
            f"{self.address} was withdrawn: {self.reason.en}",
        )


def covering(withdrawals: Iterable[Withdrawal], path: str) -> Withdrawal | None:
    """The line that takes a path back, or None."""
    return next((one for one in withdrawals if one.covers(path)), None)


def refuse_built(withdrawals: Sequence[Withdrawal], staged: Iterable[str]) -> None:
    """Raise PimError `PIM-REL-007` where something is taken back that is still being built."""
    built = sorted(path for path in staged if covering(withdrawals, path))
    if built:
        raise PimError(
            "PIM-REL-007",
            Text(
                "Wycofano adres, pod którym dane nadal powstają.",
                "An address was withdrawn under which data are still built.",
            ),
            where=", ".join(built[:5]),
            fix=Text(
                "Najpierw usuń tabelę lub zbiór z tego, co się publikuje, i zbuduj dane, albo "
                "cofnij wiersz w withdrawals.csv.",
                "First take the table or data set out of what is published and build, or take "
                "back the line in withdrawals.csv.",
            ),
            exit_code=Exit.DATA,
        )


def tombstones(draft: Draft, withdrawals: Sequence[Withdrawal]) -> None:
    """Write a page and its data where each withdrawn address was.

    The address becomes a folder with an `index.html`, which every web server shows when the old
    address is asked for. `withdrawn.json` lists them all.
    """
    for one in withdrawals:
        place = one.address.rstrip("/")
        draft.json(f"{place}/index.json", {"format": 1, "withdrawn": one.as_dict()})
        draft.text(f"{place}/index.html", "\n".join(_page(one)) + "\n")
    if withdrawals:
        listed = [one.as_dict() for one in withdrawals]
        draft.json("withdrawn.json", {"format": 1, "withdrawn": listed})


def _page(one: Withdrawal) -> Iterator[str]:
    titles = Text("Wycofane", "Withdrawn")
    said = Text(
        "Ten plik wycofano {day}. Powód: {reason}",
        "This file was withdrawn on {day}. Why: {reason}",
    )
    yield "<!doctype html>"
    yield '<html lang="pl"><head><meta charset="utf-8"><meta name="robots" content="noindex">'
    yield (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        f"<title>{escape(one.address)}: {titles.pl} / {titles.en}</title></head><body><main>"
    )
    for lang in LANGS:
        sentence = said.of(lang).format(day=one.decided.isoformat(), reason=one.reason.of(lang))
        yield f'<section lang="{lang}"><h1>{titles.of(lang)}</h1>'
        yield f"<p>{escape(sentence)}</p></section>"
    yield f"<p><code>{escape(one.address)}</code></p></main></body></html>"
