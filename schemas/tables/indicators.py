"""Values of indicators of the Local Data Bank (BDL) for the participating cities."""

import polars as pl

from schemas.columns import Codes, Column, code, date, integer, number, reference, string
from schemas.counting import Rows
from schemas.datasets import INDICATORS
from schemas.missing import MissingReason
from schemas.table import RowRule, ScanRule, Severity, Table
from schemas.tables.indicator_variables import IndicatorVariables
from schemas.tables.register import Cities
from schemas.tables.units import Units
from schemas.text import Text


class ValueAttribute(Codes):
    """Attributes of BDL by their number (`attrId`); an unknown one is not accepted."""

    A0 = "0", "0: zero", "0: zero"
    A1 = "1", "1: wartość", "1: value"
    A3 = "3", "3: agregat może być niekompletny (k)", "3: aggregate may be incomplete (k)"
    A4 = (
        "4",
        "4: brak informacji, tajemnica statystyczna albo pozycja niecelowa (x)",
        "4: no information, confidential, or pointless (x)",
    )
    A7 = "7", "7: mniej niż pokazuje format (a)", "7: less than the format shows (a)"
    A9 = "9", "9: szacunek wstępny (s)", "9: preliminary estimate (s)"
    A11 = "11", "11: zmiana metodologii (M)", "11: change of method (M)"
    A13 = (
        "13",
        "13: zmiana metodologii, agregat może być niekompletny (K)",
        "13: change of method, aggregate may be incomplete (K)",
    )
    A14 = (
        "14",
        "14: zmiana metodologii, brak informacji albo tajemnica statystyczna (X)",
        "14: change of method, no information or confidential (X)",
    )
    A15 = (
        "15",
        "15: brak informacji po zmianie poziomu, jednostek lub listy cech (-)",
        "15: no information after a change of level, units or variables (-)",
    )
    A17 = (
        "17",
        "17: zmiana metodologii, mniej niż pokazuje format (A)",
        "17: change of method, less than the format shows (A)",
    )
    A20 = "20", "20: niska precyzja (v)", "20: low precision (v)"
    A21 = "21", "21: niska precyzja (v)", "21: low precision (v)"
    A50 = "50", "50: jeszcze niedostępna (n)", "50: not available yet (n)"
    A91 = (
        "91",
        "91: brak informacji, tajemnica statystyczna albo pozycja niecelowa (x)",
        "91: no information, confidential, or pointless (x)",
    )
    A94 = "94", "94: zero wynikające z bilansu (z)", "94: zero that is a balance (z)"
    A97 = (
        "97",
        "97: łącznie powiat i miasto na prawach powiatu (p)",
        "97: powiat and city county together (p)",
    )
    A98 = (
        "98",
        "98: zmiana metodologii, zero wynikające z bilansu (Z)",
        "98: change of method, zero that is a balance (Z)",
    )


def _city_id() -> Column:
    return reference(
        Cities.city_id,
        "id_gminy",
        "Identyfikator gminy",
        "Gmina identifier",
        "Stały identyfikator miasta, niezależny od zmian kodu TERC.",
        "Permanent identifier of the city, whatever its TERC code.",
        key=True,
    )


def _terc() -> Column:
    return reference(
        Units.terc,
        "terc",
        "Kod TERC miasta",
        "TERC code of the city",
        "Siedmiocyfrowy kod TERC, który miasto ma dziś.",
        "Seven-digit TERC code that the city has today.",
    )


def _variable_id() -> Column:
    return integer(
        "id_zmiennej_bdl",
        "Identyfikator zmiennej BDL",
        "BDL variable identifier",
        "Numer zmiennej w Banku Danych Lokalnych.",
        "Number of the variable in the Local Data Bank.",
        key=True,
        minimum=1,
    )


def _year() -> Column:
    return integer(
        "rok",
        "Rok",
        "Year",
        "Rok, którego dotyczy wartość.",
        "Year that the value is for.",
        key=True,
        minimum=1990,
        maximum=2100,
    )


def _revision(*, key: bool) -> Column:
    return integer(
        "rewizja",
        "Numer rewizji",
        "Revision number",
        "Która to kolejna wartość podana przez GUS: 1 oznacza pierwszą pobraną.",
        "Which of the values that Statistics Poland gave in turn: 1 is the first one fetched.",
        key=key,
        minimum=1,
    )


class _Observed(Table):
    """What stands beside the key of a present and of an earlier value alike.

    The bank has a billion values of gminas alone, so both tables pass in pieces.
    """

    bulk = True

    indicator_id = reference(
        IndicatorVariables.indicator_id,
        "id_wskaznika",
        "Identyfikator wskaźnika",
        "Indicator identifier",
        "Wskaźnik z listy, dla którego pobrano zmienną.",
        "Indicator of the list that the variable was fetched for.",
    )
    value = number(
        "wartosc",
        "Wartość",
        "Value",
        "Wartość wskaźnika; pusta, gdy jej nie ma, a powód stoi obok.",
        "Value of the indicator; empty where there is none, with the reason beside it.",
        scale=4,
        null=True,
    )
    unit = string(
        "jednostka_miary",
        "Jednostka miary",
        "Unit of measure",
        "Jednostka miary podana przez GUS.",
        "Unit of measure that Statistics Poland gives.",
        null=True,
        max_length=100,
        missing="X",
    )
    attribute = code(
        ValueAttribute,
        "atrybut_bdl",
        "Atrybut BDL",
        "BDL attribute",
        "Atrybut, którym GUS opatrzył wartość.",
        "Attribute that Statistics Poland gave to the value.",
    )
    missing_reason = code(
        MissingReason,
        "powod_braku",
        "Powód braku wartości",
        "Reason of the missing value",
        "Dlaczego nie ma wartości; nie dotyczy, gdy wartość jest.",
        "Why there is no value; not applicable where there is one.",
        null=True,
        missing="X",
    )
    bdl_unit_id = string(
        "id_jednostki_bdl",
        "Identyfikator jednostki BDL",
        "BDL unit identifier",
        "Dwunastocyfrowy identyfikator jednostki, z której pochodzi wartość.",
        "Twelve-digit identifier of the unit that the value comes from.",
        pattern=r"\d{12}",
    )
    source_date = date(
        "data_aktualizacji_bdl",
        "Data aktualizacji w BDL",
        "Date of update in BDL",
        "Dzień ostatniej aktualizacji zmiennej podany przez GUS z tą wartością.",
        "Day of the last update of the variable that came with this value.",
        null=True,
    )
    retrieved_on = date(
        "data_pobrania",
        "Data pobrania",
        "Date of retrieval",
        "Dzień, w którym tę wartość pobrano po raz pierwszy.",
        "Day on which this value was first fetched.",
    )


_VALUE_OR_REASON = Text(
    "Potrzebna jest wartość albo powód jej braku, a nie oba naraz: liczba przeczy atrybutowi.",
    "Either a value or the reason why there is none is needed, not both: they contradict.",
)


def _rules(observed: type[_Observed]) -> tuple[RowRule, ...]:
    value, reason = observed.value, observed.missing_reason
    return (
        RowRule(
            "value_or_reason",
            value.col.is_null() == reason.col.is_not_null(),
            _VALUE_OR_REASON,
            (value, reason),
        ),
        RowRule(
            "powiat_and_city",
            observed.attribute.col != pl.lit(ValueAttribute.A97.value),
            Text(
                "Wartość dotyczy łącznie powiatu i miasta na prawach powiatu, nie samego miasta.",
                "The value is for the powiat and the city county together, not for the city.",
            ),
            (observed.attribute,),
            Severity.WARN,
        ),
    )


class Indicators(_Observed):
    """Made from the observations kept by `sources.bdl.store`: the newest revision of each."""

    name_pl = "wskazniki"
    title = Text("Wskaźniki miast", "Indicators of cities")
    description = Text(
        "Wartości wskaźników z Banku Danych Lokalnych dla miast programu, po jednej na miasto, "
        "zmienną i rok. Pusta tabela oznacza, że danych jeszcze nie pobrano. Źródło: Główny "
        "Urząd Statystyczny, Bank Danych Lokalnych.",
        "Values of indicators of the Local Data Bank for the cities of the programme, one for "
        "each city, variable and year. An empty table means that no data have been fetched yet. "
        "Source: Statistics Poland, Local Data Bank.",
    )
    row = Text(
        "obecna wartość jednej zmiennej dla jednego miasta w jednym roku",
        "the present value of one variable for one city in one year",
    )
    rows = Rows(
        "f",
        "wartość wskaźnika / wartości wskaźników / wartości wskaźników",
        "value of an indicator / values of indicators",
    )
    dataset = INDICATORS
    max_rejected = 0.01

    city_id = _city_id()
    terc = _terc()
    variable_id = _variable_id()
    year = _year()
    revision = _revision(key=False)


class IndicatorRevisions(_Observed):
    """Made from the observations kept by `sources.bdl.store`: what was corrected later."""

    name_pl = "rewizje_wskaznikow"
    title = Text("Wcześniejsze wartości wskaźników", "Earlier values of indicators")
    description = Text(
        "Wartości, które GUS później poprawił. Obecna wartość jest w tabeli wskaźników. Źródło: "
        "Główny Urząd Statystyczny, Bank Danych Lokalnych.",
        "Values that Statistics Poland corrected later. The present value is in the table of "
        "indicators. Source: Statistics Poland, Local Data Bank.",
    )
    row = Text("jedna wartość, którą GUS później poprawił", "one value that was corrected later")
    rows = Rows(
        "f",
        "wcześniejsza wartość / wcześniejsze wartości / wcześniejszych wartości",
        "earlier value / earlier values",
    )
    dataset = INDICATORS
    max_rejected = 0.01

    city_id = _city_id()
    terc = _terc()
    variable_id = _variable_id()
    year = _year()
    revision = _revision(key=True)


_GAP = ScanRule(
    "revision_gap",
    # Rows stand in the order of the key, so the revision before is in the row above.
    """SELECT concat_ws(' | ', city_id, variable_id, year, revision) FROM (
        SELECT *, lag((city_id, variable_id, year)) OVER () AS above,
               lag(revision) OVER () AS before
        FROM accepted
    ) WHERE revision <> CASE WHEN above = (city_id, variable_id, year) THEN before ELSE 0 END + 1
    """,
    Text(
        "Brakuje rewizji, która była przed tą: jej wiersz odrzucono albo zginął.",
        "The revision before this one is missing: its row was rejected or is lost.",
    ),
    Severity.WARN,
)

Indicators.rules = _rules(Indicators)
IndicatorRevisions.rules = (*_rules(IndicatorRevisions), _GAP)
