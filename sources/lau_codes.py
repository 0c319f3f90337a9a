"""LAU and NUTS codes of gminas, from the concordance that GISCO (Eurostat) makes."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from schemas.errors import PimError
from schemas.tables.register import RegisterName, RegisterStates, Terms
from schemas.text import Text
from sources.code_forms import CodeForm
from sources.codes import parse_codes
from sources.snapshots.provenance import Provenance
from sources.teryt.letters import to_utf8

MAX_FILE = 64 * 2**20
_WANTED = ("country", "nuts_2", "nuts_3", "lau_id", "lau_name", "year")
_COUNTRY = "PL"


def read_lau(data: bytes, name: str) -> pl.DataFrame:
    """The Polish rows: terc6 (a LAU code has no kind), lau_id, lau_name, nuts_2, nuts_3, year.

    Sorted by `terc6`. Raises PimError `PIM-LAU-001` (no such header, or too large), `-002` (LAU
    codes that hold no TERC code, or one twice).
    """
    if len(data) > MAX_FILE:
        raise _refused("PIM-LAU-001", name, f"> {MAX_FILE} B")
    utf8, _ = to_utf8(data, name)
    reader = csv.DictReader(io.StringIO(utf8.decode("utf-8-sig"), newline=""))
    missing = [wanted for wanted in _WANTED if wanted not in (reader.fieldnames or ())]
    if missing:
        raise _refused("PIM-LAU-001", name, ", ".join(missing))
    rows = [[row[wanted] for wanted in _WANTED] for row in reader if row["country"] == _COUNTRY]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(_WANTED, pl.String()), orient="row")
    codes = parse_codes(frame.get_column("lau_id"), form=CodeForm.LAU13)
    odd = codes.filter(pl.col("refusal").is_not_null()).get_column("text")
    frame = frame.with_columns(codes.get_column("terc").alias("terc6"))
    odd = odd.append(frame.filter(pl.col("terc6").is_duplicated()).get_column("lau_id"))
    if not odd.is_empty():
        raise _refused("PIM-LAU-002", name, ", ".join(odd.head(5)))
    year = pl.col("year").cast(pl.Int64)
    return frame.select("terc6", "lau_id", "lau_name", "nuts_2", "nuts_3", year).sort("terc6")


@dataclass(frozen=True)
class LauTable:
    """The table of a snapshot, and the state of the register that it is."""

    path: Path
    known: Provenance

    def codes(self) -> pl.DataFrame:
        """The rows of `read_lau`, and `state`: the identifier of the state."""
        rows = read_lau(self.path.read_bytes(), self.known.name)
        return rows.with_columns(state=pl.lit(f"lau-{state_day(rows)}"))

    def state(self) -> pl.DataFrame:
        """One row of `RegisterStates`."""
        rows = read_lau(self.path.read_bytes(), self.known.name)
        day = state_day(rows)
        row = {
            "state_id": f"lau-{day}",
            "register": RegisterName.LAU.value,
            "state_date": day,
            "file_date": self.known.file_date,
            "retrieved": self.known.retrieved.replace(tzinfo=None),
            "file_name": self.known.member or self.known.name,
            "sha256": self.known.member_sha256,
            "file_rows": rows.height,
            "terms": Terms.EUROSTAT.value,
            "notes": None,
        }
        return pl.DataFrame([row], schema=RegisterStates.schema())


def state_day(rows: pl.DataFrame) -> date:
    """The day of the state of rows of `read_lau`.

    The table says its year alone; the codes are those at its end.
    """
    year = rows.get_column("year").max()
    return date(int(str(year)), 12, 31)


def _refused(code: str, place: str, detail: str) -> PimError:
    what = {
        "PIM-LAU-001": Text("To nie jest tabela LAU i NUTS.", "This is no table of LAU and NUTS."),
        "PIM-LAU-002": Text(
            "Kody LAU nie odpowiadają jednoznacznie kodom TERC.",
            "The LAU codes do not lead to one TERC code each.",
        ),
    }[code]
    return PimError(
        code,
        what,
        where=place,
        why=Text(f"Szczegół: {detail}.", f"Detail: {detail}."),
        fix=Text(
            "Pobierz tabelę GISCO jeszcze raz i nie zapisuj jej w arkuszu.",
            "Fetch the GISCO table again, and do not save it in a spreadsheet.",
        ),
    )
