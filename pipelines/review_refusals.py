"""Why something of `pim review` cannot be done."""

from pathlib import Path

from schemas.errors import Exit, PimError
from schemas.text import Text


def no_item(text: str, found: int) -> PimError:
    """No question, or several, for an identifier."""
    return PimError(
        "PIM-REV-006",
        Text(
            "Nie ma sprawy o takim identyfikatorze albo pasuje ich kilka.",
            "There is no item with this identifier, or several begin so.",
        ),
        where=text,
        why=Text(f"Pasujących spraw: {found}.", f"Items that fit: {found}."),
        fix=Text(
            "Weź identyfikator z „pim review list --state all”.",
            "Take the identifier from 'pim review list --state all'.",
        ),
        exit_code=Exit.USAGE,
    )


def no_answer(answer: str, label: Text, choices: list[str]) -> PimError:
    """An answer that a question does not take; `choices` are those that it takes."""
    shown = "; ".join(choices) or "-"
    return PimError(
        "PIM-REV-007",
        Text("Tak nie można rozstrzygnąć tej sprawy.", "The item cannot be decided like that."),
        where=answer,
        why=Text(f"{label.pl}{shown}.", f"{label.en}{shown}."),
        fix=Text(
            "Miasto podaj kodem TERC, identyfikatorem (par-0000, cit-0000) albo jako none; w "
            "sprzeczności podaj jedną z wartości; w innych sprawach accept albo reject.",
            "Give a city by TERC code, identifier (par-0000, cit-0000) or as none; in a conflict "
            "give one of the values; else accept or reject.",
        ),
        exit_code=Exit.USAGE,
    )


def bad_reason(why: Text) -> PimError:
    """A reason, or another part of a decision, that cannot be written."""
    return PimError(
        "PIM-REV-008",
        Text("Decyzji nie można tak zapisać.", "The decision cannot be written like that."),
        where="--reason",
        why=why,
        fix=Text(
            "Podaj powód: jedno lub dwa zdania, bez nazwisk i kontaktów.",
            "Give a reason: a sentence or two, without names of people and contacts.",
        ),
        exit_code=Exit.USAGE,
    )


def damaged(path: Path, why: Text) -> PimError:
    """A file of decisions that cannot be read or written."""
    return PimError(
        "PIM-REV-009",
        Text(
            "Pliku decyzji nie można użyć ani dopisać do niego wiersza.",
            "The file of decisions cannot be used, nor a line written into it.",
        ),
        where=str(path),
        why=why,
        fix=Text(
            "Popraw plik („pim check” mówi, co w nim jest złe) albo jego uprawnienia.",
            "Mend the file ('pim check' says what is wrong with it), or its permissions.",
        ),
    )
