"""The lexicon from the tables of the programme: every name that a network has borne."""

import polars as pl

from sources.documents.lexicon import Edition, Lexicon, Name


def lexicon_of(
    editions: pl.DataFrame, networks: pl.DataFrame, network_names: pl.DataFrame
) -> Lexicon:
    """Editions by number; networks by all their names and the first words of their theme.

    Needs `edition_id`, `number`, `period_start`, `period_end`; `network_id`, `edition_id`,
    `network_name_pl`, `network_name_en`, `theme_pl`; `network_id`, `name_as_written`.
    """
    columns = ("edition_id", "number", "period_start", "period_end")
    edition_of = dict(networks.select("network_id", "edition_id").iter_rows())
    names: dict[tuple[str, str], None] = {}
    for network, text in network_names.select("network_id", "name_as_written").iter_rows():
        names[network, text] = None
    for network, polish, english, theme in networks.select(
        "network_id", "network_name_pl", "network_name_en", "theme_pl"
    ).iter_rows():
        for text in (polish, english, (theme or "").split(",")[0]):
            if text:
                names[network, text.strip()] = None
    return Lexicon(
        editions=tuple(
            Edition(str(edition), int(number), int(start or 0), int(end or 0))
            for edition, number, start, end in editions.select(columns).sort("number").iter_rows()
        ),
        names=tuple(
            Name(network, edition_of[network], text)
            for network, text in names
            if network in edition_of
        ),
    )
