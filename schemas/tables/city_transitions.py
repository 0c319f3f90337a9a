"""Changes of gminas: code, kind, name, rise and end, each with its day and its evidence."""

import polars as pl

from schemas.columns import Codes, code, date, reference, string
from schemas.counting import Rows
from schemas.datasets import CITY_REGISTER
from schemas.table import RowRule, Table
from schemas.tables.register import CityIds, RegisterStates
from schemas.text import Text


class Change(Codes):
    """What became of a gmina."""

    KIND = "kind_changed", "zmiana rodzaju gminy", "kind changed"
    RECODED = "recoded", "nowy kod", "recoded"
    RENAMED = "renamed", "zmiana nazwy", "renamed"
    CREATED = "created", "utworzenie", "created"
    SPLIT = "split", "utworzenie z części innej gminy", "split off another gmina"
    ABOLISHED = "abolished", "zniesienie", "abolished"
    MERGED = "merged", "włączenie do innej gminy", "merged into another gmina"


class Proof(Codes):
    """What shows a change."""

    STATES = "states", "dwa stany rejestru TERC", "two states of the TERC register"
    CHANGES = "change_file", "plik zmian rejestru TERC", "change file of the TERC register"
    BDL = "bdl_names", "nazwy jednostek w Banku Danych Lokalnych", "unit names in the BDL"
    REVIEW = (
        "review",
        "stany rejestru TERC, a dzień ustalony w przeglądzie",
        "states of the TERC register, with the day found in a review",
    )


class Transition(Table):
    """Columns of one change of one gmina."""

    changed_by = date(
        "najpozniej",
        "Najpóźniej",
        "Changed by",
        "Pierwszy znany dzień, w którym jest już po zmianie.",
        "First known day on which the change is made.",
        key=True,
    )
    change = code(
        Change,
        "zmiana",
        "Zmiana",
        "Change",
        "Co się stało z gminą.",
        "What became of the gmina.",
        key=True,
    )
    terc = string(
        "terc",
        "Kod TERC",
        "TERC code",
        "Kod gminy po zmianie, a gminy, której już nie ma: przed zmianą.",
        "Code of the gmina after the change; of a gmina that is no more, before it.",
        key=True,
        pattern=r"\d{7}",
    )
    city_id = reference(
        CityIds.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator gminy, której dotyczy zmiana.",
        "Permanent identifier of the gmina that the change is about.",
        null=True,
    )
    changed_after = date(
        "po_dniu",
        "Po dniu",
        "Changed after",
        "Ostatni znany dzień, w którym jest jeszcze przed zmianą.",
        "Last known day on which the change is not made yet.",
        null=True,
    )
    from_terc = string(
        "terc_przed",
        "Kod TERC przed zmianą",
        "TERC code before",
        "Kod gminy przed zmianą; utworzonej z innej gminy: kod tamtej.",
        "Code of the gmina before the change; where it was split off, that of the other gmina.",
        null=True,
        pattern=r"\d{7}",
        missing="X",
    )
    to_terc = string(
        "terc_po",
        "Kod TERC po zmianie",
        "TERC code after",
        "Kod gminy po zmianie; włączonej do innej gminy: kod tamtej.",
        "Code of the gmina after the change; where it was merged, that of the other gmina.",
        null=True,
        pattern=r"\d{7}",
        missing="X",
    )
    from_name = string(
        "nazwa_przed",
        "Nazwa przed zmianą",
        "Name before",
        "Nazwa gminy przed zmianą.",
        "Name of the gmina before the change.",
        null=True,
        max_length=100,
        missing="X",
    )
    to_name = string(
        "nazwa_po",
        "Nazwa po zmianie",
        "Name after",
        "Nazwa gminy po zmianie.",
        "Name of the gmina after the change.",
        null=True,
        max_length=100,
        missing="X",
    )
    proof = code(
        Proof,
        "dowod",
        "Dowód",
        "Evidence",
        "Skąd wiadomo o zmianie.",
        "What shows the change.",
    )
    states = reference(
        RegisterStates.state_id,
        "stany",
        "Stany rejestrów",
        "Register states",
        "Stany rejestrów, które pokazują zmianę, rozdzielone średnikiem.",
        "States of registers that show the change, separated by semicolons.",
        null=True,
        many=True,
    )
    notes = string(
        "uwagi",
        "Uwagi",
        "Notes",
        "Wyjaśnienia do wiersza.",
        "Explanations of the row.",
        null=True,
        max_length=500,
    )


_WHAT, _FROM, _TO = Transition.change.col, Transition.from_terc.col, Transition.to_terc.col
_NEW = _WHAT.is_in([Change.CREATED.value, Change.SPLIT.value])
_GONE = _WHAT.is_in([Change.ABOLISHED.value, Change.MERGED.value])
_MOVED = _WHAT.is_in([Change.KIND.value, Change.RECODED.value])
_RENAMED = _WHAT.eq(Change.RENAMED.value)

RULES = (
    RowRule(
        name="changed_after_before_changed_by",
        good=Transition.changed_after.col < Transition.changed_by.col,
        message=Text(
            "Zmiana nastąpiła najpóźniej w dniu, w którym jeszcze jej nie było.",
            "The change was made by a day on which it was not made yet.",
        ),
        columns=(Transition.changed_after, Transition.changed_by),
    ),
    RowRule(
        name="codes_fit_the_change",
        good=(~_WHAT.is_in([Change.CREATED.value]) | _FROM.is_null())
        & (~_WHAT.is_in([Change.ABOLISHED.value]) | _TO.is_null())
        & (~_MOVED | (_FROM != _TO).fill_null(value=False))
        & (~_RENAMED | (_FROM == _TO).fill_null(value=False))
        & (_FROM.is_not_null() | _NEW)
        & (_TO.is_not_null() | _GONE),
        message=Text(
            "Kody przed zmianą i po niej nie pasują do rodzaju zmiany.",
            "The codes before and after do not fit the kind of change.",
        ),
        columns=(Transition.change, Transition.from_terc, Transition.to_terc),
    ),
    RowRule(
        name="kind_change_keeps_six_digits",
        good=_WHAT.eq(Change.KIND.value)
        == (_MOVED & (_FROM.str.slice(0, 6) == _TO.str.slice(0, 6)).fill_null(value=False)),
        message=Text(
            "Zmiana rodzaju zmienia tylko ostatnią cyfrę kodu, a inna zmiana kodu więcej niż ją.",
            "A change of kind changes only the last digit of the code, a recoding more than it.",
        ),
        columns=(Transition.change, Transition.from_terc, Transition.to_terc),
    ),
    RowRule(
        name="names_differ_when_renamed",
        good=~_RENAMED
        | (Transition.from_name.col != Transition.to_name.col).fill_null(value=False),
        message=Text(
            "Zmiana nazwy musi mieć dwie różne nazwy.",
            "A change of name must have two different names.",
        ),
        columns=(Transition.change, Transition.from_name, Transition.to_name),
    ),
    RowRule(
        name="code_is_the_one_after",
        good=Transition.terc.col == pl.when(_GONE).then(_FROM).otherwise(_TO),
        message=Text(
            "Kod w kluczu musi być kodem po zmianie, a gminy, której nie ma, kodem przed nią.",
            "The code in the key must be the one after, of a gmina that is gone the one before.",
        ),
        columns=(Transition.change, Transition.terc),
    ),
)


class KnownTransitions(Transition):
    """Facts: reviewed changes. They also say which code became which where files cannot."""

    name_pl = "znane_zmiany_gmin"
    title = Text("Znane zmiany gmin", "Known changes of gminas")
    description = Text(
        "Sprawdzone zmiany kodów, nazw i rodzajów gmin od 2016 do 2025 roku oraz wcześniejsze "
        "zmiany kodów Wałbrzycha i Warszawy.",
        "Reviewed changes of codes, names and kinds of gminas from 2016 to 2025, and earlier "
        "changes of the codes of Wałbrzych and Warszawa.",
    )
    row = Text("jedna zmiana jednej gminy", "one change of one gmina")
    rules = RULES


class CityTransitions(Transition):
    """Derived by `reconcile.transitions` from `KnownTransitions` and full files of TERC."""

    name_pl = "zmiany_gmin"
    title = Text(
        "Zmiany kodów, nazw i rodzajów gmin", "Changes of codes, names and kinds of gminas"
    )
    description = Text(
        "Zmiany, które sprawiają, że gminy nie można rozpoznać po samym kodzie ani po samej "
        "nazwie: nowy rodzaj, nowy kod, nowa nazwa, utworzenie, zniesienie. Każda ma przedział "
        "dni i dowód. Wykaz jest pełny od stanu 2016-01-01 do najnowszego stanu rejestru TERC.",
        "Changes that make it impossible to know a gmina by its code alone or by its name alone: "
        "a new kind, code or name, its rise and its end. Each has an interval of days and its "
        "evidence. The list is complete from the state 2016-01-01 to the newest state of the "
        "TERC register.",
    )
    row = Text("jedna zmiana jednej gminy", "one change of one gmina")
    rows = Rows(
        "f", "zmiana gminy / zmiany gmin / zmian gmin", "change of a gmina / changes of gminas"
    )
    dataset = CITY_REGISTER
    rules = RULES
