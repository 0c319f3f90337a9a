"""What people decided about names, facts and disagreements that no rule decides."""

import polars as pl

from schemas.columns import Codes, code, date, string
from schemas.table import RowRule, Table
from schemas.text import Text

ITEM_ID = r"item-[0-9a-f]{12}"
ANSWER = r"par-\d{4}|\d{7}"
"""How a decision names a city: a participant, or the TERC code of a gmina."""


class ItemKind(Codes):
    """What is asked."""

    NAME = "name", "nazwa miasta", "name of a city"
    MID_CITY = "mid_city", "miasto dokumentu MID", "city of a MID document"
    CONFLICT = "conflict", "sprzeczność", "conflict"
    FACT = "fact", "nowy fakt", "new fact"
    MID_VALUE = "mid_value", "dana z dokumentu MID", "value of a MID document"


class Decided(Codes):
    """What was decided."""

    CITY = "city", "to miasto", "this city"
    NO_CITY = "no_city", "to nie miasto", "no city"
    VALUE = "value", "ta wartość", "this value"
    ACCEPT = "accept", "przyjąć", "accept"
    REJECT = "reject", "odrzucić", "reject"
    DEFER = "defer", "odłożyć", "defer"


class Decisions(Table):
    """The reviewed file of decisions; `reconcile.review` says when one still holds."""

    name_pl = "decyzje"
    title = Text("Decyzje", "Decisions")
    description = Text(
        "Co ludzie postanowili w sprawach, których nie rozstrzyga reguła: z powodem, datą, stanem "
        "rejestru i skrótem tego, co było do wyboru.",
        "What people decided where no rule does: with the reason, the day, the state of the "
        "register and a fingerprint of what there was to choose from.",
    )
    row = Text("jedna decyzja", "one decision")
    max_loss = 1.0

    item_id = string(
        "id_sprawy",
        "Identyfikator sprawy",
        "Item identifier",
        "Skrót tego, o co pytano.",
        "A hash of what was asked.",
        key=True,
        pattern=ITEM_ID,
    )
    kind = code(
        ItemKind,
        "rodzaj",
        "Rodzaj sprawy",
        "Kind of item",
        "O co pytano.",
        "What was asked.",
    )
    question = string(
        "pytanie",
        "Pytanie",
        "Question",
        "O co pytano, w skrócie, żeby plik dało się czytać.",
        "What was asked, in short, so that the file can be read.",
        max_length=300,
    )
    decided = code(
        Decided,
        "decyzja",
        "Decyzja",
        "Decision",
        "Co postanowiono.",
        "What was decided.",
    )
    value = string(
        "wartosc",
        "Wartość",
        "Value",
        "Miasto (identyfikator uczestnika albo kod TERC) lub wybrana wartość.",
        "The city (identifier of a participant, or TERC code) or the chosen value.",
        null=True,
        max_length=300,
    )
    reason = string(
        "powod",
        "Powód",
        "Reason",
        "Dlaczego tak postanowiono; bez nazwisk i kontaktów.",
        "Why it was decided so; without names of people and contacts.",
        max_length=500,
    )
    decided_on = date(
        "data_decyzji",
        "Data decyzji",
        "Decided on",
        "Dzień decyzji.",
        "Day of the decision.",
    )
    register_state = date(
        "stan_rejestru",
        "Stan rejestru",
        "State of the register",
        "Stan TERC, na którym oparto decyzję o mieście.",
        "State of TERC that a decision about a city was made on.",
        null=True,
    )
    fingerprint = string(
        "skrot_wyboru",
        "Skrót wyboru",
        "Fingerprint of the choice",
        "Skrót kandydatów albo wartości, spośród których wybierano.",
        "A hash of the candidates or values that there were to choose from.",
        pattern=r"[0-9a-f]{16}",
    )


_VALUED = [Decided.CITY.value, Decided.VALUE.value]
_CITIES = [ItemKind.NAME.value, ItemKind.MID_CITY.value]
_FITTING = {
    Decided.CITY: _CITIES,
    Decided.NO_CITY: _CITIES,
    Decided.VALUE: [ItemKind.CONFLICT.value],
    Decided.ACCEPT: [ItemKind.FACT.value, ItemKind.MID_VALUE.value],
    Decided.REJECT: [ItemKind.FACT.value, ItemKind.MID_VALUE.value],
    Decided.DEFER: [kind.value for kind in ItemKind],
}
_fits = pl.any_horizontal(
    (Decisions.decided.col == decided.value) & Decisions.kind.col.is_in(kinds)
    for decided, kinds in _FITTING.items()
)

Decisions.rules = (
    RowRule(
        name="decision_fits_question",
        good=_fits,
        message=Text(
            "Takiej decyzji nie można podjąć w sprawie tego rodzaju.",
            "An item of this kind cannot be decided like that.",
        ),
        columns=(Decisions.kind, Decisions.decided),
    ),
    RowRule(
        name="value_where_needed",
        good=Decisions.value.col.is_not_null() == Decisions.decided.col.is_in(_VALUED),
        message=Text(
            "Wartość ma być podana przy decyzjach city i value, a przy innych pusta.",
            "A value must be given with city and value, and stay empty with all others.",
        ),
        columns=(Decisions.decided, Decisions.value),
    ),
    RowRule(
        name="city_is_named",
        good=(Decisions.decided.col != Decided.CITY.value)
        | Decisions.value.col.str.contains(rf"^(?:{ANSWER})$"),
        message=Text(
            "Miasto wskazuje się identyfikatorem uczestnika (par-0000) albo kodem TERC (7 cyfr).",
            "A city is named by its participant identifier (par-0000) or TERC code (7 digits).",
        ),
        columns=(Decisions.decided, Decisions.value),
    ),
    RowRule(
        name="state_of_register",
        good=Decisions.register_state.col.is_not_null() == Decisions.kind.col.is_in(_CITIES),
        message=Text(
            "Decyzja o mieście ma mieć stan rejestru, a inne decyzje nie.",
            "A decision about a city must have the state of the register, and no other may.",
        ),
        columns=(Decisions.kind, Decisions.register_state),
    ),
)
