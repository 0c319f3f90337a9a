"""Change files: what was added, removed, modified or moved between two days.

Structure as GUS describes it («Pliki aktualizacyjne - struktury»): `/zmiany/zmiana` with fields
`…Przed` and `…Po`. D fills only `…Po`, U only `…Przed`. M, Z and P fill all `…Przed`, and of
`…Po` only what changed, except that a territorial code and a street name always come whole.
The reader fills the rest in, so that before and after are complete rows.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from schemas.text import Text
from sources.teryt.change_sets import GROUPS, LINKS, ChangeKind
from sources.teryt.checks import check_codes, check_letters
from sources.teryt.letters import to_utf8
from sources.teryt.load import FileForm, Origin, load
from sources.teryt.names import NameFacts, name_facts
from sources.teryt.refusals import other_set, refused
from sources.teryt.sets import REGISTERS, Register, SetName, Version
from sources.teryt.xml_form import elements, root_of


@dataclass(frozen=True, slots=True)
class ChangesFile:
    """A change file that was read and believed.

    `frame` has the columns `change` (D, U, M, Z or P), `state_before` and `state_after` (Date),
    each column of the set but STAN_NA with `_before` and `_after` (String, null in `_before` of
    an added and in `_after` of a removed unit), `split_from` and `merged_into` (identifiers
    separated by `;`). Rows stand in the order of the file, which is the order to apply them in.
    """

    frame: pl.DataFrame
    register: SetName
    version: Version | None
    since: date
    """The day of the state that the changes start from: by the file name, else by the rows."""
    until: date
    """The day of the state that they lead to."""
    rows: int
    origin: Origin


def read_changes(
    source: bytes | Path,
    name: str = "",
    *,
    expect: SetName | None = None,
    requested: date | None = None,
) -> ChangesFile:
    """Read a change file of TERC, SIMC or ULIC: XML, or a ZIP with it.

    A file without any change is good and has no rows. `expect` is the set that it must change.
    Raises PimError as `read_teryt` does, and `PIM-TRY-024` where rows do not keep to the structure
    that GUS describes, or neither they nor the name tell the days.
    """
    loaded = load(source, name, "xml")
    member = loaded.member
    text, encoding = to_utf8(member.data, member.name)
    text = text.lstrip()
    facts = name_facts(member.name)
    if root_of(text) != "zmiany":
        raise _not_as_described(
            member.name,
            Text("Element główny to nie „zmiany”.", "The root element is not 'zmiany'."),
        )
    table = _table(text, member.name)
    register = _register(table, facts, member.name)
    if expect is not None and register.name is not expect:
        raise other_set(expect, register.name, member.name)
    frame = _resolve(table, register, member.name)
    for side, absent in (("before", ChangeKind.ADDED), ("after", ChangeKind.REMOVED)):
        rows = frame.filter(pl.col("change") != absent).select(
            pl.col(f"{column}_{side}").alias(column) for column in _columns(register)
        )
        check_codes(rows, register, member.name)
        check_letters(rows, register, member.name)
    since, until = _days(frame, facts, member.name)
    origin = Origin(
        loaded.name,
        loaded.sha256,
        member.name,
        hashlib.sha256(member.data).hexdigest(),
        len(member.data),
        member.trailing,
        FileForm.XML,
        encoding,
        facts.days[-1] if facts.days else None,
        requested,
        (),
        {},
    )
    return ChangesFile(frame, register.name, facts.version, since, until, frame.height, origin)


def _days(frame: pl.DataFrame, facts: NameFacts, name: str) -> tuple[date, date]:
    """The states that the changes lie between."""
    days: list[date] = list(facts.days)
    if len(days) != 2:
        both = pl.concat([frame.get_column("state_before"), frame.get_column("state_after")])
        days = both.drop_nulls().sort().to_list()
    if not days or days[0] > days[-1]:
        raise _not_as_described(
            name,
            Text(
                "Nie wiadomo, między którymi dniami zaszły zmiany.",
                "It is not told between which days the changes were made.",
            ),
        )
    return days[0], days[-1]


def _columns(register: Register) -> list[str]:
    return [column for column in register.columns if column != "STAN_NA"]


def _table(text: bytes, name: str) -> pl.DataFrame:
    """Fields as columns: `Nazwa_1Po` is `Nazwa1Po`, an empty field is null."""
    columns: list[str] = []
    rows: list[list[str | None]] = []
    for fields, values in elements(text, "zmiana", name):
        columns = columns or fields
        if fields != columns:
            raise _not_as_described(
                name,
                Text(
                    f"Zmiana {len(rows) + 1} ma inne pola niż pierwsza.",
                    f"Change {len(rows) + 1} has other fields than the first.",
                ),
            )
        rows.append(values)
    names = [column.replace("_", "") for column in columns]
    if len(set(names)) < len(names):
        raise _not_as_described(name, Text("Pole się powtarza.", "A field is repeated."))
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    stripped = pl.all().str.replace_all(r"\s+", " ").str.strip_chars()
    return table.with_columns(pl.when(stripped != "").then(stripped)) if names else table


def _register(table: pl.DataFrame, facts: NameFacts, name: str) -> Register:
    """The set whose fields are all there; of an empty file, the one that its name says."""
    for register, groups in GROUPS.items():
        needed = {
            f"{stem}{side}" for group in groups for _, stem in group for side in ("Przed", "Po")
        }
        if register is SetName.SIMC:
            needed.add("Identyfikator")
        if needed | {"TypKorekty", "StanPrzed", "StanPo"} <= set(table.columns):
            return REGISTERS[register]
    if table.is_empty() and facts.register in GROUPS:
        return REGISTERS[facts.register]
    raise _not_as_described(
        name,
        Text(
            "Pola nie są polami zmian TERC, SIMC ani ULIC.",
            "The fields are not those of changes of TERC, SIMC or ULIC.",
        ),
    )


def _resolve(table: pl.DataFrame, register: Register, name: str) -> pl.DataFrame:
    """Before and after as complete rows."""
    if not table.width:
        table = pl.DataFrame(schema=dict.fromkeys(_all_fields(register), pl.String))
    kind = pl.col("TypKorekty")
    _check_kinds(table, register, name)
    before: dict[str, pl.Expr] = {}
    after: dict[str, pl.Expr] = {}
    for group in GROUPS[register.name]:
        changed = pl.any_horizontal(pl.col(f"{stem}Po").is_not_null() for _, stem in group)
        for column, stem in group:
            old, new = pl.col(f"{stem}Przed"), pl.col(f"{stem}Po")
            before[column] = old
            after[column] = pl.when(changed | (kind == ChangeKind.ADDED)).then(new).otherwise(old)
    if register.name is SetName.SIMC:
        before["SYM"] = after["SYM"] = pl.col("Identyfikator")
    order = _columns(register)
    links = {
        link: pl.concat_str(
            [pl.col(field) for field in table.columns if field.startswith(stem)] or [pl.lit(None)],
            separator=";",
            ignore_nulls=True,
        )
        for link, stem in LINKS.items()
    }
    try:
        days = table.select(
            state_before=pl.col("StanPrzed").str.to_date("%Y-%m-%d"),
            state_after=pl.col("StanPo").str.to_date("%Y-%m-%d"),
        )
    except pl.exceptions.InvalidOperationError as error:
        raise _not_as_described(
            name, Text("Data stanu jest zła.", "A state date is wrong.")
        ) from error
    return table.select(
        kind.alias("change"),
        days["state_before"],
        days["state_after"],
        *(
            pl.when(kind != ChangeKind.ADDED).then(before[column]).alias(f"{column}_before")
            for column in order
        ),
        *(
            pl.when(kind != ChangeKind.REMOVED).then(after[column]).alias(f"{column}_after")
            for column in order
        ),
        *(pl.when(joined != "").then(joined).alias(link) for link, joined in links.items()),
    )


def _all_fields(register: Register) -> list[str]:
    stems = [stem for group in GROUPS[register.name] for _, stem in group]
    sides = [f"{stem}{side}" for stem in [*stems, "Stan"] for side in ("Przed", "Po")]
    return ["TypKorekty", "Identyfikator", *sides]


def _check_kinds(table: pl.DataFrame, register: Register, name: str) -> None:
    """Every kind is known, an added unit has no past, a removed one no future."""
    kind = pl.col("TypKorekty")
    stems = [stem for group in GROUPS[register.name] for _, stem in group]
    past = pl.any_horizontal(pl.col(f"{stem}Przed").is_not_null() for stem in stems)
    future = pl.any_horizontal(pl.col(f"{stem}Po").is_not_null() for stem in stems)
    added, removed = kind == ChangeKind.ADDED, kind == ChangeKind.REMOVED
    bad = table.filter(
        kind.is_null()
        | ~kind.is_in([one.value for one in ChangeKind])
        | pl.when(added).then(past | ~future).when(removed).then(future | ~past).otherwise(~past)
    )
    if not bad.is_empty():
        listed = ", ".join(str(one) for one in bad.get_column("TypKorekty").unique().sort())
        raise _not_as_described(
            name,
            Text(
                f"{bad.height} zmian ma nieznany typ albo pola sprzeczne z typem ({listed}).",
                f"{bad.height} changes have an unknown kind or fields against it ({listed}).",
            ),
        )


def _not_as_described(name: str, why: Text) -> Exception:
    return refused(
        24,
        Text(
            "Plik zmian nie ma struktury opisanej przez GUS.",
            "The change file does not have the structure that GUS describes.",
        ),
        where=name,
        why=why,
    )
