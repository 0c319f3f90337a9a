"""What is inferred stays inside, and so does everything that leans on it, however far."""

from collections.abc import Mapping

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from reconcile.withholding import STATUS, publishable
from schemas.columns import Codes, code, reference, string
from schemas.table import Table
from schemas.text import Text

TEXTS = ("Tytuł", "Title", "Opis.", "Description.")
NAMES = Text("Próba", "Trial")


class Status(Codes):
    CONFIRMED = "confirmed", "potwierdzone", "confirmed"
    INFERRED = "inferred", "wywnioskowane", "inferred"


class Roots(Table):
    """Refers to itself twice, before and after its status."""

    name_pl = "korzenie"
    title = description = row = NAMES
    root_id = string("id_korzenia", *TEXTS, key=True)
    part_of = reference(root_id, "czesc", *TEXTS, null=True)
    evidence_status = code(Status, "status", *TEXTS)
    followed_by = reference(root_id, "nastepca", *TEXTS, null=True, many=True)


class Branches(Table):
    """Refers to itself first, then outside; has no status of its own."""

    name_pl = "galezie"
    title = description = row = NAMES
    branch_id = string("id_galezi", *TEXTS, key=True)
    grows_from = reference(branch_id, "wyrasta", *TEXTS, null=True)
    root_ids = reference(Roots.root_id, "korzenie", *TEXTS, null=True, many=True)


class Leaves(Table):
    """Refers to both."""

    name_pl = "liscie"
    title = description = row = NAMES
    leaf_id = string("id_liscia", *TEXTS, key=True)
    root_id = reference(Roots.root_id, "id_korzenia", *TEXTS)
    branch_id = reference(Branches.branch_id, "id_galezi", *TEXTS, null=True)
    evidence_status = code(Status, "status", *TEXTS)


TABLES = (Roots, Branches, Leaves)
Frames = dict[str, pl.DataFrame]
ROWS = 5


def ids(letter: str) -> list[str]:
    return [f"{letter}{number}" for number in range(ROWS)]


def cells(letter: str, *, null: bool = True, many: bool = False) -> st.SearchStrategy[str | None]:
    """References to rows that exist: one, several, or none."""
    one = st.sampled_from(ids(letter))
    some: st.SearchStrategy[str] = (
        st.lists(one, min_size=1, max_size=3, unique=True).map(";".join) if many else one
    )
    return st.none() | some if null else some


def rows_of(
    table: type[Table], letter: str, **columns: st.SearchStrategy[str | None]
) -> st.SearchStrategy[pl.DataFrame]:
    """A frame of the table, with the place of each row behind it as the warehouse keeps it."""
    row = st.fixed_dictionaries({**columns, "_source": st.just("x.csv"), "_place": st.just("1")})
    return st.lists(row, min_size=ROWS, max_size=ROWS).map(
        lambda found: pl.DataFrame(
            [
                {table.key[0].name: key, **cell}
                for key, cell in zip(ids(letter), found, strict=True)
            ],
            schema={**table.schema(), "_source": pl.String(), "_place": pl.String()},
        )
    )


STATUSES = st.sampled_from(["confirmed", "confirmed", "confirmed", "inferred"])
FRAMES = st.fixed_dictionaries(
    {
        "roots": rows_of(
            Roots,
            "r",
            part_of=cells("r"),
            followed_by=cells("r", many=True),
            evidence_status=STATUSES,
        ),
        "branches": rows_of(Branches, "b", grows_from=cells("b"), root_ids=cells("r", many=True)),
        "leaves": rows_of(
            Leaves,
            "l",
            root_id=cells("r", null=False),
            branch_id=cells("b"),
            evidence_status=STATUSES,
        ),
    }
)


def keys(frames: Mapping[str, pl.DataFrame]) -> set[tuple[str, str]]:
    return {(t.name, key) for t in TABLES for key in frames[t.name][t.key[0].name].to_list()}


def leaning_on(frames: Frames) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Which rows each row refers to, read cell by cell."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for table in TABLES:
        for row in frames[table.name].to_dicts():
            found[table.name, row[table.key[0].name]] = {
                (column.references.table.name, target)
                for column in table.references
                if column.references is not None and row[column.name] is not None
                for target in row[column.name].split(";")
            }
    return found


@given(FRAMES)
def test_exactly_the_inferred_and_what_leans_on_them_are_withheld(frames: Frames) -> None:
    """Nothing kept refers to anything withheld, and nothing is withheld without a reason."""
    kept = keys(publishable(TABLES, frames))
    inferred = {
        (name, key)
        for name in ("roots", "leaves")
        for key, status in frames[name].select(pl.nth(0), STATUS).rows()
        if status == "inferred"
    }
    withheld, before = inferred, set[tuple[str, str]]()
    leans = leaning_on(frames)
    while withheld != before:
        before = withheld
        withheld = withheld | {row for row, targets in leans.items() if targets & withheld}
    assert kept == keys(frames) - withheld


@given(FRAMES)
def test_rows_keep_their_order_and_values_and_lose_their_place(frames: Frames) -> None:
    for name, rows in publishable(TABLES, frames).items():
        assert "_source" not in rows.columns
        assert "_place" not in rows.columns
        all_rows = frames[name].select(rows.columns).rows()
        assert [row for row in all_rows if row in set(rows.rows())] == rows.rows()


def test_a_row_without_a_status_stays_inside() -> None:
    """Nobody has said that it may go out."""
    frames = {"roots": pl.DataFrame([["r0", None, None, None]], Roots.schema(), orient="row")}
    assert publishable((Roots,), frames)["roots"].is_empty()


def test_tables_may_be_empty() -> None:
    frames = {table.name: pl.DataFrame(schema=table.schema()) for table in TABLES}
    assert all(rows.is_empty() for rows in publishable(TABLES, frames).values())
