"""What is known beside the name: the voivodeship, and the network that names its cities."""

import re
from collections.abc import Collection, Mapping

import polars as pl

from reconcile.matching.folding import fold_text, folded
from reconcile.matching.keys import stem
from reconcile.matching.register import Register

Networks = Mapping[str, Collection[str]]
"""Network as written (any of its names or codes) to the TERC codes of its cities."""

_NOTHING_SAID = r"^(?:-|–|—|\?|\.|x|n/?d|brak(?: danych)?|nie dotyczy|null|none)?$"
_REGIONS = {
    "dolny slask": "dolnoslask",
    "malopolska": "malopolsk",
    "mazowsze": "mazowieck",
    "podkarpacie": "podkarpack",
    "pomorze zachodnie": "zachodniopomorsk",
    "warmia i mazury": "warminsko mazursk",
    "wielkopolska": "wielkopolsk",
    "ziemia lubuska": "lubusk",
    "lower silesian": "dolnoslask",
    "lower silesia": "dolnoslask",
    "kuyavian pomeranian": "kujawsko pomorsk",
    "lesser poland": "malopolsk",
    "masovian": "mazowieck",
    "mazovian": "mazowieck",
    "subcarpathian": "podkarpack",
    "pomeranian": "pomorsk",
    "pomerania": "pomorsk",
    "silesian": "slask",
    "silesia": "slask",
    "holy cross": "swietokrzysk",
    "warmian masurian": "warminsko mazursk",
    "greater poland": "wielkopolsk",
    "west pomeranian": "zachodniopomorsk",
    "west pomerania": "zachodniopomorsk",
}
# Words that say nothing about which network, by their first five letters.
_EMPTY_WORDS = {"siec", "sieci", "netwo", "miast", "city", "citie", "of", "the", "i", "w"}
_PROGRAMME = re.compile(
    r"\b(?:pim\d?|miast\w*|city|cities|partnersk\w+ inicjatyw\w+)\b|\bnet-\d+", re.IGNORECASE
)


def voivodeship_codes(texts: pl.Series, register: Register) -> pl.DataFrame:
    """For each different text: `text`, `woj` (two digits; null where not understood).

    A text that says nothing („-”, „brak”) is not in the result. Understood are Polish names in
    any case, English ones, those of regions, and codes.
    """
    frame = pl.DataFrame({"text": texts.unique(maintain_order=True)}).drop_nulls()
    plain = (
        folded(pl.col("text").str.normalize("NFC").str.to_lowercase())
        .str.replace_all(r"[\s-]+", " ")
        .str.strip_chars(" .,;()")
    )
    bare = plain.str.replace(r"^(?:w |we )?(?:woj\.?|wojewodztw\w+)(?: |$)", "").str.replace(
        r" voivodeship$| province$", ""
    )
    frame = frame.with_columns(bare=bare).filter(~plain.str.contains(_NOTHING_SAID))
    frame = frame.with_columns(
        stem=pl.coalesce(
            pl.col("bare").replace_strict(_REGIONS, default=None, return_dtype=pl.String),
            stem(pl.col("bare")),
        )
    )
    known = dict(register.voivodeships.select("stem", "woj").iter_rows())
    codes = {code: code for code in register.voivodeships["woj"]}
    return frame.select(
        "text",
        woj=pl.coalesce(
            pl.col("stem").replace_strict(known, default=None, return_dtype=pl.String),
            pl.col("bare").replace_strict(codes, default=None, return_dtype=pl.String),
        ),
    )


def known_networks(
    participations: pl.DataFrame, participants: pl.DataFrame, network_names: pl.DataFrame
) -> dict[str, set[str]]:
    """What `match` takes as `networks`, from the programme's tables.

    Needs `network_id` and `participant_id` of participations, `participant_id` and `terc` of
    participants, `network_id` and `name_as_written` of network names. Networks are found by
    their ids and by all their names. Give confirmed rows only: a match tells who is a member.
    """
    rows = participations.join(participants.drop_nulls("terc"), on="participant_id")
    members: dict[str, set[str]] = {}
    for network, terc in rows.select("network_id", "terc").iter_rows():
        members.setdefault(network, set()).add(terc)
    found = dict(members)
    for network, name in network_names.select("network_id", "name_as_written").iter_rows():
        found[name] = found.get(name, set()) | members.get(network, set())
    return found


def _network_key(text: str) -> frozenset[str]:
    """Telling words of a network's name, without their endings.

    „sieci cyfrowej”, „Miasto Cyfrowe” and „PIM2 Sieć Cyfrowa” are one.
    """
    stems = {word[:5] for word in re.findall(r"[a-z0-9]+", fold_text(text))}
    telling = {word for word in stems - _EMPTY_WORDS if not re.fullmatch(r"pim\d?", word)}
    return frozenset(telling or stems)


def network_members(texts: pl.Series, networks: Networks) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cities of each network named: `text`, `terc6`; and `text`, `is_city` for every text.

    A network is found by a name or code as given in `networks`, else by its telling words. An
    unknown one has no rows in the first frame. Networks of this programme are of cities and
    towns: known ones, and those that say so („PIM…”, „Miasto …”).
    """
    wanted = [text for text in texts.unique(maintain_order=True).drop_nulls() if text.strip()]
    by_key: dict[frozenset[str], set[str]] = {}
    for name, codes in networks.items():
        by_key.setdefault(_network_key(name), set()).update(codes)
    rows = []
    cities = []
    for text in wanted:
        found = networks.get(text)
        members = set(found) if found is not None else by_key.get(_network_key(text))
        rows += [(text, terc[:6]) for terc in sorted(members or ())]
        cities.append((text, members is not None or bool(_PROGRAMME.search(text))))
    return (
        pl.DataFrame(rows, schema={"text": pl.String, "terc6": pl.String}, orient="row"),
        pl.DataFrame(cities, schema={"text": pl.String, "is_city": pl.Boolean}, orient="row"),
    )
