"""One parser for every written form of a territorial code."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.errors import PimError
from sources.code_forms import CodeForm
from sources.codes import Level, Refusal, bdl_terc, parse_code, parse_codes
from sources.teryt.read import read_teryt
from sources.teryt.units import to_units
from tests.shared import SHARED, needs_shared

GMINA, POWIAT, WOJ, PART = Level.GMINA, Level.POWIAT, Level.VOIVODESHIP, Level.PART

ACCEPTED = [
    ("020101 1", CodeForm.SPACED, "0201011", GMINA, False),
    ("020101\u00a01", CodeForm.SPACED, "0201011", GMINA, False),
    ("146502_8", CodeForm.SPACED, "1465028", PART, False),
    ("20101 1", CodeForm.SPACED, "0201011", GMINA, True),
    ("0201011", CodeForm.TERC7, "0201011", GMINA, False),
    ("401011", CodeForm.TERC7, "0401011", GMINA, True),
    ("1431001", CodeForm.TERC7, "1431001", GMINA, False),
    ("020101", CodeForm.TERC6, "020101", GMINA, False),
    ("20101", CodeForm.TERC6, "020101", GMINA, True),
    ("200101", CodeForm.TERC6, "200101", GMINA, False),
    ("02-01-01-1", CodeForm.DASHED, "0201011", GMINA, False),
    ("2-1-1-1", CodeForm.DASHED, "0201011", GMINA, True),
    ("02-01-04", CodeForm.DASHED, "020104", GMINA, False),
    ("02-64", CodeForm.DASHED, "0264", POWIAT, False),
    ("1001121200101", CodeForm.LAU13, "120101", GMINA, False),
    ("011212001011", CodeForm.BDL12, "1201011", GMINA, False),
    ("11212001011", CodeForm.BDL12, "1201011", GMINA, True),
    ("030210365000", CodeForm.BDL12, "0265", POWIAT, False),
    ("011200000000", CodeForm.BDL12, "12", WOJ, False),
    ("071412831001", CodeForm.BDL12, "1431001", GMINA, False),
    ("1021101011", CodeForm.NTS10, "0201011", GMINA, False),
    ("5021101000", CodeForm.NTS10, "0201", POWIAT, False),
    ("502110101", CodeForm.NTS9, "020101", GMINA, False),
    ("0801000", CodeForm.PADDED, "0801", POWIAT, False),
    (" 0801000", CodeForm.PADDED, "0801", POWIAT, False),
    ("0200000", CodeForm.PADDED, "02", WOJ, False),
    ("020100", CodeForm.PADDED, "0201", POWIAT, False),
    ("0264", CodeForm.POWIAT, "0264", POWIAT, False),
    ("264", CodeForm.POWIAT, "0264", POWIAT, True),
    ("02", CodeForm.VOIVODESHIP, "02", WOJ, False),
    ("2", CodeForm.VOIVODESHIP, "02", WOJ, True),
]
REFUSED = [
    ("201011", Refusal.AMBIGUOUS, "PIM-COD-002"),
    ("201000", Refusal.AMBIGUOUS, "PIM-COD-002"),
    ("071412865998", Refusal.NO_TERC, "PIM-COD-003"),
    ("000000000000", Refusal.NO_TERC, "PIM-COD-003"),
    ("010000000000", Refusal.NO_TERC, "PIM-COD-003"),
    ("011210000000", Refusal.NO_TERC, "PIM-COD-003"),
    ("011212000000", Refusal.NO_TERC, "PIM-COD-003"),
    ("0000000", Refusal.NO_TERC, "PIM-COD-003"),
    ("", Refusal.UNKNOWN, "PIM-COD-001"),
    ("12345", Refusal.UNKNOWN, "PIM-COD-001"),
    ("0301011", Refusal.UNKNOWN, "PIM-COD-001"),
    ("0201016", Refusal.UNKNOWN, "PIM-COD-001"),
    ("02010110", Refusal.UNKNOWN, "PIM-COD-001"),
    ("0201011\n0201022", Refusal.UNKNOWN, "PIM-COD-001"),
    ("٠٢٠١٠١١", Refusal.UNKNOWN, "PIM-COD-001"),
    ("Wrocław", Refusal.UNKNOWN, "PIM-COD-001"),
]


@pytest.mark.parametrize(("text", "form", "terc", "level", "restored"), ACCEPTED)
def test_point_24_each_form_is_told_and_read(
    text: str, form: CodeForm, terc: str, level: Level, restored: bool
) -> None:
    code = parse_code(text)
    assert (code.form, code.terc, code.level, code.restored) == (form, terc, level, restored)
    assert code.text == text


@pytest.mark.parametrize(("text", "refusal", "number"), REFUSED)
def test_point_24_what_is_refused_and_why(text: str, refusal: Refusal, number: str) -> None:
    with pytest.raises(PimError) as caught:
        parse_code(text)
    assert caught.value.code == number
    assert parse_codes(pl.Series([text])).get_column("refusal").to_list() == [refusal.value]


def test_point_24_an_ambiguous_code_names_the_candidates() -> None:
    with pytest.raises(PimError) as caught:
        parse_code("201011")
    assert "0201011, 201011" in caught.value.fix.pl
    assert parse_code("201011", form=CodeForm.TERC6).terc == "201011"
    assert parse_code("201011", form=CodeForm.TERC7).terc == "0201011"


def test_point_24_a_column_keeps_its_order_and_its_gaps() -> None:
    texts = pl.Series("kod", ["20101", None, "?", "0264"])
    frame = parse_codes(texts)
    assert frame.get_column("text").to_list() == texts.to_list()
    assert frame.get_column("terc").to_list() == ["020101", None, None, "0264"]
    assert frame.row(1) == (None,) * 6
    assert frame.get_column("restored").to_list() == [True, None, None, False]
    assert parse_codes(pl.Series([], dtype=pl.String)).is_empty()


TEXTS = st.one_of(
    st.from_regex(r"[0-9]{1,13}", fullmatch=True),
    st.from_regex(r"0?[0-7](?:02|12|32)[0-9]{8}", fullmatch=True),
    st.from_regex(r"[ ]?[0-3]?[0-9]([-_ ]?[0-9]{1,2}){1,3}", fullmatch=True),
    st.text(max_size=14),
)


def one_by_one(text: str, form: CodeForm | None) -> tuple[str | bool | None, ...]:
    """The row that `parse_codes` should give, by `parse_code`."""
    try:
        code = parse_code(text, form=form)
    except PimError as error:
        refusal = list(Refusal)[int(error.code[-1]) - 1]
        return (text, None, None, None, None, refusal.value)
    return (text, code.form.value, code.terc, code.level.value, code.restored, None)


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=30), st.sampled_from([None, *CodeForm]))
def test_one_text_and_a_column_are_read_alike(texts: list[str], form: CodeForm | None) -> None:
    rows = parse_codes(pl.Series("text", texts, dtype=pl.String), form=form).rows()
    assert len(rows) == len(texts)
    assert rows == [one_by_one(text, form) for text in texts]


@given(st.integers(1, 16), st.integers(1, 99), st.integers(1, 99), st.sampled_from("1234589"))
def test_every_writing_of_a_gmina_gives_the_same_code(
    voivodeship: int, powiat: int, gmina: int, kind: str
) -> None:
    w, p, g = f"{2 * voivodeship:02}", f"{powiat:02}", f"{gmina:02}"
    terc = w + p + g + kind
    writings = (terc, f"{w}{p}{g} {kind}", f"{w}-{p}-{g}-{kind}", f"1{w}11{p}{g}{kind}")
    assert {parse_code(text).terc for text in writings} == {terc}
    shorter = (w + p + g, f"{w}-{p}-{g}", f"1001{w}111{p}{g}")
    assert {parse_code(text, form=None).terc for text in shorter[1:]} == {w + p + g}
    assert parse_code(shorter[0], form=CodeForm.TERC6).terc == w + p + g
    if (g, kind) != ("99", "8"):
        assert parse_code(f"01{w}111{p}{g}{kind}").terc == terc


@needs_shared
def test_point_15_all_bdl_units_ever_give_different_codes() -> None:
    path = SHARED / "data" / "registries" / "bdl" / "BDL_gmina_unit_codes.txt"
    units = pl.Series("text", path.read_text(encoding="ascii").split())
    frame = parse_codes(units).with_columns(cut=bdl_terc(pl.col("text")))
    assert frame.height == 4180
    assert frame.filter(pl.col("terc").is_null()).get_column("text").to_list() == ["071412865998"]
    assert frame.get_column("terc").drop_nulls().n_unique() == 4179
    assert frame.get_column("terc").equals(frame.get_column("cut"), null_equal=True)
    terc = to_units(
        read_teryt(SHARED / "data" / "registries" / "teryt" / "terc_urzedowy_2025-12.xlsx").frame
    )
    current = frame.join(terc, on="terc", how="semi")
    assert (current.height, frame.height - current.height) == (3933, 247)
    assert frame.filter(pl.col("terc").str.ends_with("9")).is_empty()


def test_point_15_cutting_alone_refuses_pseudo_units_and_regions() -> None:
    ids = [
        "011212001011",
        "030210365000",
        "011200000000",
        "071412865998",
        "011212000000",
        "1",
        None,
    ]
    found = pl.DataFrame({"id": ids}).select(bdl_terc(pl.col("id"))).to_series().to_list()
    assert found == ["1201011", "0265", "12", None, None, None, None]


@needs_shared
def test_point_24_a_real_column_with_lost_zeros_and_its_form_known() -> None:
    path = SHARED / "data" / "registries" / "teryt" / "TERC_Urzedowy_2023-01-01.zip"
    units = to_units(read_teryt(path).frame).filter(pl.col("kind").is_in(["1", "2", "3"]))
    whole = units.get_column("terc").str.slice(0, 6)
    lost = whole.cast(pl.Int64).cast(pl.String)
    assert parse_codes(lost, form=CodeForm.TERC6).get_column("terc").to_list() == whole.to_list()
    unknown = parse_codes(lost)
    read = unknown.with_columns(whole=whole).filter(pl.col("refusal").is_null())
    assert read.get_column("terc").to_list() == read.get_column("whole").to_list()
    refused = unknown.get_column("refusal").drop_nulls()
    assert refused.unique().to_list() == [Refusal.AMBIGUOUS.value]
