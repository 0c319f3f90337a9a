"""Names of cities and gminas, as people write them, matched to the TERC register, safely.

A wrong match is far worse than none: a name that may be two gminas is AMBIGUOUS with both, and
a name that is no gmina is NONE with the reason. `match` is the whole of it; `docs/matching.md`
tells the rules and how often they are right.
"""

from reconcile.matching.contexts import Networks, known_networks
from reconcile.matching.lookalikes import lookalikes
from reconcile.matching.matcher import CANDIDATE, OUTPUT, as_table, match
from reconcile.matching.register import Register

__all__ = [
    "CANDIDATE",
    "OUTPUT",
    "Networks",
    "Register",
    "as_table",
    "known_networks",
    "lookalikes",
    "match",
]
