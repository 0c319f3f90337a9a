"""The answer in words: the rule's sentence with the candidates in it, and what decided."""

import polars as pl

from reconcile.matching.rules import RULES
from schemas.text import Text

REPAIRED = Text(
    " Naprawiono znaki zepsute przez złe kodowanie.",
    " Letters spoilt by an encoding were repaired.",
)
DECIDED_BY = {
    "place": Text(
        " Rozstrzyga podane województwo, powiat lub kod.",
        " The voivodeship, powiat or code that is given decides.",
    ),
    "kind": Text(
        " Rozstrzyga słowo o rodzaju gminy lub urzędu.",
        " The word for the kind of gmina or office decides.",
    ),
    "city": Text(" Rozstrzyga to, że chodzi o miasto.", " That a city or town is meant decides."),
}
"""What is added where evidence took other candidates away."""


def explained(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with `status`, `score`, `reason_pl`, `reason_en` for their `rule`.

    Needs `rule`, `is_repaired`, `decided_by` and `listed` (the candidates as text).
    """
    rule = pl.col("rule")

    def said(lang: int) -> pl.Expr:
        texts = {name: known.reason[lang] for name, known in RULES.items()}
        sentence = rule.replace_strict(texts, return_dtype=pl.String)
        more = pl.col("decided_by").replace_strict(
            {name: text[lang] for name, text in DECIDED_BY.items()},
            default="",
            return_dtype=pl.String,
        )
        repaired = pl.when("is_repaired").then(pl.lit(REPAIRED[lang])).otherwise(pl.lit(""))
        filled = sentence.str.replace("{}", pl.col("listed"), literal=True)
        return filled + more.fill_null("") + repaired

    return rows.with_columns(
        status=rule.replace_strict(
            {name: known.status for name, known in RULES.items()}, return_dtype=pl.String
        ),
        score=rule.replace_strict(
            {name: known.score for name, known in RULES.items()}, return_dtype=pl.Int64
        ),
        reason_pl=said(0),
        reason_en=said(1),
    )
