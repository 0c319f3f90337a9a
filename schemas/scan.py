"""Rules over a whole table at rest, asked by DuckDB: the same for short tables and long ones."""

import duckdb

from schemas.table import ScanRule, Table
from schemas.verdict import PLACES_SHOWN, Finding

ACCEPTED = "accepted"
"""The name that a rule's query has for the accepted rows."""


def scan_findings(connection: duckdb.DuckDBPyConnection, table: type[Table]) -> tuple[Finding, ...]:
    """What the rules of a table find wrong with its accepted rows, `accepted` in `connection`.

    Places are counted all and told in order, the first of them alone, so that no list of them is
    ever held.
    """
    findings = []
    for rule in table.rules:
        if not isinstance(rule, ScanRule):
            continue
        broken = f"({rule.query}) AS broken(place)"
        count = connection.execute(f"SELECT count(*) FROM {broken}").fetchall()[0][0]  # noqa: S608
        if count:
            first = connection.execute(
                f"SELECT place FROM {broken} ORDER BY place LIMIT {PLACES_SHOWN}"  # noqa: S608
            ).fetchall()
            places = tuple(str(place) for (place,) in first)
            findings.append(
                Finding(table.name, rule.name, rule.severity, rule.message, int(count), places)
            )
    return tuple(findings)
