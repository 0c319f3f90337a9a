"""Why a statistical value is missing: one code list for every source of statistics."""

from schemas.columns import Codes


class MissingReason(Codes):
    """The reason that stands beside an empty value, down to the published table."""

    NO_DATA = (
        "no_data",
        "brak informacji, informacja niewiarygodna albo tajemnica statystyczna",
        "no information, unreliable information or statistical confidentiality",
    )
    SECRET = "secret", "tajemnica statystyczna", "statistical confidentiality"
    NOT_APPLICABLE = (
        "not_applicable",
        "wypełnienie pozycji jest niemożliwe lub niecelowe",
        "a value is impossible or pointless here",
    )
    NOT_PRESENTED = (
        "not_presented",
        "brak informacji z powodu zmiany poziomu prezentacji, wykazu jednostek lub listy cech",
        "no information because the level, the list of units or the list of variables changed",
    )
    METHOD_CHANGED = (
        "method_changed",
        "brak informacji przy zmianie metodologii",
        "no information where the method changed",
    )
    NOT_YET = "not_yet", "dana jeszcze niedostępna", "not available yet"
