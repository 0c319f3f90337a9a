"""Read a TERYT file in any of its real forms, and say what it is.

Nothing here asks the network or the clock. What cannot be believed is refused with a PimError
`PIM-TRY-…` that says how to get a good file.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from schemas.text import Text
from sources.teryt.checks import check_codes, check_letters, check_rows, state_date
from sources.teryt.csv_form import read_csv
from sources.teryt.letters import to_utf8
from sources.teryt.load import FileForm, Origin, load
from sources.teryt.names import NameFacts, name_facts
from sources.teryt.raw import Raw, tidy
from sources.teryt.refusals import other_set, refused
from sources.teryt.sets import Register, Scope, SetName, Version
from sources.teryt.unpack import Member, Prefer
from sources.teryt.xlsx_form import read_xlsx
from sources.teryt.xml_form import read_xml


@dataclass(frozen=True, slots=True)
class TerytFile:
    """A file that was read and believed: its rows and the verdict on it."""

    frame: pl.DataFrame
    """All columns of the set as String, null where empty, rows in the order of the file."""
    register: SetName
    version: Version | None
    """None where neither rows nor name tell, and for sets that have one version."""
    scope: Scope
    state_date: date
    """STAN_NA, the same in all rows."""
    rows: int
    origin: Origin


def read_teryt(
    source: bytes | Path,
    name: str = "",
    *,
    expect: SetName | None = None,
    prefer: Prefer = "csv",
    requested: date | None = None,
) -> TerytFile:
    """Read TERC, SIMC, ULIC, WMRODZ or NTS from ZIP, CSV, XML or XLSX.

    `name` is the file's name, by default the name of the path; `expect` the set that it must
    hold; `prefer` which member of a ZIP is read. Raises PimError `PIM-TRY-001` to `-019`.
    """
    loaded = load(source, name, prefer)
    member = loaded.member
    if loaded.workbook:
        form, encoding, raw = FileForm.XLSX, "", read_xlsx(member.data, member.name)
    else:
        form, encoding, raw = _read_text(member)
    raw = tidy(raw)
    check_rows(raw, member.name)
    check_codes(raw.frame, raw.register, member.name)
    check_letters(raw.frame, raw.register, member.name)
    facts = name_facts(member.name)
    _as_named(raw.register, facts, expect, member.name)
    origin = Origin(
        loaded.name,
        loaded.sha256,
        member.name,
        hashlib.sha256(member.data).hexdigest(),
        len(member.data),
        member.trailing,
        form,
        encoding,
        facts.days[0] if facts.days else None,
        requested,
        raw.preamble,
        raw.cleaned,
    )
    return TerytFile(
        raw.frame,
        raw.register.name,
        version_of(raw.frame, raw.register, facts),
        scope_of(raw),
        state_date(raw.frame, member.name),
        raw.frame.height,
        origin,
    )


def version_of(frame: pl.DataFrame, register: Register, facts: NameFacts) -> Version | None:
    """The version by the rows where they tell, else by the name.

    TERC: the address version has no gmina of kind 3, only its town (4) and rural area (5).
    SIMC: it has no part of a town (RM 99).
    """
    if register.name is SetName.TERC:
        kinds = set(frame.get_column("RODZ").unique())
        if "3" in kinds:
            return Version.OFFICIAL
        if kinds & {"4", "5"}:
            return Version.ADDRESS
    if register.name is SetName.SIMC and facts.version is None:
        parts = (frame.get_column("RM") == "99").any()
        return None if parts else Version.ADDRESS if frame.height >= register.whole else None
    if register.name in (SetName.WMRODZ, SetName.NTS):
        return None
    return facts.version


def scope_of(raw: Raw) -> Scope:
    """Whether the rows are the whole set: all voivodeships, enough rows, and not said a part."""
    register = raw.register
    said_part = any("część" in line for line in raw.preamble)
    areas = register.widths.keys() & {"WOJ"} and raw.frame.get_column("WOJ").drop_nulls().n_unique()
    if said_part or raw.frame.height < register.whole or (areas and areas != 16):
        return Scope.PART
    return Scope.COMPLETE


def _read_text(member: Member) -> tuple[FileForm, str, Raw]:
    text, encoding = to_utf8(member.data, member.name)
    if name_facts(member.name).changes:
        raise refused(
            19,
            Text("To jest plik zmian, a nie plik pełny.", "This is a change file, not a full one."),
            where=member.name,
            fix=Text(
                "Podaj go jako źródło zmian tego zbioru, na przykład --source terc_changes.",
                "Give it as the source of changes of this set, such as --source terc_changes.",
            ),
        )
    if text.lstrip().startswith(b"<"):
        return FileForm.XML, encoding, read_xml(text.lstrip(), member.name)
    return FileForm.CSV, encoding, read_csv(text, member.name)


def _as_named(register: Register, facts: NameFacts, expect: SetName | None, name: str) -> None:
    """Refuse a file that holds another set than its name or the caller says (`-019`)."""
    said = expect or facts.register
    if said is not None and said is not register.name:
        raise other_set(said, register.name, name)
