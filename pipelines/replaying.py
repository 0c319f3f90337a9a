"""Rejected rows again: what would be accepted now, what still fails, what is gone."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assets.deciding import corrected_rows
from exports.intake.facts import as_text, facts_text
from pipelines.checking import check_all, ready
from pipelines.house import facts_folder, house_of, release_date
from pipelines.replayed import Answer, Reason, Replay, Replayed
from pipelines.settings import Settings
from schemas.files import replacing, write_text
from schemas.gate import check
from schemas.registry import all_tables, table_named
from schemas.rowcheck import key_text
from schemas.table import Table
from schemas.text import Text
from schemas.verdict import ORIGIN
from sources.facts import read_facts
from warehouse.folder import DataFolder
from warehouse.tables import load_rejected, load_table, scan_table, table_path

_AS_CAME = "_as_came"


def replay(settings: Settings, table_name: str | None) -> Replay:
    """Judge the rejected rows of the last build by the rules and facts of today.

    Raises PimError `PIM-WH-006` (nothing built) or `PIM-CLI-002` (no such table).
    """
    folder = DataFolder(settings.data).verify()
    facts = facts_folder(settings)
    wanted = (table_named(table_name),) if table_name else all_tables()
    before = {table: rows for table in wanted if (rows := load_rejected(folder, table)).height}
    if not before:
        return Replay((), {})
    _, known = check_all(facts, skip=None)
    # What no facts file holds was made by the last build, and is as that left it.
    known |= {
        table.name: _made(folder, table, before.get(table))
        for table in all_tables()
        if not (facts / f"{table.name}.csv").is_file() and table_path(folder, table).is_file()
    }
    sources = set(house_of(settings).source_files().get_column("source"))
    replayed: list[Replayed] = []
    accepted: dict[str, str] = {}
    for table, rows in before.items():
        if not ready(table, known):
            replayed += _stopped(table, rows)
            continue
        path = facts / f"{table.name}.csv"
        shown_as = f"{facts.name}/{path.name}"
        if path.is_file():
            # As in a build, a rejected row is kept as it was corrected.
            present = read_facts(path, shown_as=shown_as)
            present = _with_form(table, corrected_rows(facts, table, present).frame)
        else:
            present = _kept(table, rows, known, sources)
            present = corrected_rows(facts, table, present).frame
        found, good = _judged(table, rows, present, known)
        replayed += found
        if good.height:
            accepted[table.name] = facts_text(table, as_text(table, good))
    return Replay(tuple(replayed), accepted)


def _made(folder: DataFolder, table: type[Table], rejected: pl.DataFrame | None) -> pl.DataFrame:
    """The accepted rows of a table.

    Of one that may be longer than memory, those with the key of a rejected row: nothing refers to
    the others.
    """
    if not table.bulk:
        return load_table(folder, table)
    keys = [] if rejected is None else rejected.get_column("row_key").unique().to_list()
    same = key_text(table).is_in(keys) if keys else pl.lit(value=False)
    return scan_table(folder, table).filter(same).collect()


def _stopped(table: type[Table], before: pl.DataFrame) -> list[Replayed]:
    """Rows that refer to a table that is stopped itself: nothing can be said of them yet."""
    why = Reason(
        "stopped",
        "",
        "",
        Text(
            "Tabela, do której wiersz się odwołuje, jest zatrzymana. Popraw najpierw ją.",
            "A table that the row refers to is stopped. Mend that one first.",
        ),
    )
    rows = before.group_by(["source", "place", "row_key", "row"], maintain_order=True).agg("rule")
    return [
        Replayed(table.name, key, source or "", place or "", tuple(rules), Answer.REJECTED, (why,))
        for source, place, key, _, rules in rows.iter_rows()
    ]


def write_accepted(result: Replay, folder: Path) -> list[Path]:
    """Write what would be accepted now, one facts file a table; the files."""
    paths = [folder / f"{table}.csv" for table in result.accepted]
    for path, text in zip(paths, result.accepted.values(), strict=True):
        write_text(path, text)
    return paths


def write_rejections(settings: Settings, path: Path, rows: pl.DataFrame) -> None:
    """Write rejected rows (`REJECTED_SCHEMA` and `since`) as a workbook."""
    from exports.intake.rejections import rejections_workbook  # openpyxl takes a quarter second

    made = rejections_workbook(all_tables(), rows, release_date(settings))
    with replacing(path) as temporary:
        temporary.write_bytes(made)


def _with_form(table: type[Table], frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with each row as the JSON that the gate keeps of a rejected one."""
    names = [column.name for column in table.columns if column.name in frame.columns]
    as_came = pl.struct(pl.col(names).cast(pl.String)).struct.json_encode().alias(_AS_CAME)
    return frame.with_columns(as_came)


def _kept(
    table: type[Table],
    rejected: pl.DataFrame,
    known: Mapping[str, pl.DataFrame],
    sources: set[str],
) -> pl.DataFrame:
    """The rows of a table that no facts file holds: those kept, and those accepted beside them.

    A rejected row whose source is no longer in use is gone: a newer state has taken its place.
    """
    lines = rejected.unique(["source", "place", "row"], maintain_order=True).filter(
        pl.col("source").is_null() | pl.col("source").is_in(list(sources))
    )
    rows = [json.loads(text) for text in lines.get_column("row")]
    shape = {column.name: pl.String() for column in table.columns}
    came = pl.DataFrame(
        [{name: _plain(row.get(name)) for name in shape} for row in rows], schema=shape
    ).with_columns(
        lines.get_column("source").alias(ORIGIN[0]),
        lines.get_column("place").alias(ORIGIN[1]),
        lines.get_column("row").alias(_AS_CAME),
    )
    if table.name not in known:
        return came
    good = known[table.name]
    beside = as_text(table, good).with_columns(good.select(ORIGIN).get_columns())
    beside = beside.with_columns(pl.lit(None, pl.String).alias(_AS_CAME))
    return pl.concat([came, beside.select(came.columns)])


def _plain(value: object) -> str | None:
    """A value of a kept row as a facts file has it: polars writes booleans in small letters."""
    if value is None:
        return None
    return {"true": "True", "false": "False"}.get(str(value), str(value))


def _judged(
    table: type[Table],
    before: pl.DataFrame,
    present: pl.DataFrame,
    known: Mapping[str, pl.DataFrame],
) -> tuple[list[Replayed], pl.DataFrame]:
    """Each rejected row's answer, and the rows that are accepted now, typed."""
    numbered = present.drop(_AS_CAME).with_columns(
        # Places of sources need not differ; numbers do.
        pl.int_range(pl.len()).cast(pl.String).alias(ORIGIN[1])
    )
    verdict = check(table, numbered, known)
    reasons: dict[int, list[Reason]] = {}
    for line in verdict.rejected.iter_rows(named=True):
        said = Text(line["reason_pl"], line["reason_en"])
        reason = Reason(line["rule"], line["column_name"] or "", line["value"] or "", said)
        reasons.setdefault(int(line["place"]), []).append(reason)
    where = present.select(ORIGIN).fill_null("").rows()
    place_of = _Places.of(table, present, set(before.get_column("row").drop_nulls()))
    found: list[Replayed] = []
    good: set[str] = set()
    for (source, place, key, came), lines in before.group_by(
        ["source", "place", "row_key", "row"], maintain_order=True
    ):
        at, same = place_of.find(str(key), str(came), where, (str(source), str(place)))
        rules = tuple(lines.get_column("rule").unique(maintain_order=True))
        why = () if at is None else tuple(reasons.get(at, ()))
        # A long table is not here as a whole, so its rules as a whole say nothing.
        stopped = verdict.blocked and not table.bulk
        answer = _answer(at, same=same, failing=bool(why) or stopped)
        if answer in {Answer.ACCEPTED, Answer.MENDED}:
            good.add(str(at))
        now = (str(source or ""), str(place or "")) if at is None else where[at]
        found.append(Replayed(table.name, str(key), now[0], now[1], rules, answer, why))
    accepted = verdict.accepted.filter(pl.col(ORIGIN[1]).is_in(sorted(good)))
    return found, accepted


@dataclass(frozen=True)
class _Places:
    """Where a rejected row stands in the present rows, by what it says or by its key."""

    by_form: Mapping[str, list[int]]
    by_key: Mapping[str, list[int]]

    @classmethod
    def of(cls, table: type[Table], present: pl.DataFrame, rejected: set[str]) -> "_Places":
        """Rows that say what a rejected one said are that one, and no mended other."""
        keys = present.select(key_text(table).alias("key"), _AS_CAME)
        by_form: dict[str, list[int]] = {}
        by_key: dict[str, list[int]] = {}
        for number, (said, form) in enumerate(keys.iter_rows()):
            by_form.setdefault(form, []).append(number)
            if form not in rejected:
                by_key.setdefault(said, []).append(number)
        return cls(by_form, by_key)

    def find(
        self, key: str, form: str, where: Sequence[tuple[str, str]], place: tuple[str, str]
    ) -> tuple[int | None, bool]:
        """The number of the row, the one in the same place first; whether it says the same."""
        if same := self.by_form.get(form):
            return next((number for number in same if where[number] == place), same[0]), True
        return next(iter(self.by_key.get(key, ())), None), False


def _answer(at: int | None, *, same: bool, failing: bool) -> Answer:
    if at is None:
        return Answer.GONE
    if failing:
        return Answer.REJECTED
    return Answer.ACCEPTED if same else Answer.MENDED
