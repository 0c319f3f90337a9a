"""Errors say what, where, why and how to mend it, in both languages."""

import json

import pytest

from schemas.errors import Exit, PimError
from schemas.text import Text

FULL = PimError(
    "PIM-TST-001",
    Text("Plik jest pusty.", "The file is empty."),
    where="networks.csv, line 4",
    why=Text("Nie ma w nim wierszy.", "It has no rows."),
    fix=Text("Pobierz go ponownie.", "Fetch it again."),
    exit_code=Exit.SOURCE,
)
SHORT = PimError("PIM-TST-002", Text("Źle.", "Bad."), fix=Text("Popraw.", "Mend it."))


def test_each_part_has_its_label() -> None:
    assert FULL.lines("pl") == [
        ("Co", "Plik jest pusty."),
        ("Gdzie", "networks.csv, wiersz 4"),
        ("Dlaczego", "Nie ma w nim wierszy."),
        ("Jak naprawić", "Pobierz go ponownie."),
    ]
    assert [label for label, _ in FULL.lines("en")] == ["What", "Where", "Why", "How to fix"]
    assert FULL.lines("en")[1] == ("Where", "networks.csv, line 4")


def test_a_path_is_not_translated() -> None:
    error = PimError("PIM-TST-003", SHORT.what, where="online 1/line b.csv, line 4", fix=SHORT.fix)
    assert error.lines("pl")[1] == ("Gdzie", "online 1/line b.csv, wiersz 4")


def test_parts_that_are_not_known_are_left_out() -> None:
    assert SHORT.lines("en") == [("What", "Bad."), ("How to fix", "Mend it.")]


def test_the_error_is_data() -> None:
    assert json.loads(json.dumps(FULL.as_dict())) == {
        "code": "PIM-TST-001",
        "exit_code": 5,
        "where": "networks.csv, line 4",
        "what": {"pl": "Plik jest pusty.", "en": "The file is empty."},
        "why": {"pl": "Nie ma w nim wierszy.", "en": "It has no rows."},
        "fix": {"pl": "Pobierz go ponownie.", "en": "Fetch it again."},
    }
    assert SHORT.as_dict()["why"] is None
    assert SHORT.exit_code is Exit.DATA


def test_a_traceback_shows_the_code_and_the_place() -> None:
    with pytest.raises(PimError, match=r"PIM-TST-001: The file is empty\. \(networks\.csv, line 4"):
        raise FULL
    assert str(SHORT) == "PIM-TST-002: Bad."


def test_exit_codes_are_a_contract() -> None:
    assert {code.name: int(code) for code in Exit} == {
        "OK": 0,
        "UNEXPECTED": 1,
        "USAGE": 2,
        "DATA": 3,
        "STRICT": 4,
        "SOURCE": 5,
        "PUBLISH": 6,
        "INTERRUPTED": 130,
    }
