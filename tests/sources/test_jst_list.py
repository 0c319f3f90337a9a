"""Baza JST as it really looks: cp1250, newlines in cells, hard spaces, nameless columns."""

import pytest

from schemas.errors import PimError
from sources.jst_list import read_jst
from tests.shared import SHARED, needs_shared

HEADER = "Kod_TERYT;nazwa_samorządu;Województwo;Powiat;typ_JST;telefon;;\n"
REAL = "Baza_teleadresowa_jst_stan_na_19_05_2021.csv"


def test_point_22_newlines_spaces_and_nameless_columns_are_cleaned_and_counted() -> None:
    text = HEADER + ' 0801011;Łęknica\u00a0;lubuskie;żarski ;GM;"785\n\n1";;\n'
    read = read_jst(text.encode("cp1250"), "jst.csv")
    assert read.rows.rows() == [("0801011", "Łęknica", "lubuskie", "żarski", "GM", 2)]
    assert (read.encoding, read.cleaned) == ("cp1250", {"spaces": 3, "unnamed_columns": 2})


def test_a_list_with_another_header_is_refused() -> None:
    with pytest.raises(PimError, match="PIM-JST-001"):
        read_jst(b"kod;nazwa\n1;2\n", "other.csv")


def test_point_24_codes_that_are_none_are_named() -> None:
    with pytest.raises(PimError, match="PIM-JST-003") as refused:
        read_jst((HEADER + "abc;A;B;C;GM;;;\n").encode(), "jst.csv")
    assert "abc" in str(refused.value.why)


def test_point_25_a_list_cut_at_a_sheets_last_row_is_refused() -> None:
    rows = "0801011;A;B;C;GM;;;\n" * 65_535
    with pytest.raises(PimError, match="PIM-JST-002"):
        read_jst((HEADER + rows).encode(), "jst.csv")


@needs_shared
def test_point_22_the_real_list_is_read_whole() -> None:
    read = read_jst((SHARED / "data" / "registries" / "other" / REAL).read_bytes(), REAL)
    assert (read.rows.height, read.encoding) == (2825, "cp1250")
    assert read.cleaned["unnamed_columns"] == 20
    assert read.rows.filter(unit_name="Krynica Zdrój").height == 1
