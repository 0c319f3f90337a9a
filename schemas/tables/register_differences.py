"""Where two sources of the registers do not say the same. Stays inside: it is for checking."""

from collections.abc import Callable, Sequence

import polars as pl

from schemas.columns import Codes, code, reference, string
from schemas.table import Severity, Table, TableRule, Tables
from schemas.tables.register import RegisterStates
from schemas.text import Text


class Against(Codes):
    """What a state of a register is held against."""

    CHANGES = (
        "changes",
        "stan poprzedni z plikami zmian",
        "the state before with the change files",
    )
    ADDRESSES = "address_list", "Baza JST (MSWiA)", "address list of local governments (MSWiA)"


class RegisterDifferences(Table):
    """Derived by `reconcile.register_checks` from the snapshots that are kept."""

    name_pl = "roznice_w_rejestrach"
    title = Text("Różnice w rejestrach", "Differences in the registers")
    description = Text(
        "Jednostki, miejscowości i ulice, o których stan rejestru mówi co innego niż stan "
        "poprzedni z plikami zmian, oraz gminy, które Baza JST nazywa inaczej niż TERC.",
        "Units, localities and streets of which the state of a register says something else than "
        "the state before it with its change files, and gminas that the address list of local "
        "governments names otherwise than TERC.",
    )
    row = Text(
        "jedna pozycja, o której dwa źródła mówią co innego",
        "one entry of which two sources say different things",
    )

    against = code(
        Against,
        "porownano_z",
        "Porównano z",
        "Held against",
        "Z czym porównano stan rejestru.",
        "What the state of the register is held against.",
        key=True,
    )
    state_id = reference(
        RegisterStates.state_id,
        "stan_rejestru",
        "Stan rejestru",
        "Register state",
        "Stan rejestru, który porównano.",
        "State of the register that is compared.",
        key=True,
    )
    unit = string(
        "pozycja",
        "Pozycja",
        "Entry",
        "Kod jednostki (TERC) albo identyfikator miejscowości (SIMC) lub ulicy w niej (ULIC).",
        "Code of the unit (TERC), identifier of the locality (SIMC) or of a street in it (ULIC).",
        key=True,
        max_length=20,
    )
    expected = string(
        "powinno_byc",
        "Powinno być",
        "Expected",
        "Co wynika ze stanu poprzedniego i zmian, a w porównaniu z Bazą JST: nazwa według TERC; "
        "puste, jeśli pozycji nie powinno być.",
        "What follows from the state before and the changes, or the name by TERC; empty where "
        "there should be no such entry.",
        null=True,
        max_length=500,
    )
    found = string(
        "jest",
        "Jest",
        "Found",
        "Co mówi porównany stan albo Baza JST; puste, jeśli pozycji w nim nie ma.",
        "What the state says, or the address list; empty where it has no such entry.",
        null=True,
        max_length=500,
    )


def _places(against: Against) -> Callable[[pl.DataFrame, Tables], Sequence[str]]:
    def places(frame: pl.DataFrame, _: Tables) -> Sequence[str]:
        nothing = pl.lit("-")
        rows = frame.filter(against=against.value).select(
            pl.format(
                "{} {}: {} ≠ {}",
                "state_id",
                "unit",
                pl.col("expected").fill_null(nothing),
                pl.col("found").fill_null(nothing),
            )
        )
        return rows.to_series().to_list()

    return places


RegisterDifferences.rules = (
    TableRule(
        name="changes_lead_to_the_state",
        broken=_places(Against.CHANGES),
        message=Text(
            "Stan rejestru nie jest stanem poprzednim z naniesionymi zmianami: brakuje zmiany, "
            "jest jej za dużo albo jeden z plików jest uszkodzony.",
            "The state of a register is not the state before with its changes made: a change is "
            "missing or too many, or one of the files is damaged.",
        ),
        severity=Severity.WARN,
    ),
    TableRule(
        name="address_list_agrees",
        broken=_places(Against.ADDRESSES),
        message=Text(
            "Baza JST ma gminę, której kodu TERC nie zna, albo nazywa ją inaczej.",
            "The address list has a gmina whose code TERC does not know, or names it otherwise.",
        ),
        severity=Severity.WARN,
    ),
)
