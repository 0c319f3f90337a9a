"""Polish declension of place names, and spoilt letters put right."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconcile.matching.folding import POLISH, fold_text
from reconcile.matching.inflection import forms
from reconcile.matching.mojibake import repaired
from reconcile.matching.typos import deletions, near

LETTERS = "abcdefghijklmnoprstuwyz" + POLISH


@pytest.mark.parametrize(
    ("name", "genitive", "locative"),
    [
        ("płock", "płocka", "płocku"),
        ("kraków", "krakowa", "krakowie"),
        ("łódź", "łodzi", "łodzi"),
        ("żory", "żor", "żorach"),
        ("tychy", "tychów", "tychach"),
        ("katowice", "katowic", "katowicach"),
        ("siedlce", "siedlec", "siedlcach"),
        ("łomianki", "łomianek", "łomiankach"),
        ("leszno", "leszna", "lesznie"),
        ("kłodzko", "kłodzka", "kłodzku"),
        ("sosnowiec", "sosnowca", "sosnowcu"),
        ("włocławek", "włocławka", "włocławku"),
        ("wrocław", "wrocławia", "wrocławiu"),
        ("radom", "radomia", "radomiu"),
        ("stargard", "stargardu", "stargardzie"),
        ("gdynia", "gdyni", "gdyni"),
        ("limanowa", "limanowej", "limanowej"),
        ("zakopane", "zakopanego", "zakopanem"),
        ("świecie", "świecia", "świeciu"),
        ("białystok", "białegostoku", "białymstoku"),
        ("międzyzdroje", "międzyzdrojów", "międzyzdrojach"),
        ("dąbrowa górnicza", "dąbrowy górniczej", "dąbrowie górniczej"),
        ("zielona góra", "zielonej góry", "zielonej górze"),
        ("nowy dwór mazowiecki", "nowego dworu mazowieckiego", "nowym dworze mazowieckim"),
        ("nowe miasto lubawskie", "nowego miasta lubawskiego", "nowym mieście lubawskim"),
        ("wysokie mazowieckie", "wysokiego mazowieckiego", "wysokiem mazowieckiem"),
        ("tarnowskie góry", "tarnowskich gór", "tarnowskich górach"),
        ("łaziska górne", "łazisk górnych", "łaziskach górnych"),
        ("bielsko-biała", "bielska-białej", "bielsku-białej"),
        ("busko-zdrój", "buska-zdroju", "busku-zdroju"),
        ("kostrzyn nad odrą", "kostrzyna nad odrą", "kostrzynie nad odrą"),
        ("góra świętej małgorzaty", "góry świętej małgorzaty", "górze świętej małgorzaty"),
        ("nowa wieś wielka", "nowej wsi wielkiej", "nowej wsi wielkiej"),
    ],
)
def test_the_usual_genitive_and_locative_are_among_the_forms(
    name: str, genitive: str, locative: str
) -> None:
    # Without diacritics, because ó and o, ń and n change places in declension.
    found = {(fold_text(form.text), form.case) for form in forms(name)}
    assert (fold_text(genitive), "gen") in found
    assert (fold_text(locative), "loc") in found


@given(st.text(LETTERS + " -", min_size=1, max_size=40))
def test_any_name_has_few_forms_and_none_is_the_name_itself(name: str) -> None:
    found = forms(name)
    assert len(found) <= 128
    assert name not in {form.text for form in found}


@pytest.mark.parametrize("name", ["Łódź", "Dąbrowa Górnicza", "ŻYRARDÓW", "Ćmielów", "Kędzierzyn"])
@pytest.mark.parametrize(
    ("true", "wrong"),
    [
        ("utf-8", "cp1252"),
        ("utf-8", "latin-1"),
        ("utf-8", "iso8859-2"),
        ("cp1250", "latin-1"),
        ("cp1250", "iso8859-2"),
        ("iso8859-2", "cp1250"),
        ("iso8859-2", "latin-1"),
    ],
)
def test_a_text_read_in_the_wrong_encoding_is_put_right(name: str, true: str, wrong: str) -> None:
    # What an encoding has no letter for, programs keep as a control character.
    spoilt = "".join(
        bytes([byte]).decode(wrong, errors="ignore") or chr(byte) for byte in name.encode(true)
    )
    found = repaired(pl.DataFrame({"text": [spoilt]}), "text")["text"].to_list()
    assert name in found or spoilt == name


def test_what_is_not_spoilt_is_not_repaired() -> None:
    good = ["Łódź", "Kędzierzyn-Koźle", "Urząd m.st. Warszawy (woj. mazowieckie)", "„Żory”", "???"]
    assert repaired(pl.DataFrame({"text": good}), "text").is_empty()


def test_a_text_that_no_encoding_explains_is_not_repaired() -> None:
    assert repaired(pl.DataFrame({"text": ["Łódź ©", "K®aków", "日本"]}), "text").is_empty()


def distance_is_one(one: str, two: str) -> bool:
    """By trying all errors, to hold the join of `near` against."""
    cut = {one[:i] + one[i + 1 :] for i in range(len(one))}
    changed = {one[:i] + x + one[i + 1 :] for i in range(len(one)) for x in "abc"}
    added = {one[:i] + x + one[i:] for i in range(len(one) + 1) for x in "abc"}
    turned = {one[:i] + one[i + 1] + one[i] + one[i + 2 :] for i in range(len(one) - 1)}
    return one != two and two in cut | changed | added | turned


@given(
    st.lists(st.text("abc", min_size=5, max_size=7), min_size=1, max_size=6, unique=True),
    st.lists(st.text("abc", min_size=5, max_size=7), min_size=1, max_size=6, unique=True),
)
def test_near_names_are_those_one_error_away_and_no_others(
    texts: list[str], names: list[str]
) -> None:
    register = pl.DataFrame(
        {"nid": range(len(names)), "fold": names}, schema_overrides={"nid": pl.UInt32}
    )
    found = near(pl.DataFrame({"fold": texts}), deletions(register, "fold"))
    pairs = set(found.select("fold", "name_fold").iter_rows())
    assert pairs == {(t, n) for t in texts for n in names if distance_is_one(t, n)}
