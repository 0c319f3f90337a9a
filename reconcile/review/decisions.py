"""When a decision still holds, and what it does to the tables that it is about."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from reconcile.review.items import BY_DECISION, ITEMS, all_items, with_item_id
from schemas.tables.decisions import Decided, ItemKind
from schemas.tables.review_items import ItemState
from schemas.text import Text

_REGISTER = Text(
    "Decyzję oparto na stanie rejestru z {then}, a obowiązuje stan z {now}.",
    "The decision was made on the register of {then}, and that of {now} is in force.",
)
_CHOICES = Text(
    "To, co jest do wyboru, zmieniło się od decyzji.",
    "What there is to choose from has changed since the decision.",
)
_LOST = Text(
    "Miasta {value} nie ma w rejestrze ani na liście uczestników.",
    "The city {value} is neither in the register nor in the list of participants.",
)
_GONE = Text(
    "O to nic już nie pyta: rozstrzygnęła to reguła albo fakty, albo dokumenty już tego nie "
    "podają.",
    "Nothing asks this any more: a rule or the facts have settled it, or the documents no longer "
    "state it.",
)
_REASON = Text("Decyzja z {day}: {reason}", "Decision of {day}: {reason}")

HELD: dict[str, pl.DataType] = {
    **ITEMS,
    "state": pl.String(),
    "decided": pl.String(),
    "value": pl.String(),
    "reason": pl.String(),
    "decided_on": pl.Date(),
    "why_pl": pl.String(),
    "why_en": pl.String(),
}
"""Questions with how they stand."""

_DECISION = ("decided", "value", "reason", "decided_on")
_MOST = 4_000


@dataclass(frozen=True)
class Ground:
    """What decisions about cities stand on now."""

    register_state: date | None
    cities: pl.DataFrame
    """`value` (participant or TERC code, as decisions name a city), `answer` (the participant
    where there is one), `official_name`."""

    @classmethod
    def of(cls, units: pl.DataFrame, participants: pl.DataFrame) -> "Ground":
        """From the tables `units` and `participants`, typed."""
        own = participants.select(
            value="participant_id", answer="participant_id", official_name="official_name"
        )
        ids = participants.drop_nulls("terc").unique("terc", keep="first", maintain_order=True)
        gminas = (
            units.filter(pl.col("terc").str.len_chars() == 7)
            .join(ids.select("terc", "participant_id"), on="terc", how="left")
            .select(
                value="terc",
                answer=pl.coalesce("participant_id", "terc"),
                official_name="unit_name",
            )
        )
        states = units.get_column("state_date").drop_nulls().sort(descending=True)
        newest: list[date] = states.head(1).to_list()
        return cls(newest[0] if newest else None, pl.concat([own, gminas]))


def held(items: pl.DataFrame, decisions: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """The questions (`ITEMS`) with how they stand (`HELD`), in order of identifier.

    A decision holds while the choice is that on which it was made and, where the register was
    asked, its state is, too; the city that it names must still be there.
    """
    made = decisions.select("item_id", *_DECISION, then="register_state", mark="fingerprint")
    joined = items.join(made, on="item_id", how="left", maintain_order="left").join(
        ground.cities.select(pl.col("value").unique(), known=True), on="value", how="left"
    )
    there = pl.col("decided").is_not_null()
    now = pl.lit(ground.register_state, dtype=pl.Date)
    reasons = (
        (pl.col("by_register") & pl.col("then").ne_missing(now), _REGISTER),
        (pl.col("fingerprint") != pl.col("mark"), _CHOICES),
        ((pl.col("decided") == Decided.CITY.value) & pl.col("known").is_null(), _LOST),
    )
    expired = there & pl.any_horizontal(changed for changed, _ in reasons)
    state = (
        pl.when(~there)
        .then(pl.lit(ItemState.OPEN.value))
        .when(expired)
        .then(pl.lit(ItemState.EXPIRED.value))
        .when(pl.col("decided") == Decided.DEFER.value)
        .then(pl.lit(ItemState.DEFERRED.value))
        .otherwise(pl.lit(ItemState.DECIDED.value))
    )
    shown = {
        "then": pl.col("then").cast(pl.String).fill_null("?"),
        "now": now.cast(pl.String).fill_null("?"),
        "value": pl.col("value").fill_null("?"),
    }
    return (
        joined.with_columns(
            state=state,
            why_pl=_why(expired, [(when, _filled(text.pl, shown)) for when, text in reasons]),
            why_en=_why(expired, [(when, _filled(text.en, shown)) for when, text in reasons]),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in HELD.items())
        .sort("item_id")
    )


def not_needed(items: pl.DataFrame, decisions: pl.DataFrame) -> pl.DataFrame:
    """Decisions that nothing asks for any more, as rows of `HELD`."""
    left = decisions.join(items, on="item_id", how="anti", maintain_order="left")
    rows = left.with_columns(
        table_name=pl.lit("decisions"),
        row_key=pl.col("item_id"),
        state=pl.lit(ItemState.GONE.value),
        why_pl=pl.lit(_GONE.pl),
        why_en=pl.lit(_GONE.en),
    )
    absent = [name for name in HELD if name not in rows.columns]
    rows = rows.with_columns(pl.lit(None).alias(name) for name in absent)
    return rows.select(pl.col(name).cast(dtype) for name, dtype in HELD.items())


def queue(
    frames: Mapping[str, pl.DataFrame], decisions: pl.DataFrame, ground: Ground
) -> pl.DataFrame:
    """The whole queue (`HELD`): every question, and every decision that nothing asks for.

    `frames` are those of `items.all_items` and `document_coverage`. Without documents nothing
    is asked, and that says nothing about decisions.
    """
    if frames["document_coverage"].is_empty():
        return pl.DataFrame(schema=HELD)
    items = all_items(frames)
    rows = [held(items, decisions, ground), not_needed(items, decisions)]
    return pl.concat(rows).sort("item_id")


def of_another_state(decisions: pl.DataFrame, register_state: date | None) -> pl.DataFrame:
    """Decisions about cities that were made on another state of the register than this one."""
    now = pl.lit(register_state, dtype=pl.Date)
    return decisions.filter(
        pl.col("register_state").is_not_null() & pl.col("register_state").ne_missing(now)
    )


def in_force(questions: pl.DataFrame) -> pl.DataFrame:
    """The questions (`HELD`) that a decision answers."""
    return questions.filter(pl.col("state") == ItemState.DECIDED.value)


def decided_names(
    matches: pl.DataFrame, questions: pl.DataFrame, ground: Ground, kind: ItemKind, key: str
) -> pl.DataFrame:
    """Matches with the decisions that hold, under the rule `decision`; others stay as they are.

    `matches` has `key`, and the columns of `name_matches` that are the answer. Candidates stay,
    so that the next build can hold the decision against them.
    """
    made = in_force(questions)
    if made.is_empty():
        return matches
    cities = ground.cities.unique("value", keep="first", maintain_order=True)
    answers = made.select("item_id", "decided", "value", "reason", "decided_on").join(
        cities.rename({"official_name": "name"}), on="value", how="left"
    )
    told = {"day": pl.col("decided_on").cast(pl.String), "reason": pl.col("reason")}
    joined = with_item_id(matches, kind, [key]).join(
        answers.drop("value"), on="item_id", how="left", maintain_order="left"
    )
    here = pl.col("decided").is_not_null()
    city = pl.col("decided") == Decided.CITY.value
    values = {
        "status": pl.when(city).then(pl.lit("MATCH")).otherwise(pl.lit("NONE")),
        "value": pl.when(city).then("answer"),
        "official_name": pl.when(city).then("name"),
        "score": pl.lit(100),
        "rule": pl.lit(BY_DECISION),
        "reason_pl": _before(_filled(_REASON.pl, told), "reason_pl"),
        "reason_en": _before(_filled(_REASON.en, told), "reason_en"),
    }
    return joined.with_columns(
        pl.when(here).then(value).otherwise(name).cast(matches.schema[name]).alias(name)
        for name, value in values.items()
        if name in matches.columns
    ).select(matches.columns)


def decided_conflicts(conflicts: pl.DataFrame, questions: pl.DataFrame) -> pl.DataFrame:
    """Disagreements with the decisions that hold, judged as `decision`."""
    made = in_force(questions)
    if made.is_empty():
        return conflicts
    answers = made.select("item_id", chosen="value")
    joined = with_item_id(conflicts, ItemKind.CONFLICT, ["kind", "subject"]).join(
        answers, on="item_id", how="left", maintain_order="left"
    )
    here = pl.col("chosen").is_not_null() & (pl.col("judgement") == "person")
    return joined.with_columns(
        judgement=pl.when(here).then(pl.lit(BY_DECISION)).otherwise("judgement"),
        judged_value=pl.when(here).then("chosen").otherwise("judged_value"),
    ).select(conflicts.columns)


def _why(expired: pl.Expr, reasons: Sequence[tuple[pl.Expr, pl.Expr]]) -> pl.Expr:
    told = pl.concat_str(
        [pl.when(changed).then(text) for changed, text in reasons],
        separator=" ",
        ignore_nulls=True,
    )
    return pl.when(expired).then(told)


def _filled(text: str, values: dict[str, pl.Expr]) -> pl.Expr:
    """A sentence whose `{names}` are filled from columns."""
    parts = re.split(r"\{(\w+)\}", text)
    shown = [values[part] if place % 2 else pl.lit(part) for place, part in enumerate(parts)]
    return pl.concat_str(shown)


def _before(told: pl.Expr, column: str) -> pl.Expr:
    return pl.concat_str([told, pl.col(column)], separator=" ", ignore_nulls=True).str.slice(
        0, _MOST
    )
