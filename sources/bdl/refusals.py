"""The errors of the Local Data Bank, each with what to do about it."""

from schemas.errors import Exit, PimError
from schemas.text import Text

TRY_LATER = Text(
    "Spróbuj ponownie później; do tego czasu obowiązują ostatnie pobrane wskaźniki.",
    "Try again later; until then the indicators fetched last stay in use.",
)
_REPORT = Text(
    "Uruchom pobieranie ponownie; jeśli błąd wraca, GUS zmienił usługę: zgłoś to z tym opisem.",
    "Fetch again; if the error comes back, the service has changed: report it with this text.",
)


def not_json(where: str, seen: str) -> PimError:
    """`PIM-BDL-001`: the answer is not JSON, for instance a web page with status 200."""
    return source_error(
        "PIM-BDL-001",
        Text(
            "Zamiast danych JSON przyszło coś innego.",
            "Something other than JSON data came.",
        ),
        where=where,
        why=Text(f"Początek odpowiedzi: {seen}", f"The answer begins: {seen}"),
        fix=TRY_LATER,
    )


def unexpected_shape(where: str, detail: str) -> PimError:
    """`PIM-BDL-002`: JSON that is not what the documentation of the API describes."""
    return source_error(
        "PIM-BDL-002",
        Text(
            "Odpowiedź Banku Danych Lokalnych ma inną budowę niż opisana.",
            "The answer of the Local Data Bank does not have the documented shape.",
        ),
        where=where,
        why=detail_of(detail),
        fix=_REPORT,
    )


def key_refused(where: str, said: str, *, keyed: bool) -> PimError:
    """`PIM-BDL-003`: status 403. The key is wrong, or the address is shut out."""
    with_key = Text(
        "Sprawdź klucz w ustawieniu `bdl_key`; nowy daje api.stat.gov.pl. Bez klucza też można "
        "pobierać, wolniej.",
        "Check the key in the setting `bdl_key`; api.stat.gov.pl gives a new one. Fetching works "
        "without a key too, more slowly.",
    )
    without = Text(
        "Załóż klucz na api.stat.gov.pl i wpisz go w ustawieniu `bdl_key`.",
        "Get a key at api.stat.gov.pl and put it into the setting `bdl_key`.",
    )
    return source_error(
        "PIM-BDL-003",
        Text(
            "Bank Danych Lokalnych odmówił dostępu (403).",
            "The Local Data Bank refused access (403).",
        ),
        where=where,
        why=_said(said),
        fix=with_key if keyed else without,
    )


def not_found(where: str, said: str) -> PimError:
    """`PIM-BDL-004`: status 404."""
    return source_error(
        "PIM-BDL-004",
        Text(
            "Bank Danych Lokalnych nie zna tego identyfikatora (404).",
            "The Local Data Bank does not know this identifier (404).",
        ),
        where=where,
        why=_said(said),
        fix=Text(
            "Sprawdź identyfikator na bdl.stat.gov.pl i popraw listę wskaźników.",
            "Look the identifier up at bdl.stat.gov.pl and mend the list of indicators.",
        ),
    )


def bad_identifier(where: str, said: str) -> PimError:
    """`PIM-BDL-005`: status 412, which the service gives for an identifier it cannot have."""
    return source_error(
        "PIM-BDL-005",
        Text(
            "Bank Danych Lokalnych uznał identyfikator za niedopuszczalny (412).",
            "The Local Data Bank says that the identifier is not admissible (412).",
        ),
        where=where,
        why=_said(said),
        fix=Text(
            "Popraw identyfikator tematu na liście wskaźników.",
            "Mend the identifier of the subject in the list of indicators.",
        ),
    )


def service_failed(where: str, status: int, said: str) -> PimError:
    """`PIM-BDL-006`: status 500 to 599, after all tries."""
    return source_error(
        "PIM-BDL-006",
        Text(
            "Bank Danych Lokalnych zgłosił błąd po swojej stronie ({status}).",
            "The Local Data Bank reports an error of its own ({status}).",
        ).fill(status=status),
        where=where,
        why=_said(said),
        fix=TRY_LATER,
    )


def odd_status(where: str, status: int, said: str) -> PimError:
    """`PIM-BDL-007`: any other status; a redirect too, as the service never needs one."""
    return source_error(
        "PIM-BDL-007",
        Text(
            "Bank Danych Lokalnych odpowiedział nieoczekiwanym kodem {status}.",
            "The Local Data Bank answered with the unexpected status {status}.",
        ).fill(status=status),
        where=where,
        why=_said(said),
        fix=_REPORT,
    )


def limit_reached(where: str, until: str, said: str) -> PimError:
    """`PIM-BDL-008`: no call is left, and waiting would take longer than allowed."""
    return source_error(
        "PIM-BDL-008",
        Text(
            "Limit zapytań do Banku Danych Lokalnych jest wyczerpany.",
            "The limit of calls to the Local Data Bank is used up.",
        ),
        where=where,
        why=_said(said),
        fix=Text(
            "Uruchom pobieranie ponownie po {until}; to, co już pobrano, zostaje.",
            "Fetch again after {until}; what was fetched is kept.",
        ).fill(until=until),
    )


def over_budget(calls: int, left: str, until: str, minutes: int) -> PimError:
    """`PIM-BDL-009`: a run would wait longer than allowed, said before its first call."""
    return source_error(
        "PIM-BDL-009",
        Text(
            "Pobieranie wymaga {calls} zapytań i nie zmieści się w limicie.",
            "Fetching needs {calls} calls and does not fit into the limit.",
        ).fill(calls=calls),
        where=left,
        why=Text(
            "Ostatnie zapytanie mogłoby wyjść dopiero {until}, czyli za {minutes} min.",
            "The last call could only be made at {until}, that is in {minutes} min.",
        ).fill(until=until, minutes=minutes),
        fix=Text(
            "Pobierz część tematów, pozwól czekać dłużej albo użyj klucza (ustawienie "
            "`bdl_key`): daje pięciokrotny limit.",
            "Fetch some of the themes, allow a longer wait, or use a key (setting `bdl_key`): it "
            "gives five times the limit.",
        ),
    )


def list_unstable(where: str, counts: str) -> PimError:
    """`PIM-BDL-010`: a list kept changing while its pages were read."""
    return source_error(
        "PIM-BDL-010",
        Text(
            "Lista w Banku Danych Lokalnych zmieniała się podczas odczytu.",
            "A list of the Local Data Bank kept changing while it was read.",
        ),
        where=where,
        why=Text(f"Podana liczba pozycji: {counts}.", f"Entries announced: {counts}."),
        fix=TRY_LATER,
    )


def source_error(
    code: str, what: Text, *, where: str, why: Text | None = None, fix: Text
) -> PimError:
    """An error of a source, by its whole code."""
    return PimError(code, what, where=where, why=why, fix=fix, exit_code=Exit.SOURCE)


def detail_of(detail: str) -> Text:
    """A technical detail as a reason."""
    return Text(f"Szczegół: {detail}.", f"Detail: {detail}.")


def _said(said: str) -> Text | None:
    if not said:
        return None
    return Text(f"Usługa odpowiedziała: {said}", f"The service said: {said}")
