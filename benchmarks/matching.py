"""How fast and how right the name matcher is.

    python -m benchmarks.matching speed                 100,000 names against the full register
    python -m benchmarks.matching figures [--write]     right and wrong by kind of error
    python -m benchmarks.matching lookalikes SIMC.zip   make the list of like-named villages anew

The registers are read from the shared material (`PIM_SHARED`); `--write` puts the figures into
`docs/matching.md`.
"""

import argparse
import csv
import io
import os
import random
import re
import time
import zipfile
from functools import cache
from pathlib import Path

import polars as pl

from reconcile.matching import Register, known_networks, lookalikes, match
from schemas.files import write_text
from sources.facts import CURATED, read_facts
from sources.names import FOLDER, read_names

REPO = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PIM_SHARED") or REPO.parent / "shared").resolve()
TERC = SHARED / "data" / "registries" / "teryt" / "TERC_Urzedowy_2023-01-01.zip"
TRUTH = REPO / "tests" / "reconcile" / "truth"
DOCS = REPO / "docs" / "matching.md"
NAMES = 100_000
SEED = 20261124


def read_zip(path: Path) -> pl.DataFrame:
    """The CSV in a ZIP of TERYT as text columns; its last, blank line is dropped."""
    with zipfile.ZipFile(path) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".csv"))
        data = archive.read(member)
    frame = pl.read_csv(data, separator=";", infer_schema=False, quote_char=None)
    return frame.filter(pl.col("NAZWA").is_not_null())


@cache
def units() -> pl.DataFrame:
    """The full TERC of 2023 in the columns that a register is made of."""
    parts = [pl.col(part).fill_null("") for part in ("WOJ", "POW", "GMI", "RODZ")]
    return read_zip(TERC).select(
        terc=pl.concat_str(parts), unit_name="NAZWA", unit_type="NAZWA_DOD"
    )


@cache
def register(*, with_localities: bool = True) -> Register:
    """The register, as the project uses it or without its list of localities."""
    names = read_names().lookalikes if with_localities else None
    return Register.from_units(units(), names)


@cache
def networks() -> dict[str, set[str]]:
    """Confirmed members of the programme's networks."""
    confirmed = pl.col("evidence_status") == "confirmed"
    return known_networks(
        read_facts(CURATED / "participations.csv").filter(confirmed),
        read_facts(CURATED / "participants.csv")
        .filter(confirmed)
        .with_columns(pl.when(pl.col("terc") != "").then("terc")),
        read_facts(CURATED / "network_names.csv"),
    )


def answers(side: str, *, with_localities: bool = True) -> pl.DataFrame:
    """Rows of `tuning.csv` or `held_aside.csv` with answers, `is_right` and `is_wrong`.

    Wrong is only a code that is not the expected one. A question left open is not wrong.
    """
    rows = pl.read_csv(TRUTH / f"{side}.csv", infer_schema=False)
    places = register(with_localities=with_localities)
    found = match(rows, places, read_names().aliases, networks())
    same = (pl.col("terc") == pl.col("expected")).fill_null(value=False)
    return found.with_columns(
        is_match_expected=~pl.col("expected").is_in(["AMBIGUOUS", "NONE"]),
        is_right=same,
        is_wrong=pl.col("terc").is_not_null() & ~same,
    )


def figures(rows: pl.DataFrame) -> pl.DataFrame:
    """By kind and in all: `rows`, `to_match`, `right`, `wrong`, and `left_open` of `to_match`."""
    counts = [
        pl.len().alias("rows"),
        pl.col("is_match_expected").sum().alias("to_match"),
        pl.col("is_right").sum().alias("right"),
        pl.col("is_wrong").sum().alias("wrong"),
        (pl.col("is_match_expected") & pl.col("terc").is_null()).sum().alias("left_open"),
    ]
    by_kind = rows.group_by("kind").agg(counts).sort("kind")
    return pl.concat([by_kind, rows.select(pl.lit("all").alias("kind"), *counts)])


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"


def as_markdown(table: pl.DataFrame) -> str:
    """The figures as a Markdown table: precision of matches, recall of what is to match."""
    lines = [
        "| kind | rows | to match | right | wrong | left open | precision | recall |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, rows, to_match, right, wrong, left in table.iter_rows():
        cells = (kind, rows, to_match, right, wrong, left)
        rates = (_percent(right, right + wrong), _percent(right, to_match))
        lines.append("| " + " | ".join(str(cell) for cell in (*cells, *rates)) + " |")
    return "\n".join(lines) + "\n"


def show_figures(*, write: bool) -> None:
    """Print the figures of both sides, and of the held-aside one without localities."""
    sections = {
        "held aside": answers("held_aside"),
        "tuning": answers("tuning"),
        "held aside, without localities": answers("held_aside", with_localities=False),
    }
    text = DOCS.read_text(encoding="utf-8") if write else ""
    for title, rows in sections.items():
        table = figures(rows)
        if title != "held aside":
            table = table.filter(pl.col("kind") == "all")
        shown = as_markdown(table)
        print(f"{title}\n\n{shown}")
        marks = f"<!-- figures: {title} -->", "<!-- end -->"
        pattern = re.compile(f"({marks[0]}\n).*?({marks[1]})", re.DOTALL)
        text = pattern.sub(rf"\g<1>\n{shown}\n\g<2>", text)
    if write:
        write_text(DOCS, text)


def sample_names(count: int) -> pl.DataFrame:
    """So many different names as they come: right, misspelt, inflected, with offices, nonsense."""
    chance = random.Random(SEED)  # noqa: S311 - the same names each time are the point
    gminas = register().gminas.select("name", "voivodeship").rows()
    forms = register().forms["exact"].to_list()
    letters = "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"
    found: set[tuple[str, str | None]] = set()
    while len(found) < count:
        name, voivodeship = chance.choice(gminas)
        way = chance.randrange(8)
        if way < 3:
            at = chance.randrange(len(name))
            name = name[:at] + chance.choice(letters) + name[at + way % 2 :]
        elif way == 3:
            name = chance.choice(["Urząd Miasta ", "Gmina ", "w ", "UM "]) + chance.choice(forms)
        elif way == 4:
            name = name.encode().decode("cp1250", errors="replace")
        elif way == 5:
            name = "".join(chance.choices(letters, k=chance.randint(4, 14)))
        else:
            name = f"{name} {chance.randrange(1000)}" if way == 6 else name.upper()
        found.add((name, chance.choice([None, voivodeship])))
    schema = {"query": pl.String, "context_voivodeship": pl.String}
    return pl.DataFrame(sorted(found, key=str), schema=schema, orient="row")


def show_speed() -> None:
    """Print the seconds for 100,000 different names, three times, with the register made anew."""
    names = sample_names(NAMES)
    known = read_names()
    for _ in range(3):
        start, cpu = time.perf_counter(), time.process_time()
        fresh = Register.from_units(units(), known.lookalikes)
        made = time.perf_counter()
        found = match(names, fresh, known.aliases, networks())
        end = time.perf_counter()
        counts = dict(found["status"].value_counts().sort("status").iter_rows())
        print(
            f"{names.height} names, register of {fresh.gminas.height} gminas: "
            f"{end - start:.2f} s ({made - start:.2f} s to make the register, "
            f"{time.process_time() - cpu:.2f} s of processors); {counts}"
        )


def make_lookalikes(simc: Path) -> None:
    """Write the localities of `names/lookalikes.csv` from a ZIP of SIMC; the rest is kept."""
    path = FOLDER / "lookalikes.csv"
    places = lookalikes(read_zip(simc).select(name="NAZWA"), register(with_localities=False))
    others = read_facts(path).filter(pl.col("kind") != "locality").select("name", "kind")
    rows = pl.concat([places.with_columns(kind=pl.lit("locality")), others]).sort("name", "kind")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows(rows.iter_rows())
    write_text(path, text.getvalue())


def main() -> None:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("speed")
    commands.add_parser("figures").add_argument("--write", action="store_true")
    commands.add_parser("lookalikes").add_argument("simc", type=Path)
    given = parser.parse_args()
    if given.command == "speed":
        show_speed()
    elif given.command == "figures":
        show_figures(write=given.write)
    else:
        make_lookalikes(given.simc)


if __name__ == "__main__":
    main()
