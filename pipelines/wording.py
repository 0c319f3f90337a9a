"""How findings are put into words for a person at a terminal."""

from collections.abc import Iterable

from schemas.table import Severity
from schemas.text import Lang, Text, place_in
from schemas.verdict import Finding

_SEVERITIES = {
    Severity.BLOCK: Text("wstrzymano", "stopped"),
    Severity.REJECT: Text("odrzucono", "rejected"),
    Severity.WARN: Text("uwaga", "warning"),
}


def finding_lines(findings: Iterable[Finding], lang: Lang) -> list[str]:
    """Each finding as one line: what it did, where, how often, by which rule, and why."""
    lines = []
    for finding in findings:
        column = f".{finding.column}" if finding.column else ""
        places = "; ".join(place_in(place, lang) for place in finding.places)
        more = finding.count - len(finding.places)
        if finding.places and more > 0:
            places += Text(f" i jeszcze {more}", f" and {more} more").of(lang)
        lines.append(
            f"{_SEVERITIES[finding.severity].of(lang)}: {finding.table}{column} "
            f"({finding.rule}, {finding.count}): {finding.message.of(lang)} {places}".rstrip()
        )
    return lines
