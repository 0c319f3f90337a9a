"""From files of TERYT to the tables that they fill, and to the rows of `RegisterStates`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from schemas.tables.localities import Localities, LocalityKinds, Streets
from schemas.tables.register import RegisterStates, Terms
from sources.snapshots.provenance import Provenance
from sources.teryt.read import TerytFile, read_teryt
from sources.teryt.register import require_city_register
from sources.teryt.sets import Scope, SetName
from sources.teryt.units import to_units


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """A full file of one set of TERYT, and what is known of it without reading it again."""

    path: Path
    register: SetName
    state_date: date
    file_date: date | None
    retrieved: datetime | None
    """UTC; None for a file that somebody gave."""
    member: str
    sha256: str
    """Of the member."""
    rows: int
    name: str = ""
    """The original name, where the path has another one."""

    @property
    def state_id(self) -> str:
        """Key of `RegisterStates`."""
        return f"{self.register.lower()}-{self.state_date}"


def described(path: Path) -> RegisterFile:
    """Read a file that was given by hand, to say what it is.

    Raises PimError `PIM-TRY-001` to `-019`.
    """
    file = read_teryt(path)
    origin = file.origin
    return RegisterFile(
        path,
        file.register,
        file.state_date,
        origin.file_date,
        None,
        origin.member,
        origin.member_sha256,
        file.rows,
    )


def of_snapshot(path: Path, snapshot: Provenance) -> RegisterFile | None:
    """What is known of a snapshot of TERYT; None for a part or one without a state."""
    if not snapshot.whole or snapshot.state_date is None:
        return None
    return RegisterFile(
        path,
        SetName(snapshot.source.upper()),
        snapshot.state_date,
        snapshot.file_date,
        snapshot.retrieved.astimezone(UTC).replace(tzinfo=None),
        snapshot.member,
        snapshot.member_sha256,
        snapshot.rows or 0,
        snapshot.name,
    )


def to_register_states(files: Sequence[RegisterFile]) -> pl.DataFrame:
    """Rows of `RegisterStates` for files that were given, one a state; later ones win."""
    rows = [
        (
            file.state_id,
            file.register.lower(),
            file.state_date,
            file.file_date,
            file.retrieved,
            file.member,
            file.sha256,
            file.rows,
            Terms.GUS.value,
            None,
        )
        for file in files
    ]
    frame = pl.DataFrame(rows, schema=RegisterStates.schema(), orient="row")
    key = RegisterStates.state_id.name
    return frame.unique(key, keep="last", maintain_order=True).sort(key)


def of_set(files: Sequence[RegisterFile], register: SetName) -> list[RegisterFile]:
    """The files of one set, one a state, oldest first."""
    by_state = {file.state_date: file for file in files if file.register is register}
    return [by_state[day] for day in sorted(by_state)]


def read_file(file: RegisterFile) -> TerytFile:
    """A full file, read. Raises PimError `PIM-TRY-001` to `-019`."""
    return read_teryt(file.path, file.name, expect=file.register)


def read_units(files: Sequence[RegisterFile]) -> pl.DataFrame:
    """The units of all full states of TERC among the files, one below the other.

    Columns of `Units`. Raises PimError `PIM-TRY-001` to `-022`.
    """
    states = [pl.DataFrame(schema=to_units(_empty_terc()).schema)]
    for file in of_set(files, SetName.TERC):
        read = read_file(file)
        require_city_register(read)
        states.append(to_units(read.frame))
    return pl.concat(states)


def read_newest(files: Sequence[RegisterFile], register: SetName) -> TerytFile | None:
    """The newest whole file of a set, read; None where there is none."""
    for file in reversed(of_set(files, register)):
        read = read_file(file)
        if read.scope is Scope.COMPLETE:
            return read
    return None


def to_localities(frame: pl.DataFrame) -> pl.DataFrame:
    """SIMC rows in the shape of `Localities`, sorted by identifier."""
    return frame.select(
        pl.col("SYM").alias(Localities.sym.name),
        pl.concat_str("WOJ", "POW", "GMI", "RODZ_GMI").alias(Localities.terc.name),
        pl.col("NAZWA").alias(Localities.locality_name.name),
        pl.col("RM").alias(Localities.kind.name),
        pl.col("SYMPOD").alias(Localities.base_sym.name),
        _state().alias(Localities.state_date.name),
    ).sort(Localities.sym.name)


def to_locality_kinds(frame: pl.DataFrame) -> pl.DataFrame:
    """WMRODZ rows in the shape of `LocalityKinds`, sorted by code."""
    return frame.select(
        pl.col("RM").alias(LocalityKinds.kind.name),
        pl.col("NAZWA_RM").alias(LocalityKinds.kind_name.name),
        _state().alias(LocalityKinds.state_date.name),
    ).sort(LocalityKinds.kind.name)


def to_streets(frame: pl.DataFrame) -> pl.DataFrame:
    """ULIC rows in the shape of `Streets`, sorted by locality and name identifier."""
    return frame.select(
        pl.col("SYM").alias(Streets.sym.name),
        pl.col("SYM_UL").alias(Streets.street_sym.name),
        pl.concat_str("WOJ", "POW", "GMI", "RODZ_GMI").alias(Streets.terc.name),
        pl.col("CECHA").alias(Streets.prefix.name),
        pl.col("NAZWA_1").alias(Streets.name_1.name),
        pl.col("NAZWA_2").alias(Streets.name_2.name),
        _state().alias(Streets.state_date.name),
    ).sort(Streets.sym.name, Streets.street_sym.name)


def _state() -> pl.Expr:
    # One day in the whole file: read once and not a hundred thousand times.
    return pl.col("STAN_NA").first().str.to_date("%Y-%m-%d")


def _empty_terc() -> pl.DataFrame:
    columns = ("WOJ", "POW", "GMI", "RODZ", "NAZWA", "NAZWA_DOD", "STAN_NA")
    return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
