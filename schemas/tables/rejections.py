"""How many rows were set aside: public counts of what the gate did not let through."""

from schemas.columns import Codes, code, integer, string
from schemas.counting import Rows
from schemas.datasets import DATA_QUALITY
from schemas.table import Table
from schemas.text import Text


class RejectionSeverity(Codes):
    """What a broken rule does; the same three as in `schemas.table.Severity`."""

    WARN = "warn", "ostrzeżenie", "warning"
    REJECT = "reject", "odrzucenie wiersza", "row set aside"
    BLOCK = "block", "wstrzymanie tabeli", "table stopped"


class RejectedCounts(Table):
    """Rows that broke a rule in this build, by table and rule; derived, and may be empty."""

    name_pl = "odrzucenia"
    title = Text("Odrzucone wiersze", "Rejected rows")
    description = Text(
        "Ile wierszy nie spełniło której reguły przy budowie tych danych. Pusta tabela znaczy, że "
        "wszystkie wiersze spełniły wszystkie reguły. Samych wierszy się nie publikuje.",
        "How many rows broke which rule when these data were built. An empty table means that all "
        "rows kept all rules. The rows themselves are not published.",
    )
    row = Text("jedna reguła w jednej tabeli", "one rule in one table")
    rows = Rows(
        "f",
        "reguła odrzucania / reguły odrzucania / reguł odrzucania",
        "rule of rejection / rules of rejection",
        named_by="message_pl",
    )
    dataset = DATA_QUALITY

    table_name = string(
        "tabela",
        "Tabela",
        "Table",
        "Nazwa tabeli, w której reguła została złamana.",
        "Name of the table in which the rule was broken.",
        key=True,
        pattern=r"[a-z][a-z0-9_]*",
        max_length=100,
    )
    rule = string(
        "regula",
        "Reguła",
        "Rule",
        "Nazwa złamanej reguły.",
        "Name of the broken rule.",
        key=True,
        max_length=100,
    )
    severity = code(
        RejectionSeverity,
        "skutek",
        "Skutek",
        "Severity",
        "Co powoduje złamanie reguły.",
        "What breaking the rule does.",
    )
    message_pl = string(
        "opis",
        "Opis po polsku",
        "Message in Polish",
        "Co jest nie tak, jednym zdaniem.",
        "What is wrong, in one Polish sentence.",
        max_length=500,
    )
    message_en = string(
        "opis_en",
        "Opis po angielsku",
        "Message in English",
        "Co jest nie tak, jednym zdaniem po angielsku.",
        "What is wrong, in one English sentence.",
        max_length=500,
    )
    rejected_rows = integer(
        "liczba_wierszy",
        "Liczba wierszy",
        "Number of rows",
        "Ile wierszy złamało regułę.",
        "How many rows broke the rule.",
    )
