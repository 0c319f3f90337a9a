"""Names in a CSV file matched to a TERC register: reading, asking, and the answer as rows."""

from pathlib import Path

import polars as pl

from pipelines.house import facts_folder
from pipelines.settings import Settings
from reconcile.matching import Register, known_networks, match
from schemas.errors import Exit, PimError
from schemas.text import Text
from sources.facts import read_facts
from sources.names import read_names
from sources.teryt.units import read_register

QUERY = "query"
CONTEXT = ("context_voivodeship", "context_network")
MAX_BYTES = 256 * 2**20


def match_file(settings: Settings, names: Path, register: Path) -> pl.DataFrame:
    """One answer a row of the CSV `names`, in its order; see `reconcile.matching.match`.

    The file has `query` and may have the columns of `CONTEXT`. `register` is a full official
    TERC file. Raises PimError `PIM-MAT-002` or `-003` for the names, and what reading the
    register raises.
    """
    questions = _questions(names)
    known = read_names()
    units = read_register(register)
    facts = facts_folder(settings)
    confirmed = {
        table: read_facts(facts / f"{table}.csv").filter(pl.col("evidence_status") == "confirmed")
        for table in ("participations", "participants", "network_names")
    }
    return match(
        questions,
        Register.from_units(units, known.lookalikes),
        known.aliases,
        known_networks(
            confirmed["participations"],
            confirmed["participants"].with_columns(
                pl.when(pl.col("terc") != "").then("terc").alias("terc")
            ),
            confirmed["network_names"],
        ),
    )


def _questions(path: Path) -> pl.DataFrame:
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise PimError(
            "PIM-MAT-002",
            Text("Nie ma pliku z nazwami albo jest za duży.", "No file of names, or too large."),
            where=str(path),
            fix=Text("Podaj plik CSV po --csv.", "Give a CSV file after --csv."),
            exit_code=Exit.USAGE,
        )
    try:
        # Given types and no guessing: a name that is a number stays as it was written.
        frame = pl.read_csv(path.read_bytes(), infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise _unreadable(path, str(error)) from error
    if QUERY not in frame.columns:
        raise _unreadable(path, f"{QUERY}: {', '.join(frame.columns)}")
    return frame.select(QUERY, *(name for name in CONTEXT if name in frame.columns))


def _unreadable(path: Path, detail: str) -> PimError:
    return PimError(
        "PIM-MAT-003",
        Text("Pliku z nazwami nie da się odczytać.", "The file of names cannot be read."),
        where=str(path),
        why=Text(f"Szczegół: {detail}", f"Detail: {detail}"),
        fix=Text(
            "Plik ma być CSV w UTF-8 z przecinkami i kolumną query (oraz context_voivodeship, "
            "context_network).",
            "The file must be a CSV in UTF-8 with commas and a column query (and "
            "context_voivodeship, context_network).",
        ),
    )
