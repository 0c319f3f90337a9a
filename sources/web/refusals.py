"""What can go wrong on the way to a source, each said once: the errors `PIM-NET-…`."""

from urllib.parse import urlsplit

from schemas.errors import Exit, PimError
from schemas.text import Text

LAST_GOOD = Text(
    "Spróbuj później; do tego czasu obowiązuje ostatni dobry stan. Plik pobrany ręcznie przyjmie "
    "`pim sources add`.",
    "Try later; until then the last good state is used. `pim sources add` takes a file that you "
    "downloaded yourself.",
)
_MEND_ADDRESS = Text(
    "Sprawdź adres w sources.toml; dozwolone hosty są przy źródle (docs/sources.md).",
    "Check the address in sources.toml; the allowed hosts are with the source (docs/sources.md).",
)


def net_error(
    code: str, what: Text, *, where: str, why: Text | None = None, fix: Text = LAST_GOOD
) -> PimError:
    """An error on the way to a source; `where` is an address, of which no query is shown."""
    return PimError(code, what, where=shown(where), why=why, fix=fix, exit_code=Exit.SOURCE)


def shown(address: str) -> str:
    """An address as it may be printed: without user, password, query and fragment."""
    parts = urlsplit(address)
    if not parts.netloc:
        return address[:200]
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"[:200]


def unreachable(address: str, reason: str) -> PimError:
    """No connection: no network, no such host, nobody listening."""
    return net_error(
        "PIM-NET-001",
        Text("Nie ma połączenia ze źródłem.", "The source cannot be reached."),
        where=address,
        why=Text(reason, reason),
    )


def too_slow(address: str) -> PimError:
    """The server did not answer, or did not end, in time."""
    return net_error(
        "PIM-NET-002",
        Text("Źródło nie odpowiedziało na czas.", "The source did not answer in time."),
        where=address,
    )


def bad_status(address: str, status: int) -> PimError:
    """The server answered with a status that is no success."""
    return net_error(
        "PIM-NET-003",
        Text("Źródło odpowiedziało błędem.", "The source answered with an error."),
        where=address,
        why=Text(f"Status HTTP {status}.", f"HTTP status {status}."),
    )


def cut_off(address: str) -> PimError:
    """The connection broke before the end of the file, again and again."""
    return net_error(
        "PIM-NET-004",
        Text("Połączenie przerwano przed końcem pliku.", "The connection broke before the end."),
        where=address,
    )


def too_large(address: str, limit: int) -> PimError:
    """More bytes came, or were announced, than the source may have."""
    return net_error(
        "PIM-NET-005",
        Text("Odpowiedź źródła jest za duża.", "The answer of the source is too large."),
        where=address,
        why=Text(
            f"Granica to {limit} bajtów po rozpakowaniu.", f"The limit is {limit} unpacked bytes."
        ),
    )


def not_allowed(address: str, reason: Text) -> PimError:
    """An address, or a redirect, that leads outside the allowed hosts or off https."""
    return net_error(
        "PIM-NET-006",
        Text("Adres nie jest dozwolony dla tego źródła.", "The source may not use this address."),
        where=address,
        why=reason,
        fix=_MEND_ADDRESS,
    )


def wrong_type(address: str, found: str, wanted: tuple[str, ...]) -> PimError:
    """The answer says itself that it is something else than the file."""
    return net_error(
        "PIM-NET-007",
        Text("Źródło przysłało plik innego typu.", "The source sent a file of another type."),
        where=address,
        why=Text(
            f"Typ {found[:80]} zamiast {', '.join(wanted)}.",
            f"Type {found[:80]} instead of {', '.join(wanted)}.",
        ),
    )


def strange_packing(address: str, found: str) -> PimError:
    """A content encoding that is not unpacked here, or several around each other."""
    return net_error(
        "PIM-NET-008",
        Text(
            "Odpowiedź jest spakowana w sposób, którego nie rozpakowujemy.",
            "The answer is packed in a way that we do not unpack.",
        ),
        where=address,
        why=Text(f"Content-Encoding: {found[:80]}.", f"Content-Encoding: {found[:80]}."),
    )


def must_wait(address: str, seconds: float) -> PimError:
    """The server, or our own politeness, asks for a longer wait than a run has."""
    return net_error(
        "PIM-NET-009",
        Text("Źródło prosi, żeby poczekać.", "The source asks us to wait."),
        where=address,
        why=Text(f"Jeszcze {seconds:.0f} s.", f"{seconds:.0f} s more."),
    )


def no_link(page: str, pattern: str) -> PimError:
    """A page that should link to the file, or to the page of its publication, and does not."""
    return net_error(
        "PIM-NET-013",
        Text("Na stronie nie ma odnośnika do pliku.", "The page has no link to the file."),
        where=page,
        why=Text(
            f"Żaden dozwolony odnośnik nie pasuje do wzorca {pattern}",
            f"No link that may be followed fits the pattern {pattern}",
        ),
        fix=Text(
            "Obowiązuje ostatni dobry stan. Otwórz stronę i wpisz do sources.toml adres pliku "
            "(address) albo nową stronę i wzorce (page, links); wzór jest w docs/sources.md. Plik "
            "pobrany ręcznie przyjmie `pim sources add`.",
            "The last good state is used. Open the page and write the address of the file "
            "(address), or the new page and patterns (page, links), into sources.toml; "
            "docs/sources.md has a sample. `pim sources add` takes a file that you downloaded "
            "yourself.",
        ),
    )
