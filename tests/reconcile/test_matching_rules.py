"""Names as people write them, one rule after the other, on a small register."""

import polars as pl
import pytest

from reconcile.matching import OUTPUT, Register, as_table, match
from reconcile.matching.rules import RULES
from schemas.errors import PimError
from tests.reconcile.matchsample import ALIASES, NETWORKS, answers, names, register, units

MATCHED: dict[str | None, tuple[str, str]] = {
    "Kraków": ("1261011", "exact"),
    "ŁÓDŹ": ("1061011", "exact"),
    "Dąbrowa  Górnicza": ("2465011", "exact"),
    "dąbrowa-górnicza": ("2465011", "exact"),
    "Kostrzyn nad Odrą": ("0801011", "exact"),
    "Kostrzyn n. Odrą": ("0801011", "exact"),
    "Krzeszowice": ("1206063", "exact"),
    "Lodz": ("1061011", "missing_diacritics"),
    "Dabrowa Górnicza": ("2465011", "missing_diacritics"),
    "Łódż": ("1061011", "missing_diacritics"),
    "Wyszaków": ("1435053", "typing_error"),
    "Krzeszowcie": ("1206063", "typing_error"),
    "w Żorach": ("2479011", "inflected"),
    "miasta Płocka": ("1462011", "inflected"),
    "Dąbrowie Górniczej": ("2465011", "inflected"),
    "Urząd Miasta Krakowa": ("1261011", "inflected"),
    "Urząd Miasta i Gminy w Nasielsku": ("1414043", "inflected"),
    "UM Kraków": ("1261011", "exact"),
    "m.st. Warszawa": ("1465011", "exact"),
    "Prezydent Miasta Katowice": ("2469011", "exact"),
    "Gorzów Wlkp.": ("0861011", "abbreviated"),
    "w Gorzowie Wlkp.": ("0861011", "abbreviated"),
    "Ruda Śl.": ("2472011", "abbreviated"),
    "D. Górnicza": ("2465011", "abbreviated"),
    "£ódŸ": ("1061011", "exact"),
    "Å»ory": ("2479011", "exact"),
    "w Å»orach": ("2479011", "inflected"),
    "Dąbrowa G?rnicza": ("2465011", "typing_error"),
    "D?browa Górnicza": ("2465011", "lost_letters"),
    "Stalinogród": ("2469011", "alias"),
    "w Stalinogrodzie": ("2469011", "alias"),
    "Krakau": ("1261011", "alias"),
    "1403103": ("1403103", "code"),
    "Pilawa (1403103)": ("1403103", "exact"),
    "Olsztyn k. Częstochowy": ("2404123", "exact"),
    "Olsztyn, pow. częstochowski": ("2404123", "exact"),
    "Olsztyn (woj. warmińsko-mazurskie)": ("2862011", "exact"),
    "gmina wiejska Dębica": ("1803042", "exact"),
    "Dębica (gmina miejska)": ("1803011", "exact"),
    "Urząd Gminy w Dębicy": ("1803042", "inflected"),
    "Urząd Gminy Bielany": ("1429022", "exact"),
}


def test_names_are_matched() -> None:
    assert names(MATCHED) == MATCHED


LEFT_OPEN: dict[str | None, tuple[str, str]] = {
    "Dębica": ("AMBIGUOUS", "town_and_rural"),
    "Gmina Dębica": ("AMBIGUOUS", "town_and_rural"),
    "w Dębicy": ("AMBIGUOUS", "town_and_rural"),
    "Świdnica": ("AMBIGUOUS", "homonyms"),
    "Olsztyn": ("AMBIGUOUS", "homonyms"),
    "Kostrzyn": ("AMBIGUOUS", "longer_name"),
    "Grodzisk": ("AMBIGUOUS", "longer_name"),
    "w Grodzisku": ("AMBIGUOUS", "longer_name"),
    "Gorzów": ("AMBIGUOUS", "shortened"),
    "Piława": ("AMBIGUOUS", "longer_name"),
    "Bielany": ("AMBIGUOUS", "district_of_that_name"),
    "Leszna": ("AMBIGUOUS", "place_of_that_name"),
    "Krakov": ("AMBIGUOUS", "doubtful_spelling"),
    "Miasto i Gmina Kraków": ("AMBIGUOUS", "kind_contradicted"),
    "Wójt Gminy Łódź": ("AMBIGUOUS", "kind_contradicted"),
}


def test_a_name_that_may_be_another_is_left_open() -> None:
    assert names(LEFT_OPEN) == LEFT_OPEN


NO_GMINA: dict[str | None, tuple[str, str]] = {
    None: ("NONE", "no_name"),
    "  ": ("NONE", "no_name"),
    "x" * 500: ("NONE", "no_name"),
    "Berlin": ("NONE", "nothing_found"),
    "Krzeszkowice": ("NONE", "other_place"),
    "Mokotów": ("NONE", "district"),
    "Łódź-Bałuty": ("NONE", "district"),
    "śląskie": ("NONE", "voivodeship"),
    "dębicki": ("NONE", "powiat"),
    "Starostwo Powiatowe w Dębicy": ("NONE", "powiat"),
    "Stowarzyszenie „Metropolia Warszawa”": ("NONE", "organisation"),
    "GZM": ("NONE", "organisation"),
    "rzeka Wisła": ("NONE", "place"),
    "ul. Płocka": ("NONE", "place"),
    "Urząd Marszałkowski Województwa Łódzkiego": ("NONE", "voivodeship"),
    "Olsztyn, gm. Pilawa": ("NONE", "locality"),
    "Kraków, Łódź": ("NONE", "nothing_found"),
    "Kraków (woj. łódzkie)": ("NONE", "place_contradicted"),
    "Kraków 1061011": ("NONE", "place_contradicted"),
}


def test_what_is_no_gmina_is_none_with_the_reason() -> None:
    assert names(NO_GMINA) == NO_GMINA


IN_A_NETWORK = {
    ("Piława", "Miasto cyfrowe"): "1403103",
    ("Piława", "sieci cyfrowej"): "1403103",
    ("Piława", "PIM2 Sieć Cyfrowa"): "1403103",
    ("Piława", "Miasto Zielone"): "AMBIGUOUS",
    ("Piława", "Koło gospodyń"): "AMBIGUOUS",
    ("Piława Górna", "Miasto cyfrowe"): "0202041",
    ("Kostrzyn", "Miasto Zielone"): "0801011",
    ("Ruda", "Miasto Zielone"): "2472011",
    ("Dębica", "Miasto cyfrowe"): "1803011",
    ("Dębica", "PIM7"): "1803011",
    ("Dębica", "Koło gospodyń"): "AMBIGUOUS",
    ("Świdnica", "PIM2"): "0219011",
    ("Bielany", "PIM2"): "AMBIGUOUS",
    ("Stowarzyszenie Metropolia Żory", "Miasto Zielone"): "NONE",
}


def test_a_network_tells_the_city_only_where_the_name_allows_it() -> None:
    found = answers((query, "", network) for query, network in IN_A_NETWORK)
    assert {(query, net): answer[0] for (query, _, net), answer in found.items()} == IN_A_NETWORK


SWIDNICA_IN = {
    "lubuskie": "0809072",
    "woj. lubuskie": "0809072",
    "w województwie lubuskim": "0809072",
    "LUBUSKIE": "0809072",
    "08": "0809072",
    "dolnośląskie": "AMBIGUOUS",
    "Dolny Śląsk": "AMBIGUOUS",
    "śląskie": "NONE",
    "wałbrzyskie": "AMBIGUOUS",
    "-": "AMBIGUOUS",
}


def test_a_voivodeship_takes_candidates_away() -> None:
    found = answers(("Świdnica", voivodeship, "") for voivodeship in SWIDNICA_IN)
    assert {place: answer[0] for (_, place, _), answer in found.items()} == SWIDNICA_IN


def test_a_name_in_a_voivodeship_that_is_not_understood_is_left_open() -> None:
    unknown = ("Kraków", "Bawaria", "")
    torn = ("Kraków (woj. małopolskie)", "śląskie", "")
    left_open = ("AMBIGUOUS", "context_not_understood")
    assert answers([unknown, torn]) == {unknown: left_open, torn: left_open}


def test_a_caller_may_know_that_it_is_a_town() -> None:
    rows = pl.DataFrame({"query": ["Dębica"] * 3, "context_is_town": [True, False, None]})
    found = match(rows, register())
    assert found["terc"].to_list() == ["1803011", None, None]


def test_without_localities_a_typing_error_is_left_open() -> None:
    plain = Register.from_units(units())
    found = match(pl.DataFrame({"query": ["Wyszaków", "Lodz", "w Żorach"]}), plain)
    assert found["status"].to_list() == ["AMBIGUOUS", "MATCH", "MATCH"]


def test_candidates_and_reasons_are_for_people() -> None:
    rows = pl.DataFrame({"query": ["Świdnica", "Urząd Gminy w Dębicy", "£ódŸ"]})
    found = match(rows, register(), ALIASES, NETWORKS)
    listed = [(c["terc"], c["name"], c["voivodeship"]) for c in found["candidates"][0]]
    assert listed == [
        ("0219011", "Świdnica", "dolnośląskie"),
        ("0219072", "Świdnica", "dolnośląskie"),
        ("0809072", "Świdnica", "lubuskie"),
    ]
    assert "Świdnica (0809072, gmina wiejska, woj. lubuskie)" in found["reason_pl"][0]
    assert found["reason_pl"][1].endswith("Rozstrzyga słowo o rodzaju gminy lub urzędu.")
    assert found["reason_en"][1].endswith("The word for the kind of gmina or office decides.")
    assert "Naprawiono znaki" in found["reason_pl"][2]
    assert found["score"].to_list() == [50, 94, 100]


def test_answers_stand_beside_the_rows_in_their_order() -> None:
    rows = pl.DataFrame({"no": [1, 2, 3], "query": ["Żory", "x", "Żory"]})
    found = match(rows, register())
    assert found.columns == ["no", "query", *OUTPUT]
    assert found.schema == rows.schema | OUTPUT
    assert found["terc"].to_list() == ["2479011", None, "2479011"]


def test_an_empty_frame_gives_an_empty_frame() -> None:
    rows = pl.DataFrame(schema={"query": pl.String})
    assert match(rows, register(), ALIASES, NETWORKS).schema == rows.schema | OUTPUT


def test_answers_fit_in_a_table() -> None:
    found = as_table(match(pl.DataFrame({"query": ["Częstochowa", "Berlin"]}), register()))
    assert found["candidates"].to_list() == [
        "2464011 Częstochowa (gmina miejska, śląskie)",
        "",
    ]


def test_a_register_without_gminas_is_refused() -> None:
    address = units().filter(~pl.col("terc").str.ends_with("3"))
    for rows in (units().head(2), address):
        with pytest.raises(PimError, match="PIM-MAT-001"):
            Register.from_units(rows)


def test_every_rule_speaks_both_languages_and_has_a_score() -> None:
    for name, rule in RULES.items():
        assert all(text.strip() and text.endswith(".") for text in rule.reason), name
        assert (rule.status == "MATCH") == (rule.score > 50), name
        assert (rule.status == "NONE") == (rule.score == 0), name
